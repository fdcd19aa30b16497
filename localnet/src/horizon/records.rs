//! Transactions and ledgers as Horizon writes them. Everything comes from the history; nothing reads state.

use serde_json::{json, Map, Value};
use stellar_xdr::*;

use super::amount;
use crate::codec;
use crate::frame::{conditions, Frame};
use crate::history::{toid, Ledger, TxRecord};
use crate::rfc3339::rfc3339;

pub fn transaction(ledger: &Ledger, at: usize, network_id: [u8; 32]) -> Value {
    let tx = &ledger.txs[at];
    let frame = own_frame(tx, network_id);
    let result: TransactionResult = codec::own(&tx.result);
    let hash = hex::encode(tx.hash);
    let place = toid(ledger.seq(), at as u32 + 1, 0);
    let mut told = json!({
        "_links": {
            "self": {"href": format!("/transactions/{hash}")},
            "account": {"href": format!("/accounts/{}", frame.source())},
            "ledger": {"href": format!("/ledgers/{}", ledger.seq())},
            "operations": paged(&format!("/transactions/{hash}/operations")),
            "effects": paged(&format!("/transactions/{hash}/effects")),
            "precedes": {"href": format!("/transactions?order=asc&cursor={place}")},
            "succeeds": {"href": format!("/transactions?order=desc&cursor={place}")},
        },
        "id": hash,
        "paging_token": place.to_string(),
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
    let mut told = Map::new();
    let cond = conditions(&tx.cond);
    if let Some(bounds) = &cond.time_bounds {
        let (first, last) = (bounds.min_time.0, bounds.max_time.0);
        let mut times = json!({"min_time": first.to_string()});
        map.insert("valid_after".into(), json!(rfc3339(first)));
        if last != 0 {
            times["max_time"] = json!(last.to_string());
            map.insert("valid_before".into(), json!(rfc3339(last)));
        }
        told.insert("timebounds".into(), times);
    }
    if let Some(bounds) = &cond.ledger_bounds {
        let mut ledgers = json!({"min_ledger": bounds.min_ledger});
        if bounds.max_ledger != 0 {
            ledgers["max_ledger"] = json!(bounds.max_ledger);
        }
        told.insert("ledgerbounds".into(), ledgers);
    }
    if let Some(least) = &cond.min_seq_num {
        told.insert("min_account_sequence".into(), json!(least.0.to_string()));
    }
    if cond.min_seq_age.0 != 0 {
        told.insert("min_account_sequence_age".into(), json!(cond.min_seq_age.0.to_string()));
    }
    if cond.min_seq_ledger_gap != 0 {
        told.insert("min_account_sequence_ledger_gap".into(), json!(cond.min_seq_ledger_gap));
    }
    if !cond.extra_signers.is_empty() {
        let signers: Vec<String> = cond.extra_signers.iter().map(ToString::to_string).collect();
        told.insert("extra_signers".into(), json!(signers));
    }
    if !told.is_empty() {
        map.insert("preconditions".into(), Value::Object(told));
    }
}

/// A link to a list, with the words it can be narrowed by.
pub fn paged(path: &str) -> Value {
    json!({"href": format!("{path}{{?cursor,limit,order}}"), "templated": true})
}

pub fn muxed(stem: &str, account: &MuxedAccount, map: &mut Map<String, Value>) {
    if let MuxedAccount::MuxedEd25519(m) = account {
        map.insert(format!("{stem}_muxed"), json!(account.to_string()));
        map.insert(format!("{stem}_muxed_id"), json!(m.id.to_string()));
    }
}

pub fn ledger(ledger: &Ledger) -> Value {
    let header = &ledger.header.header;
    let operations = |successful_only: bool| -> usize {
        let counted = ledger.txs.iter().filter(|tx| tx.success || !successful_only);
        counted.map(|tx| tx.operations as usize).sum()
    };
    let successful = ledger.txs.iter().filter(|tx| tx.success).count();
    let seq = ledger.seq();
    json!({
        "_links": {
            "self": {"href": format!("/ledgers/{seq}")},
            "transactions": paged(&format!("/ledgers/{seq}/transactions")),
            "operations": paged(&format!("/ledgers/{seq}/operations")),
            "payments": paged(&format!("/ledgers/{seq}/payments")),
            "effects": paged(&format!("/ledgers/{seq}/effects")),
        },
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
