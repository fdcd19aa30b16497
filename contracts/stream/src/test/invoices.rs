//! Streams into an invoice: the escrow's waterfall by the second, never more than it is owed, the rest to the payer.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, BytesN};
use tenor_escrow::EscrowError;
use tenor_stage::{refused, sign, wait, DAY, FACE, MIN_PAYMENT, PURSE};

use super::stage::Stage;
use crate::types::{Recipient, Status};
use crate::StreamError;

fn into_invoice(
    stage: &Stage,
    reference: u8,
    id: &BytesN<32>,
    total: i128,
    seconds: u64,
) -> BytesN<32> {
    stage.create(
        reference,
        &stage.plan(Recipient::Invoice(id.clone()), total, seconds),
    )
}

fn received(stage: &Stage, id: &BytesN<32>) -> i128 {
    stage.set.escrow.get_escrow(id).money.received
}

/// What the stream pays goes to holders, treasury and seller as any payment does, and every part of it is the invoice's.
#[test]
fn h013_h021_a_stream_pays_an_invoice_through_the_waterfall() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let id = into_invoice(&stage, 1, &invoice, FACE, 40 * DAY);
    let seller = stage.held(&stage.set.seller);
    let treasury = stage.held(&stage.set.roles.treasury);
    for days in [10, 10, 15, 5] {
        wait(&stage.set.env, days * DAY);
        let paid = stage.settle(&id);
        assert_eq!(paid, FACE * i128::from(days) / 40);
    }
    assert_eq!(received(&stage, &invoice), FACE);
    assert_eq!(stage.stream(&id).status, Status::Completed);
    assert_eq!(
        (stage.locked(), stage.held(&stage.payer)),
        (0, PURSE - FACE)
    );
    let shares = stage.set.shares(&invoice).address;
    let summary = stage.set.distributor.get_summary(&shares);
    let to_seller = stage.held(&stage.set.seller) - seller;
    let fee = stage.held(&stage.set.roles.treasury) - treasury;
    assert_eq!(summary.received + to_seller + fee, FACE);
    assert!(to_seller > 0 && fee > 0);
}

/// Somebody else pays first: the invoice takes what is left, and the rest of the stream goes back in the same call.
#[test]
fn h030_an_invoice_takes_at_most_what_it_is_owed_and_the_rest_goes_back() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let id = into_invoice(&stage, 1, &invoice, FACE, 10 * DAY);
    wait(&stage.set.env, 4 * DAY);
    assert_eq!(stage.settle(&id), FACE * 4 / 10);
    stage.set.pay(&stage.set.debtor, &invoice, FACE / 2, 1);
    wait(&stage.set.env, 3 * DAY);
    // 3/10 have accrued, 1/10 is owed.
    assert_eq!(stage.settle(&id), FACE / 10);
    assert_eq!(received(&stage, &invoice), FACE);
    assert_eq!(stage.stream(&id).status, Status::Completed);
    assert_eq!(
        (stage.locked(), stage.held(&stage.payer)),
        (0, PURSE - FACE / 2)
    );
}

#[test]
fn h084_an_invoice_that_others_have_paid_in_full_sends_the_stream_home() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let id = into_invoice(&stage, 1, &invoice, FACE, 10 * DAY);
    stage.set.pay(&stage.set.debtor, &invoice, FACE, 1);
    assert_eq!(stage.settle(&id), 0);
    assert_eq!(stage.stream(&id).status, Status::Completed);
    assert_eq!((stage.locked(), stage.held(&stage.payer)), (0, PURSE));
    let plan = stage.plan(Recipient::Invoice(invoice.clone()), 5, 10);
    stage.sign_locking(
        "create",
        (&stage.payer, stage.set.bytes(2), plan.clone()),
        5,
    );
    refused!(
        stage.set.env,
        stage
            .streams
            .try_create(&stage.payer, &stage.set.bytes(2), &plan),
        StreamError::InvoiceClosed
    );
}

/// Before the release an invoice takes nothing: nothing is lost, and the payer can leave.
#[test]
fn h078_h109_a_stream_into_an_open_invoice_waits_or_is_cancelled() {
    let stage = Stage::new();
    let invoice = stage.set.listed(1, &stage.set.terms());
    let [waits, leaves] = [1, 2].map(|n| into_invoice(&stage, n, &invoice, FACE / 2, 10));
    wait(&stage.set.env, 20);
    for id in [&waits, &leaves] {
        refused!(
            stage.set.env,
            stage.streams.try_settle(id),
            StreamError::InvoiceNotReady
        );
    }
    assert_eq!(stage.cancel(&stage.payer, &leaves), FACE / 2);
    let terms = stage.set.terms();
    stage
        .set
        .fund(&stage.set.investors[0], &invoice, terms.advance);
    assert_eq!(stage.settle(&waits), FACE / 2);
    // Paused in every scope, the escrow still takes what streams bring.
    let escrow = &stage.set.escrow;
    let third = into_invoice(&stage, 3, &invoice, FACE / 2, 10);
    for scope in [tenor_escrow::Scope::Create, tenor_escrow::Scope::Fund] {
        sign(
            &stage.set.env,
            &stage.set.roles.pauser,
            &escrow.address,
            "pause",
            (scope,),
            &[],
        );
        escrow.pause(&scope);
    }
    wait(&stage.set.env, 20);
    assert_eq!(stage.settle(&third), FACE / 2);
}

#[test]
fn h071_h072_a_cancelled_or_expired_invoice_sends_the_stream_home() {
    for cancelled in [true, false] {
        let stage = Stage::new();
        let invoice = stage.set.listed(1, &stage.set.terms());
        let id = into_invoice(&stage, 1, &invoice, FACE, 90 * DAY);
        if cancelled {
            let (escrow, seller) = (&stage.set.escrow, &stage.set.seller);
            sign(
                &stage.set.env,
                seller,
                &escrow.address,
                "cancel_escrow",
                (seller, &invoice),
                &[],
            );
            escrow.cancel_escrow(seller, &invoice);
        } else {
            wait(&stage.set.env, 15 * DAY);
        }
        assert_eq!(stage.settle(&id), 0);
        assert_eq!((stage.locked(), stage.held(&stage.payer)), (0, PURSE));
    }
}

/// The escrow refuses payments below its smallest; no moment of settlement keeps the last units from the invoice.
#[test]
fn h083_small_settlements_wait_and_the_last_one_is_never_too_small() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    // Ten smallest payments in a hundred seconds.
    let id = into_invoice(&stage, 1, &invoice, 10 * MIN_PAYMENT, 100);
    wait(&stage.set.env, 9);
    stage.set.env.set_auths(&[]);
    refused!(
        stage.set.env,
        stage.streams.try_settle(&id),
        StreamError::BelowInvoiceMinimum
    );
    wait(&stage.set.env, 1);
    assert_eq!(stage.settle(&id), MIN_PAYMENT);
    wait(&stage.set.env, 85);
    // 8.5 have accrued; 0.5 would be left, which the invoice would refuse.
    assert_eq!(stage.settle(&id), 8 * MIN_PAYMENT);
    wait(&stage.set.env, 5);
    assert_eq!(stage.settle(&id), MIN_PAYMENT);
    assert_eq!(
        (stage.stream(&id).status, stage.locked()),
        (Status::Completed, 0)
    );
    // A whole stream that is too small can never be taken, and goes home when it has accrued.
    let tiny = into_invoice(&stage, 2, &invoice, MIN_PAYMENT - 1, 100);
    wait(&stage.set.env, 99);
    stage.set.env.set_auths(&[]);
    refused!(
        stage.set.env,
        stage.streams.try_settle(&tiny),
        StreamError::BelowInvoiceMinimum
    );
    wait(&stage.set.env, 1);
    assert_eq!(stage.settle(&tiny), 0);
    assert_eq!(
        (stage.stream(&tiny).status, stage.locked()),
        (Status::Completed, 0)
    );
}

/// What has accrued is exactly what is owed, and what would be left is too small for a payment: it goes home, nothing waits.
#[test]
fn h030_h063_the_whole_rest_of_an_invoice_is_taken_to_the_unit() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let owed = 10 * MIN_PAYMENT;
    stage.set.pay(&stage.set.debtor, &invoice, FACE - owed, 1);
    let id = into_invoice(&stage, 1, &invoice, owed + MIN_PAYMENT / 2, 105);
    wait(&stage.set.env, 100);
    assert_eq!(stage.accrued(&id), owed);
    assert_eq!(stage.settle(&id), owed);
    assert_eq!(stage.stream(&id).status, Status::Completed);
    assert_eq!(stage.held(&stage.payer), PURSE - owed);
}

/// Whatever the invoice's state: the accrued part if it can be taken, the rest in the same call.
#[test]
fn h051_h078_cancelling_pays_what_the_invoice_takes_and_returns_the_rest() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let [paying, small, frozen, full] =
        [1, 2, 3, 4].map(|n| into_invoice(&stage, n, &invoice, FACE / 10, 1_000));
    wait(&stage.set.env, 5);
    assert_eq!(stage.cancel(&stage.payer, &small), FACE / 10);
    wait(&stage.set.env, 495);
    assert_eq!(stage.cancel(&stage.payer, &paying), FACE / 20);
    assert_eq!(received(&stage, &invoice), FACE / 20);
    // The asset's issuer stops the escrow: the payer still leaves, with everything.
    stage.set.asset.freeze(&stage.set.escrow.address, true);
    assert_eq!(stage.cancel(&stage.payer, &frozen), FACE / 10);
    stage.set.asset.freeze(&stage.set.escrow.address, false);
    stage
        .set
        .pay(&stage.set.debtor, &invoice, FACE - FACE / 20, 1);
    assert_eq!(stage.cancel(&stage.payer, &full), FACE / 10);
    assert_eq!(
        (stage.locked(), stage.held(&stage.payer)),
        (0, PURSE - FACE / 20)
    );
}

/// A settlement that the escrow refuses fails whole, with the escrow's or the asset's own error.
#[test]
fn h077_a_settlement_that_is_refused_changes_nothing() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let id = into_invoice(&stage, 1, &invoice, FACE, 1_000);
    wait(&stage.set.env, 500);
    stage.set.asset.freeze(&stage.set.escrow.address, true);
    stage.set.env.set_auths(&[]);
    let before = tenor_stage::entries(&stage.set.env);
    assert!(stage.streams.try_settle(&id).is_err());
    assert!(before == tenor_stage::entries(&stage.set.env));
    stage.set.asset.freeze(&stage.set.escrow.address, false);
    assert_eq!(stage.settle(&id), FACE / 2);
}

/// Only the stream contract that the escrow was deployed with may pay for strangers.
#[test]
fn h003_another_stream_contract_cannot_pay_invoices() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let peers = (&stage.set.escrow.address, &stage.set.distributor.address);
    let foreign = stage.set.env.register(crate::StreamContract, peers);
    let other = crate::StreamContractClient::new(&stage.set.env, &foreign);
    let plan = stage.plan(Recipient::Invoice(invoice.clone()), FACE, 100);
    stage.set.env.mock_all_auths();
    let id = other.create(&stage.payer, &stage.set.bytes(1), &plan);
    wait(&stage.set.env, 50);
    stage.set.env.set_auths(&[]);
    refused!(
        stage.set.env,
        other.try_settle(&id),
        EscrowError::PayerNotAllowed
    );
    stage.set.env.mock_all_auths();
    assert_eq!(other.cancel(&stage.payer, &id), FACE);
    assert_eq!(received(&stage, &invoice), 0);
}

#[test]
fn h114_only_known_invoices_in_their_own_asset() {
    let stage = Stage::new();
    let invoice = stage.set.funded(1, &stage.set.terms());
    let unknown = stage.plan(Recipient::Invoice(stage.set.bytes(99)), 5, 10);
    stage.sign_locking(
        "create",
        (&stage.payer, stage.set.bytes(1), unknown.clone()),
        5,
    );
    refused!(
        stage.set.env,
        stage
            .streams
            .try_create(&stage.payer, &stage.set.bytes(1), &unknown),
        EscrowError::UnknownInvoice
    );
    for accepted in [false, true] {
        let asset = tenor_stage::Asset::new(&stage.set.env, &Address::generate(&stage.set.env));
        if accepted {
            stage.set.accept(&asset.at);
        }
        let mut plan = stage.plan(Recipient::Invoice(invoice.clone()), 5, 10);
        plan.asset = asset.at.clone();
        stage.sign_locking(
            "create",
            (&stage.payer, stage.set.bytes(1), plan.clone()),
            5,
        );
        refused!(
            stage.set.env,
            stage
                .streams
                .try_create(&stage.payer, &stage.set.bytes(1), &plan),
            StreamError::AssetDiffers
        );
        if !accepted {
            plan.recipient = stage.to_worker();
            stage.sign_locking(
                "create",
                (&stage.payer, stage.set.bytes(1), plan.clone()),
                5,
            );
            refused!(
                stage.set.env,
                stage
                    .streams
                    .try_create(&stage.payer, &stage.set.bytes(1), &plan),
                StreamError::AssetRefused
            );
        }
    }
}
