//! Two platforms with an escrow each, on one ledger: they reserve by attesting, and nothing but the registry joins them.

use soroban_sdk::{Address, BytesN};
use tenor_stage::{refused, sign, wait, Code, Set, DAY};

use super::stage::Stage;
use crate::types::Reservation;
use crate::RegistryError;

/// Their invoices have the fingerprint of their reference.
fn platforms() -> (Stage, Set, Set) {
    let stage = Stage::new();
    let registry = Some(&stage.registry.address);
    let [first, second] = [1, 2].map(|_| Set::beside(&stage.env, Code::Native, registry));
    for set in [&first, &second] {
        stage.admit(&set.escrow.address, true);
    }
    (stage, first, second)
}

fn create(set: &Set, reference: u8) -> BytesN<32> {
    let (terms, named, seller) = (set.terms(), set.bytes(reference), &set.seller);
    let args = (seller, &named, terms.clone());
    sign(
        &set.env,
        seller,
        &set.escrow.address,
        "create_escrow",
        args,
        &[],
    );
    set.escrow.create_escrow(seller, &named, &terms)
}

fn attest(set: &Set, id: &BytesN<32>, print: &BytesN<32>) -> bool {
    let key = set.bytes(1);
    let args = (id, &set.debtor, &key, print);
    sign(
        &set.env,
        &set.roles.operator,
        &set.escrow.address,
        "attest",
        args,
        &[],
    );
    set.escrow.try_attest(id, &set.debtor, &key, print).is_ok()
}

fn cancel(set: &Set, by: &Address, id: &BytesN<32>) {
    sign(
        &set.env,
        by,
        &set.escrow.address,
        "cancel_escrow",
        (by, id),
        &[],
    );
    set.escrow.cancel_escrow(by, id);
}

#[test]
fn h086_a_debt_on_one_platform_is_refused_on_the_other_until_it_is_free() {
    let (stage, first, second) = platforms();
    let print = first.bytes(1);
    let here = first.listed(1, &first.terms());
    let until = first.terms().funding_deadline;
    let held = Reservation(first.escrow.address.clone(), until, false);
    assert_eq!(stage.registry.get_reservation(&print), Some(held));
    let there = create(&second, 1);
    let key = second.bytes(1);
    let args = (&there, &second.debtor, &key, &print);
    sign(
        &stage.env,
        &second.roles.operator,
        &second.escrow.address,
        "attest",
        args,
        &[],
    );
    refused!(
        stage.env,
        second
            .escrow
            .try_attest(&there, &second.debtor, &key, &print),
        RegistryError::FingerprintTaken
    );
    // The same platform, another seller's reference: refused as well.
    assert!(!attest(&first, &create(&first, 2), &print));
    cancel(&first, &first.seller, &here);
    assert!(!stage.registry.is_reserved(&print));
    assert!(attest(&second, &there, &print));
    second.fund(&second.investors[0], &there, second.terms().advance);
    let held = Reservation(second.escrow.address.clone(), u64::MAX, true);
    assert_eq!(stage.registry.get_reservation(&print), Some(held));
    wait(&stage.env, 300 * DAY);
    assert!(!attest(&first, &create(&first, 3), &print));
}

/// An invoice that finds no money frees its debt by itself, and the money that it found goes back.
#[test]
fn h072_h086_an_expired_invoice_frees_its_debt() {
    let (stage, first, second) = platforms();
    let print = first.bytes(1);
    let here = first.listed(1, &first.terms());
    first.fund(&first.investors[0], &here, first.terms().advance / 3);
    wait(&stage.env, 14 * DAY);
    assert!(stage.registry.is_reserved(&print));
    wait(&stage.env, 1);
    assert!(attest(&second, &create(&second, 1), &print));
    stage.env.set_auths(&[]);
    first.escrow.refund(&first.investors[0], &here);
}

/// A platform that lost its admission finishes what it has begun.
#[test]
fn h078_a_dismissed_platform_funds_and_cancels_what_is_listed() {
    let (stage, first, _) = platforms();
    let [funded, dropped] = [1, 2].map(|n| first.listed(n, &first.terms()));
    stage.admit(&first.escrow.address, false);
    assert!(!attest(&first, &create(&first, 3), &first.bytes(3)));
    first.fund(&first.investors[0], &funded, first.terms().advance);
    cancel(&first, &first.seller, &dropped);
    assert!(stage.registry.is_reserved(&first.bytes(1)));
    assert!(!stage.registry.is_reserved(&first.bytes(2)));
}
