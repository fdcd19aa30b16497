//! What the distributor stores and shows.

use soroban_sdk::{contracttype, Address, BytesN, Vec};

// One entry per share token. What lies here for its holders is `received - paid`.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Account {
    pub asset: Address,
    pub received: i128,
    pub paid: i128,
}

// One share token's money, to the unit.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Summary {
    pub asset: Address,
    // Everything deposited for the holders, in units.
    pub received: i128,
    // Everything paid to holders, in units.
    pub paid: i128,
    // `received - paid`: what holders can claim, their fractions below one unit, and the remainder.
    pub held: i128,
    // Units times 10^18 that belong to nobody yet; the next deposit hands them out.
    pub remainder_scaled: i128,
}

// A deposit, kept for ever.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deposit {
    pub amount: i128,
    // Ledger time, Unix seconds.
    pub at: u64,
}

// A holder who could not be paid in a page; the claim is kept.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Deferral {
    pub holder: Address,
    // The asset's error code (13 = no trustline), 0 where the asset gave none.
    pub reason: u32,
}

// What a page did.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Page {
    // Units paid in all.
    pub paid: i128,
    // Holders paid.
    pub paid_count: u32,
    pub deferred: Vec<Deferral>,
}

#[contracttype]
#[derive(Clone)]
pub(crate) enum DataKey {
    Escrow,
    Account(Address),
    Deposit(Address, BytesN<32>),
}
