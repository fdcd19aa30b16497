//! getLedgers: closed ledgers with header and close meta, page by page.

use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::{LedgerCloseMeta, LedgerHeaderHistoryEntry};

use super::{out_of_range, page_limit, read, Answer, Form, Page, RpcError};
use crate::codec;
use crate::node::Node;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params {
    start_ledger: Option<u32>,
    pagination: Option<Page>,
    xdr_format: Option<String>,
}

pub fn get(node: &Node, params: Value) -> Answer {
    let params: Params = read(params)?;
    let form = Form::parse(params.xdr_format.as_deref())?;
    let page = params.pagination.unwrap_or_default();
    let limit = page_limit(page.limit, DEFAULT_LIMIT, MAX_LIMIT)?;
    let start = start(node, params.start_ledger, page.cursor.as_deref())?;
    let mut ledgers = Vec::new();
    for ledger in node.history.between(start, u32::MAX).take(limit) {
        let mut told = json!({
            "hash": ledger.hash(),
            "sequence": ledger.seq(),
            "ledgerCloseTime": super::time_text(ledger),
        });
        if let Value::Object(map) = &mut told {
            form.put::<LedgerHeaderHistoryEntry>(map, "header", &codec::xdr(&ledger.header));
            form.put::<LedgerCloseMeta>(map, "metadata", &codec::xdr(&ledger.close_meta()));
            if form == Form::Json {
                // The network leaves these in, empty, and clients require them.
                map.insert("headerXdr".to_string(), json!(""));
                map.insert("metadataXdr".to_string(), json!(""));
            }
        }
        ledgers.push(told);
    }
    let (latest, oldest) = (node.history.latest(), node.history.oldest());
    let cursor = ledgers.last().map_or(json!(start.to_string()), |l| json!(l["sequence"].to_string()));
    Ok(json!({
        "ledgers": ledgers,
        "latestLedger": latest.seq(),
        "latestLedgerCloseTime": latest.close_time(),
        "oldestLedger": oldest.seq(),
        "oldestLedgerCloseTime": oldest.close_time(),
        "cursor": cursor,
    }))
}

fn start(node: &Node, start: Option<u32>, cursor: Option<&str>) -> Result<u32, RpcError> {
    let range = node.history.range();
    match (start, cursor) {
        (Some(_), Some(_)) => Err(RpcError::params("startLedger and cursor cannot both be set")),
        (_, Some(cursor)) => {
            let seq: u32 = cursor.parse().map_err(|_| RpcError::params(format!("invalid cursor: {cursor}")))?;
            if !range.contains(&seq) || seq == *range.end() {
                return Err(RpcError::params(format!(
                    "cursor ('{cursor}') must be between the oldest ledger: {} and the latest ledger: {} for this rpc instance",
                    range.start(),
                    range.end()
                )));
            }
            Ok(seq + 1)
        }
        (start, None) => {
            let start = start.unwrap_or(0);
            if range.contains(&start) {
                Ok(start)
            } else {
                Err(out_of_range(node))
            }
        }
    }
}
