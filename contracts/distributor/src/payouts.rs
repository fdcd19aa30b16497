//! Money in for all holders of a token, money out to one holder or a page of them.

use soroban_sdk::token::TokenClient;
use soroban_sdk::{panic_with_error, vec, Address, BytesN, Env, InvokeError, Vec};
use tenor_common::CommonError;

use crate::errors::DistributorError;
use crate::events::{PayoutClaimed, PayoutDeposited, PayoutPaged, TokenRegistered};
use crate::peers::ShareTokenClient;
use crate::storage;
use crate::types::{Account, Deferral, Deposit, Page};

/// The largest page that fits the network's 16,384 bytes of events.
const PAGE_MAX: u32 = 60;
const TOKENS_MAX: u32 = 10;

pub(crate) fn register(env: &Env, token: &Address, asset: &Address) {
    if storage::is_registered(env, token) {
        panic_with_error!(env, DistributorError::AlreadyRegistered);
    }
    let account = Account {
        asset: asset.clone(),
        received: 0,
        paid: 0,
    };
    storage::write_account(env, token, &account);
    TokenRegistered {
        token: token.clone(),
        asset: asset.clone(),
    }
    .publish(env);
}

/// The escrow has sent `amount` before this call.
pub(crate) fn deposit(env: &Env, token: &Address, amount: i128, payment_id: &BytesN<32>) {
    if amount <= 0 {
        panic_with_error!(env, CommonError::AmountNotPositive);
    }
    let account = storage::account(env, token);
    if storage::deposit(env, token, payment_id).is_some() {
        panic_with_error!(env, DistributorError::AlreadyDeposited);
    }
    let at = env.ledger().timestamp();
    storage::write_deposit(env, token, payment_id, &Deposit { amount, at });
    let received_before = account.received;
    let received_after = plus(env, received_before, amount);
    let after = Account {
        received: received_after,
        ..account
    };
    storage::write_account(env, token, &after);
    ShareTokenClient::new(env, token).accrue(&amount);
    PayoutDeposited {
        token: token.clone(),
        payment_id: payment_id.clone(),
        amount,
        received_before,
        received_after,
    }
    .publish(env);
}

/// Pays one holder; answers 0 where there is nothing to pay.
pub(crate) fn pay_one(env: &Env, token: &Address, holder: &Address) -> i128 {
    let account = storage::account(env, token);
    let marked = ShareTokenClient::new(env, token).mark_paid(&vec![env, holder.clone()]);
    let amount = marked.get(0).unwrap_or(0);
    if amount == 0 {
        return 0;
    }
    let (paid_before, paid_after) = book(env, token, &account, amount);
    TokenClient::new(env, &account.asset).transfer(
        &env.current_contract_address(),
        holder,
        &amount,
    );
    PayoutClaimed {
        token: token.clone(),
        holder: holder.clone(),
        amount,
        paid_before,
        paid_after,
    }
    .publish(env);
    amount
}

/// Pays one holder of several tokens; a token without anything to pay counts 0.
pub(crate) fn pay_many(env: &Env, holder: &Address, tokens: &Vec<Address>) -> Vec<i128> {
    if tokens.len() > TOKENS_MAX {
        panic_with_error!(env, DistributorError::PageTooLarge);
    }
    let mut paid = Vec::new(env);
    for token in tokens {
        paid.push_back(pay_one(env, &token, holder));
    }
    paid
}

/// Pays a page of holders. One who cannot be paid is deferred and keeps the claim; one named twice is paid once.
pub(crate) fn pay_page(env: &Env, token: &Address, holders: &Vec<Address>) -> Page {
    if holders.len() > PAGE_MAX {
        panic_with_error!(env, DistributorError::PageTooLarge);
    }
    let account = storage::account(env, token);
    let shares = ShareTokenClient::new(env, token);
    let asset = TokenClient::new(env, &account.asset);
    let here = env.current_contract_address();
    let (mut paid, mut deferred) = (0, Vec::new(env));
    let (mut reached, mut amounts) = (Vec::new(env), Vec::new(env));
    for ((place, holder), amount) in (0u32..).zip(holders).zip(shares.accrued_many(holders)) {
        if amount == 0 || holders.first_index_of(&holder) != Some(place) {
            continue;
        }
        match asset.try_transfer(&here, &holder, &amount) {
            Ok(_) => {
                paid = plus(env, paid, amount);
                reached.push_back(holder);
                amounts.push_back(amount);
            }
            Err(error) => deferred.push_back(Deferral {
                holder,
                reason: reason(error),
            }),
        }
    }
    if shares.mark_paid(&reached) != amounts {
        panic_with_error!(env, DistributorError::AccrualMoved);
    }
    let (paid_before, paid_after) = book(env, token, &account, paid);
    PayoutPaged {
        token: token.clone(),
        paid_count: reached.len(),
        deferred_count: deferred.len(),
        paid_before,
        paid_after,
    }
    .publish(env);
    Page {
        paid,
        paid_count: reached.len(),
        deferred,
    }
}

/// Adds to what was paid, never above what was received.
fn book(env: &Env, token: &Address, account: &Account, amount: i128) -> (i128, i128) {
    let paid = plus(env, account.paid, amount);
    if paid > account.received {
        panic_with_error!(env, DistributorError::PaidAboveReceived);
    }
    let after = Account {
        paid,
        ..account.clone()
    };
    storage::write_account(env, token, &after);
    (account.paid, paid)
}

fn plus(env: &Env, a: i128, b: i128) -> i128 {
    match a.checked_add(b) {
        Some(sum) => sum,
        None => panic_with_error!(env, CommonError::Overflow),
    }
}

fn reason(error: Result<soroban_sdk::Error, InvokeError>) -> u32 {
    match error {
        Ok(error) if error.is_type(soroban_sdk::xdr::ScErrorType::Contract) => error.get_code(),
        Err(InvokeError::Contract(code)) => code,
        _ => 0,
    }
}
