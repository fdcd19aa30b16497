//! The registry: one per ledger, shared by platforms, knows which invoice fingerprints are financed and by whom.
//! Never learns an invoice (fingerprints are keyed) and never moves money.
#![no_std]

#[cfg(test)]
extern crate std;

mod contract;
mod errors;
mod events;
mod governance;
mod reservations;
mod storage;
mod types;

#[cfg(test)]
mod test;

pub use contract::{Registry, RegistryClient};
pub use errors::RegistryError;
pub use events::*;
pub use types::*;
