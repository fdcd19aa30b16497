//! Every key of the token and every extension of its life.

use soroban_sdk::{Address, Env};
use tenor_common::ttl::{EXTEND_TO, THRESHOLD};

use crate::types::{Allowance, Config, DataKey, Holder, Totals};

pub(crate) fn extend_instance(env: &Env) {
    env.storage().instance().extend_ttl(THRESHOLD, EXTEND_TO);
}

pub(crate) fn config(env: &Env) -> Config {
    read(env.storage().instance().get(&DataKey::Config))
}

pub(crate) fn write_config(env: &Env, config: &Config) {
    env.storage().instance().set(&DataKey::Config, config);
}

pub(crate) fn totals(env: &Env) -> Totals {
    let totals = read(env.storage().persistent().get(&DataKey::Totals));
    extend(env, &DataKey::Totals);
    totals
}

pub(crate) fn write_totals(env: &Env, totals: &Totals) {
    env.storage().persistent().set(&DataKey::Totals, totals);
    extend(env, &DataKey::Totals);
}

/// An archived entry never reads as absent: the host refuses the call until it is restored.
pub(crate) fn holder(env: &Env, address: &Address) -> Option<Holder> {
    let key = DataKey::Holder(address.clone());
    let holder = env.storage().persistent().get(&key);
    if holder.is_some() {
        extend(env, &key);
    }
    holder
}

pub(crate) fn write_holder(env: &Env, address: &Address, holder: &Holder) {
    let key = DataKey::Holder(address.clone());
    env.storage().persistent().set(&key, holder);
    extend(env, &key);
}

pub(crate) fn remove_holder(env: &Env, address: &Address) {
    let key = DataKey::Holder(address.clone());
    env.storage().persistent().remove(&key);
}

pub(crate) fn allowance(env: &Env, from: &Address, spender: &Address) -> Option<Allowance> {
    let key = DataKey::Allowance(from.clone(), spender.clone());
    env.storage().temporary().get(&key)
}

pub(crate) fn write_allowance(env: &Env, from: &Address, spender: &Address, allowance: &Allowance) {
    let key = DataKey::Allowance(from.clone(), spender.clone());
    let storage = env.storage().temporary();
    if allowance.amount == 0 {
        return storage.remove(&key);
    }
    storage.set(&key, allowance);
    let life = allowance.live_until_ledger - env.ledger().sequence();
    storage.extend_ttl(&key, life, life);
}

fn extend(env: &Env, key: &DataKey) {
    env.storage()
        .persistent()
        .extend_ttl(key, THRESHOLD, EXTEND_TO);
}

/// The constructor writes these keys, so a missing one is a broken ledger, not a case.
fn read<T>(entry: Option<T>) -> T {
    match entry {
        Some(entry) => entry,
        None => panic!(),
    }
}
