//! Reads the ledger log back: state from the entry changes of each close meta, history from the rest.

use std::collections::HashMap;
use std::rc::Rc;

use stellar_xdr::*;

use super::Node;
use crate::codec;
use crate::history::{History, Ledger};
use crate::journal::Record;
use crate::keys;
use crate::state::{Slot, State, Ttl};

pub fn replay(node: &mut Node, records: &[Record]) -> Result<(), String> {
    let mut tail = records.iter();
    match tail.next() {
        Some(Record::Network(identity)) if *identity == node.identity() => {}
        Some(Record::Network(identity)) => {
            return Err(format!(
                "the data directory holds another network ({}); start with its settings or another directory",
                identity.replace('\n', ", ")
            ));
        }
        _ => return Err("the data directory holds no ledger log of this program".to_string()),
    }
    let mut replayed = Replayed::default();
    let mut past = Vec::new();
    for record in tail {
        match record {
            Record::Ledger(bytes) => {
                let meta = close_meta(bytes)?;
                replayed.ledger(&mut node.state.borrow_mut(), &meta);
                node.keep(Ledger::from_close_meta(&meta, node.network_id));
            }
            Record::Past(bytes) => {
                let meta = close_meta(bytes)?;
                past.push(Ledger::from_close_meta(&meta, node.network_id));
            }
            Record::State(bytes) => {
                let mut state = State::default();
                replayed.changes(&mut state, &changes_of(bytes)?);
                *node.state.borrow_mut() = state;
                node.history = History::new(node.history.retention);
                past.drain(..).for_each(|ledger| node.history.push(ledger));
                if node.history.is_empty() {
                    return Err("the ledger log holds a state without a ledger".to_string());
                }
            }
            Record::Changes(bytes) => replayed.changes(&mut node.state.borrow_mut(), &changes_of(bytes)?),
            Record::Clock(offset) => node.clock.offset = *offset,
            Record::Network(_) => return Err("the ledger log holds two networks".to_string()),
        }
    }
    node.engine.reload(&node.state.borrow());
    let seq = node.history.latest().seq();
    let state = node.state.borrow();
    for (_, slot) in state.iter().filter(|(_, slot)| slot.is_live(seq)) {
        node.engine.compile(&slot.entry);
    }
    Ok(())
}

fn close_meta(bytes: &[u8]) -> Result<LedgerCloseMetaV2, String> {
    match codec::from_xdr(bytes).map_err(|e| e.to_string())? {
        LedgerCloseMeta::V2(meta) => Ok(meta),
        _ => Err("the ledger log holds a close meta of another version".to_string()),
    }
}

fn changes_of(bytes: &[u8]) -> Result<LedgerEntryChanges, String> {
    codec::from_xdr(bytes).map_err(|e| e.to_string())
}

/// Times to live are told by the hash of their key, so the keys are kept by hash meanwhile.
#[derive(Default)]
struct Replayed {
    keys: HashMap<Hash, Rc<LedgerKey>>,
}

impl Replayed {
    fn ledger(&mut self, state: &mut State, meta: &LedgerCloseMetaV2) {
        for tx in meta.tx_processing.iter() {
            self.changes(state, &tx.fee_processing);
        }
        for tx in meta.tx_processing.iter() {
            if let TransactionMeta::V4(v4) = &tx.tx_apply_processing {
                self.changes(state, &v4.tx_changes_before);
                for op in v4.operations.iter() {
                    self.changes(state, &op.changes);
                }
                self.changes(state, &v4.tx_changes_after);
            }
        }
        for tx in meta.tx_processing.iter() {
            self.changes(state, &tx.post_tx_apply_fee_processing);
        }
        for key in meta.evicted_keys.iter() {
            state.set(Rc::new(key.clone()), None);
        }
    }

    fn changes(&mut self, state: &mut State, changes: &LedgerEntryChanges) {
        for change in changes.0.iter() {
            match change {
                LedgerEntryChange::Created(entry)
                | LedgerEntryChange::Updated(entry)
                | LedgerEntryChange::Restored(entry) => self.put(state, entry),
                LedgerEntryChange::Removed(LedgerKey::Ttl(_)) | LedgerEntryChange::State(_) => {}
                LedgerEntryChange::Removed(key) => state.set(Rc::new(key.clone()), None),
            }
        }
    }

    fn put(&mut self, state: &mut State, entry: &LedgerEntry) {
        if let LedgerEntryData::Ttl(ttl) = &entry.data {
            let Some(key) = self.keys.get(&ttl.key_hash) else { return };
            let Some(slot) = state.get(key).cloned() else { return };
            let ttl = Ttl { live_until: ttl.live_until_ledger_seq, modified: entry.last_modified_ledger_seq };
            state.set(key.clone(), Some(Slot { ttl: Some(ttl), ..slot }));
            return;
        }
        let key = Rc::new(entry.to_key());
        let ttl = state.get(&key).and_then(|slot| slot.ttl);
        let mut fallback = None;
        if keys::has_ttl(&key) {
            self.keys.entry(keys::hash(&key)).or_insert_with(|| key.clone());
            // The time to live follows as a change of its own.
            fallback = Some(Ttl { live_until: 0, modified: entry.last_modified_ledger_seq });
        }
        state.set(key, Some(Slot { entry: Rc::new(entry.clone()), ttl: ttl.or(fallback) }));
    }
}
