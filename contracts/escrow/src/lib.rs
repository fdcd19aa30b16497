//! The escrow: the one contract per deployment that knows every invoice, from creation to settlement, refund or default.
//! Never holds a holder's payout (the distributor does) and never changes what was agreed.
#![no_std]

#[cfg(test)]
extern crate std;

mod contract;
mod disputes;
mod errors;
mod events;
mod funding;
mod governance;
mod lifecycle;
mod limits;
mod payments;
mod payouts;
mod peers;
mod pricing;
mod storage;
mod terms;
mod timelock;
mod types;

#[cfg(test)]
mod test;

pub use contract::{EscrowContract, EscrowContractClient};
pub use errors::EscrowError;
pub use events::*;
pub use types::*;
