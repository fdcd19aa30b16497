//! Every key of the market and every extension of its life.

use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::ttl::{EXTEND_TO, THRESHOLD};

use crate::errors::MarketError;
use crate::types::{DataKey, Offer};

/// An offer as it is stored, in the order of its fields: names would be paid for in every entry.
type Stored = (
    Address,
    Address,
    Address,
    i128,
    i128,
    i128,
    u64,
    Option<Address>,
    i128,
);

pub(crate) fn extend_instance(env: &Env) {
    env.storage().instance().extend_ttl(THRESHOLD, EXTEND_TO);
}

pub(crate) fn escrow(env: &Env) -> Address {
    match env.storage().instance().get(&DataKey::Escrow) {
        Some(escrow) => escrow,
        // The constructor writes it, so a missing one is a broken ledger, not a case.
        None => panic!(),
    }
}

pub(crate) fn write_escrow(env: &Env, escrow: &Address) {
    env.storage().instance().set(&DataKey::Escrow, escrow);
}

pub(crate) fn has_offer(env: &Env, id: &BytesN<32>) -> bool {
    env.storage().persistent().has(&DataKey::Offer(id.clone()))
}

/// An archived offer never reads as absent: the host refuses the call until it is restored.
pub(crate) fn offer(env: &Env, id: &BytesN<32>) -> Offer {
    let key = DataKey::Offer(id.clone());
    let stored: Option<Stored> = env.storage().persistent().get(&key);
    let Some((seller, token, asset, shares, left, price, expires, buyer, index)) = stored else {
        panic_with_error!(env, MarketError::UnknownOffer);
    };
    extend(env, &key);
    Offer {
        seller,
        token,
        asset,
        shares,
        left,
        price,
        expires,
        buyer,
        index,
    }
}

/// Writes an offer, or removes one that is sold out.
pub(crate) fn write_offer(env: &Env, id: &BytesN<32>, offer: Offer) {
    let key = DataKey::Offer(id.clone());
    if offer.left == 0 {
        return remove_offer(env, id);
    }
    let stored: Stored = (
        offer.seller,
        offer.token,
        offer.asset,
        offer.shares,
        offer.left,
        offer.price,
        offer.expires,
        offer.buyer,
        offer.index,
    );
    env.storage().persistent().set(&key, &stored);
    extend(env, &key);
}

pub(crate) fn remove_offer(env: &Env, id: &BytesN<32>) {
    env.storage()
        .persistent()
        .remove(&DataKey::Offer(id.clone()));
}

fn extend(env: &Env, key: &DataKey) {
    env.storage()
        .persistent()
        .extend_ttl(key, THRESHOLD, EXTEND_TO);
}
