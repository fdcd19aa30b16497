//! Transfers out of the escrow. One that fails becomes a debt that anyone can have paid to its owner.
//! Never lets one party's account block another's money.

use soroban_sdk::token::TokenClient;
use soroban_sdk::{panic_with_error, Address, Env};

use crate::errors::EscrowError;
use crate::events::OwedChanged;
use crate::pricing::fits;
use crate::storage;

/// Sends `amount`, or notes that it is owed. A part of zero is not sent.
pub(crate) fn send(env: &Env, asset: &Address, to: &Address, amount: i128) {
    if amount == 0 {
        return;
    }
    let sent =
        TokenClient::new(env, asset).try_transfer(&env.current_contract_address(), to, &amount);
    if sent.is_ok() {
        return;
    }
    let before = storage::owed(env, to, asset);
    let after = fits(env, before.checked_add(amount));
    write(env, to, asset, before, after);
}

/// Pays what is owed, to its owner only; fails whole, so that the debt stays.
pub(crate) fn withdraw(env: &Env, owner: &Address, asset: &Address) -> i128 {
    let amount = storage::owed(env, owner, asset);
    if amount == 0 {
        panic_with_error!(env, EscrowError::NothingOwed);
    }
    write(env, owner, asset, amount, 0);
    TokenClient::new(env, asset).transfer(&env.current_contract_address(), owner, &amount);
    amount
}

fn write(env: &Env, owner: &Address, asset: &Address, before: i128, after: i128) {
    storage::write_owed(env, owner, asset, after);
    OwedChanged {
        owner: owner.clone(),
        asset: asset.clone(),
        before,
        after,
    }
    .publish(env);
}
