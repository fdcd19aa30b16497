//! Payment and Clawback: money that moves between accounts, each refusal by its own code.

use stellar_xdr::*;

use super::Cx;
use crate::account::{self, LINE_CLAWBACK};
use crate::events;
use crate::keys;
use crate::settings::BASE_RESERVE_STROOPS;

type Outcome = Result<OperationResult, OperationResult>;

pub fn pay(op: &PaymentOp, cx: &mut Cx<'_>) -> Outcome {
    let to = keys::account_of(&op.destination);
    let moved = match &op.asset {
        Asset::Native => pay_native(&to, op.amount, cx),
        asset => pay_issued(asset, &to, op.amount, cx),
    };
    let result = |r| OperationResult::OpInner(OperationResultTr::Payment(r));
    moved.map_err(result)?;
    let memo = &cx.frame.tx().memo;
    cx.events.push(events::moved(cx.now, &op.asset, &cx.source, &op.destination, op.amount, memo));
    Ok(result(PaymentResult::Success))
}

fn pay_native(to: &AccountId, amount: i64, cx: &mut Cx<'_>) -> Result<(), PaymentResult> {
    if *to == cx.source {
        return Ok(());
    }
    let mut receiver = account::load(&cx.overlay, to).ok_or(PaymentResult::NoDestination)?;
    receiver.balance = receiver.balance.checked_add(amount).ok_or(PaymentResult::LineFull)?;
    let mut source = cx.load_source();
    if account::available(&source, BASE_RESERVE_STROOPS) < amount {
        return Err(PaymentResult::Underfunded);
    }
    source.balance -= amount;
    account::store(&mut cx.overlay, receiver);
    account::store(&mut cx.overlay, source);
    Ok(())
}

fn pay_issued(asset: &Asset, to: &AccountId, amount: i64, cx: &mut Cx<'_>) -> Result<(), PaymentResult> {
    let issuer = keys::issuer(asset);
    if issuer != Some(to) {
        account::load(&cx.overlay, to).ok_or(PaymentResult::NoDestination)?;
        let mut line = account::load_line(&cx.overlay, to, asset).ok_or(PaymentResult::NoTrust)?;
        if !account::is_authorized(&line) {
            return Err(PaymentResult::NotAuthorized);
        }
        let sum = line.balance.checked_add(amount).filter(|sum| *sum <= line.limit);
        line.balance = sum.ok_or(PaymentResult::LineFull)?;
        account::store_line(&mut cx.overlay, asset, line);
    }
    if issuer != Some(&cx.source) {
        // Read after the receiver was written: a payment to oneself meets its own change.
        let mut line = account::load_line(&cx.overlay, &cx.source, asset).ok_or(PaymentResult::SrcNoTrust)?;
        if !account::is_authorized(&line) {
            return Err(PaymentResult::SrcNotAuthorized);
        }
        if line.balance < amount {
            return Err(PaymentResult::Underfunded);
        }
        line.balance -= amount;
        account::store_line(&mut cx.overlay, asset, line);
    }
    Ok(())
}

pub fn claw_back(op: &ClawbackOp, cx: &mut Cx<'_>) -> Outcome {
    let result = |r| OperationResult::OpInner(OperationResultTr::Clawback(r));
    let from = keys::account_of(&op.from);
    let Some(mut line) = account::load_line(&cx.overlay, &from, &op.asset) else {
        return Err(result(ClawbackResult::NoTrust));
    };
    if line.flags & LINE_CLAWBACK == 0 {
        return Err(result(ClawbackResult::NotClawbackEnabled));
    }
    if line.balance < op.amount {
        return Err(result(ClawbackResult::Underfunded));
    }
    line.balance -= op.amount;
    account::store_line(&mut cx.overlay, &op.asset, line);
    cx.events.push(events::clawed_back(cx.now, &op.asset, ScAddress::Account(from), op.amount));
    Ok(result(ClawbackResult::Success))
}
