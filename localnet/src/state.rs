//! The ledger's entries: an ordered map, and overlays that collect changes above it until they are kept or dropped.
//! Expired entries stay here (persistent ones can be restored); whether an entry is alive is the reader's question.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use stellar_xdr::{LedgerEntry, LedgerKey};

use crate::codec;
use crate::keys;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ttl {
    pub live_until: u32,
    pub modified: u32,
}

/// An entry with its time to live; `ttl` is there exactly for contract data and code.
#[derive(Clone, Debug)]
pub struct Slot {
    pub entry: Rc<LedgerEntry>,
    pub ttl: Option<Ttl>,
}

impl Slot {
    pub fn is_live(&self, seq: u32) -> bool {
        self.ttl.is_none_or(|t| t.live_until >= seq)
    }
}

pub type Changed = BTreeMap<Rc<LedgerKey>, Option<Slot>>;

pub trait View {
    fn slot(&self, key: &LedgerKey) -> Option<Slot>;
}

#[derive(Clone, Default)]
pub struct State {
    slots: BTreeMap<Rc<LedgerKey>, Slot>,
    /// XDR bytes of contract data and code, live or archived.
    pub soroban_bytes: u64,
}

impl State {
    pub fn get(&self, key: &LedgerKey) -> Option<&Slot> {
        self.slots.get(key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Rc<LedgerKey>, &Slot)> {
        self.slots.iter()
    }

    /// Entries from a key on, in the order of keys.
    pub fn from(&self, key: &LedgerKey) -> impl Iterator<Item = (&Rc<LedgerKey>, &Slot)> {
        self.slots.range::<LedgerKey, _>(key..)
    }

    pub fn count(&self) -> usize {
        self.slots.len()
    }

    pub fn set(&mut self, key: Rc<LedgerKey>, slot: Option<Slot>) {
        let counted = keys::has_ttl(&key);
        let size = |slot: &Slot| codec::xdr(slot.entry.as_ref()).len() as u64;
        if let (true, Some(new)) = (counted, &slot) {
            self.soroban_bytes += size(new);
        }
        let old = match slot {
            Some(slot) => self.slots.insert(key, slot),
            None => self.slots.remove(&key),
        };
        if let (true, Some(old)) = (counted, old) {
            self.soroban_bytes -= size(&old);
        }
    }

    pub fn commit(&mut self, changed: Changed) {
        for (key, slot) in changed {
            self.set(key, slot);
        }
    }

    /// Drops temporary entries that have expired; nobody can ever read them again. Returns their keys.
    pub fn evict_temporary(&mut self, seq: u32) -> Vec<Rc<LedgerKey>> {
        let dead: Vec<_> = self
            .slots
            .iter()
            .filter(|(key, slot)| keys::has_ttl(key) && !keys::is_persistent(key) && !slot.is_live(seq))
            .map(|(key, _)| key.clone())
            .collect();
        for key in &dead {
            self.set(key.clone(), None);
        }
        dead
    }
}

impl View for State {
    fn slot(&self, key: &LedgerKey) -> Option<Slot> {
        self.slots.get(key).cloned()
    }
}

/// Changes above a view. `put` stamps the ledger sequence, so nothing is stored with a stale one.
pub struct Overlay<'a> {
    below: &'a dyn View,
    seq: u32,
    pub changed: Changed,
    /// Keys that came back from the archive in this overlay.
    pub restored: BTreeSet<Rc<LedgerKey>>,
}

impl<'a> Overlay<'a> {
    pub fn new(below: &'a dyn View, seq: u32) -> Self {
        Overlay { below, seq, changed: Changed::new(), restored: BTreeSet::new() }
    }

    pub fn below(&self) -> &'a dyn View {
        self.below
    }

    pub fn put(&mut self, key: LedgerKey, mut entry: LedgerEntry) {
        entry.last_modified_ledger_seq = self.seq;
        let ttl = self.slot(&key).and_then(|s| s.ttl);
        self.changed.insert(Rc::new(key), Some(Slot { entry: Rc::new(entry), ttl }));
    }

    pub fn put_with_ttl(&mut self, key: LedgerKey, mut entry: LedgerEntry, live_until: u32) {
        entry.last_modified_ledger_seq = self.seq;
        let ttl = self.ttl(&key, live_until);
        self.changed.insert(Rc::new(key), Some(Slot { entry: Rc::new(entry), ttl: Some(ttl) }));
    }

    /// Sets the time to live alone; the entry keeps its last-modified ledger.
    pub fn extend(&mut self, key: &LedgerKey, live_until: u32) {
        if let Some(slot) = self.slot(key) {
            let ttl = Some(self.ttl(key, live_until));
            self.changed.insert(Rc::new(key.clone()), Some(Slot { entry: slot.entry, ttl }));
        }
    }

    pub fn remove(&mut self, key: LedgerKey) {
        self.changed.insert(Rc::new(key), None);
    }

    pub fn merge(&mut self, changed: Changed) {
        self.changed.extend(changed);
    }

    fn ttl(&self, key: &LedgerKey, live_until: u32) -> Ttl {
        match self.slot(key).and_then(|s| s.ttl) {
            Some(old) if old.live_until == live_until => old,
            _ => Ttl { live_until, modified: self.seq },
        }
    }
}

impl View for Overlay<'_> {
    fn slot(&self, key: &LedgerKey) -> Option<Slot> {
        match self.changed.get(key) {
            Some(slot) => slot.clone(),
            None => self.below.slot(key),
        }
    }
}
