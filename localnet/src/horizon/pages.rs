//! Lists in Horizon's manner: cursor, order and limit; all of the network or one account's. It only reads.

use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::AccountId;

use super::records;
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

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    cursor: Option<String>,
    order: Option<String>,
    limit: Option<String>,
    #[serde(default)]
    include_failed: bool,
}

/// What a list is asked for, its words checked.
#[derive(Clone, Debug)]
pub struct Page {
    pub list: List,
    pub of: Option<AccountId>,
    pub limit: usize,
    pub descending: bool,
    include_failed: bool,
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
    pub fn new(list: List, of: Option<AccountId>, asked: &Asked) -> Result<Page, Wrong> {
        let limit = match asked.limit.as_deref() {
            None | Some("") => DEFAULT_LIMIT,
            Some(text) => {
                let limit = text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
                limit.ok_or(Wrong { field: "limit", reason: "a limit is a number from 1 to 200" })?
            }
        };
        let descending = match asked.order.as_deref() {
            None | Some("" | "asc") => false,
            Some("desc") => true,
            Some(_) => return Err(Wrong { field: "order", reason: "an order is asc or desc" }),
        };
        let cursor = match asked.cursor.as_deref() {
            None | Some("") => Cursor::Open,
            Some("now") => Cursor::Now,
            Some(text) => {
                let place = text.parse().ok().filter(|place| i64::try_from(*place).is_ok());
                Cursor::At(place.ok_or(Wrong { field: "cursor", reason: "a cursor is a paging token or now" })?)
            }
        };
        Ok(Page { list, of, limit, descending, include_failed: asked.include_failed, cursor })
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
            Some(id) => node.history.txs_of(&keys::ed25519_of(id).0, first, end).collect::<Vec<_>>(),
            None => return walk(node, first, end, whole, self.descending),
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
            let concerned = self
                .of
                .as_ref()
                .is_none_or(|id| crate::history::participants(&frame, op, events).contains(&keys::ed25519_of(id).0));
            if concerned && (self.list == List::Operations || records::is_payment(&op.body, events)) {
                let place = toid(ledger.seq(), at as u32 + 1, index as u32 + 1);
                told.push((place, records::operation(ledger, at, index, &frame, events)));
            }
        }
        told
    }

    /// The page with its links.
    pub fn tell(&self, path: &str, records: Vec<Value>) -> Value {
        let token = |record: Option<&Value>| record.map_or(String::new(), |r| text(&r["paging_token"]));
        let (order, back) = if self.descending { ("desc", "asc") } else { ("asc", "desc") };
        let link = |cursor: &str, order: &str| json!({"href": format!("{path}?cursor={cursor}&limit={}&order={order}", self.limit)});
        let here = match self.cursor {
            Cursor::Open => String::new(),
            Cursor::Now => "now".to_string(),
            Cursor::At(place) => place.to_string(),
        };
        let (first, last) = (token(records.first()), token(records.last()));
        json!({
            "_links": {"self": link(&here, order), "next": link(&last, order), "prev": link(&first, back)},
            "_embedded": {"records": records},
        })
    }
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
