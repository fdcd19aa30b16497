//! The arithmetic proved by trying everything in small worlds: every number up to a bound, every order of small payments.
//! Beyond the bounds the properties of `properties.rs` draw at random; here nothing is left to chance.

use tenor_common::accrual::{Holding, Pool, SCALE};
use tenor_common::math::{mul_div_ceil, mul_div_floor};
use tenor_common::pricing::{Books, Deal, Earning, Parts};

const DAY: u64 = 86_400;

/// Floor and ceiling of all products and divisors below 72: the quotient's definition, without a division.
#[test]
fn every_small_quotient_is_the_floor_and_the_ceiling() {
    for a in 0..72u128 {
        for b in 0..72 {
            for d in 1..72 {
                let (low, high) = (mul_div_floor(a, b, d), mul_div_ceil(a, b, d));
                let (low, high) = (low.expect("fits"), high.expect("fits"));
                assert!(low * d <= a * b && a * b < (low + 1) * d);
                assert!(a * b <= high * d && (high == 0 || (high - 1) * d < a * b));
            }
        }
    }
}

/// All triples of numbers around the powers at which the wide product carries: quotient and rest make the product again,
/// modulo three primes, which no wrong answer of one carry can do.
#[test]
fn every_quotient_around_the_carries_makes_its_product_again() {
    const PRIMES: [u128; 3] = [4_294_967_291, 4_294_967_279, 4_294_967_231];
    let corners: Vec<u128> = [0, 32, 63, 64, 65, 95, 96, 126, 127]
        .iter()
        .flat_map(|bits| [(1u128 << bits).wrapping_sub(1), 1 << bits, (1 << bits) + 1])
        .chain([u128::MAX, u128::MAX - 1, u128::MAX / 3])
        .collect();
    let mut fitted = 0;
    for &a in &corners {
        for &b in &corners {
            for &d in &corners {
                let Some(low) = mul_div_floor(a, b, d) else {
                    // Nothing, or more than 128 bits: then the high half is at least the divisor.
                    assert!(d == 0 || a.checked_mul(b).is_none());
                    continue;
                };
                let rest = mul_div_ceil(a, b, d).map_or(1, |high| high - low);
                assert!(rest <= 1);
                for p in PRIMES {
                    let times = |x: u128, y: u128| (x % p) * (y % p) % p;
                    let left = (times(a, b) + p - times(low, d)) % p;
                    // What is left over is below the divisor, and nothing exactly where floor and ceiling agree.
                    assert!(rest == 1 || left == 0);
                    assert!(d > p || left < d);
                }
                fitted += 1;
            }
        }
    }
    assert!(fitted > 10_000, "{fitted}");
}

/// Deals of at most six units over four days, each with every kind of accrual, charge and fee that differs in kind.
fn small_deals() -> impl Iterator<Item = Deal> {
    let amounts =
        (1..=5u128).flat_map(|a| (a..=6).flat_map(move |c| (c..=6).map(move |f| (a, c, f))));
    amounts.flat_map(|(advance, claim, face)| {
        let kinds = [
            (Earning::Flat, 0),
            (Earning::Linear, 0),
            (Earning::Linear, 2),
        ];
        kinds
            .into_iter()
            .flat_map(move |(earning, min_earned_days)| {
                [(0, 0), (100, 2), (5_000, 3)].into_iter().flat_map(
                    move |(late_bps_per_day, late_days_max)| {
                        [0, 1, 5_000, 10_000]
                            .into_iter()
                            .map(move |profit_fee_bps| Deal {
                                advance,
                                claim,
                                face,
                                funded_at: DAY,
                                due: 5 * DAY,
                                earning,
                                min_earned_days,
                                late_bps_per_day,
                                late_days_max,
                                profit_fee_bps,
                            })
                    },
                )
            })
    })
}

const MOMENTS: [u64; 6] = [DAY, 3 * DAY, 5 * DAY, 5 * DAY + 1, 7 * DAY, 20 * DAY];

/// Every first and second payment of every small deal at every pair of moments: conserved to the unit, principal before fee,
/// nothing falls, nothing above the face, and a payment in two parts at one moment is the payment.
#[test]
fn every_pair_of_payments_of_every_small_deal_keeps_the_invariants() {
    let mut payments = 0u32;
    for deal in small_deals() {
        let start = Books::at_funding(&deal).expect("a deal");
        for (n, first_at) in MOMENTS.into_iter().enumerate() {
            for first in 1..=deal.face {
                let (one, parts) = start.pay(&deal, first, first_at).expect("a payment");
                check(&deal, (&start, &one), &parts, (first, first_at));
                for second_at in MOMENTS.into_iter().skip(n) {
                    for second in 1..=deal.face - first {
                        let (two, more) = one.pay(&deal, second, second_at).expect("a payment");
                        check(&deal, (&one, &two), &more, (second, second_at));
                        payments += 1;
                        if second_at == first_at {
                            let (whole, all) = start
                                .pay(&deal, first + second, first_at)
                                .expect("a payment");
                            assert_eq!(whole, two, "{deal:?}");
                            assert_eq!(all.fee, parts.fee + more.fee);
                        }
                    }
                }
            }
        }
    }
    assert!(payments > 100_000, "{payments}");
}

fn check(deal: &Deal, (before, after): (&Books, &Books), parts: &Parts, (paid, at): (u128, u64)) {
    assert_eq!(parts.to_holders + parts.fee + parts.to_seller, paid);
    let claim = before.claim_at(deal, at).expect("a claim");
    assert!(claim >= before.holders && after.holders <= claim && claim <= deal.face);
    assert!(after.fee_taken == 0 || after.holders > deal.advance);
    assert!(after.fee_taken >= before.fee_taken && after.late >= before.late);
    assert_eq!(after.settled, after.holders == claim);
    // Paying changes no claim at its own moment, and looking later never shows less.
    assert_eq!(after.claim_at(deal, at), Some(claim));
    assert!(after.claim_at(deal, at + DAY) >= Some(claim));
}

/// Two holders of all small balances, three payouts of all small sizes, one transfer of every size between any two of them:
/// what is paid, what is left with the holders and the remainder are what came in.
#[test]
fn every_small_payout_is_shared_to_the_scaled_unit() {
    let mut lives = 0u32;
    for (mine, yours) in (1..=4u128).flat_map(|a| (1..=4).map(move |b| (a, b))) {
        for payouts in 0..64u128 {
            let sizes = [payouts % 4, payouts / 4 % 4, payouts / 16];
            for moved in 0..=mine {
                for when in 0..3 {
                    share(mine, yours, sizes, (moved, when));
                    lives += 1;
                }
            }
        }
    }
    assert!(lives > 5_000, "{lives}");
}

fn share(mine: u128, yours: u128, sizes: [u128; 3], (moved, when): (u128, usize)) {
    let holding = |balance| Holding {
        balance,
        ..Holding::default()
    };
    let mut pool = Pool {
        supply: mine + yours,
        ..Pool::default()
    };
    let (mut me, mut you) = (holding(mine), holding(yours));
    for (n, size) in sizes.into_iter().enumerate() {
        pool = pool.accrue(size).expect("a payout");
        if n == when {
            (me, you) = (
                me.settled(pool.index).expect("fits"),
                you.settled(pool.index).expect("fits"),
            );
            (me.balance, you.balance) = (me.balance - moved, you.balance + moved);
        }
    }
    let (me, you) = (
        me.settled(pool.index).expect("fits"),
        you.settled(pool.index).expect("fits"),
    );
    let paid = me.payable() + you.payable();
    let left = me.paid().accrued_scaled + you.paid().accrued_scaled + pool.remainder;
    let came: u128 = sizes.iter().sum();
    assert_eq!(paid * SCALE + left, came * SCALE);
    assert!(paid <= came && came - paid <= 2);
}
