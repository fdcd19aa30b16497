//! What the market tells the world: enough to rebuild its state from nothing else. Shares and money have their tokens' own events.

use soroban_sdk::{contractevent, Address, BytesN};

// The market exists and trades this escrow's shares.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MarketConstructed {
    pub escrow: Address,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OfferMade {
    #[topic]
    pub offer_id: BytesN<32>,
    #[topic]
    pub seller: Address,
    pub invoice_id: BytesN<32>,
    pub token: Address,
    pub shares: i128,
    // Units of `asset` for all the shares together.
    pub price: i128,
    pub asset: Address,
    pub expires: u64,
    pub buyer: Option<Address>,
    // The token's index: what one share had been paid, times 10^18.
    pub index: i128,
}

#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OfferFilled {
    #[topic]
    pub offer_id: BytesN<32>,
    #[topic]
    pub buyer: Address,
    pub shares: i128,
    // Units paid to the seller.
    pub paid: i128,
    pub left_before: i128,
    // At zero the offer is gone.
    pub left_after: i128,
}

// The seller withdrew it, or it had expired.
#[contractevent]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OfferCancelled {
    #[topic]
    pub offer_id: BytesN<32>,
    pub left: i128,
}
