//! getEvents: filters, cursors and the scan window. An empty page still moves the cursor.

use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::{ContractId, Hash, ScVal};

use super::{out_of_range, page_limit, read, Answer, Form, Page, RpcError};
use crate::codec;
use crate::event_index::{Key, INDEXED_TOPICS};
use crate::history::{toid, EventRecord, Ledger, AFTER_ALL};
use crate::node::Node;
use crate::rfc3339::rfc3339;

const MAX_FILTERS: usize = 5;
const MAX_CONTRACTS: usize = 5;
const MAX_TOPICS: usize = 5;
const MAX_SEGMENTS: usize = 4;
const DEFAULT_LIMIT: u32 = 100;
const MAX_LIMIT: u32 = 10_000;
const SCAN_LEDGERS: u32 = 10_000;
const MAX_SEGMENT_BYTES: usize = 64 << 10;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params {
    start_ledger: Option<u32>,
    end_ledger: Option<u32>,
    #[serde(default)]
    filters: Vec<FilterParams>,
    pagination: Option<Page>,
    xdr_format: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FilterParams {
    #[serde(rename = "type", default)]
    kinds: String,
    #[serde(default)]
    contract_ids: Vec<String>,
    #[serde(default)]
    topics: Vec<Vec<String>>,
}

pub fn get(node: &Node, params: Value) -> Answer {
    let params: Params = read(params)?;
    let form = Form::parse(params.xdr_format.as_deref())?;
    let page = params.pagination.unwrap_or_default();
    let limit = page_limit(page.limit, DEFAULT_LIMIT, MAX_LIMIT)?;
    if params.filters.len() > MAX_FILTERS {
        return Err(RpcError::params(format!("maximum {MAX_FILTERS} filters per request")));
    }
    let filters: Vec<Filter> = params.filters.iter().map(Filter::new).collect::<Result<_, _>>()?;
    let (first, after) = start(params.start_ledger, params.end_ledger, page.cursor.as_deref())?;
    let range = node.history.range();
    if !range.contains(&first) {
        return Err(out_of_range(node));
    }
    let end = (range.end() + 1).min(first.saturating_add(SCAN_LEDGERS)).min(params.end_ledger.unwrap_or(u32::MAX));
    let mut told = Vec::new();
    let mut last = None;
    for (ledger, event) in candidates(node, &filters, first, end) {
        let place = event.place(ledger.seq());
        if after.is_some_and(|after| place <= after) || !passes(&filters, event) {
            continue;
        }
        told.push(show(ledger, event, form));
        last = Some(place);
        if told.len() == limit {
            break;
        }
    }
    let cursor = match last {
        Some(place) if told.len() == limit => id(place),
        // Everything up to the end of the window has been seen.
        _ => id((toid(end.saturating_sub(1).max(first), AFTER_ALL, 0xFFF), u32::MAX)),
    };
    let (latest, oldest) = (node.history.latest(), node.history.oldest());
    Ok(json!({
        "events": told,
        "cursor": cursor,
        "latestLedger": latest.seq(),
        "oldestLedger": oldest.seq(),
        "latestLedgerCloseTime": super::time_text(latest),
        "oldestLedgerCloseTime": super::time_text(oldest),
    }))
}

/// Every event that may pass, in order: by the index where each filter names a contract or a topic, else all.
fn candidates<'a>(
    node: &'a Node,
    filters: &[Filter],
    first: u32,
    end: u32,
) -> Box<dyn Iterator<Item = (&'a Ledger, &'a EventRecord)> + 'a> {
    let keys: Option<Vec<Vec<Key>>> = filters.iter().map(|filter| filter.narrowest(node, first, end)).collect();
    match keys.filter(|keys| !keys.is_empty()) {
        Some(keys) => Box::new(node.history.events_by(&keys.concat(), first, end)),
        None => Box::new(node.history.between(first, end).flat_map(|l| l.events.iter().map(move |event| (l, event)))),
    }
}

type Place = (u64, u32);

fn id((toid, index): Place) -> String {
    format!("{toid:019}-{index:010}")
}

/// The first ledger to scan, and the event after which the page starts.
fn start(start: Option<u32>, end: Option<u32>, cursor: Option<&str>) -> Result<(u32, Option<Place>), RpcError> {
    let Some(cursor) = cursor else {
        return match start {
            None | Some(0) => Err(RpcError::params("startLedger must be positive")),
            Some(start) if end.is_some_and(|end| end <= start) => {
                Err(RpcError::params("endLedger must be greater than startLedger"))
            }
            Some(start) => Ok((start, None)),
        };
    };
    if start.is_some() || end.is_some() {
        return Err(RpcError::params("ledger ranges and cursor cannot both be set"));
    }
    let place = cursor.split_once('-').and_then(|(toid, index)| Some((toid.parse().ok()?, index.parse().ok()?)));
    let place: Place = place.ok_or_else(|| RpcError::params(format!("invalid cursor: {cursor}")))?;
    Ok(((place.0 >> 32) as u32, Some(place)))
}

struct Filter {
    system: bool,
    contract: bool,
    contracts: Vec<[u8; 32]>,
    topics: Vec<Topics>,
}

/// Segments to match in order (`None` takes any one), and whether more may follow.
struct Topics {
    segments: Vec<Option<Vec<u8>>>,
    open: bool,
}

impl Filter {
    fn new(params: &FilterParams) -> Result<Filter, RpcError> {
        let kinds: Vec<&str> = params.kinds.split(',').filter(|k| !k.is_empty()).collect();
        if let Some(wrong) = kinds.iter().find(|k| !["system", "contract"].contains(k)) {
            return Err(RpcError::params(format!("filter type invalid: {wrong}; expected system or contract")));
        }
        if params.contract_ids.len() > MAX_CONTRACTS {
            return Err(RpcError::params(format!("maximum {MAX_CONTRACTS} contract IDs per filter")));
        }
        if params.topics.len() > MAX_TOPICS {
            return Err(RpcError::params(format!("maximum {MAX_TOPICS} topics per filter")));
        }
        let contract = |id: &String| -> Result<[u8; 32], RpcError> {
            let parsed: Result<ContractId, _> = id.parse();
            parsed.map(|id| id.0 .0).map_err(|_| RpcError::params(format!("contract ID {id} invalid")))
        };
        Ok(Filter {
            system: kinds.is_empty() || kinds.contains(&"system"),
            contract: kinds.is_empty() || kinds.contains(&"contract"),
            contracts: params.contract_ids.iter().map(contract).collect::<Result<_, _>>()?,
            topics: params.topics.iter().map(|t| Topics::new(t)).collect::<Result<_, _>>()?,
        })
    }

    /// The keys that between them name every event this filter lets pass, and the fewest others; `None` without any.
    fn narrowest(&self, node: &Node, first: u32, end: u32) -> Option<Vec<Key>> {
        let contracts = (!self.contracts.is_empty()).then(|| self.contracts.iter().map(Key::contract).collect());
        let topics = (0..INDEXED_TOPICS).filter(|_| !self.topics.is_empty()).map(|place| {
            let named = self.topics.iter().map(|topics| Some(Key::topic(place, topics.segments.get(place)?.as_ref()?)));
            named.collect::<Option<Vec<Key>>>()
        });
        let choices = std::iter::once(contracts).chain(topics).flatten();
        choices.min_by_key(|keys: &Vec<Key>| node.history.count_events(keys, first, end))
    }

    fn passes(&self, event: &EventRecord) -> bool {
        (if event.is_system { self.system } else { self.contract })
            && (self.contracts.is_empty() || event.contract.is_some_and(|id| self.contracts.contains(&id)))
            && (self.topics.is_empty() || self.topics.iter().any(|t| t.matches(&event.topics)))
    }
}

impl Topics {
    fn new(texts: &[String]) -> Result<Topics, RpcError> {
        let (open, texts) = match texts.split_last() {
            Some((last, rest)) if last == "**" => (true, rest),
            _ => (false, texts),
        };
        if texts.is_empty() && !open {
            return Err(RpcError::params("topic must have at least one segment"));
        }
        if texts.len() > MAX_SEGMENTS {
            return Err(RpcError::params(format!("topic cannot have more than {MAX_SEGMENTS} segments")));
        }
        let segment = |text: &String| -> Result<Option<Vec<u8>>, RpcError> {
            match text.as_str() {
                "*" => Ok(None),
                "**" => Err(RpcError::params("wildcard '**' is only allowed as the last segment")),
                text => codec::from_base64::<ScVal>(text, MAX_SEGMENT_BYTES)
                    .map(|value| Some(codec::xdr(&value)))
                    .map_err(|e| RpcError::params(format!("topic segment {text} invalid: {e}"))),
            }
        };
        Ok(Topics { segments: texts.iter().map(segment).collect::<Result<_, _>>()?, open })
    }

    fn matches(&self, topics: &[Vec<u8>]) -> bool {
        let fits = if self.open { topics.len() >= self.segments.len() } else { topics.len() == self.segments.len() };
        fits && self.segments.iter().zip(topics).all(|(wanted, topic)| wanted.as_ref().is_none_or(|w| w == topic))
    }
}

fn passes(filters: &[Filter], event: &EventRecord) -> bool {
    filters.is_empty() || filters.iter().any(|f| f.passes(event))
}

fn show(ledger: &Ledger, event: &EventRecord, form: Form) -> Value {
    let tx = &ledger.txs[event.tx_at];
    let topics: Vec<Value> = event.topics.iter().map(|t| form.bytes::<ScVal>(t)).collect();
    let (topic_name, value_name) = match form {
        Form::Base64 => ("topic", "value"),
        Form::Json => ("topicJson", "valueJson"),
    };
    json!({
        "type": if event.is_system { "system" } else { "contract" },
        "ledger": ledger.seq(),
        "ledgerClosedAt": rfc3339(ledger.close_time()),
        "contractId": event.contract.map_or(String::new(), |id| ContractId(Hash(id)).to_string()),
        "id": id(event.place(ledger.seq())),
        "operationIndex": event.op,
        "transactionIndex": event.tx_order,
        "txHash": hex::encode(tx.hash),
        "inSuccessfulContractCall": true,
        topic_name: topics,
        value_name: form.bytes::<ScVal>(&event.value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_takes_one_topic_and_two_stars_any_number() {
        let any = |texts: &[&str]| Topics::new(&texts.iter().map(|t| t.to_string()).collect::<Vec<_>>()).unwrap();
        let topics = [vec![1], vec![2]];
        assert!(any(&["*", "*"]).matches(&topics));
        assert!(!any(&["*"]).matches(&topics));
        assert!(any(&["*", "**"]).matches(&topics));
        assert!(any(&["**"]).matches(&topics));
        assert!(!any(&["*", "*", "*", "**"]).matches(&topics));
        assert!(Topics::new(&["**".to_string(), "*".to_string()]).is_err());
    }

    #[test]
    fn a_cursor_reads_back_as_its_place() {
        let place = (toid(77, 3, 1), 9);
        assert_eq!(start(None, None, Some(&id(place))).unwrap(), (77, Some(place)));
        assert!(start(Some(3), None, Some(&id(place))).is_err());
        assert!(start(None, None, None).is_err());
    }
}
