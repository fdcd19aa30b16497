//! The entry points of the escrow: extend the instance's life, authorise, call the domain.

use soroban_sdk::{contract, contractimpl, Address, BytesN, Env, Vec};

use crate::types::{
    Addresses, Config, Escrow, Fees, Limit, Operation, Outcome, Payable, Payment, Roles, Scope,
    Split, Status, Subject, Terms,
};
use crate::{
    disputes, funding, governance, lifecycle, limits, payments, payouts, pricing, storage, terms,
    timelock,
};

#[contract]
pub struct EscrowContract;

#[contractimpl]
impl EscrowContract {
    /// Called once, at deployment. The distributor's address is computed before either contract exists.
    pub fn __constructor(
        env: Env,
        roles: Roles,
        addresses: Addresses,
        token_wasm: BytesN<32>,
        fees: Fees,
    ) {
        let config = Config {
            roles,
            addresses,
            token_wasm,
            fees,
            create_paused: false,
            fund_paused: false,
            admin_candidate: None,
            admin_deadline: 0,
        };
        governance::construct(&env, config);
        storage::extend_instance(&env);
    }

    /// Seller (on the allowlist): lists an invoice under the seller's own reference and deploys its share token. Answers the id.
    pub fn create_escrow(
        env: Env,
        seller: Address,
        reference: BytesN<32>,
        terms: Terms,
    ) -> BytesN<32> {
        storage::extend_instance(&env);
        seller.require_auth();
        lifecycle::create(&env, &seller, &reference, &terms)
    }

    /// Operator: names the verified debtor and opens funding.
    pub fn attest(
        env: Env,
        id: BytesN<32>,
        debtor: Address,
        debtor_key: BytesN<32>,
        fingerprint: BytesN<32>,
    ) {
        storage::extend_instance(&env);
        storage::roles(&env).operator.require_auth();
        lifecycle::attest(
            &env,
            &id,
            lifecycle::Attestation {
                debtor,
                debtor_key,
                fingerprint,
            },
        );
    }

    /// The attested debtor: confirms face and due date.
    pub fn acknowledge(env: Env, id: BytesN<32>) {
        storage::extend_instance(&env);
        lifecycle::acknowledge(&env, &id);
    }

    /// Investor: puts in at most `max_amount` units and at least `min_amount`, for the terms with this hash. Answers the shares.
    /// The investor signs a transfer of `max_amount`; what does not fit comes back in the same call.
    pub fn fund_escrow(
        env: Env,
        investor: Address,
        id: BytesN<32>,
        max_amount: i128,
        min_amount: i128,
        terms_hash: BytesN<32>,
    ) -> i128 {
        storage::extend_instance(&env);
        investor.require_auth();
        let bid = funding::Bid {
            max: max_amount,
            min: min_amount,
            terms_hash,
        };
        funding::fund(&env, &investor, &id, &bid)
    }

    /// Seller while nobody has invested, or admin while the invoice is open.
    pub fn cancel_escrow(env: Env, by: Address, id: BytesN<32>) {
        storage::extend_instance(&env);
        by.require_auth();
        lifecycle::cancel(&env, &by, &id);
    }

    /// Anyone: pays `holder` back what the shares of a cancelled or expired invoice cost. Answers the amount.
    pub fn refund(env: Env, holder: Address, id: BytesN<32>) -> i128 {
        storage::extend_instance(&env);
        funding::refund(&env, &holder, &id)
    }

    /// Operator, debtor or seller: pays `amount` units. The same payer can use a payment id once.
    pub fn record_payment(
        env: Env,
        payer: Address,
        id: BytesN<32>,
        amount: i128,
        payment_id: BytesN<32>,
    ) -> Split {
        storage::extend_instance(&env);
        payer.require_auth();
        let slip = payments::Slip {
            id: &id,
            payer: &payer,
            payment_id: &payment_id,
        };
        payments::record(&env, &slip, amount)
    }

    /// Operator, debtor or seller: makes the holders whole now, for at most `max` units; what is not needed comes back.
    pub fn pay_off(
        env: Env,
        payer: Address,
        id: BytesN<32>,
        max: i128,
        payment_id: BytesN<32>,
    ) -> Split {
        storage::extend_instance(&env);
        payer.require_auth();
        let slip = payments::Slip {
            id: &id,
            payer: &payer,
            payment_id: &payment_id,
        };
        payments::pay_off(&env, &slip, max)
    }

    /// Debtor or operator: objects, for a reason whose salted hash is kept. Lapses by itself; 60 days in all per invoice.
    pub fn open_dispute(env: Env, by: Address, id: BytesN<32>, reason: BytesN<32>) {
        storage::extend_instance(&env);
        by.require_auth();
        disputes::open(&env, &by, &id, &reason);
    }

    /// Resolver: ends a dispute that is open; an upheld one lowers what the debtor owes.
    pub fn resolve_dispute(env: Env, id: BytesN<32>, outcome: Outcome) {
        storage::extend_instance(&env);
        storage::roles(&env).resolver.require_auth();
        disputes::resolve(&env, &id, outcome);
    }

    /// Operator and debtor together: the debtor owes `reduction` units less.
    pub fn reduce_face(env: Env, id: BytesN<32>, reduction: i128) {
        storage::extend_instance(&env);
        let escrow = storage::escrow(&env, &id);
        let operator = storage::roles(&env).operator;
        operator.require_auth();
        // Without a debtor there is nothing to reduce; one signature is enough of somebody who is both.
        if let Some(debtor) = escrow.debtor.as_ref().filter(|debtor| **debtor != operator) {
            debtor.require_auth();
        }
        disputes::reduce(&env, &id, escrow, reduction);
    }

    /// Seller, or operator for the seller: brings in what the seller owes the holders. All of it is for them.
    pub fn pay_recourse(
        env: Env,
        payer: Address,
        id: BytesN<32>,
        amount: i128,
        payment_id: BytesN<32>,
    ) -> Split {
        storage::extend_instance(&env);
        payer.require_auth();
        let slip = payments::Slip {
            id: &id,
            payer: &payer,
            payment_id: &payment_id,
        };
        payments::pay_recourse(&env, &slip, amount)
    }

    /// Anyone: the days of grace have passed and the holders are not whole.
    pub fn declare_default(env: Env, id: BytesN<32>) {
        storage::extend_instance(&env);
        lifecycle::declare_default(&env, &id);
    }

    /// Anyone: pays `owner` what could not be sent before. Answers the amount.
    pub fn withdraw_owed(env: Env, owner: Address, asset: Address) -> i128 {
        storage::extend_instance(&env);
        payouts::withdraw(&env, &owner, &asset)
    }

    /// Anyone: extends the life of up to 20 invoices, their share tokens and payout accounts. Answers how many.
    pub fn extend(env: Env, ids: Vec<BytesN<32>>) -> u32 {
        storage::extend_instance(&env);
        lifecycle::extend(&env, &ids)
    }

    /// Operator: whether `account` is verified to sell, or to hold restricted shares.
    pub fn set_allowed(env: Env, account: Address, allowed: bool) {
        storage::extend_instance(&env);
        storage::roles(&env).operator.require_auth();
        governance::set_allowed(&env, &account, allowed);
    }

    /// Admin: whether new invoices may settle in `asset`.
    pub fn set_asset(env: Env, asset: Address, allowed: bool) {
        storage::extend_instance(&env);
        storage::roles(&env).admin.require_auth();
        governance::set_asset(&env, &asset, allowed);
    }

    /// Admin: the most that may depend on a debtor or a seller, in units of an asset, or the most of one invoice that an account
    /// may hold, in basis points; nothing lifts the limit. What stands already goes on.
    pub fn set_limit(env: Env, subject: Subject, most: Option<i128>) {
        storage::extend_instance(&env);
        storage::roles(&env).admin.require_auth();
        limits::set(&env, &subject, most);
    }

    /// Anyone: an expired invoice stops counting towards its debtor's and its seller's limit. A refund does it too.
    pub fn free_limits(env: Env, id: BytesN<32>) {
        storage::extend_instance(&env);
        limits::free_expired(&env, &id);
    }

    /// Admin: names a successor, who has seven days to accept.
    pub fn propose_admin(env: Env, candidate: Address) {
        storage::extend_instance(&env);
        let roles = storage::roles(&env);
        roles.admin.require_auth();
        governance::propose_admin(&env, roles, &candidate);
    }

    /// The proposed admin: takes over.
    pub fn accept_admin(env: Env) {
        storage::extend_instance(&env);
        governance::accept_admin(&env);
    }

    /// Pauser: stops new invoices or new funding; never payments, refunds or claims.
    pub fn pause(env: Env, scope: Scope) {
        storage::extend_instance(&env);
        storage::roles(&env).pauser.require_auth();
        governance::set_pause(&env, scope, true);
    }

    /// Admin: lifts a pause.
    pub fn unpause(env: Env, scope: Scope) {
        storage::extend_instance(&env);
        storage::roles(&env).admin.require_auth();
        governance::set_pause(&env, scope, false);
    }

    /// Admin: announces a change, which can be executed after two days and within two weeks. Answers its id.
    pub fn schedule(env: Env, operation: Operation) -> BytesN<32> {
        storage::extend_instance(&env);
        storage::roles(&env).admin.require_auth();
        timelock::schedule(&env, &operation)
    }

    /// Admin: carries out a change whose waiting time is over.
    pub fn execute(env: Env, operation: Operation) {
        storage::extend_instance(&env);
        storage::roles(&env).admin.require_auth();
        timelock::execute(&env, &operation);
    }

    /// Admin: takes an announced change back.
    pub fn withdraw_op(env: Env, operation: Operation) {
        storage::extend_instance(&env);
        storage::roles(&env).admin.require_auth();
        timelock::withdraw(&env, &operation);
    }

    /// Units that make the holders whole at `at`; 0 once they are.
    pub fn payoff(env: Env, id: BytesN<32>, at: u64) -> i128 {
        payments::payoff_at(&env, &storage::escrow(&env, &id), at)
    }

    /// Units that the seller may bring in at `at` through `pay_recourse`.
    pub fn recourse_due(env: Env, id: BytesN<32>, at: u64) -> i128 {
        pricing::recourse_due(&env, &storage::escrow(&env, &id), at)
    }

    /// When a scheduled operation can be executed, or nothing.
    pub fn get_operation(env: Env, operation_id: BytesN<32>) -> Option<u64> {
        storage::operation(&env, &operation_id)
    }

    /// What a payment of `amount` units at `at` would do.
    pub fn quote(env: Env, id: BytesN<32>, amount: i128, at: u64) -> Split {
        payments::quote_at(&env, &storage::escrow(&env, &id), amount, at)
    }

    /// What a payment by the debtor's side may be now.
    pub fn payable(env: Env, id: BytesN<32>) -> Payable {
        payments::payable_now(&env, &storage::escrow(&env, &id))
    }

    /// Everything about one invoice, as stored.
    pub fn get_escrow(env: Env, id: BytesN<32>) -> Escrow {
        storage::escrow(&env, &id)
    }

    /// The status now; `Expired` is open past its funding deadline.
    pub fn get_status(env: Env, id: BytesN<32>) -> Status {
        lifecycle::status_at(&storage::escrow(&env, &id), env.ledger().timestamp())
    }

    /// A recorded payment, or nothing.
    pub fn get_payment(
        env: Env,
        id: BytesN<32>,
        payer: Address,
        payment_id: BytesN<32>,
    ) -> Option<Payment> {
        storage::payment(&env, &terms::payment_key(&env, &id, &payer, &payment_id))
    }

    /// Units of `asset` that wait here for `owner`.
    pub fn owed(env: Env, owner: Address, asset: Address) -> i128 {
        storage::owed(&env, &owner, &asset)
    }

    /// Whether `account` may hold shares of the invoice.
    pub fn may_hold(env: Env, id: BytesN<32>, account: Address) -> bool {
        !storage::escrow(&env, &id).terms.restricted || storage::is_allowed(&env, &account)
    }

    /// The most shares of the invoice that `account` may hold now; 0 for one that may hold none.
    pub fn share_limit(env: Env, id: BytesN<32>, account: Address) -> i128 {
        limits::most_shares(&env, &storage::escrow(&env, &id), &account)
    }

    /// A limit, and the units that count towards it. Before an attestation: what is left for the debtor and for the seller.
    pub fn limits(env: Env, subject: Subject) -> Limit {
        storage::limit(&env, &subject)
    }

    /// Whether `account` is on the allowlist.
    pub fn is_allowed(env: Env, account: Address) -> bool {
        storage::is_allowed(&env, &account)
    }

    /// Whether new invoices may settle in `asset`.
    pub fn is_asset(env: Env, asset: Address) -> bool {
        storage::is_asset(&env, &asset)
    }

    /// Roles, addresses, fees, pauses and a pending change of admin.
    pub fn get_config(env: Env) -> Config {
        storage::config(&env)
    }
}
