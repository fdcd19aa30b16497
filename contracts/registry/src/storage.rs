//! Every key of the registry and every extension of its life.

use soroban_sdk::{Address, BytesN, Env, IntoVal, TryFromVal, Val};
use tenor_common::ttl::{EXTEND_TO, THRESHOLD};

use crate::types::{Config, DataKey, Reservation};

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

pub(crate) fn is_member(env: &Env, account: &Address) -> bool {
    read(env, &DataKey::Member(account.clone())).unwrap_or(false)
}

pub(crate) fn write_member(env: &Env, account: &Address, admitted: bool) {
    let key = DataKey::Member(account.clone());
    if admitted {
        write(env, &key, &true);
    } else {
        env.storage().persistent().remove(&key);
    }
}

/// What was written last, whether or not its moment has passed.
pub(crate) fn reservation(env: &Env, fingerprint: &BytesN<32>) -> Option<Reservation> {
    read(env, &DataKey::Fingerprint(fingerprint.clone()))
}

pub(crate) fn write_reservation(env: &Env, fingerprint: &BytesN<32>, reservation: &Reservation) {
    write(env, &DataKey::Fingerprint(fingerprint.clone()), reservation);
}

pub(crate) fn remove_reservation(env: &Env, fingerprint: &BytesN<32>) {
    let key = DataKey::Fingerprint(fingerprint.clone());
    env.storage().persistent().remove(&key);
}

/// An archived entry never reads as absent: the host refuses the call until it is restored.
fn read<T: TryFromVal<Env, Val>>(env: &Env, key: &DataKey) -> Option<T> {
    let entry = env.storage().persistent().get(key);
    if entry.is_some() {
        extend(env, key);
    }
    entry
}

fn write<T: IntoVal<Env, Val>>(env: &Env, key: &DataKey, entry: &T) {
    env.storage().persistent().set(key, entry);
    extend(env, key);
}

fn extend(env: &Env, key: &DataKey) {
    env.storage()
        .persistent()
        .extend_ttl(key, THRESHOLD, EXTEND_TO);
}
