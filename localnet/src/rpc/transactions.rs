//! getTransaction and getTransactions.

use serde::Deserialize;
use serde_json::{json, Map, Value};
use stellar_xdr::{TransactionEnvelope, TransactionMeta, TransactionResult};

use super::{out_of_range, page_limit, read, Answer, Form, Page, RpcError};
use crate::history::{toid, Ledger};
use crate::node::Node;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GetParams {
    #[serde(default)]
    hash: String,
    xdr_format: Option<String>,
}

pub fn get(node: &Node, params: Value) -> Answer {
    let params: GetParams = read(params)?;
    let form = Form::parse(params.xdr_format.as_deref())?;
    if params.hash.len() != 64 {
        return Err(RpcError::params(format!("unexpected hash length ({})", params.hash.len())));
    }
    let hash = hex::decode(&params.hash).map_err(|e| RpcError::params(format!("incorrect hash: {e}")))?;
    let hash: [u8; 32] = hash.try_into().map_err(|_| RpcError::params("incorrect hash"))?;
    let mut answer = match node.history.find(&hash) {
        Some((ledger, at)) => {
            let mut found = details(ledger, at, form);
            found.insert("createdAt".to_string(), json!(super::time_text(ledger)));
            found
        }
        None => Map::from_iter([("status".to_string(), json!("NOT_FOUND"))]),
    };
    let (latest, oldest) = (node.history.latest(), node.history.oldest());
    answer.insert("txHash".to_string(), json!(params.hash));
    answer.insert("latestLedger".to_string(), json!(latest.seq()));
    answer.insert("latestLedgerCloseTime".to_string(), json!(super::time_text(latest)));
    answer.insert("oldestLedger".to_string(), json!(oldest.seq()));
    answer.insert("oldestLedgerCloseTime".to_string(), json!(super::time_text(oldest)));
    Ok(Value::Object(answer))
}

fn details(ledger: &Ledger, at: usize, form: Form) -> Map<String, Value> {
    let tx = &ledger.txs[at];
    let mut map = Map::new();
    map.insert("status".to_string(), json!(if tx.success { "SUCCESS" } else { "FAILED" }));
    map.insert("txHash".to_string(), json!(hex::encode(tx.hash)));
    map.insert("applicationOrder".to_string(), json!(at + 1));
    map.insert("feeBump".to_string(), json!(tx.is_bump));
    map.insert("ledger".to_string(), json!(ledger.seq()));
    form.put::<TransactionEnvelope>(&mut map, "envelope", &tx.envelope);
    form.put::<TransactionResult>(&mut map, "result", &tx.result);
    form.put::<TransactionMeta>(&mut map, "resultMeta", &tx.meta);
    if let Some(meta) = tx.meta_v4() {
        if !meta.diagnostic_events.is_empty() {
            map.insert(form.suffix("diagnosticEvents"), form.list(meta.diagnostic_events.iter()));
        }
        let contract: Vec<Value> = meta.operations.iter().map(|op| form.list(op.events.iter())).collect();
        let mut events = Map::new();
        events.insert(form.suffix("transactionEvents"), form.list(meta.events.iter()));
        events.insert(form.suffix("contractEvents"), json!(contract));
        map.insert("events".to_string(), Value::Object(events));
    }
    map
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListParams {
    start_ledger: Option<u32>,
    pagination: Option<Page>,
    xdr_format: Option<String>,
}

pub fn list(node: &Node, params: Value) -> Answer {
    let params: ListParams = read(params)?;
    let form = Form::parse(params.xdr_format.as_deref())?;
    let page = params.pagination.unwrap_or_default();
    let limit = page_limit(page.limit, DEFAULT_LIMIT, MAX_LIMIT)?;
    let (first, after) = start(node, params.start_ledger, page.cursor.as_deref())?;
    let mut listed = Vec::new();
    let mut cursor = after;
    'ledgers: for ledger in node.history.between(first, u32::MAX) {
        for at in 0..ledger.txs.len() {
            let place = toid(ledger.seq(), at as u32 + 1, 1);
            if place <= after {
                continue;
            }
            if listed.len() == limit {
                break 'ledgers;
            }
            let mut told = details(ledger, at, form);
            told.insert("createdAt".to_string(), json!(ledger.close_time()));
            listed.push(Value::Object(told));
            cursor = place;
        }
    }
    let (latest, oldest) = (node.history.latest(), node.history.oldest());
    Ok(json!({
        "transactions": listed,
        "latestLedger": latest.seq(),
        "latestLedgerCloseTimestamp": latest.close_time(),
        "oldestLedger": oldest.seq(),
        "oldestLedgerCloseTimestamp": oldest.close_time(),
        "cursor": cursor.to_string(),
    }))
}

/// The first ledger to look at, and the place after which transactions count.
fn start(node: &Node, start: Option<u32>, cursor: Option<&str>) -> Result<(u32, u64), RpcError> {
    let range = node.history.range();
    let (seq, after) = match (start, cursor) {
        (Some(_), Some(_)) => return Err(RpcError::params("startLedger and cursor cannot both be set")),
        (_, Some(cursor)) => {
            let place: u64 = cursor.parse().map_err(|_| RpcError::params(format!("invalid cursor: {cursor}")))?;
            ((place >> 32) as u32, place)
        }
        (start, None) => (start.unwrap_or(0), 0),
    };
    if range.contains(&seq) {
        Ok((seq, after))
    } else {
        Err(out_of_range(node))
    }
}
