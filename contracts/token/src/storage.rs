//! Every key of the token and every extension of its life.

use soroban_sdk::{Address, BytesN, Env, String};
use tenor_common::ttl::{EXTEND_TO, THRESHOLD};

use crate::types::{Allowance, Config, DataKey, Holder, Metadata, Totals};

// Entries that every call reads are vectors of their fields: a map costs its names again at every reading.
type StoredConfig = (Address, Address, BytesN<32>, Address, bool);
type StoredMetadata = (String, String, u32);
type StoredTotals = (i128, i128, i128, bool);
type StoredHolder = (i128, i128, i128);

pub(crate) fn extend_instance(env: &Env) {
    env.storage().instance().extend_ttl(THRESHOLD, EXTEND_TO);
}

pub(crate) fn config(env: &Env) -> Config {
    let (escrow, distributor, invoice_id, asset, restricted): StoredConfig =
        read(env.storage().instance().get(&DataKey::Config));
    Config {
        escrow,
        distributor,
        invoice_id,
        asset,
        restricted,
    }
}

pub(crate) fn write_config(env: &Env, config: Config) {
    let stored: StoredConfig = (
        config.escrow,
        config.distributor,
        config.invoice_id,
        config.asset,
        config.restricted,
    );
    env.storage().instance().set(&DataKey::Config, &stored);
}

pub(crate) fn metadata(env: &Env) -> Metadata {
    let (name, symbol, decimals): StoredMetadata =
        read(env.storage().instance().get(&DataKey::Metadata));
    Metadata {
        name,
        symbol,
        decimals,
    }
}

pub(crate) fn write_metadata(env: &Env, metadata: Metadata) {
    let stored: StoredMetadata = (metadata.name, metadata.symbol, metadata.decimals);
    env.storage().instance().set(&DataKey::Metadata, &stored);
}

/// Reading extends; no call writes them unread.
pub(crate) fn totals(env: &Env) -> Totals {
    let (supply, index, remainder, unlocked): StoredTotals =
        read(env.storage().persistent().get(&DataKey::Totals));
    extend_totals(env);
    Totals {
        supply,
        index,
        remainder,
        unlocked,
    }
}

pub(crate) fn extend_totals(env: &Env) {
    extend(env, &DataKey::Totals);
}

pub(crate) fn write_totals(env: &Env, totals: &Totals) {
    let stored: StoredTotals = (
        totals.supply,
        totals.index,
        totals.remainder,
        totals.unlocked,
    );
    env.storage().persistent().set(&DataKey::Totals, &stored);
}

/// An archived entry never reads as absent: the host refuses the call until it is restored.
pub(crate) fn holder(env: &Env, address: &Address) -> Option<Holder> {
    let key = DataKey::Holder(address.clone());
    let stored: Option<StoredHolder> = env.storage().persistent().get(&key);
    stored.map(|(balance, index, accrued_scaled)| Holder {
        balance,
        index,
        accrued_scaled,
    })
}

pub(crate) fn write_holder(env: &Env, address: &Address, holder: &Holder) {
    let key = DataKey::Holder(address.clone());
    let stored: StoredHolder = (holder.balance, holder.index, holder.accrued_scaled);
    env.storage().persistent().set(&key, &stored);
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
