//! The little of Horizon that wallets and anchors ask for: the root and one account here, lists and the rest below.
//! It changes nothing but by handing in transactions.

mod assets;
mod claimable;
mod codes;
mod pages;
mod records;
mod routes;

use serde_json::{json, Map, Value};
use stellar_xdr::*;

use crate::account;
use crate::codec;
use crate::node::Node;
use crate::state::State;

pub use codes::result_codes;
pub use routes::routes;

pub fn root(node: &Node) -> Value {
    let latest = node.history.latest();
    json!({
        "horizon_version": concat!("tenor-localnet-", env!("CARGO_PKG_VERSION")),
        "core_version": concat!("tenor-localnet-", env!("CARGO_PKG_VERSION")),
        "history_latest_ledger": latest.seq(),
        "history_elder_ledger": node.history.oldest().seq(),
        "core_latest_ledger": latest.seq(),
        "network_passphrase": node.passphrase,
        "current_protocol_version": crate::settings::PROTOCOL,
        "supported_protocol_version": crate::settings::PROTOCOL,
        "core_supported_protocol_version": crate::settings::PROTOCOL,
    })
}

pub fn account(node: &Node, id: &str) -> Option<Value> {
    let id: AccountId = id.parse().ok()?;
    let state = node.state.borrow();
    let entry = account::load(&*state, &id)?;
    let text = id.to_string();
    let Thresholds([master, low, medium, high]) = entry.thresholds;
    let mut signers: Vec<Value> = entry.signers.iter().map(signer).collect();
    signers.push(json!({"weight": master, "key": text, "type": "ed25519_public_key"}));
    let (used_ledger, used_time) = account::sequence_used(&entry);
    let has = |flag: u32| entry.flags & flag != 0;
    let mut balances = lines(&state, &id);
    balances.push(json!({
        "balance": amount(entry.balance),
        "buying_liabilities": amount(0),
        "selling_liabilities": amount(0),
        "asset_type": "native",
    }));
    let modified = state.get(&crate::keys::account(&id)).map_or(0, |s| s.entry.last_modified_ledger_seq);
    let link =
        |name: &str| json!({"href": format!("/accounts/{text}/{name}{{?cursor,limit,order}}"), "templated": true});
    Some(json!({
        "_links": {
            "self": {"href": format!("/accounts/{text}")},
            "transactions": link("transactions"),
            "operations": link("operations"),
            "payments": link("payments"),
            "data": {"href": format!("/accounts/{text}/data/{{key}}"), "templated": true},
        },
        "id": text,
        "account_id": text,
        "sequence": entry.seq_num.0.to_string(),
        "sequence_ledger": used_ledger,
        "sequence_time": used_time.to_string(),
        "subentry_count": entry.num_sub_entries,
        "home_domain": entry.home_domain.to_utf8_string_lossy(),
        "last_modified_ledger": modified,
        "thresholds": {"low_threshold": low, "med_threshold": medium, "high_threshold": high},
        "flags": {
            "auth_required": has(account::AUTH_REQUIRED),
            "auth_revocable": has(account::AUTH_REVOCABLE),
            "auth_immutable": has(account::AUTH_IMMUTABLE),
            "auth_clawback_enabled": has(account::AUTH_CLAWBACK),
        },
        "balances": balances,
        "signers": signers,
        "data": data(&state, &id),
        "num_sponsoring": account::sponsoring(&entry),
        "num_sponsored": 0,
        "paging_token": text,
    }))
}

fn lines(state: &State, id: &AccountId) -> Vec<Value> {
    let first = LedgerKeyTrustLine { account_id: id.clone(), asset: TrustLineAsset::Native };
    let mut lines = Vec::new();
    for (_, slot) in state.from(&LedgerKey::Trustline(first)) {
        match &slot.entry.data {
            LedgerEntryData::Trustline(line) if line.account_id == *id => {
                lines.push(balance(line, slot.entry.last_modified_ledger_seq));
            }
            _ => break,
        }
    }
    lines
}

fn data(state: &State, id: &AccountId) -> Map<String, Value> {
    let mut data = Map::new();
    for (_, slot) in state.from(&crate::keys::data(id, &String64::default())) {
        match &slot.entry.data {
            LedgerEntryData::Data(d) if d.account_id == *id => {
                data.insert(d.data_name.to_utf8_string_lossy(), json!(codec::base64(d.data_value.0.as_slice())));
            }
            _ => break,
        }
    }
    data
}

fn signer(signer: &Signer) -> Value {
    let kind = match signer.key {
        SignerKey::Ed25519(_) => "ed25519_public_key",
        SignerKey::PreAuthTx(_) => "preauth_tx",
        SignerKey::HashX(_) => "sha256_hash",
        SignerKey::Ed25519SignedPayload(_) => "ed25519_signed_payload",
    };
    json!({"weight": signer.weight, "key": signer.key.to_string(), "type": kind})
}

fn balance(line: &TrustLineEntry, modified: u32) -> Value {
    let authorized = line.flags & account::LINE_AUTHORIZED != 0;
    let mut told = json!({
        "balance": amount(line.balance),
        "limit": amount(line.limit),
        "buying_liabilities": amount(0),
        "selling_liabilities": amount(0),
        "last_modified_ledger": modified,
        "is_authorized": authorized,
        "is_authorized_to_maintain_liabilities": authorized || line.flags & account::LINE_MAINTAIN != 0,
        "is_clawback_enabled": line.flags & account::LINE_CLAWBACK != 0,
    });
    if let (Value::Object(map), Some(asset)) = (&mut told, assets::asset_of(&line.asset)) {
        asset_fields(&asset, map);
    }
    told
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
