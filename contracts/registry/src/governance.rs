//! Who runs the registry and who may reserve. Never touches a reservation.

use soroban_sdk::{panic_with_error, Address, Env};
use tenor_common::math::DAY_SECONDS;

use crate::errors::RegistryError;
use crate::events::{
    MemberChanged, RegistryAdminChanged, RegistryAdminProposed, RegistryConstructed,
};
use crate::storage;
use crate::types::Config;

/// How long a proposed admin has to accept.
const PROPOSAL_SECONDS: u64 = 7 * DAY_SECONDS;

pub(crate) fn construct(env: &Env, admin: Address) {
    check_not_own(env, &admin);
    storage::write_config(env, &Config(admin.clone(), None, 0));
    RegistryConstructed { admin }.publish(env);
}

pub(crate) fn set_member(env: &Env, member: &Address, admitted: bool) {
    check_not_own(env, member);
    let admitted_before = storage::is_member(env, member);
    storage::write_member(env, member, admitted);
    MemberChanged {
        member: member.clone(),
        admitted_before,
        admitted,
    }
    .publish(env);
}

pub(crate) fn propose_admin(env: &Env, Config(admin, ..): Config, candidate: &Address) {
    check_not_own(env, candidate);
    let deadline = env.ledger().timestamp() + PROPOSAL_SECONDS;
    let proposed = Config(admin.clone(), Some(candidate.clone()), deadline);
    storage::write_config(env, &proposed);
    RegistryAdminProposed {
        admin,
        candidate: candidate.clone(),
        deadline,
    }
    .publish(env);
}

/// Only the proposed admin, and only until the stored deadline.
pub(crate) fn accept_admin(env: &Env) {
    let Config(before, candidate, deadline) = storage::config(env);
    let Some(after) = candidate else {
        panic_with_error!(env, RegistryError::NoCandidate);
    };
    after.require_auth();
    if env.ledger().timestamp() > deadline {
        panic_with_error!(env, RegistryError::CandidacyLapsed);
    }
    storage::write_config(env, &Config(after.clone(), None, 0));
    RegistryAdminChanged { before, after }.publish(env);
}

fn check_not_own(env: &Env, party: &Address) {
    if *party == env.current_contract_address() {
        panic_with_error!(env, RegistryError::OwnAddress);
    }
}
