//! The entry points of the share token.

use soroban_sdk::token::TokenInterface;
use soroban_sdk::{
    contract, contractimpl, panic_with_error, vec, Address, BytesN, Env, MuxedAddress, String, Vec,
};
use tenor_common::ShareMetadata;

use crate::errors::TokenError;
use crate::events::{Transfer, TransferMuxed};
use crate::types::{Config, Metadata, ShareInfo, Totals};
use crate::{accrual, allowances, holders, storage};

#[contract]
pub struct Token;

#[contractimpl]
impl Token {
    /// Called once, by the escrow that deploys the token.
    pub fn __constructor(
        env: Env,
        escrow: Address,
        distributor: Address,
        invoice_id: BytesN<32>,
        asset: Address,
        metadata: ShareMetadata,
    ) {
        let config = Config {
            escrow,
            distributor,
            invoice_id,
            asset,
            restricted: metadata.restricted,
        };
        let shown = Metadata {
            name: metadata.name,
            symbol: metadata.symbol,
            decimals: metadata.decimals,
        };
        let totals = Totals {
            supply: 0,
            index: 0,
            remainder: 0,
            unlocked: false,
        };
        storage::write_config(&env, config);
        storage::write_metadata(&env, shown);
        storage::write_totals(&env, &totals);
        storage::extend_totals(&env);
        storage::extend_instance(&env);
    }

    /// Escrow only: `amount` new shares for money taken in. The `last` ones complete the supply: shares may move from then on.
    pub fn mint(env: Env, to: Address, amount: i128, last: bool) {
        storage::extend_instance(&env);
        let config = storage::config(&env);
        config.escrow.require_auth();
        holders::mint(&env, &config, &to, amount, last);
    }

    /// Escrow only: takes shares away for money that is paid back in the same call.
    pub fn redeem_for_refund(env: Env, from: Address, amount: i128) {
        storage::extend_instance(&env);
        let config = storage::config(&env);
        config.escrow.require_auth();
        holders::redeem(&env, &config, &from, amount);
    }

    /// Distributor only: spreads `amount` units over all shares.
    pub fn accrue(env: Env, amount: i128) {
        storage::extend_instance(&env);
        let config = storage::config(&env);
        config.distributor.require_auth();
        accrual::accrue(&env, config.invoice_id, amount);
    }

    /// Whole units of the asset that `holder` can be paid now.
    pub fn accrued(env: Env, holder: Address) -> i128 {
        accrual::payable(&env, &vec![&env, holder])
            .get(0)
            .unwrap_or(0)
    }

    /// The same for up to 60 holders, in the order asked.
    pub fn accrued_many(env: Env, holders: Vec<Address>) -> Vec<i128> {
        accrual::payable(&env, &holders)
    }

    /// Distributor only: takes the whole units off each holder because they are being paid; answers how many they were.
    pub fn mark_paid(env: Env, holders: Vec<Address>) -> Vec<i128> {
        storage::extend_instance(&env);
        storage::config(&env).distributor.require_auth();
        accrual::mark_paid(&env, &holders)
    }

    /// Shares in existence, one per unit of the advance.
    pub fn total_supply(env: Env) -> i128 {
        storage::totals(&env).supply
    }

    /// The invoice behind the shares, and their totals. Extends the life of both entries.
    pub fn invoice(env: Env) -> ShareInfo {
        storage::extend_instance(&env);
        let (config, totals) = (storage::config(&env), storage::totals(&env));
        ShareInfo {
            escrow: config.escrow,
            distributor: config.distributor,
            invoice_id: config.invoice_id,
            asset: config.asset,
            restricted: config.restricted,
            unlocked: totals.unlocked,
            supply: totals.supply,
            index: totals.index,
            remainder: totals.remainder,
        }
    }

    /// Whether a transfer of shares to `addr` would be let through now.
    pub fn is_transferable_to(env: Env, addr: Address) -> bool {
        holders::can_receive(&env, &addr)
    }
}

#[contractimpl]
impl TokenInterface for Token {
    fn allowance(env: Env, from: Address, spender: Address) -> i128 {
        allowances::current(&env, &from, &spender)
    }

    fn approve(env: Env, from: Address, spender: Address, amount: i128, live_until_ledger: u32) {
        storage::extend_instance(&env);
        from.require_auth();
        holders::check_spender(&env, &spender);
        allowances::approve(&env, &from, &spender, amount, live_until_ledger);
    }

    fn balance(env: Env, id: Address) -> i128 {
        holders::balance(&env, &id)
    }

    fn transfer(env: Env, from: Address, to: MuxedAddress, amount: i128) {
        storage::extend_instance(&env);
        from.require_auth();
        let receiver = to.address();
        holders::transfer(&env, &from, &receiver, amount);
        match to.id() {
            None => Transfer {
                from,
                to: receiver,
                amount,
            }
            .publish(&env),
            Some(to_muxed_id) => TransferMuxed {
                from,
                to: receiver,
                amount,
                to_muxed_id,
            }
            .publish(&env),
        }
    }

    fn transfer_from(env: Env, spender: Address, from: Address, to: Address, amount: i128) {
        storage::extend_instance(&env);
        spender.require_auth();
        allowances::spend(&env, &from, &spender, amount);
        holders::transfer(&env, &from, &to, amount);
        Transfer { from, to, amount }.publish(&env);
    }

    fn burn(env: Env, from: Address, amount: i128) {
        let _ = (from, amount);
        panic_with_error!(&env, TokenError::BurnRefused);
    }

    fn burn_from(env: Env, spender: Address, from: Address, amount: i128) {
        let _ = (spender, from, amount);
        panic_with_error!(&env, TokenError::BurnRefused);
    }

    fn decimals(env: Env) -> u32 {
        storage::metadata(&env).decimals
    }

    fn name(env: Env) -> String {
        storage::metadata(&env).name
    }

    fn symbol(env: Env) -> String {
        storage::metadata(&env).symbol
    }
}
