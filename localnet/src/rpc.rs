//! The JSON-RPC methods of stellar-rpc, one file each; this one decodes requests and picks the method.

mod call;
mod events;
mod ledger_entries;
mod ledgers;
mod limiter;
mod network;
mod send;
mod simulate;
mod transactions;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{json, Map, Value};
use stellar_xdr::{ReadXdr, WriteXdr};

pub use call::{answer, error_answer, parse, Call};
pub use limiter::Limiter;
pub use network::horizon_fee_stats;

use crate::codec;
use crate::history::Ledger;
use crate::node::Node;

/// Largest transaction envelope that is decoded, in bytes.
const MAX_ENVELOPE_BYTES: usize = 1 << 20;

#[derive(Debug)]
pub struct RpcError {
    pub code: i64,
    pub message: String,
}

impl RpcError {
    pub const PARSE: i64 = -32700;
    pub const INVALID_REQUEST: i64 = -32600;
    pub const METHOD_NOT_FOUND: i64 = -32601;
    pub const INVALID_PARAMS: i64 = -32602;
    pub const INTERNAL: i64 = -32603;
    /// A call took longer than its method may.
    pub const TIME_LIMIT: i64 = -32001;
    /// Nobody was left to answer.
    pub const NO_ANSWER: i64 = -32003;
    /// A method's backlog is full.
    pub const SYSTEM: i64 = -32098;

    pub fn new(code: i64, message: impl Into<String>) -> RpcError {
        RpcError { code, message: message.into() }
    }

    fn params(message: impl Into<String>) -> RpcError {
        RpcError::new(RpcError::INVALID_PARAMS, message)
    }

    fn range(message: impl Into<String>) -> RpcError {
        RpcError::new(RpcError::INVALID_REQUEST, message)
    }
}

type Answer = Result<Value, RpcError>;

pub const METHODS: [&str; 12] = [
    "getHealth",
    "getNetwork",
    "getVersionInfo",
    "getLatestLedger",
    "getFeeStats",
    "getLedgerEntries",
    "getLedgers",
    "getTransactions",
    "getTransaction",
    "getEvents",
    "sendTransaction",
    "simulateTransaction",
];

pub fn dispatch(node: &mut Node, method: &str, params: Value, context: &Context) -> Answer {
    match method {
        "getHealth" => network::health(node),
        "getNetwork" => network::network(node, context),
        "getVersionInfo" => network::version(),
        "getLatestLedger" => network::latest_ledger(node, params),
        "getFeeStats" => network::fee_stats(node),
        "getLedgerEntries" => ledger_entries::get(node, params),
        "getLedgers" => ledgers::get(node, params),
        "getTransactions" => transactions::list(node, params),
        "getTransaction" => transactions::get(node, params),
        "getEvents" => events::get(node, params),
        "sendTransaction" => send::send(node, params),
        "simulateTransaction" => simulate::simulate(node, params),
        _ => Err(RpcError::new(RpcError::METHOD_NOT_FOUND, "method not found")),
    }
}

/// What a method needs besides the ledger.
pub struct Context {
    pub friendbot_url: String,
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, RpcError> {
    serde_json::from_value(params).map_err(|e| RpcError::params(format!("invalid parameters: {e}")))
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Page {
    cursor: Option<String>,
    limit: Option<u32>,
}

/// XDR as base64 or as JSON: the same fields under names that end differently.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Base64,
    Json,
}

impl Form {
    fn parse(text: Option<&str>) -> Result<Form, RpcError> {
        match text {
            None | Some("" | "base64") => Ok(Form::Base64),
            Some("json") => Ok(Form::Json),
            Some(_) => Err(RpcError::params("expected xdrFormat to be either base64 or json")),
        }
    }

    fn suffix(self, stem: &str) -> String {
        match self {
            Form::Base64 => format!("{stem}Xdr"),
            Form::Json => format!("{stem}Json"),
        }
    }

    /// A value that is kept as XDR bytes.
    fn bytes<T: ReadXdr + Serialize>(self, bytes: &[u8]) -> Value {
        match self {
            Form::Base64 => json!(codec::base64(bytes)),
            Form::Json => json!(codec::own::<T>(bytes)),
        }
    }

    fn value<T: WriteXdr + Serialize>(self, value: &T) -> Value {
        match self {
            Form::Base64 => json!(codec::xdr_base64(value)),
            Form::Json => json!(value),
        }
    }

    fn list<'a, T: WriteXdr + Serialize + 'a>(self, values: impl IntoIterator<Item = &'a T>) -> Value {
        values.into_iter().map(|v| self.value(v)).collect()
    }

    fn put<T: ReadXdr + Serialize>(self, map: &mut Map<String, Value>, stem: &str, bytes: &[u8]) {
        map.insert(self.suffix(stem), self.bytes::<T>(bytes));
    }
}

fn time_text(ledger: &Ledger) -> String {
    ledger.close_time().to_string()
}

/// The refusal that names the window which can be asked for.
fn out_of_range(node: &Node) -> RpcError {
    let range = node.history.range();
    RpcError::range(format!("startLedger must be within the ledger range: {} - {}", range.start(), range.end()))
}

fn page_limit(limit: Option<u32>, default: u32, max: u32) -> Result<usize, RpcError> {
    match limit {
        None | Some(0) => Ok(default as usize),
        Some(limit) if limit > max => Err(RpcError::params(format!("limit must not exceed {max}"))),
        Some(limit) => Ok(limit as usize),
    }
}
