//! Result codes in Horizon's words, from XDR-JSON's names. It judges nothing.

use serde_json::{json, Map, Value};
use stellar_xdr::{InnerTransactionResultResult, OperationResult, TransactionResult, TransactionResultResult};

/// `{"transaction": "tx_failed", "operations": ["op_underfunded"]}`, and the inner code of a fee bump.
pub fn result_codes(result: &TransactionResult) -> Value {
    use TransactionResultResult as T;
    let mut codes = Map::from_iter([("transaction".to_string(), json!(transaction_code(&json!(result.result))))]);
    let operations = match &result.result {
        T::TxSuccess(list) | T::TxFailed(list) => list.as_slice(),
        T::TxFeeBumpInnerSuccess(pair) | T::TxFeeBumpInnerFailed(pair) => {
            let inner = &pair.result.result;
            codes.insert("inner_transaction".to_string(), json!(transaction_code(&json!(inner))));
            match inner {
                InnerTransactionResultResult::TxSuccess(list) | InnerTransactionResultResult::TxFailed(list) => {
                    list.as_slice()
                }
                _ => &[],
            }
        }
        _ => &[],
    };
    if !operations.is_empty() {
        codes.insert("operations".to_string(), operations.iter().map(|op| json!(operation_code(op))).collect());
    }
    Value::Object(codes)
}

fn transaction_code(told: &Value) -> String {
    match name(told).as_str() {
        "tx_bad_min_seq_age_or_gap" => "tx_bad_minseq_age_or_gap".to_string(),
        code => code.to_string(),
    }
}

fn operation_code(op: &OperationResult) -> String {
    let OperationResult::OpInner(inner) = op else { return name(&json!(op)) };
    let told = json!(inner);
    let Some((kind, result)) = told.as_object().and_then(|object| object.iter().next()) else {
        return name(&told);
    };
    match (kind.as_str(), name(result).as_str()) {
        ("create_account", "already_exist") => "op_already_exists".to_string(),
        ("invoke_host_function", "trapped") => "function_trapped".to_string(),
        (
            "invoke_host_function",
            code @ ("resource_limit_exceeded" | "entry_archived" | "insufficient_refundable_fee"),
        ) => code.to_string(),
        (_, code) => format!("op_{code}"),
    }
}

/// The variant's name, whether it carries something or not.
fn name(told: &Value) -> String {
    match told {
        Value::String(name) => name.clone(),
        Value::Object(object) => object.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stellar_xdr::*;

    #[test]
    fn codes_are_horizons_words() {
        let op = |tr| OperationResult::OpInner(tr);
        let list = vec![
            op(OperationResultTr::Payment(PaymentResult::Underfunded)),
            op(OperationResultTr::CreateAccount(CreateAccountResult::AlreadyExist)),
            op(OperationResultTr::InvokeHostFunction(InvokeHostFunctionResult::Trapped)),
            op(OperationResultTr::AccountMerge(AccountMergeResult::Success(5))),
            OperationResult::OpBadAuth,
        ];
        let result = TransactionResult {
            fee_charged: 1,
            result: TransactionResultResult::TxFailed(list.try_into().unwrap()),
            ext: TransactionResultExt::V0,
        };
        let codes = ["op_underfunded", "op_already_exists", "function_trapped", "op_success", "op_bad_auth"];
        assert_eq!(result_codes(&result), json!({"transaction": "tx_failed", "operations": codes}));
        let bad = TransactionResult {
            fee_charged: 1,
            result: TransactionResultResult::TxBadSeq,
            ext: TransactionResultExt::V0,
        };
        assert_eq!(result_codes(&bad), json!({"transaction": "tx_bad_seq"}));
    }
}
