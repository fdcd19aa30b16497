//! Money from investors: what is taken, what comes back, who is refused.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::Address;

use super::stage::{parts, Stage, ADVANCE, PURSE};
use crate::refused;
use crate::types::{Status, Terms};
use crate::EscrowError;
use tenor_common::CommonError;

macro_rules! bid_refused {
    ($stage:expr, $investor:expr, $id:expr, $max:expr, $min:expr, $error:expr) => {{
        $stage.sign_fund($investor, $id, $max, $min);
        let hash = $stage.hash($id);
        refused!(
            $stage,
            $stage
                .escrow
                .try_fund_escrow($investor, $id, &$max, &$min, &hash),
            $error
        );
    }};
}

#[test]
fn h041_h082_the_rest_is_taken_and_the_unused_maximum_comes_back() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.fund(&stage.investors[0], &id, ADVANCE - 50);
    // Less than asked for is a typed refusal, never a silent one.
    bid_refused!(
        stage,
        &stage.investors[1],
        &id,
        1_000_000_000,
        51,
        EscrowError::BelowMinAmount
    );
    assert_eq!(stage.fund(&stage.investors[1], &id, 1_000_000_000), 50);
    assert_eq!(stage.held(&stage.investors[1]), PURSE - 50);
    assert_eq!(stage.shares(&id).total_supply(), ADVANCE);
    bid_refused!(
        stage,
        &stage.investors[2],
        &id,
        1_000_000_000,
        1,
        EscrowError::NotOpen
    );
}

#[test]
fn h045_shares_equal_units_for_every_accepted_amount() {
    let stage = Stage::new();
    let id = stage.listed(&Terms {
        min_ticket: 1,
        ..stage.terms()
    });
    let mut sum = 0;
    for units in [1, 2, 999_999_999, 7] {
        assert_eq!(stage.fund(&stage.investors[0], &id, units), units);
        sum += units;
        assert_eq!(stage.shares(&id).balance(&stage.investors[0]), sum);
        assert_eq!(stage.escrow.get_escrow(&id).funded, sum);
    }
}

#[test]
fn h058_h059_amounts_of_nothing_or_less_are_refused() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    for (max, min) in [
        (0, 1),
        (-1, 1),
        (i128::MIN, 1),
        (1_000_000_000, 0),
        (1_000_000_000, -1),
        (1_000_000_000, i128::MIN),
    ] {
        bid_refused!(
            stage,
            &stage.investors[0],
            &id,
            max,
            min,
            CommonError::AmountNotPositive
        );
    }
}

#[test]
fn h070_the_smallest_ticket_binds_but_for_the_rest() {
    let stage = Stage::new();
    let terms = stage.terms();
    let id = stage.listed(&terms);
    bid_refused!(
        stage,
        &stage.investors[0],
        &id,
        terms.min_ticket - 1,
        1,
        EscrowError::BelowMinTicket
    );
    stage.fund(&stage.investors[0], &id, terms.min_ticket);
    stage.fund(&stage.investors[1], &id, ADVANCE - terms.min_ticket - 1);
    assert_eq!(stage.fund(&stage.investors[2], &id, 1), 1);
    assert_eq!(stage.escrow.get_status(&id), Status::Funded);
}

#[test]
fn h020_other_terms_than_agreed_are_refused() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    let wrong = stage.bytes(99);
    let investor = &stage.investors[0];
    stage.sign_paying(
        investor,
        "fund_escrow",
        (investor, &id, ADVANCE, 1i128, &wrong),
        ADVANCE,
    );
    refused!(
        stage,
        stage
            .escrow
            .try_fund_escrow(investor, &id, &ADVANCE, &1, &wrong),
        EscrowError::TermsDiffer
    );
}

#[test]
fn h011_seller_and_debtor_cannot_invest() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    for party in [&stage.seller, &stage.debtor] {
        bid_refused!(
            stage,
            party,
            &id,
            ADVANCE,
            1,
            EscrowError::PartyCannotInvest
        );
    }
}

#[test]
fn h009_contracts_of_the_set_are_nobodys_counterparty() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    let token = stage.shares(&id).address;
    stage.env.mock_all_auths();
    let hash = stage.hash(&id);
    for system in [&stage.escrow.address, &stage.distributor.address, &token] {
        let answer = stage
            .escrow
            .try_fund_escrow(system, &id, &ADVANCE, &1, &hash);
        // The escrow cannot even be called in its own name: it is running.
        assert!(answer.is_err(), "{system:?}");
    }
    let answer = stage
        .escrow
        .try_fund_escrow(&token, &id, &ADVANCE, &1, &hash);
    assert_eq!(answer.err(), Some(Ok(EscrowError::SystemAddress.into())));
    let answer = stage
        .escrow
        .try_fund_escrow(&stage.distributor.address, &id, &ADVANCE, &1, &hash);
    assert_eq!(answer.err(), Some(Ok(EscrowError::SystemAddress.into())));
}

#[test]
fn an_invoice_without_a_verified_debtor_cannot_be_funded() {
    let stage = Stage::new();
    let id = stage.create(1, &stage.terms());
    bid_refused!(
        stage,
        &stage.investors[0],
        &id,
        ADVANCE,
        1,
        EscrowError::NotAttested
    );
}

#[test]
fn h040_restricted_shares_are_for_the_allowlist() {
    let stage = Stage::new();
    let id = stage.listed(&Terms {
        restricted: true,
        ..stage.terms()
    });
    bid_refused!(
        stage,
        &stage.investors[0],
        &id,
        ADVANCE,
        1,
        EscrowError::NotAllowlisted
    );
    assert!(!stage.escrow.may_hold(&id, &stage.investors[0]));
    stage.set_allowed(&stage.investors[0], true);
    assert!(stage.escrow.may_hold(&id, &stage.investors[0]));
    stage.fund(&stage.investors[0], &id, ADVANCE);
}

#[test]
fn h031_h044_a_donation_changes_no_state_and_no_price() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.fund(&stage.investors[0], &id, ADVANCE / 2);
    let before = (stage.escrow.get_escrow(&id), stage.shares(&id).invoice());
    for contract in [
        &stage.escrow.address,
        &stage.distributor.address,
        &stage.shares(&id).address,
    ] {
        stage.give(contract, 777);
    }
    assert_eq!(
        (stage.escrow.get_escrow(&id), stage.shares(&id).invoice()),
        before
    );
    assert_eq!(
        stage.fund(&stage.investors[1], &id, ADVANCE),
        ADVANCE - ADVANCE / 2
    );
    assert_eq!(stage.held(&stage.escrow.address), 777);
}

#[test]
fn h089_two_investors_simulate_together_and_the_second_is_exact_or_refused() {
    for swapped in [false, true] {
        let stage = Stage::new();
        let id = stage.listed(&stage.terms());
        let (mut first, mut second) = (&stage.investors[0], &stage.investors[1]);
        if swapped {
            (first, second) = (second, first);
        }
        let part = ADVANCE * 6 / 10;
        stage.sign_fund(first, &id, part, part);
        stage
            .escrow
            .fund_escrow(first, &id, &part, &part, &stage.hash(&id));
        bid_refused!(stage, second, &id, part, part, EscrowError::BelowMinAmount);
        assert_eq!(stage.held(second), PURSE);
    }
}

#[test]
fn h117_a_seller_without_a_usable_account_is_owed_and_blocks_nobody() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.freeze(&stage.seller, true);
    for (investor, units) in stage.investors.iter().zip(parts(ADVANCE)) {
        stage.fund(investor, &id, units);
    }
    assert_eq!(stage.escrow.get_status(&id), Status::Funded);
    let owed = stage.escrow.owed(&stage.seller, &stage.asset.address);
    assert_eq!(owed, stage.held(&stage.escrow.address));
    assert_eq!(owed + stage.held(&stage.roles.treasury), ADVANCE);
    stage.env.set_auths(&[]);
    let before = stage.entries();
    assert!(stage
        .escrow
        .try_withdraw_owed(&stage.seller, &stage.asset.address)
        .is_err());
    assert!(before == stage.entries());
    stage.freeze(&stage.seller, false);
    stage.env.set_auths(&[]);
    assert_eq!(
        stage
            .escrow
            .withdraw_owed(&stage.seller, &stage.asset.address),
        owed
    );
    assert_eq!(stage.held(&stage.seller), PURSE + owed);
    assert_eq!(stage.held(&stage.escrow.address), 0);
    refused!(
        stage,
        stage
            .escrow
            .try_withdraw_owed(&stage.seller, &stage.asset.address),
        EscrowError::NothingOwed
    );
}

#[test]
fn h117_a_refund_to_a_frozen_holder_is_owed() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.fund(&stage.investors[0], &id, 400_000_000);
    stage.freeze(&stage.investors[0], true);
    stage.wait(15 * super::stage::DAY);
    stage.env.set_auths(&[]);
    assert_eq!(stage.escrow.refund(&stage.investors[0], &id), 400_000_000);
    assert_eq!(
        stage.escrow.owed(&stage.investors[0], &stage.asset.address),
        400_000_000
    );
    stage.freeze(&stage.investors[0], false);
    assert_eq!(
        stage
            .escrow
            .withdraw_owed(&stage.investors[0], &stage.asset.address),
        400_000_000
    );
    assert_eq!(stage.held(&stage.investors[0]), PURSE);
}

#[test]
fn h042_a_refund_burns_the_named_holders_shares_only() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.fund(&stage.investors[0], &id, 400_000_000);
    stage.fund(&stage.investors[1], &id, 300_000_000);
    stage.wait(15 * super::stage::DAY);
    stage.escrow.refund(&stage.investors[1], &id);
    assert_eq!(stage.shares(&id).balance(&stage.investors[0]), 400_000_000);
    assert_eq!(stage.shares(&id).balance(&stage.investors[1]), 0);
    let nobody = Address::generate(&stage.env);
    refused!(
        stage,
        stage.escrow.try_refund(&nobody, &id),
        EscrowError::NothingToRefund
    );
}
