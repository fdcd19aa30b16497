//! Faults that a test asks for: calls of a method are lost, refused, delayed, or answered as by a node in trouble.
//! They change what callers are told, never the ledger.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rpc::METHODS;

const PAGED: [&str; 3] = ["getEvents", "getTransactions", "getLedgers"];
const MAX_DELAY_MS: u64 = 600_000;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// A method of the RPC, or `*` for any that the kind can befall.
    pub method: String,
    pub kind: Kind,
    /// For `delay` and `delay_answer`.
    #[serde(default)]
    pub ms: u64,
    /// For `stale`: how far behind; for `short_window`: how many are left.
    #[serde(default)]
    pub ledgers: u32,
    /// For `gap`: the first and the last ledger that are not there.
    #[serde(default)]
    pub from: u32,
    #[serde(default)]
    pub to: u32,
    /// How many calls it befalls; 0 for all until it is cleared.
    #[serde(default = "once")]
    pub times: u32,
    /// How many calls pass before the first one.
    #[serde(default)]
    pub after: u32,
    /// The page that `duplicate_page` answers with again.
    #[serde(skip)]
    page: Option<Value>,
}

fn once() -> u32 {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The call takes effect; the connection ends without an answer.
    DropAfterAccept,
    /// The connection ends without an answer, and the call does not take effect.
    Refuse,
    /// HTTP 503; the call does not take effect.
    Unavailable,
    /// An internal error; the call does not take effect.
    Error,
    /// The call waits before it takes effect.
    Delay,
    /// The call takes effect; its answer waits.
    DelayAnswer,
    /// sendTransaction answers so, and does not take the transaction.
    TryAgainLater,
    /// The answer of a node that has not seen the newest ledgers.
    Stale,
    /// The answer of a node that keeps only the newest ledgers.
    ShortWindow,
    /// The answer of a node that misses ledgers in the middle of its window.
    Gap,
    /// A page is answered truly, and once more to whoever asks for the next one.
    DuplicatePage,
}

/// What a node in trouble does not see of the ledgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blindness {
    Behind { ledgers: u32 },
    Only { ledgers: u32 },
    Without { from: u32, to: u32 },
}

impl Fault {
    pub fn blindness(&self) -> Option<Blindness> {
        match self.kind {
            Kind::Stale => Some(Blindness::Behind { ledgers: self.ledgers }),
            Kind::ShortWindow => Some(Blindness::Only { ledgers: self.ledgers }),
            Kind::Gap => Some(Blindness::Without { from: self.from, to: self.to }),
            _ => None,
        }
    }

    fn check(&self) -> Result<(), String> {
        if self.method != "*" && !METHODS.contains(&self.method.as_str()) {
            return Err(format!("there is no method {:?}", self.method));
        }
        if self.method != "*" && !self.kind.befalls(&self.method) {
            return Err(format!("{} cannot befall {}", self.kind.name(), self.method));
        }
        match self.kind {
            Kind::Delay | Kind::DelayAnswer if self.ms == 0 || self.ms > MAX_DELAY_MS => {
                Err(format!("ms must be 1 to {MAX_DELAY_MS}"))
            }
            Kind::Stale | Kind::ShortWindow if self.ledgers == 0 => Err("ledgers must be positive".to_string()),
            Kind::Gap if self.from == 0 || self.from > self.to => {
                Err("from and to must name the first and the last missing ledger".to_string())
            }
            _ => Ok(()),
        }
    }

    fn befalls(&self, method: &str) -> bool {
        (self.method == "*" || self.method == method) && self.kind.befalls(method)
    }
}

impl Kind {
    fn befalls(self, method: &str) -> bool {
        match self {
            Kind::TryAgainLater => method == "sendTransaction",
            // What is sent goes to the real ledger.
            Kind::Stale | Kind::ShortWindow | Kind::Gap => method != "sendTransaction",
            Kind::DuplicatePage => PAGED.contains(&method),
            _ => true,
        }
    }

    fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| Some(name.as_str()?.to_string())).unwrap_or_default()
    }
}

#[derive(Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub fn set(&self, fault: Fault) -> Result<(), String> {
        fault.check()?;
        self.all().push(fault);
        Ok(())
    }

    pub fn clear(&self) {
        self.all().clear();
    }

    pub fn list(&self) -> Vec<Fault> {
        self.all().clone()
    }

    /// The fault that befalls a call of a method, one use of it spent.
    pub fn spend(&self, method: &str) -> Option<Fault> {
        let mut all = self.all();
        for at in 0..all.len() {
            let fault = &mut all[at];
            if !fault.befalls(method) {
                continue;
            }
            if fault.after > 0 {
                fault.after -= 1;
                continue;
            }
            let struck = fault.clone();
            let waits_for_a_page = fault.kind == Kind::DuplicatePage && fault.page.is_none();
            if fault.times > 0 && !waits_for_a_page {
                fault.times -= 1;
                if fault.times == 0 {
                    all.remove(at);
                }
            }
            return Some(struck);
        }
        None
    }

    /// The page that a `duplicate_page` waits for.
    pub fn remember(&self, method: &str, page: &Value) {
        let mut all = self.all();
        let waiting = |f: &&mut Fault| f.kind == Kind::DuplicatePage && f.page.is_none() && f.befalls(method);
        if let Some(fault) = all.iter_mut().find(waiting) {
            fault.page = Some(page.clone());
            // A page of another method would be no answer at all.
            fault.method = method.to_string();
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fault {
    pub fn page(&self) -> Option<&Value> {
        self.page.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault(value: Value) -> Fault {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_fault_is_spent_as_often_as_it_was_asked_for() {
        let faults = Faults::default();
        faults.set(fault(json!({"method": "getHealth", "kind": "error", "times": 2, "after": 1}))).unwrap();
        assert!(faults.spend("getEvents").is_none());
        assert!(faults.spend("getHealth").is_none());
        assert!(faults.spend("getHealth").is_some() && faults.spend("getHealth").is_some());
        assert!(faults.spend("getHealth").is_none());
        assert!(faults.list().is_empty());
    }

    #[test]
    fn zero_times_is_until_cleared_and_a_star_is_any_method() {
        let faults = Faults::default();
        faults.set(fault(json!({"method": "*", "kind": "stale", "ledgers": 3, "times": 0}))).unwrap();
        for _ in 0..3 {
            let struck = faults.spend("getEvents").unwrap();
            assert_eq!(struck.blindness(), Some(Blindness::Behind { ledgers: 3 }));
            assert!(faults.spend("sendTransaction").is_none());
        }
        faults.clear();
        assert!(faults.spend("getEvents").is_none());
    }

    #[test]
    fn a_page_is_answered_truly_before_it_is_answered_again() {
        let faults = Faults::default();
        faults.set(fault(json!({"method": "*", "kind": "duplicate_page"}))).unwrap();
        assert!(faults.spend("getEvents").unwrap().page().is_none());
        faults.remember("getEvents", &json!({"cursor": "7"}));
        assert!(faults.spend("getLedgers").is_none());
        assert_eq!(faults.spend("getEvents").unwrap().page(), Some(&json!({"cursor": "7"})));
        assert!(faults.spend("getEvents").is_none());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for wrong in [
            json!({"method": "getNothing", "kind": "error"}),
            json!({"method": "getEvents", "kind": "try_again_later"}),
            json!({"method": "sendTransaction", "kind": "stale", "ledgers": 1}),
            json!({"method": "getHealth", "kind": "duplicate_page"}),
            json!({"method": "getHealth", "kind": "delay"}),
            json!({"method": "getHealth", "kind": "stale"}),
            json!({"method": "getEvents", "kind": "gap", "from": 9, "to": 8}),
        ] {
            assert!(Faults::default().set(fault(wrong.clone())).is_err(), "{wrong}");
        }
    }
}
