//! getLedgerEntries: entries by key, archived ones included (their live-until tells).

use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::{LedgerEntryData, LedgerEntryExt, LedgerKey};

use super::{read, Answer, Form, RpcError};
use crate::codec;
use crate::keys;
use crate::node::Node;

const MAX_KEYS: usize = 200;
const MAX_KEY_BYTES: usize = 16 << 10;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params {
    #[serde(default)]
    keys: Vec<String>,
    xdr_format: Option<String>,
}

pub fn get(node: &Node, params: Value) -> Answer {
    let params: Params = read(params)?;
    let form = Form::parse(params.xdr_format.as_deref())?;
    if params.keys.len() > MAX_KEYS {
        return Err(RpcError::params(format!(
            "key count ({}) exceeds maximum supported ({MAX_KEYS})",
            params.keys.len()
        )));
    }
    let latest = node.history.latest().seq();
    let state = node.state.borrow();
    let mut entries = Vec::new();
    for (index, text) in params.keys.iter().enumerate() {
        let key: LedgerKey = codec::from_base64(text, MAX_KEY_BYTES)
            .map_err(|e| RpcError::params(format!("cannot unmarshal key value {text} at index {index}: {e}")))?;
        if matches!(key, LedgerKey::Ttl(_)) {
            return Err(RpcError::params("ledger ttl entries cannot be queried directly"));
        }
        let Some(slot) = state.get(&key) else { continue };
        if !keys::is_persistent(&key) && !slot.is_live(latest) {
            continue;
        }
        let (key_name, data_name, ext_name) = match form {
            Form::Base64 => ("key", "xdr", "extXdr"),
            Form::Json => ("keyJson", "dataJson", "extJson"),
        };
        let mut found = json!({
            key_name: form.value(&key),
            data_name: form.value::<LedgerEntryData>(&slot.entry.data),
            ext_name: form.value::<LedgerEntryExt>(&slot.entry.ext),
            "lastModifiedLedgerSeq": slot.entry.last_modified_ledger_seq,
        });
        if let Some(ttl) = slot.ttl {
            found["liveUntilLedgerSeq"] = json!(ttl.live_until);
        }
        entries.push(found);
    }
    Ok(json!({"entries": entries, "latestLedger": latest}))
}
