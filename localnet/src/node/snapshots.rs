//! Remembering the whole ledger under a name and going back to it. With a log on disk, the log is kept alongside.

use super::{or_stop, replay, Node};
use crate::clock::Clock;
use crate::history::History;
use crate::queue::Queue;
use crate::state::State;

#[derive(Clone)]
pub struct Snapshot {
    state: State,
    history: History,
    clock: Clock,
}

impl Node {
    pub fn snapshot(&mut self, name: &str) -> Result<(), String> {
        if let Some(journal) = &self.journal {
            journal.keep(name).map_err(|e| e.to_string())?;
        }
        let state = self.state.borrow().clone();
        let snapshot = Snapshot { state, history: self.history.clone(), clock: self.clock };
        self.snapshots.insert(name.to_string(), snapshot);
        Ok(())
    }

    /// Puts the ledger back to where it was; what waits is forgotten.
    pub fn restore(&mut self, name: &str) -> Result<(), String> {
        let in_memory = self.snapshots.get(name).cloned();
        let on_disk = self.journal.as_ref().is_some_and(|j| j.has_kept(name));
        if in_memory.is_none() && !on_disk {
            return Err(format!("there is no snapshot named {name:?}"));
        }
        let mut records = Vec::new();
        if let Some(journal) = self.journal.take() {
            let (journal, read) = or_stop(journal.go_back(name));
            self.journal = Some(journal);
            records = read;
        }
        self.queue = Queue::default();
        self.errands.clear();
        self.waiting.clear();
        match in_memory {
            Some(snapshot) => {
                *self.state.borrow_mut() = snapshot.state;
                self.history = snapshot.history;
                self.clock = snapshot.clock;
                self.engine.reload(&self.state.borrow());
            }
            None => {
                self.found_again();
                replay::replay(self, &records)?;
            }
        }
        Ok(())
    }
}
