//! Money out of a stream: to the recipient what has accrued, and at the end the rest back to the payer.
//! Never leaves a unit behind when a stream ends, and never gives an invoice more than it is owed.

use soroban_sdk::auth::{ContractContext, InvokerContractAuthEntry, SubContractInvocation};
use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{panic_with_error, symbol_short, vec, Address, BytesN, Env, IntoVal, Symbol};

use crate::errors::StreamError;
use crate::events::{StreamEnded, StreamSettled};
use crate::peers::EscrowClient;
use crate::types::{Recipient, Status, Stream};
use crate::{accrual, lifecycle, payouts, storage};

/// What an invoice takes of an accrued amount.
struct Share {
    units: i128,
    /// It will never take anything again.
    closes: bool,
}

pub(crate) fn settle(env: &Env, id: &BytesN<32>) -> i128 {
    let mut stream = storage::stream(env, id);
    lifecycle::check_alive(env, &stream);
    let due = accrual::accrued_at(&stream, env.ledger().timestamp()) - stream.paid;
    let rest = stream.deposited - stream.paid;
    let mut share = Share {
        units: due,
        closes: due == rest,
    };
    if let Recipient::Invoice(invoice) = &stream.recipient {
        share = share_of(env, invoice, due, rest);
    }
    if share.units == 0 && !share.closes {
        panic_with_error!(env, StreamError::NothingToSettle);
    }
    if share.closes {
        finish(env, &mut stream, Status::Completed);
    }
    let before = stream.paid;
    stream.paid += share.units;
    storage::write_stream(env, id, &stream);
    match &stream.recipient {
        Recipient::Account(account) => payouts::send(env, &stream.asset, account, share.units),
        Recipient::Invoice(invoice) if share.units > 0 => {
            let (payer, key) = authorise(env, &stream, id, (before, share.units));
            escrow(env).record_payment(&payer, invoice, &share.units, &key);
        }
        Recipient::Invoice(_) => (),
    }
    publish_settled(env, id, before, stream.paid);
    if share.closes {
        end(env, id, &stream);
    }
    share.units
}

/// Nothing that an invoice or a recipient does can keep the payer's money here.
pub(crate) fn cancel(env: &Env, by: &Address, id: &BytesN<32>) -> i128 {
    let mut stream = storage::stream(env, id);
    let is_recipient = matches!(&stream.recipient, Recipient::Account(account) if account == by);
    if *by != stream.payer && !is_recipient {
        panic_with_error!(env, StreamError::NotPayerOrRecipient);
    }
    lifecycle::check_alive(env, &stream);
    let due = accrual::accrued_at(&stream, env.ledger().timestamp()) - stream.paid;
    finish(env, &mut stream, Status::Cancelled);
    let before = stream.paid;
    match &stream.recipient {
        Recipient::Account(account) => {
            payouts::send(env, &stream.asset, account, due);
            stream.paid += due;
        }
        Recipient::Invoice(invoice) => stream.paid += try_pay(env, &stream, id, invoice, due),
    }
    storage::write_stream(env, id, &stream);
    publish_settled(env, id, before, stream.paid);
    end(env, id, &stream)
}

/// Freezes the stream as it stands: what has accrued is a fact from now on.
fn finish(env: &Env, stream: &mut Stream, status: Status) {
    stream.ran_seconds = accrual::elapsed_at(stream, env.ledger().timestamp());
    stream.status = status;
}

/// Sends back what is left of a stream that is over; answers how much.
fn end(env: &Env, id: &BytesN<32>, stream: &Stream) -> i128 {
    let returned = stream.deposited - stream.paid;
    payouts::send(env, &stream.asset, &stream.payer, returned);
    StreamEnded {
        stream_id: id.clone(),
        status: stream.status,
        paid: stream.paid,
        returned,
        at: env.ledger().timestamp(),
    }
    .publish(env);
    returned
}

/// What the invoice takes now of `due`, when `rest` is still in the stream.
fn share_of(env: &Env, invoice: &BytesN<32>, due: i128, rest: i128) -> Share {
    let (_, least, most, closed) = escrow(env).payable(invoice);
    if closed {
        return Share {
            units: 0,
            closes: true,
        };
    }
    if due == 0 {
        panic_with_error!(env, StreamError::NothingToSettle);
    }
    if most == 0 {
        panic_with_error!(env, StreamError::InvoiceNotReady);
    }
    let units = portion(due, rest, least, most);
    // Everything has accrued, or the invoice is paid in full: there will be no other settlement.
    let closes = due == rest || units == most;
    if units == 0 && !closes {
        panic_with_error!(env, StreamError::BelowInvoiceMinimum);
    }
    Share { units, closes }
}

/// At most `most`, at least `least` or nothing. Leaves nothing behind that would be too little for a payment of its own, so
/// that nobody can choose a moment of settlement that keeps the last units from the invoice.
fn portion(due: i128, rest: i128, least: i128, most: i128) -> i128 {
    if due >= most {
        return most;
    }
    let tail = rest - due;
    let units = if tail > 0 && tail < least {
        rest - least
    } else {
        due
    };
    if units < least {
        return 0;
    }
    units
}

/// Pays what an invoice takes of `due` now, or nothing at all; answers how much.
fn try_pay(env: &Env, stream: &Stream, id: &BytesN<32>, invoice: &BytesN<32>, due: i128) -> i128 {
    let Ok(Ok((_, least, most, _))) = escrow(env).try_payable(invoice) else {
        return 0;
    };
    let units = portion(due, due, least, most);
    if units == 0 {
        return 0;
    }
    let (payer, key) = authorise(env, stream, id, (stream.paid, units));
    match escrow(env).try_record_payment(&payer, invoice, &units, &key) {
        Ok(_) => units,
        Err(_) => 0,
    }
}

/// Lets the escrow take exactly `units` in the next call. Answers this contract as payer, and a payment id that each amount
/// paid before makes another.
fn authorise(
    env: &Env,
    stream: &Stream,
    id: &BytesN<32>,
    (paid, units): (i128, i128),
) -> (Address, BytesN<32>) {
    let here = env.current_contract_address();
    let transfer: Symbol = symbol_short!("transfer");
    let context = ContractContext {
        contract: stream.asset.clone(),
        fn_name: transfer,
        args: (here.clone(), storage::config(env).0, units).into_val(env),
    };
    let entry = InvokerContractAuthEntry::Contract(SubContractInvocation {
        context,
        sub_invocations: vec![env],
    });
    env.authorize_as_current_contract(vec![env, entry]);
    let key = (id.clone(), paid).to_xdr(env);
    (here, env.crypto().sha256(&key).to_bytes())
}

fn publish_settled(env: &Env, id: &BytesN<32>, paid_before: i128, paid_after: i128) {
    if paid_before == paid_after {
        return;
    }
    StreamSettled {
        stream_id: id.clone(),
        paid_before,
        paid_after,
        at: env.ledger().timestamp(),
    }
    .publish(env);
}

fn escrow(env: &Env) -> EscrowClient<'_> {
    EscrowClient::new(env, &storage::config(env).0)
}
