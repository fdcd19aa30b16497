//! Multiply and divide without losing a bit: products in 256 bits, quotients floored or ceiled.
//! Never negative, never a float, never a silent overflow: what does not fit is `None`.

pub const BPS: u128 = 10_000;
pub const DAY_SECONDS: u64 = 86_400;
/// The largest amount of any term: classic balances are 63 bits.
pub const AMOUNT_MAX: i128 = i64::MAX as i128;

/// `floor(a * b / d)`; `None` when `d` is zero or the quotient does not fit.
pub fn mul_div_floor(a: u128, b: u128, d: u128) -> Option<u128> {
    divide(a, b, d).map(|(quotient, _)| quotient)
}

/// `ceil(a * b / d)`; `None` when `d` is zero or the quotient does not fit.
pub fn mul_div_ceil(a: u128, b: u128, d: u128) -> Option<u128> {
    let (quotient, rest) = divide(a, b, d)?;
    quotient.checked_add(u128::from(rest != 0))
}

/// An amount as the arithmetic takes it; `None` for a negative one.
pub fn unsigned(amount: i128) -> Option<u128> {
    u128::try_from(amount).ok()
}

/// An amount as the ledger takes it; `None` when it does not fit.
pub fn signed(amount: u128) -> Option<i128> {
    i128::try_from(amount).ok()
}

fn divide(a: u128, b: u128, d: u128) -> Option<(u128, u128)> {
    if d == 0 {
        return None;
    }
    if let Some(product) = a.checked_mul(b) {
        return Some((product / d, product % d));
    }
    let (high, low) = wide_mul(a, b);
    // The quotient fits 128 bits exactly when the high half is below the divisor.
    (high < d).then(|| wide_div(high, low, d))
}

/// The 256-bit product as (high, low), schoolbook over 64-bit halves.
fn wide_mul(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0) = (a >> 64, a & LOW);
    let (b1, b0) = (b >> 64, b & LOW);
    let low = a0 * b0;
    let (middle, carry) = (a1 * b0).overflowing_add(a0 * b1);
    let (low, low_carry) = low.overflowing_add(middle << 64);
    let high = a1 * b1 + (middle >> 64) + (u128::from(carry) << 64) + u128::from(low_carry);
    (high, low)
}

/// Binary long division of a 256-bit number by `d`, for `high < d`.
fn wide_div(high: u128, low: u128, d: u128) -> (u128, u128) {
    let (mut rest, mut quotient) = (high, low);
    for _ in 0..128 {
        let overflows = rest >> 127 == 1;
        rest = (rest << 1) | (quotient >> 127);
        quotient <<= 1;
        if overflows || rest >= d {
            rest = rest.wrapping_sub(d);
            quotient |= 1;
        }
    }
    (quotient, rest)
}

#[cfg(test)]
mod test {
    use super::*;
    use proptest::prelude::*;

    /// Schoolbook decimal oracle: digits of the product and the quotient, in strings, no shared code.
    fn oracle(a: u128, b: u128, d: u128) -> (Option<u128>, bool) {
        let digits = |mut n: u128| {
            let mut out = Vec::new();
            while n > 0 {
                out.push((n & 0xff) as u32);
                n >>= 8;
            }
            out
        };
        let (x, y) = (digits(a), digits(b));
        let mut product = [0u32; 33];
        for (i, p) in x.iter().enumerate() {
            let mut carry = 0;
            for (j, q) in y.iter().enumerate() {
                let sum = product[i + j] + p * q + carry;
                product[i + j] = sum & 0xff;
                carry = sum >> 8;
            }
            let mut k = i + y.len();
            while carry > 0 {
                let sum = product[k] + carry;
                product[k] = sum & 0xff;
                carry = sum >> 8;
                k += 1;
            }
        }
        let (mut rest, mut quotient, mut fits) = (0u128, 0u128, true);
        for byte in product.iter().rev() {
            for bit in (0..8).rev() {
                let top = rest >> 127 == 1;
                rest = (rest << 1) | u128::from((byte >> bit) & 1);
                fits &= quotient >> 127 == 0;
                quotient <<= 1;
                if top || rest >= d {
                    rest = rest.wrapping_sub(d);
                    quotient |= 1;
                }
            }
        }
        (fits.then_some(quotient), rest != 0)
    }

    proptest! {
        #[test]
        fn h054_products_of_any_size_equal_an_oracle(a: u128, b: u128, d in 1..=u128::MAX) {
            let (quotient, rest) = oracle(a, b, d);
            prop_assert_eq!(mul_div_floor(a, b, d), quotient);
            prop_assert_eq!(mul_div_ceil(a, b, d), quotient.and_then(|q| q.checked_add(u128::from(rest))));
        }

        #[test]
        fn h054_amounts_times_rates_equal_an_oracle(a in 0..=i64::MAX as u128, b in 0..=10u128.pow(18), d in 1..=i64::MAX as u128) {
            let (quotient, rest) = oracle(a, b, d);
            prop_assert_eq!(mul_div_floor(a, b, d), quotient);
            prop_assert_eq!(mul_div_ceil(a, b, d), quotient.map(|q| q + u128::from(rest)));
        }
    }

    #[test]
    fn h055_division_by_zero_is_no_result() {
        assert_eq!(mul_div_floor(1, 1, 0), None);
        assert_eq!(mul_div_ceil(u128::MAX, u128::MAX, 0), None);
    }

    #[test]
    fn h057_negative_operands_do_not_exist() {
        assert_eq!(unsigned(-1), None);
        assert_eq!(unsigned(i128::MIN), None);
        assert_eq!(unsigned(i128::MAX), Some(i128::MAX as u128));
        assert_eq!(signed(u128::MAX), None);
        assert_eq!(signed(i128::MAX as u128), Some(i128::MAX));
    }

    #[test]
    fn edges() {
        assert_eq!(
            mul_div_floor(u128::MAX, u128::MAX, u128::MAX),
            Some(u128::MAX)
        );
        assert_eq!(
            mul_div_ceil(u128::MAX, u128::MAX, u128::MAX),
            Some(u128::MAX)
        );
        assert_eq!(mul_div_floor(u128::MAX, 2, 1), None);
        assert_eq!(mul_div_floor(u128::MAX, 2, 2), Some(u128::MAX));
        assert_eq!(mul_div_ceil(7, 1, 2), Some(4));
        assert_eq!(mul_div_floor(7, 1, 2), Some(3));
        // The quotient fits, its ceiling does not.
        assert_eq!(mul_div_ceil(u128::MAX, u128::MAX, u128::MAX - 1), None);
    }
}
