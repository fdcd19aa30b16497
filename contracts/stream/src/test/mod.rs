//! Tests of the streams with the real escrow, share token and distributor.

mod authorisation;
mod costs;
mod edges;
mod invoices;
mod matrix;
mod people;
mod properties;
mod replay;
mod stage;
