//! The market: offers of invoice shares, delivered against payment in one call.
//! Never holds a share or a unit of anybody's, and never calls a token that the escrow has not deployed.
#![no_std]

#[cfg(test)]
extern crate std;

mod contract;
mod errors;
mod events;
mod offers;
mod peers;
mod storage;
mod trading;
mod types;

#[cfg(test)]
mod test;

pub use contract::{Market, MarketClient};
pub use errors::MarketError;
pub use events::*;
pub use types::*;
