//! Delivery versus payment: the buyer's money to the seller, the seller's shares to the buyer, both or neither.
//! Never rounds against the seller and never takes more than the buyer's maximum.

use soroban_sdk::token::TokenClient;
use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::math::{mul_div_ceil, signed, unsigned};
use tenor_common::CommonError;

use crate::errors::MarketError;
use crate::events::OfferFilled;
use crate::peers::ShareTokenClient;
use crate::types::Offer;
use crate::{offers, storage};

pub(crate) fn buy(
    env: &Env,
    buyer: &Address,
    id: &BytesN<32>,
    shares: i128,
    max_price: i128,
) -> i128 {
    let offer = storage::offer(env, id);
    check_buyer(env, buyer, &offer);
    if shares > offer.left {
        panic_with_error!(env, MarketError::NotEnoughLeft);
    }
    let price = price_of(env, &offer, shares);
    if price > max_price {
        panic_with_error!(env, MarketError::PriceAboveMax);
    }
    if !is_current(env, &offer) {
        panic_with_error!(env, MarketError::OfferOutOfDate);
    }
    let left_after = offer.left - shares;
    let rest = Offer {
        left: left_after,
        ..offer.clone()
    };
    storage::write_offer(env, id, rest);
    TokenClient::new(env, &offer.asset).transfer(buyer, &offer.seller, &price);
    TokenClient::new(env, &offer.token).transfer_from(
        &env.current_contract_address(),
        &offer.seller,
        buyer,
        &shares,
    );
    OfferFilled {
        offer_id: id.clone(),
        buyer: buyer.clone(),
        shares,
        paid: price,
        left_before: offer.left,
        left_after,
    }
    .publish(env);
    price
}

/// `ceil(price * shares / shares offered)`. It does not depend on what was sold before, so what a buyer has signed stays right.
pub(crate) fn price_of(env: &Env, offer: &Offer, shares: i128) -> i128 {
    if shares <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    let part = unsigned(offer.price)
        .zip(unsigned(shares))
        .zip(unsigned(offer.shares))
        .and_then(|((price, part), whole)| mul_div_ceil(price, part, whole))
        .and_then(signed);
    match part {
        Some(units) => units,
        None => panic_with_error!(env, CommonError::Overflow),
    }
}

/// The least of what is left, what the seller has and what the seller allows; 0 where nobody could buy.
pub(crate) fn fillable(env: &Env, offer: &Offer) -> i128 {
    if offers::is_expired(env, offer) || !is_current(env, offer) {
        return 0;
    }
    let token = TokenClient::new(env, &offer.token);
    let here = env.current_contract_address();
    offer
        .left
        .min(token.balance(&offer.seller))
        .min(token.allowance(&offer.seller, &here))
}

fn check_buyer(env: &Env, buyer: &Address, offer: &Offer) {
    if offers::is_expired(env, offer) {
        panic_with_error!(env, MarketError::OfferExpired);
    }
    if *buyer == offer.seller {
        panic_with_error!(env, MarketError::OwnOffer);
    }
    if *buyer == env.current_contract_address() {
        panic_with_error!(env, MarketError::MarketIsNoParty);
    }
    if offer.buyer.as_ref().is_some_and(|named| named != buyer) {
        panic_with_error!(env, MarketError::NotNamedBuyer);
    }
}

/// Nothing was paid on the shares since the offer was made: a payout goes to the seller and takes its worth off the shares.
fn is_current(env: &Env, offer: &Offer) -> bool {
    ShareTokenClient::new(env, &offer.token).invoice().index == offer.index
}
