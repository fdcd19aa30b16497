//! The HTTP surface: JSON-RPC, friendbot, the Horizon-shaped minimum, and the control path. No ledger logic.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Query, Request, State};
use axum::http::{header, HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream;
use serde_json::{json, Value};
use stellar_xdr::TransactionEnvelope;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::codec;
use crate::connections::{self, Patience};
use crate::control;
use crate::faults::{Blindness, Fault, Faults, Kind};
use crate::friendbot::{self, Refused};
use crate::horizon;
use crate::node::Node;
use crate::rpc::{self, Context, Limiter, RpcError};
use crate::worker::{Handle, Stopped};

const MAX_BODY_BYTES: usize = 512 << 10;
const MAX_BACKLOG: usize = 5_000;
const MAX_BATCH: usize = 100;
const FRIENDBOT_SECONDS: u64 = 60;

#[derive(Clone)]
pub struct App {
    pub ledger: Handle,
    pub faults: Arc<Faults>,
    context: Arc<Context>,
    backlog: Arc<Semaphore>,
    limiter: Arc<Limiter>,
}

pub async fn serve(listener: TcpListener, ledger: Handle, base: &str) -> std::io::Result<()> {
    let app = App {
        ledger,
        faults: Arc::default(),
        context: Arc::new(Context { friendbot_url: format!("{base}/friendbot") }),
        backlog: Arc::new(Semaphore::new(MAX_BACKLOG)),
        limiter: Arc::default(),
    };
    let small = Router::new()
        .route("/rpc", post(json_rpc))
        .route("/soroban/rpc", post(json_rpc))
        .route("/friendbot", get(friendbot_get).post(friendbot_post))
        .route("/", get(root).post(json_rpc))
        .merge(horizon::routes())
        .nest("/control", control::routes())
        .with_state(app.clone());
    let router = connections::whole_bodies(small, MAX_BODY_BYTES, Patience::DEFAULT)
        .nest("/control", control::large().with_state(app))
        .layer(middleware::from_fn(any_origin));
    connections::serve(listener, router, Patience::DEFAULT).await
}

async fn any_origin(request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
    let methods = HeaderValue::from_static("GET, PUT, POST, PATCH, DELETE, HEAD, OPTIONS");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    response
}

async fn json_rpc(State(app): State<App>, body: Bytes) -> Response {
    let Ok(_room) = app.backlog.try_acquire() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let Ok(value) = serde_json::from_slice::<Value>(&body) else {
        let error = RpcError::new(RpcError::PARSE, "invalid request value");
        return Json(rpc::error_answer(&Value::Null, &error)).into_response();
    };
    match value {
        Value::Array(calls) if calls.is_empty() || calls.len() > MAX_BATCH => {
            let error = RpcError::new(RpcError::INVALID_REQUEST, "empty or oversized request batch");
            Json(rpc::error_answer(&Value::Null, &error)).into_response()
        }
        Value::Array(calls) => {
            let mut answers = Vec::new();
            for call in calls {
                match one_call(&app, call).await {
                    Outcome::Answer(answer) => answers.push(answer),
                    Outcome::Silence => {}
                    Outcome::Drop => return dropped(),
                    Outcome::Unavailable => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
                }
            }
            if answers.is_empty() {
                StatusCode::NO_CONTENT.into_response()
            } else {
                Json(Value::Array(answers)).into_response()
            }
        }
        call => match one_call(&app, call).await {
            Outcome::Answer(answer) => Json(answer).into_response(),
            Outcome::Silence => StatusCode::NO_CONTENT.into_response(),
            Outcome::Drop => dropped(),
            Outcome::Unavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
    }
}

enum Outcome {
    Answer(Value),
    /// A notification gets no answer.
    Silence,
    /// A fault: the connection ends.
    Drop,
    /// A fault: the server is too busy for anybody.
    Unavailable,
}

async fn one_call(app: &App, value: Value) -> Outcome {
    let call = match rpc::parse(value) {
        Ok(call) => call,
        Err((id, error)) => return Outcome::Answer(rpc::error_answer(&id, &error)),
    };
    let id = call.id.clone();
    let told = match app.faults.spend(&call.method) {
        None => run(app, call, None).await,
        Some(fault) => match befall(app, call, &fault).await {
            Ok(told) => told,
            Err(outcome) => return outcome,
        },
    };
    match id {
        Some(id) => Outcome::Answer(rpc::answer(&id, told)),
        None => Outcome::Silence,
    }
}

/// A call that a fault befalls: what it is told, or what becomes of its connection.
async fn befall(app: &App, call: rpc::Call, fault: &Fault) -> Result<Result<Value, RpcError>, Outcome> {
    let wait = Duration::from_millis(fault.ms);
    match fault.kind {
        Kind::Refuse => Err(Outcome::Drop),
        Kind::Unavailable => Err(Outcome::Unavailable),
        Kind::Error => Ok(Err(RpcError::new(RpcError::INTERNAL, "a fault was asked for"))),
        Kind::TryAgainLater => Ok(refuse_for_now(app, call).await),
        Kind::Delay => {
            tokio::time::sleep(wait).await;
            Ok(run(app, call, None).await)
        }
        Kind::DelayAnswer => {
            let told = run(app, call, None).await;
            tokio::time::sleep(wait).await;
            Ok(told)
        }
        Kind::DropAfterAccept => {
            // Whatever the answer was, nobody hears it.
            let _ = run(app, call, None).await;
            Err(Outcome::Drop)
        }
        Kind::Stale | Kind::ShortWindow | Kind::Gap => Ok(run(app, call, fault.blindness()).await),
        Kind::DuplicatePage => match fault.page() {
            Some(page) => Ok(Ok(page.clone())),
            None => {
                let method = call.method.clone();
                let told = run(app, call, None).await;
                told.iter().for_each(|page| app.faults.remember(&method, page));
                Ok(told)
            }
        },
    }
}

async fn run(app: &App, call: rpc::Call, blindness: Option<Blindness>) -> Result<Value, RpcError> {
    let context = app.context.clone();
    let method = call.method.clone();
    let told = app.ledger.ask(move |node| {
        let ask = |node: &mut Node| rpc::dispatch(node, &call.method, call.params, &context);
        match blindness {
            None => ask(node),
            Some(blindness) => node.half_blind(blindness, ask),
        }
    });
    let nobody = |Stopped| Err(RpcError::new(RpcError::NO_ANSWER, "request failed to process due to internal issue"));
    app.limiter.run(&method, async { told.await.unwrap_or_else(nobody) }).await
}

async fn refuse_for_now(app: &App, call: rpc::Call) -> Result<Value, RpcError> {
    let text = call.params["transaction"].as_str().unwrap_or_default().to_string();
    let told = app.ledger.ask(move |node| {
        let envelope: TransactionEnvelope = codec::from_base64(&text, MAX_BODY_BYTES).ok()?;
        let latest = node.history.latest();
        Some(json!({
            "status": "TRY_AGAIN_LATER",
            "hash": hex::encode(envelope.hash(node.network_id).ok()?),
            "latestLedger": latest.seq(),
            "latestLedgerCloseTime": latest.close_time().to_string(),
        }))
    });
    let told = told.await.ok().flatten();
    told.ok_or_else(|| RpcError::new(RpcError::INVALID_PARAMS, "invalid_xdr"))
}

/// Headers, then the end of the connection: the caller cannot know what happened.
fn dropped() -> Response {
    let broken = stream::once(async { Err::<Bytes, _>(std::io::Error::other("dropped on purpose")) });
    Response::new(Body::from_stream(broken))
}

async fn friendbot_get(State(app): State<App>, Query(query): Query<HashMap<String, String>>) -> Response {
    friendbot(&app, query.get("addr").cloned()).await
}

async fn friendbot_post(
    State(app): State<App>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/x-www-form-urlencoded"));
    let from_form = || body.split('&').find_map(|pair| pair.strip_prefix("addr=")).map(ToString::to_string);
    let address = query.get("addr").cloned().or_else(|| is_form.then(from_form).flatten());
    friendbot(&app, address).await
}

async fn friendbot(app: &App, address: Option<String>) -> Response {
    let Some(address) = address else { return bad_address() };
    let gift = match app.ledger.ask(move |node| friendbot::fund(node, &address)).await {
        Err(Stopped) => return problem(StatusCode::SERVICE_UNAVAILABLE, "the network is stopping", json!({})),
        Ok(Err(Refused::BadAddress)) => return bad_address(),
        Ok(Err(Refused::AlreadyFunded)) => {
            return problem(StatusCode::BAD_REQUEST, "account already funded to starting balance", json!({}))
        }
        Ok(Err(Refused::Failed(why))) => return problem(StatusCode::BAD_REQUEST, &why, json!({})),
        Ok(Ok(gift)) => gift,
    };
    match tokio::time::timeout(Duration::from_secs(FRIENDBOT_SECONDS), gift.applied).await {
        Ok(Ok(true)) => Json(json!({
            "successful": true,
            "hash": gift.hash,
            "envelope_xdr": gift.envelope,
        }))
        .into_response(),
        Ok(_) => problem(StatusCode::BAD_REQUEST, "the funding transaction failed", json!({"hash": gift.hash})),
        Err(_) => problem(StatusCode::GATEWAY_TIMEOUT, "no ledger was closed in time", json!({"hash": gift.hash})),
    }
}

fn bad_address() -> Response {
    let extras = json!({"invalid_field": "addr", "reason": "not an account or contract address"});
    problem(StatusCode::BAD_REQUEST, "The request you sent was invalid in some way.", extras)
}

/// People get a page to look at, programs Horizon's root.
async fn root(State(app): State<App>, headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepted.contains("text/html") {
        let mut page = Html(include_str!("page.html")).into_response();
        let only_here = HeaderValue::from_static(
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'",
        );
        page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, only_here);
        return page;
    }
    match app.ledger.ask(|node| horizon::root(node)).await {
        Ok(told) => Json(told).into_response(),
        Err(Stopped) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// RFC 7807, with the extras that Horizon's clients look for.
pub fn problem(status: StatusCode, detail: &str, extras: Value) -> Response {
    let title = status.canonical_reason().unwrap_or_default();
    let body = json!({
        "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail, "extras": extras,
    });
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
