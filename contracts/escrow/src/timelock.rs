//! Changes that wait: scheduled in public, executed after two days and within two weeks, or withdrawn.
//! Never touches an existing invoice: terms, fees and treasury are frozen in each.

use soroban_sdk::xdr::ToXdr;
use soroban_sdk::{panic_with_error, BytesN, ContractExecutable, Env};
use tenor_common::math::DAY_SECONDS;

use crate::errors::EscrowError;
use crate::events::{OperationExecuted, OperationScheduled, OperationWithdrawn};
use crate::pricing::fits;
use crate::types::Operation;
use crate::{governance, storage};

const DELAY_SECONDS: u64 = 2 * DAY_SECONDS;
const WINDOW_SECONDS: u64 = 14 * DAY_SECONDS;

/// Answers the operation's id: a hash that binds all of it.
pub(crate) fn schedule(env: &Env, operation: &Operation) -> BytesN<32> {
    check(env, operation);
    let id = hash(env, operation);
    let now = env.ledger().timestamp();
    if storage::operation(env, &id).is_some_and(|ready_at| now <= lapses_at(env, ready_at)) {
        panic_with_error!(env, EscrowError::AlreadyScheduled);
    }
    let ready_at = fits(env, now.checked_add(DELAY_SECONDS));
    storage::write_operation(env, &id, Some(ready_at));
    OperationScheduled {
        operation_id: id.clone(),
        operation: operation.clone(),
        ready_at,
        lapses_at: lapses_at(env, ready_at),
    }
    .publish(env);
    id
}

/// Once, not before its time and not after its window.
pub(crate) fn execute(env: &Env, operation: &Operation) {
    check(env, operation);
    let (id, ready_at) = scheduled(env, operation);
    let now = env.ledger().timestamp();
    if now < ready_at {
        panic_with_error!(env, EscrowError::NotReady);
    }
    if now > lapses_at(env, ready_at) {
        panic_with_error!(env, EscrowError::OperationLapsed);
    }
    storage::write_operation(env, &id, None);
    match operation {
        Operation::Upgrade(wasm) => env
            .deployer()
            .update_current_contract(ContractExecutable::Wasm(wasm.clone())),
        Operation::SetFees(fees) => storage::write_fees(env, fees),
        Operation::SetRoles(roles) => storage::write_roles(env, roles),
        Operation::SetTokenWasm(wasm) => storage::write_token_wasm(env, wasm),
    }
    OperationExecuted {
        operation_id: id,
        operation: operation.clone(),
    }
    .publish(env);
}

pub(crate) fn withdraw(env: &Env, operation: &Operation) {
    let (id, _) = scheduled(env, operation);
    storage::write_operation(env, &id, None);
    OperationWithdrawn { operation_id: id }.publish(env);
}

/// When scheduled, and again when executed: roles can have changed in between.
fn check(env: &Env, operation: &Operation) {
    match operation {
        Operation::SetFees(fees) => governance::check_fees(env, fees),
        Operation::SetRoles(roles) => {
            if roles.admin != storage::roles(env).admin {
                panic_with_error!(env, EscrowError::AdminByProposal);
            }
            governance::check_roles(env, &storage::addresses(env), roles);
        }
        Operation::Upgrade(_) | Operation::SetTokenWasm(_) => (),
    }
}

fn scheduled(env: &Env, operation: &Operation) -> (BytesN<32>, u64) {
    let id = hash(env, operation);
    match storage::operation(env, &id) {
        Some(ready_at) => (id, ready_at),
        None => panic_with_error!(env, EscrowError::NotScheduled),
    }
}

fn lapses_at(env: &Env, ready_at: u64) -> u64 {
    fits(env, ready_at.checked_add(WINDOW_SECONDS))
}

fn hash(env: &Env, operation: &Operation) -> BytesN<32> {
    env.crypto()
        .sha256(&operation.clone().to_xdr(env))
        .to_bytes()
}
