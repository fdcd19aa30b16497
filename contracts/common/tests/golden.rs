//! The pure pricing against the vectors of the model in rationals (tests/golden/model.py).

use serde_json::Value;
use tenor_common::pricing::{Books, Deal, Earning};

fn vectors(name: &str) -> Vec<Value> {
    let path = format!(
        "{}/../../tests/golden/vectors/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn number<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &Value, name: &str) -> T {
    value[name].as_str().unwrap().parse().unwrap()
}

fn deal(value: &Value) -> Deal {
    let linear = value["linear"].as_bool().unwrap();
    Deal {
        advance: number(value, "advance"),
        claim: number(value, "claim"),
        face: number(value, "face"),
        funded_at: number(value, "funded_at"),
        due: number(value, "due"),
        earning: if linear {
            Earning::Linear
        } else {
            Earning::Flat
        },
        min_earned_days: number(value, "min_earned_days"),
        late_bps_per_day: number(value, "late_bps_per_day"),
        late_days_max: number(value, "late_days_max"),
        profit_fee_bps: number(value, "profit_fee_bps"),
    }
}

#[test]
fn h069_claims_equal_the_model_to_the_unit() {
    for case in vectors("pricing") {
        let deal = deal(&case["deal"]);
        let books = Books::at_funding(&deal).unwrap();
        for point in case["claims"].as_array().unwrap() {
            let at = number(point, "at");
            assert_eq!(
                books.claim_at(&deal, at),
                Some(number(point, "claim")),
                "{deal:?} at {at}"
            );
        }
    }
}

#[test]
fn h069_payments_equal_the_model_to_the_unit() {
    for case in vectors("payments") {
        let deal = deal(&case["deal"]);
        let mut books = Books::at_funding(&deal).unwrap();
        for step in case["steps"].as_array().unwrap() {
            let at = number(step, "at");
            assert_eq!(
                books.claim_at(&deal, at),
                Some(number(step, "claim")),
                "{deal:?} at {at}"
            );
            let (after, parts) = books.pay(&deal, number(step, "amount"), at).unwrap();
            assert_eq!(parts.to_holders, number::<u128>(step, "to_holders"));
            assert_eq!(parts.fee, number::<u128>(step, "fee"));
            assert_eq!(parts.to_seller, number::<u128>(step, "to_seller"));
            let model = &step["books"];
            let expected = Books {
                received: number(model, "received"),
                holders: number(model, "holders"),
                fee_taken: number(model, "fee_taken"),
                earned: number(model, "earned"),
                late: number(model, "late"),
                late_days_charged: number(model, "late_days_charged"),
                checkpoint_at: number(model, "checkpoint_at"),
                face: deal.face,
                settled: model["settled"].as_bool().unwrap(),
                ..Books::default()
            };
            assert_eq!(after, expected, "{deal:?} at {at}");
            books = after;
        }
    }
}

/// Payments, credit notes, disputes and the seller's recourse in any order.
#[test]
fn h069_whole_lives_equal_the_model_to_the_unit() {
    for case in vectors("lives") {
        let deal = deal(&case["deal"]);
        let whole = case["whole"].as_bool().unwrap();
        let mut books = Books::at_funding(&deal).unwrap();
        for step in case["steps"].as_array().unwrap() {
            let at = number(step, "at");
            assert_eq!(
                books.claim_at(&deal, at),
                Some(number(step, "claim")),
                "{deal:?} at {at}"
            );
            books = take_step(&deal, &books, step, whole, at);
            let now = books.end_dispute(&deal, at);
            let model = &step["books"];
            let expected = Books {
                received: number(model, "received"),
                holders: number(model, "holders"),
                fee_taken: number(model, "fee_taken"),
                earned: number(model, "earned"),
                late: number(model, "late"),
                late_days_charged: number(model, "late_days_charged"),
                checkpoint_at: number(model, "checkpoint_at"),
                face: number(model, "face"),
                recourse_paid: number(model, "recourse_paid"),
                disputed_seconds: number(model, "disputed_seconds"),
                settled: model["settled"].as_bool().unwrap(),
                dispute_from: 0,
                dispute_until: 0,
            };
            assert_eq!(now, expected, "{deal:?} at {at}");
        }
    }
}

fn take_step(deal: &Deal, books: &Books, step: &Value, whole: bool, at: u64) -> Books {
    match step["kind"].as_str().unwrap() {
        "pay" => {
            let (after, parts) = books.pay(deal, number(step, "amount"), at).unwrap();
            assert_eq!(parts.to_holders, number::<u128>(step, "to_holders"));
            assert_eq!(parts.fee, number::<u128>(step, "fee"));
            assert_eq!(parts.to_seller, number::<u128>(step, "to_seller"));
            after
        }
        "recourse" => {
            assert_eq!(
                books.recourse_due(deal, whole, at),
                Some(number(step, "due"))
            );
            let (after, parts) = books
                .pay_recourse(deal, number(step, "amount"), at)
                .unwrap();
            assert_eq!(parts.to_holders, number::<u128>(step, "to_holders"));
            assert_eq!(parts.fee, number::<u128>(step, "fee"));
            assert_eq!(parts.to_seller, 0);
            after
        }
        "reduce" => Books {
            face: books.face - number::<u128>(step, "amount"),
            ..*books
        },
        "dispute" => Books {
            dispute_from: at,
            dispute_until: number(step, "until"),
            ..books.end_dispute(deal, at)
        },
        _ => books.end_dispute(deal, at),
    }
}
