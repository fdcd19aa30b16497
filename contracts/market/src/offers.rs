//! Offers made and withdrawn. An offer is a promise only: nothing is moved or held until somebody buys.

use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::math::{AMOUNT_MAX, DAY_SECONDS};
use tenor_common::CommonError;

use crate::errors::MarketError;
use crate::events::{OfferCancelled, OfferMade};
use crate::peers::{EscrowClient, ShareTokenClient};
use crate::storage;
use crate::types::{Ask, Offer};

const LASTS_SECONDS_MAX: u64 = 365 * DAY_SECONDS;

pub(crate) fn make(env: &Env, seller: &Address, reference: &BytesN<32>, ask: &Ask) -> BytesN<32> {
    check(env, seller, ask);
    let escrow = storage::escrow(env);
    if !EscrowClient::new(env, &escrow).is_asset(&ask.asset) {
        panic_with_error!(env, MarketError::AssetNotAccepted);
    }
    // The address follows from the invoice's id, so no token of a stranger's is ever called.
    let token = env
        .deployer()
        .with_address(escrow, ask.invoice_id.clone())
        .deployed_address();
    let Ok(Ok(info)) = ShareTokenClient::new(env, &token).try_invoice() else {
        panic_with_error!(env, MarketError::NoShares);
    };
    let id = id(env, seller, reference, ask, info.index);
    if storage::has_offer(env, &id) {
        panic_with_error!(env, MarketError::OfferExists);
    }
    let offer = Offer {
        seller: seller.clone(),
        token: token.clone(),
        asset: ask.asset.clone(),
        shares: ask.shares,
        left: ask.shares,
        price: ask.price,
        expires: ask.expires,
        buyer: ask.buyer.clone(),
        index: info.index,
    };
    storage::write_offer(env, &id, offer);
    OfferMade {
        offer_id: id.clone(),
        seller: seller.clone(),
        invoice_id: ask.invoice_id.clone(),
        token,
        shares: ask.shares,
        price: ask.price,
        asset: ask.asset.clone(),
        expires: ask.expires,
        buyer: ask.buyer.clone(),
        index: info.index,
    }
    .publish(env);
    id
}

/// The seller while it stands; nobody needs to sign once it has expired.
pub(crate) fn cancel(env: &Env, id: &BytesN<32>) {
    let offer = storage::offer(env, id);
    if !is_expired(env, &offer) {
        offer.seller.require_auth();
    }
    storage::remove_offer(env, id);
    OfferCancelled {
        offer_id: id.clone(),
        left: offer.left,
    }
    .publish(env);
}

pub(crate) fn is_expired(env: &Env, offer: &Offer) -> bool {
    env.ledger().timestamp() > offer.expires
}

fn check(env: &Env, seller: &Address, ask: &Ask) {
    if ask.shares <= 0 || ask.price <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    if ask.shares > AMOUNT_MAX || ask.price > AMOUNT_MAX {
        panic_with_error!(env, CommonError::Overflow);
    }
    let now = env.ledger().timestamp();
    if ask.expires <= now || ask.expires - now > LASTS_SECONDS_MAX {
        panic_with_error!(env, MarketError::ExpiresOutOfBounds);
    }
    let here = Some(env.current_contract_address());
    if ask.buyer == here || here.as_ref() == Some(seller) {
        panic_with_error!(env, MarketError::MarketIsNoParty);
    }
    if ask.buyer.as_ref() == Some(seller) {
        panic_with_error!(env, MarketError::OwnOffer);
    }
}

/// sha256 of everything that the buyer agrees to, so that no other offer can ever stand under a signed id.
fn id(env: &Env, seller: &Address, reference: &BytesN<32>, ask: &Ask, index: i128) -> BytesN<32> {
    let identity = (seller.clone(), reference.clone(), ask.clone(), index);
    env.crypto().sha256(&identity.to_xdr(env)).to_bytes()
}
