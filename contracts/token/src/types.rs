//! What the token stores and shows.

use soroban_sdk::{contracttype, Address, BytesN, String};

// The token's invoice and its totals, as `invoice()` answers.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ShareInfo {
    pub escrow: Address,
    pub distributor: Address,
    pub invoice_id: BytesN<32>,
    // What payouts are made in.
    pub asset: Address,
    // Holders must be on the escrow's allowlist.
    pub restricted: bool,
    // Shares can move: the invoice was released.
    pub unlocked: bool,
    // Shares, one per unit of the advance.
    pub supply: i128,
    // What one share has earned so far, in units times 10^18.
    pub index: i128,
    // Units times 10^18 that the next accrual hands out.
    pub remainder: i128,
}

// Frozen at deployment, in instance storage.
pub(crate) struct Config {
    pub escrow: Address,
    pub distributor: Address,
    pub invoice_id: BytesN<32>,
    pub asset: Address,
    pub restricted: bool,
}

// What the token shows of itself; apart, because no call that moves shares needs it.
pub(crate) struct Metadata {
    pub name: String,
    pub symbol: String,
    pub decimals: u32,
}

// One entry for all holders together.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct Totals {
    pub supply: i128,
    pub index: i128,
    pub remainder: i128,
    pub unlocked: bool,
}

// One entry per holder.
pub(crate) struct Holder {
    pub balance: i128,
    pub index: i128,
    pub accrued_scaled: i128,
}

// What a spender may still move, until a ledger.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Allowance {
    pub amount: i128,
    pub live_until_ledger: u32,
}

#[contracttype]
#[derive(Clone)]
pub(crate) enum DataKey {
    Config,
    Metadata,
    Totals,
    Holder(Address),
    Allowance(Address, Address),
}
