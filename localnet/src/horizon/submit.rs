//! Handing a transaction in at Horizon's addresses: waiting for its ledger, or not. It judges nothing itself.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::Json;
use serde_json::json;
use stellar_xdr::{TransactionEnvelope, TransactionResult};

use super::codes;
use super::routes::{failure, stopping, told, wrong, Base};
use crate::codec;
use crate::frame::Frame;
use crate::http::App;
use crate::queue::Answer;
use crate::worker::Stopped;

const MAX_ENVELOPE_BYTES: usize = 1 << 20;
const NOT_APPLIED: &str = "The transaction was not applied; extras say why.";
const SUBMIT_TIME: Duration = Duration::from_secs(60);
const POLL_TIME: Duration = Duration::from_millis(50);

/// Hands a transaction in and waits until a ledger holds it.
pub async fn submit(State(app): State<App>, base: Base, body: String) -> Response {
    let text = form_value(&body, "tx").unwrap_or_default();
    let (hash, answer) = match send(&app, &text).await {
        Ok(sent) => sent,
        Err(refused) => return *refused,
    };
    match answer {
        Answer::Refused(result, _) => refused(&text, &hash, &result),
        Answer::TryAgainLater => {
            let extras = json!({"envelope_xdr": text, "hash": hex::encode(hash)});
            failure(StatusCode::SERVICE_UNAVAILABLE, "try_again_later", "Try Again Later", NOT_APPLIED, extras)
        }
        Answer::Pending | Answer::Duplicate => applied(&app, &base, hash, &text).await,
    }
}

/// Hands a transaction in and tells what the queue says to it.
pub async fn submit_async(State(app): State<App>, body: String) -> Response {
    let text = form_value(&body, "tx").unwrap_or_default();
    let (hash, answer) = match send(&app, &text).await {
        Ok(sent) => sent,
        Err(refused) => return *refused,
    };
    let (status, name) = match &answer {
        Answer::Pending => (StatusCode::CREATED, "PENDING"),
        Answer::Duplicate => (StatusCode::CONFLICT, "DUPLICATE"),
        Answer::TryAgainLater => (StatusCode::SERVICE_UNAVAILABLE, "TRY_AGAIN_LATER"),
        Answer::Refused(..) => (StatusCode::BAD_REQUEST, "ERROR"),
    };
    let mut told = json!({"tx_status": name, "hash": hex::encode(hash)});
    if let Answer::Refused(result, _) = &answer {
        told["error_result_xdr"] = json!(codec::xdr_base64(result));
    }
    (status, Json(told)).into_response()
}

/// Handing in again what is applied already finds out what became of it.
async fn send(app: &App, text: &str) -> Result<([u8; 32], Answer), Box<Response>> {
    let Ok(envelope) = codec::from_base64::<TransactionEnvelope>(text, MAX_ENVELOPE_BYTES) else {
        let extras = json!({"envelope_xdr": text});
        let (name, title) = ("transaction_malformed", "Transaction Malformed");
        return Err(Box::new(failure(StatusCode::BAD_REQUEST, name, title, NOT_APPLIED, extras)));
    };
    let sent = app.ledger.ask(move |node| {
        let frame = Frame::new(envelope, node.network_id).ok()?;
        let hash = frame.hash;
        let applied = node.history.find(&hash).is_some();
        Some((hash, if applied { Answer::Duplicate } else { node.send(frame) }))
    });
    match sent.await {
        Ok(Some(sent)) => Ok(sent),
        Ok(None) => Err(Box::new(wrong("tx", "the transaction cannot be hashed"))),
        Err(Stopped) => Err(Box::new(stopping())),
    }
}

async fn applied(app: &App, base: &Base, hash: [u8; 32], text: &str) -> Response {
    let end = tokio::time::Instant::now() + SUBMIT_TIME;
    while tokio::time::Instant::now() < end {
        let look = app.ledger.ask(move |node| {
            let (ledger, at) = node.history.find(&hash)?;
            Some((told(node, &hash)?, ledger.txs[at].success, ledger.txs[at].result.clone()))
        });
        match look.await {
            Ok(Some((told, true, _))) => return Json(base.link(told)).into_response(),
            Ok(Some((_, false, result))) => return refused(text, &hash, &codec::own(&result)),
            Ok(None) => tokio::time::sleep(POLL_TIME).await,
            Err(Stopped) => return stopping(),
        }
    }
    let extras = json!({"envelope_xdr": text, "hash": hex::encode(hash)});
    failure(
        StatusCode::GATEWAY_TIMEOUT,
        "timeout",
        "Timeout",
        "No ledger held the transaction in time; it may still be applied.",
        extras,
    )
}

fn refused(text: &str, hash: &[u8; 32], result: &TransactionResult) -> Response {
    let extras = json!({
        "envelope_xdr": text,
        "hash": hex::encode(hash),
        "result_codes": codes::result_codes(result),
        "result_xdr": codec::xdr_base64(result),
    });
    failure(StatusCode::BAD_REQUEST, "transaction_failed", "Transaction Failed", NOT_APPLIED, extras)
}

/// One value of a form, percent signs and plus signs decoded.
fn form_value(body: &str, name: &str) -> Option<String> {
    let raw = body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    let mut bytes = Vec::new();
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    // Base64 has no spaces: a plus sign that was not escaped stays one.
    String::from_utf8(bytes).ok().map(|text| text.replace(' ', "+"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_value_is_decoded_and_a_bare_plus_survives() {
        assert_eq!(form_value("a=1&tx=AA%2BB%3D+C", "tx").unwrap(), "AA+B=+C");
        assert_eq!(form_value("tx=%G1", "tx"), None);
        assert_eq!(form_value("ta=1", "tx"), None);
    }
}
