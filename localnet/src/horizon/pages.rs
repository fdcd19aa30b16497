//! Lists in Horizon's manner: cursor, order and limit; all of the network or one account's. It only reads.

use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::AccountId;

use super::{operations, records};
use crate::history::{toid, Ledger};
use crate::keys;
use crate::node::Node;

const DEFAULT_LIMIT: usize = 10;
const MAX_LIMIT: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Transactions,
    Operations,
    Payments,
    Ledgers,
}

impl List {
    pub fn name(self) -> &'static str {
        match self {
            List::Transactions => "transactions",
            List::Operations => "operations",
            List::Payments => "payments",
            List::Ledgers => "ledgers",
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    cursor: Option<String>,
    order: Option<String>,
    limit: Option<String>,
    include_failed: Option<String>,
    join: Option<String>,
}

impl Asked {
    fn limit(&self) -> Result<usize, Wrong> {
        match self.limit.as_deref() {
            None | Some("") => Ok(DEFAULT_LIMIT),
            Some(text) => {
                let limit = text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
                limit.ok_or(Wrong { field: "limit", reason: "a limit is a number from 1 to 200" })
            }
        }
    }

    fn is_descending(&self) -> Result<bool, Wrong> {
        match self.order.as_deref() {
            None | Some("" | "asc") => Ok(false),
            Some("desc") => Ok(true),
            Some(_) => Err(Wrong { field: "order", reason: "an order is asc or desc" }),
        }
    }
}

/// Whose records a list holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Everybody,
    Account(AccountId),
    Transaction([u8; 32]),
    Ledger(u32),
}

/// What a list is asked for, its words checked.
#[derive(Clone, Debug)]
pub struct Page {
    pub list: List,
    pub of: Scope,
    pub limit: usize,
    pub descending: bool,
    include_failed: bool,
    with_transactions: bool,
    /// Records on the far side of this place are wanted.
    pub cursor: Cursor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// From the first or last record on.
    Open,
    /// After the latest closed ledger.
    Now,
    At(u64),
}

/// The parameter that is wrong, and why.
pub struct Wrong {
    pub field: &'static str,
    pub reason: &'static str,
}

impl Page {
    pub fn new(list: List, of: Scope, asked: &Asked) -> Result<Page, Wrong> {
        let (limit, descending) = (asked.limit()?, asked.is_descending()?);
        let with_transactions = match asked.join.as_deref() {
            None | Some("") => false,
            Some("transactions") => true,
            Some(_) => return Err(Wrong { field: "join", reason: "what can be joined is transactions" }),
        };
        let cursor = match asked.cursor.as_deref() {
            None | Some("") => Cursor::Open,
            Some("now") => Cursor::Now,
            Some(text) => {
                let place = text.parse().ok().filter(|place| i64::try_from(*place).is_ok());
                Cursor::At(place.ok_or(Wrong { field: "cursor", reason: "a cursor is a paging token or now" })?)
            }
        };
        // Of one transaction everything is told, however it ended.
        let include_failed = asked.include_failed.as_deref() == Some("true") || matches!(of, Scope::Transaction(_));
        Ok(Page { list, of, limit, descending, include_failed, with_transactions, cursor })
    }

    /// Whether what the list is about exists.
    pub fn has_subject(&self, node: &Node) -> bool {
        match &self.of {
            Scope::Transaction(hash) => node.history.find(hash).is_some(),
            Scope::Ledger(seq) => node.history.ledger(*seq).is_some(),
            Scope::Everybody | Scope::Account(_) => true,
        }
    }

    /// The records, and the last one's paging token.
    pub fn read(&self, node: &Node) -> (Vec<Value>, Option<u64>) {
        let mut found = Vec::new();
        let last = node.history.latest().seq();
        let cursor = match self.cursor {
            Cursor::Open => None,
            Cursor::Now => Some(toid(last + 1, 0, 0) - 1),
            Cursor::At(place) => Some(place),
        };
        let wanted = |place: u64| match cursor {
            None => true,
            Some(cursor) if self.descending => place < cursor,
            Some(cursor) => place > cursor,
        };
        for (ledger, at) in self.places(node, cursor) {
            let mut here = self.records(node, ledger, at);
            here.retain(|(place, _)| wanted(*place));
            if self.descending {
                here.reverse();
            }
            found.extend(here);
            if found.len() >= self.limit {
                break;
            }
        }
        found.truncate(self.limit);
        let last = found.last().map(|(place, _)| *place);
        (found.into_iter().map(|(_, record)| record).collect(), last)
    }

    /// Ledgers with the place of a transaction in them (none for ledgers themselves), in the order asked for.
    fn places<'a>(&self, node: &'a Node, cursor: Option<u64>) -> Box<dyn Iterator<Item = (&'a Ledger, usize)> + 'a> {
        let at = cursor.map(|cursor| (cursor >> 32) as u32);
        let (first, end) = match at {
            None => (0, u32::MAX),
            Some(at) if self.descending => (0, at.saturating_add(1)),
            Some(at) => (at, u32::MAX),
        };
        let whole = self.list == List::Ledgers;
        let all = match &self.of {
            Scope::Account(id) => node.history.txs_of(&keys::ed25519_of(id).0, first, end).collect::<Vec<_>>(),
            Scope::Transaction(hash) => node.history.find(hash).into_iter().collect(),
            Scope::Ledger(seq) => return walk(node, *seq, seq.saturating_add(1), whole, self.descending),
            Scope::Everybody => return walk(node, first, end, whole, self.descending),
        };
        if self.descending {
            Box::new(all.into_iter().rev())
        } else {
            Box::new(all.into_iter())
        }
    }

    fn records(&self, node: &Node, ledger: &Ledger, at: usize) -> Vec<(u64, Value)> {
        match self.list {
            List::Ledgers => vec![(toid(ledger.seq(), 0, 0), records::ledger(ledger))],
            _ if !ledger.txs[at].success && !self.include_failed => Vec::new(),
            List::Transactions => {
                let place = toid(ledger.seq(), at as u32 + 1, 0);
                vec![(place, records::transaction(ledger, at, node.network_id))]
            }
            List::Operations | List::Payments => self.operations(node, ledger, at),
        }
    }

    fn operations(&self, node: &Node, ledger: &Ledger, at: usize) -> Vec<(u64, Value)> {
        let tx = &ledger.txs[at];
        let frame = records::own_frame(tx, node.network_id);
        let metas = tx.meta_v4().map(|meta| meta.operations.to_vec()).unwrap_or_default();
        let mut told = Vec::new();
        for (index, op) in frame.tx().operations.iter().enumerate() {
            let events = metas.get(index).map(|meta| meta.events.as_slice()).unwrap_or_default();
            let concerned = match &self.of {
                Scope::Account(id) => {
                    crate::history::participants(&frame, op, events).contains(&keys::ed25519_of(id).0)
                }
                _ => true,
            };
            if concerned && (self.list == List::Operations || operations::is_payment(&op.body, events)) {
                let place = toid(ledger.seq(), at as u32 + 1, index as u32 + 1);
                let mut record = operations::operation(ledger, at, index, &frame, events);
                if self.with_transactions {
                    record["transaction"] = records::transaction(ledger, at, node.network_id);
                }
                told.push((place, record));
            }
        }
        told
    }

    /// The page with its links.
    pub fn tell(&self, path: &str, records: Vec<Value>) -> Value {
        let here = match self.cursor {
            Cursor::Open => String::new(),
            Cursor::Now => "now".to_string(),
            Cursor::At(place) => place.to_string(),
        };
        let mut kept = String::new();
        if self.include_failed && !matches!(self.of, Scope::Transaction(_)) {
            kept.push_str("&include_failed=true");
        }
        if self.with_transactions {
            kept.push_str("&join=transactions");
        }
        linked(path, &kept, &here, self.limit, self.descending, records)
    }
}

/// Records with the links to this page, the next and the one before; `kept` is what else was asked for.
fn linked(path: &str, kept: &str, here: &str, limit: usize, descending: bool, records: Vec<Value>) -> Value {
    let token = |record: Option<&Value>| record.map_or(String::new(), |r| text(&r["paging_token"]));
    let (order, back) = if descending { ("desc", "asc") } else { ("asc", "desc") };
    let link = |cursor: &str, order: &str| json!({"href": format!("{path}?cursor={cursor}&limit={limit}&order={order}{kept}")});
    // An empty page leads on from where it was asked.
    let (first, last) = match (records.first(), records.last()) {
        (None, _) => (here.to_string(), here.to_string()),
        (first, last) => (token(first), token(last)),
    };
    json!({
        "_links": {"self": link(here, order), "next": link(&last, order), "prev": link(&first, back)},
        "_embedded": {"records": records},
    })
}

/// One page of a list that stands whole, in ascending order of what `rank` makes of its paging tokens.
pub fn cut<K: Ord>(
    mut records: Vec<Value>,
    path: &str,
    kept: &str,
    asked: &Asked,
    rank: impl Fn(&str) -> K,
) -> Result<Value, Wrong> {
    let (limit, descending) = (asked.limit()?, asked.is_descending()?);
    let here = asked.cursor.as_deref().unwrap_or_default();
    if descending {
        records.reverse();
    }
    if !here.is_empty() {
        let cursor = rank(here);
        let is_beyond = |record: &Value| {
            let place = rank(&text(&record["paging_token"]));
            if descending {
                place < cursor
            } else {
                place > cursor
            }
        };
        records.retain(is_beyond);
    }
    records.truncate(limit);
    Ok(linked(path, kept, here, limit, descending, records))
}

/// An operation by its id, which is its place.
pub fn operation_at(node: &Node, place: u64) -> Option<Value> {
    let (at, index) = (((place >> 12) & 0xF_FFFF) as usize, (place & 0xFFF) as usize);
    let ledger = node.history.ledger((place >> 32) as u32)?;
    let tx = ledger.txs.get(at.checked_sub(1)?)?;
    let frame = records::own_frame(tx, node.network_id);
    let index = index.checked_sub(1).filter(|index| *index < frame.tx().operations.len())?;
    let meta = tx.meta_v4();
    let events = meta.as_ref().and_then(|meta| meta.operations.get(index)).map(|op| op.events.as_slice());
    Some(operations::operation(ledger, at - 1, index, &frame, events.unwrap_or_default()))
}

fn walk<'a>(
    node: &'a Node,
    first: u32,
    end: u32,
    whole: bool,
    descending: bool,
) -> Box<dyn Iterator<Item = (&'a Ledger, usize)> + 'a> {
    let places = move |ledger: &'a Ledger| (0..if whole { 1 } else { ledger.txs.len() }).map(move |at| (ledger, at));
    let ledgers = node.history.between(first, end);
    if descending {
        Box::new(ledgers.rev().flat_map(move |ledger| places(ledger).rev()))
    } else {
        Box::new(ledgers.flat_map(places))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}
