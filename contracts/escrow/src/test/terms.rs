//! What terms may say: both sides of every bound; and what identifies an invoice.

use serde_json::Value;
use soroban_sdk::{Address, BytesN, Env, String};

use super::stage::{Stage, DAY, NOW};
use crate::refused;
use crate::terms;
use crate::types::{Accrual, Terms};
use crate::EscrowError;

fn accepted(change: impl Fn(&Stage, &mut Terms)) {
    let stage = Stage::new();
    let mut terms = stage.terms();
    change(&stage, &mut terms);
    let id = stage.create(1, &terms);
    assert_eq!(stage.escrow.get_escrow(&id).terms, terms);
}

fn refused_terms(error: EscrowError, change: impl Fn(&Stage, &mut Terms)) {
    let stage = Stage::new();
    let mut terms = stage.terms();
    change(&stage, &mut terms);
    stage.sign_create(1, &terms);
    let reference = stage.bytes(1);
    refused!(
        stage,
        stage
            .escrow
            .try_create_escrow(&stage.seller, &reference, &terms),
        error
    );
}

#[test]
fn h068_h070_h081_both_sides_of_every_bound() {
    use EscrowError as E;
    let most = i128::from(i64::MAX);
    accepted(|_, t| (t.advance, t.min_ticket) = (1, 1));
    refused_terms(E::AdvanceOutOfBounds, |_, t| t.advance = 0);
    refused_terms(E::AdvanceOutOfBounds, |_, t| t.advance = -1);
    refused_terms(E::AdvanceOutOfBounds, |_, t| t.advance = i128::MIN);
    refused_terms(E::AdvanceOutOfBounds, |_, t| {
        (t.advance, t.claim, t.face) = (most + 1, most + 1, most + 1)
    });
    accepted(|_, t| (t.advance, t.claim, t.face) = (most, most, most));
    accepted(|_, t| t.claim = t.advance);
    refused_terms(E::ClaimOutOfBounds, |_, t| t.claim = t.advance - 1);
    refused_terms(E::ClaimOutOfBounds, |_, t| t.claim = most + 1);
    accepted(|_, t| t.face = t.claim);
    refused_terms(E::FaceOutOfBounds, |_, t| t.face = t.claim - 1);
    accepted(|_, t| t.face = most);
    refused_terms(E::FaceOutOfBounds, |_, t| t.face = most + 1);
    refused_terms(E::FaceOutOfBounds, |_, t| t.face = i128::MAX);
    refused_terms(E::FundingDeadlineOutOfBounds, |_, t| {
        t.funding_deadline = NOW
    });
    accepted(|_, t| t.funding_deadline = NOW + 1);
    accepted(|_, t| (t.funding_deadline, t.due) = (NOW + 90 * DAY, NOW + 91 * DAY));
    refused_terms(E::FundingDeadlineOutOfBounds, |_, t| {
        (t.funding_deadline, t.due) = (NOW + 90 * DAY + 1, NOW + 100 * DAY)
    });
    accepted(|_, t| t.due = t.funding_deadline + DAY);
    refused_terms(E::DueOutOfBounds, |_, t| {
        t.due = t.funding_deadline + DAY - 1
    });
    accepted(|_, t| t.due = NOW + 730 * DAY);
    refused_terms(E::DueOutOfBounds, |_, t| t.due = NOW + 730 * DAY + 1);
    refused_terms(E::DueOutOfBounds, |_, t| t.due = u64::MAX);
    refused_terms(E::FundingDeadlineOutOfBounds, |_, t| {
        t.funding_deadline = u64::MAX
    });
    accepted(|_, t| t.min_earned_days = 730);
    refused_terms(E::MinEarnedDaysOutOfBounds, |_, t| t.min_earned_days = 731);
    accepted(|_, t| (t.late_bps_per_day, t.late_days_max) = (100, 365));
    refused_terms(E::LateTermsOutOfBounds, |_, t| t.late_bps_per_day = 101);
    refused_terms(E::LateTermsOutOfBounds, |_, t| t.late_days_max = 366);
    accepted(|_, t| t.grace_days = 90);
    refused_terms(E::GraceOutOfBounds, |_, t| t.grace_days = 91);
    refused_terms(E::FeeChanged, |_, t| t.origination_fee_bps += 1);
    refused_terms(E::FeeChanged, |_, t| t.profit_fee_bps -= 1);
    accepted(|_, t| t.min_ticket = t.advance);
    refused_terms(E::MinTicketOutOfBounds, |_, t| t.min_ticket = t.advance + 1);
    refused_terms(E::MinTicketOutOfBounds, |_, t| t.min_ticket = 0);
    accepted(|_, t| t.min_payment = t.face);
    refused_terms(E::MinPaymentOutOfBounds, |_, t| t.min_payment = t.face + 1);
    refused_terms(E::MinPaymentOutOfBounds, |_, t| t.min_payment = 0);
    refused_terms(E::AssetNotAllowed, |stage, t| {
        t.asset = stage.stranger.clone()
    });
}

#[test]
fn h114_an_asset_off_the_list_is_never_called() {
    let stage = Stage::new();
    stage.set_asset(&stage.asset.address, false);
    let terms = stage.terms();
    stage.sign_create(1, &terms);
    let reference = stage.bytes(1);
    refused!(
        stage,
        stage
            .escrow
            .try_create_escrow(&stage.seller, &reference, &terms),
        EscrowError::AssetNotAllowed
    );
}

#[test]
fn h076_an_asset_taken_off_the_list_leaves_existing_invoices_alone() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    stage.set_asset(&stage.asset.address, false);
    stage.set_allowed(&stage.seller, false);
    for (investor, units) in stage
        .investors
        .iter()
        .zip(super::stage::parts(super::stage::ADVANCE))
    {
        stage.fund(investor, &id, units);
    }
    assert!(stage.pay(&stage.debtor, &id, super::stage::FACE, 1).settles);
}

#[test]
fn h018_h019_h115_ids_belong_to_their_seller_and_are_used_once() {
    let stage = Stage::new();
    let terms = stage.terms();
    let id = stage.create(1, &terms);
    stage.sign_create(1, &terms);
    let reference = stage.bytes(1);
    refused!(
        stage,
        stage
            .escrow
            .try_create_escrow(&stage.seller, &reference, &terms),
        EscrowError::AlreadyExists
    );
    let other = &stage.stranger;
    stage.set_allowed(other, true);
    stage.sign(
        other,
        &stage.escrow.address,
        "create_escrow",
        (other, &reference, terms.clone()),
        &[],
    );
    let theirs = stage.escrow.create_escrow(other, &reference, &terms);
    assert_ne!(theirs, id);
    let info = stage.shares(&id).invoice();
    assert_eq!(
        (info.invoice_id, info.escrow),
        (id.clone(), stage.escrow.address.clone())
    );
    assert_ne!(stage.shares(&id).address, stage.shares(&theirs).address);
}

#[test]
fn h065_shares_have_the_assets_decimals_and_h149_generic_names() {
    let stage = Stage::new();
    let shares = stage.shares(&stage.create(1, &stage.terms()));
    assert_eq!(shares.decimals(), stage.asset.decimals());
    let id = stage.escrow.get_escrow(&shares.invoice().invoice_id);
    assert_eq!(id.token, shares.address);
    let digits: std::string::String = shares.invoice().invoice_id.to_array()[..4]
        .iter()
        .map(|b| std::format!("{b:02x}"))
        .collect();
    assert_eq!(
        shares.symbol(),
        String::from_str(&stage.env, &std::format!("TN{digits}"))
    );
    assert_eq!(
        shares.name(),
        String::from_str(&stage.env, &std::format!("Tenor invoice share {digits}"))
    );
}

#[test]
fn unknown_invoices_are_refused_everywhere() {
    let stage = Stage::new();
    let id = stage.bytes(66);
    let error = EscrowError::UnknownInvoice;
    refused!(stage, stage.escrow.try_get_escrow(&id), error);
    refused!(stage, stage.escrow.try_get_status(&id), error);
    refused!(stage, stage.escrow.try_payoff(&id, &NOW), error);
    refused!(stage, stage.escrow.try_refund(&stage.stranger, &id), error);
    refused!(stage, stage.escrow.try_declare_default(&id), error);
    refused!(stage, stage.escrow.try_acknowledge(&id), error);
    refused!(
        stage,
        stage.escrow.try_may_hold(&id, &stage.stranger),
        error
    );
    refused!(
        stage,
        stage
            .escrow
            .try_extend(&soroban_sdk::vec![&stage.env, id.clone()]),
        error
    );
}

/// The hash that investors agree to equals the one made off chain, for the vectors of the model.
#[test]
fn h020_terms_hash_equals_the_model() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/golden/vectors/terms_hash.json"
    );
    let cases: std::vec::Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let env = Stage::new().env;
    for case in cases {
        let told = hex(&env, case["hash"].as_str().unwrap());
        assert_eq!(terms::hash(&env, &parse(&env, &case["terms"])), told);
    }
}

fn parse(env: &Env, value: &Value) -> Terms {
    let text = |name: &str| value[name].as_str().unwrap();
    let amount = |name: &str| text(name).parse::<i128>().unwrap();
    let small = |name: &str| text(name).parse::<u32>().unwrap();
    Terms {
        asset: Address::from_str(env, text("asset")),
        advance: amount("advance"),
        claim: amount("claim"),
        face: amount("face"),
        funding_deadline: text("funding_deadline").parse().unwrap(),
        due: text("due").parse().unwrap(),
        accrual: if text("accrual") == "0" {
            Accrual::Flat
        } else {
            Accrual::Linear
        },
        min_earned_days: small("min_earned_days"),
        late_bps_per_day: small("late_bps_per_day"),
        late_days_max: small("late_days_max"),
        grace_days: small("grace_days"),
        origination_fee_bps: small("origination_fee_bps"),
        profit_fee_bps: small("profit_fee_bps"),
        min_ticket: amount("min_ticket"),
        min_payment: amount("min_payment"),
        recourse: value["recourse"].as_bool().unwrap(),
        restricted: value["restricted"].as_bool().unwrap(),
        document: hex(env, text("document")),
    }
}

fn hex(env: &Env, digits: &str) -> BytesN<32> {
    let mut bytes = [0; 32];
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * n..2 * n + 2], 16).unwrap();
    }
    BytesN::from_array(env, &bytes)
}
