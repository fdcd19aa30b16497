//! Operations as Horizon writes them, each kind with its own fields. Everything comes from the history; nothing reads
//! state.

use serde_json::{json, Map, Value};
use stellar_xdr::*;

use super::claimable::claimant;
use super::records::muxed;
use super::{amount, asset_fields};
use crate::codec;
use crate::frame::Frame;
use crate::history::{toid, Ledger};
use crate::keys;
use crate::rfc3339::rfc3339;

/// One operation; `events` are the contract events it emitted.
pub fn operation(ledger: &Ledger, at: usize, index: usize, frame: &Frame, events: &[ContractEvent]) -> Value {
    let tx = &ledger.txs[at];
    let op = &frame.tx().operations[index];
    let id = toid(ledger.seq(), at as u32 + 1, index as u32 + 1).to_string();
    let source = frame.op_source(op);
    let hash = hex::encode(tx.hash);
    let mut told = json!({
        "_links": {
            "self": {"href": format!("/operations/{id}")},
            "transaction": {"href": format!("/transactions/{hash}")},
            "effects": {"href": format!("/operations/{id}/effects")},
            "succeeds": {"href": format!("/operations?order=desc&cursor={id}")},
            "precedes": {"href": format!("/operations?order=asc&cursor={id}")},
        },
        "id": id,
        "paging_token": id,
        "transaction_successful": tx.success,
        "source_account": source.to_string(),
        "type": kind(&op.body),
        "type_i": op.body.discriminant() as i32,
        "created_at": rfc3339(ledger.close_time()),
        "transaction_hash": hash,
    });
    if let Value::Object(map) = &mut told {
        if let Some(account) = &op.source_account {
            muxed("source_account", account, map);
        }
        details(&op.body, &source, events, map);
    }
    told
}

/// Horizon's name of an operation is XDR-JSON's.
fn kind(body: &OperationBody) -> Value {
    json!(body.discriminant())
}

pub fn is_payment(body: &OperationBody, events: &[ContractEvent]) -> bool {
    match body {
        OperationBody::CreateAccount(_) | OperationBody::Payment(_) | OperationBody::AccountMerge(_) => true,
        OperationBody::InvokeHostFunction(_) => !balance_changes(events).is_empty(),
        _ => false,
    }
}

fn details(body: &OperationBody, source: &AccountId, events: &[ContractEvent], map: &mut Map<String, Value>) {
    let mut put = |name: &str, value: Value| drop(map.insert(name.to_string(), value));
    match body {
        OperationBody::CreateAccount(op) => {
            put("starting_balance", json!(amount(op.starting_balance)));
            put("funder", json!(source.to_string()));
            put("account", json!(op.destination.to_string()));
        }
        OperationBody::Payment(op) => {
            asset_fields(&op.asset, map);
            map.insert("from".into(), json!(source.to_string()));
            map.insert("to".into(), json!(keys::account_of(&op.destination).to_string()));
            map.insert("amount".into(), json!(amount(op.amount)));
            muxed("to", &op.destination, map);
        }
        OperationBody::AccountMerge(to) => {
            put("account", json!(source.to_string()));
            put("into", json!(keys::account_of(to).to_string()));
            muxed("into", to, map);
        }
        OperationBody::ChangeTrust(op) => {
            put("limit", json!(amount(op.limit)));
            put("trustor", json!(source.to_string()));
            if let Some(asset) = crate::apply::checks::trust_asset(&op.line) {
                put("trustee", json!(keys::issuer(&asset).map(ToString::to_string)));
                asset_fields(&asset, map);
            }
        }
        OperationBody::Clawback(op) => {
            asset_fields(&op.asset, map);
            map.insert("from".into(), json!(keys::account_of(&op.from).to_string()));
            map.insert("amount".into(), json!(amount(op.amount)));
        }
        OperationBody::SetTrustLineFlags(op) => {
            asset_fields(&op.asset, map);
            map.insert("trustor".into(), json!(op.trustor.to_string()));
            flags("set_flags", op.set_flags, &LINE_FLAGS, map);
            flags("clear_flags", op.clear_flags, &LINE_FLAGS, map);
        }
        OperationBody::AllowTrust(op) => {
            asset_fields(&crate::apply::checks::asset_of(&op.asset, source), map);
            map.insert("trustee".into(), json!(source.to_string()));
            map.insert("trustor".into(), json!(op.trustor.to_string()));
            map.insert("authorize".into(), json!(op.authorize == 1));
            map.insert("authorize_to_maintain_liabilities".into(), json!(op.authorize == 2));
        }
        OperationBody::SetOptions(op) => set_options(op, map),
        OperationBody::ManageData(op) => {
            put("name", json!(op.data_name.to_utf8_string_lossy()));
            put("value", json!(op.data_value.as_ref().map_or(String::new(), |v| codec::base64(v.0.as_slice()))));
        }
        OperationBody::BumpSequence(op) => put("bump_to", json!(op.bump_to.0.to_string())),
        OperationBody::CreateClaimableBalance(op) => {
            put("asset", json!(keys::asset_name(&op.asset)));
            put("amount", json!(amount(op.amount)));
            put("sponsor", json!(source.to_string()));
            put("claimants", op.claimants.iter().map(claimant).collect());
        }
        OperationBody::ClaimClaimableBalance(op) => {
            put("balance_id", json!(hex::encode(codec::xdr(&op.balance_id))));
            put("claimant", json!(source.to_string()));
        }
        OperationBody::ClawbackClaimableBalance(op) => {
            put("balance_id", json!(hex::encode(codec::xdr(&op.balance_id))));
        }
        OperationBody::InvokeHostFunction(op) => {
            put("asset_balance_changes", json!(balance_changes(events)));
            put("call", json!(op.host_function));
            host_function(&op.host_function, map);
        }
        OperationBody::ExtendFootprintTtl(op) => put("extend_to", json!(op.extend_to)),
        // Restoring and inflation have no fields; of the kinds that this network refuses, XDR-JSON's.
        OperationBody::RestoreFootprint(_) | OperationBody::Inflation => {}
        other => put("details", json!(other)),
    }
}

const ACCOUNT_FLAGS: [&str; 4] = ["auth_required", "auth_revocable", "auth_immutable", "auth_clawback_enabled"];
/// The second one is spelt so on the network.
const LINE_FLAGS: [&str; 3] = ["authorized", "authorized_to_maintain_liabilites", "clawback_enabled"];

/// The bits of a field as numbers, and as words beside.
fn flags(name: &str, bits: u32, words: &[&str], map: &mut Map<String, Value>) {
    let set: Vec<usize> = (0..words.len()).filter(|at| bits & 1 << at != 0).collect();
    if !set.is_empty() {
        map.insert(name.to_string(), set.iter().map(|at| 1 << at).collect::<Vec<u32>>().into());
        map.insert(format!("{name}_s"), set.iter().map(|at| words[*at]).collect::<Vec<_>>().into());
    }
}

fn set_options(op: &SetOptionsOp, map: &mut Map<String, Value>) {
    let numbers = [
        ("master_key_weight", op.master_weight),
        ("low_threshold", op.low_threshold),
        ("med_threshold", op.med_threshold),
        ("high_threshold", op.high_threshold),
    ];
    map.extend(numbers.into_iter().filter_map(|(name, number)| Some((name.to_string(), json!(number?)))));
    if let Some(domain) = &op.home_domain {
        map.insert("home_domain".into(), json!(domain.to_utf8_string_lossy()));
    }
    if let Some(to) = &op.inflation_dest {
        map.insert("inflation_dest".into(), json!(to.to_string()));
    }
    if let Some(signer) = &op.signer {
        map.insert("signer_key".into(), json!(signer.key.to_string()));
        map.insert("signer_weight".into(), json!(signer.weight));
    }
    flags("set_flags", op.set_flags.unwrap_or_default(), &ACCOUNT_FLAGS, map);
    flags("clear_flags", op.clear_flags.unwrap_or_default(), &ACCOUNT_FLAGS, map);
}

fn host_function(function: &HostFunction, map: &mut Map<String, Value>) {
    let mut put = |name: &str, value: Value| drop(map.insert(name.to_string(), value));
    let parameters = |values: &[ScVal]| values.iter().map(parameter).collect::<Value>();
    let kind = match function {
        HostFunction::InvokeContract(call) => {
            let mut all =
                vec![ScVal::Address(call.contract_address.clone()), ScVal::Symbol(call.function_name.clone())];
            all.extend(call.args.iter().cloned());
            put("parameters", parameters(&all));
            "InvokeContract"
        }
        HostFunction::CreateContract(create) => {
            created_from(&create.contract_id_preimage, &mut put);
            "CreateContract"
        }
        HostFunction::CreateContractV2(create) => {
            created_from(&create.contract_id_preimage, &mut put);
            put("parameters", parameters(&create.constructor_args));
            "CreateContractV2"
        }
        HostFunction::UploadContractWasm(_) => "UploadContractWasm",
    };
    put("function", json!(format!("HostFunctionTypeHostFunctionType{kind}")));
}

fn created_from(preimage: &ContractIdPreimage, put: &mut impl FnMut(&str, Value)) {
    match preimage {
        ContractIdPreimage::Address(from) => {
            put("from", json!("address"));
            put("address", json!(from.address.to_string()));
            put("salt", json!(decimal(from.salt.0)));
        }
        ContractIdPreimage::Asset(asset) => {
            put("from", json!("asset"));
            put("asset", json!(keys::asset_name(asset)));
        }
    }
}

/// 32 bytes as one decimal number.
fn decimal(bytes: [u8; 32]) -> String {
    let mut digits = vec![0_u8];
    for byte in bytes {
        let mut carry = u32::from(byte);
        for digit in digits.iter_mut() {
            carry += u32::from(*digit) * 256;
            *digit = (carry % 10) as u8;
            carry /= 10;
        }
        while carry > 0 {
            digits.push((carry % 10) as u8);
            carry /= 10;
        }
    }
    digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect()
}

/// A contract value with the name that Horizon has for its kind.
fn parameter(value: &ScVal) -> Value {
    let kind = match value {
        ScVal::Void | ScVal::LedgerKeyContractInstance => "",
        ScVal::Bool(_) => "B",
        ScVal::Error(_) => "Error",
        ScVal::String(_) => "Str",
        ScVal::Symbol(_) => "Sym",
        ScVal::LedgerKeyNonce(_) => "NonceKey",
        ScVal::ContractInstance(_) => "Instance",
        other => other.name(),
    };
    json!({"value": codec::xdr_base64(value), "type": kind})
}

/// What the unified asset events of a call say about balances.
fn balance_changes(events: &[ContractEvent]) -> Vec<Value> {
    events.iter().filter_map(balance_change).collect()
}

fn balance_change(event: &ContractEvent) -> Option<Value> {
    let ContractEventBody::V0(body) = &event.body;
    let [ScVal::Symbol(name), who @ .., ScVal::String(asset)] = body.topics.as_slice() else { return None };
    let name = name.to_utf8_string_lossy();
    let addresses: Vec<String> =
        who.iter().filter_map(|t| if let ScVal::Address(a) = t { Some(a.to_string()) } else { None }).collect();
    let (from, to) = match (name.as_str(), addresses.as_slice()) {
        ("transfer", [from, to]) => (Some(from), Some(to)),
        ("mint", [to]) => (None, Some(to)),
        ("burn" | "clawback", [from]) => (Some(from), None),
        _ => return None,
    };
    let amount_of = |value: &ScVal| match value {
        ScVal::I128(parts) => Some(i128::from(parts.hi) << 64 | i128::from(parts.lo)),
        _ => None,
    };
    let units = match &body.data {
        ScVal::Map(Some(map)) => map.iter().find_map(|entry| amount_of(&entry.val)),
        value => amount_of(value),
    }?;
    let asset = asset.to_utf8_string_lossy();
    let mut told = json!({"type": name, "amount": amount(i64::try_from(units).ok()?)});
    if let ScVal::Map(Some(map)) = &body.data {
        if let Some(ScVal::U64(id)) = map.iter().find(|e| is_symbol(&e.key, "to_muxed_id")).map(|e| &e.val) {
            told["destination_muxed_id"] = json!(id.to_string());
        }
    }
    match asset.split_once(':') {
        None => told["asset_type"] = json!("native"),
        Some((code, issuer)) => {
            told["asset_type"] = json!(if code.len() <= 4 { "credit_alphanum4" } else { "credit_alphanum12" });
            told["asset_code"] = json!(code);
            told["asset_issuer"] = json!(issuer);
        }
    }
    if let Some(from) = from {
        told["from"] = json!(from);
    }
    if let Some(to) = to {
        told["to"] = json!(to);
    }
    Some(told)
}

fn is_symbol(value: &ScVal, name: &str) -> bool {
    matches!(value, ScVal::Symbol(symbol) if symbol.0.as_slice() == name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_salt_is_one_decimal_number() {
        assert_eq!(decimal([0; 32]), "0");
        let mut one_thousand = [0; 32];
        one_thousand[30..].copy_from_slice(&1_000_u16.to_be_bytes());
        assert_eq!(decimal(one_thousand), "1000");
        let largest = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        assert_eq!(decimal([255; 32]), largest);
    }

    #[test]
    fn flags_are_told_as_bits_and_as_words() {
        let mut map = Map::new();
        flags("set_flags", 0b1010, &ACCOUNT_FLAGS, &mut map);
        assert_eq!(map["set_flags"], json!([2, 8]));
        assert_eq!(map["set_flags_s"], json!(["auth_revocable", "auth_clawback_enabled"]));
        flags("clear_flags", 0, &ACCOUNT_FLAGS, &mut map);
        assert!(!map.contains_key("clear_flags"));
    }
}
