//! Reserving, releasing, finalising, and what time does to a reservation.

use soroban_sdk::testutils::storage::Persistent as _;
use soroban_sdk::testutils::{AuthorizedFunction, AuthorizedInvocation};
use soroban_sdk::{IntoVal, Symbol};
use tenor_stage::{refused, wait, DAY};

use super::stage::Stage;
use crate::types::{DataKey, Reservation};
use crate::RegistryError;

/// The canonical identity as both platforms read it off the same paper.
const INVOICE: &str = "IT|12345678901|2026-11-03|FV/2026/0117|1234500|EUR";

/// Two platforms that know nothing of each other but the key find that one debt is being financed twice.
#[test]
fn h086_h148_two_platforms_find_a_double_financing_and_outsiders_learn_nothing() {
    let stage = Stage::new();
    let [first, second] = &stage.members;
    let (key, other_key) = ([0x5a; 32], [0xa5; 32]);
    let print = stage.fingerprint(key, INVOICE);
    assert_eq!(print, stage.fingerprint(key, INVOICE));
    // Without the key, guessing the invoice finds nothing.
    let guess = stage.fingerprint(other_key, INVOICE);
    let until = stage.now() + 14 * DAY;
    stage.reserve(first, &print, until);
    assert!(stage.registry.is_reserved(&print) && !stage.registry.is_reserved(&guess));
    stage.sign(second, "reserve", (second, &print, until));
    refused!(
        stage.env,
        stage.registry.try_reserve(second, &print, &until),
        RegistryError::FingerprintTaken
    );
    // The platform itself cannot do it twice either.
    stage.sign(first, "reserve", (first, &print, until));
    refused!(
        stage.env,
        stage.registry.try_reserve(first, &print, &until),
        RegistryError::FingerprintTaken
    );
    let held = Reservation(first.clone(), until, false);
    assert_eq!(stage.registry.get_reservation(&print), Some(held));
    stage.release(first, &print);
    stage.reserve(second, &print, until);
    stage.finalise(second, &print);
    let held = Reservation(second.clone(), u64::MAX, true);
    assert_eq!(stage.registry.get_reservation(&print), Some(held));
}

#[test]
fn h003_h086_only_the_member_that_reserved_can_change_it() {
    let stage = Stage::new();
    let [first, second] = &stage.members;
    let print = stage.bytes(7);
    stage.reserve(first, &print, stage.now() + DAY);
    for other in [second, &stage.stranger, &stage.admin] {
        stage.sign(other, "release", (other, &print));
        refused!(
            stage.env,
            stage.registry.try_release(other, &print),
            RegistryError::NotHolder
        );
        stage.sign(other, "finalise", (other, &print));
        refused!(
            stage.env,
            stage.registry.try_finalise(other, &print),
            RegistryError::NotHolder
        );
    }
    let until = stage.now() + DAY;
    for other in [&stage.stranger, &stage.admin] {
        stage.sign(other, "reserve", (other, stage.bytes(8), until));
        refused!(
            stage.env,
            stage.registry.try_reserve(other, &stage.bytes(8), &until),
            RegistryError::NotMember
        );
    }
}

#[test]
fn h080_a_final_fingerprint_stays_final() {
    let stage = Stage::new();
    let [first, second] = &stage.members;
    let print = stage.bytes(7);
    stage.reserve(first, &print, stage.now() + DAY);
    stage.finalise(first, &print);
    stage.sign(first, "release", (first, &print));
    refused!(
        stage.env,
        stage.registry.try_release(first, &print),
        RegistryError::FingerprintFinal
    );
    stage.sign(first, "finalise", (first, &print));
    refused!(
        stage.env,
        stage.registry.try_finalise(first, &print),
        RegistryError::FingerprintFinal
    );
    wait(&stage.env, 3_000 * DAY);
    let until = stage.now() + DAY;
    stage.sign(second, "reserve", (second, &print, until));
    refused!(
        stage.env,
        stage.registry.try_reserve(second, &print, &until),
        RegistryError::FingerprintTaken
    );
}

/// A reservation ends by itself one second after its moment, and nobody needs to act.
#[test]
fn h081_h084_a_reservation_lapses_after_its_moment_and_not_before() {
    let stage = Stage::new();
    let [first, second] = &stage.members;
    let print = stage.bytes(7);
    let until = stage.now() + DAY;
    stage.reserve(first, &print, until);
    wait(&stage.env, DAY - 1);
    assert!(stage.registry.is_reserved(&print));
    wait(&stage.env, 1);
    assert!(stage.registry.is_reserved(&print));
    stage.sign(second, "reserve", (second, &print, until + DAY));
    refused!(
        stage.env,
        stage.registry.try_reserve(second, &print, &(until + DAY)),
        RegistryError::FingerprintTaken
    );
    wait(&stage.env, 1);
    assert!(!stage.registry.is_reserved(&print));
    assert_eq!(stage.registry.get_reservation(&print), None);
    stage.sign(first, "finalise", (first, &print));
    refused!(
        stage.env,
        stage.registry.try_finalise(first, &print),
        RegistryError::FingerprintFree
    );
    stage.sign(first, "release", (first, &print));
    refused!(
        stage.env,
        stage.registry.try_release(first, &print),
        RegistryError::FingerprintFree
    );
    stage.reserve(second, &print, until + 2 * DAY);
}

/// The life of the entry and the deadline have nothing to do with each other, in both directions.
#[test]
fn h091_h093_extending_the_entry_moves_no_deadline() {
    let stage = Stage::new();
    let [first, second] = &stage.members;
    let (brief, lasting) = (stage.bytes(7), stage.bytes(8));
    stage.reserve(first, &brief, stage.now() + DAY);
    stage.reserve(first, &lasting, stage.now() + DAY);
    stage.finalise(first, &lasting);
    stage.env.as_contract(&stage.registry.address, || {
        let key = DataKey::Fingerprint(brief.clone());
        let storage = stage.env.storage().persistent();
        storage.extend_ttl(&key, 3_110_399, 3_110_399);
        assert!(storage.get_ttl(&key) > 170 * 17_280);
    });
    wait(&stage.env, DAY + 1);
    assert!(!stage.registry.is_reserved(&brief));
    // Longer than any entry lives: archived, restored by the call that needs it, and still final.
    wait(&stage.env, 400 * DAY);
    assert!(stage.registry.is_reserved(&lasting));
    stage.reserve(second, &brief, stage.now() + DAY);
}

#[test]
fn h070_h081_until_lies_in_the_next_ninety_days() {
    let stage = Stage::new();
    let [member, _] = &stage.members;
    let (print, now) = (stage.bytes(7), stage.now());
    for until in [0, now - 1, now, now + 90 * DAY + 1, u64::MAX] {
        stage.sign(member, "reserve", (member, &print, until));
        refused!(
            stage.env,
            stage.registry.try_reserve(member, &print, &until),
            RegistryError::UntilOutOfBounds
        );
    }
    stage.reserve(member, &print, now + 1);
    stage.reserve(member, &stage.bytes(8), now + 90 * DAY);
}

#[test]
fn h058_unknown_fingerprints_are_free() {
    let stage = Stage::new();
    let [member, _] = &stage.members;
    for print in [stage.bytes(0), stage.bytes(0xff)] {
        assert!(!stage.registry.is_reserved(&print));
        stage.sign(member, "release", (member, &print));
        refused!(
            stage.env,
            stage.registry.try_release(member, &print),
            RegistryError::FingerprintFree
        );
        stage.sign(member, "finalise", (member, &print));
        refused!(
            stage.env,
            stage.registry.try_finalise(member, &print),
            RegistryError::FingerprintFree
        );
    }
}

/// Losing admission stops new reservations and blocks no invoice that is under way.
#[test]
fn h078_h108_a_dismissed_member_can_finish_what_it_holds() {
    let stage = Stage::new();
    let [member, _] = &stage.members;
    stage.reserve(member, &stage.bytes(7), stage.now() + DAY);
    stage.reserve(member, &stage.bytes(8), stage.now() + DAY);
    stage.admit(member, false);
    let until = stage.now() + DAY;
    stage.sign(member, "reserve", (member, stage.bytes(9), until));
    refused!(
        stage.env,
        stage.registry.try_reserve(member, &stage.bytes(9), &until),
        RegistryError::NotMember
    );
    stage.finalise(member, &stage.bytes(7));
    stage.release(member, &stage.bytes(8));
}

#[test]
fn h002_h004_h010_each_call_needs_the_members_signature_and_nothing_else() {
    let stage = Stage::new();
    let [member, _] = &stage.members;
    let (print, until) = (stage.bytes(7), stage.now() + DAY);
    stage.env.set_auths(&[]);
    assert!(stage.registry.try_reserve(member, &print, &until).is_err());
    // Signed for another moment, another print.
    stage.sign(member, "reserve", (member, &print, until + 1));
    assert!(stage.registry.try_reserve(member, &print, &until).is_err());
    stage.sign(member, "reserve", (member, stage.bytes(8), until));
    assert!(stage.registry.try_reserve(member, &print, &until).is_err());
    stage.reserve(member, &print, until);
    let function = AuthorizedFunction::Contract((
        stage.registry.address.clone(),
        Symbol::new(&stage.env, "reserve"),
        (member, &print, until).into_val(&stage.env),
    ));
    let tree = AuthorizedInvocation {
        function,
        sub_invocations: std::vec![],
    };
    assert_eq!(stage.env.auths(), [(member.clone(), tree)]);
    stage.env.set_auths(&[]);
    assert!(stage.registry.try_release(member, &print).is_err());
    assert!(stage.registry.try_finalise(member, &print).is_err());
    stage.sign(member, "release", (member, &print));
    assert!(stage.registry.try_finalise(member, &print).is_err());
}
