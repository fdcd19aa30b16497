//! Money from the debtor's side, through the waterfall: holders first, the fee out of their profit, the rest to the seller.

use soroban_sdk::token::TokenClient;
use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::CommonError;

use crate::errors::EscrowError;
use crate::events::{InvoiceSettled, PaymentRecorded};
use crate::peers::DistributorClient;
use crate::pricing::{self, Outcome};
use crate::types::{Escrow, Payable, Payment, Split, Status};
use crate::{lifecycle, limits, payouts, storage, terms};

/// Which payment this is: the same payer cannot record the same payment id twice.
pub(crate) struct Slip<'a> {
    pub id: &'a BytesN<32>,
    pub payer: &'a Address,
    pub payment_id: &'a BytesN<32>,
}

/// Takes `amount` from the payer and splits it.
pub(crate) fn record(env: &Env, slip: &Slip, amount: i128) -> Split {
    let escrow = payable(env, slip);
    check_amount(env, &escrow, amount);
    let outcome = pricing::pay(env, &escrow, amount, env.ledger().timestamp());
    settle(env, slip, (&escrow, outcome), amount, amount)
}

/// Takes `max` from the payer, uses what makes the holders whole now and gives the rest back.
pub(crate) fn pay_off(env: &Env, slip: &Slip, max: i128) -> Split {
    if max <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    let escrow = payable(env, slip);
    let now = env.ledger().timestamp();
    let amount = payoff_at(env, &escrow, now);
    if amount == 0 {
        panic_with_error!(env, EscrowError::NothingToPayOff);
    }
    if amount > max {
        panic_with_error!(env, EscrowError::PayoffAboveMax);
    }
    // With the face below the claim, the rest is the seller's to bring in.
    if amount > pricing::outstanding(env, &escrow.money) {
        panic_with_error!(env, EscrowError::ExceedsOutstanding);
    }
    let outcome = pricing::pay(env, &escrow, amount, now);
    settle(env, slip, (&escrow, outcome), amount, max)
}

/// Takes `amount` from the seller's side for the holders; the debtor owes as much as before.
pub(crate) fn pay_recourse(env: &Env, slip: &Slip, amount: i128) -> Split {
    let escrow = storage::escrow(env, slip.id);
    if *slip.payer != escrow.seller && *slip.payer != storage::roles(env).operator {
        panic_with_error!(env, EscrowError::PayerNotAllowed);
    }
    if amount <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    let now = env.ledger().timestamp();
    if amount > pricing::recourse_due(env, &escrow, now) {
        panic_with_error!(env, EscrowError::ExceedsRecourse);
    }
    let outcome = pricing::pay_recourse(env, &escrow, amount, now);
    settle(env, slip, (&escrow, outcome), amount, amount)
}

/// What makes the holders whole at `at`; 0 once they are.
pub(crate) fn payoff_at(env: &Env, escrow: &Escrow, at: u64) -> i128 {
    let claim = pricing::claim_at(env, escrow, at);
    pricing::fits(env, claim.checked_sub(escrow.money.holders_gross))
}

/// What a payment may be now. Nothing can come in again once all of the face has, or the invoice was never released.
pub(crate) fn payable_now(env: &Env, escrow: &Escrow) -> Payable {
    let status = lifecycle::status_at(escrow, env.ledger().timestamp());
    let most = match status {
        Status::Funded | Status::Settled | Status::Defaulted => {
            pricing::outstanding(env, &escrow.money)
        }
        _ => 0,
    };
    let closed = most == 0 && status != Status::Open;
    let terms = &escrow.terms;
    Payable(terms.asset.clone(), terms.min_payment, most, closed)
}

/// What a payment of `amount` at `at` would do; refuses what `record` would refuse.
pub(crate) fn quote_at(env: &Env, escrow: &Escrow, amount: i128, at: u64) -> Split {
    check_amount(env, escrow, amount);
    pricing::pay(env, escrow, amount, at).split
}

fn payable(env: &Env, slip: &Slip) -> Escrow {
    let escrow = storage::escrow(env, slip.id);
    let is_debtor = escrow.debtor.as_ref() == Some(slip.payer);
    if !is_debtor
        && *slip.payer != escrow.seller
        && *slip.payer != storage::roles(env).operator
        && storage::addresses(env).stream.as_ref() != Some(slip.payer)
    {
        panic_with_error!(env, EscrowError::PayerNotAllowed);
    }
    escrow
}

fn check_amount(env: &Env, escrow: &Escrow, amount: i128) {
    pricing::check_payable(env, escrow);
    if amount <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    let outstanding = pricing::outstanding(env, &escrow.money);
    if amount > outstanding {
        panic_with_error!(env, EscrowError::ExceedsOutstanding);
    }
    if amount < escrow.terms.min_payment && amount != outstanding {
        panic_with_error!(env, EscrowError::BelowMinPayment);
    }
}

/// Writes the checkpoint and the payment, then moves the money: `taken` in, every part out, the unused rest back.
fn settle(
    env: &Env,
    slip: &Slip,
    (escrow, outcome): (&Escrow, Outcome),
    amount: i128,
    taken: i128,
) -> Split {
    let key = terms::payment_key(env, slip.id, slip.payer, slip.payment_id);
    if storage::has_payment(env, &key) {
        panic_with_error!(env, EscrowError::AlreadyRecorded);
    }
    let at = env.ledger().timestamp();
    let Outcome { money, split } = outcome;
    let payment = Payment {
        amount,
        to_holders: split.to_holders,
        fee: split.fee,
        to_seller: split.to_seller,
        at,
    };
    storage::write_payment(env, &key, &payment);
    let after = Escrow {
        status: if split.settles {
            Status::Settled
        } else {
            escrow.status
        },
        money,
        ..escrow.clone()
    };
    storage::write_escrow(env, slip.id, &after);
    let asset = &escrow.terms.asset;
    TokenClient::new(env, asset).transfer(slip.payer, env.current_contract_address(), &taken);
    pass_on(env, escrow, &split, &key);
    payouts::send(env, asset, slip.payer, taken - amount);
    publish(env, slip, (&key, &payment), (escrow, &after), &split);
    split
}

fn pass_on(env: &Env, escrow: &Escrow, split: &Split, key: &BytesN<32>) {
    let asset = &escrow.terms.asset;
    if split.to_holders > 0 {
        let distributor = storage::addresses(env).distributor;
        let here = env.current_contract_address();
        TokenClient::new(env, asset).transfer(&here, &distributor, &split.to_holders);
        DistributorClient::new(env, &distributor).deposit(&escrow.token, &split.to_holders, key);
    }
    payouts::send(env, asset, &escrow.treasury, split.fee);
    payouts::send(env, asset, &escrow.seller, split.to_seller);
}

fn publish(
    env: &Env,
    slip: &Slip,
    (key, payment): (&BytesN<32>, &Payment),
    (before, after): (&Escrow, &Escrow),
    split: &Split,
) {
    let money = &after.money;
    PaymentRecorded {
        invoice_id: slip.id.clone(),
        payer: slip.payer.clone(),
        payment_id: slip.payment_id.clone(),
        payment_key: key.clone(),
        amount: payment.amount,
        to_holders: payment.to_holders,
        fee: payment.fee,
        to_seller: payment.to_seller,
        received_before: before.money.received,
        received_after: money.received,
        holders_gross_before: before.money.holders_gross,
        holders_gross_after: money.holders_gross,
        fee_taken: money.fee_taken,
        earned: money.earned,
        late: money.late,
        late_days_charged: money.late_days_charged,
        checkpoint_at: money.checkpoint_at,
        recourse_paid: money.recourse_paid,
        claim: split.claim,
        status_before: before.status,
        status_after: after.status,
        at: payment.at,
    }
    .publish(env);
    if after.status != before.status {
        InvoiceSettled {
            invoice_id: slip.id.clone(),
            claim: split.claim,
            at: payment.at,
        }
        .publish(env);
        limits::free(env, slip.id, after);
    }
}
