//! Faults that a test asks for: the next calls of a method are delayed, refused, or answered into the void.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Fault {
    pub method: String,
    pub kind: Kind,
    #[serde(default)]
    pub ms: u64,
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The call takes effect; the connection ends without an answer.
    DropAfterAccept,
    /// The call waits before it takes effect.
    Delay,
    /// sendTransaction answers so, and does not take the transaction.
    TryAgainLater,
    /// An internal error; the call does not take effect.
    Error,
}

#[derive(Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub fn set(&self, fault: Fault) {
        self.all().push(fault);
    }

    pub fn clear(&self) {
        self.all().clear();
    }

    pub fn list(&self) -> Vec<Fault> {
        self.all().clone()
    }

    /// The next fault of a method, one use of it spent.
    pub fn spend(&self, method: &str) -> Option<Fault> {
        let mut all = self.all();
        let at = all.iter().position(|f| f.method == method && f.times > 0)?;
        all[at].times -= 1;
        let fault = all[at].clone();
        all.retain(|f| f.times > 0);
        Some(fault)
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_spent_as_often_as_it_was_asked_for() {
        let faults = Faults::default();
        faults.set(Fault { method: "getHealth".into(), kind: Kind::Error, ms: 0, times: 2 });
        assert!(faults.spend("getEvents").is_none());
        assert!(faults.spend("getHealth").is_some() && faults.spend("getHealth").is_some());
        assert!(faults.spend("getHealth").is_none());
        assert!(faults.list().is_empty());
    }
}
