//! sendTransaction: a bad transaction is an answer, never an error of the call.

use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::TransactionEnvelope;

use super::{read, Answer, Form, RpcError, MAX_ENVELOPE_BYTES};
use crate::codec;
use crate::frame::Frame;
use crate::node::Node;
use crate::queue;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params {
    #[serde(default)]
    transaction: String,
    xdr_format: Option<String>,
}

pub fn send(node: &mut Node, params: Value) -> Answer {
    let params: Params = read(params)?;
    let form = Form::parse(params.xdr_format.as_deref())?;
    let envelope: TransactionEnvelope =
        codec::from_base64(&params.transaction, MAX_ENVELOPE_BYTES).map_err(|_| RpcError::params("invalid_xdr"))?;
    let frame = Frame::new(envelope, node.network_id).map_err(|_| RpcError::params("invalid_hash"))?;
    let hash = hex::encode(frame.hash);
    let answer = node.send(frame);
    let latest = node.history.latest();
    let mut told = json!({
        "hash": hash,
        "latestLedger": latest.seq(),
        "latestLedgerCloseTime": super::time_text(latest),
    });
    told["status"] = json!(match &answer {
        queue::Answer::Pending => "PENDING",
        queue::Answer::Duplicate => "DUPLICATE",
        queue::Answer::TryAgainLater => "TRY_AGAIN_LATER",
        queue::Answer::Refused(..) => "ERROR",
    });
    if let queue::Answer::Refused(result, diagnostics) = &answer {
        told[form.suffix("errorResult")] = form.value(result);
        if !diagnostics.is_empty() {
            told[form.suffix("diagnosticEvents")] = form.list(diagnostics);
        }
    }
    Ok(told)
}
