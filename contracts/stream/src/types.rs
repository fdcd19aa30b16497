//! What the streams are told and show. Amounts are units of the stream's asset, times are ledger time in Unix seconds.

use soroban_sdk::{contracttype, Address, BytesN};

// Whom a stream pays: an address, or an invoice of the escrow.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Recipient {
    Account(Address),
    Invoice(BytesN<32>),
}

// A total between two moments.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Plan {
    pub recipient: Recipient,
    pub asset: Address,
    pub total: i128,
    // 0 starts now.
    pub start: u64,
    pub end: u64,
}

// A rate until the deposit is used up.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Flow {
    pub recipient: Recipient,
    pub asset: Address,
    pub rate_per_second: i128,
    // 0 starts now.
    pub start: u64,
    pub deposit: i128,
}

// Where a stream stands. The last two are for ever.
#[contracttype]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Status {
    Active = 0,
    Paused = 1,
    Cancelled = 2,
    Completed = 3,
}

// One stream.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stream {
    pub payer: Address,
    pub recipient: Recipient,
    pub asset: Address,
    // Locked by the payer so far.
    pub deposited: i128,
    // Settled so far; never more than has accrued.
    pub paid: i128,
    // Units that accrue in `seconds`; each second where `seconds` is 0 (open-ended).
    pub units: i128,
    pub seconds: u64,
    // Seconds accrued before `since`, pauses left out.
    pub ran_seconds: u64,
    // The start, or the last pause or resume.
    pub since: u64,
    pub status: Status,
}

// The escrow and the distributor of the set.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config(pub Address, pub Address);

#[contracttype]
#[derive(Clone)]
pub(crate) enum DataKey {
    Config,
    Stream(BytesN<32>),
    Owed(Address, Address),
}
