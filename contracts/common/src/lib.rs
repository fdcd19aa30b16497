//! Pure arithmetic of the contracts, the TTL policy and the shared error range.
//! Never reads or writes storage, and without the `contract` feature never touches the host.
#![cfg_attr(not(test), no_std)]

pub mod accrual;
pub mod math;
pub mod pricing;
pub mod ttl;

#[cfg(feature = "contract")]
mod shared;
#[cfg(feature = "contract")]
pub use shared::{CommonError, ShareMetadata};
