//! The entry points of the distributor.

use soroban_sdk::{contract, contractimpl, panic_with_error, Address, BytesN, Env, Vec};

use crate::errors::DistributorError;
use crate::events::DistributorConstructed;
use crate::peers::ShareTokenClient;
use crate::types::{Deposit, Page, Summary};
use crate::{payouts, storage};

#[contract]
pub struct Distributor;

#[contractimpl]
impl Distributor {
    /// The escrow's address is known before either contract exists.
    pub fn __constructor(env: Env, escrow: Address) {
        storage::write_escrow(&env, &escrow);
        storage::extend_instance(&env);
        DistributorConstructed { escrow }.publish(&env);
    }

    /// Escrow only: payouts of `token` are made in `asset`.
    pub fn register(env: Env, token: Address, asset: Address) {
        storage::extend_instance(&env);
        storage::escrow(&env).require_auth();
        payouts::register(&env, &token, &asset);
    }

    /// Escrow only, after it has sent `amount` units: spreads them over the token's holders.
    pub fn deposit(env: Env, token: Address, amount: i128, payment_id: BytesN<32>) {
        storage::extend_instance(&env);
        storage::escrow(&env).require_auth();
        payouts::deposit(&env, &token, amount, &payment_id);
    }

    /// What `claim` would pay now, in units.
    pub fn calculate(env: Env, token: Address, holder: Address) -> i128 {
        storage::account(&env, &token);
        ShareTokenClient::new(&env, &token).accrued(&holder)
    }

    /// Pays `holder` everything accrued on `token`. Anyone may call; only the holder is paid.
    pub fn claim(env: Env, token: Address, holder: Address) -> i128 {
        storage::extend_instance(&env);
        let paid = payouts::pay_one(&env, &token, &holder);
        if paid == 0 {
            panic_with_error!(&env, DistributorError::NothingToClaim);
        }
        paid
    }

    /// Pays `holder` on up to 10 tokens; answers what was paid on each.
    pub fn claim_many(env: Env, holder: Address, tokens: Vec<Address>) -> Vec<i128> {
        storage::extend_instance(&env);
        payouts::pay_many(&env, &holder, &tokens)
    }

    /// Pushes payouts to a page of up to 60 holders. Who cannot be paid is deferred and blocks nobody.
    pub fn distribute(env: Env, token: Address, holders: Vec<Address>) -> Page {
        storage::extend_instance(&env);
        payouts::pay_page(&env, &token, &holders)
    }

    /// A deposit by its payment key, or nothing.
    pub fn get_payment(env: Env, token: Address, payment_id: BytesN<32>) -> Option<Deposit> {
        storage::deposit(&env, &token, &payment_id)
    }

    /// What came in for a token's holders, what went out and what lies here. Extends the life of both accounts.
    pub fn get_summary(env: Env, token: Address) -> Summary {
        storage::extend_instance(&env);
        let account = storage::account(&env, &token);
        let info = ShareTokenClient::new(&env, &token).invoice();
        Summary {
            asset: account.asset,
            received: account.received,
            paid: account.paid,
            held: account.received - account.paid,
            remainder_scaled: info.remainder,
        }
    }
}
