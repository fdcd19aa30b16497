//! Whether a transaction is valid in a ledger, in stellar-core's order and with its codes. It changes nothing.

mod soroban;

pub use soroban::disk_read_entries;

use stellar_xdr::*;

use crate::account;
use crate::apply::checks;
use crate::frame::{conditions, Frame};
use crate::host::Engine;
use crate::ledger::Moment;
use crate::signatures::{Checker, Level};
use crate::state::View;

/// Why a transaction is not valid, and whether its sequence number is used up all the same.
#[derive(Debug)]
pub struct Invalid {
    pub code: TransactionResultResult,
    pub uses_sequence: bool,
    /// The refusal speaks of the fee bump itself, not of the transaction inside.
    pub outer: bool,
    /// Which declared resource was at fault, for whoever sent the transaction.
    pub diagnostic: Option<Box<DiagnosticEvent>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Before it is queued: nothing has been charged.
    Submitted,
    /// While its ledger closes: the fee is already paid.
    Applying,
}

/// Checks everything, operations and unused signatures included.
pub fn check(frame: &Frame, view: &dyn View, now: &Moment, engine: &Engine, stage: Stage) -> Result<(), Invalid> {
    check_bump(frame, view, stage)?;
    let mut checker = Checker::new(frame.inner_hash, frame.signatures());
    check_common(frame, view, now, engine, stage, &mut checker)?;
    check_operations(frame, view, &mut checker, stage).map_err(late)?;
    if stage == Stage::Submitted {
        soroban::check_operation(frame, now)?;
    }
    if !checker.all_used() {
        return Err(late(TransactionResultResult::TxBadAuthExtra));
    }
    Ok(())
}

fn early(code: TransactionResultResult) -> Invalid {
    Invalid { code, uses_sequence: false, outer: false, diagnostic: None }
}

fn late(code: TransactionResultResult) -> Invalid {
    Invalid { code, uses_sequence: true, outer: false, diagnostic: None }
}

fn check_bump(frame: &Frame, view: &dyn View, stage: Stage) -> Result<(), Invalid> {
    use TransactionResultResult::*;
    let Some(bump) = frame.bump() else { return Ok(()) };
    let refuse = |code| Err(Invalid { code, uses_sequence: false, outer: true, diagnostic: None });
    if stage == Stage::Submitted {
        let inner_fee = frame.inner_inclusion_fee();
        let inner_ops = frame.tx().operations.len() as i64;
        // Rates are compared as products, so nothing is lost in a division.
        let cheaper = inner_fee >= 0
            && i128::from(frame.inclusion_fee()) * i128::from(inner_ops.max(1))
                < i128::from(inner_fee) * i128::from(frame.fee_operations());
        if frame.inclusion_fee() < frame.min_inclusion_fee() || cheaper {
            return refuse(TxInsufficientFee);
        }
    }
    let Some(payer) = account::load(view, &frame.fee_source()) else { return refuse(TxNoAccount) };
    let mut checker = Checker::new(frame.hash, &bump.signatures);
    if !checker.account(&payer, Level::Low) {
        return refuse(TxBadAuth);
    }
    if stage == Stage::Submitted && account::available(&payer, crate::settings::BASE_RESERVE_STROOPS) < frame.full_fee()
    {
        return refuse(TxInsufficientBalance);
    }
    if !checker.all_used() {
        return refuse(TxBadAuthExtra);
    }
    Ok(())
}

fn check_common(
    frame: &Frame,
    view: &dyn View,
    now: &Moment,
    engine: &Engine,
    stage: Stage,
    checker: &mut Checker<'_>,
) -> Result<(), Invalid> {
    use TransactionResultResult::*;
    let cond = conditions(&frame.tx().cond);
    check_shape(frame, &cond, now, engine)?;
    check_bounds(&cond, now).map_err(early)?;
    if frame.bump().is_none() && stage == Stage::Submitted && frame.inclusion_fee() < frame.min_inclusion_fee() {
        return Err(early(TxInsufficientFee));
    }
    let source = account::load(view, &frame.source()).ok_or_else(|| early(TxNoAccount))?;
    if !sequence_fits(frame.seq_num(), source.seq_num.0, cond.min_seq_num.as_ref(), now) {
        return Err(early(TxBadSeq));
    }
    let (used_ledger, used_time) = account::sequence_used(&source);
    let too_young = cond.min_seq_age.0 > now.close_time.saturating_sub(used_time);
    let too_near = cond.min_seq_ledger_gap > now.seq.saturating_sub(used_ledger);
    if (cond.min_seq_age.0 > 0 && too_young) || (cond.min_seq_ledger_gap > 0 && too_near) {
        return Err(late(TxBadMinSeqAgeOrGap));
    }
    if !checker.account(&source, Level::Low) || !cond.extra_signers.iter().all(|key| checker.extra(key)) {
        return Err(late(TxBadAuth));
    }
    let pays_itself = frame.bump().is_none() && stage == Stage::Submitted;
    if pays_itself && account::available(&source, crate::settings::BASE_RESERVE_STROOPS) < frame.full_fee() {
        return Err(late(TxInsufficientBalance));
    }
    Ok(())
}

fn check_shape(frame: &Frame, cond: &PreconditionsV2, now: &Moment, engine: &Engine) -> Result<(), Invalid> {
    check_form(frame, cond).map_err(early)?;
    if frame.is_soroban() {
        soroban::check(frame, now, engine)
    } else if frame.soroban_data().is_some() {
        Err(early(TransactionResultResult::TxMalformed))
    } else {
        Ok(())
    }
}

fn check_form(frame: &Frame, cond: &PreconditionsV2) -> Result<(), TransactionResultResult> {
    use TransactionResultResult::*;
    if frame.is_v0 {
        return Err(TxNotSupported);
    }
    if frame.full_fee() < 0 || (frame.bump().is_none() && frame.inclusion_fee() < 0) {
        return Err(if frame.is_soroban() && frame.full_fee() >= 0 { TxSorobanInvalid } else { TxMalformed });
    }
    if let [a, b] = cond.extra_signers.as_slice() {
        if a == b {
            return Err(TxMalformed);
        }
    }
    let empty = |key: &SignerKey| matches!(key, SignerKey::Ed25519SignedPayload(p) if p.payload.is_empty());
    if cond.extra_signers.iter().any(empty) {
        return Err(TxMalformed);
    }
    if frame.tx().operations.is_empty() {
        return Err(TxMissingOperation);
    }
    Ok(())
}

/// Whether a contract transaction's declared resources are within the settings; true of every classic one.
pub fn resources_are_valid(frame: &Frame, now: &Moment, engine: &Engine) -> bool {
    !frame.is_soroban() || soroban::check(frame, now, engine).is_ok()
}

fn check_bounds(cond: &PreconditionsV2, now: &Moment) -> Result<(), TransactionResultResult> {
    if let Some(time) = &cond.time_bounds {
        if time.min_time.0 > now.close_time {
            return Err(TransactionResultResult::TxTooEarly);
        }
        if time.max_time.0 != 0 && time.max_time.0 < now.latest_close_time {
            return Err(TransactionResultResult::TxTooLate);
        }
    }
    if let Some(ledgers) = &cond.ledger_bounds {
        if ledgers.min_ledger > now.seq {
            return Err(TransactionResultResult::TxTooEarly);
        }
        if ledgers.max_ledger != 0 && ledgers.max_ledger <= now.seq {
            return Err(TransactionResultResult::TxTooLate);
        }
    }
    Ok(())
}

fn sequence_fits(tx: i64, account: i64, min: Option<&SequenceNumber>, now: &Moment) -> bool {
    if tx == now.starting_seq_num() || tx < 0 || tx == i64::MAX {
        return false;
    }
    match min {
        Some(min) => min.0 <= account && account < tx,
        None => account.checked_add(1) == Some(tx),
    }
}

/// Threshold and stateless check of every operation; the first failure decides.
fn check_operations(
    frame: &Frame,
    view: &dyn View,
    checker: &mut Checker<'_>,
    stage: Stage,
) -> Result<(), TransactionResultResult> {
    let mut failed = false;
    let mut results: Vec<OperationResult> = Vec::with_capacity(frame.tx().operations.len());
    for op in frame.tx().operations.iter() {
        let verdict = check_signed(frame, op, view, checker).and_then(|()| match stage {
            Stage::Submitted => checks::check(&op.body, &frame.op_source(op)),
            // While applying, the operation's own check runs right before it, against the state it meets.
            Stage::Applying => Ok(()),
        });
        match verdict {
            Ok(()) => results.push(checks::untouched(&op.body)),
            Err(result) => {
                failed = true;
                results.push(result);
                if stage == Stage::Submitted {
                    break;
                }
            }
        }
    }
    if !failed {
        return Ok(());
    }
    let rest = frame.tx().operations.iter().skip(results.len());
    results.extend(rest.map(|op| checks::untouched(&op.body)).collect::<Vec<_>>());
    Err(TransactionResultResult::TxFailed(results.try_into().unwrap_or_default()))
}

fn check_signed(
    frame: &Frame,
    op: &Operation,
    view: &dyn View,
    checker: &mut Checker<'_>,
) -> Result<(), OperationResult> {
    if frame.is_unsigned {
        return Ok(());
    }
    let id = frame.op_source(op);
    let signed = match account::load(view, &id) {
        Some(source) => checker.account(&source, checks::level(&op.body)),
        // An earlier operation of the same transaction may create it, so its own key counts.
        None if op.source_account.is_some() => checker.key_alone(&id),
        None => return Err(OperationResult::OpNoAccount),
    };
    if signed {
        Ok(())
    } else {
        Err(OperationResult::OpBadAuth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    fn at(seq: u32, close_time: u64) -> Moment {
        Moment { network_id: [0; 32], seq, close_time, latest_close_time: close_time, limits: Rc::default() }
    }

    #[test]
    fn the_upper_time_bound_is_inclusive_and_the_upper_ledger_bound_is_not() {
        let mut cond =
            conditions(&Preconditions::Time(TimeBounds { min_time: TimePoint(0), max_time: TimePoint(100) }));
        assert!(check_bounds(&cond, &at(5, 100)).is_ok());
        assert_eq!(check_bounds(&cond, &at(5, 101)), Err(TransactionResultResult::TxTooLate));
        let queued = Moment { latest_close_time: 101, ..at(5, 99) };
        assert_eq!(check_bounds(&cond, &queued), Err(TransactionResultResult::TxTooLate));
        cond.time_bounds = None;
        cond.ledger_bounds = Some(LedgerBounds { min_ledger: 3, max_ledger: 5 });
        assert!(check_bounds(&cond, &at(4, 0)).is_ok());
        assert_eq!(check_bounds(&cond, &at(5, 0)), Err(TransactionResultResult::TxTooLate));
        assert_eq!(check_bounds(&cond, &at(2, 0)), Err(TransactionResultResult::TxTooEarly));
    }

    #[test]
    fn a_sequence_number_follows_the_accounts_or_its_stated_minimum() {
        let now = at(9, 0);
        assert!(sequence_fits(8, 7, None, &now));
        assert!(!sequence_fits(9, 7, None, &now));
        assert!(sequence_fits(90, 7, Some(&SequenceNumber(5)), &now));
        assert!(!sequence_fits(7, 7, Some(&SequenceNumber(5)), &now));
        assert!(!sequence_fits(9 << 32, (9 << 32) - 1, None, &now));
    }
}
