//! Exact fractions of any size: nothing is ever rounded but by asking for it.

use std::ops::{Add, Mul, Sub};

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// `top / bottom`, with a bottom above zero; not reduced, because lives are short.
#[derive(Clone, Debug)]
pub struct Rational {
    top: BigInt,
    bottom: BigInt,
}

pub fn whole(n: i128) -> Rational {
    ratio(n, 1)
}

/// `a / b` for `b` above zero.
pub fn ratio(a: i128, b: i128) -> Rational {
    assert!(b > 0, "a fraction of {b} parts");
    Rational {
        top: BigInt::from(a),
        bottom: BigInt::from(b),
    }
}

impl Rational {
    pub fn zero() -> Rational {
        Rational {
            top: BigInt::zero(),
            bottom: BigInt::one(),
        }
    }

    /// The largest whole number that is not above.
    pub fn floor(&self) -> i128 {
        let below = (&self.top - self.rest()) / &self.bottom;
        below.to_i128().expect("an amount")
    }

    /// The smallest whole number that is not below.
    pub fn ceil(&self) -> i128 {
        self.floor() + i128::from(!self.rest().is_zero())
    }

    pub fn is_within(&self, distance: i128) -> bool {
        self.top.abs() < BigInt::from(distance) * &self.bottom
    }

    fn rest(&self) -> BigInt {
        ((&self.top % &self.bottom) + &self.bottom) % &self.bottom
    }
}

impl Add for Rational {
    type Output = Rational;

    fn add(self, other: Rational) -> Rational {
        Rational {
            top: self.top * &other.bottom + other.top * &self.bottom,
            bottom: self.bottom * other.bottom,
        }
    }
}

impl Sub for Rational {
    type Output = Rational;

    fn sub(self, other: Rational) -> Rational {
        let negative = Rational {
            top: -other.top,
            bottom: other.bottom,
        };
        self + negative
    }
}

impl Mul for Rational {
    type Output = Rational;

    fn mul(self, other: Rational) -> Rational {
        Rational {
            top: self.top * other.top,
            bottom: self.bottom * other.bottom,
        }
    }
}
