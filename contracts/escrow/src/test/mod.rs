//! Tests of the escrow with the real share token and distributor. Never uses terms in which two amounts are equal by chance.

mod archive;
mod authorisation;
mod costs;
mod disputes;
mod documents;
mod funding;
mod governance;
mod hazards;
mod life;
mod limits;
mod matrix;
mod money;
mod payouts;
mod properties;
mod replay;
mod shares;
mod stage;
mod terms;
mod timelock;
