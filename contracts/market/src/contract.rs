//! The entry points of the market: extend the instance's life, authorise, call the domain.

use soroban_sdk::{contract, contractimpl, Address, BytesN, Env};

use crate::events::MarketConstructed;
use crate::types::{Ask, Offer};
use crate::{offers, storage, trading};

#[contract]
pub struct Market;

#[contractimpl]
impl Market {
    /// Shares traded here are those of this escrow's invoices.
    pub fn __constructor(env: Env, escrow: Address) {
        storage::write_escrow(&env, &escrow);
        storage::extend_instance(&env);
        MarketConstructed { escrow }.publish(&env);
    }

    /// Seller: offers shares at a price. They stay with the seller, who gives the market an allowance on the share token.
    /// Answers the offer's id, which stands for all its terms and for what the shares had been paid by now.
    pub fn offer(env: Env, seller: Address, reference: BytesN<32>, ask: Ask) -> BytesN<32> {
        storage::extend_instance(&env);
        seller.require_auth();
        offers::make(&env, &seller, &reference, &ask)
    }

    /// Buyer: takes exactly `shares` of an offer for at most `max_price` units in all; shares and payment change hands in
    /// this call. Answers what was paid: `ceil(price * shares / shares offered)`, the same whoever bought before.
    pub fn buy(env: Env, buyer: Address, offer: BytesN<32>, shares: i128, max_price: i128) -> i128 {
        storage::extend_instance(&env);
        buyer.require_auth();
        trading::buy(&env, &buyer, &offer, shares, max_price)
    }

    /// Seller: withdraws what is left of an offer. Anyone, once it has expired.
    pub fn cancel(env: Env, offer: BytesN<32>) {
        storage::extend_instance(&env);
        offers::cancel(&env, &offer);
    }

    /// What `buy` would take for `shares` of an offer, in units.
    pub fn price_of(env: Env, offer: BytesN<32>, shares: i128) -> i128 {
        trading::price_of(&env, &storage::offer(&env, &offer), shares)
    }

    /// How many shares can be bought now: 0 when the offer has expired or is out of date, and never more than the seller
    /// has and allows.
    pub fn fillable(env: Env, offer: BytesN<32>) -> i128 {
        trading::fillable(&env, &storage::offer(&env, &offer))
    }

    /// An offer that is neither sold out nor cancelled.
    pub fn get_offer(env: Env, offer: BytesN<32>) -> Offer {
        storage::offer(&env, &offer)
    }

    /// The escrow whose shares are traded here.
    pub fn get_escrow(env: Env) -> Address {
        storage::escrow(&env)
    }
}
