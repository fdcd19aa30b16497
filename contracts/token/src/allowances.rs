//! What spenders may move: temporary entries that overwrite, expire and are never a reservation.

use soroban_sdk::{panic_with_error, Address, Env};
use tenor_common::CommonError;

use crate::errors::TokenError;
use crate::events::Approve;
use crate::storage;
use crate::types::Allowance;

/// What `spender` may move now; 0 once the ledger has passed.
pub(crate) fn current(env: &Env, from: &Address, spender: &Address) -> i128 {
    live(env, from, spender).map_or(0, |allowance| allowance.amount)
}

pub(crate) fn approve(
    env: &Env,
    from: &Address,
    spender: &Address,
    amount: i128,
    live_until_ledger: u32,
) {
    if amount < 0 {
        panic_with_error!(env, CommonError::AmountNegative);
    }
    if amount > 0 && live_until_ledger < env.ledger().sequence() {
        panic_with_error!(env, TokenError::ExpiryInPast);
    }
    if amount > 0 && live_until_ledger > env.ledger().max_live_until_ledger() {
        panic_with_error!(env, TokenError::ExpiryTooFar);
    }
    storage::write_allowance(
        env,
        from,
        spender,
        &Allowance {
            amount,
            live_until_ledger,
        },
    );
    Approve {
        from: from.clone(),
        spender: spender.clone(),
        amount,
        live_until_ledger,
    }
    .publish(env);
}

pub(crate) fn spend(env: &Env, from: &Address, spender: &Address, amount: i128) {
    if amount < 0 {
        panic_with_error!(env, CommonError::AmountNegative);
    }
    if amount == 0 {
        return;
    }
    match live(env, from, spender) {
        Some(allowance) if allowance.amount >= amount => {
            let rest = Allowance {
                amount: allowance.amount - amount,
                ..allowance
            };
            storage::write_allowance(env, from, spender, &rest);
        }
        _ => panic_with_error!(env, TokenError::AllowanceTooLow),
    }
}

fn live(env: &Env, from: &Address, spender: &Address) -> Option<Allowance> {
    storage::allowance(env, from, spender)
        .filter(|a| a.live_until_ledger >= env.ledger().sequence())
}
