//! What the token tells the world. The first six have SEP-41's shape, as the Stellar Asset Contract emits them.

use soroban_sdk::{contractevent, Address, BytesN};

// Shares moved to an address without a multiplexed id.
#[contractevent(topics = ["transfer"], data_format = "single-value")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Transfer {
    #[topic]
    pub from: Address,
    #[topic]
    pub to: Address,
    pub amount: i128,
}

// Shares moved to a multiplexed address, whose id is kept.
#[contractevent(topics = ["transfer"])]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TransferMuxed {
    #[topic]
    pub from: Address,
    #[topic]
    pub to: Address,
    pub amount: i128,
    pub to_muxed_id: u64,
}

#[contractevent(topics = ["approve"], data_format = "vec")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Approve {
    #[topic]
    pub from: Address,
    #[topic]
    pub spender: Address,
    pub amount: i128,
    pub live_until_ledger: u32,
}

// Shares came into being for money paid in.
#[contractevent(topics = ["mint"], data_format = "single-value")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mint {
    #[topic]
    pub to: Address,
    pub amount: i128,
}

// Shares went away for money paid back.
#[contractevent(topics = ["burn"], data_format = "single-value")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Burn {
    #[topic]
    pub from: Address,
    pub amount: i128,
}

// A balance changed. Resulting balances, so that a reader overwrites instead of summing.
#[contractevent(topics = ["tenor_shares"])]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SharesMoved {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub from: Option<Address>,
    pub to: Option<Address>,
    pub amount: i128,
    // Of `from`, afterwards; 0 without one.
    pub from_balance: i128,
    // Of `to`, afterwards; 0 without one.
    pub to_balance: i128,
    pub supply: i128,
    // Of the token at this moment: both sides are settled up to it.
    pub index: i128,
}

// Shares can move from now on.
#[contractevent(topics = ["tenor_unlocked"])]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SharesUnlocked {
    #[topic]
    pub invoice_id: BytesN<32>,
    pub supply: i128,
}

// A payout was spread over all shares.
#[contractevent(topics = ["tenor_accrued"])]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayoutAccrued {
    #[topic]
    pub invoice_id: BytesN<32>,
    // Units of the asset.
    pub amount: i128,
    pub supply: i128,
    pub index_before: i128,
    pub index: i128,
    pub remainder: i128,
}
