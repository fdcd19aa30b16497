//! simulateTransaction: every failure is `result.error`, never an error of the call.

use serde::Deserialize;
use serde_json::{json, Map, Value};
use stellar_xdr::*;

use super::{read, Answer, Form, MAX_ENVELOPE_BYTES};
use crate::codec;
use crate::frame::Frame;
use crate::host::simulate::{AuthMode, Trial};
use crate::node::Node;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params {
    #[serde(default)]
    transaction: String,
    #[serde(default)]
    resource_config: ResourceConfig,
    #[serde(default)]
    auth_mode: String,
    #[serde(default)]
    use_upgraded_auth: bool,
    xdr_format: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct ResourceConfig {
    #[serde(default)]
    instruction_leeway: u32,
}

pub fn simulate(node: &Node, params: Value) -> Answer {
    let params: Params = read(params)?;
    let (form, trial) = match Form::parse(params.xdr_format.as_deref()) {
        Ok(form) => (form, run(node, &params)),
        Err(error) => (Form::Base64, Trial::refused(error.message)),
    };
    let mut answer = tell(&trial, form);
    answer.insert("latestLedger".to_string(), json!(node.history.latest().seq()));
    Ok(Value::Object(answer))
}

fn run(node: &Node, params: &Params) -> Trial {
    let envelope = codec::from_base64::<TransactionEnvelope>(&params.transaction, MAX_ENVELOPE_BYTES);
    let Some(frame) = envelope.ok().and_then(|e| Frame::new(e, node.network_id).ok()) else {
        return Trial::refused("Could not unmarshal transaction");
    };
    let [op] = frame.tx().operations.as_slice() else {
        return Trial::refused("Transaction contains more than one operation");
    };
    let footprint = || frame.soroban_data().map(|data| &data.resources.footprint);
    let needs_data = "To perform a SimulateTransaction for ExtendFootprintTtl or RestoreFootprint operations, \
                      SorobanTransactionData must be provided";
    let now = node.latest_moment();
    match &op.body {
        OperationBody::InvokeHostFunction(call) => {
            if frame.tx().memo != Memo::None {
                return Trial::refused("Transaction contains a memo. Soroban transactions do not support memos.");
            }
            match auth_mode(params, call) {
                Err(why) => Trial::refused(why),
                Ok(mode) => {
                    let leeway = params.resource_config.instruction_leeway;
                    node.engine.simulate_call(&node.state, &now, call, &frame.op_source(op), mode, leeway)
                }
            }
        }
        OperationBody::ExtendFootprintTtl(_) | OperationBody::RestoreFootprint(_) if !params.auth_mode.is_empty() => {
            Trial::refused("cannot set authMode with non-InvokeHostFunction operations")
        }
        OperationBody::ExtendFootprintTtl(extend) => match footprint() {
            None => Trial::refused(needs_data),
            Some(f) => node.engine.simulate_extend(&node.state, &now, &f.read_only, extend.extend_to),
        },
        OperationBody::RestoreFootprint(_) => match footprint() {
            None => Trial::refused(needs_data),
            Some(f) => node.engine.simulate_restore(&node.state, &now, &f.read_write),
        },
        other => Trial::refused(format!("Transaction contains unsupported operation type: {}", other.name())),
    }
}

fn auth_mode(params: &Params, call: &InvokeHostFunctionOp) -> Result<AuthMode, String> {
    let record = |root_only| AuthMode::Record { root_only, address_v2: params.use_upgraded_auth };
    match params.auth_mode.as_str() {
        "" if call.auth.is_empty() => Ok(record(true)),
        "" | "enforce" => Ok(AuthMode::Enforce),
        "record" | "record_allow_nonroot" if !call.auth.is_empty() => {
            Err(format!("cannot set authMode to {} with non-empty auth entries", params.auth_mode))
        }
        "record" => Ok(record(true)),
        "record_allow_nonroot" => Ok(record(false)),
        other => Err(format!("unsupported authMode: {other}")),
    }
}

fn tell(trial: &Trial, form: Form) -> Map<String, Value> {
    let mut map = Map::new();
    let events_name = if form == Form::Json { "eventsJson" } else { "events" };
    if !trial.events.is_empty() {
        map.insert(events_name.to_string(), form.list(trial.events.iter()));
    }
    if let Some(error) = &trial.error {
        map.insert("error".to_string(), json!(error));
        return map;
    }
    if let Some(value) = &trial.value {
        let (value_name, auth_name) =
            if form == Form::Json { ("returnValueJson", "authJson") } else { ("xdr", "auth") };
        map.insert(
            "results".to_string(),
            json!([{
                value_name: form.value(value),
                auth_name: form.list(trial.auth.iter()),
            }]),
        );
    }
    if let Some(data) = &trial.data {
        put_data(&mut map, data, form);
    }
    let changes: Vec<Value> = trial.diffs.iter().filter_map(|(before, after)| change(before, after, form)).collect();
    if !changes.is_empty() {
        map.insert("stateChanges".to_string(), json!(changes));
    }
    if let Some(data) = &trial.restore_first {
        let mut preamble = Map::new();
        put_data(&mut preamble, data, form);
        map.insert("restorePreamble".to_string(), Value::Object(preamble));
    }
    map
}

fn put_data(map: &mut Map<String, Value>, data: &SorobanTransactionData, form: Form) {
    let name = if form == Form::Json { "transactionDataJson" } else { "transactionData" };
    map.insert(name.to_string(), form.value(data));
    map.insert("minResourceFee".to_string(), json!(data.resource_fee.to_string()));
}

fn change(before: &Option<LedgerEntry>, after: &Option<LedgerEntry>, form: Form) -> Option<Value> {
    let (kind, key) = match (before, after) {
        (None, Some(new)) => ("created", new.to_key()),
        (Some(old), None) => ("deleted", old.to_key()),
        (Some(_), Some(new)) => ("updated", new.to_key()),
        (None, None) => return None,
    };
    let side = |entry: &Option<LedgerEntry>| entry.as_ref().map_or(Value::Null, |e| form.value(e));
    let names = if form == Form::Json { ["keyJson", "beforeJson", "afterJson"] } else { ["key", "before", "after"] };
    Some(json!({"type": kind, names[0]: form.value(&key), names[1]: side(before), names[2]: side(after)}))
}
