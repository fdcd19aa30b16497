//! The money of one invoice in rationals, from the equations of the contracts' README alone: imports nothing of ours.

use crate::rational::{ratio, whole, Rational};

const DAY: i128 = 86_400;

/// One released invoice: what was agreed, and what has happened.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub advance: i128,
    pub claim: i128,
    pub first_face: i128,
    pub funded_at: i128,
    pub due: i128,
    pub linear: bool,
    pub min_earned_days: i128,
    pub late_bps_per_day: i128,
    pub late_days_max: i128,
    pub profit_fee_bps: i128,
    pub face: i128,
    pub received: i128,
    pub holders: i128,
    pub fee: i128,
    pub recourse: i128,
    pub earned: i128,
    pub late: i128,
    pub late_days: i128,
    pub checkpoint: i128,
    pub settled: bool,
    /// Each from its first second to its end or, while it is open, to the moment at which it lapses.
    pub disputes: Vec<(i128, i128)>,
}

/// Where a payment goes: to the holders, the treasury, the seller.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Parts(pub i128, pub i128, pub i128);

impl Invoice {
    fn earned_at(&self, at: i128) -> i128 {
        let discount = self.claim - self.advance;
        if !self.linear {
            return discount;
        }
        let unpaid = ratio((self.advance - self.holders).max(0), self.advance);
        let elapsed = at.min(self.due) - self.checkpoint.min(self.due);
        let gained = whole(discount) * unpaid * ratio(elapsed, self.due - self.funded_at);
        discount.min(self.earned + gained.ceil())
    }

    fn at_least_earned(&self, at: i128) -> i128 {
        let discount = self.claim - self.advance;
        if !self.linear {
            return discount;
        }
        let least = whole(discount) * ratio(self.min_earned_days * DAY, self.due - self.funded_at);
        self.earned_at(at).max(discount.min(least.ceil()))
    }

    fn late_days_at(&self, at: i128) -> i128 {
        let stopped: i128 = self
            .disputes
            .iter()
            .map(|(from, to)| (at.min(*to) - (*from).max(self.due)).max(0))
            .sum();
        let days = ratio((at - self.due - stopped).max(0), DAY).ceil();
        days.min(self.late_days_max)
    }

    fn late_at(&self, at: i128) -> i128 {
        let base = (self.advance + self.at_least_earned(at) - self.holders).max(0);
        let days = (self.late_days_at(at) - self.late_days).max(0);
        self.late + ratio(base * self.late_bps_per_day * days, 10_000).ceil()
    }

    pub fn claim_at(&self, at: i128) -> i128 {
        if self.settled {
            return self.holders;
        }
        let claim = self.advance + self.at_least_earned(at) + self.late_at(at);
        claim.min(self.first_face)
    }

    pub fn recourse_due(&self, everything: bool, at: i128) -> i128 {
        let rest = self.claim_at(at) - self.holders;
        if everything {
            return rest;
        }
        let shortfall = (self.claim - self.face).max(0) - self.recourse;
        rest.min(shortfall.max(0))
    }

    pub fn pay(&mut self, amount: i128, at: i128) -> Parts {
        let gross = amount.min(self.claim_at(at) - self.holders);
        let fee = self.take(gross, at);
        self.received += amount;
        Parts(gross - fee, fee, amount - gross)
    }

    pub fn pay_recourse(&mut self, amount: i128, at: i128) -> Parts {
        let fee = self.take(amount, at);
        self.recourse += amount;
        Parts(amount - fee, fee, 0)
    }

    fn take(&mut self, gross: i128, at: i128) -> i128 {
        let claim = self.claim_at(at);
        if !self.settled {
            let (earned, late) = (self.earned_at(at), self.late_at(at));
            self.late_days = self.late_days.max(self.late_days_at(at));
            (self.earned, self.late, self.checkpoint) = (earned, late, at);
        }
        self.holders += gross;
        self.settled = self.holders == claim;
        let profit = whole((self.holders - self.advance).max(0));
        let fee = (profit * ratio(self.profit_fee_bps, 10_000)).floor() - self.fee;
        self.fee += fee;
        fee
    }
}

/// What each holder is entitled to, exactly: shares times payouts over supply, in fractions of a unit.
#[derive(Clone, Debug)]
pub struct Entitlement {
    pub exact: Rational,
    pub got: i128,
}

impl Default for Entitlement {
    fn default() -> Entitlement {
        Entitlement {
            exact: Rational::zero(),
            got: 0,
        }
    }
}
