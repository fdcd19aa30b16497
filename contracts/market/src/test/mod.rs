//! Tests of the market with the real share token, escrow and distributor.

mod costs;
mod edges;
mod limits;
mod matrix;
mod offering;
mod properties;
mod stage;
mod trading;
