//! Invoices from listing to their ends, on time and late, alone and beside each other.

use super::stage::{parts, Code, Stage, ADVANCE, CLAIM, DAY, FACE, ORIGINATION_BPS, PURSE};
use crate::refused;
use crate::types::{Accrual, Status, Terms};
use crate::EscrowError;

fn whole_life(code: Code) {
    let stage = Stage::on(code);
    let id = stage.listed(&stage.terms());
    let [half, third, rest] = parts(ADVANCE);
    assert_eq!(stage.fund(&stage.investors[0], &id, half), half);
    assert_eq!(stage.fund(&stage.investors[1], &id, third), third);
    assert_eq!(stage.escrow.get_status(&id), Status::Open);
    assert_eq!(stage.held(&stage.seller), PURSE);
    assert_eq!(stage.fund(&stage.investors[2], &id, rest), rest);
    assert_eq!(stage.escrow.get_status(&id), Status::Funded);
    let origination = ADVANCE * i128::from(ORIGINATION_BPS) / 10_000;
    // h026: the seller has the money in the completing call.
    assert_eq!(stage.held(&stage.seller), PURSE + ADVANCE - origination);
    assert_eq!(stage.held(&stage.roles.treasury), origination);
    assert_eq!(stage.held(&stage.escrow.address), 0);
    stage.wait_until(stage.escrow.get_escrow(&id).terms.due);
    let split = stage.pay(&stage.debtor, &id, FACE, 1);
    let fee = (CLAIM - ADVANCE) / 10;
    assert_eq!(
        (split.to_holders, split.fee, split.to_seller),
        (CLAIM - fee, fee, FACE - CLAIM)
    );
    assert!(split.settles);
    assert_eq!(stage.escrow.get_status(&id), Status::Settled);
    let token = stage.shares(&id).address;
    let page = stage.distributor.distribute(
        &token,
        &soroban_sdk::Vec::from_slice(&stage.env, &stage.investors[..2]),
    );
    assert_eq!((page.paid_count, page.deferred.len()), (2, 0));
    assert_eq!(
        stage.distributor.claim(&token, &stage.investors[2]),
        (CLAIM - fee) * rest / ADVANCE
    );
    let mut paid = 0;
    for (investor, put) in stage.investors.iter().zip(parts(ADVANCE)) {
        let got = stage.held(investor) - (PURSE - put);
        assert_eq!(got, (CLAIM - fee) * put / ADVANCE);
        paid += got;
    }
    // h061: received = paid + claimable + remainder, and what is left is below one unit per holder.
    let summary = stage.distributor.get_summary(&token);
    assert_eq!((summary.received, summary.paid), (CLAIM - fee, paid));
    assert_eq!(summary.held, stage.held(&stage.distributor.address));
    assert!(summary.held < 3);
    assert_eq!(stage.held(&stage.escrow.address), 0);
}

#[test]
fn h022_h024_h026_a_whole_life_adds_up_to_the_unit() {
    whole_life(Code::Native);
}

#[test]
fn h022_h024_h026_a_whole_life_adds_up_on_compiled_code() {
    whole_life(Code::Wasm);
}

#[test]
fn h023_invoices_beside_each_other_never_share_money() {
    let stage = Stage::new();
    let first = stage.funded(&stage.terms());
    let small = Terms {
        advance: 500_000_001,
        claim: 530_000_003,
        face: 555_000_007,
        min_ticket: 1,
        ..stage.terms()
    };
    let second = stage.create(2, &small);
    stage.attest(&second);
    stage.fund(&stage.investors[1], &second, 400_000_000);
    assert_eq!(stage.held(&stage.escrow.address), 400_000_000);
    stage.pay(&stage.debtor, &first, FACE / 2, 1);
    // The half-funded invoice's money is all there.
    assert_eq!(stage.held(&stage.escrow.address), 400_000_000);
    stage.sign(
        &stage.roles.admin,
        &stage.escrow.address,
        "cancel_escrow",
        (&stage.roles.admin, &second),
        &[],
    );
    stage.escrow.cancel_escrow(&stage.roles.admin, &second);
    let before = stage.held(&stage.investors[1]);
    assert_eq!(
        stage.escrow.refund(&stage.investors[1], &second),
        400_000_000
    );
    assert_eq!(stage.held(&stage.investors[1]), before + 400_000_000);
    assert_eq!(stage.held(&stage.escrow.address), 0);
}

#[test]
fn h025_h071_after_a_cancel_every_holder_gets_back_what_he_put_in() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.fund(&stage.investors[0], &id, 400_000_000);
    stage.fund(&stage.investors[1], &id, 600_000_000);
    stage.sign(
        &stage.seller,
        &stage.escrow.address,
        "cancel_escrow",
        (&stage.seller, &id),
        &[],
    );
    refused!(
        stage,
        stage.escrow.try_cancel_escrow(&stage.seller, &id),
        EscrowError::AlreadyFunded
    );
    stage.sign(
        &stage.roles.admin,
        &stage.escrow.address,
        "cancel_escrow",
        (&stage.roles.admin, &id),
        &[],
    );
    stage.escrow.cancel_escrow(&stage.roles.admin, &id);
    assert_eq!(stage.escrow.get_status(&id), Status::Cancelled);
    stage.env.set_auths(&[]);
    for (investor, units) in [
        (&stage.investors[0], 400_000_000),
        (&stage.investors[1], 600_000_000),
    ] {
        assert_eq!(stage.escrow.refund(investor, &id), units);
        assert_eq!(stage.held(investor), PURSE);
        refused!(
            stage,
            stage.escrow.try_refund(investor, &id),
            EscrowError::NothingToRefund
        );
    }
    // h043, h088: refunded shares are gone.
    assert_eq!(stage.shares(&id).total_supply(), 0);
    assert_eq!(stage.escrow.get_escrow(&id).refunded, 1_000_000_000);
    refused!(
        stage,
        stage.escrow.try_refund(&stage.stranger, &id),
        EscrowError::NothingToRefund
    );
}

#[test]
fn h072_h081_after_the_deadline_anyone_triggers_each_refund() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.fund(&stage.investors[0], &id, 400_000_000);
    let deadline = stage.escrow.get_escrow(&id).terms.funding_deadline;
    stage.wait_until(deadline);
    assert_eq!(stage.escrow.get_status(&id), Status::Open);
    refused!(
        stage,
        stage.escrow.try_refund(&stage.investors[0], &id),
        EscrowError::NotRefundable
    );
    stage.fund(&stage.investors[1], &id, 400_000_000);
    stage.wait(1);
    assert_eq!(stage.escrow.get_status(&id), Status::Expired);
    stage.sign_fund(&stage.investors[2], &id, 400_000_000, 1);
    let bid = (&stage.investors[2], &id, &400_000_000, &1, &stage.hash(&id));
    refused!(
        stage,
        stage
            .escrow
            .try_fund_escrow(bid.0, bid.1, bid.2, bid.3, bid.4),
        EscrowError::FundingClosed
    );
    stage.sign(
        &stage.roles.admin,
        &stage.escrow.address,
        "cancel_escrow",
        (&stage.roles.admin, &id),
        &[],
    );
    refused!(
        stage,
        stage.escrow.try_cancel_escrow(&stage.roles.admin, &id),
        EscrowError::FundingClosed
    );
    stage.env.set_auths(&[]);
    // h084: with no keeper for a year every balance is still right.
    stage.wait(365 * DAY);
    for investor in &stage.investors[..2] {
        assert_eq!(stage.escrow.refund(investor, &id), 400_000_000);
        assert_eq!(stage.held(investor), PURSE);
    }
    assert_eq!(stage.held(&stage.escrow.address), 0);
}

#[test]
fn h073_h074_h081_default_by_anyone_exactly_after_grace() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let terms = stage.escrow.get_escrow(&id).terms;
    let end = terms.due + u64::from(terms.grace_days) * DAY;
    stage.env.set_auths(&[]);
    stage.wait_until(end);
    refused!(
        stage,
        stage.escrow.try_declare_default(&id),
        EscrowError::GraceNotOver
    );
    refused!(
        stage,
        stage.escrow.try_refund(&stage.investors[0], &id),
        EscrowError::NotRefundable
    );
    stage.wait(1);
    let before = stage.escrow.get_escrow(&id);
    let payoff = stage.escrow.payoff(&id, &stage.now());
    stage.escrow.declare_default(&id);
    let after = stage.escrow.get_escrow(&id);
    // Declaring a default changes no number.
    assert_eq!(after.money, before.money);
    assert_eq!(stage.escrow.payoff(&id, &stage.now()), payoff);
    assert_eq!(stage.escrow.get_status(&id), Status::Defaulted);
    refused!(
        stage,
        stage.escrow.try_declare_default(&id),
        EscrowError::NotDefaultable
    );
    // h027: recoveries go through the waterfall and settle it.
    let part = stage.pay(&stage.roles.operator, &id, payoff / 3, 1);
    assert_eq!(part.to_seller, 0);
    let rest = stage.escrow.payoff(&id, &stage.now());
    assert!(stage.pay(&stage.roles.operator, &id, rest, 2).settles);
    assert_eq!(stage.escrow.get_status(&id), Status::Settled);
}

#[test]
fn h074_an_open_or_settled_invoice_cannot_default() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    refused!(
        stage,
        stage.escrow.try_declare_default(&id),
        EscrowError::NotDefaultable
    );
    for (investor, units) in stage.investors.iter().zip(parts(ADVANCE)) {
        stage.fund(investor, &id, units);
    }
    stage.pay(&stage.debtor, &id, FACE, 1);
    stage.wait(800 * DAY);
    refused!(
        stage,
        stage.escrow.try_declare_default(&id),
        EscrowError::NotDefaultable
    );
}

#[test]
fn h080_after_settlement_the_claim_is_frozen_and_the_rest_is_the_sellers() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.wait(5 * DAY);
    let payoff = stage.escrow.payoff(&id, &stage.now());
    assert!(stage.pay(&stage.debtor, &id, payoff, 1).settles);
    let settled = stage.escrow.get_escrow(&id);
    stage.wait(200 * DAY);
    assert_eq!(stage.escrow.payoff(&id, &stage.now()), 0);
    let before = stage.held(&stage.seller);
    let split = stage.pay(&stage.debtor, &id, FACE - payoff, 2);
    assert_eq!(
        (split.to_holders, split.fee, split.to_seller),
        (0, 0, FACE - payoff)
    );
    assert_eq!(stage.held(&stage.seller), before + FACE - payoff);
    let after = stage.escrow.get_escrow(&id);
    assert_eq!(after.status, Status::Settled);
    assert_eq!(after.money.holders_gross, settled.money.holders_gross);
    assert_eq!(after.money.received, FACE);
    stage.sign_pay(&stage.debtor, &id, 1, 3);
    let payment = stage.bytes(3);
    refused!(
        stage,
        stage
            .escrow
            .try_record_payment(&stage.debtor, &id, &1, &payment),
        EscrowError::ExceedsOutstanding
    );
}

#[test]
fn late_charges_have_no_room_when_claim_is_face() {
    let stage = Stage::new();
    let id = stage.funded(&Terms {
        claim: FACE,
        accrual: Accrual::Flat,
        ..stage.terms()
    });
    stage.wait(400 * DAY);
    assert_eq!(stage.escrow.payoff(&id, &stage.now()), FACE);
}

#[test]
fn h103_a_400_day_invoice_settles_with_and_without_extension() {
    for extended in [false, true] {
        let stage = Stage::new();
        let id = stage.funded(&Terms {
            due: stage.now() + 400 * DAY,
            ..stage.terms()
        });
        for _ in 0..8 {
            stage.wait(50 * DAY);
            if extended {
                let ids = soroban_sdk::vec![&stage.env, id.clone()];
                assert_eq!(stage.escrow.extend(&ids), 1);
            }
        }
        assert!(stage.pay(&stage.debtor, &id, FACE, 1).settles);
        let token = stage.shares(&id).address;
        for investor in &stage.investors {
            assert!(stage.distributor.claim(&token, investor) > 0);
        }
    }
}
