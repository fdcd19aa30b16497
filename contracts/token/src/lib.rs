//! The share token of one invoice: SEP-41, with payouts that accrue exactly to whoever holds the shares.
//! Never holds the asset, never pays, never lets shares be destroyed except for a refund.
#![no_std]

#[cfg(test)]
extern crate std;

mod accrual;
mod allowances;
mod contract;
mod errors;
mod events;
mod holders;
mod peers;
mod storage;
mod types;

#[cfg(test)]
mod test;

pub use contract::{Token, TokenClient};
pub use errors::TokenError;
pub use events::*;
pub use types::*;
