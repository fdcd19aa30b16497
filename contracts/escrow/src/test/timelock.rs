//! Changes that wait two days: what they bind, when they can be executed, and what they leave alone.

use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, BytesN};

use super::stage::{wasm, Code, Stage, ADVANCE, CLAIM, DAY, FACE};
use crate::refused;
use crate::types::{Fees, Operation, Roles, Status, Terms};
use crate::EscrowError;

impl Stage {
    fn sign_op(&self, name: &str, operation: &Operation) {
        let args = (operation.clone(),);
        let admin = self.escrow.get_config().roles.admin;
        self.sign(&admin, &self.escrow.address, name, args, &[]);
    }

    fn schedule(&self, operation: &Operation) -> BytesN<32> {
        self.sign_op("schedule", operation);
        self.escrow.schedule(operation)
    }

    fn execute(&self, operation: &Operation) {
        self.sign_op("execute", operation);
        self.escrow.execute(operation);
    }
}

fn fees(profit_bps: u32) -> Operation {
    Operation::SetFees(Fees {
        origination_bps: 10,
        profit_bps,
    })
}

#[test]
fn h111_h081_an_operation_waits_is_executed_once_and_is_bound_whole() {
    let stage = Stage::new();
    let (wanted, other) = (fees(500), fees(501));
    stage.sign_op("execute", &wanted);
    refused!(
        stage,
        stage.escrow.try_execute(&wanted),
        EscrowError::NotScheduled
    );
    let id = stage.schedule(&wanted);
    let ready = stage.now() + 2 * DAY;
    assert_eq!(stage.escrow.get_operation(&id), Some(ready));
    stage.sign_op("schedule", &wanted);
    refused!(
        stage,
        stage.escrow.try_schedule(&wanted),
        EscrowError::AlreadyScheduled
    );
    stage.wait_until(ready - 1);
    stage.sign_op("execute", &wanted);
    refused!(
        stage,
        stage.escrow.try_execute(&wanted),
        EscrowError::NotReady
    );
    stage.wait_until(ready);
    // Swapped for another after the waiting: another hash, which nobody has seen coming.
    stage.sign_op("execute", &other);
    refused!(
        stage,
        stage.escrow.try_execute(&other),
        EscrowError::NotScheduled
    );
    stage.execute(&wanted);
    assert_eq!(stage.escrow.get_config().fees.profit_bps, 500);
    stage.sign_op("execute", &wanted);
    refused!(
        stage,
        stage.escrow.try_execute(&wanted),
        EscrowError::NotScheduled
    );
}

#[test]
fn h111_h081_an_operation_lapses_after_two_weeks_and_can_be_withdrawn() {
    let stage = Stage::new();
    let wanted = fees(500);
    let id = stage.schedule(&wanted);
    stage.wait(16 * DAY + 1);
    stage.sign_op("execute", &wanted);
    refused!(
        stage,
        stage.escrow.try_execute(&wanted),
        EscrowError::OperationLapsed
    );
    // A lapsed one starts anew, and its last moment is good.
    stage.schedule(&wanted);
    stage.wait(16 * DAY);
    stage.execute(&wanted);
    stage.schedule(&wanted);
    stage.sign_op("withdraw_op", &wanted);
    stage.escrow.withdraw_op(&wanted);
    assert_eq!(stage.escrow.get_operation(&id), None);
    stage.wait(2 * DAY);
    stage.sign_op("execute", &wanted);
    refused!(
        stage,
        stage.escrow.try_execute(&wanted),
        EscrowError::NotScheduled
    );
    stage.sign_op("withdraw_op", &wanted);
    refused!(
        stage,
        stage.escrow.try_withdraw_op(&wanted),
        EscrowError::NotScheduled
    );
}

#[test]
fn h011_h070_what_could_not_be_executed_cannot_be_scheduled() {
    let stage = Stage::new();
    let roles = |change: fn(&mut Roles, &Stage)| {
        let mut roles = stage.roles.clone();
        change(&mut roles, &stage);
        Operation::SetRoles(roles)
    };
    for (operation, error) in [
        (fees(10_001), EscrowError::FeeOutOfBounds),
        (
            roles(|roles, stage| roles.admin = stage.stranger.clone()),
            EscrowError::AdminByProposal,
        ),
        (
            roles(|roles, _| roles.pauser = roles.operator.clone()),
            EscrowError::RolesCoincide,
        ),
        (
            roles(|roles, stage| roles.treasury = stage.escrow.address.clone()),
            EscrowError::SystemAddress,
        ),
    ] {
        stage.sign_op("schedule", &operation);
        refused!(stage, stage.escrow.try_schedule(&operation), error);
    }
}

/// What was fine when it was scheduled is checked again: the admin has changed in between.
#[test]
fn h011_h105_roles_are_checked_again_at_execution() {
    let stage = Stage::new();
    let heir = Address::generate(&stage.env);
    let operation = Operation::SetRoles(Roles {
        operator: heir.clone(),
        ..stage.roles.clone()
    });
    stage.schedule(&operation);
    let admin = &stage.roles.admin;
    let escrow = &stage.escrow.address;
    stage.sign(admin, escrow, "propose_admin", (&heir,), &[]);
    stage.escrow.propose_admin(&heir);
    stage.sign(&heir, escrow, "accept_admin", (), &[]);
    stage.escrow.accept_admin();
    stage.wait(2 * DAY);
    stage.sign_op("execute", &operation);
    refused!(
        stage,
        stage.escrow.try_execute(&operation),
        EscrowError::AdminByProposal
    );
}

#[test]
fn h076_h113_new_settings_leave_existing_invoices_alone() {
    let stage = Stage::new();
    let terms = stage.terms();
    let id = stage.funded(&terms);
    let before = stage.escrow.get_escrow(&id);
    let treasury = Address::generate(&stage.env);
    let other = stage
        .env
        .deployer()
        .upload_contract_wasm(with_note(&wasm("tenor_token")).as_slice());
    let operations = [
        fees(0),
        Operation::SetRoles(Roles {
            treasury: treasury.clone(),
            ..stage.roles.clone()
        }),
        Operation::SetTokenWasm(other.clone()),
    ];
    for operation in &operations {
        stage.schedule(operation);
    }
    stage.wait(2 * DAY);
    for operation in &operations {
        stage.execute(operation);
    }
    assert!(before == stage.escrow.get_escrow(&id));
    let config = stage.escrow.get_config();
    assert_eq!(
        (
            config.roles.treasury,
            config.token_wasm,
            config.fees.profit_bps
        ),
        (treasury, other, 0)
    );
    stage.wait_until(terms.due);
    let split = stage.pay(&stage.debtor, &id, FACE, 1);
    assert_eq!(split.fee, (CLAIM - ADVANCE) / 10);
    assert_eq!(
        stage.held(&before.treasury),
        split.fee + ADVANCE * 75 / 10_000
    );
    // The next invoice has the new fees and the new token.
    let next = Terms {
        origination_fee_bps: 10,
        profit_fee_bps: 0,
        ..stage.terms()
    };
    let id = stage.create(2, &next);
    stage.attest(&id);
    stage.fund(&stage.investors[0], &id, ADVANCE);
}

/// The same code under another hash: a custom section more.
fn with_note(wasm: &[u8]) -> std::vec::Vec<u8> {
    let mut other = wasm.to_vec();
    other.extend([0, 5, 4, b'n', b'o', b't', b'e']);
    other
}

/// What version 1 has written, as it was compiled then, is read and finished by the code of now; its share tokens stay what they are.
#[test]
fn h106_h107_h101_an_upgrade_finds_every_open_invoice_and_finishes_it() {
    let stage = Stage::on(Code::First);
    let terms = stage.terms();
    let funded = stage.funded(&terms);
    stage.pay(&stage.debtor, &funded, FACE / 4, 1);
    stage.dispute(&funded);
    let open = stage.create(2, &terms);
    stage.attest(&open);
    stage.fund(&stage.investors[0], &open, ADVANCE / 2);
    let doomed = stage.create(3, &terms);
    stage.attest(&doomed);
    stage.fund(&stage.investors[1], &doomed, ADVANCE / 3);

    let code = stage
        .env
        .deployer()
        .upload_contract_wasm(wasm("tenor_escrow").as_slice());
    let upgrade = Operation::Upgrade(code);
    let config = stage.escrow.get_config();
    let before = [&funded, &open, &doomed].map(|id| stage.escrow.get_escrow(id));
    stage.schedule(&upgrade);
    stage.sign_op("execute", &upgrade);
    assert!(stage.escrow.try_execute(&upgrade).is_err(), "too early");
    stage.wait(2 * DAY);
    stage.execute(&upgrade);
    let after = [&funded, &open, &doomed].map(|id| stage.escrow.get_escrow(id));
    assert!(before == after);
    assert!(
        config == stage.escrow.get_config(),
        "the constructor did not run again"
    );

    stage.resolve(&funded, crate::types::Outcome::Rejected);
    stage.fund(&stage.investors[2], &open, ADVANCE - ADVANCE / 2);
    stage.wait_until(terms.due);
    stage.env.set_auths(&[]);
    stage.escrow.refund(&stage.investors[1], &doomed);
    for (id, paid, n) in [(&funded, FACE / 4, 2), (&open, 0, 3)] {
        stage.pay(&stage.debtor, id, FACE - paid, n);
        assert_eq!(stage.escrow.get_status(id), Status::Settled);
        let token = stage.shares(id).address;
        stage.env.set_auths(&[]);
        stage.distributor.claim(&token, &stage.investors[2]);
    }
    assert_eq!(stage.held(&stage.escrow.address), 0);
    // Version 1 counted nothing towards limits, so there is nothing to free; what is attested from now on counts.
    assert_eq!(stage.used(), [0, 0]);
    let next = stage.create(4, &stage.terms());
    stage.attest(&next);
    assert_eq!(stage.used(), [ADVANCE; 2]);
}
