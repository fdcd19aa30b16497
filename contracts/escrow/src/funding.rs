//! Money from investors: in until the advance is complete, out to the seller in the completing call, or back.

use soroban_sdk::token::TokenClient;
use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::math::{mul_div_floor, BPS};
use tenor_common::CommonError;

use crate::errors::EscrowError;
use crate::events::{InvoiceFunded, InvoiceRefunded, InvoiceReleased};
use crate::peers::{RegistryClient, ShareTokenClient};
use crate::pricing::{self, fits, narrow, wide};
use crate::types::{Addresses, Escrow, Scope, Status};
use crate::{lifecycle, limits, payouts, storage};

/// What an investor offers: at most `max`, at least `min`, for exactly these terms.
pub(crate) struct Bid {
    pub max: i128,
    pub min: i128,
    pub terms_hash: BytesN<32>,
}

/// Takes what still fits, gives the rest of the maximum back, mints the shares. Answers the shares.
pub(crate) fn fund(env: &Env, investor: &Address, id: &BytesN<32>, bid: &Bid) -> i128 {
    let mut escrow = storage::escrow(env, id);
    let addresses = storage::addresses(env);
    check_investor(env, &addresses, investor, &escrow, bid);
    let taken = share_of(env, &escrow, bid);
    limits::check_share(env, &escrow, investor, taken);
    let funded_before = escrow.funded;
    escrow.funded = fits(env, funded_before.checked_add(taken));
    let completes = escrow.funded == escrow.terms.advance;
    if completes {
        escrow.status = Status::Funded;
        escrow.money = pricing::open_books(env, &escrow.terms, env.ledger().timestamp());
    }
    storage::write_escrow(env, id, &escrow);
    let asset = &escrow.terms.asset;
    TokenClient::new(env, asset).transfer(investor, env.current_contract_address(), &bid.max);
    payouts::send(env, asset, investor, bid.max - taken);
    ShareTokenClient::new(env, &escrow.token).mint(investor, &taken, &completes);
    InvoiceFunded {
        invoice_id: id.clone(),
        investor: investor.clone(),
        amount: taken,
        funded_before,
        funded_after: escrow.funded,
        advance: escrow.terms.advance,
    }
    .publish(env);
    if completes {
        release(env, id, &escrow, &addresses);
    }
    taken
}

/// Pays a holder of a cancelled or expired invoice what the shares cost. Answers the amount.
pub(crate) fn refund(env: &Env, holder: &Address, id: &BytesN<32>) -> i128 {
    let mut escrow = storage::escrow(env, id);
    let status = lifecycle::status_at(&escrow, env.ledger().timestamp());
    if !matches!(status, Status::Cancelled | Status::Expired) {
        panic_with_error!(env, EscrowError::NotRefundable);
    }
    let shares = ShareTokenClient::new(env, &escrow.token);
    let amount = shares.balance(holder);
    if amount == 0 {
        panic_with_error!(env, EscrowError::NothingToRefund);
    }
    limits::expire(env, id, &mut escrow);
    let refunded_before = escrow.refunded;
    escrow.refunded = fits(env, refunded_before.checked_add(amount));
    storage::write_escrow(env, id, &escrow);
    shares.redeem_for_refund(holder, &amount);
    payouts::send(env, &escrow.terms.asset, holder, amount);
    InvoiceRefunded {
        invoice_id: id.clone(),
        holder: holder.clone(),
        amount,
        refunded_before,
        refunded_after: escrow.refunded,
    }
    .publish(env);
    amount
}

fn check_investor(
    env: &Env,
    addresses: &Addresses,
    investor: &Address,
    escrow: &Escrow,
    bid: &Bid,
) {
    if storage::is_paused(env, Scope::Fund) {
        panic_with_error!(env, EscrowError::Paused);
    }
    match lifecycle::status_at(escrow, env.ledger().timestamp()) {
        Status::Open => (),
        Status::Expired => panic_with_error!(env, EscrowError::FundingClosed),
        _ => panic_with_error!(env, EscrowError::NotOpen),
    }
    let Some(debtor) = &escrow.debtor else {
        panic_with_error!(env, EscrowError::NotAttested);
    };
    if bid.terms_hash != escrow.terms_hash {
        panic_with_error!(env, EscrowError::TermsDiffer);
    }
    lifecycle::check_not_system(env, addresses, investor);
    if *investor == escrow.token {
        panic_with_error!(env, EscrowError::SystemAddress);
    }
    if *investor == escrow.seller || investor == debtor {
        panic_with_error!(env, EscrowError::PartyCannotInvest);
    }
    if escrow.terms.restricted && !storage::is_allowed(env, investor) {
        panic_with_error!(env, EscrowError::NotAllowlisted);
    }
}

/// `min(max, A - funded)`, if that is enough for the investor and for the invoice.
fn share_of(env: &Env, escrow: &Escrow, bid: &Bid) -> i128 {
    if bid.max <= 0 || bid.min <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    let rest = fits(env, escrow.terms.advance.checked_sub(escrow.funded));
    let taken = bid.max.min(rest);
    if taken < bid.min {
        panic_with_error!(env, EscrowError::BelowMinAmount);
    }
    if taken < escrow.terms.min_ticket && taken != rest {
        panic_with_error!(env, EscrowError::BelowMinTicket);
    }
    taken
}

/// The advance is complete: the treasury gets the origination fee, the seller the rest.
fn release(env: &Env, id: &BytesN<32>, escrow: &Escrow, addresses: &Addresses) {
    let terms = &escrow.terms;
    let rate = u128::from(terms.origination_fee_bps);
    let fee = narrow(
        env,
        fits(env, mul_div_floor(wide(env, terms.advance), rate, BPS)),
    );
    let to_seller = terms.advance - fee;
    if let (Some(fingerprint), Some(registry)) = (&escrow.fingerprint, &addresses.registry) {
        RegistryClient::new(env, registry).finalise(&env.current_contract_address(), fingerprint);
    }
    payouts::send(env, &terms.asset, &escrow.treasury, fee);
    payouts::send(env, &terms.asset, &escrow.seller, to_seller);
    InvoiceReleased {
        invoice_id: id.clone(),
        funded_at: escrow.money.funded_at,
        to_seller,
        origination_fee: fee,
        earned: escrow.money.earned,
    }
    .publish(env);
}
