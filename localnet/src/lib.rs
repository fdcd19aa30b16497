//! The local network as a library: what the program serves, so that tests can also drive it in their own process.
//! Not an interface for others; they speak to the program.

// XDR results are large by nature, and each is moved once an operation.
#![allow(clippy::result_large_err)]

#[cfg(panic = "abort")]
compile_error!("a panic of the contract host must fail one call, not the network: build with `--profile localnet`");

pub mod account;
mod apply;
mod clock;
mod close;
pub mod codec;
mod connections;
mod control;
mod event_index;
mod events;
mod faults;
pub mod frame;
pub mod friendbot;
pub mod genesis;
pub mod gift;
pub mod history;
mod horizon;
pub mod host;
pub mod http;
mod journal;
pub mod keys;
mod ledger;
mod meta;
pub mod node;
mod order;
pub mod queue;
mod rfc3339;
pub mod rpc;
pub mod settings;
mod signatures;
pub mod state;
mod surge;
pub mod validate;
mod window;
pub mod worker;
