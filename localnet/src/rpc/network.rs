//! getHealth, getNetwork, getVersionInfo, getLatestLedger, getFeeStats.

use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::{LedgerCloseMeta, LedgerHeader};

use super::{read, Answer, Context, Form};
use crate::codec;
use crate::node::Node;
use crate::settings::PROTOCOL;

const SOROBAN_FEE_LEDGERS: usize = 50;
const CLASSIC_FEE_LEDGERS: usize = 10;

pub fn health(node: &Node) -> Answer {
    let (latest, oldest) = (node.history.latest(), node.history.oldest());
    Ok(json!({
        "status": "healthy",
        "latestLedger": latest.seq(),
        "latestLedgerCloseTime": latest.close_time(),
        "oldestLedger": oldest.seq(),
        "oldestLedgerCloseTime": oldest.close_time(),
        "ledgerRetentionWindow": node.history.retention,
    }))
}

pub fn network(node: &Node, context: &Context) -> Answer {
    Ok(json!({
        "friendbotUrl": context.friendbot_url,
        "passphrase": node.passphrase,
        "protocolVersion": PROTOCOL,
    }))
}

pub fn version() -> Answer {
    Ok(json!({
        "version": concat!("tenor-localnet-", env!("CARGO_PKG_VERSION")),
        "commitHash": "",
        "buildTimestamp": "",
        "captiveCoreVersion": concat!("none: tenor-localnet ", env!("CARGO_PKG_VERSION"), " on soroban-env-host 28.0.2"),
        "protocolVersion": PROTOCOL,
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LatestParams {
    xdr_format: Option<String>,
}

pub fn latest_ledger(node: &Node, params: Value) -> Answer {
    let params: LatestParams = read(params)?;
    let form = Form::parse(params.xdr_format.as_deref())?;
    let latest = node.history.latest();
    let mut answer = json!({
        "id": latest.hash(),
        "protocolVersion": PROTOCOL,
        "sequence": latest.seq(),
        "closeTime": super::time_text(latest),
    });
    if let Value::Object(map) = &mut answer {
        form.put::<LedgerHeader>(map, "header", &codec::xdr(&latest.header.header));
        form.put::<LedgerCloseMeta>(map, "metadata", &codec::xdr(&latest.close_meta()));
    }
    Ok(answer)
}

pub fn fee_stats(node: &Node) -> Answer {
    let rates = |ledgers: usize, soroban: bool| -> (Vec<i64>, usize) {
        let window: Vec<_> = node.history.newest().take(ledgers).collect();
        let txs = window.iter().flat_map(|l| l.txs.iter()).filter(|tx| tx.is_soroban == soroban);
        (txs.map(|tx| tx.inclusion_rate).collect(), window.len())
    };
    let (soroban, soroban_ledgers) = rates(SOROBAN_FEE_LEDGERS, true);
    let (classic, classic_ledgers) = rates(CLASSIC_FEE_LEDGERS, false);
    Ok(json!({
        "sorobanInclusionFee": distribution(soroban, soroban_ledgers),
        "inclusionFee": distribution(classic, classic_ledgers),
        "latestLedger": node.history.latest().seq(),
    }))
}

/// The same figures in Horizon's shape, and beside what was charged what was bid.
pub fn horizon_fee_stats(node: &Node) -> Value {
    let window: Vec<_> = node.history.newest().take(CLASSIC_FEE_LEDGERS).collect();
    let charged = window.iter().flat_map(|ledger| ledger.txs.iter()).map(|tx| tx.inclusion_rate).collect();
    let bids = window.iter().flat_map(|ledger| ledger.txs.iter()).map(|tx| tx.inclusion_bid).collect();
    let latest = node.history.latest();
    let operations: u32 = latest.txs.iter().map(|tx| tx.operations).sum();
    let usage = f64::from(operations) / f64::from(latest.header.header.max_tx_set_size.max(1));
    let shape = |rates| {
        let mut told = distribution(rates, window.len());
        if let Value::Object(map) = &mut told {
            map.retain(|name, _| !name.ends_with("Count"));
        }
        told
    };
    json!({
        "last_ledger": latest.seq().to_string(),
        "last_ledger_base_fee": latest.header.header.base_fee.to_string(),
        "ledger_capacity_usage": format!("{:.2}", usage.min(1.0)),
        "fee_charged": shape(charged),
        "max_fee": shape(bids),
    })
}

fn distribution(mut rates: Vec<i64>, ledgers: usize) -> Value {
    rates.sort_unstable();
    let percentile = |percent: usize| -> String {
        // Nearest rank, as the network's own statistics do it.
        let rank = (percent * rates.len()).div_ceil(100);
        rates.get(rank.saturating_sub(1)).copied().unwrap_or(0).to_string()
    };
    json!({
        "max": rates.last().copied().unwrap_or(0).to_string(),
        "min": rates.first().copied().unwrap_or(0).to_string(),
        "mode": mode(&rates).to_string(),
        "p10": percentile(10), "p20": percentile(20), "p30": percentile(30), "p40": percentile(40),
        "p50": percentile(50), "p60": percentile(60), "p70": percentile(70), "p80": percentile(80),
        "p90": percentile(90), "p95": percentile(95), "p99": percentile(99),
        "transactionCount": rates.len().to_string(),
        "ledgerCount": ledgers,
    })
}

/// The most frequent rate of a sorted list, the lowest of equals.
fn mode(sorted: &[i64]) -> i64 {
    let mut best = (0, 0);
    for run in sorted.chunk_by(|a, b| a == b) {
        if run.len() > best.0 {
            best = (run.len(), run[0]);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_rank_and_an_empty_window_is_all_zeros() {
        let d = distribution(vec![300, 100, 100, 200], 4);
        assert_eq!(
            (&d["p50"], &d["p99"], &d["mode"], &d["max"]),
            (&json!("100"), &json!("300"), &json!("100"), &json!("300"))
        );
        let empty = distribution(Vec::new(), 2);
        assert_eq!((&empty["min"], &empty["transactionCount"]), (&json!("0"), &json!("0")));
    }
}
