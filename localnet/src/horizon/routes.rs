//! The Horizon-shaped addresses: reading, streaming, and handing in a transaction. Refusals have Horizon's shape.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{header, HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream;
use serde::Deserialize;
use serde_json::{json, Value};
use stellar_xdr::AccountId;

use super::pages::{cut, operation_at, Asked, Cursor, List, Page, Scope, Wrong};
use super::submit::{submit, submit_async};
use super::{accounts, assets, claimable, records};
use crate::http::{problem, App};
use crate::node::Node;
use crate::worker::Stopped;

/// How often a stream looks for news, and after how many looks without any it says that it is alive.
const STREAM_TIME: Duration = Duration::from_millis(200);
const SILENT_LOOKS: u32 = 50;
const HASH_NAME: &str = "a transaction hash is 64 hex digits";
const LEDGER_NAME: &str = "a ledger is named by its sequence";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/accounts", get(list_accounts))
        .route("/accounts/{id}", get(account))
        .route("/accounts/{id}/data/{name}", get(account_data))
        .route("/transactions", get(|s, b, q, h| of_all(List::Transactions, s, b, q, h)).post(submit))
        .route("/transactions_async", post(submit_async))
        .route("/operations", get(|s, b, q, h| of_all(List::Operations, s, b, q, h)))
        .route("/payments", get(|s, b, q, h| of_all(List::Payments, s, b, q, h)))
        .route("/ledgers", get(|s, b, q, h| of_all(List::Ledgers, s, b, q, h)))
        .merge(below(List::Transactions, "transactions"))
        .merge(below(List::Operations, "operations"))
        .merge(below(List::Payments, "payments"))
        .route("/transactions/{hash}", get(transaction))
        .route("/operations/{id}", get(operation))
        .route("/ledgers/{sequence}", get(ledger))
        .route("/fee_stats", get(fee_stats))
        .route("/assets", get(list_assets))
        .route("/claimable_balances", get(claimable_balances))
        .route("/claimable_balances/{id}", get(claimable_balance))
        .merge(nothing())
}

/// A list of one account, one transaction or one ledger.
fn below(list: List, name: &'static str) -> Router<App> {
    let routes = Router::new()
        .route(&format!("/accounts/{{id}}/{name}"), get(move |s, b, p, q, h| of_account(list, s, b, p, q, h)))
        .route(&format!("/ledgers/{{id}}/{name}"), get(move |s, b, p, q, h| of_ledger(list, s, b, p, q, h)));
    match list {
        List::Operations | List::Payments => routes.route(
            &format!("/transactions/{{id}}/{name}"),
            get(move |s, b, p, q, h| of_transaction(list, s, b, p, q, h)),
        ),
        List::Transactions | List::Ledgers => routes,
    }
}

/// There are no offers, pools and trades, so these lists are empty.
fn nothing() -> Router<App> {
    let empty = |base: Base, uri: Uri, Query(asked): Query<Asked>| async move {
        told_page(&base, cut(Vec::new(), uri.path(), "", &asked, |_| ()))
    };
    let lists = ["/offers", "/trades", "/liquidity_pools", "/accounts/{id}/offers", "/accounts/{id}/trades"];
    lists.into_iter().fold(Router::new(), |router, path| router.route(path, get(empty)))
}

/// Where the caller found this network, which links start with.
pub struct Base(String);

impl<S: Send + Sync> FromRequestParts<S> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Base, Infallible> {
        let host = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
        Ok(Base(host.map_or(String::new(), |host| format!("http://{host}"))))
    }
}

impl Base {
    /// Links as whole addresses.
    pub fn link(&self, mut told: Value) -> Value {
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

pub fn stopping() -> Response {
    problem(StatusCode::SERVICE_UNAVAILABLE, "the network is stopping", json!({}))
}

pub fn wrong(field: &str, reason: &str) -> Response {
    let extras = json!({"invalid_field": field, "reason": reason});
    let detail = "The request you sent was invalid in some way.";
    failure(StatusCode::BAD_REQUEST, "bad_request", "Bad Request", detail, extras)
}

async fn account(State(app): State<App>, base: Base, Path(id): Path<String>) -> Response {
    match account_id(&id) {
        Ok(account) => found(&app, &base, move |node| accounts::one(node, &account)).await,
        Err(refused) => *refused,
    }
}

fn account_id(text: &str) -> Result<AccountId, Box<Response>> {
    let why = "Account ID must start with `G` and contain 56 alphanum characters";
    text.parse().map_err(|_| Box::new(wrong("account_id", why)))
}

async fn account_data(State(app): State<App>, base: Base, Path((id, name)): Path<(String, String)>) -> Response {
    let account = match account_id(&id) {
        Ok(account) => account,
        Err(refused) => return *refused,
    };
    found(&app, &base, move |node| {
        let value = accounts::one(node, &account)?["data"].get(name.as_str())?.clone();
        Some(json!({"value": value}))
    })
    .await
}

async fn transaction(State(app): State<App>, base: Base, Path(hash): Path<String>) -> Response {
    match transaction_hash(&hash) {
        Some(hash) => found(&app, &base, move |node| told(node, &hash)).await,
        None => wrong("tx_id", HASH_NAME),
    }
}

fn transaction_hash(text: &str) -> Option<[u8; 32]> {
    hex::decode(text).ok()?.try_into().ok()
}

async fn operation(State(app): State<App>, base: Base, Path(id): Path<String>) -> Response {
    match id.parse() {
        Ok(place) => found(&app, &base, move |node| operation_at(node, place)).await,
        Err(_) => wrong("id", "an operation is named by a number"),
    }
}

pub fn told(node: &Node, hash: &[u8; 32]) -> Option<Value> {
    let (ledger, at) = node.history.find(hash)?;
    Some(records::transaction(ledger, at, node.network_id))
}

async fn ledger(State(app): State<App>, base: Base, Path(sequence): Path<String>) -> Response {
    match sequence.parse() {
        Ok(sequence) => found(&app, &base, move |node| node.history.ledger(sequence).map(records::ledger)).await,
        Err(_) => wrong("ledger_id", LEDGER_NAME),
    }
}

async fn fee_stats(State(app): State<App>, base: Base) -> Response {
    found(&app, &base, |node| Some(crate::rpc::horizon_fee_stats(node))).await
}

/// A page of a list that stands whole.
fn told_page(base: &Base, page: Result<Value, Wrong>) -> Response {
    match page {
        Ok(page) => Json(base.link(page)).into_response(),
        Err(why) => wrong(why.field, why.reason),
    }
}

/// What a list was narrowed by, as links must say it again.
fn kept(words: &[(&str, &Option<String>)]) -> String {
    let told = words.iter().filter_map(|(name, text)| Some(format!("&{name}={}", text.as_ref()?)));
    told.collect()
}

#[derive(Deserialize)]
struct AssetsAsked {
    asset_code: Option<String>,
    asset_issuer: Option<String>,
    #[serde(flatten)]
    page: Asked,
}

async fn list_assets(State(app): State<App>, base: Base, Query(asked): Query<AssetsAsked>) -> Response {
    let (code, issuer) = (spoken(asked.asset_code), spoken(asked.asset_issuer));
    let words = kept(&[("asset_code", &code), ("asset_issuer", &issuer)]);
    let records = app.ledger.ask(move |node| assets::list(node, code.as_deref(), issuer.as_deref())).await;
    let Ok(records) = records else { return stopping() };
    told_page(&base, cut(records, "/assets", &words, &asked.page, ToString::to_string))
}

#[derive(Deserialize)]
struct AccountsAsked {
    signer: Option<String>,
    asset: Option<String>,
    sponsor: Option<String>,
    #[serde(flatten)]
    page: Asked,
}

async fn list_accounts(State(app): State<App>, base: Base, Query(asked): Query<AccountsAsked>) -> Response {
    let wanted =
        accounts::Wanted { signer: spoken(asked.signer), asset: spoken(asked.asset), sponsor: spoken(asked.sponsor) };
    let words = kept(&[("signer", &wanted.signer), ("asset", &wanted.asset), ("sponsor", &wanted.sponsor)]);
    if [&wanted.signer, &wanted.asset, &wanted.sponsor].into_iter().flatten().count() != 1 {
        return wrong("signer", "accounts are listed by one of signer, asset and sponsor");
    }
    let Ok(records) = app.ledger.ask(move |node| accounts::list(node, &wanted)).await else { return stopping() };
    told_page(&base, cut(records, "/accounts", &words, &asked.page, ToString::to_string))
}

#[derive(Deserialize)]
struct BalancesAsked {
    asset: Option<String>,
    claimant: Option<String>,
    sponsor: Option<String>,
    #[serde(flatten)]
    page: Asked,
}

async fn claimable_balances(State(app): State<App>, base: Base, Query(asked): Query<BalancesAsked>) -> Response {
    let wanted = claimable::Wanted {
        asset: spoken(asked.asset),
        claimant: spoken(asked.claimant),
        sponsor: spoken(asked.sponsor),
    };
    let words = kept(&[("asset", &wanted.asset), ("claimant", &wanted.claimant), ("sponsor", &wanted.sponsor)]);
    let Ok(records) = app.ledger.ask(move |node| claimable::list(node, &wanted)).await else { return stopping() };
    told_page(&base, cut(records, "/claimable_balances", &words, &asked.page, claimable::place))
}

fn spoken(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

async fn claimable_balance(State(app): State<App>, base: Base, Path(id): Path<String>) -> Response {
    found(&app, &base, move |node| claimable::one(node, &id)).await
}

async fn of_account(
    list: List,
    State(app): State<App>,
    base: Base,
    Path(id): Path<String>,
    query: Query<Asked>,
    headers: HeaderMap,
) -> Response {
    match account_id(&id) {
        Ok(account) => {
            answer(&app, base, list, Scope::Account(account), &query, format!("/accounts/{id}"), &headers).await
        }
        Err(refused) => *refused,
    }
}

async fn of_ledger(
    list: List,
    State(app): State<App>,
    base: Base,
    Path(id): Path<String>,
    query: Query<Asked>,
    headers: HeaderMap,
) -> Response {
    match id.parse() {
        Ok(seq) => answer(&app, base, list, Scope::Ledger(seq), &query, format!("/ledgers/{id}"), &headers).await,
        Err(_) => wrong("ledger_id", LEDGER_NAME),
    }
}

async fn of_transaction(
    list: List,
    State(app): State<App>,
    base: Base,
    Path(id): Path<String>,
    query: Query<Asked>,
    headers: HeaderMap,
) -> Response {
    match transaction_hash(&id) {
        Some(hash) => {
            answer(&app, base, list, Scope::Transaction(hash), &query, format!("/transactions/{id}"), &headers).await
        }
        None => wrong("tx_id", HASH_NAME),
    }
}

async fn of_all(list: List, State(app): State<App>, base: Base, query: Query<Asked>, headers: HeaderMap) -> Response {
    answer(&app, base, list, Scope::Everybody, &query, String::new(), &headers).await
}

async fn answer(
    app: &App,
    base: Base,
    list: List,
    of: Scope,
    asked: &Asked,
    path: String,
    headers: &HeaderMap,
) -> Response {
    let page = match Page::new(list, of, asked) {
        Ok(page) => page,
        Err(why) => return wrong(why.field, why.reason),
    };
    let path = format!("{path}/{}", list.name());
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepted.contains("text/event-stream") {
        return stream(app.clone(), base, page).await;
    }
    found(app, &base, move |node| {
        let (records, _) = page.has_subject(node).then(|| page.read(node))?;
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

/// A problem by the name that Horizon's clients look for.
pub fn failure(status: StatusCode, name: &str, title: &str, detail: &str, extras: Value) -> Response {
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
