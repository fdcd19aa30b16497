//! Every key of the distributor and every extension of its life.

use soroban_sdk::{panic_with_error, Address, BytesN, Env};
use tenor_common::ttl::{EXTEND_TO, THRESHOLD};

use crate::errors::DistributorError;
use crate::types::{Account, DataKey, Deposit};

pub(crate) fn extend_instance(env: &Env) {
    env.storage().instance().extend_ttl(THRESHOLD, EXTEND_TO);
}

pub(crate) fn escrow(env: &Env) -> Address {
    match env.storage().instance().get(&DataKey::Escrow) {
        Some(escrow) => escrow,
        // The constructor writes it, so a missing one is a broken ledger, not a case.
        None => panic!(),
    }
}

pub(crate) fn write_escrow(env: &Env, escrow: &Address) {
    env.storage().instance().set(&DataKey::Escrow, escrow);
}

pub(crate) fn is_registered(env: &Env, token: &Address) -> bool {
    env.storage()
        .persistent()
        .has(&DataKey::Account(token.clone()))
}

/// The account of a registered token; a stranger's token is refused before any call to it.
pub(crate) fn account(env: &Env, token: &Address) -> Account {
    let key = DataKey::Account(token.clone());
    match env.storage().persistent().get(&key) {
        Some(account) => {
            extend(env, &key);
            account
        }
        None => panic_with_error!(env, DistributorError::UnknownToken),
    }
}

pub(crate) fn write_account(env: &Env, token: &Address, account: &Account) {
    let key = DataKey::Account(token.clone());
    env.storage().persistent().set(&key, account);
    extend(env, &key);
}

/// An archived entry never reads as absent: the host refuses the call until it is restored.
pub(crate) fn deposit(env: &Env, token: &Address, payment_id: &BytesN<32>) -> Option<Deposit> {
    let key = DataKey::Deposit(token.clone(), payment_id.clone());
    env.storage().persistent().get(&key)
}

pub(crate) fn write_deposit(
    env: &Env,
    token: &Address,
    payment_id: &BytesN<32>,
    deposit: &Deposit,
) {
    let key = DataKey::Deposit(token.clone(), payment_id.clone());
    env.storage().persistent().set(&key, deposit);
    extend(env, &key);
}

fn extend(env: &Env, key: &DataKey) {
    env.storage()
        .persistent()
        .extend_ttl(key, THRESHOLD, EXTEND_TO);
}
