//! Roles, allowlists, the pause and the change of admin.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::Address;

use super::stage::{wasm, Stage, DAY, FACE, ORIGINATION_BPS, PROFIT_BPS};
use crate::refused;
use crate::types::{Addresses, Fees, Roles, Scope, Status};
use crate::{EscrowContract, EscrowError};

fn deploy(stage: &Stage, roles: Roles, fees: Fees) {
    let token_wasm = stage
        .env
        .deployer()
        .upload_contract_wasm(wasm("tenor_token").as_slice());
    let addresses = Addresses {
        registry: None,
        stream: None,
        distributor: stage.distributor.address.clone(),
    };
    stage
        .env
        .register(EscrowContract, (roles, addresses, token_wasm, fees));
}

fn fees() -> Fees {
    Fees {
        origination_bps: ORIGINATION_BPS,
        profit_bps: PROFIT_BPS,
    }
}

fn coinciding(join: impl Fn(&mut Roles)) {
    let stage = Stage::new();
    let mut roles = stage.roles.clone();
    join(&mut roles);
    deploy(&stage, roles, fees());
}

#[test]
#[should_panic(expected = "Error(Contract, #103)")]
fn h011_admin_and_operator_are_separate() {
    coinciding(|roles| roles.operator = roles.admin.clone());
}

#[test]
#[should_panic(expected = "Error(Contract, #103)")]
fn h011_operator_and_resolver_are_separate() {
    coinciding(|roles| roles.resolver = roles.operator.clone());
}

#[test]
#[should_panic(expected = "Error(Contract, #103)")]
fn h110_pauser_and_admin_are_separate() {
    coinciding(|roles| roles.pauser = roles.admin.clone());
}

#[test]
#[should_panic(expected = "Error(Contract, #144)")]
fn h009_the_distributor_is_not_the_treasury() {
    let stage = Stage::new();
    let roles = Roles {
        treasury: stage.distributor.address.clone(),
        ..stage.roles.clone()
    };
    deploy(&stage, roles, fees());
}

#[test]
#[should_panic(expected = "Error(Contract, #146)")]
fn h070_fees_end_at_ten_thousand_basis_points() {
    let stage = Stage::new();
    deploy(
        &stage,
        stage.roles.clone(),
        Fees {
            profit_bps: 10_001,
            ..fees()
        },
    );
}

#[test]
fn h070_the_highest_fees_are_accepted() {
    let stage = Stage::new();
    deploy(
        &stage,
        stage.roles.clone(),
        Fees {
            origination_bps: 10_000,
            profit_bps: 10_000,
        },
    );
}

#[test]
fn h105_a_new_admin_accepts_before_a_stored_deadline() {
    let stage = Stage::new();
    let heir = Address::generate(&stage.env);
    let propose = || {
        stage.sign(
            &stage.roles.admin,
            &stage.escrow.address,
            "propose_admin",
            (&heir,),
            &[],
        );
        stage.escrow.propose_admin(&heir);
    };
    let accept = || stage.sign(&heir, &stage.escrow.address, "accept_admin", (), &[]);
    accept();
    refused!(
        stage,
        stage.escrow.try_accept_admin(),
        EscrowError::NoAdminProposed
    );
    propose();
    stage.wait(7 * DAY + 1);
    accept();
    refused!(
        stage,
        stage.escrow.try_accept_admin(),
        EscrowError::AdminProposalLapsed
    );
    assert_eq!(stage.escrow.get_config().roles.admin, stage.roles.admin);
    propose();
    stage.wait(7 * DAY);
    accept();
    stage.escrow.accept_admin();
    let config = stage.escrow.get_config();
    assert_eq!(
        (
            config.roles.admin,
            config.admin_candidate,
            config.admin_deadline
        ),
        (heir.clone(), None, 0)
    );
    accept();
    refused!(
        stage,
        stage.escrow.try_accept_admin(),
        EscrowError::NoAdminProposed
    );
    // The old admin is a stranger now.
    stage.sign(
        &stage.roles.admin,
        &stage.escrow.address,
        "set_asset",
        (&stage.stranger, true),
        &[],
    );
    assert!(stage.escrow.try_set_asset(&stage.stranger, &true).is_err());
    stage.sign(
        &heir,
        &stage.escrow.address,
        "set_asset",
        (&stage.stranger, true),
        &[],
    );
    stage.escrow.set_asset(&stage.stranger, &true);
    assert!(stage.escrow.is_asset(&stage.stranger));
}

#[test]
fn h011_the_next_admin_holds_no_other_role() {
    let stage = Stage::new();
    for other in [
        &stage.roles.operator,
        &stage.roles.resolver,
        &stage.roles.pauser,
    ] {
        stage.sign(
            &stage.roles.admin,
            &stage.escrow.address,
            "propose_admin",
            (other,),
            &[],
        );
        refused!(
            stage,
            stage.escrow.try_propose_admin(other),
            EscrowError::RolesCoincide
        );
    }
}

#[test]
fn h109_a_pause_stops_new_business_and_never_an_exit() {
    let stage = Stage::new();
    let terms = stage.terms();
    let running = stage.funded(&terms);
    let open = stage.create(2, &terms);
    stage.attest(&open);
    stage.fund(&stage.investors[0], &open, 400_000_000);
    for scope in [Scope::Create, Scope::Fund] {
        stage.sign(
            &stage.roles.pauser,
            &stage.escrow.address,
            "pause",
            (scope,),
            &[],
        );
        stage.escrow.pause(&scope);
    }
    stage.sign_create(3, &terms);
    let reference = stage.bytes(3);
    refused!(
        stage,
        stage
            .escrow
            .try_create_escrow(&stage.seller, &reference, &terms),
        EscrowError::Paused
    );
    stage.sign_fund(&stage.investors[1], &open, 400_000_000, 1);
    let hash = stage.hash(&open);
    refused!(
        stage,
        stage
            .escrow
            .try_fund_escrow(&stage.investors[1], &open, &400_000_000, &1, &hash),
        EscrowError::Paused
    );
    // Everything that gets people their money still works.
    stage.pay(&stage.debtor, &running, FACE / 2, 1);
    stage.move_shares(&running, &stage.investors[0], &stage.stranger, 1);
    let token = stage.shares(&running).address;
    assert!(stage.distributor.claim(&token, &stage.investors[1]) > 0);
    stage.sign(
        &stage.roles.admin,
        &stage.escrow.address,
        "cancel_escrow",
        (&stage.roles.admin, &open),
        &[],
    );
    stage.escrow.cancel_escrow(&stage.roles.admin, &open);
    assert_eq!(stage.escrow.refund(&stage.investors[0], &open), 400_000_000);
    // Only the admin lifts it.
    stage.sign(
        &stage.roles.pauser,
        &stage.escrow.address,
        "unpause",
        (Scope::Create,),
        &[],
    );
    assert!(stage.escrow.try_unpause(&Scope::Create).is_err());
    stage.sign(
        &stage.roles.admin,
        &stage.escrow.address,
        "unpause",
        (Scope::Create,),
        &[],
    );
    stage.escrow.unpause(&Scope::Create);
    stage.create(3, &terms);
}

#[test]
fn h108_every_exit_works_with_all_the_platforms_keys_lost() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    let open = stage.create(2, &stage.terms());
    stage.attest(&open);
    stage.fund(&stage.investors[0], &open, 400_000_000);
    // From here on only debtor and strangers act.
    stage.wait(15 * DAY);
    stage.env.set_auths(&[]);
    stage.escrow.refund(&stage.investors[0], &open);
    stage.pay(&stage.debtor, &id, FACE / 3, 1);
    stage.wait(100 * DAY);
    stage.env.set_auths(&[]);
    stage.escrow.declare_default(&id);
    stage.pay(&stage.debtor, &id, FACE - FACE / 3, 2);
    stage.env.set_auths(&[]);
    assert_eq!(stage.escrow.get_status(&id), Status::Settled);
    let token = stage.shares(&id).address;
    for investor in &stage.investors {
        assert!(stage.distributor.claim(&token, investor) > 0);
    }
    assert_eq!(stage.held(&stage.escrow.address), 0);
}

#[test]
fn h087_the_level_rises_only_with_the_debtors_signature_and_once() {
    let stage = Stage::new();
    let id = stage.create(1, &stage.terms());
    refused!(
        stage,
        stage.escrow.try_acknowledge(&id),
        EscrowError::NotAttested
    );
    stage.attest(&id);
    stage.sign(
        &stage.seller,
        &stage.escrow.address,
        "acknowledge",
        (&id,),
        &[],
    );
    assert!(stage.escrow.try_acknowledge(&id).is_err());
    assert_eq!(stage.escrow.get_escrow(&id).acknowledged_at, None);
    stage.sign(
        &stage.debtor,
        &stage.escrow.address,
        "acknowledge",
        (&id,),
        &[],
    );
    stage.escrow.acknowledge(&id);
    assert_eq!(
        stage.escrow.get_escrow(&id).acknowledged_at,
        Some(stage.now())
    );
    stage.sign(
        &stage.debtor,
        &stage.escrow.address,
        "acknowledge",
        (&id,),
        &[],
    );
    refused!(
        stage,
        stage.escrow.try_acknowledge(&id),
        EscrowError::AlreadyAcknowledged
    );
}

#[test]
fn an_attestation_is_given_once_and_never_to_the_seller() {
    let stage = Stage::new();
    let id = stage.create(1, &stage.terms());
    let (key, print) = (stage.bytes(1), stage.bytes(2));
    let sign = |debtor: &Address| {
        stage.sign(
            &stage.roles.operator,
            &stage.escrow.address,
            "attest",
            (&id, debtor, &key, &print),
            &[],
        );
    };
    sign(&stage.seller);
    refused!(
        stage,
        stage.escrow.try_attest(&id, &stage.seller, &key, &print),
        EscrowError::DebtorIsSeller
    );
    let system = stage.distributor.address.clone();
    sign(&system);
    refused!(
        stage,
        stage.escrow.try_attest(&id, &system, &key, &print),
        EscrowError::SystemAddress
    );
    sign(&stage.debtor);
    stage.escrow.attest(&id, &stage.debtor, &key, &print);
    let escrow = stage.escrow.get_escrow(&id);
    assert_eq!(
        (escrow.debtor_key, escrow.fingerprint),
        (Some(key.clone()), Some(print.clone()))
    );
    sign(&stage.stranger);
    refused!(
        stage,
        stage.escrow.try_attest(&id, &stage.stranger, &key, &print),
        EscrowError::AlreadyAttested
    );
}

#[test]
fn only_an_allowlisted_seller_lists() {
    let stage = Stage::new();
    stage.set_allowed(&stage.seller, false);
    assert!(!stage.escrow.is_allowed(&stage.seller));
    let terms = stage.terms();
    stage.sign_create(1, &terms);
    let reference = stage.bytes(1);
    refused!(
        stage,
        stage
            .escrow
            .try_create_escrow(&stage.seller, &reference, &terms),
        EscrowError::NotAllowlisted
    );
}

#[test]
fn h003_a_stranger_who_signs_for_himself_cannot_cancel() {
    let stage = Stage::new();
    let id = stage.listed(&stage.terms());
    for by in [
        &stage.stranger,
        &stage.debtor,
        &stage.roles.operator,
        &stage.roles.pauser,
    ] {
        stage.sign(by, &stage.escrow.address, "cancel_escrow", (by, &id), &[]);
        refused!(
            stage,
            stage.escrow.try_cancel_escrow(by, &id),
            EscrowError::NotSellerOrAdmin
        );
    }
    stage.sign(
        &stage.seller,
        &stage.escrow.address,
        "cancel_escrow",
        (&stage.seller, &id),
        &[],
    );
    stage.escrow.cancel_escrow(&stage.seller, &id);
    stage.sign(
        &stage.seller,
        &stage.escrow.address,
        "cancel_escrow",
        (&stage.seller, &id),
        &[],
    );
    refused!(
        stage,
        stage.escrow.try_cancel_escrow(&stage.seller, &id),
        EscrowError::NotOpen
    );
}

#[test]
fn h112_h080_a_released_invoice_cannot_be_cancelled() {
    let stage = Stage::new();
    let id = stage.funded(&stage.terms());
    stage.sign(
        &stage.roles.admin,
        &stage.escrow.address,
        "cancel_escrow",
        (&stage.roles.admin, &id),
        &[],
    );
    refused!(
        stage,
        stage.escrow.try_cancel_escrow(&stage.roles.admin, &id),
        EscrowError::NotOpen
    );
    refused!(
        stage,
        stage.escrow.try_refund(&stage.investors[0], &id),
        EscrowError::NotRefundable
    );
}
