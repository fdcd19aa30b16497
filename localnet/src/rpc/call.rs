//! JSON-RPC 2.0 envelopes: what a call is, and how answers and errors are written.

use serde_json::{json, Value};

use super::RpcError;

pub struct Call {
    /// Echoed with its type; a call without one is a notification.
    pub id: Option<Value>,
    pub method: String,
    pub params: Value,
}

pub fn parse(value: Value) -> Result<Call, (Value, RpcError)> {
    let Value::Object(mut object) = value else {
        return Err((Value::Null, RpcError::new(RpcError::INVALID_REQUEST, "invalid request")));
    };
    let id = object.remove("id");
    let shown = id.clone().unwrap_or(Value::Null);
    let invalid = |text: &str| Err((shown.clone(), RpcError::new(RpcError::INVALID_REQUEST, text)));
    if object.get("jsonrpc") != Some(&json!("2.0")) {
        return invalid("invalid version marker");
    }
    let Some(Value::String(method)) = object.remove("method") else {
        return invalid("empty method name");
    };
    let mut params = match object.remove("params") {
        None | Some(Value::Null) => json!({}),
        Some(Value::Object(params)) => Value::Object(params),
        Some(_) => {
            return Err((
                shown,
                RpcError::new(RpcError::INVALID_PARAMS, "params must be an object: arguments go by name"),
            ))
        }
    };
    drop_nulls(&mut params);
    Ok(Call { id, method, params })
}

/// A member that is null is a member that is absent.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, member| !member.is_null());
            object.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

pub fn answer(id: &Value, result: Result<Value, RpcError>) -> Value {
    match result {
        Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
        Err(error) => error_answer(id, &error),
    }
}

pub fn error_answer(id: &Value, error: &RpcError) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": error.code, "message": error.message}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_null_and_empty_params_are_the_same() {
        for text in
            [r#"{"jsonrpc":"2.0","id":1,"method":"m"}"#, r#"{"jsonrpc":"2.0","id":1,"method":"m","params":null}"#]
        {
            let call = parse(serde_json::from_str(text).unwrap()).map_err(|_| ()).unwrap();
            assert_eq!(call.params, json!({}));
        }
        let nested = json!({"jsonrpc":"2.0","id":"a","method":"m","params":{"p":{"cursor":null,"limit":5},"q":null,"f":[{"t":null}]}});
        assert_eq!(parse(nested).map_err(|_| ()).unwrap().params, json!({"p": {"limit": 5}, "f": [{}]}));
    }

    #[test]
    fn positional_params_are_refused() {
        let refused = parse(json!({"jsonrpc":"2.0","id":7,"method":"m","params":[1]})).err().unwrap();
        assert_eq!((refused.0, refused.1.code), (json!(7), RpcError::INVALID_PARAMS));
    }
}
