//! Payouts to holders by one cumulative index: what a share has earned, in units times `SCALE`, since the beginning.
//! Never rounds: what does not divide stays in the token's remainder or the holder's fraction.

/// Scaled parts of one unit of the asset.
pub const SCALE: u128 = 1_000_000_000_000_000_000;

/// What a token knows about all its holders together.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Pool {
    pub supply: u128,
    /// Scaled units that one share has earned so far.
    pub index: u128,
    /// Scaled units that belong to nobody yet; the next accrual hands them out.
    pub remainder: u128,
}

/// What a token knows about one holder.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Holding {
    pub balance: u128,
    /// The pool's index up to which `accrued_scaled` is right.
    pub index: u128,
    pub accrued_scaled: u128,
}

impl Pool {
    /// Spreads `amount` over the supply; `None` when there is no supply or it does not fit.
    pub fn accrue(self, amount: u128) -> Option<Pool> {
        let scaled = amount.checked_mul(SCALE)?.checked_add(self.remainder)?;
        let step = scaled.checked_div(self.supply)?;
        Some(Pool {
            index: self.index.checked_add(step)?,
            remainder: scaled % self.supply,
            ..self
        })
    }
}

impl Holding {
    /// The holding with everything earned up to the pool's index.
    pub fn settled(self, index: u128) -> Option<Holding> {
        let gained = self.balance.checked_mul(index.checked_sub(self.index)?)?;
        Some(Holding {
            index,
            accrued_scaled: self.accrued_scaled.checked_add(gained)?,
            ..self
        })
    }

    /// Whole units that can be paid out.
    pub fn payable(self) -> u128 {
        self.accrued_scaled / SCALE
    }

    /// The holding after its whole units were paid; the fraction stays.
    pub fn paid(self) -> Holding {
        Holding {
            accrued_scaled: self.accrued_scaled % SCALE,
            ..self
        }
    }

    /// A holding without shares and without a whole unit: its entry goes, its fraction goes to the pool's remainder.
    pub fn is_spent(self) -> bool {
        self.balance == 0 && self.accrued_scaled < SCALE
    }
}
