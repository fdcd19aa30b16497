//! What the market is told and shows. Shares are whole, prices are units of the payment asset, times are Unix seconds.

use soroban_sdk::{contracttype, Address, BytesN};

// What a seller asks for.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ask {
    // Whose shares.
    pub invoice_id: BytesN<32>,
    pub shares: i128,
    // For all the shares together; a part costs its proportion, rounded up.
    pub price: i128,
    // What the price is paid in: one of the escrow's settlement assets.
    pub asset: Address,
    // The last moment of the offer.
    pub expires: u64,
    // Who may buy; anyone where it is nobody.
    pub buyer: Option<Address>,
}

// A standing offer.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Offer {
    pub seller: Address,
    pub token: Address,
    pub asset: Address,
    // Shares offered at the beginning; `price` is for these.
    pub shares: i128,
    // Shares not sold yet.
    pub left: i128,
    pub price: i128,
    pub expires: u64,
    pub buyer: Option<Address>,
    // What one share had been paid when the offer was made, times 10^18. A payout since then makes the offer void.
    pub index: i128,
}

#[contracttype]
#[derive(Clone)]
pub(crate) enum DataKey {
    Escrow,
    Offer(BytesN<32>),
}
