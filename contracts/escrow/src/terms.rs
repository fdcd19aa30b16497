//! What terms may say, and what identifies them. Bounds only: prices are made off chain.

use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{panic_with_error, Address, Bytes, BytesN, Env};
use tenor_common::math::{AMOUNT_MAX, DAY_SECONDS};

use crate::errors::EscrowError;
use crate::types::{Fees, Terms};

const FUNDING_DAYS_MAX: u64 = 90;
const TENOR_DAYS_MAX: u64 = 730;
const LATE_BPS_PER_DAY_MAX: u32 = 100;
const LATE_DAYS_MAX: u32 = 365;
const GRACE_DAYS_MAX: u32 = 90;
const MIN_EARNED_DAYS_MAX: u32 = 730;

/// sha256 of the terms' XDR as an ScVal.
pub(crate) fn hash(env: &Env, terms: &Terms) -> BytesN<32> {
    env.crypto().sha256(&terms.clone().to_xdr(env)).to_bytes()
}

/// `sha256(xdr(seller) ‖ reference)`: nobody but the seller can take it.
pub(crate) fn invoice_id(env: &Env, seller: &Address, reference: &BytesN<32>) -> BytesN<32> {
    let mut preimage = seller.clone().to_xdr(env);
    preimage.append(&Bytes::from(reference));
    env.crypto().sha256(&preimage).to_bytes()
}

/// The key of a payment: `sha256(id ‖ xdr(payer) ‖ payment_id)`.
pub(crate) fn payment_key(
    env: &Env,
    id: &BytesN<32>,
    payer: &Address,
    payment_id: &BytesN<32>,
) -> BytesN<32> {
    let mut preimage = Bytes::from(id);
    preimage.append(&payer.clone().to_xdr(env));
    preimage.append(&Bytes::from(payment_id));
    env.crypto().sha256(&preimage).to_bytes()
}

/// Refuses terms outside their bounds, each with its own error.
pub(crate) fn check(env: &Env, terms: &Terms, fees: &Fees, now: u64) {
    if let Some(error) = fault(terms, fees, now) {
        panic_with_error!(env, error);
    }
}

fn fault(terms: &Terms, fees: &Fees, now: u64) -> Option<EscrowError> {
    let days = |n: u64| n * DAY_SECONDS;
    let within = |value: u64, low: Option<u64>, high: Option<u64>| {
        low.is_some_and(|low| value >= low) && high.is_some_and(|high| value <= high)
    };
    let checks = [
        (
            1 <= terms.advance && terms.advance <= AMOUNT_MAX,
            EscrowError::AdvanceOutOfBounds,
        ),
        (
            terms.advance <= terms.claim && terms.claim <= AMOUNT_MAX,
            EscrowError::ClaimOutOfBounds,
        ),
        (
            terms.claim <= terms.face && terms.face <= AMOUNT_MAX,
            EscrowError::FaceOutOfBounds,
        ),
        (
            within(
                terms.funding_deadline,
                now.checked_add(1),
                now.checked_add(days(FUNDING_DAYS_MAX)),
            ),
            EscrowError::FundingDeadlineOutOfBounds,
        ),
        (
            within(
                terms.due,
                terms.funding_deadline.checked_add(DAY_SECONDS),
                now.checked_add(days(TENOR_DAYS_MAX)),
            ),
            EscrowError::DueOutOfBounds,
        ),
        (
            terms.min_earned_days <= MIN_EARNED_DAYS_MAX,
            EscrowError::MinEarnedDaysOutOfBounds,
        ),
        (
            terms.late_bps_per_day <= LATE_BPS_PER_DAY_MAX && terms.late_days_max <= LATE_DAYS_MAX,
            EscrowError::LateTermsOutOfBounds,
        ),
        (
            terms.grace_days <= GRACE_DAYS_MAX,
            EscrowError::GraceOutOfBounds,
        ),
        (
            terms.origination_fee_bps == fees.origination_bps
                && terms.profit_fee_bps == fees.profit_bps,
            EscrowError::FeeChanged,
        ),
        (
            1 <= terms.min_ticket && terms.min_ticket <= terms.advance,
            EscrowError::MinTicketOutOfBounds,
        ),
        (
            1 <= terms.min_payment && terms.min_payment <= terms.face,
            EscrowError::MinPaymentOutOfBounds,
        ),
    ];
    checks
        .into_iter()
        .find(|(holds, _)| !holds)
        .map(|(_, error)| error)
}
