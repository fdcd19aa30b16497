//! What changed, in the network's words: entry changes of an overlay, and the close meta of a ledger.

use std::rc::Rc;

use stellar_xdr::*;

use crate::keys;
use crate::state::{Overlay, Slot, Ttl};
use crate::surge::Rates;

/// STATE and UPDATED, CREATED, STATE and REMOVED, or RESTORED, for each key and each time to live that differs.
pub fn changes(overlay: &Overlay<'_>) -> LedgerEntryChanges {
    let mut list = Vec::new();
    for (key, after) in &overlay.changed {
        let before = overlay.below().slot(key);
        let restored = overlay.restored.contains(key);
        entry_changes(key, before.as_ref(), after.as_ref(), restored, &mut list);
        let ttl = |slot: &Slot| slot.ttl;
        ttl_changes(key, before.as_ref().and_then(ttl), after.as_ref().and_then(ttl), restored, &mut list);
    }
    LedgerEntryChanges(list.try_into().unwrap_or_default())
}

fn entry_changes(
    key: &Rc<LedgerKey>,
    before: Option<&Slot>,
    after: Option<&Slot>,
    restored: bool,
    list: &mut Vec<LedgerEntryChange>,
) {
    let whole = |slot: &Slot| slot.entry.as_ref().clone();
    match (before, after) {
        (Some(old), Some(new)) if restored => {
            let mut back = whole(old);
            back.last_modified_ledger_seq = new.entry.last_modified_ledger_seq;
            list.push(LedgerEntryChange::Restored(back.clone()));
            if old.entry.data != new.entry.data {
                list.push(LedgerEntryChange::State(back));
                list.push(LedgerEntryChange::Updated(whole(new)));
            }
        }
        (Some(old), Some(new)) => {
            if old.entry != new.entry {
                list.push(LedgerEntryChange::State(whole(old)));
                list.push(LedgerEntryChange::Updated(whole(new)));
            }
        }
        (None, Some(new)) => list.push(LedgerEntryChange::Created(whole(new))),
        (Some(old), None) => {
            list.push(LedgerEntryChange::State(whole(old)));
            list.push(LedgerEntryChange::Removed(key.as_ref().clone()));
        }
        (None, None) => {}
    }
}

fn ttl_changes(
    key: &LedgerKey,
    before: Option<Ttl>,
    after: Option<Ttl>,
    restored: bool,
    list: &mut Vec<LedgerEntryChange>,
) {
    let hash = keys::hash(key);
    match (before, after) {
        (Some(_), Some(new)) if restored => list.push(LedgerEntryChange::Restored(ttl_entry(&hash, new))),
        (Some(old), Some(new)) if old != new => {
            list.push(LedgerEntryChange::State(ttl_entry(&hash, old)));
            list.push(LedgerEntryChange::Updated(ttl_entry(&hash, new)));
        }
        (None, Some(new)) => list.push(LedgerEntryChange::Created(ttl_entry(&hash, new))),
        (Some(old), None) => {
            list.push(LedgerEntryChange::State(ttl_entry(&hash, old)));
            list.push(LedgerEntryChange::Removed(LedgerKey::Ttl(LedgerKeyTtl { key_hash: hash })));
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
}

fn ttl_entry(key_hash: &Hash, ttl: Ttl) -> LedgerEntry {
    LedgerEntry {
        last_modified_ledger_seq: ttl.modified,
        data: LedgerEntryData::Ttl(TtlEntry { key_hash: key_hash.clone(), live_until_ledger_seq: ttl.live_until }),
        ext: LedgerEntryExt::V0,
    }
}

/// The transaction set in the network's form: classic ones in one phase, contract calls in the other, by hash.
pub fn tx_set(
    previous: Hash,
    envelopes: &[([u8; 32], bool, TransactionEnvelope)],
    rates: Rates,
) -> GeneralizedTransactionSet {
    let mut sorted: Vec<_> = envelopes.iter().collect();
    sorted.sort_by_key(|(hash, ..)| *hash);
    let of = |soroban: bool| -> Vec<TransactionEnvelope> {
        sorted.iter().filter(|(_, is, _)| *is == soroban).map(|(.., envelope)| envelope.clone()).collect()
    };
    let classic = of(false);
    let components = if classic.is_empty() {
        Vec::new()
    } else {
        let txs = classic.try_into().unwrap_or_default();
        vec![TxSetComponent::TxsetCompTxsMaybeDiscountedFee(TxSetComponentTxsMaybeDiscountedFee {
            base_fee: Some(rates.classic),
            txs,
        })]
    };
    let calls = of(true);
    let execution_stages = if calls.is_empty() {
        Vec::new()
    } else {
        let cluster = DependentTxCluster(calls.try_into().unwrap_or_default());
        vec![ParallelTxExecutionStage(vec![cluster].try_into().unwrap_or_default())]
    };
    let phases = vec![
        TransactionPhase::V0(components.try_into().unwrap_or_default()),
        TransactionPhase::V1(ParallelTxsComponent {
            base_fee: Some(rates.soroban),
            execution_stages: execution_stages.try_into().unwrap_or_default(),
        }),
    ];
    GeneralizedTransactionSet::V1(TransactionSetV1 {
        previous_ledger_hash: previous,
        phases: phases.try_into().unwrap_or_default(),
    })
}

/// What each lane of a transaction set costs.
pub fn rates(set: &GeneralizedTransactionSet) -> Rates {
    let GeneralizedTransactionSet::V1(set) = set;
    let base = i64::from(crate::settings::BASE_FEE_STROOPS);
    let mut rates = Rates { classic: base, soroban: base };
    for phase in set.phases.iter() {
        match phase {
            TransactionPhase::V0(components) => {
                for TxSetComponent::TxsetCompTxsMaybeDiscountedFee(component) in components.iter() {
                    rates.classic = component.base_fee.unwrap_or(base);
                }
            }
            TransactionPhase::V1(parallel) => rates.soroban = parallel.base_fee.unwrap_or(base),
        }
    }
    rates
}

/// Every envelope of a transaction set, in the set's own order.
pub fn envelopes(set: &GeneralizedTransactionSet) -> Vec<TransactionEnvelope> {
    let GeneralizedTransactionSet::V1(set) = set;
    let mut all = Vec::new();
    for phase in set.phases.iter() {
        match phase {
            TransactionPhase::V0(components) => {
                for TxSetComponent::TxsetCompTxsMaybeDiscountedFee(component) in components.iter() {
                    all.extend(component.txs.iter().cloned());
                }
            }
            TransactionPhase::V1(parallel) => {
                let clusters = parallel.execution_stages.iter().flat_map(|stage| stage.0.iter());
                all.extend(clusters.flat_map(|cluster| cluster.0.iter().cloned()));
            }
        }
    }
    all
}
