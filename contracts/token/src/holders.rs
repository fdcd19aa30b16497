//! Shares coming, moving and going. Every change settles both sides with their old balances first.

use soroban_sdk::{panic_with_error, Address, Env};
use tenor_common::accrual::Holding;
use tenor_common::CommonError;

use crate::accrual::{fits, narrow, save, settled, wide};
use crate::errors::TokenError;
use crate::events::{Burn, Mint, SharesMoved, SharesUnlocked};
use crate::peers::EscrowClient;
use crate::storage;
use crate::types::{Config, Totals};

pub(crate) fn balance(env: &Env, address: &Address) -> i128 {
    storage::holder(env, address).map_or(0, |holder| holder.balance)
}

/// Moves shares between two holders; to oneself nothing changes but the events.
pub(crate) fn transfer(env: &Env, from: &Address, to: &Address, amount: i128) {
    if amount < 0 {
        panic_with_error!(env, CommonError::AmountNegative);
    }
    let config = storage::config(env);
    let mut totals = storage::totals(env);
    let most = most_for_receiver(env, &config, &totals, to);
    let before = totals.clone();
    let moved = wide(env, amount);
    let mut giver = load(env, from, &totals);
    if giver.balance < moved {
        panic_with_error!(env, TokenError::BalanceTooLow);
    }
    let mut taker = giver;
    if from != to {
        giver.balance -= moved;
        taker = load(env, to, &totals);
        taker.balance = fits(env, taker.balance.checked_add(moved));
        // Who holds more already, because a limit was lowered, can still let go of shares.
        if amount > 0 && narrow(env, taker.balance) > most {
            panic_with_error!(env, TokenError::ReceiverAboveLimit);
        }
        save(env, to, taker, &mut totals);
    }
    save(env, from, giver, &mut totals);
    if totals != before {
        storage::write_totals(env, &totals);
    }
    SharesMoved {
        invoice_id: config.invoice_id,
        from: Some(from.clone()),
        to: Some(to.clone()),
        amount,
        from_balance: narrow(env, giver.balance),
        to_balance: narrow(env, taker.balance),
        supply: totals.supply,
        index: totals.index,
    }
    .publish(env);
}

/// New shares for money that the escrow has taken in; the last ones unlock all of them.
pub(crate) fn mint(env: &Env, config: &Config, to: &Address, amount: i128, last: bool) {
    if amount <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    if is_system(env, config, to) {
        panic_with_error!(env, TokenError::SystemAddress);
    }
    let mut totals = storage::totals(env);
    totals.unlocked |= last;
    totals.supply = fits(env, totals.supply.checked_add(amount));
    let mut taker = load(env, to, &totals);
    taker.balance = fits(env, taker.balance.checked_add(wide(env, amount)));
    save(env, to, taker, &mut totals);
    storage::write_totals(env, &totals);
    Mint {
        to: to.clone(),
        amount,
    }
    .publish(env);
    SharesMoved {
        invoice_id: config.invoice_id.clone(),
        from: None,
        to: Some(to.clone()),
        amount,
        from_balance: 0,
        to_balance: narrow(env, taker.balance),
        supply: totals.supply,
        index: totals.index,
    }
    .publish(env);
    if last {
        SharesUnlocked {
            invoice_id: config.invoice_id.clone(),
            supply: totals.supply,
        }
        .publish(env);
    }
}

/// Takes shares away for money that the escrow pays back in the same call.
pub(crate) fn redeem(env: &Env, config: &Config, from: &Address, amount: i128) {
    if amount <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    let mut totals = storage::totals(env);
    let mut giver = load(env, from, &totals);
    let gone = wide(env, amount);
    if giver.balance < gone {
        panic_with_error!(env, TokenError::BalanceTooLow);
    }
    giver.balance -= gone;
    totals.supply -= amount;
    save(env, from, giver, &mut totals);
    storage::write_totals(env, &totals);
    Burn {
        from: from.clone(),
        amount,
    }
    .publish(env);
    SharesMoved {
        invoice_id: config.invoice_id.clone(),
        from: Some(from.clone()),
        to: None,
        amount,
        from_balance: narrow(env, giver.balance),
        to_balance: 0,
        supply: totals.supply,
        index: totals.index,
    }
    .publish(env);
}

/// Whether a transfer of a share to `address` would be let through now.
pub(crate) fn can_receive(env: &Env, address: &Address) -> bool {
    let config = storage::config(env);
    storage::totals(env).unlocked
        && !is_system(env, &config, address)
        && balance(env, address) < most_shares(env, &config, address)
}

pub(crate) fn check_spender(env: &Env, spender: &Address) {
    if is_system(env, &storage::config(env), spender) {
        panic_with_error!(env, TokenError::SystemAddress);
    }
}

/// Refuses who can receive nothing at all; answers how many shares `to` may hold.
fn most_for_receiver(env: &Env, config: &Config, totals: &Totals, to: &Address) -> i128 {
    if !totals.unlocked {
        panic_with_error!(env, TokenError::SharesLocked);
    }
    if is_system(env, config, to) {
        panic_with_error!(env, TokenError::SystemAddress);
    }
    let most = most_shares(env, config, to);
    if most == 0 {
        panic_with_error!(env, TokenError::ReceiverNotAllowed);
    }
    most
}

fn is_system(env: &Env, config: &Config, address: &Address) -> bool {
    *address == config.escrow
        || *address == config.distributor
        || *address == env.current_contract_address()
}

/// Only of a restricted invoice are holders people whom the platform knows, so only there a limit can be held.
fn most_shares(env: &Env, config: &Config, address: &Address) -> i128 {
    if !config.restricted {
        return i128::MAX;
    }
    EscrowClient::new(env, &config.escrow).share_limit(&config.invoice_id, address)
}

fn load(env: &Env, address: &Address, totals: &Totals) -> Holding {
    match storage::holder(env, address) {
        Some(holder) => settled(env, &holder, totals.index),
        None => Holding {
            index: wide(env, totals.index),
            ..Holding::default()
        },
    }
}
