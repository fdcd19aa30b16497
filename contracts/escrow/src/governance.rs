//! Who may do what: roles, the allowlists, the pause and the change of admin. Never touches an existing invoice.

use soroban_sdk::{panic_with_error, Address, Env};
use tenor_common::math::DAY_SECONDS;

use crate::errors::EscrowError;
use crate::events::{
    AccountAllowed, AdminChanged, AdminProposed, AssetAllowed, EscrowConstructed, PauseChanged,
};
use crate::types::{Config, Fees, Roles, Scope};
use crate::{lifecycle, storage};

/// How long a proposed admin has to accept.
const PROPOSAL_SECONDS: u64 = 7 * DAY_SECONDS;
const FEE_BPS_MAX: u32 = 10_000;

pub(crate) fn construct(env: &Env, config: Config) {
    check_separate(env, &config.roles);
    check_fees(env, &config.fees);
    lifecycle::check_not_system(env, &config, &config.roles.treasury);
    storage::write_config(env, &config);
    EscrowConstructed { config }.publish(env);
}

pub(crate) fn set_allowed(env: &Env, account: &Address, allowed: bool) {
    lifecycle::check_not_system(env, &storage::config(env), account);
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
    lifecycle::check_not_system(env, &storage::config(env), asset);
    let allowed_before = storage::is_asset(env, asset);
    storage::write_asset(env, asset, allowed);
    AssetAllowed {
        asset: asset.clone(),
        allowed_before,
        allowed,
    }
    .publish(env);
}

pub(crate) fn propose_admin(env: &Env, mut config: Config, candidate: &Address) {
    let roles = Roles {
        admin: candidate.clone(),
        ..config.roles.clone()
    };
    check_separate(env, &roles);
    lifecycle::check_not_system(env, &config, candidate);
    let deadline = env.ledger().timestamp() + PROPOSAL_SECONDS;
    config.admin_candidate = Some(candidate.clone());
    config.admin_deadline = deadline;
    storage::write_config(env, &config);
    AdminProposed {
        admin: config.roles.admin,
        candidate: candidate.clone(),
        deadline,
    }
    .publish(env);
}

/// Only the proposed admin, and only until the stored deadline.
pub(crate) fn accept_admin(env: &Env) {
    let mut config = storage::config(env);
    let Some(candidate) = config.admin_candidate.take() else {
        panic_with_error!(env, EscrowError::NoAdminProposed);
    };
    candidate.require_auth();
    if env.ledger().timestamp() > config.admin_deadline {
        panic_with_error!(env, EscrowError::AdminProposalLapsed);
    }
    config.admin_deadline = 0;
    let before = core::mem::replace(&mut config.roles.admin, candidate);
    storage::write_config(env, &config);
    AdminChanged {
        before,
        after: config.roles.admin,
    }
    .publish(env);
}

pub(crate) fn set_pause(env: &Env, mut config: Config, scope: Scope, paused: bool) {
    let flag = match scope {
        Scope::Create => &mut config.create_paused,
        Scope::Fund => &mut config.fund_paused,
    };
    let paused_before = core::mem::replace(flag, paused);
    storage::write_config(env, &config);
    PauseChanged {
        scope,
        paused_before,
        paused,
    }
    .publish(env);
}

/// One key can never do everything: the four acting roles are four addresses.
fn check_separate(env: &Env, roles: &Roles) {
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
}

fn check_fees(env: &Env, fees: &Fees) {
    if fees.origination_bps > FEE_BPS_MAX || fees.profit_bps > FEE_BPS_MAX {
        panic_with_error!(env, EscrowError::FeeOutOfBounds);
    }
}
