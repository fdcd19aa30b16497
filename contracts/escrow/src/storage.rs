//! Every key of the escrow and every extension of its life.
//!
//! What money calls read is stored as vectors of fields: a map costs its names again at every reading and writing.

use soroban_sdk::{panic_with_error, Address, BytesN, Env, IntoVal, TryFromVal, Val};
use tenor_common::ttl::{EXTEND_TO, THRESHOLD};

use crate::errors::EscrowError;
use crate::pricing;
use crate::types::{
    Addresses, Config, DataKey, Escrow, Fees, Limit, Money, Payment, Roles, Scope, Status, Subject,
    Terms,
};

type StoredEscrow = (
    (Address, BytesN<32>, BytesN<32>, Address, Address),
    Terms,
    Option<(Address, BytesN<32>, BytesN<32>)>,
    Option<u64>,
    Status,
    i128,
    i128,
    Option<StoredMoney>,
);
type StoredMoney = (
    (i128, i128, i128, i128, i128, i128, i128),
    (u64, u64, u32),
    (u64, u64, u64, u64),
);
type StoredRoles = (Address, Address, Address, Address, Address);
type StoredLimit = (Option<i128>, i128);
type StoredPayment = (i128, i128, i128, i128, u64);

pub(crate) fn extend_instance(env: &Env) {
    env.storage().instance().extend_ttl(THRESHOLD, EXTEND_TO);
}

pub(crate) fn roles(env: &Env) -> Roles {
    let (admin, operator, resolver, pauser, treasury): StoredRoles = setting(env, &DataKey::Roles);
    Roles {
        admin,
        operator,
        resolver,
        pauser,
        treasury,
    }
}

pub(crate) fn write_roles(env: &Env, roles: &Roles) {
    let Roles {
        admin,
        operator,
        resolver,
        pauser,
        treasury,
    } = roles.clone();
    let stored: StoredRoles = (admin, operator, resolver, pauser, treasury);
    set(env, &DataKey::Roles, &stored);
}

pub(crate) fn addresses(env: &Env) -> Addresses {
    let (distributor, registry, stream) = setting(env, &DataKey::Addresses);
    Addresses {
        distributor,
        registry,
        stream,
    }
}

pub(crate) fn fees(env: &Env) -> Fees {
    let (origination_bps, profit_bps) = setting(env, &DataKey::Fees);
    Fees {
        origination_bps,
        profit_bps,
    }
}

pub(crate) fn write_fees(env: &Env, fees: &Fees) {
    set(
        env,
        &DataKey::Fees,
        &(fees.origination_bps, fees.profit_bps),
    );
}

pub(crate) fn token_wasm(env: &Env) -> BytesN<32> {
    setting(env, &DataKey::TokenWasm)
}

pub(crate) fn write_token_wasm(env: &Env, hash: &BytesN<32>) {
    set(env, &DataKey::TokenWasm, hash);
}

pub(crate) fn is_paused(env: &Env, scope: Scope) -> bool {
    let (create, fund): (bool, bool) = setting(env, &DataKey::Paused);
    match scope {
        Scope::Create => create,
        Scope::Fund => fund,
    }
}

pub(crate) fn write_paused(env: &Env, create: bool, fund: bool) {
    set(env, &DataKey::Paused, &(create, fund));
}

/// The proposed admin and the last moment to accept.
pub(crate) fn candidate(env: &Env) -> Option<(Address, u64)> {
    env.storage().instance().get(&DataKey::Candidate)
}

pub(crate) fn write_candidate(env: &Env, candidate: Option<(Address, u64)>) {
    match candidate {
        Some(candidate) => set(env, &DataKey::Candidate, &candidate),
        None => env.storage().instance().remove(&DataKey::Candidate),
    }
}

pub(crate) fn config(env: &Env) -> Config {
    let (admin_candidate, admin_deadline) = candidate(env).unzip();
    Config {
        roles: roles(env),
        addresses: addresses(env),
        token_wasm: token_wasm(env),
        fees: fees(env),
        create_paused: is_paused(env, Scope::Create),
        fund_paused: is_paused(env, Scope::Fund),
        admin_candidate,
        admin_deadline: admin_deadline.unwrap_or(0),
    }
}

/// At construction only.
pub(crate) fn write_config(env: &Env, config: &Config) {
    let Addresses {
        distributor,
        registry,
        stream,
    } = config.addresses.clone();
    set(env, &DataKey::Addresses, &(distributor, registry, stream));
    write_roles(env, &config.roles);
    write_fees(env, &config.fees);
    write_token_wasm(env, &config.token_wasm);
    write_paused(env, config.create_paused, config.fund_paused);
}

/// When a scheduled operation may be executed.
pub(crate) fn operation(env: &Env, id: &BytesN<32>) -> Option<u64> {
    env.storage()
        .persistent()
        .get(&DataKey::Operation(id.clone()))
}

pub(crate) fn write_operation(env: &Env, id: &BytesN<32>, ready_at: Option<u64>) {
    let key = DataKey::Operation(id.clone());
    match ready_at {
        Some(ready_at) => write(env, &key, &ready_at),
        None => env.storage().persistent().remove(&key),
    }
}

/// Reading extends: what a call writes afterwards needs no extension of its own.
pub(crate) fn escrow(env: &Env, id: &BytesN<32>) -> Escrow {
    let key = DataKey::Escrow(id.clone());
    let stored: Option<StoredEscrow> = env.storage().persistent().get(&key);
    let Some((parties, terms, attestation, acknowledged_at, status, funded, refunded, money)) =
        stored
    else {
        panic_with_error!(env, EscrowError::UnknownInvoice);
    };
    extend(env, &key);
    let (seller, reference, terms_hash, token, treasury) = parties;
    let (debtor, debtor_key, fingerprint) = match attestation {
        Some((debtor, key, fingerprint)) => (Some(debtor), Some(key), Some(fingerprint)),
        None => (None, None, None),
    };
    Escrow {
        seller,
        reference,
        terms_hash,
        token,
        treasury,
        debtor,
        debtor_key,
        fingerprint,
        acknowledged_at,
        status,
        funded,
        refunded,
        money: money.map_or_else(|| pricing::closed_books(&terms), read_money),
        terms,
    }
}

pub(crate) fn has_escrow(env: &Env, id: &BytesN<32>) -> bool {
    env.storage().persistent().has(&DataKey::Escrow(id.clone()))
}

/// An invoice that `escrow` has read in this call.
pub(crate) fn write_escrow(env: &Env, id: &BytesN<32>, escrow: &Escrow) {
    let attestation = match (&escrow.debtor, &escrow.debtor_key, &escrow.fingerprint) {
        (Some(debtor), Some(key), Some(fingerprint)) => {
            Some((debtor.clone(), key.clone(), fingerprint.clone()))
        }
        _ => None,
    };
    let stored: StoredEscrow = (
        (
            escrow.seller.clone(),
            escrow.reference.clone(),
            escrow.terms_hash.clone(),
            escrow.token.clone(),
            escrow.treasury.clone(),
        ),
        escrow.terms.clone(),
        attestation,
        escrow.acknowledged_at,
        escrow.status,
        escrow.funded,
        escrow.refunded,
        (escrow.money.funded_at > 0).then(|| stored_money(&escrow.money)),
    );
    env.storage()
        .persistent()
        .set(&DataKey::Escrow(id.clone()), &stored);
}

pub(crate) fn write_new_escrow(env: &Env, id: &BytesN<32>, escrow: &Escrow) {
    write_escrow(env, id, escrow);
    extend(env, &DataKey::Escrow(id.clone()));
}

/// An archived record never reads as absent: the host refuses the call until it is restored.
pub(crate) fn payment(env: &Env, key: &BytesN<32>) -> Option<Payment> {
    let stored: Option<StoredPayment> = env
        .storage()
        .persistent()
        .get(&DataKey::Payment(key.clone()));
    stored.map(|(amount, to_holders, fee, to_seller, at)| Payment {
        amount,
        to_holders,
        fee,
        to_seller,
        at,
    })
}

pub(crate) fn has_payment(env: &Env, key: &BytesN<32>) -> bool {
    env.storage()
        .persistent()
        .has(&DataKey::Payment(key.clone()))
}

pub(crate) fn write_payment(env: &Env, key: &BytesN<32>, payment: &Payment) {
    let stored: StoredPayment = (
        payment.amount,
        payment.to_holders,
        payment.fee,
        payment.to_seller,
        payment.at,
    );
    write(env, &DataKey::Payment(key.clone()), &stored);
}

/// What could not be sent to `owner` and waits here.
pub(crate) fn owed(env: &Env, owner: &Address, asset: &Address) -> i128 {
    let key = DataKey::Owed(owner.clone(), asset.clone());
    env.storage().persistent().get(&key).unwrap_or(0)
}

pub(crate) fn write_owed(env: &Env, owner: &Address, asset: &Address, amount: i128) {
    let key = DataKey::Owed(owner.clone(), asset.clone());
    write_or_remove(env, &key, &amount, amount > 0);
}

pub(crate) fn is_allowed(env: &Env, account: &Address) -> bool {
    is_listed(env, &DataKey::Allowed(account.clone()))
}

pub(crate) fn write_allowed(env: &Env, account: &Address, allowed: bool) {
    write_or_remove(env, &DataKey::Allowed(account.clone()), &true, allowed);
}

pub(crate) fn is_asset(env: &Env, asset: &Address) -> bool {
    is_listed(env, &DataKey::Asset(asset.clone()))
}

pub(crate) fn write_asset(env: &Env, asset: &Address, allowed: bool) {
    write_or_remove(env, &DataKey::Asset(asset.clone()), &true, allowed);
}

pub(crate) fn limit(env: &Env, subject: &Subject) -> Limit {
    let stored: Option<StoredLimit> = env.storage().persistent().get(subject);
    if stored.is_some() {
        extend(env, subject);
    }
    let (most, used) = stored.unwrap_or_default();
    Limit { most, used }
}

/// One that limits nothing and counts nothing goes.
pub(crate) fn write_limit(env: &Env, subject: &Subject, limit: &Limit) {
    let stored: StoredLimit = (limit.most, limit.used);
    write_or_remove(
        env,
        subject,
        &stored,
        limit.most.is_some() || limit.used > 0,
    );
}

fn read_money(
    (
        (received, holders_gross, fee_taken, earned, late, face, recourse_paid),
        (funded_at, checkpoint_at, late_days_charged),
        (disputed_seconds, dispute_used, dispute_from, dispute_until),
    ): StoredMoney,
) -> Money {
    Money {
        funded_at,
        received,
        holders_gross,
        fee_taken,
        earned,
        late,
        late_days_charged,
        checkpoint_at,
        face,
        recourse_paid,
        disputed_seconds,
        dispute_used,
        dispute_from,
        dispute_until,
    }
}

fn stored_money(money: &Money) -> StoredMoney {
    (
        (
            money.received,
            money.holders_gross,
            money.fee_taken,
            money.earned,
            money.late,
            money.face,
            money.recourse_paid,
        ),
        (
            money.funded_at,
            money.checkpoint_at,
            money.late_days_charged,
        ),
        (
            money.disputed_seconds,
            money.dispute_used,
            money.dispute_from,
            money.dispute_until,
        ),
    )
}

fn setting<T: TryFromVal<Env, Val>>(env: &Env, key: &DataKey) -> T {
    match env.storage().instance().get(key) {
        Some(setting) => setting,
        // The constructor writes it, so a missing one is a broken ledger, not a case.
        None => panic!(),
    }
}

fn set<T: IntoVal<Env, Val>>(env: &Env, key: &DataKey, setting: &T) {
    env.storage().instance().set(key, setting);
}

fn is_listed(env: &Env, key: &DataKey) -> bool {
    let listed = env.storage().persistent().has(key);
    if listed {
        extend(env, key);
    }
    listed
}

fn write<K: IntoVal<Env, Val>, T: IntoVal<Env, Val>>(env: &Env, key: &K, entry: &T) {
    env.storage().persistent().set(key, entry);
    extend(env, key);
}

fn write_or_remove<K: IntoVal<Env, Val>, T: IntoVal<Env, Val>>(
    env: &Env,
    key: &K,
    entry: &T,
    keep: bool,
) {
    if keep {
        write(env, key, entry);
    } else {
        env.storage().persistent().remove(key);
    }
}

fn extend<K: IntoVal<Env, Val>>(env: &Env, key: &K) {
    env.storage()
        .persistent()
        .extend_ttl(key, THRESHOLD, EXTEND_TO);
}
