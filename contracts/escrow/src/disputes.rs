//! Objections that lapse by themselves, and what the debtor owes less. Never stops or moves a payment.

use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::math::DAY_SECONDS;
use tenor_common::CommonError;

use crate::errors::EscrowError;
use crate::events::{DisputeOpened, DisputeResolved, FaceReduced};
use crate::pricing::{self, fits};
use crate::storage;
use crate::types::{Escrow, Outcome, Status};

/// Of all disputes of an invoice together.
const DISPUTED_SECONDS_MAX: u64 = 60 * DAY_SECONDS;

pub(crate) fn is_open(escrow: &Escrow, now: u64) -> bool {
    now < escrow.money.dispute_until
}

/// The debtor, or the operator for the debtor: lapses when the invoice's days of dispute are used up.
pub(crate) fn open(env: &Env, by: &Address, id: &BytesN<32>, reason: &BytesN<32>) {
    let mut escrow = storage::escrow(env, id);
    if escrow.debtor.as_ref() != Some(by) && *by != storage::roles(env).operator {
        panic_with_error!(env, EscrowError::NotDebtorOrOperator);
    }
    if escrow.status != Status::Funded {
        panic_with_error!(env, EscrowError::NotDisputable);
    }
    let now = env.ledger().timestamp();
    if is_open(&escrow, now) {
        panic_with_error!(env, EscrowError::DisputeOpen);
    }
    // One that was never resolved has used up all there was.
    if escrow.money.dispute_until > 0 {
        panic_with_error!(env, EscrowError::DisputesExhausted);
    }
    let left = fits(
        env,
        DISPUTED_SECONDS_MAX.checked_sub(escrow.money.dispute_used),
    );
    escrow.money.dispute_from = now;
    escrow.money.dispute_until = fits(env, now.checked_add(left));
    storage::write_escrow(env, id, &escrow);
    DisputeOpened {
        invoice_id: id.clone(),
        by: by.clone(),
        reason: reason.clone(),
        opened_at: now,
        lapses_at: escrow.money.dispute_until,
    }
    .publish(env);
}

/// The late clock runs again from now on; an upheld dispute lowers the face.
pub(crate) fn resolve(env: &Env, id: &BytesN<32>, outcome: Outcome) {
    let mut escrow = storage::escrow(env, id);
    let now = env.ledger().timestamp();
    if !is_open(&escrow, now) {
        panic_with_error!(env, EscrowError::NoDispute);
    }
    let lasted = fits(env, now.checked_sub(escrow.money.dispute_from));
    escrow.money = pricing::end_dispute(env, &escrow, now);
    escrow.money.dispute_used = fits(env, escrow.money.dispute_used.checked_add(lasted));
    DisputeResolved {
        invoice_id: id.clone(),
        upheld: outcome != Outcome::Rejected,
        disputed_seconds: escrow.money.disputed_seconds,
        dispute_used: escrow.money.dispute_used,
        at: now,
    }
    .publish(env);
    if let Outcome::Upheld(reduction) = outcome {
        lower_face(env, id, &mut escrow, reduction);
    }
    storage::write_escrow(env, id, &escrow);
}

/// A credit note: the operator and the debtor have signed.
pub(crate) fn reduce(env: &Env, id: &BytesN<32>, mut escrow: Escrow, reduction: i128) {
    pricing::check_payable(env, &escrow);
    lower_face(env, id, &mut escrow, reduction);
    storage::write_escrow(env, id, &escrow);
}

/// The reserve falls first; below the claim the seller owes the holders the difference.
fn lower_face(env: &Env, id: &BytesN<32>, escrow: &mut Escrow, reduction: i128) {
    if reduction <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    if reduction > pricing::outstanding(env, &escrow.money) {
        panic_with_error!(env, EscrowError::ExceedsOutstanding);
    }
    let face_before = escrow.money.face;
    let face_after = fits(env, face_before.checked_sub(reduction));
    escrow.money.face = face_after;
    FaceReduced {
        invoice_id: id.clone(),
        reduction,
        face_before,
        face_after,
        shortfall: escrow.terms.claim.saturating_sub(face_after).max(0),
        at: env.ledger().timestamp(),
    }
    .publish(env);
}
