//! Disputes that lapse by themselves, credit notes, and what the seller has to bring in.

use soroban_sdk::testutils::{MockAuth, MockAuthInvoke};
use soroban_sdk::{BytesN, IntoVal};

use super::stage::{Stage, ADVANCE, CLAIM, DAY, FACE};
use crate::refused;
use crate::types::{Outcome, Status, Terms};
use crate::EscrowError;
use tenor_common::CommonError;

impl Stage {
    pub fn sign_dispute(&self, by: &soroban_sdk::Address, id: &BytesN<32>) {
        let args = (by, id, self.bytes(9));
        self.sign(by, &self.escrow.address, "open_dispute", args, &[]);
    }

    pub fn dispute(&self, id: &BytesN<32>) {
        self.sign_dispute(&self.debtor, id);
        self.escrow.open_dispute(&self.debtor, id, &self.bytes(9));
    }

    pub fn sign_resolve(&self, id: &BytesN<32>, outcome: Outcome) {
        let resolver = &self.roles.resolver;
        let args = (id, outcome);
        self.sign(resolver, &self.escrow.address, "resolve_dispute", args, &[]);
    }

    pub fn resolve(&self, id: &BytesN<32>, outcome: Outcome) {
        self.sign_resolve(id, outcome);
        self.escrow.resolve_dispute(id, &outcome);
    }

    /// Operator and debtor sign the same call.
    pub fn sign_reduce(&self, id: &BytesN<32>, reduction: i128) {
        let invoke = MockAuthInvoke {
            contract: &self.escrow.address,
            fn_name: "reduce_face",
            args: (id, reduction).into_val(&self.env),
            sub_invokes: &[],
        };
        self.env.mock_auths(
            &[&self.roles.operator, &self.debtor].map(|address| MockAuth {
                address,
                invoke: &invoke,
            }),
        );
    }

    pub fn reduce(&self, id: &BytesN<32>, reduction: i128) {
        self.sign_reduce(id, reduction);
        self.escrow.reduce_face(id, &reduction);
    }

    pub fn sign_recourse(&self, id: &BytesN<32>, units: i128, payment: u8) {
        let args = (&self.seller, id, units, self.bytes(payment));
        self.sign_paying(&self.seller, "pay_recourse", args, units);
    }

    pub fn bring_in(&self, id: &BytesN<32>, units: i128, payment: u8) -> crate::Split {
        self.sign_recourse(id, units, payment);
        let key = self.bytes(payment);
        self.escrow.pay_recourse(&self.seller, id, &units, &key)
    }

    fn declare_default(&self, id: &BytesN<32>) {
        self.env.set_auths(&[]);
        self.escrow.declare_default(id);
    }
}

#[test]
fn h075_h081_a_dispute_blocks_default_and_lapses_by_itself() {
    let stage = Stage::new();
    let terms = stage.terms();
    let id = stage.funded(&terms);
    stage.wait_until(terms.due + 20 * DAY);
    stage.dispute(&id);
    let lapses = stage.now() + 60 * DAY;
    stage.wait(1);
    refused!(
        stage,
        stage.escrow.try_declare_default(&id),
        EscrowError::DisputeOpen
    );
    stage.wait_until(lapses - 1);
    refused!(
        stage,
        stage.escrow.try_declare_default(&id),
        EscrowError::DisputeOpen
    );
    stage.sign_dispute(&stage.debtor, &id);
    refused!(
        stage,
        stage
            .escrow
            .try_open_dispute(&stage.debtor, &id, &stage.bytes(9)),
        EscrowError::DisputeOpen
    );
    stage.wait_until(lapses);
    // Over with nobody's help: not resolvable, not repeatable, and default can be declared.
    stage.sign_resolve(&id, Outcome::Rejected);
    refused!(
        stage,
        stage.escrow.try_resolve_dispute(&id, &Outcome::Rejected),
        EscrowError::NoDispute
    );
    stage.sign_dispute(&stage.debtor, &id);
    refused!(
        stage,
        stage
            .escrow
            .try_open_dispute(&stage.debtor, &id, &stage.bytes(9)),
        EscrowError::DisputesExhausted
    );
    stage.declare_default(&id);
    assert_eq!(stage.escrow.get_status(&id), Status::Defaulted);
}

#[test]
fn h075_the_late_clock_stands_still_while_a_dispute_is_on() {
    let stage = Stage::new();
    let terms = stage.terms();
    let (calm, disputed) = (stage.funded(&terms), {
        let id = stage.create(2, &terms);
        stage.attest(&id);
        stage.fund(&stage.investors[0], &id, ADVANCE);
        id
    });
    stage.wait_until(terms.due + 5 * DAY);
    stage.dispute(&disputed);
    let owed = stage.escrow.payoff(&disputed, &stage.now());
    assert_eq!(owed, stage.escrow.payoff(&calm, &stage.now()));
    let later = stage.now() + 10 * DAY;
    assert_eq!(stage.escrow.payoff(&disputed, &later), owed);
    assert!(stage.escrow.payoff(&calm, &later) > owed);
    stage.wait_until(later);
    stage.resolve(&disputed, Outcome::Rejected);
    let money = stage.escrow.get_escrow(&disputed).money;
    assert_eq!(
        (
            money.disputed_seconds,
            money.dispute_used,
            money.dispute_until
        ),
        (10 * DAY, 10 * DAY, 0)
    );
    // Five days more: as late as the calm one was ten days ago.
    let at = later + 5 * DAY;
    assert_eq!(
        stage.escrow.payoff(&disputed, &at),
        stage.escrow.payoff(&calm, &(at - 10 * DAY))
    );
    // What is left of the sixty days is all that the next one gets.
    stage.dispute(&disputed);
    assert_eq!(
        stage.escrow.get_escrow(&disputed).money.dispute_until,
        later + 50 * DAY
    );
}

#[test]
fn h003_h140_only_debtor_or_operator_dispute_and_only_a_funded_invoice() {
    let stage = Stage::new();
    let open = stage.listed(&stage.terms());
    stage.sign_dispute(&stage.debtor, &open);
    refused!(
        stage,
        stage
            .escrow
            .try_open_dispute(&stage.debtor, &open, &stage.bytes(9)),
        EscrowError::NotDisputable
    );
    stage.fund(&stage.investors[0], &open, ADVANCE);
    for by in [
        &stage.seller,
        &stage.stranger,
        &stage.roles.admin,
        &stage.roles.resolver,
    ] {
        stage.sign_dispute(by, &open);
        refused!(
            stage,
            stage.escrow.try_open_dispute(by, &open, &stage.bytes(9)),
            EscrowError::NotDebtorOrOperator
        );
    }
    let operator = &stage.roles.operator;
    stage.sign_dispute(operator, &open);
    stage.escrow.open_dispute(operator, &open, &stage.bytes(9));
    // Payments go on, and the last one settles.
    let split = stage.pay(&stage.debtor, &open, FACE, 1);
    assert!(split.settles);
    stage.resolve(&open, Outcome::Rejected);
}

#[test]
fn h063_an_upheld_dispute_lowers_the_face_by_any_amount() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.dispute(&id);
    for (reduction, error) in [
        (0, soroban_sdk::Error::from(CommonError::AmountNotPositive)),
        (i128::MIN, CommonError::AmountNotPositive.into()),
        (FACE + 1, EscrowError::ExceedsOutstanding.into()),
        (i128::MAX, EscrowError::ExceedsOutstanding.into()),
    ] {
        let outcome = Outcome::Upheld(reduction);
        stage.sign_resolve(&id, outcome);
        refused!(
            stage,
            stage.escrow.try_resolve_dispute(&id, &outcome),
            error
        );
    }
    stage.resolve(&id, Outcome::Upheld(FACE - CLAIM - 1));
    assert_eq!(stage.escrow.get_escrow(&id).money.face, CLAIM + 1);
    assert_eq!(stage.escrow.recourse_due(&id, &stage.now()), 0);
    stage.wait_until(stage.terms().due);
    // The reserve fell first: the holders still get all that they are owed.
    let split = stage.pay(&stage.debtor, &id, CLAIM + 1, 1);
    assert_eq!((split.settles, split.to_seller), (true, 1));
}

#[test]
fn h021_below_the_claim_the_seller_owes_the_difference() {
    let stage = Stage::new();
    let terms = stage.terms();
    let id = stage.funded(&terms);
    stage.reduce(&id, FACE - CLAIM + 1_000);
    stage.wait_until(terms.due);
    let now = stage.now();
    assert_eq!(stage.escrow.recourse_due(&id, &now), 1_000);
    // The debtor cannot pay more than the lower face, and cannot pay off what is not the debtor's.
    let debtor = &stage.debtor;
    let args = (debtor, &id, FACE, stage.bytes(1));
    stage.sign_paying(debtor, "pay_off", args, FACE);
    refused!(
        stage,
        stage
            .escrow
            .try_pay_off(debtor, &id, &FACE, &stage.bytes(1)),
        EscrowError::ExceedsOutstanding
    );
    stage.pay(debtor, &id, CLAIM - 1_000, 1);
    assert_eq!(stage.escrow.get_status(&id), Status::Funded);
    stage.sign_recourse(&id, 1_001, 2);
    refused!(
        stage,
        stage
            .escrow
            .try_pay_recourse(&stage.seller, &id, &1_001, &stage.bytes(2)),
        EscrowError::ExceedsRecourse
    );
    let held = stage.held(&stage.distributor.address);
    let split = stage.bring_in(&id, 1_000, 2);
    assert_eq!((split.to_seller, split.settles), (0, true));
    assert_eq!(
        stage.held(&stage.distributor.address) - held,
        1_000 - split.fee
    );
    let money = stage.escrow.get_escrow(&id).money;
    assert_eq!(
        (money.recourse_paid, money.received, money.face),
        (1_000, CLAIM - 1_000, CLAIM - 1_000)
    );
    assert_eq!(stage.escrow.get_status(&id), Status::Settled);
    assert_eq!(stage.held(&stage.escrow.address), 0);
}

#[test]
fn h046_recourse_is_recorded_once_and_only_from_the_sellers_side() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.reduce(&id, FACE - CLAIM + 1_000);
    stage.bring_in(&id, 400, 1);
    stage.sign_recourse(&id, 400, 1);
    refused!(
        stage,
        stage
            .escrow
            .try_pay_recourse(&stage.seller, &id, &400, &stage.bytes(1)),
        EscrowError::AlreadyRecorded
    );
    for (units, error) in [
        (0, soroban_sdk::Error::from(CommonError::AmountNotPositive)),
        (-1, CommonError::AmountNotPositive.into()),
        (601, EscrowError::ExceedsRecourse.into()),
    ] {
        stage.sign_recourse(&id, units, 2);
        refused!(
            stage,
            stage
                .escrow
                .try_pay_recourse(&stage.seller, &id, &units, &stage.bytes(2)),
            error
        );
    }
    for payer in [&stage.debtor, &stage.stranger, &stage.investors[0]] {
        let args = (payer, &id, 5i128, stage.bytes(2));
        stage.sign_paying(payer, "pay_recourse", args, 5);
        refused!(
            stage,
            stage
                .escrow
                .try_pay_recourse(payer, &id, &5, &stage.bytes(2)),
            EscrowError::PayerNotAllowed
        );
    }
}

/// Recourse is for a debtor who cannot pay: it opens with the default, and without it only the shortfall is due.
#[test]
fn h076_with_recourse_a_defaulted_invoice_takes_the_whole_rest_from_the_seller() {
    for recourse in [true, false] {
        let stage = Stage::new();
        let terms = Terms {
            recourse,
            ..stage.terms()
        };
        let id = stage.funded(&terms);
        stage.wait_until(terms.due + 20 * DAY + 1);
        assert_eq!(stage.escrow.recourse_due(&id, &stage.now()), 0);
        let claim = stage.escrow.payoff(&id, &stage.now());
        stage.declare_default(&id);
        let due = stage.escrow.recourse_due(&id, &stage.now());
        assert_eq!(due, if recourse { claim } else { 0 });
        if recourse {
            assert!(stage.bring_in(&id, due, 1).settles);
            // What the debtor still pays is the seller's now.
            let split = stage.pay(&stage.debtor, &id, FACE, 2);
            assert_eq!(split.to_seller, FACE);
        }
    }
}

#[test]
fn h002_a_credit_note_needs_both_signatures() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    for who in [&stage.roles.operator, &stage.debtor] {
        let args = (&id, 5i128);
        stage.sign(who, &stage.escrow.address, "reduce_face", args, &[]);
        assert!(stage.escrow.try_reduce_face(&id, &5).is_err());
    }
    stage.sign_reduce(&id, 5);
    assert!(stage.escrow.try_reduce_face(&id, &6).is_err());
    assert_eq!(stage.escrow.get_escrow(&id).money.face, FACE);
    for (reduction, error) in [
        (0, soroban_sdk::Error::from(CommonError::AmountNotPositive)),
        (-1, CommonError::AmountNotPositive.into()),
        (FACE + 1, EscrowError::ExceedsOutstanding.into()),
    ] {
        stage.sign_reduce(&id, reduction);
        refused!(stage, stage.escrow.try_reduce_face(&id, &reduction), error);
    }
    stage.reduce(&id, FACE);
    assert_eq!(stage.escrow.recourse_due(&id, &(stage.terms().due)), CLAIM);
}
