//! The stored invoice in the words of the pure pricing arithmetic, and back.

use soroban_sdk::{panic_with_error, Env};
use tenor_common::math::{signed, unsigned};
use tenor_common::pricing::{Books, Deal, Earning, Parts};
use tenor_common::CommonError;

use crate::errors::EscrowError;
use crate::types::{Accrual, Escrow, Money, Split, Status, Terms};

/// What a payment does, before anything is written.
pub(crate) struct Outcome {
    pub money: Money,
    pub split: Split,
}

/// The money of an invoice before its release.
pub(crate) fn closed_books(terms: &Terms) -> Money {
    Money {
        funded_at: 0,
        received: 0,
        holders_gross: 0,
        fee_taken: 0,
        earned: 0,
        late: 0,
        late_days_charged: 0,
        checkpoint_at: 0,
        face: terms.face,
        recourse_paid: 0,
        disputed_seconds: 0,
        dispute_used: 0,
        dispute_from: 0,
        dispute_until: 0,
    }
}

/// The money of an invoice at the moment of release.
pub(crate) fn open_books(env: &Env, terms: &Terms, funded_at: u64) -> Money {
    let deal = deal(env, terms, funded_at);
    let books = fits(env, Books::at_funding(&deal));
    let money = Money {
        funded_at,
        ..closed_books(terms)
    };
    close_books(env, &books, &money)
}

/// What holders are owed in all at `at`, before the fee.
pub(crate) fn claim_at(env: &Env, escrow: &Escrow, moment: u64) -> i128 {
    let (deal, books) = priced(env, escrow, moment);
    narrow(env, fits(env, books.claim_at(&deal, moment)))
}

/// What a payment of `amount` at `at` does. The caller has checked the amount.
pub(crate) fn pay(env: &Env, escrow: &Escrow, amount: i128, moment: u64) -> Outcome {
    let (deal, before) = priced(env, escrow, moment);
    let claim = fits(env, before.claim_at(&deal, moment));
    let (after, parts) = fits(env, before.pay(&deal, wide(env, amount), moment));
    Outcome {
        money: close_books(env, &after, &escrow.money),
        split: split(env, &parts, claim, &after),
    }
}

/// What the seller may bring in at `moment`.
pub(crate) fn recourse_due(env: &Env, escrow: &Escrow, moment: u64) -> i128 {
    let (deal, books) = priced(env, escrow, moment);
    let whole = escrow.terms.recourse && escrow.status == Status::Defaulted;
    narrow(env, fits(env, books.recourse_due(&deal, whole, moment)))
}

/// What `amount` from the seller for the holders does. The caller has checked the amount.
pub(crate) fn pay_recourse(env: &Env, escrow: &Escrow, amount: i128, moment: u64) -> Outcome {
    let (deal, before) = priced(env, escrow, moment);
    let claim = fits(env, before.claim_at(&deal, moment));
    let (after, parts) = fits(env, before.pay_recourse(&deal, wide(env, amount), moment));
    Outcome {
        money: close_books(env, &after, &escrow.money),
        split: split(env, &parts, claim, &after),
    }
}

/// The money with its dispute over at `moment`.
pub(crate) fn end_dispute(env: &Env, escrow: &Escrow, moment: u64) -> Money {
    let (deal, books) = priced(env, escrow, moment);
    close_books(env, &books.end_dispute(&deal, moment), &escrow.money)
}

pub(crate) fn outstanding(env: &Env, money: &Money) -> i128 {
    fits(env, money.face.checked_sub(money.received))
}

pub(crate) fn wide(env: &Env, amount: i128) -> u128 {
    fits(env, unsigned(amount))
}

pub(crate) fn narrow(env: &Env, amount: u128) -> i128 {
    fits(env, signed(amount))
}

pub(crate) fn fits<T>(env: &Env, number: Option<T>) -> T {
    match number {
        Some(number) => number,
        None => panic_with_error!(env, CommonError::Overflow),
    }
}

/// Whether the invoice takes payments: from its release on, for ever.
pub(crate) fn check_payable(env: &Env, escrow: &Escrow) {
    if !matches!(
        escrow.status,
        Status::Funded | Status::Defaulted | Status::Settled
    ) {
        panic_with_error!(env, EscrowError::NotPayable);
    }
}

/// The invoice's deal and books, for a moment that is not before the last checkpoint.
fn priced(env: &Env, escrow: &Escrow, moment: u64) -> (Deal, Books) {
    check_payable(env, escrow);
    if moment < escrow.money.checkpoint_at {
        panic_with_error!(env, EscrowError::TimeBeforeCheckpoint);
    }
    let deal = deal(env, &escrow.terms, escrow.money.funded_at);
    (deal, books(env, escrow, &escrow.money))
}

fn deal(env: &Env, terms: &Terms, funded_at: u64) -> Deal {
    Deal {
        advance: wide(env, terms.advance),
        claim: wide(env, terms.claim),
        face: wide(env, terms.face),
        funded_at,
        due: terms.due,
        earning: match terms.accrual {
            Accrual::Flat => Earning::Flat,
            Accrual::Linear => Earning::Linear,
        },
        min_earned_days: terms.min_earned_days,
        late_bps_per_day: terms.late_bps_per_day,
        late_days_max: terms.late_days_max,
        profit_fee_bps: terms.profit_fee_bps,
    }
}

fn books(env: &Env, escrow: &Escrow, money: &Money) -> Books {
    Books {
        received: wide(env, money.received),
        holders: wide(env, money.holders_gross),
        fee_taken: wide(env, money.fee_taken),
        earned: wide(env, money.earned),
        late: wide(env, money.late),
        late_days_charged: money.late_days_charged,
        checkpoint_at: money.checkpoint_at,
        face: wide(env, money.face),
        recourse_paid: wide(env, money.recourse_paid),
        disputed_seconds: money.disputed_seconds,
        dispute_from: money.dispute_from,
        dispute_until: money.dispute_until,
        settled: escrow.status == Status::Settled,
    }
}

/// The books as they are stored; what arithmetic does not know stays as it was.
fn close_books(env: &Env, books: &Books, before: &Money) -> Money {
    Money {
        received: narrow(env, books.received),
        holders_gross: narrow(env, books.holders),
        fee_taken: narrow(env, books.fee_taken),
        earned: narrow(env, books.earned),
        late: narrow(env, books.late),
        late_days_charged: books.late_days_charged,
        checkpoint_at: books.checkpoint_at,
        face: narrow(env, books.face),
        recourse_paid: narrow(env, books.recourse_paid),
        disputed_seconds: books.disputed_seconds,
        dispute_from: books.dispute_from,
        dispute_until: books.dispute_until,
        ..before.clone()
    }
}

fn split(env: &Env, parts: &Parts, claim: u128, after: &Books) -> Split {
    Split {
        to_holders: narrow(env, parts.to_holders),
        fee: narrow(env, parts.fee),
        to_seller: narrow(env, parts.to_seller),
        claim: narrow(env, claim),
        holders_gross: narrow(env, after.holders),
        settles: after.settled,
    }
}
