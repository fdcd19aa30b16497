//! Accounts as Horizon writes them: one, or all that a signer, an asset or a sponsor names. It only reads.

use serde_json::{json, Map, Value};
use stellar_xdr::*;

use super::records::paged;
use super::{amount, asset_fields, assets};
use crate::account;
use crate::codec;
use crate::node::Node;
use crate::rfc3339::rfc3339;
use crate::state::State;

/// What a list is narrowed to, each as Horizon writes it.
#[derive(Default)]
pub struct Wanted {
    pub signer: Option<String>,
    pub asset: Option<String>,
    pub sponsor: Option<String>,
}

/// Those that are wanted, in the order of their addresses.
pub fn list(node: &Node, wanted: &Wanted) -> Vec<Value> {
    let state = node.state.borrow();
    let accounts = state.iter().filter_map(|(_, slot)| match &slot.entry.data {
        LedgerEntryData::Account(account) => Some(&account.account_id),
        _ => None,
    });
    // Nobody sponsors accounts here.
    let mut told: Vec<Value> = accounts.filter(|_| wanted.sponsor.is_none()).filter_map(|id| one(node, id)).collect();
    let is = |value: &Value, text: &str| value.as_str() == Some(text);
    told.retain(|one| {
        let any =
            |list: &str, fits: &dyn Fn(&Value) -> bool| one[list].as_array().is_some_and(|all| all.iter().any(fits));
        let signs = |key: &String| any("signers", &|signer| is(&signer["key"], key));
        let holds = |asset: &String| {
            let (code, issuer) = asset.split_once(':').unwrap_or((asset, ""));
            any("balances", &|line| is(&line["asset_code"], code) && is(&line["asset_issuer"], issuer))
        };
        wanted.signer.as_ref().is_none_or(signs) && wanted.asset.as_ref().is_none_or(holds)
    });
    told.sort_by_key(|one| one["id"].as_str().map(ToString::to_string));
    told
}

/// One account with its balances, signers, thresholds, flags and data.
pub fn one(node: &Node, id: &AccountId) -> Option<Value> {
    let state = node.state.borrow();
    let entry = account::load(&*state, id)?;
    let text = id.to_string();
    let Thresholds([master, low, medium, high]) = entry.thresholds;
    let mut signers: Vec<Value> = entry.signers.iter().map(signer).collect();
    signers.push(json!({"weight": master, "key": text, "type": "ed25519_public_key"}));
    let (used_ledger, used_time) = account::sequence_used(&entry);
    let has = |flag: u32| entry.flags & flag != 0;
    let mut balances = lines(&state, id);
    balances.push(json!({
        "balance": amount(entry.balance),
        "buying_liabilities": amount(0),
        "selling_liabilities": amount(0),
        "asset_type": "native",
    }));
    let modified = state.get(&crate::keys::account(id)).map_or(0, |s| s.entry.last_modified_ledger_seq);
    let link = |name: &str| paged(&format!("/accounts/{text}/{name}"));
    Some(json!({
        "_links": {
            "self": {"href": format!("/accounts/{text}")},
            "transactions": link("transactions"),
            "operations": link("operations"),
            "payments": link("payments"),
            "effects": link("effects"),
            "offers": link("offers"),
            "trades": link("trades"),
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
        "last_modified_time": node.history.ledger(modified).map(|ledger| rfc3339(ledger.close_time())),
        "thresholds": {"low_threshold": low, "med_threshold": medium, "high_threshold": high},
        "flags": {
            "auth_required": has(account::AUTH_REQUIRED),
            "auth_revocable": has(account::AUTH_REVOCABLE),
            "auth_immutable": has(account::AUTH_IMMUTABLE),
            "auth_clawback_enabled": has(account::AUTH_CLAWBACK),
        },
        "balances": balances,
        "signers": signers,
        "data": data(&state, id),
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
