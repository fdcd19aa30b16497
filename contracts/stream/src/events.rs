//! What the streams tell the world: every transition, with old and new totals, so that their whole state can be rebuilt.

use soroban_sdk::{contractevent, Address, BytesN};

use crate::types::{Recipient, Status};

// The contract exists, beside this escrow and distributor.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamsConstructed {
    pub escrow: Address,
    pub distributor: Address,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamCreated {
    #[topic]
    pub stream_id: BytesN<32>,
    #[topic]
    pub payer: Address,
    pub recipient: Recipient,
    pub asset: Address,
    pub deposited: i128,
    // Units that accrue in `seconds`; each second where `seconds` is 0.
    pub units: i128,
    pub seconds: u64,
    pub start: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamToppedUp {
    #[topic]
    pub stream_id: BytesN<32>,
    pub deposited_before: i128,
    pub deposited_after: i128,
}

// The recipient was paid, or is owed what could not be sent.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamSettled {
    #[topic]
    pub stream_id: BytesN<32>,
    pub paid_before: i128,
    pub paid_after: i128,
    // Ledger time.
    pub at: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamPaused {
    #[topic]
    pub stream_id: BytesN<32>,
    pub ran_seconds: u64,
    pub at: u64,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamResumed {
    #[topic]
    pub stream_id: BytesN<32>,
    pub ran_seconds: u64,
    // From when it accrues.
    pub since: u64,
}

// Cancelled or completed: nothing follows.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamEnded {
    #[topic]
    pub stream_id: BytesN<32>,
    pub status: Status,
    pub paid: i128,
    // Units that went back to the payer, or are owed to the payer.
    pub returned: i128,
    pub at: u64,
}

// A transfer out failed and became a debt of the contract, or such a debt was paid.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StreamOwedChanged {
    #[topic]
    pub owner: Address,
    #[topic]
    pub asset: Address,
    pub before: i128,
    pub after: i128,
}
