//! The control path of tests and people: close, clock, jumps, snapshots, faults, one entry. Never under `/rpc`.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{header, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::LedgerKey;

use crate::codec;
use crate::faults::Fault;
use crate::gift;
use crate::http::{problem, App};
use crate::node::{CloseMode, Node};

const MAX_KEY_BYTES: usize = 16 << 10;
const MAX_CLOSES: u32 = 100_000;
const MAX_IMPORT_BYTES: usize = 2 << 30;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(status))
        .route("/close", post(close))
        .route("/mode", post(mode))
        .route("/clock", post(clock))
        .route("/advance", post(advance))
        .route("/snapshot", post(snapshot))
        .route("/restore", post(restore))
        .route("/compact", post(compact))
        .route("/export", get(export))
        .route("/faults", post(set_fault).get(list_faults).delete(clear_faults))
        .route("/entry", get(entry))
        .route("/archive", post(archive))
        .route("/fund", post(fund))
}

/// What takes more than a request of the network's size.
pub fn large() -> Router<App> {
    Router::new().route("/import", post(import).layer(DefaultBodyLimit::max(MAX_IMPORT_BYTES)))
}

/// Runs a job on the ledger and answers with where it stands then.
async fn change(app: &App, job: impl FnOnce(&mut Node) -> Result<(), String> + Send + 'static) -> Response {
    let done = app.ledger.ask(move |node| job(node).map(|()| stand(node))).await;
    match done {
        Ok(Ok(stand)) => Json(stand).into_response(),
        Ok(Err(why)) => problem(StatusCode::BAD_REQUEST, &why, json!({})),
        Err(_) => problem(StatusCode::SERVICE_UNAVAILABLE, "the network is stopping", json!({})),
    }
}

fn stand(node: &Node) -> Value {
    let latest = node.history.latest();
    let close = match node.mode() {
        CloseMode::Instant => json!("instant"),
        CloseMode::Manual => json!("manual"),
        CloseMode::Every(period) => json!(period.as_millis() as u64),
    };
    json!({
        "latestLedger": latest.seq(),
        "closeTime": latest.close_time(),
        "clock": node.clock.now(),
        "close": close,
        "entries": node.state.borrow().count(),
    })
}

/// A body that is missing or not JSON of the expected shape is told in one sentence.
fn read<T: for<'de> Deserialize<'de>>(body: &str) -> Result<T, Box<Response>> {
    let text = if body.trim().is_empty() { "{}" } else { body };
    serde_json::from_str(text).map_err(|e| Box::new(problem(StatusCode::BAD_REQUEST, &e.to_string(), json!({}))))
}

macro_rules! body {
    ($text:expr) => {
        match read(&$text) {
            Ok(body) => body,
            Err(refused) => return *refused,
        }
    };
}

async fn status(State(app): State<App>) -> Response {
    change(&app, |_| Ok(())).await
}

#[derive(Deserialize)]
struct Ledgers {
    ledgers: Option<u32>,
}

async fn close(State(app): State<App>, text: String) -> Response {
    let body: Ledgers = body!(text);
    let count = body.ledgers.unwrap_or(1);
    change(&app, move |node| {
        if count > MAX_CLOSES {
            return Err(format!("at most {MAX_CLOSES} ledgers a call; advance jumps over more"));
        }
        (0..count).for_each(|_| node.close());
        Ok(())
    })
    .await
}

async fn advance(State(app): State<App>, text: String) -> Response {
    let body: Ledgers = body!(text);
    change(&app, move |node| match body.ledgers {
        Some(0) | None => Err("ledgers must be a positive number".to_string()),
        Some(count) => node.advance(count),
    })
    .await
}

#[derive(Deserialize)]
struct Mode {
    close: Value,
}

async fn mode(State(app): State<App>, text: String) -> Response {
    let body: Mode = body!(text);
    let wanted = body.close.as_str().map_or_else(|| body.close.to_string(), ToString::to_string);
    change(&app, move |node| {
        node.set_mode(CloseMode::parse(&wanted)?);
        Ok(())
    })
    .await
}

#[derive(Deserialize)]
struct Clock {
    advance_seconds: Option<u64>,
    set: Option<u64>,
}

async fn clock(State(app): State<App>, text: String) -> Response {
    let body: Clock = body!(text);
    change(&app, move |node| match (body.advance_seconds, body.set) {
        (Some(seconds), None) => {
            // Ledger time may lead the clock a little, and it is ledger time that moves.
            let from = node.clock.now().max(node.history.latest().close_time());
            let unix = from.checked_add(seconds).filter(|unix| *unix < 1 << 40);
            node.move_clock(unix.ok_or("the clock cannot go that far")?)
        }
        (None, Some(unix)) if unix < 1 << 40 => node.move_clock(unix),
        _ => Err("give either advance_seconds or set (unix seconds)".to_string()),
    })
    .await
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

fn checked(name: String) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
        return Err("a snapshot's name is 1 to 64 letters, digits, - or _".to_string());
    }
    Ok(name)
}

async fn snapshot(State(app): State<App>, text: String) -> Response {
    let body: Name = body!(text);
    change(&app, move |node| node.snapshot(&checked(body.name)?)).await
}

async fn restore(State(app): State<App>, text: String) -> Response {
    let body: Name = body!(text);
    change(&app, move |node| node.restore(&checked(body.name)?)).await
}

async fn compact(State(app): State<App>) -> Response {
    change(&app, |node| {
        node.compact();
        Ok(())
    })
    .await
}

async fn export(State(app): State<App>) -> Response {
    match app.ledger.ask(|node| node.export()).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        Err(_) => problem(StatusCode::SERVICE_UNAVAILABLE, "the network is stopping", json!({})),
    }
}

async fn import(State(app): State<App>, bytes: Bytes) -> Response {
    change(&app, move |node| node.import(&bytes)).await
}

async fn set_fault(State(app): State<App>, text: String) -> Response {
    let fault: Fault = body!(text);
    match app.faults.set(fault) {
        Ok(()) => Json(app.faults.list()).into_response(),
        Err(why) => problem(StatusCode::BAD_REQUEST, &why, json!({})),
    }
}

async fn list_faults(State(app): State<App>) -> Response {
    Json(app.faults.list()).into_response()
}

async fn clear_faults(State(app): State<App>) -> Response {
    app.faults.clear();
    Json(app.faults.list()).into_response()
}

async fn entry(State(app): State<App>, Query(query): Query<HashMap<String, String>>) -> Response {
    let text = query.get("key").cloned().unwrap_or_default();
    // A plus sign in an address line reads as a space.
    let key = codec::from_base64::<LedgerKey>(&text.replace(' ', "+"), MAX_KEY_BYTES);
    let key = match key {
        Ok(key) => key,
        Err(why) => return problem(StatusCode::BAD_REQUEST, &format!("key is not a LedgerKey: {why}"), json!({})),
    };
    let found = app.ledger.ask(move |node| {
        let latest = node.history.latest().seq();
        let state = node.state.borrow();
        let slot = state.get(&key)?;
        Some(json!({
            "entry": codec::xdr_base64(slot.entry.as_ref()),
            "json": slot.entry.as_ref(),
            "live_until": slot.ttl.map(|t| t.live_until),
            "live": slot.is_live(latest),
            "latestLedger": latest,
        }))
    });
    match found.await {
        Ok(Some(found)) => Json(found).into_response(),
        Ok(None) => problem(StatusCode::NOT_FOUND, "there is no such entry", json!({})),
        Err(_) => problem(StatusCode::SERVICE_UNAVAILABLE, "the network is stopping", json!({})),
    }
}

#[derive(Deserialize)]
struct Fund {
    address: String,
    #[serde(default = "native")]
    asset: String,
    amount: String,
}

fn native() -> String {
    "native".to_string()
}

async fn fund(State(app): State<App>, text: String) -> Response {
    let body: Fund = body!(text);
    change(&app, move |node| gift::give(node, &body.address, &body.asset, &body.amount)).await
}

#[derive(Deserialize)]
struct Key {
    key: String,
}

async fn archive(State(app): State<App>, text: String) -> Response {
    let body: Key = body!(text);
    change(&app, move |node| {
        let key = codec::from_base64::<LedgerKey>(&body.key, MAX_KEY_BYTES);
        node.archive(&key.map_err(|why| format!("key is not a LedgerKey: {why}"))?)
    })
    .await
}
