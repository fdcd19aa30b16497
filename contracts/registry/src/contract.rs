//! The entry points of the registry: extend the instance's life, authorise, call the domain.

use soroban_sdk::{contract, contractimpl, Address, BytesN, Env};

use crate::types::{Config, Reservation};
use crate::{governance, reservations, storage};

#[contract]
pub struct Registry;

#[contractimpl]
impl Registry {
    /// Called once, at deployment.
    pub fn __constructor(env: Env, admin: Address) {
        governance::construct(&env, admin);
        storage::extend_instance(&env);
    }

    /// Admin: whether `member`, usually a platform's escrow contract, may reserve fingerprints.
    pub fn set_member(env: Env, member: Address, admitted: bool) {
        storage::extend_instance(&env);
        storage::config(&env).0.require_auth();
        governance::set_member(&env, &member, admitted);
    }

    /// Member: holds a fingerprint that nobody holds, through the moment `until`, at most 90 days ahead.
    pub fn reserve(env: Env, member: Address, fingerprint: BytesN<32>, until: u64) {
        storage::extend_instance(&env);
        member.require_auth();
        reservations::reserve(&env, &member, &fingerprint, until);
    }

    /// The member that holds it: frees a fingerprint that is not final.
    pub fn release(env: Env, member: Address, fingerprint: BytesN<32>) {
        storage::extend_instance(&env);
        member.require_auth();
        reservations::release(&env, &member, &fingerprint);
    }

    /// The member that holds it: the invoice is financed, so the fingerprint is held for ever.
    pub fn finalise(env: Env, member: Address, fingerprint: BytesN<32>) {
        storage::extend_instance(&env);
        member.require_auth();
        reservations::finalise(&env, &member, &fingerprint);
    }

    /// Whether somebody holds the fingerprint now.
    pub fn is_reserved(env: Env, fingerprint: BytesN<32>) -> bool {
        reservations::current(&env, &fingerprint).is_some()
    }

    /// Who holds the fingerprint now and until when, or nothing.
    pub fn get_reservation(env: Env, fingerprint: BytesN<32>) -> Option<Reservation> {
        reservations::current(&env, &fingerprint)
    }

    /// Whether `account` may reserve.
    pub fn is_member(env: Env, account: Address) -> bool {
        storage::is_member(&env, &account)
    }

    /// Admin: names a successor, who has seven days to accept.
    pub fn propose_admin(env: Env, candidate: Address) {
        storage::extend_instance(&env);
        let config = storage::config(&env);
        config.0.require_auth();
        governance::propose_admin(&env, config, &candidate);
    }

    /// The proposed admin: takes over.
    pub fn accept_admin(env: Env) {
        storage::extend_instance(&env);
        governance::accept_admin(&env);
    }

    /// The admin and a pending change of admin.
    pub fn get_config(env: Env) -> Config {
        storage::config(&env)
    }
}
