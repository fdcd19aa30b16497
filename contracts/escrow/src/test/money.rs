//! Payments through the waterfall: who may pay, how much, in which parts it goes, and that nothing goes twice.

use soroban_sdk::testutils::Ledger as _;
use tenor_common::CommonError;

use super::stage::{Stage, ADVANCE, CLAIM, DAY, FACE, PURSE};
use crate::refused;
use crate::types::{Accrual, Status, Terms};
use crate::EscrowError;

macro_rules! payment_refused {
    ($stage:expr, $payer:expr, $id:expr, $units:expr, $payment:expr, $error:expr) => {{
        $stage.sign_pay($payer, $id, $units, $payment);
        let payment = $stage.bytes($payment);
        refused!(
            $stage,
            $stage
                .escrow
                .try_record_payment($payer, $id, &$units, &payment),
            $error
        );
    }};
}

#[test]
fn h021_only_operator_debtor_and_seller_pay_and_the_money_is_theirs() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    for (n, payer) in [&stage.roles.operator, &stage.debtor, &stage.seller]
        .into_iter()
        .enumerate()
    {
        let before = stage.held(payer);
        stage.pay(payer, &id, 1_000_000_000, u8::try_from(n).unwrap());
        assert_eq!(stage.held(payer), before - 1_000_000_000);
    }
    stage.give(&stage.stranger, 1_000_000_000);
    for payer in [
        &stage.stranger,
        &stage.investors[0],
        &stage.roles.admin,
        &stage.roles.treasury,
    ] {
        payment_refused!(
            stage,
            payer,
            &id,
            1_000_000_000,
            9,
            EscrowError::PayerNotAllowed
        );
    }
}

#[test]
fn h046_the_same_payment_moves_nothing_the_second_time() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.pay(&stage.debtor, &id, 1_000_000_000, 1);
    payment_refused!(
        stage,
        &stage.debtor,
        &id,
        1_000_000_000,
        1,
        EscrowError::AlreadyRecorded
    );
    payment_refused!(
        stage,
        &stage.debtor,
        &id,
        2_000_000_000,
        1,
        EscrowError::AlreadyRecorded
    );
    let recorded = stage
        .escrow
        .get_payment(&id, &stage.debtor, &stage.bytes(1))
        .unwrap();
    assert_eq!(
        (recorded.amount, recorded.to_holders),
        (1_000_000_000, 1_000_000_000)
    );
    // Another payer's payment may carry the same id.
    stage.pay(&stage.seller, &id, 1_000_000_000, 1);
    assert_eq!(stage.escrow.get_escrow(&id).money.received, 2_000_000_000);
    assert_eq!(
        stage
            .escrow
            .get_payment(&id, &stage.debtor, &stage.bytes(2)),
        None
    );
}

#[test]
fn h046_a_repeat_is_refused_after_the_record_was_archived() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.pay(&stage.debtor, &id, 1_000_000_000, 1);
    stage.wait(300 * DAY);
    stage.sign_pay(&stage.debtor, &id, 1_000_000_000, 1);
    let before = stage.held(&stage.debtor);
    let answer =
        stage
            .escrow
            .try_record_payment(&stage.debtor, &id, &1_000_000_000, &stage.bytes(1));
    assert_eq!(answer.err(), Some(Ok(EscrowError::AlreadyRecorded.into())));
    assert_eq!(stage.held(&stage.debtor), before);
}

#[test]
fn h030_more_than_outstanding_is_refused_and_the_rest_always_fits() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    payment_refused!(
        stage,
        &stage.debtor,
        &id,
        FACE + 1,
        1,
        EscrowError::ExceedsOutstanding
    );
    payment_refused!(
        stage,
        &stage.debtor,
        &id,
        i128::MAX,
        1,
        EscrowError::ExceedsOutstanding
    );
    let least = stage.terms().min_payment;
    payment_refused!(
        stage,
        &stage.debtor,
        &id,
        least - 1,
        1,
        EscrowError::BelowMinPayment
    );
    stage.pay(&stage.debtor, &id, FACE - 3, 1);
    payment_refused!(
        stage,
        &stage.debtor,
        &id,
        2,
        2,
        EscrowError::BelowMinPayment
    );
    stage.pay(&stage.debtor, &id, 3, 2);
    payment_refused!(
        stage,
        &stage.debtor,
        &id,
        1,
        3,
        EscrowError::ExceedsOutstanding
    );
    assert_eq!(stage.held(&stage.escrow.address), 0);
}

#[test]
fn h058_h059_payments_of_nothing_or_less_are_refused() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    for units in [0, -1, i128::MIN] {
        payment_refused!(
            stage,
            &stage.debtor,
            &id,
            units,
            1,
            CommonError::AmountNotPositive
        );
        stage.sign_paying(
            &stage.debtor,
            "pay_off",
            (&stage.debtor, &id, units, stage.bytes(1)),
            units,
        );
        let payment = stage.bytes(1);
        refused!(
            stage,
            stage
                .escrow
                .try_pay_off(&stage.debtor, &id, &units, &payment),
            CommonError::AmountNotPositive
        );
        refused!(
            stage,
            stage.escrow.try_quote(&id, &units, &stage.now()),
            CommonError::AmountNotPositive
        );
    }
}

#[test]
fn h027_only_a_released_invoice_takes_payments() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    payment_refused!(stage, &stage.debtor, &id, FACE, 1, EscrowError::NotPayable);
    refused!(
        stage,
        stage.escrow.try_quote(&id, &FACE, &stage.now()),
        EscrowError::NotPayable
    );
    refused!(
        stage,
        stage.escrow.try_payoff(&id, &stage.now()),
        EscrowError::NotPayable
    );
    stage.wait(15 * DAY);
    payment_refused!(stage, &stage.debtor, &id, FACE, 1, EscrowError::NotPayable);
}

#[test]
fn h028_no_fee_before_holders_have_the_advance_back() {
    let stage = Stage::new();
    let id = stage.funded(&Terms {
        accrual: Accrual::Flat,
        ..stage.terms()
    });
    let treasury = stage.held(&stage.roles.treasury);
    assert_eq!(
        stage.pay(&stage.debtor, &id, ADVANCE - 10_000_000, 1).fee,
        0
    );
    assert_eq!(stage.pay(&stage.debtor, &id, 10_000_000, 2).fee, 0);
    assert_eq!(stage.held(&stage.roles.treasury), treasury);
    let split = stage.pay(&stage.debtor, &id, CLAIM - ADVANCE, 3);
    assert_eq!(
        (split.fee, split.to_holders),
        ((CLAIM - ADVANCE) / 10, (CLAIM - ADVANCE) * 9 / 10)
    );
    assert_eq!(stage.held(&stage.roles.treasury), treasury + split.fee);
}

#[test]
fn h069_paying_early_costs_the_seller_less_and_late_costs_more() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let terms = stage.escrow.get_escrow(&id).terms;
    let discount = CLAIM - ADVANCE;
    let tenor = i128::from(terms.due - stage.now());
    let at = |seconds: u64| stage.escrow.payoff(&id, &(stage.now() + seconds));
    // The first ten days are earned in any case.
    let least = (discount * 10 * i128::from(DAY) + tenor - 1) / tenor;
    assert_eq!(at(0), ADVANCE + least);
    assert_eq!(at(3 * DAY), ADVANCE + least);
    assert_eq!(at(30 * DAY), ADVANCE + discount / 2);
    assert_eq!(at(60 * DAY), CLAIM);
    // One second late is one started day: 5 bps of what is unpaid.
    assert_eq!(at(60 * DAY + 1), CLAIM + CLAIM * 5 / 10_000);
    assert_eq!(at(61 * DAY), CLAIM + CLAIM * 5 / 10_000);
    assert_eq!(at(61 * DAY + 1), CLAIM + CLAIM * 10 / 10_000);
    assert_eq!(at(500 * DAY), CLAIM + CLAIM * 150 / 10_000);
    assert_eq!(at(u64::MAX - stage.now()), CLAIM + CLAIM * 150 / 10_000);
}

#[test]
fn h036_any_order_within_one_ledger_gives_the_same() {
    let outcomes: std::vec::Vec<_> = [[3, 1], [1, 3]]
        .into_iter()
        .map(|order| {
            let stage = Stage::new();
            let id = stage.funded(&stage.terms());
            stage.wait(33 * DAY + 77);
            for (n, billions) in order.into_iter().enumerate() {
                stage.pay(
                    &stage.debtor,
                    &id,
                    billions * 1_000_000_000,
                    u8::try_from(n).unwrap(),
                );
            }
            (
                stage.escrow.get_escrow(&id).money,
                stage.held(&stage.distributor.address),
            )
        })
        .collect();
    assert_eq!(outcomes[0], outcomes[1]);
}

#[test]
fn h082_pay_off_takes_the_maximum_and_gives_the_rest_back() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.wait(31 * DAY + 5);
    let payoff = stage.escrow.payoff(&id, &stage.now());
    let payment = stage.bytes(1);
    let sign = |max: i128| {
        stage.sign_paying(
            &stage.debtor,
            "pay_off",
            (&stage.debtor, &id, max, &payment),
            max,
        )
    };
    sign(payoff - 1);
    refused!(
        stage,
        stage
            .escrow
            .try_pay_off(&stage.debtor, &id, &(payoff - 1), &payment),
        EscrowError::PayoffAboveMax
    );
    sign(FACE);
    let split = stage.escrow.pay_off(&stage.debtor, &id, &FACE, &payment);
    assert!(split.settles);
    assert_eq!(split.to_holders + split.fee, payoff);
    assert_eq!(split.to_seller, 0);
    assert_eq!(stage.held(&stage.debtor), PURSE - payoff);
    assert_eq!(stage.escrow.get_status(&id), Status::Settled);
    sign(FACE);
    refused!(
        stage,
        stage
            .escrow
            .try_pay_off(&stage.debtor, &id, &FACE, &payment),
        EscrowError::NothingToPayOff
    );
}

#[test]
fn a_quote_is_what_the_payment_then_does() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.wait(45 * DAY);
    for units in [1_000_000_000, FACE] {
        let quote = stage.escrow.quote(&id, &units, &stage.now());
        let other = Stage::new();
        let same = other.funded(&other.terms());
        other.wait(45 * DAY);
        assert_eq!(other.pay(&other.debtor, &same, units, 1), quote);
    }
    refused!(
        stage,
        stage.escrow.try_quote(&id, &(FACE + 1), &stage.now()),
        EscrowError::ExceedsOutstanding
    );
    let before = stage.escrow.get_escrow(&id).money.checkpoint_at - 1;
    refused!(
        stage,
        stage.escrow.try_quote(&id, &FACE, &before),
        EscrowError::TimeBeforeCheckpoint
    );
}

#[test]
fn h117_a_treasury_that_cannot_receive_is_owed_and_blocks_nobody() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.freeze(&stage.roles.treasury, true);
    stage.wait(60 * DAY);
    let split = stage.pay(&stage.debtor, &id, FACE, 1);
    assert_eq!(
        stage
            .escrow
            .owed(&stage.roles.treasury, &stage.asset.address),
        split.fee
    );
    assert_eq!(stage.held(&stage.escrow.address), split.fee);
}

#[test]
fn h060_the_largest_amounts_pass() {
    let stage = Stage::new();
    let most = i128::from(i64::MAX);
    let terms = Terms {
        advance: most - 2,
        claim: most - 1,
        face: most,
        min_ticket: 1,
        min_payment: 1,
        ..stage.terms()
    };
    for person in stage.investors.iter().chain([&stage.debtor]) {
        stage.give(person, most);
    }
    let id = stage.listed(&terms);
    stage.fund(&stage.investors[0], &id, most - 3);
    stage.fund(&stage.investors[1], &id, 1);
    stage.wait(90 * DAY);
    assert!(stage.pay(&stage.debtor, &id, most, 1).settles);
    let token = stage.shares(&id).address;
    let paid = stage.distributor.claim(&token, &stage.investors[0]);
    assert!(paid >= most - 3 - 1, "{paid}");
}

#[test]
fn h066_sequences_at_the_ends_of_their_range_work() {
    for sequence in [1, u32::MAX - 3_200_000] {
        let stage = Stage::new();
        stage.env.ledger().set_sequence_number(sequence);
        let id = stage.funded(&stage.terms());
        stage.pay(&stage.debtor, &id, FACE, 1);
        assert_eq!(stage.escrow.get_status(&id), Status::Settled);
    }
}
