//! The whole network as one series of records: to shorten the log, and to carry it elsewhere.

use stellar_xdr::*;

use super::{or_stop, replay, Node};
use crate::codec;
use crate::genesis;
use crate::history::History;
use crate::journal::{self, Record};
use crate::queue::Queue;

impl Node {
    /// Everything that can still be asked for: the retained ledgers, the state, the clock.
    pub fn records(&self) -> Vec<Record> {
        let mut records = vec![Record::Network(self.identity())];
        let ledgers = self.history.between(0, u32::MAX);
        records.extend(ledgers.map(|ledger| Record::Past(codec::xdr(&ledger.close_meta()))));
        records.push(Record::State(codec::xdr(&self.whole_state())));
        records.push(Record::Clock(self.clock.offset));
        records
    }

    fn whole_state(&self) -> LedgerEntryChanges {
        let nothing = crate::state::State::default();
        let mut all = crate::state::Overlay::new(&nothing, 0);
        for (key, slot) in self.state.borrow().iter() {
            all.changed.insert(key.clone(), Some(slot.clone()));
        }
        crate::meta::changes(&all)
    }

    /// Writes the log anew without what is older than the retention; the exchange is one rename.
    pub fn compact(&mut self) {
        let Some(journal) = self.journal.take() else { return };
        self.journal = Some(or_stop(journal.replace(&self.records())));
    }

    /// The network as the bytes of one file, the form of a log.
    pub fn export(&self) -> Vec<u8> {
        journal::write(&self.records())
    }

    /// Puts an exported network in place of this one; nothing changes when the bytes are not one of this kind.
    pub fn import(&mut self, bytes: &[u8]) -> Result<(), String> {
        let records = journal::read_whole(bytes).ok_or("this is not a whole export of a tenor-localnet")?;
        let (state, history, clock) = (self.state.borrow().clone(), self.history.clone(), self.clock);
        self.found_again();
        if let Err(why) = replay::replay(self, &records) {
            *self.state.borrow_mut() = state;
            (self.history, self.clock) = (history, clock);
            return Err(why);
        }
        self.queue = Queue::default();
        self.errands.clear();
        self.waiting.clear();
        self.compact();
        Ok(())
    }

    /// Back to the founding, before any record.
    pub(super) fn found_again(&mut self) {
        let founded = genesis::state(self.network_id, &self.founded_on);
        self.history = History::new(self.history.retention);
        self.history.push(genesis::ledger(&founded));
        *self.state.borrow_mut() = founded;
    }
}
