//! Who holds a fingerprint: reserved through a stored moment, released, or final.
//! Never frees anything because an entry's life ran out, and never lets one member touch another's.

use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::math::DAY_SECONDS;

use crate::errors::RegistryError;
use crate::events::{FingerprintFinalised, FingerprintReleased, FingerprintReserved};
use crate::storage;
use crate::types::Reservation;

/// As long as an invoice may look for funding.
const RESERVED_SECONDS_MAX: u64 = 90 * DAY_SECONDS;

/// The reservation that holds now; one whose moment has passed is none, with nobody's help.
pub(crate) fn current(env: &Env, fingerprint: &BytesN<32>) -> Option<Reservation> {
    storage::reservation(env, fingerprint)
        .filter(|Reservation(_, until, _)| env.ledger().timestamp() <= *until)
}

/// Refused to the holder too: one platform must not finance an invoice twice either.
pub(crate) fn reserve(env: &Env, member: &Address, fingerprint: &BytesN<32>, until: u64) {
    if !storage::is_member(env, member) {
        panic_with_error!(env, RegistryError::NotMember);
    }
    let now = env.ledger().timestamp();
    if until <= now || until - now > RESERVED_SECONDS_MAX {
        panic_with_error!(env, RegistryError::UntilOutOfBounds);
    }
    if current(env, fingerprint).is_some() {
        panic_with_error!(env, RegistryError::FingerprintTaken);
    }
    let held = Reservation(member.clone(), until, false);
    storage::write_reservation(env, fingerprint, &held);
    FingerprintReserved {
        fingerprint: fingerprint.clone(),
        member: member.clone(),
        until,
    }
    .publish(env);
}

pub(crate) fn release(env: &Env, member: &Address, fingerprint: &BytesN<32>) {
    check_held(env, member, fingerprint);
    storage::remove_reservation(env, fingerprint);
    FingerprintReleased {
        fingerprint: fingerprint.clone(),
        member: member.clone(),
    }
    .publish(env);
}

pub(crate) fn finalise(env: &Env, member: &Address, fingerprint: &BytesN<32>) {
    check_held(env, member, fingerprint);
    let held = Reservation(member.clone(), u64::MAX, true);
    storage::write_reservation(env, fingerprint, &held);
    FingerprintFinalised {
        fingerprint: fingerprint.clone(),
        member: member.clone(),
    }
    .publish(env);
}

/// Held by this member, who need not be admitted any more: losing admission must not block an invoice that is under way.
fn check_held(env: &Env, member: &Address, fingerprint: &BytesN<32>) {
    match current(env, fingerprint) {
        None => panic_with_error!(env, RegistryError::FingerprintFree),
        Some(Reservation(holder, ..)) if holder != *member => {
            panic_with_error!(env, RegistryError::NotHolder)
        }
        Some(Reservation(_, _, true)) => panic_with_error!(env, RegistryError::FingerprintFinal),
        Some(_) => (),
    }
}
