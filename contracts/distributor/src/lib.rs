//! The distributor: holds payout money per share token and pays it to the holders, pushed in pages or pulled by anyone.
//! Never pays anybody but the holder, never calls a token that the escrow has not registered.
#![no_std]

#[cfg(test)]
extern crate std;

mod contract;
mod errors;
mod events;
mod payouts;
mod peers;
mod storage;
mod types;

#[cfg(test)]
mod test;

pub use contract::{Distributor, DistributorClient};
pub use errors::DistributorError;
pub use events::*;
pub use types::*;
