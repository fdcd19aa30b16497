//! What a node in trouble would answer: one that fell behind, or lost ledgers. Only faults look through it, and only for
//! one question; the ledger itself stays as it is.

use std::collections::HashMap;
use std::rc::Rc;

use stellar_xdr::*;

use super::Node;
use crate::faults::Blindness;
use crate::history::Lens;
use crate::keys;
use crate::state::{Slot, State, Ttl};

impl Node {
    /// Answers a question that changes nothing, with ledgers hidden from it.
    pub fn half_blind<T>(&mut self, blindness: Blindness, ask: impl FnOnce(&mut Node) -> T) -> T {
        let (oldest, latest) = (self.history.oldest().seq(), self.history.latest().seq());
        let mut present = None;
        self.history.lens = match blindness {
            Blindness::Behind { ledgers } => {
                let seen = latest.saturating_sub(ledgers).max(oldest);
                present = Some(self.state.replace(self.state_after(seen)));
                Lens { latest: seen, ..Lens::default() }
            }
            Blindness::Only { ledgers } => Lens { oldest: (latest + 1).saturating_sub(ledgers), ..Lens::default() },
            Blindness::Without { from, to } => Lens { gap: Some((from, to)), ..Lens::default() },
        };
        let told = ask(self);
        self.history.lens = Lens::default();
        if let Some(present) = present {
            self.state.replace(present);
        }
        told
    }

    /// The state after an earlier ledger: what the later ones say they changed, undone from the last one on. Temporary
    /// entries that were swept out meanwhile stay away; they had expired.
    fn state_after(&self, seq: u32) -> State {
        let mut state = self.state.borrow().clone();
        let mut by_hash: HashMap<Hash, Rc<LedgerKey>> =
            state.iter().filter(|(key, _)| keys::has_ttl(key)).map(|(key, _)| (keys::hash(key), key.clone())).collect();
        for ledger in self.history.between(seq + 1, u32::MAX).rev() {
            let LedgerCloseMeta::V2(meta) = ledger.close_meta() else { continue };
            let txs = meta.tx_processing.as_slice();
            let applied = txs.iter().flat_map(|tx| match &tx.tx_apply_processing {
                TransactionMeta::V4(v4) => {
                    let operations = v4.operations.iter().map(|op| &op.changes);
                    std::iter::once(&v4.tx_changes_before).chain(operations).collect()
                }
                _ => Vec::new(),
            });
            let fees = txs.iter().map(|tx| &tx.fee_processing);
            let refunds = txs.iter().map(|tx| &tx.post_tx_apply_fee_processing);
            let all: Vec<_> = fees.chain(applied).chain(refunds).collect();
            all.into_iter().rev().for_each(|changes| undo(&mut state, changes, &mut by_hash));
        }
        state
    }
}

/// Entries first, then times to live, which speak of entries by their hash.
fn undo(state: &mut State, changes: &LedgerEntryChanges, by_hash: &mut HashMap<Hash, Rc<LedgerKey>>) {
    for change in changes.0.iter().rev() {
        match change {
            LedgerEntryChange::State(old) if !is_ttl(old) => {
                let key = Rc::new(old.to_key());
                let ttl = state.get(&key).and_then(|slot| slot.ttl);
                let ttl = ttl.or(keys::has_ttl(&key).then_some(Ttl { live_until: 0, modified: 0 }));
                by_hash.insert(keys::hash(&key), key.clone());
                state.set(key, Some(Slot { entry: Rc::new(old.clone()), ttl }));
            }
            LedgerEntryChange::Created(new) if !is_ttl(new) => state.set(Rc::new(new.to_key()), None),
            _ => {}
        }
    }
    for change in changes.0.iter().rev() {
        let (LedgerEntryChange::State(entry) | LedgerEntryChange::Restored(entry)) = change else { continue };
        let LedgerEntryData::Ttl(ttl) = &entry.data else { continue };
        let Some(key) = by_hash.get(&ttl.key_hash) else { continue };
        let Some(slot) = state.get(key).cloned() else { continue };
        let old = match change {
            // Before it came back it was archived, whenever that was.
            LedgerEntryChange::Restored(_) => Ttl { live_until: 0, modified: 0 },
            _ => Ttl { live_until: ttl.live_until_ledger_seq, modified: entry.last_modified_ledger_seq },
        };
        state.set(key.clone(), Some(Slot { ttl: Some(old), ..slot }));
    }
}

fn is_ttl(entry: &LedgerEntry) -> bool {
    matches!(entry.data, LedgerEntryData::Ttl(_))
}
