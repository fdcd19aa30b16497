//! Who may do what: roles, the allowlists, the pause and the change of admin. Never touches an existing invoice.

use soroban_sdk::{panic_with_error, Address, Env};
use tenor_common::math::DAY_SECONDS;

use crate::errors::EscrowError;
use crate::events::{
    AccountAllowed, AdminChanged, AdminProposed, AssetAllowed, EscrowConstructed, PauseChanged,
};
use crate::types::{Addresses, Config, Fees, Roles, Scope};
use crate::{lifecycle, storage};

/// How long a proposed admin has to accept.
const PROPOSAL_SECONDS: u64 = 7 * DAY_SECONDS;
const FEE_BPS_MAX: u32 = 10_000;

pub(crate) fn construct(env: &Env, config: Config) {
    check_roles(env, &config.addresses, &config.roles);
    check_fees(env, &config.fees);
    storage::write_config(env, &config);
    EscrowConstructed { config }.publish(env);
}

pub(crate) fn set_allowed(env: &Env, account: &Address, allowed: bool) {
    lifecycle::check_not_system(env, &storage::addresses(env), account);
    let allowed_before = storage::is_allowed(env, account);
    storage::write_allowed(env, account, allowed);
    AccountAllowed {
        account: account.clone(),
        allowed_before,
        allowed,
    }
    .publish(env);
}

pub(crate) fn set_asset(env: &Env, asset: &Address, allowed: bool) {
    lifecycle::check_not_system(env, &storage::addresses(env), asset);
    let allowed_before = storage::is_asset(env, asset);
    storage::write_asset(env, asset, allowed);
    AssetAllowed {
        asset: asset.clone(),
        allowed_before,
        allowed,
    }
    .publish(env);
}

pub(crate) fn propose_admin(env: &Env, roles: Roles, candidate: &Address) {
    let admin = roles.admin.clone();
    check_admin(env, roles, candidate);
    let deadline = env.ledger().timestamp() + PROPOSAL_SECONDS;
    storage::write_candidate(env, Some((candidate.clone(), deadline)));
    AdminProposed {
        admin,
        candidate: candidate.clone(),
        deadline,
    }
    .publish(env);
}

/// Only the proposed admin, and only until the stored deadline.
pub(crate) fn accept_admin(env: &Env) {
    let Some((candidate, deadline)) = storage::candidate(env) else {
        panic_with_error!(env, EscrowError::NoAdminProposed);
    };
    candidate.require_auth();
    if env.ledger().timestamp() > deadline {
        panic_with_error!(env, EscrowError::AdminProposalLapsed);
    }
    let before = storage::roles(env);
    // The other roles can have changed since the proposal.
    let roles = check_admin(env, before.clone(), &candidate);
    storage::write_roles(env, &roles);
    storage::write_candidate(env, None);
    AdminChanged {
        before: before.admin,
        after: candidate,
    }
    .publish(env);
}

pub(crate) fn set_pause(env: &Env, scope: Scope, paused: bool) {
    let paused_before = storage::is_paused(env, scope);
    let (create, fund) = match scope {
        Scope::Create => (paused, storage::is_paused(env, Scope::Fund)),
        Scope::Fund => (storage::is_paused(env, Scope::Create), paused),
    };
    storage::write_paused(env, create, fund);
    PauseChanged {
        scope,
        paused_before,
        paused,
    }
    .publish(env);
}

/// One key can never do everything: the four acting roles are four addresses. The treasury is none of ours.
pub(crate) fn check_roles(env: &Env, addresses: &Addresses, roles: &Roles) {
    let acting = [
        &roles.admin,
        &roles.operator,
        &roles.resolver,
        &roles.pauser,
    ];
    for (place, role) in acting.iter().enumerate() {
        if acting[place + 1..].contains(role) {
            panic_with_error!(env, EscrowError::RolesCoincide);
        }
    }
    lifecycle::check_not_system(env, addresses, &roles.treasury);
}

pub(crate) fn check_fees(env: &Env, fees: &Fees) {
    if fees.origination_bps > FEE_BPS_MAX || fees.profit_bps > FEE_BPS_MAX {
        panic_with_error!(env, EscrowError::FeeOutOfBounds);
    }
}

fn check_admin(env: &Env, roles: Roles, candidate: &Address) -> Roles {
    let addresses = storage::addresses(env);
    let roles = Roles {
        admin: candidate.clone(),
        ..roles
    };
    check_roles(env, &addresses, &roles);
    lifecycle::check_not_system(env, &addresses, candidate);
    roles
}
