//! Any order of offers, purchases, payouts, withdrawals and donations: shares and money are conserved and the seller is never short.

use std::collections::BTreeMap;
use std::vec::Vec as List;

use proptest::prelude::*;
use soroban_sdk::BytesN;
use tenor_stage::{seeded, wait, ADVANCE, DAY, FACE};

use super::stage::Stage;

#[derive(Clone, Debug)]
enum Step {
    Offer {
        who: usize,
        shares: i128,
        price: i128,
    },
    Buy {
        who: usize,
        which: usize,
        part: i128,
    },
    Cancel {
        which: usize,
    },
    Pay {
        part: i128,
    },
    Wait {
        days: u64,
    },
    Donate {
        units: i128,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..4usize, 1..=ADVANCE / 2, 1..=ADVANCE).prop_map(|(who, shares, price)| Step::Offer { who, shares, price }),
        5 => (0..4usize, 0..6usize, 1..=1_000i128).prop_map(|(who, which, part)| Step::Buy { who, which, part }),
        1 => (0..6usize).prop_map(|which| Step::Cancel { which }),
        1 => (1..=5i128).prop_map(|part| Step::Pay { part }),
        1 => (0..4u64).prop_map(|days| Step::Wait { days }),
        1 => (1..=9i128).prop_map(|units| Step::Donate { units }),
    ]
}

/// What the seller of an offer has got for how many shares.
type Sold = BTreeMap<BytesN<32>, (i128, i128)>;

proptest! {
    #![proptest_config(seeded(16))]

    #[test]
    fn h022_h056_h080_h082_shares_and_money_are_conserved(steps in proptest::collection::vec(step(), 1..24)) {
        let stage = Stage::new();
        let people = [&stage.set.investors[0], &stage.set.investors[1], &stage.set.investors[2], &stage.buyer];
        for person in people {
            stage.allow(person, ADVANCE);
        }
        let (mut offers, mut sold) = (List::new(), Sold::new());
        let money = || people.iter().map(|who| stage.set.asset.held(who)).sum::<i128>();
        let (mut total, mut paid_by_debtor, mut donated, mut reference) = (money(), 0, 0, 0u8);
        for step in steps {
            match step {
                Step::Offer { who, shares, price } => {
                    reference += 1;
                    offers.push((stage.offer(people[who], reference, &stage.ask(shares, price)), shares, price));
                }
                Step::Buy { who, which, part } if which < offers.len() => {
                    let (offer, whole, price) = &offers[which];
                    let Ok(Ok(standing)) = stage.market.try_get_offer(offer) else { continue };
                    let wanted = (standing.left * part / 1_000).max(1);
                    let due = stage.market.price_of(offer, &wanted);
                    let can = stage.market.fillable(offer) >= wanted && *people[who] != standing.seller;
                    stage.sign_buy(people[who], (&standing.seller, offer), (wanted, due, due));
                    let done = stage.market.try_buy(people[who], offer, &wanted, &due).is_ok();
                    prop_assert_eq!(done, can);
                    if done {
                        // Never against the seller, and less than one unit for him.
                        prop_assert!(due * whole >= price * wanted && (due - 1) * whole < price * wanted);
                        let entry = sold.entry(offer.clone()).or_default();
                        (entry.0, entry.1) = (entry.0 + wanted, entry.1 + due);
                        prop_assert!(entry.1 * whole >= price * entry.0);
                    }
                }
                Step::Cancel { which } if which < offers.len() => {
                    if let Ok(Ok(standing)) = stage.market.try_get_offer(&offers[which].0) {
                        stage.sign(&standing.seller, "cancel", (&offers[which].0,));
                        stage.market.cancel(&offers[which].0);
                        prop_assert!(stage.market.try_get_offer(&offers[which].0).is_err());
                    }
                }
                Step::Pay { part } if paid_by_debtor + FACE * part / 10 <= FACE => {
                    paid_by_debtor += FACE * part / 10;
                    reference += 1;
                    stage.set.pay(&stage.set.debtor, &stage.invoice, FACE * part / 10, reference);
                }
                Step::Wait { days } => wait(&stage.set.env, days * DAY),
                Step::Donate { units } => {
                    stage.set.asset.give(&stage.market.address, units);
                    donated += units;
                }
                _ => (),
            }
            let shares: i128 = people.iter().map(|who| stage.shares.balance(who)).sum();
            prop_assert_eq!(shares, ADVANCE);
            prop_assert_eq!(stage.has(&stage.market.address), (0, donated));
            // Trading moves money between holders only; payouts lie in the distributor until they are claimed.
            prop_assert_eq!(money(), total);
        }
        stage.set.env.set_auths(&[]);
        for who in people {
            let due = stage.set.distributor.calculate(&stage.shares.address, who);
            if due > 0 {
                total += stage.set.distributor.claim(&stage.shares.address, who);
            }
        }
        prop_assert_eq!(money(), total);
        let summary = stage.set.distributor.get_summary(&stage.shares.address);
        prop_assert!(summary.held >= 0 && summary.held <= people.len() as i128);
    }
}
