//! The entry points of the streams: extend the instance's life, authorise, call the domain.

use soroban_sdk::{contract, contractimpl, Address, BytesN, Env};

use crate::events::StreamsConstructed;
use crate::types::{Config, Flow, Plan, Stream};
use crate::{accrual, lifecycle, payouts, settling, storage};

#[contract]
pub struct StreamContract;

#[contractimpl]
impl StreamContract {
    /// Streams here pay in this escrow's assets and into its invoices.
    pub fn __constructor(env: Env, escrow: Address, distributor: Address) {
        storage::write_config(&env, &Config(escrow.clone(), distributor.clone()));
        storage::extend_instance(&env);
        StreamsConstructed {
            escrow,
            distributor,
        }
        .publish(&env);
    }

    /// Payer: locks a total that accrues evenly between two moments. Answers the id: sha256 of payer and reference.
    pub fn create(env: Env, payer: Address, reference: BytesN<32>, plan: Plan) -> BytesN<32> {
        storage::extend_instance(&env);
        payer.require_auth();
        lifecycle::create(&env, &payer, &reference, &plan)
    }

    /// Payer: locks a deposit that accrues at a rate per second until it is used up. Answers the id.
    pub fn open_ended(env: Env, payer: Address, reference: BytesN<32>, flow: Flow) -> BytesN<32> {
        storage::extend_instance(&env);
        payer.require_auth();
        lifecycle::open_ended(&env, &payer, &reference, &flow)
    }

    /// Payer: adds units to an open-ended stream that is not used up. Answers what is deposited in all.
    pub fn top_up(env: Env, id: BytesN<32>, amount: i128) -> i128 {
        storage::extend_instance(&env);
        lifecycle::top_up(&env, &id, amount)
    }

    /// Units accrued in all at `at`, settled or not. A moment before the last pause or resume counts as that one.
    pub fn accrued(env: Env, id: BytesN<32>, at: u64) -> i128 {
        accrual::accrued_at(&storage::stream(&env, &id), at)
    }

    /// Anyone: pays the recipient what has accrued and is not paid. An invoice takes at most what it is owed, and at least
    /// its smallest payment; when it will never take more, the rest goes back to the payer. Answers what the recipient got.
    pub fn settle(env: Env, id: BytesN<32>) -> i128 {
        storage::extend_instance(&env);
        settling::settle(&env, &id)
    }

    /// Payer: nothing accrues until `resume`; the end moves accordingly.
    pub fn pause(env: Env, id: BytesN<32>) {
        storage::extend_instance(&env);
        lifecycle::pause(&env, &id);
    }

    /// Payer: accrues again from now on.
    pub fn resume(env: Env, id: BytesN<32>) {
        storage::extend_instance(&env);
        lifecycle::resume(&env, &id);
    }

    /// Payer or recipient: ends the stream. What has accrued is paid, where it can be taken; the rest goes back to the payer
    /// in the same call. Answers what went back.
    pub fn cancel(env: Env, by: Address, id: BytesN<32>) -> i128 {
        storage::extend_instance(&env);
        by.require_auth();
        settling::cancel(&env, &by, &id)
    }

    /// Anyone: pays `owner` what could not be sent before. Answers the amount.
    pub fn withdraw_owed(env: Env, owner: Address, asset: Address) -> i128 {
        storage::extend_instance(&env);
        payouts::withdraw(&env, &owner, &asset)
    }

    /// Units of `asset` that wait here for `owner`.
    pub fn owed(env: Env, owner: Address, asset: Address) -> i128 {
        storage::owed(&env, &owner, &asset)
    }

    /// Everything about one stream.
    pub fn get_stream(env: Env, id: BytesN<32>) -> Stream {
        storage::stream(&env, &id)
    }

    /// The escrow and the distributor of the set.
    pub fn get_config(env: Env) -> Config {
        storage::config(&env)
    }
}
