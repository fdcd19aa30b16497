//! Transfers out. One that fails becomes a debt that anyone can have paid to its owner.
//! Never lets one party's account block another's money.

use soroban_sdk::token::TokenClient;
use soroban_sdk::{panic_with_error, Address, Env};
use tenor_common::CommonError;

use crate::errors::StreamError;
use crate::events::StreamOwedChanged;
use crate::storage;

/// Sends `amount`, or notes that it is owed. Zero is not sent.
pub(crate) fn send(env: &Env, asset: &Address, to: &Address, amount: i128) {
    if amount == 0 {
        return;
    }
    let here = env.current_contract_address();
    if TokenClient::new(env, asset)
        .try_transfer(&here, to, &amount)
        .is_ok()
    {
        return;
    }
    let before = storage::owed(env, to, asset);
    let Some(after) = before.checked_add(amount) else {
        panic_with_error!(env, CommonError::Overflow);
    };
    write(env, to, asset, before, after);
}

/// Pays what is owed, to its owner only; fails whole, so that the debt stays.
pub(crate) fn withdraw(env: &Env, owner: &Address, asset: &Address) -> i128 {
    let amount = storage::owed(env, owner, asset);
    if amount == 0 {
        panic_with_error!(env, StreamError::NothingHeld);
    }
    write(env, owner, asset, amount, 0);
    TokenClient::new(env, asset).transfer(&env.current_contract_address(), owner, &amount);
    amount
}

fn write(env: &Env, owner: &Address, asset: &Address, before: i128, after: i128) {
    storage::write_owed(env, owner, asset, after);
    StreamOwedChanged {
        owner: owner.clone(),
        asset: asset.clone(),
        before,
        after,
    }
    .publish(env);
}
