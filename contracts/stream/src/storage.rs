//! Every key of the streams and every extension of its life.

use soroban_sdk::{panic_with_error, Address, BytesN, Env, IntoVal, TryFromVal, Val};
use tenor_common::ttl::{EXTEND_TO, THRESHOLD};

use crate::errors::StreamError;
use crate::types::{Config, DataKey, Recipient, Status, Stream};

/// A stream as it is stored, in the order of its fields: names would be paid for in every entry.
type Stored = (
    Address,
    Recipient,
    Address,
    i128,
    i128,
    i128,
    u64,
    u64,
    u64,
    Status,
);

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

pub(crate) fn has_stream(env: &Env, id: &BytesN<32>) -> bool {
    env.storage().persistent().has(&DataKey::Stream(id.clone()))
}

pub(crate) fn stream(env: &Env, id: &BytesN<32>) -> Stream {
    let stored: Option<Stored> = read(env, &DataKey::Stream(id.clone()));
    let Some((
        payer,
        recipient,
        asset,
        deposited,
        paid,
        units,
        seconds,
        ran_seconds,
        since,
        status,
    )) = stored
    else {
        panic_with_error!(env, StreamError::UnknownStream);
    };
    Stream {
        payer,
        recipient,
        asset,
        deposited,
        paid,
        units,
        seconds,
        ran_seconds,
        since,
        status,
    }
}

pub(crate) fn write_stream(env: &Env, id: &BytesN<32>, stream: &Stream) {
    let stored: Stored = (
        stream.payer.clone(),
        stream.recipient.clone(),
        stream.asset.clone(),
        stream.deposited,
        stream.paid,
        stream.units,
        stream.seconds,
        stream.ran_seconds,
        stream.since,
        stream.status,
    );
    write(env, &DataKey::Stream(id.clone()), &stored);
}

/// What could not be sent to `owner` and waits here.
pub(crate) fn owed(env: &Env, owner: &Address, asset: &Address) -> i128 {
    read(env, &DataKey::Owed(owner.clone(), asset.clone())).unwrap_or(0)
}

pub(crate) fn write_owed(env: &Env, owner: &Address, asset: &Address, amount: i128) {
    let key = DataKey::Owed(owner.clone(), asset.clone());
    if amount > 0 {
        write(env, &key, &amount);
    } else {
        env.storage().persistent().remove(&key);
    }
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
