//! Transactions, operations and ledgers as Horizon writes them. Everything comes from the history; nothing reads state.

use serde_json::{json, Map, Value};
use stellar_xdr::*;

use super::{amount, asset_fields};
use crate::codec;
use crate::frame::{conditions, Frame};
use crate::history::{toid, Ledger, TxRecord};
use crate::keys;
use crate::rfc3339::rfc3339;

pub fn transaction(ledger: &Ledger, at: usize, network_id: [u8; 32]) -> Value {
    let tx = &ledger.txs[at];
    let frame = own_frame(tx, network_id);
    let result: TransactionResult = codec::own(&tx.result);
    let hash = hex::encode(tx.hash);
    let mut told = json!({
        "_links": {
            "self": {"href": format!("/transactions/{hash}")},
            "account": {"href": format!("/accounts/{}", frame.source())},
            "ledger": {"href": format!("/ledgers/{}", ledger.seq())},
        },
        "id": hash,
        "paging_token": toid(ledger.seq(), at as u32 + 1, 0).to_string(),
        "successful": tx.success,
        "hash": hash,
        "ledger": ledger.seq(),
        "created_at": rfc3339(ledger.close_time()),
        "source_account": frame.source().to_string(),
        "source_account_sequence": frame.seq_num().to_string(),
        "fee_account": frame.fee_source().to_string(),
        "fee_charged": result.fee_charged.to_string(),
        "max_fee": frame.full_fee().to_string(),
        "operation_count": frame.tx().operations.len(),
        "envelope_xdr": codec::base64(&tx.envelope),
        "result_xdr": codec::base64(&tx.result),
        "result_meta_xdr": codec::base64(&tx.meta),
        "fee_meta_xdr": codec::base64(&tx.fee_changes),
        "signatures": signatures(frame.bump().map_or(frame.signatures(), |bump| &bump.signatures)),
    });
    if let Value::Object(map) = &mut told {
        memo(&frame.tx().memo, map);
        bounds(frame.tx(), map);
        muxed("account", &frame.tx().source_account, map);
        if frame.bump().is_some() {
            let inner = hex::encode(frame.inner_hash);
            map.insert("fee_bump_transaction".into(), json!({"hash": hash, "signatures": map["signatures"]}));
            map.insert(
                "inner_transaction".into(),
                json!({
                    "hash": inner,
                    "signatures": signatures(frame.signatures()),
                    "max_fee": frame.tx().fee.to_string(),
                }),
            );
        }
    }
    told
}

pub fn own_frame(tx: &TxRecord, network_id: [u8; 32]) -> Frame {
    Frame::new(codec::own(&tx.envelope), network_id).expect("an applied envelope hashes")
}

fn signatures(list: &[DecoratedSignature]) -> Vec<String> {
    list.iter().map(|s| codec::base64(s.signature.as_slice())).collect()
}

fn memo(memo: &Memo, map: &mut Map<String, Value>) {
    let (kind, value) = match memo {
        Memo::None => ("none", None),
        Memo::Text(text) => {
            map.insert("memo_bytes".into(), json!(codec::base64(text.as_slice())));
            ("text", Some(text.to_utf8_string_lossy()))
        }
        Memo::Id(id) => ("id", Some(id.to_string())),
        Memo::Hash(hash) => ("hash", Some(codec::base64(hash.0))),
        Memo::Return(hash) => ("return", Some(codec::base64(hash.0))),
    };
    map.insert("memo_type".into(), json!(kind));
    map.extend(value.map(|value| ("memo".to_string(), json!(value))));
}

fn bounds(tx: &Transaction, map: &mut Map<String, Value>) {
    let Some(bounds) = conditions(&tx.cond).time_bounds else { return };
    let (first, last) = (bounds.min_time.0, bounds.max_time.0);
    let mut times = json!({"min_time": first.to_string()});
    map.insert("valid_after".into(), json!(rfc3339(first)));
    if last != 0 {
        times["max_time"] = json!(last.to_string());
        map.insert("valid_before".into(), json!(rfc3339(last)));
    }
    map.insert("preconditions".into(), json!({"timebounds": times}));
}

fn muxed(stem: &str, account: &MuxedAccount, map: &mut Map<String, Value>) {
    if let MuxedAccount::MuxedEd25519(m) = account {
        map.insert(format!("{stem}_muxed"), json!(account.to_string()));
        map.insert(format!("{stem}_muxed_id"), json!(m.id.to_string()));
    }
}

/// One operation; `events` are the contract events it emitted.
pub fn operation(ledger: &Ledger, at: usize, index: usize, frame: &Frame, events: &[ContractEvent]) -> Value {
    let tx = &ledger.txs[at];
    let op = &frame.tx().operations[index];
    let id = toid(ledger.seq(), at as u32 + 1, index as u32 + 1).to_string();
    let source = frame.op_source(op);
    let mut told = json!({
        "_links": {"self": {"href": format!("/operations/{id}")},
                   "transaction": {"href": format!("/transactions/{}", hex::encode(tx.hash))}},
        "id": id,
        "paging_token": id,
        "transaction_successful": tx.success,
        "source_account": source.to_string(),
        "type": kind(&op.body),
        "type_i": op.body.discriminant() as i32,
        "created_at": rfc3339(ledger.close_time()),
        "transaction_hash": hex::encode(tx.hash),
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
        }
        OperationBody::ManageData(op) => {
            put("name", json!(op.data_name.to_utf8_string_lossy()));
            put("value", json!(op.data_value.as_ref().map_or(String::new(), |v| codec::base64(v.0.as_slice()))));
        }
        OperationBody::BumpSequence(op) => put("bump_to", json!(op.bump_to.0.to_string())),
        OperationBody::CreateClaimableBalance(op) => {
            put("asset", json!(keys::asset_name(&op.asset)));
            put("amount", json!(amount(op.amount)));
            put("claimants", json!(op.claimants));
        }
        OperationBody::ClaimClaimableBalance(op) => {
            put("balance_id", json!(hex::encode(codec::xdr(&op.balance_id))));
            put("claimant", json!(source.to_string()));
        }
        OperationBody::ClawbackClaimableBalance(op) => {
            put("balance_id", json!(hex::encode(codec::xdr(&op.balance_id))));
        }
        OperationBody::InvokeHostFunction(op) => {
            put("function", json!(op.host_function.discriminant()));
            put("call", json!(op.host_function));
            put("asset_balance_changes", json!(balance_changes(events)));
        }
        OperationBody::ExtendFootprintTtl(op) => put("extend_to", json!(op.extend_to)),
        other => put("details", json!(other)),
    }
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

pub fn ledger(ledger: &Ledger) -> Value {
    let header = &ledger.header.header;
    let operations = |successful_only: bool| -> usize {
        let counted = ledger.txs.iter().filter(|tx| tx.success || !successful_only);
        counted.map(|tx| tx.operations as usize).sum()
    };
    let successful = ledger.txs.iter().filter(|tx| tx.success).count();
    json!({
        "_links": {"self": {"href": format!("/ledgers/{}", ledger.seq())}},
        "id": ledger.hash(),
        "paging_token": toid(ledger.seq(), 0, 0).to_string(),
        "hash": ledger.hash(),
        "prev_hash": hex::encode(header.previous_ledger_hash.0),
        "sequence": ledger.seq(),
        "successful_transaction_count": successful,
        "failed_transaction_count": ledger.txs.len() - successful,
        "operation_count": operations(true),
        "tx_set_operation_count": operations(false),
        "closed_at": rfc3339(ledger.close_time()),
        "total_coins": amount(header.total_coins),
        "fee_pool": amount(header.fee_pool),
        "base_fee_in_stroops": header.base_fee,
        "base_reserve_in_stroops": header.base_reserve,
        "max_tx_set_size": header.max_tx_set_size,
        "protocol_version": header.ledger_version,
        "header_xdr": codec::xdr_base64(header),
    })
}
