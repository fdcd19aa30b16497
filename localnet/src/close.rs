//! Closing a ledger: fees first, then each transaction, refunds last, and a header over all of it.

use stellar_xdr::*;

use crate::account;
use crate::apply::{self, Applied};
use crate::codec;
use crate::events;
use crate::frame::Frame;
use crate::genesis;
use crate::history::{events_of, Ledger, TxRecord};
use crate::host::Engine;
use crate::ledger::Moment;
use crate::meta;
use crate::order;
use crate::state::{Overlay, State};
use crate::surge::Rates;

/// Expired temporary entries are swept out every so many ledgers.
const EVICTION_PERIOD_LEDGERS: u32 = 1_024;

/// How far apart the states are that a header remembers.
const SKIPS: [u32; 4] = [50, 5_000, 50_000, 500_000];

/// Applies `frames` in the network's order to the state, at their lanes' rates, and returns the ledger that holds them.
pub fn close(
    frames: Vec<Frame>,
    rates: Rates,
    state: &std::cell::RefCell<State>,
    now: &Moment,
    previous: &LedgerHeaderHistoryEntry,
    engine: &Engine,
) -> Ledger {
    let envelopes: Vec<_> = frames.iter().map(|f| (f.hash, f.is_soroban(), f.envelope.clone())).collect();
    let tx_set_hash = codec::sha256(codec::xdr(&meta::tx_set(previous.hash.clone(), &envelopes, rates)));
    let frames = order::order(frames, tx_set_hash);
    let fees: Vec<_> = frames.iter().map(|frame| charge(frame, rates.of(frame), state, now)).collect();
    let mut done = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        let mut seed = tx_set_hash.to_vec();
        seed.extend((index as u64).to_be_bytes());
        let applied = apply::apply(frame, &state.borrow(), now, engine, codec::sha256(&seed));
        state.borrow_mut().commit(applied.changed.clone());
        done.push(applied);
    }
    let mut processing = Vec::new();
    for ((frame, applied), (charged, fee_changes)) in frames.iter().zip(done).zip(fees) {
        processing.push(finish(frame, applied, charged, fee_changes, state, now, engine));
    }
    let evicted = if now.seq / EVICTION_PERIOD_LEDGERS > previous.header.ledger_seq / EVICTION_PERIOD_LEDGERS {
        state.borrow_mut().evict_temporary(now.seq).iter().map(|key| key.as_ref().clone()).collect()
    } else {
        Vec::new()
    };
    let header = header(previous, now, tx_set_hash, &processing);
    let txs: Vec<_> = frames
        .into_iter()
        .zip(&processing)
        .filter_map(|(frame, done)| TxRecord::new(frame.envelope, now.network_id, done))
        .collect();
    Ledger {
        header: genesis::history_entry(header),
        events: events_of(&txs),
        txs,
        rates,
        evicted,
        state_bytes: state.borrow().soroban_bytes,
        write_fee_per_kb: engine.write_fee_per_kb(),
    }
}

/// Takes the fee; the account may go below its reserve, never below nothing.
fn charge(frame: &Frame, rate: i64, state: &std::cell::RefCell<State>, now: &Moment) -> (i64, LedgerEntryChanges) {
    let mut charged = 0;
    let (changes, changed) = {
        let below = state.borrow();
        let mut overlay = Overlay::new(&*below, now.seq);
        if let Some(mut payer) = account::load(&overlay, &frame.fee_source()) {
            charged = frame.fee_charged_up_front(rate).min(payer.balance);
            payer.balance -= charged;
            account::store(&mut overlay, payer);
        }
        (meta::changes(&overlay), overlay.changed)
    };
    state.borrow_mut().commit(changed);
    (charged, changes)
}

fn refund(frame: &Frame, stroops: i64, state: &std::cell::RefCell<State>, now: &Moment) -> (i64, LedgerEntryChanges) {
    let mut paid = 0;
    let (changes, changed) = {
        let below = state.borrow();
        let mut overlay = Overlay::new(&*below, now.seq);
        if let Some(mut payer) = account::load(&overlay, &frame.fee_source()) {
            if let Some(balance) = payer.balance.checked_add(stroops).filter(|_| stroops > 0) {
                payer.balance = balance;
                paid = stroops;
                account::store(&mut overlay, payer);
            }
        }
        (meta::changes(&overlay), overlay.changed)
    };
    state.borrow_mut().commit(changed);
    (paid, changes)
}

/// The refund, the result with the fee in the end, and the transaction's meta.
fn finish(
    frame: &Frame,
    applied: Applied,
    charged: i64,
    fee_processing: LedgerEntryChanges,
    state: &std::cell::RefCell<State>,
    now: &Moment,
    engine: &Engine,
) -> TransactionResultMetaV1 {
    let non_refundable = frame.soroban_data().map_or(0, |d| engine.declared_fee(d, frame.inner_size_bytes).0);
    let used = applied.soroban.unwrap_or_default();
    let success = matches!(applied.code, TransactionResultResult::TxSuccess(_));
    let refundable = if success { used.rent_fee + used.events_fee } else { 0 };
    let owed = if frame.is_soroban() { frame.resource_fee() - non_refundable - refundable } else { 0 };
    let (refunded, refund_changes) = refund(frame, owed.min(charged), state, now);
    let mut fee_events = vec![(TransactionEventStage::BeforeAllTxs, charged)];
    fee_events.push((TransactionEventStage::AfterAllTxs, -refunded));
    let fee_events: Vec<_> = fee_events
        .into_iter()
        .filter(|(_, stroops)| *stroops != 0)
        .map(|(stage, stroops)| TransactionEvent { stage, event: events::fee(now, &frame.fee_source(), stroops) })
        .collect();
    let soroban_meta = frame.is_soroban().then(|| SorobanTransactionMetaV2 {
        ext: SorobanTransactionMetaExt::V1(SorobanTransactionMetaExtV1 {
            ext: ExtensionPoint::V0,
            total_non_refundable_resource_fee_charged: non_refundable,
            total_refundable_resource_fee_charged: refundable,
            rent_fee_charged: if success { used.rent_fee } else { 0 },
        }),
        return_value: used.value.filter(|_| success),
    });
    let tx_meta = TransactionMetaV4 {
        ext: ExtensionPoint::V0,
        tx_changes_before: applied.before,
        operations: applied.operations.try_into().unwrap_or_default(),
        tx_changes_after: LedgerEntryChanges(VecM::default()),
        soroban_meta,
        events: fee_events.try_into().unwrap_or_default(),
        diagnostic_events: used.diagnostics.try_into().unwrap_or_default(),
    };
    let result = result(frame, applied.code, applied.outer, charged - refunded);
    TransactionResultMetaV1 {
        ext: ExtensionPoint::V0,
        result: TransactionResultPair { transaction_hash: Hash(frame.hash), result },
        fee_processing,
        tx_apply_processing: TransactionMeta::V4(tx_meta),
        post_tx_apply_fee_processing: refund_changes,
    }
}

/// A result in the shape the envelope asks for: a fee bump wraps what happened inside it.
pub fn result(frame: &Frame, code: TransactionResultResult, outer: bool, fee_charged: i64) -> TransactionResult {
    let code = if frame.bump().is_none() || outer { code } else { wrapped(frame, code) };
    TransactionResult { fee_charged, result: code, ext: TransactionResultExt::V0 }
}

fn wrapped(frame: &Frame, code: TransactionResultResult) -> TransactionResultResult {
    use InnerTransactionResultResult as I;
    use TransactionResultResult as T;
    let success = matches!(code, T::TxSuccess(_));
    let result = match code {
        T::TxSuccess(r) => I::TxSuccess(r),
        T::TxFailed(r) => I::TxFailed(r),
        T::TxTooEarly => I::TxTooEarly,
        T::TxTooLate => I::TxTooLate,
        T::TxMissingOperation => I::TxMissingOperation,
        T::TxBadSeq => I::TxBadSeq,
        T::TxBadAuth => I::TxBadAuth,
        T::TxInsufficientBalance => I::TxInsufficientBalance,
        T::TxNoAccount => I::TxNoAccount,
        T::TxInsufficientFee => I::TxInsufficientFee,
        T::TxBadAuthExtra => I::TxBadAuthExtra,
        T::TxNotSupported => I::TxNotSupported,
        T::TxBadSponsorship => I::TxBadSponsorship,
        T::TxBadMinSeqAgeOrGap => I::TxBadMinSeqAgeOrGap,
        T::TxMalformed => I::TxMalformed,
        T::TxSorobanInvalid => I::TxSorobanInvalid,
        T::TxFrozenKeyAccessed => I::TxFrozenKeyAccessed,
        T::TxInternalError | T::TxFeeBumpInnerSuccess(_) | T::TxFeeBumpInnerFailed(_) => I::TxInternalError,
    };
    let pair = InnerTransactionResultPair {
        transaction_hash: Hash(frame.inner_hash),
        // The fee bump pays; since protocol 25 the transaction inside is told as charged nothing.
        result: InnerTransactionResult { fee_charged: 0, result, ext: InnerTransactionResultExt::V0 },
    };
    if success {
        T::TxFeeBumpInnerSuccess(pair)
    } else {
        T::TxFeeBumpInnerFailed(pair)
    }
}

fn header(
    previous: &LedgerHeaderHistoryEntry,
    now: &Moment,
    tx_set_hash: [u8; 32],
    processing: &[TransactionResultMetaV1],
) -> LedgerHeader {
    let results: Vec<_> = processing.iter().map(|p| p.result.clone()).collect();
    let fees: i64 = results.iter().map(|r| r.result.fee_charged).sum();
    let result_set = TransactionResultSet { results: results.try_into().unwrap_or_default() };
    // Stands where a node hashes its bucket list: a chain over all changes.
    let mut changes = previous.header.bucket_list_hash.0.to_vec();
    for done in processing {
        changes.extend(codec::xdr(done));
    }
    let state_hash = Hash(codec::sha256(&changes));
    LedgerHeader {
        previous_ledger_hash: previous.hash.clone(),
        scp_value: StellarValue {
            tx_set_hash: Hash(tx_set_hash),
            close_time: TimePoint(now.close_time),
            upgrades: VecM::default(),
            ext: StellarValueExt::Basic,
        },
        tx_set_result_hash: Hash(codec::sha256(codec::xdr(&result_set))),
        skip_list: skip_list(&previous.header.skip_list, now.seq, &state_hash),
        bucket_list_hash: state_hash,
        ledger_seq: now.seq,
        fee_pool: previous.header.fee_pool + fees,
        ..previous.header.clone()
    }
}

/// Every 50 ledgers a header begins to remember the state's hash; the older ones move on, the later the rarer.
fn skip_list(old: &[Hash; 4], seq: u32, state_hash: &Hash) -> [Hash; 4] {
    let mut list = old.clone();
    if !seq.is_multiple_of(SKIPS[0]) {
        return list;
    }
    let mut rest = seq;
    let mut moved = 0;
    for pair in SKIPS.windows(2) {
        rest = rest.saturating_sub(pair[0]);
        if rest == 0 || !rest.is_multiple_of(pair[1]) {
            break;
        }
        moved += 1;
    }
    list[..=moved].rotate_right(1);
    list[0] = state_hash.clone();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_remembers_older_states_the_rarer_the_older() {
        let old = [1, 2, 3, 4].map(|n| Hash([n; 32]));
        let first_bytes = |seq| skip_list(&old, seq, &Hash([9; 32])).map(|hash| hash.0[0]);
        assert_eq!(first_bytes(49), [1, 2, 3, 4]);
        assert_eq!(first_bytes(50), [9, 2, 3, 4]);
        assert_eq!(first_bytes(5_000), [9, 2, 3, 4]);
        assert_eq!(first_bytes(5_050), [9, 1, 3, 4]);
        assert_eq!(first_bytes(55_050), [9, 1, 2, 4]);
        assert_eq!(first_bytes(555_050), [9, 1, 2, 3]);
    }
}
