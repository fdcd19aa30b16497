//! The Horizon-shaped addresses: reading, streaming, and handing in a transaction. Refusals have Horizon's shape.

use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{header, HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures_util::stream;
use serde_json::{json, Value};
use stellar_xdr::{AccountId, TransactionEnvelope, TransactionResult};

use super::pages::{Asked, Cursor, List, Page};
use super::{assets, claimable, codes, records};
use crate::codec;
use crate::frame::Frame;
use crate::http::{problem, App};
use crate::node::Node;
use crate::queue;
use crate::worker::Stopped;

const MAX_ENVELOPE_BYTES: usize = 1 << 20;
const NOT_APPLIED: &str = "The transaction was not applied; extras say why.";
const SUBMIT_TIME: Duration = Duration::from_secs(60);
const POLL_TIME: Duration = Duration::from_millis(50);
/// How often a stream looks for news, and after how many looks without any it says that it is alive.
const STREAM_TIME: Duration = Duration::from_millis(200);
const SILENT_LOOKS: u32 = 50;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/accounts/{id}", get(account))
        .route("/accounts/{id}/data/{name}", get(account_data))
        .route("/accounts/{id}/transactions", get(|s, b, p, q, h| of_account(List::Transactions, s, b, p, q, h)))
        .route("/accounts/{id}/operations", get(|s, b, p, q, h| of_account(List::Operations, s, b, p, q, h)))
        .route("/accounts/{id}/payments", get(|s, b, p, q, h| of_account(List::Payments, s, b, p, q, h)))
        .route("/transactions", get(|s, b, q, h| of_all(List::Transactions, "/transactions", s, b, q, h)).post(submit))
        .route("/operations", get(|s, b, q, h| of_all(List::Operations, "/operations", s, b, q, h)))
        .route("/payments", get(|s, b, q, h| of_all(List::Payments, "/payments", s, b, q, h)))
        .route("/ledgers", get(|s, b, q, h| of_all(List::Ledgers, "/ledgers", s, b, q, h)))
        .route("/transactions/{hash}", get(transaction))
        .route("/ledgers/{sequence}", get(ledger))
        .route("/fee_stats", get(fee_stats))
        .route("/assets", get(list_assets))
        .route("/claimable_balances", get(claimable_balances))
        .route("/claimable_balances/{id}", get(claimable_balance))
}

/// Where the caller found this network, which links start with.
struct Base(String);

impl<S: Send + Sync> FromRequestParts<S> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Base, Infallible> {
        let host = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
        Ok(Base(host.map_or(String::new(), |host| format!("http://{host}"))))
    }
}

impl Base {
    /// Links as whole addresses.
    fn link(&self, mut told: Value) -> Value {
        self.link_all(&mut told);
        told
    }

    fn link_all(&self, value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (name, member) in map.iter_mut() {
                    match member {
                        Value::String(text) if name == "href" && text.starts_with('/') => text.insert_str(0, &self.0),
                        member => self.link_all(member),
                    }
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|member| self.link_all(member)),
            _ => {}
        }
    }
}

/// Asks the ledger; what is not there is a problem.
async fn found(app: &App, base: &Base, look: impl FnOnce(&mut Node) -> Option<Value> + Send + 'static) -> Response {
    match app.ledger.ask(look).await {
        Ok(Some(told)) => Json(base.link(told)).into_response(),
        Ok(None) => not_found(),
        Err(Stopped) => stopping(),
    }
}

fn not_found() -> Response {
    let detail = "The resource at the url requested was not found.";
    failure(StatusCode::NOT_FOUND, "not_found", "Resource Missing", detail, json!({}))
}

fn stopping() -> Response {
    problem(StatusCode::SERVICE_UNAVAILABLE, "the network is stopping", json!({}))
}

fn wrong(field: &str, reason: &str) -> Response {
    let extras = json!({"invalid_field": field, "reason": reason});
    let detail = "The request you sent was invalid in some way.";
    failure(StatusCode::BAD_REQUEST, "bad_request", "Bad Request", detail, extras)
}

async fn account(State(app): State<App>, base: Base, Path(id): Path<String>) -> Response {
    match id.parse::<AccountId>() {
        Ok(_) => found(&app, &base, move |node| super::account(node, &id)).await,
        Err(_) => wrong("account_id", "Account ID must start with `G` and contain 56 alphanum characters"),
    }
}

async fn account_data(State(app): State<App>, base: Base, Path((id, name)): Path<(String, String)>) -> Response {
    found(&app, &base, move |node| {
        let value = super::account(node, &id)?["data"].get(name.as_str())?.clone();
        Some(json!({"value": value}))
    })
    .await
}

async fn transaction(State(app): State<App>, base: Base, Path(hash): Path<String>) -> Response {
    let Some(hash) = hex::decode(&hash).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) else {
        return wrong("tx_id", "a transaction hash is 64 hex digits");
    };
    found(&app, &base, move |node| told(node, &hash)).await
}

fn told(node: &Node, hash: &[u8; 32]) -> Option<Value> {
    let (ledger, at) = node.history.find(hash)?;
    Some(records::transaction(ledger, at, node.network_id))
}

async fn ledger(State(app): State<App>, base: Base, Path(sequence): Path<String>) -> Response {
    match sequence.parse() {
        Ok(sequence) => found(&app, &base, move |node| node.history.ledger(sequence).map(records::ledger)).await,
        Err(_) => wrong("ledger_id", "a ledger is named by its sequence"),
    }
}

async fn fee_stats(State(app): State<App>, base: Base) -> Response {
    found(&app, &base, |node| Some(crate::rpc::horizon_fee_stats(node))).await
}

async fn list_assets(State(app): State<App>, base: Base, Query(query): Query<HashMap<String, String>>) -> Response {
    found(&app, &base, move |node| {
        let wanted = |name: &str| query.get(name).map(String::as_str).filter(|text| !text.is_empty());
        let records = assets::list(node, wanted("asset_code"), wanted("asset_issuer"));
        Some(json!({"_links": {"self": {"href": "/assets"}}, "_embedded": {"records": records}}))
    })
    .await
}

async fn claimable_balances(
    State(app): State<App>,
    base: Base,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    found(&app, &base, move |node| {
        let wanted = |name: &str| query.get(name).filter(|text| !text.is_empty()).cloned();
        let narrowed =
            claimable::Wanted { asset: wanted("asset"), claimant: wanted("claimant"), sponsor: wanted("sponsor") };
        let mut records = claimable::list(node, &narrowed);
        if query.get("order").is_some_and(|order| order == "desc") {
            records.reverse();
        }
        Some(json!({"_links": {"self": {"href": "/claimable_balances"}}, "_embedded": {"records": records}}))
    })
    .await
}

async fn claimable_balance(State(app): State<App>, base: Base, Path(id): Path<String>) -> Response {
    found(&app, &base, move |node| claimable::one(node, &id)).await
}

async fn of_account(
    list: List,
    State(app): State<App>,
    base: Base,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let Ok(account) = id.parse::<AccountId>() else {
        return wrong("account_id", "Account ID must start with `G` and contain 56 alphanum characters");
    };
    let name = format!("{list:?}").to_lowercase();
    answer(&app, base, Page::new(list, Some(account), &asked), format!("/accounts/{id}/{name}"), &headers).await
}

async fn of_all(
    list: List,
    path: &'static str,
    State(app): State<App>,
    base: Base,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    answer(&app, base, Page::new(list, None, &asked), path.to_string(), &headers).await
}

async fn answer(
    app: &App,
    base: Base,
    page: Result<Page, super::pages::Wrong>,
    path: String,
    headers: &HeaderMap,
) -> Response {
    let page = match page {
        Ok(page) => page,
        Err(why) => return wrong(why.field, why.reason),
    };
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepted.contains("text/event-stream") {
        return stream(app.clone(), base, page).await;
    }
    found(app, &base, move |node| {
        let (records, _) = page.read(node);
        Some(page.tell(&path, records))
    })
    .await
}

/// Server-sent events: a greeting, then each record from the cursor on, for as long as somebody listens.
async fn stream(app: App, base: Base, mut page: Page) -> Response {
    if page.cursor == Cursor::Now {
        let Ok(latest) = app.ledger.ask(|node| node.history.latest().seq()).await else { return stopping() };
        page.cursor = Cursor::At(crate::history::toid(latest + 1, 0, 0) - 1);
    }
    page.descending = false;
    let greeting = "retry: 1000\nevent: open\ndata: \"hello\"\n\n".to_string();
    let start = (app, base, page, Some(greeting));
    let news = stream::unfold(start, |(app, base, mut page, greeting)| async move {
        if let Some(greeting) = greeting {
            return Some((Ok::<_, Infallible>(Bytes::from(greeting)), (app, base, page, None)));
        }
        for _ in 0..SILENT_LOOKS {
            let asked = page.clone();
            let (records, last) = app.ledger.ask(move |node| asked.read(node)).await.ok()?;
            if let Some(last) = last {
                page.cursor = Cursor::At(last);
                let text: String = records.into_iter().map(|record| event(&base.link(record))).collect();
                return Some((Ok(Bytes::from(text)), (app, base, page, None)));
            }
            tokio::time::sleep(STREAM_TIME).await;
        }
        Some((Ok(Bytes::from(": alive\n\n")), (app, base, page, None)))
    });
    let mut response = Response::new(Body::from_stream(news));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn event(record: &Value) -> String {
    format!("id: {}\ndata: {record}\n\n", record["paging_token"].as_str().unwrap_or_default())
}

/// Hands a transaction in and waits until a ledger holds it.
async fn submit(State(app): State<App>, base: Base, body: String) -> Response {
    let text = form_value(&body, "tx").unwrap_or_default();
    let decoded = codec::from_base64::<TransactionEnvelope>(&text, MAX_ENVELOPE_BYTES);
    let Ok(envelope) = decoded else {
        let extras = json!({"envelope_xdr": text});
        return failure(StatusCode::BAD_REQUEST, "transaction_malformed", "Transaction Malformed", NOT_APPLIED, extras);
    };
    let sent = app.ledger.ask(move |node| {
        let frame = Frame::new(envelope, node.network_id).ok()?;
        let hash = frame.hash;
        // Handing in again what is applied already tells what became of it.
        let applied = node.history.find(&hash).is_some();
        Some((hash, if applied { queue::Answer::Pending } else { node.send(frame) }))
    });
    let (hash, answer) = match sent.await {
        Ok(Some(sent)) => sent,
        Ok(None) => return wrong("tx", "the transaction cannot be hashed"),
        Err(Stopped) => return stopping(),
    };
    match answer {
        queue::Answer::Refused(result, _) => refused(&text, &hash, &result),
        queue::Answer::TryAgainLater => {
            let extras = json!({"envelope_xdr": text, "hash": hex::encode(hash)});
            failure(StatusCode::SERVICE_UNAVAILABLE, "try_again_later", "Try Again Later", NOT_APPLIED, extras)
        }
        queue::Answer::Pending | queue::Answer::Duplicate => applied(&app, &base, hash, &text).await,
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

/// A problem by the name that Horizon's clients look for.
fn failure(status: StatusCode, name: &str, title: &str, detail: &str, extras: Value) -> Response {
    let body = json!({
        "type": format!("https://stellar.org/horizon-errors/{name}"),
        "title": title,
        "status": status.as_u16(),
        "detail": detail,
        "extras": extras,
    });
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
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
