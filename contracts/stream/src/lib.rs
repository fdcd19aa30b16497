//! Payment streams per second, to a person or into an invoice. Money in a stream is the payer's until it has accrued.
//! Never pays anybody but the recipient and the payer, and never calls an asset that the escrow does not accept.
#![no_std]

#[cfg(test)]
extern crate std;

mod accrual;
mod contract;
mod errors;
mod events;
mod lifecycle;
mod payouts;
mod peers;
mod settling;
mod storage;
mod types;

#[cfg(test)]
mod test;

pub use contract::{StreamContract, StreamContractClient};
pub use errors::StreamError;
pub use events::*;
pub use types::*;
