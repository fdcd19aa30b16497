//! The money of one invoice: what holders have earned at a moment, and how a payment is split.
//! Pure and exact: no clock, no host, no rounding but the floors and ceilings of the equations.

use crate::math::{mul_div_ceil, mul_div_floor, BPS, DAY_SECONDS};

/// How the discount is earned.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Earning {
    /// All of it at funding.
    Flat,
    /// With time, on what is unpaid.
    Linear,
}

/// What was agreed; never changes after funding. Amounts in units of the asset, times in Unix seconds.
#[derive(Clone, Copy, Debug)]
pub struct Deal {
    /// A: what investors put in.
    pub advance: u128,
    /// C: what holders are owed at the due date.
    pub claim: u128,
    /// F0: what the debtor owed at the beginning.
    pub face: u128,
    pub funded_at: u64,
    pub due: u64,
    pub earning: Earning,
    pub min_earned_days: u32,
    pub late_bps_per_day: u32,
    pub late_days_max: u32,
    pub profit_fee_bps: u32,
}

/// What has happened so far, up to `checkpoint_at`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Books {
    /// R: received from the debtor.
    pub received: u128,
    /// H: the holders' part before the fee.
    pub holders: u128,
    pub fee_taken: u128,
    pub earned: u128,
    pub late: u128,
    pub late_days_charged: u32,
    pub checkpoint_at: u64,
    /// F: what the debtor owes in all, now.
    pub face: u128,
    /// Seconds after the due date in which disputes that are over stopped the late clock.
    pub disputed_seconds: u64,
    /// The present dispute stops the late clock from here ...
    pub dispute_from: u64,
    /// ... to here, where it lapses by itself. Both 0 without one.
    pub dispute_until: u64,
    /// Brought in by the seller for the holders.
    pub recourse_paid: u128,
    /// The claim has been reached: it grows no more.
    pub settled: bool,
}

/// Where the units of one payment go: `to_holders + fee + to_seller` is the payment.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Parts {
    pub to_holders: u128,
    pub fee: u128,
    pub to_seller: u128,
}

impl Deal {
    fn discount(&self) -> Option<u128> {
        self.claim.checked_sub(self.advance)
    }

    fn tenor_seconds(&self) -> Option<u64> {
        self.due.checked_sub(self.funded_at)
    }

    /// The least of the discount that counts as earned, however early the payment.
    fn min_earned(&self) -> Option<u128> {
        let seconds = u128::from(self.min_earned_days) * u128::from(DAY_SECONDS);
        let discount = self.discount()?;
        match self.earning {
            Earning::Flat => Some(0),
            Earning::Linear => Some(
                mul_div_ceil(discount, seconds, u128::from(self.tenor_seconds()?))?.min(discount),
            ),
        }
    }
}

impl Books {
    /// The books at the moment of release: nothing received, the clock starts.
    pub fn at_funding(deal: &Deal) -> Option<Books> {
        Some(Books {
            earned: match deal.earning {
                Earning::Flat => deal.discount()?,
                Earning::Linear => 0,
            },
            checkpoint_at: deal.funded_at,
            face: deal.face,
            ..Books::default()
        })
    }

    /// What the debtor still owes: `F - R`.
    pub fn outstanding(&self) -> Option<u128> {
        self.face.checked_sub(self.received)
    }

    /// What holders are owed in all at `at` (gross): `claim(t)`. `None` before the last checkpoint.
    pub fn claim_at(&self, deal: &Deal, at: u64) -> Option<u128> {
        if self.settled {
            return Some(self.holders);
        }
        let checkpoint = self.checkpoint(deal, at)?;
        let earned = checkpoint.earned.max(deal.min_earned()?);
        let claim = deal
            .advance
            .checked_add(earned)?
            .checked_add(checkpoint.late)?;
        Some(claim.min(deal.face))
    }

    /// The books with `earned`, `late` and `late_days_charged` brought to `at`. `None` before the last checkpoint.
    pub fn checkpoint(&self, deal: &Deal, at: u64) -> Option<Books> {
        if at < self.checkpoint_at {
            return None;
        }
        if self.settled {
            return Some(*self);
        }
        let earned = self.earned_at(deal, at)?;
        let days = self.late_days_at(deal, at);
        // Days are never charged twice.
        let new_days = days.saturating_sub(self.late_days_charged);
        let base = deal
            .advance
            .checked_add(earned.max(deal.min_earned()?))?
            .saturating_sub(self.holders);
        let rate = u128::from(deal.late_bps_per_day) * u128::from(new_days);
        Some(Books {
            earned,
            late: self.late.checked_add(mul_div_ceil(base, rate, BPS)?)?,
            late_days_charged: self.late_days_charged.max(days),
            checkpoint_at: at,
            ..*self
        })
    }

    /// The books after a payment of `amount` at `at`, and where its units go.
    /// The caller has checked that `amount` is at most what is outstanding.
    pub fn pay(&self, deal: &Deal, amount: u128, at: u64) -> Option<(Books, Parts)> {
        let claim = self.claim_at(deal, at)?;
        let gross = amount.min(claim.checked_sub(self.holders)?);
        let (mut books, fee) = self.take(deal, gross, claim, at)?;
        books.received = books.received.checked_add(amount)?;
        let parts = Parts {
            to_holders: gross.checked_sub(fee)?,
            fee,
            to_seller: amount.checked_sub(gross)?,
        };
        Some((books, parts))
    }

    /// The books after the seller brought in `amount` for the holders; `None` for more than they are owed.
    pub fn pay_recourse(&self, deal: &Deal, amount: u128, at: u64) -> Option<(Books, Parts)> {
        let claim = self.claim_at(deal, at)?;
        if amount > claim.checked_sub(self.holders)? {
            return None;
        }
        let (mut books, fee) = self.take(deal, amount, claim, at)?;
        books.recourse_paid = books.recourse_paid.checked_add(amount)?;
        let parts = Parts {
            to_holders: amount.checked_sub(fee)?,
            fee,
            to_seller: 0,
        };
        Some((books, parts))
    }

    /// What the seller may or must bring in at `at`: the whole rest where the seller answers for the debtor
    /// (`whole`), otherwise what the debtor owes too little since the face fell below the claim.
    pub fn recourse_due(&self, deal: &Deal, whole: bool, at: u64) -> Option<u128> {
        let rest = self.claim_at(deal, at)?.checked_sub(self.holders)?;
        if whole {
            return Some(rest);
        }
        let shortfall = deal.claim.saturating_sub(self.face);
        Some(shortfall.saturating_sub(self.recourse_paid).min(rest))
    }

    /// The books with a dispute over at `at`: its time counts once and for all.
    pub fn end_dispute(&self, deal: &Deal, at: u64) -> Books {
        Books {
            disputed_seconds: self.disputed_seconds_at(deal, at),
            dispute_from: 0,
            dispute_until: 0,
            ..*self
        }
    }

    /// `gross` to the holders at `at`, and the fee out of it.
    fn take(&self, deal: &Deal, gross: u128, claim: u128, at: u64) -> Option<(Books, u128)> {
        let mut books = self.checkpoint(deal, at)?;
        books.holders = books.holders.checked_add(gross)?;
        let profit = books.holders.saturating_sub(deal.advance);
        books.fee_taken = mul_div_floor(profit, u128::from(deal.profit_fee_bps), BPS)?;
        books.settled = books.holders == claim;
        Some((books, books.fee_taken.checked_sub(self.fee_taken)?))
    }

    fn earned_at(&self, deal: &Deal, at: u64) -> Option<u128> {
        let discount = deal.discount()?;
        if deal.earning == Earning::Flat {
            return Some(discount);
        }
        let unpaid_advance = deal.advance.saturating_sub(self.holders);
        let elapsed = at
            .min(deal.due)
            .checked_sub(self.checkpoint_at.min(deal.due))?;
        let whole = deal
            .advance
            .checked_mul(u128::from(deal.tenor_seconds()?))?;
        let gained = mul_div_ceil(
            discount.checked_mul(unpaid_advance)?,
            u128::from(elapsed),
            whole,
        )?;
        Some(self.earned.checked_add(gained)?.min(discount))
    }

    fn late_days_at(&self, deal: &Deal, at: u64) -> u32 {
        let seconds = at
            .saturating_sub(deal.due)
            .saturating_sub(self.disputed_seconds_at(deal, at));
        let days = seconds
            .div_ceil(DAY_SECONDS)
            .min(u64::from(deal.late_days_max));
        u32::try_from(days).unwrap_or(deal.late_days_max)
    }

    fn disputed_seconds_at(&self, deal: &Deal, at: u64) -> u64 {
        let until = at.min(self.dispute_until);
        let now = until.saturating_sub(self.dispute_from.max(deal.due));
        self.disputed_seconds.saturating_add(now)
    }
}
