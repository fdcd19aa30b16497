//! The little of Horizon that wallets and anchors ask for: the root here, the rest below.
//! It changes nothing but by handing in transactions.

mod accounts;
mod assets;
mod claimable;
mod codes;
mod operations;
mod pages;
mod records;
mod routes;
mod submit;

use serde_json::{json, Map, Value};
use stellar_xdr::Asset;

use crate::node::Node;
use crate::rfc3339::rfc3339;

pub use codes::result_codes;
pub use routes::routes;

pub fn root(node: &Node) -> Value {
    let latest = node.history.latest();
    json!({
        "horizon_version": concat!("tenor-localnet-", env!("CARGO_PKG_VERSION")),
        "core_version": concat!("tenor-localnet-", env!("CARGO_PKG_VERSION")),
        "ingest_latest_ledger": latest.seq(),
        "history_latest_ledger": latest.seq(),
        "history_latest_ledger_closed_at": rfc3339(latest.close_time()),
        "history_elder_ledger": node.history.oldest().seq(),
        "core_latest_ledger": latest.seq(),
        "network_passphrase": node.passphrase,
        "current_protocol_version": crate::settings::PROTOCOL,
        "supported_protocol_version": crate::settings::PROTOCOL,
        "core_supported_protocol_version": crate::settings::PROTOCOL,
    })
}

fn asset_fields(asset: &Asset, map: &mut Map<String, Value>) {
    let kind = match asset {
        Asset::Native => "native",
        Asset::CreditAlphanum4(_) => "credit_alphanum4",
        Asset::CreditAlphanum12(_) => "credit_alphanum12",
    };
    map.insert("asset_type".to_string(), json!(kind));
    if let Some((code, issuer)) = crate::keys::asset_name(asset).split_once(':') {
        map.insert("asset_code".to_string(), json!(code));
        map.insert("asset_issuer".to_string(), json!(issuer));
    }
}

/// Seven decimals, as Horizon writes amounts.
fn amount(stroops: i64) -> String {
    format!("{}.{:07}", stroops / 10_000_000, stroops % 10_000_000)
}
