//! A stream from its creation on, but for the money that leaves it: opened, topped up, paused, resumed. Only by its payer.

use soroban_sdk::token::TokenClient;
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::math::{AMOUNT_MAX, DAY_SECONDS};
use tenor_common::CommonError;

use crate::errors::StreamError;
use crate::events::{StreamCreated, StreamPaused, StreamResumed, StreamToppedUp};
use crate::peers::EscrowClient;
use crate::types::{Config, Flow, Plan, Recipient, Status, Stream};
use crate::{accrual, storage};

const START_SECONDS_MAX: u64 = 730 * DAY_SECONDS;
const LASTS_SECONDS_MAX: u64 = 3_653 * DAY_SECONDS;

pub(crate) fn create(
    env: &Env,
    payer: &Address,
    reference: &BytesN<32>,
    plan: &Plan,
) -> BytesN<32> {
    check_amount(env, plan.total);
    let start = start(env, plan.start);
    if plan.end <= start || plan.end - start > LASTS_SECONDS_MAX {
        panic_with_error!(env, StreamError::EndOutOfBounds);
    }
    let stream = Stream {
        payer: payer.clone(),
        recipient: plan.recipient.clone(),
        asset: plan.asset.clone(),
        deposited: plan.total,
        paid: 0,
        units: plan.total,
        seconds: plan.end - start,
        ran_seconds: 0,
        since: start,
        status: Status::Active,
    };
    open(env, reference, &stream)
}

pub(crate) fn open_ended(
    env: &Env,
    payer: &Address,
    reference: &BytesN<32>,
    flow: &Flow,
) -> BytesN<32> {
    check_amount(env, flow.rate_per_second);
    check_amount(env, flow.deposit);
    let stream = Stream {
        payer: payer.clone(),
        recipient: flow.recipient.clone(),
        asset: flow.asset.clone(),
        deposited: flow.deposit,
        paid: 0,
        units: flow.rate_per_second,
        seconds: 0,
        ran_seconds: 0,
        since: start(env, flow.start),
        status: Status::Active,
    };
    open(env, reference, &stream)
}

/// Only while something has still to accrue: otherwise the new units would accrue for a time that has passed.
pub(crate) fn top_up(env: &Env, id: &BytesN<32>, amount: i128) -> i128 {
    let mut stream = storage::stream(env, id);
    stream.payer.require_auth();
    check_amount(env, amount);
    check_running(env, &stream);
    if stream.seconds != 0 {
        panic_with_error!(env, StreamError::NotOpenEnded);
    }
    let deposited_before = stream.deposited;
    // Both fit 63 bits.
    stream.deposited += amount;
    check_amount(env, stream.deposited);
    storage::write_stream(env, id, &stream);
    take(env, &stream, amount);
    StreamToppedUp {
        stream_id: id.clone(),
        deposited_before,
        deposited_after: stream.deposited,
    }
    .publish(env);
    stream.deposited
}

pub(crate) fn pause(env: &Env, id: &BytesN<32>) {
    let mut stream = storage::stream(env, id);
    stream.payer.require_auth();
    check_running(env, &stream);
    if stream.status == Status::Paused {
        panic_with_error!(env, StreamError::AlreadyPaused);
    }
    let at = env.ledger().timestamp();
    stream.ran_seconds = accrual::elapsed_at(&stream, at);
    // A stream that has not started keeps its start.
    stream.since = stream.since.max(at);
    stream.status = Status::Paused;
    storage::write_stream(env, id, &stream);
    StreamPaused {
        stream_id: id.clone(),
        ran_seconds: stream.ran_seconds,
        at,
    }
    .publish(env);
}

pub(crate) fn resume(env: &Env, id: &BytesN<32>) {
    let mut stream = storage::stream(env, id);
    stream.payer.require_auth();
    check_alive(env, &stream);
    if stream.status != Status::Paused {
        panic_with_error!(env, StreamError::NotPaused);
    }
    stream.since = stream.since.max(env.ledger().timestamp());
    stream.status = Status::Active;
    storage::write_stream(env, id, &stream);
    StreamResumed {
        stream_id: id.clone(),
        ran_seconds: stream.ran_seconds,
        since: stream.since,
    }
    .publish(env);
}

pub(crate) fn check_alive(env: &Env, stream: &Stream) {
    if matches!(stream.status, Status::Cancelled | Status::Completed) {
        panic_with_error!(env, StreamError::StreamOver);
    }
}

/// Alive, and something has still to accrue.
fn check_running(env: &Env, stream: &Stream) {
    check_alive(env, stream);
    if accrual::accrued_at(stream, env.ledger().timestamp()) == stream.deposited {
        panic_with_error!(env, StreamError::UsedUp);
    }
}

/// Writes the stream under its id and locks the money.
fn open(env: &Env, reference: &BytesN<32>, stream: &Stream) -> BytesN<32> {
    check_parties(env, stream);
    let identity = (stream.payer.clone(), reference.clone()).to_xdr(env);
    let id = env.crypto().sha256(&identity).to_bytes();
    if storage::has_stream(env, &id) {
        panic_with_error!(env, StreamError::StreamExists);
    }
    storage::write_stream(env, &id, stream);
    take(env, stream, stream.deposited);
    StreamCreated {
        stream_id: id.clone(),
        payer: stream.payer.clone(),
        recipient: stream.recipient.clone(),
        asset: stream.asset.clone(),
        deposited: stream.deposited,
        units: stream.units,
        seconds: stream.seconds,
        start: stream.since,
    }
    .publish(env);
    id
}

/// Assets come from the escrow's list: one that a payer brought along is never called.
fn check_parties(env: &Env, stream: &Stream) {
    let config = storage::config(env);
    let escrow = EscrowClient::new(env, &config.0);
    check_not_system(env, &config, &stream.payer);
    match &stream.recipient {
        Recipient::Account(account) => {
            check_not_system(env, &config, account);
            if *account == stream.payer {
                panic_with_error!(env, StreamError::OwnStream);
            }
            if !escrow.is_asset(&stream.asset) {
                panic_with_error!(env, StreamError::AssetRefused);
            }
        }
        Recipient::Invoice(invoice) => {
            let (asset, _, _, closed) = escrow.payable(invoice);
            if asset != stream.asset {
                panic_with_error!(env, StreamError::AssetDiffers);
            }
            if closed {
                panic_with_error!(env, StreamError::InvoiceClosed);
            }
        }
    }
}

fn check_not_system(env: &Env, config: &Config, party: &Address) {
    if *party == env.current_contract_address() || *party == config.0 || *party == config.1 {
        panic_with_error!(env, StreamError::SystemParty);
    }
}

fn check_amount(env: &Env, amount: i128) {
    if amount <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    if amount > AMOUNT_MAX {
        panic_with_error!(env, CommonError::Overflow);
    }
}

/// Ledger time for 0, so that a wallet need not guess when its transaction will be in a ledger.
fn start(env: &Env, wanted: u64) -> u64 {
    let now = env.ledger().timestamp();
    let start = if wanted == 0 { now } else { wanted };
    if start < now || start - now > START_SECONDS_MAX {
        panic_with_error!(env, StreamError::StartOutOfBounds);
    }
    start
}

fn take(env: &Env, stream: &Stream, amount: i128) {
    let here = env.current_contract_address();
    TokenClient::new(env, &stream.asset).transfer(&stream.payer, here, &amount);
}
