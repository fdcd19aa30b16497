//! Every key of the escrow and every extension of its life.

use soroban_sdk::{panic_with_error, Address, BytesN, Env, IntoVal, TryFromVal, Val};
use tenor_common::ttl::{EXTEND_TO, THRESHOLD};

use crate::errors::EscrowError;
use crate::types::{Config, DataKey, Escrow, Payment};

pub(crate) fn extend_instance(env: &Env) {
    env.storage().instance().extend_ttl(THRESHOLD, EXTEND_TO);
}

pub(crate) fn config(env: &Env) -> Config {
    match env.storage().instance().get(&DataKey::Config) {
        Some(config) => config,
        // The constructor writes it, so a missing one is a broken ledger, not a case.
        None => panic!(),
    }
}

pub(crate) fn write_config(env: &Env, config: &Config) {
    env.storage().instance().set(&DataKey::Config, config);
}

pub(crate) fn escrow(env: &Env, id: &BytesN<32>) -> Escrow {
    match read(env, &DataKey::Escrow(id.clone())) {
        Some(escrow) => escrow,
        None => panic_with_error!(env, EscrowError::UnknownInvoice),
    }
}

pub(crate) fn has_escrow(env: &Env, id: &BytesN<32>) -> bool {
    env.storage().persistent().has(&DataKey::Escrow(id.clone()))
}

pub(crate) fn write_escrow(env: &Env, id: &BytesN<32>, escrow: &Escrow) {
    write(env, &DataKey::Escrow(id.clone()), escrow);
}

pub(crate) fn payment(env: &Env, key: &BytesN<32>) -> Option<Payment> {
    read(env, &DataKey::Payment(key.clone()))
}

pub(crate) fn write_payment(env: &Env, key: &BytesN<32>, payment: &Payment) {
    write(env, &DataKey::Payment(key.clone()), payment);
}

/// What could not be sent to `owner` and waits here.
pub(crate) fn owed(env: &Env, owner: &Address, asset: &Address) -> i128 {
    read(env, &DataKey::Owed(owner.clone(), asset.clone())).unwrap_or(0)
}

pub(crate) fn write_owed(env: &Env, owner: &Address, asset: &Address, amount: i128) {
    write_or_remove(
        env,
        &DataKey::Owed(owner.clone(), asset.clone()),
        amount,
        amount > 0,
    );
}

pub(crate) fn is_allowed(env: &Env, account: &Address) -> bool {
    read(env, &DataKey::Allowed(account.clone())).unwrap_or(false)
}

pub(crate) fn write_allowed(env: &Env, account: &Address, allowed: bool) {
    write_or_remove(env, &DataKey::Allowed(account.clone()), true, allowed);
}

pub(crate) fn is_asset(env: &Env, asset: &Address) -> bool {
    read(env, &DataKey::Asset(asset.clone())).unwrap_or(false)
}

pub(crate) fn write_asset(env: &Env, asset: &Address, allowed: bool) {
    write_or_remove(env, &DataKey::Asset(asset.clone()), true, allowed);
}

/// An archived entry never reads as absent: the host refuses the call until it is restored.
fn read<T: TryFromVal<Env, Val>>(env: &Env, key: &DataKey) -> Option<T> {
    let entry = env.storage().persistent().get(key);
    if entry.is_some() {
        env.storage()
            .persistent()
            .extend_ttl(key, THRESHOLD, EXTEND_TO);
    }
    entry
}

fn write<T: IntoVal<Env, Val>>(env: &Env, key: &DataKey, entry: &T) {
    env.storage().persistent().set(key, entry);
    env.storage()
        .persistent()
        .extend_ttl(key, THRESHOLD, EXTEND_TO);
}

fn write_or_remove<T: IntoVal<Env, Val>>(env: &Env, key: &DataKey, entry: T, keep: bool) {
    if keep {
        write(env, key, &entry);
    } else {
        env.storage().persistent().remove(key);
    }
}
