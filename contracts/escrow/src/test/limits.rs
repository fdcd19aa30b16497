//! Limits per debtor, seller and investor: held at their edges on every path, and free again when an invoice ends.

use soroban_sdk::{Address, BytesN};
use tenor_token::TokenError;

use super::stage::{Stage, ADVANCE, DAY, FACE};
use crate::refused;
use crate::types::{Status, Subject, Terms};
use crate::EscrowError;

impl Stage {
    pub fn limit(&self, subject: &Subject, most: Option<i128>) {
        let admin = &self.roles.admin;
        let args = (subject.clone(), most);
        self.sign(admin, &self.escrow.address, "set_limit", args, &[]);
        self.escrow.set_limit(subject, &most);
    }

    /// Of the debtor and of the seller of every invoice here.
    pub fn subjects(&self) -> [Subject; 2] {
        let asset = self.asset.address.clone();
        [
            Subject::Debtor(self.bytes(1), asset.clone()),
            Subject::Seller(self.seller.clone(), asset),
        ]
    }

    pub fn used(&self) -> [i128; 2] {
        self.subjects()
            .map(|subject| self.escrow.limits(&subject).used)
    }

    fn sign_attest(&self, id: &BytesN<32>) {
        let args = (id, &self.debtor, self.bytes(1), self.bytes(2));
        let operator = &self.roles.operator;
        self.sign(operator, &self.escrow.address, "attest", args, &[]);
    }
}

/// A share of the advance, in basis points.
fn investor(who: &Address) -> Subject {
    Subject::Investor(who.clone())
}

#[test]
fn h070_the_debtors_and_the_sellers_limit_hold_at_their_edges() {
    for (place, error) in [
        (0, EscrowError::DebtorLimitReached),
        (1, EscrowError::SellerLimitReached),
    ] {
        let stage = Stage::new();
        let subject = &stage.subjects()[place];
        let [first, second] = [1, 2].map(|n| stage.create(n, &stage.terms()));
        stage.limit(subject, Some(2 * ADVANCE - 1));
        stage.attest(&first);
        stage.sign_attest(&second);
        let attest = || {
            let (key, print) = (stage.bytes(1), stage.bytes(2));
            stage
                .escrow
                .try_attest(&second, &stage.debtor, &key, &print)
        };
        refused!(stage, attest(), error);
        // One unit more is exactly enough, and lifting the limit too.
        stage.limit(subject, Some(2 * ADVANCE));
        stage.attest(&second);
        assert_eq!(stage.used(), [2 * ADVANCE; 2]);
        // Lowered below what stands: what stands goes on, nothing is added.
        stage.limit(subject, Some(0));
        stage.fund(&stage.investors[0], &first, ADVANCE);
        assert_eq!(stage.escrow.get_status(&first), Status::Funded);
        stage.limit(subject, None);
        let third = stage.create(3, &stage.terms());
        stage.attest(&third);
        assert_eq!(stage.escrow.limits(subject).used, 3 * ADVANCE);
    }
}

/// Another debtor, another asset: another count.
#[test]
fn a_limit_is_about_one_debtor_and_one_asset() {
    let stage = Stage::new();
    let asset = stage.asset.address.clone();
    for other in [
        Subject::Debtor(stage.bytes(9), asset),
        Subject::Debtor(stage.bytes(1), stage.stranger.clone()),
        Subject::Seller(stage.seller.clone(), stage.stranger.clone()),
    ] {
        stage.limit(&other, Some(0));
    }
    stage.listed(&stage.terms());
    assert_eq!(stage.used(), [ADVANCE; 2]);
}

#[test]
fn h081_every_end_of_an_invoice_frees_its_limits_once() {
    let stage = Stage::new();
    let terms = stage.terms();
    let ids = [1, 2, 3, 4, 5].map(|n| {
        let id = stage.create(n, &terms);
        stage.attest(&id);
        id
    });
    let [cancelled, settled, refunded, empty, defaulted] = &ids;
    let left = |n: i128| assert_eq!(stage.used(), [n * ADVANCE; 2]);
    left(5);
    let args = (&stage.seller, cancelled);
    let at = &stage.escrow.address;
    stage.sign(&stage.seller, at, "cancel_escrow", args, &[]);
    stage.escrow.cancel_escrow(&stage.seller, cancelled);
    left(4);
    for (id, units) in [
        (settled, ADVANCE),
        (defaulted, ADVANCE),
        (refunded, ADVANCE / 2),
    ] {
        for investor in &stage.investors[..2] {
            stage.fund(investor, id, units / 2);
        }
    }
    stage.pay(&stage.debtor, settled, FACE / 2, 1);
    left(4);
    stage.pay(&stage.debtor, settled, FACE - FACE / 2, 2);
    left(3);
    for id in [refunded, empty] {
        refused!(
            stage,
            stage.escrow.try_free_limits(id),
            EscrowError::NothingToFree
        );
    }
    // Expiry needs nobody, but somebody must say so: the first refund, or anyone.
    stage.wait_until(terms.funding_deadline + 1);
    stage.env.set_auths(&[]);
    stage.escrow.refund(&stage.investors[0], refunded);
    left(2);
    stage.escrow.refund(&stage.investors[1], refunded);
    stage.escrow.free_limits(empty);
    left(1);
    for id in [cancelled, settled, refunded, empty] {
        refused!(
            stage,
            stage.escrow.try_free_limits(id),
            EscrowError::NothingToFree
        );
    }
    assert_eq!(stage.escrow.get_status(empty), Status::Expired);
    // A default ends nothing: the debtor still owes. A recovery does.
    stage.wait_until(terms.due + 21 * DAY);
    stage.escrow.declare_default(defaulted);
    left(1);
    stage.pay(&stage.debtor, defaulted, FACE, 3);
    left(0);
}

#[test]
fn what_was_never_attested_counts_nowhere() {
    let stage = Stage::new();
    let terms = stage.terms();
    let [dropped, expired] = [1, 2].map(|n| stage.create(n, &terms));
    let args = (&stage.seller, &dropped);
    let at = &stage.escrow.address;
    stage.sign(&stage.seller, at, "cancel_escrow", args, &[]);
    stage.escrow.cancel_escrow(&stage.seller, &dropped);
    stage.wait_until(terms.funding_deadline + 1);
    stage.env.set_auths(&[]);
    refused!(
        stage,
        stage.escrow.try_free_limits(&expired),
        EscrowError::NothingToFree
    );
    assert_eq!(stage.used(), [0, 0]);
}

#[test]
fn h040_an_investor_holds_at_most_a_share_of_an_invoice_on_every_path() {
    let stage = Stage::new();
    let terms = Terms {
        restricted: true,
        ..stage.terms()
    };
    let [one, two, _] = &stage.investors;
    for account in [one, two] {
        stage.set_allowed(account, true);
    }
    let id = stage.listed(&terms);
    // 40.01 % of the advance is a whole number of units here, so the edge is exact.
    stage.limit(&investor(one), Some(4_001));
    let most = ADVANCE / 10_000 * 4_001;
    assert_eq!(stage.escrow.share_limit(&id, one), most);
    assert_eq!(stage.escrow.share_limit(&id, two), ADVANCE);
    assert_eq!(stage.escrow.share_limit(&id, &stage.stranger), 0);
    stage.fund(one, &id, most - 200_000_000);
    stage.sign_fund(one, &id, 200_000_001, 1);
    let hash = stage.hash(&id);
    refused!(
        stage,
        stage
            .escrow
            .try_fund_escrow(one, &id, &200_000_001, &1, &hash),
        EscrowError::ShareLimitReached
    );
    stage.fund(one, &id, 200_000_000);
    stage.fund(two, &id, ADVANCE - most);
    // Full: not one share more, by transfer or by somebody who may spend.
    let shares = stage.shares(&id);
    let send = |from: &Address, to: &Address, units: i128| {
        let args = (from, to, units);
        stage.sign(from, &shares.address, "transfer", args, &[]);
        shares.try_transfer(from, to, &units)
    };
    assert!(!shares.is_transferable_to(one));
    refused!(stage, send(two, one, 1), TokenError::ReceiverAboveLimit);
    let until = stage.env.ledger().sequence() + 100;
    let spender = &stage.stranger;
    let args = (two, spender, 5i128, until);
    stage.sign(two, &shares.address, "approve", args, &[]);
    shares.approve(two, spender, &5, &until);
    let args = (spender, two, one, 5i128);
    stage.sign(spender, &shares.address, "transfer_from", args, &[]);
    refused!(
        stage,
        shares.try_transfer_from(spender, two, one, &5),
        TokenError::ReceiverAboveLimit
    );
    // Room made is room that can be filled again, to the unit.
    stage.move_shares(&id, one, two, 10);
    assert!(shares.is_transferable_to(one));
    refused!(stage, send(two, one, 11), TokenError::ReceiverAboveLimit);
    stage.move_shares(&id, two, one, 10);
    // Lowered below what is held: it can be let go of, and moving nothing or to oneself adds nothing.
    stage.limit(&investor(one), Some(1));
    stage.move_shares(&id, one, one, 7);
    stage.move_shares(&id, two, one, 0);
    stage.move_shares(&id, one, two, 7);
    refused!(stage, send(two, one, 7), TokenError::ReceiverAboveLimit);
}

#[test]
fn shares_that_anyone_may_hold_are_limited_when_they_are_bought_first() {
    let stage = Stage::new();
    let one = &stage.investors[0];
    stage.limit(&investor(one), Some(5_000));
    let id = stage.listed(&stage.terms());
    stage.sign_fund(one, &id, ADVANCE / 2 + 1, 1);
    let hash = stage.hash(&id);
    refused!(
        stage,
        stage
            .escrow
            .try_fund_escrow(one, &id, &(ADVANCE / 2 + 1), &1, &hash),
        EscrowError::ShareLimitReached
    );
    stage.fund(one, &id, ADVANCE / 2);
}

#[test]
fn h070_a_limit_is_neither_negative_nor_more_than_the_whole() {
    let stage = Stage::new();
    let [debtor, seller] = stage.subjects();
    let whole = investor(&stage.stranger);
    for (subject, most) in [
        (&debtor, -1),
        (&seller, i128::MIN),
        (&whole, -1),
        (&whole, 10_001),
        (&whole, i128::MAX),
    ] {
        let args = (subject.clone(), Some(most));
        let (admin, at) = (&stage.roles.admin, &stage.escrow.address);
        stage.sign(admin, at, "set_limit", args, &[]);
        refused!(
            stage,
            stage.escrow.try_set_limit(subject, &Some(most)),
            EscrowError::LimitOutOfBounds
        );
    }
    for (subject, most) in [(&debtor, i128::MAX), (&seller, 0), (&whole, 10_000)] {
        stage.limit(subject, Some(most));
        assert_eq!(stage.escrow.limits(subject).most, Some(most));
        stage.limit(subject, None);
        assert_eq!(stage.escrow.limits(subject).most, None);
    }
    // A limit of nothing on nothing leaves no entry behind.
    let before = stage.entries();
    stage.limit(&whole, Some(5));
    stage.limit(&whole, None);
    assert!(before == stage.entries());
}
