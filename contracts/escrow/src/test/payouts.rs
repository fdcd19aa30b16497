//! Payouts to holders: pulled by anyone, pushed in pages, never to anybody else, never blocked by one of them.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::{vec, Address, BytesN, Vec};
use tenor_distributor::DistributorError;

use super::stage::{Code, Stage, ADVANCE, DAY, FACE};
use crate::refused;
use crate::types::{Accrual, Terms};

/// Not an account of the ledger, so it has no trustline.
const NOBODY: &str = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";

/// An invoice of which 3,000,000,001 units have come in for the holders.
fn paid(stage: &Stage) -> (BytesN<32>, Address) {
    let id = stage.funded(&Terms {
        accrual: Accrual::Flat,
        ..stage.terms()
    });
    stage.pay(&stage.debtor, &id, 3_000_000_001, 1);
    stage.env.set_auths(&[]);
    let token = stage.shares(&id).address;
    (id, token)
}

#[test]
fn h117_one_holder_who_cannot_be_paid_is_deferred_with_the_reason() {
    let stage = Stage::new();
    let (id, token) = paid(&stage);
    let nobody = Address::from_str(&stage.env, NOBODY);
    stage.move_shares(&id, &stage.investors[2], &nobody, 1_000_000_000);
    stage.pay(&stage.debtor, &id, 3_000_000_000, 2);
    stage.freeze(&stage.investors[1], true);
    stage.env.set_auths(&[]);
    let mut holders = Vec::from_slice(&stage.env, &stage.investors);
    holders.push_back(nobody.clone());
    let due: std::vec::Vec<i128> = holders
        .iter()
        .map(|h| stage.distributor.calculate(&token, &h))
        .collect();
    let before: std::vec::Vec<i128> = stage.investors.iter().map(|h| stage.held(h)).collect();
    let page = stage.distributor.distribute(&token, &holders);
    assert_eq!((page.paid_count, page.paid), (2, due[0] + due[2]));
    assert_eq!(stage.held(&stage.investors[0]), before[0] + due[0]);
    assert_eq!(stage.held(&stage.investors[2]), before[2] + due[2]);
    let reasons: std::vec::Vec<(Address, u32)> =
        page.deferred.iter().map(|d| (d.holder, d.reason)).collect();
    // 11: the balance is frozen; 13: there is no trustline.
    assert_eq!(
        reasons,
        [(stage.investors[1].clone(), 11), (nobody.clone(), 13)]
    );
    // The claims are kept to the unit, and the frozen holder claims later.
    assert_eq!(stage.distributor.calculate(&token, &nobody), due[3]);
    assert!(stage.distributor.try_claim(&token, &nobody).is_err());
    stage.freeze(&stage.investors[1], false);
    stage.env.set_auths(&[]);
    assert_eq!(stage.distributor.claim(&token, &stage.investors[1]), due[1]);
}

#[test]
fn h039_who_is_named_twice_is_paid_once() {
    let stage = Stage::new();
    let (_, token) = paid(&stage);
    let [one, two, _] = stage.investors.clone();
    let due = stage.distributor.calculate(&token, &one);
    let before = stage.held(&one);
    let page = stage.distributor.distribute(
        &token,
        &vec![&stage.env, one.clone(), one.clone(), one.clone()],
    );
    assert_eq!((page.paid_count, page.paid), (1, due));
    assert_eq!(stage.held(&one), before + due);
    let paid = stage
        .distributor
        .claim_many(&two, &vec![&stage.env, token.clone(), token.clone()]);
    assert_eq!(paid.get(1), Some(0));
    assert_eq!(
        stage.distributor.get_summary(&token).paid,
        due + paid.get(0).unwrap()
    );
}

#[test]
fn h083_a_repeat_pays_nothing_more() {
    let stage = Stage::new();
    let (_, token) = paid(&stage);
    let holders = Vec::from_slice(&stage.env, &stage.investors);
    let first = stage.distributor.distribute(&token, &holders);
    assert_eq!(first.paid_count, 3);
    for _ in 0..5 {
        let again = stage.distributor.distribute(&token, &holders);
        assert_eq!(
            (again.paid, again.paid_count, again.deferred.len()),
            (0, 0, 0)
        );
        refused!(
            stage,
            stage.distributor.try_claim(&token, &stage.investors[0]),
            DistributorError::NothingToClaim
        );
    }
    assert_eq!(stage.distributor.get_summary(&token).paid, first.paid);
}

#[test]
fn h034_calculate_is_what_claim_pays_and_only_the_holder_gets_it() {
    let stage = Stage::new();
    let (_, token) = paid(&stage);
    for investor in &stage.investors {
        let due = stage.distributor.calculate(&token, investor);
        let before = stage.held(investor);
        assert_eq!(stage.distributor.claim(&token, investor), due);
        assert_eq!(stage.held(investor), before + due);
    }
    refused!(
        stage,
        stage.distributor.try_claim(&token, &stage.stranger),
        DistributorError::NothingToClaim
    );
}

#[test]
fn h114_a_strangers_token_is_never_called() {
    let stage = Stage::new();
    let fake = Address::generate(&stage.env);
    let error = DistributorError::UnknownToken;
    refused!(
        stage,
        stage.distributor.try_claim(&fake, &stage.stranger),
        error
    );
    refused!(
        stage,
        stage.distributor.try_calculate(&fake, &stage.stranger),
        error
    );
    refused!(
        stage,
        stage
            .distributor
            .try_distribute(&fake, &vec![&stage.env, stage.stranger.clone()]),
        error
    );
    refused!(
        stage,
        stage
            .distributor
            .try_claim_many(&stage.stranger, &vec![&stage.env, fake.clone()]),
        error
    );
    refused!(stage, stage.distributor.try_get_summary(&fake), error);
}

#[test]
fn h061_h062_remainders_are_carried_into_the_next_payment() {
    let stage = Stage::new();
    let (id, token) = paid(&stage);
    let holders = Vec::from_slice(&stage.env, &stage.investors);
    stage.distributor.distribute(&token, &holders);
    for n in 2..8 {
        stage.pay(&stage.debtor, &id, 10_000_000 + i128::from(n), n);
        stage.distributor.distribute(&token, &holders);
    }
    let summary = stage.distributor.get_summary(&token);
    assert_eq!(summary.held, summary.received - summary.paid);
    assert!(summary.held < 3, "{}", summary.held);
    stage.pay(&stage.debtor, &id, ADVANCE - summary.received, 9);
    stage.distributor.distribute(&token, &holders);
    let last = stage.distributor.get_summary(&token);
    // The advance came back whole, so every share got exactly one unit and nothing is left.
    assert_eq!((last.received, last.paid), (ADVANCE, ADVANCE));
}

#[test]
fn get_payment_knows_each_deposit() {
    let stage = Stage::new();
    let (id, token) = paid(&stage);
    let key = crate::terms::payment_key(&stage.env, &id, &stage.debtor, &stage.bytes(1));
    let deposit = stage.distributor.get_payment(&token, &key).unwrap();
    assert_eq!((deposit.amount, deposit.at), (3_000_000_001, stage.now()));
    assert_eq!(stage.distributor.get_payment(&token, &stage.bytes(1)), None);
}

/// Sixty holders in one page, on compiled code and under the public network's limits.
#[test]
fn h125_h129_h130_the_largest_page_fits_and_one_more_is_refused() {
    let stage = Stage::on(Code::Wasm);
    let id = stage.funded(&Terms {
        accrual: Accrual::Flat,
        ..stage.terms()
    });
    let token = stage.shares(&id).address;
    let mut holders = Vec::new(&stage.env);
    for _ in 0..60 {
        let holder = Address::generate(&stage.env);
        stage.move_shares(&id, &stage.investors[0], &holder, 10_000_000);
        holders.push_back(holder);
    }
    stage.pay(&stage.debtor, &id, ADVANCE, 1);
    stage.env.set_auths(&[]);
    let mut more = holders.clone();
    more.push_back(stage.stranger.clone());
    refused!(
        stage,
        stage.distributor.try_distribute(&token, &more),
        DistributorError::PageTooLarge
    );
    let tokens = Vec::from_iter(&stage.env, (0..11).map(|_| token.clone()));
    refused!(
        stage,
        stage.distributor.try_claim_many(&stage.stranger, &tokens),
        DistributorError::PageTooLarge
    );
    // The test host's own observation has a budget too; the network's limits stay on, and every call is judged by them.
    stage.env.cost_estimate().budget().reset_unlimited();
    let page = stage.distributor.distribute(&token, &holders);
    assert_eq!((page.paid_count, page.paid), (60, 600_000_000));
    let used = stage.env.cost_estimate().resources();
    assert!(used.contract_events_size_bytes <= 16_384, "{used:?}");
    assert!(used.mem_bytes < 41_943_040, "{used:?}");
    // A page in which every transfer fails stays within the limits too.
    stage.pay(&stage.debtor, &id, FACE - ADVANCE, 2);
    for holder in &holders {
        stage.freeze(&holder, true);
    }
    stage.env.set_auths(&[]);
    stage.env.cost_estimate().budget().reset_unlimited();
    let page = stage.distributor.distribute(&token, &holders);
    assert_eq!((page.paid_count, page.deferred.len()), (0, 60));
    let used = stage.env.cost_estimate().resources();
    assert!(
        used.instructions < 400_000_000 && used.mem_bytes < 41_943_040,
        "{used:?}"
    );
}

#[test]
fn h031_a_donation_to_the_distributor_changes_no_account() {
    let stage = Stage::new();
    let (_, token) = paid(&stage);
    let account = stage.distributor.get_summary(&token);
    // The books do not follow the balance.
    stage.give(&stage.distributor.address, 5);
    assert_eq!(stage.distributor.get_summary(&token), account);
    assert_eq!(stage.held(&stage.distributor.address), account.held + 5);
}

#[test]
fn h104_extend_reports_what_it_did_and_is_bounded() {
    let stage = Stage::new();
    let (id, _) = paid(&stage);
    stage.wait(60 * DAY);
    let ids = vec![&stage.env, id.clone(), id.clone()];
    assert_eq!(stage.escrow.extend(&ids), 2);
    let many = Vec::from_iter(&stage.env, (0..21).map(|_| id.clone()));
    refused!(
        stage,
        stage.escrow.try_extend(&many),
        crate::EscrowError::TooManyInvoices
    );
}
