//! What the distributor tells the world: enough to rebuild its state from nothing else.

use soroban_sdk::{contractevent, Address, BytesN};

// The distributor exists and obeys this escrow.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DistributorConstructed {
    pub escrow: Address,
}

// A share token's payouts go through here.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TokenRegistered {
    #[topic]
    pub token: Address,
    pub asset: Address,
}

// Money for the holders came in.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayoutDeposited {
    #[topic]
    pub token: Address,
    // The payment's key: sha256 of invoice id, payer and the payer's payment id.
    pub payment_id: BytesN<32>,
    pub amount: i128,
    pub received_before: i128,
    pub received_after: i128,
}

// One holder was paid.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayoutClaimed {
    #[topic]
    pub token: Address,
    #[topic]
    pub holder: Address,
    pub amount: i128,
    pub paid_before: i128,
    pub paid_after: i128,
}

// A page was pushed; who got what is in the asset's own transfer events of the same call.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayoutPaged {
    #[topic]
    pub token: Address,
    pub paid_count: u32,
    pub deferred_count: u32,
    pub paid_before: i128,
    pub paid_after: i128,
}
