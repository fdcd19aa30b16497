//! The authorisation matrix of escrow, share token and distributor: who must sign what.

use std::vec;
use std::vec::Vec as List;

use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, BytesN, Env, IntoVal, String as Text, Val, Vec};
use tenor_common::ShareMetadata;
use tenor_stage::matrix::{Need, Row, Table, Transfer};

use super::stage::{Stage, ADVANCE, CLAIM, DAY, FACE};
use crate::types::{Fees, Operation, Outcome, Scope, Subject};

/// One ledger on which every call of the table can succeed.
struct Scene {
    stage: Stage,
    created: BytesN<32>,
    open: BytesN<32>,
    running: BytesN<32>,
    disputed: BytesN<32>,
    short: BytesN<32>,
    heir: Address,
    ready: Operation,
}

impl Scene {
    fn new() -> Scene {
        let stage = Stage::new();
        let ready = Operation::SetFees(Fees {
            origination_bps: super::stage::ORIGINATION_BPS,
            profit_bps: super::stage::PROFIT_BPS,
        });
        let (admin, escrow) = (&stage.roles.admin, &stage.escrow.address);
        stage.sign(admin, escrow, "schedule", (ready.clone(),), &[]);
        stage.escrow.schedule(&ready);
        stage.wait(3 * DAY);
        let heir = Address::generate(&stage.env);
        stage.sign(admin, escrow, "propose_admin", (&heir,), &[]);
        stage.escrow.propose_admin(&heir);
        let terms = stage.terms();
        let listed = |n: u8| {
            let id = stage.create(n, &terms);
            stage.attest(&id);
            id
        };
        let full = |n: u8| {
            let id = listed(n);
            stage.fund(&stage.investors[0], &id, ADVANCE);
            id
        };
        let (disputed, short, running) = (full(3), full(4), full(5));
        stage.dispute(&disputed);
        stage.reduce(&short, FACE - CLAIM + 1_000);
        stage.pay(&stage.debtor, &running, FACE / 3, 1);
        let shares = stage.shares(&running);
        let (holder, spender) = (&stage.investors[0], &stage.investors[1]);
        let until = stage.env.ledger().sequence() + 1_000;
        let args = (holder, spender, 50i128, until);
        stage.sign(holder, &shares.address, "approve", args, &[]);
        shares.approve(holder, spender, &50, &until);
        Scene {
            created: stage.create(1, &terms),
            open: listed(2),
            running,
            disputed,
            short,
            heir,
            ready,
            stage,
        }
    }

    fn address(&self, contract: &str) -> Address {
        match contract {
            "tenor_escrow" => self.stage.escrow.address.clone(),
            "tenor_token" => self.stage.shares(&self.running).address,
            _ => self.stage.distributor.address.clone(),
        }
    }

    fn people(&self) -> List<(&'static str, Address)> {
        let (stage, roles) = (&self.stage, &self.stage.roles);
        vec![
            ("admin", roles.admin.clone()),
            ("operator", roles.operator.clone()),
            ("resolver", roles.resolver.clone()),
            ("pauser", roles.pauser.clone()),
            ("treasury", roles.treasury.clone()),
            ("heir", self.heir.clone()),
            ("seller", stage.seller.clone()),
            ("debtor", stage.debtor.clone()),
            ("investor", stage.investors[0].clone()),
            ("other investor", stage.investors[1].clone()),
            ("stranger", stage.stranger.clone()),
        ]
    }
}

fn row<A: IntoVal<Env, Vec<Val>>>(
    scene: &Scene,
    contract: &'static str,
    name: &'static str,
    args: A,
    need: Need,
) -> Row {
    let args = args.into_val(&scene.stage.env);
    Row {
        contract,
        at: scene.address(contract),
        name,
        args,
        need,
    }
}

#[rustfmt::skip] // A table: a line a row.
fn escrow_rows(scene: &Scene) -> List<Row> {
    let (stage, roles) = (&scene.stage, &scene.stage.roles);
    let (seller, debtor, investor) = (&stage.seller, &stage.debtor, &stage.investors[0]);
    let (one, two) = (stage.bytes(21), stage.bytes(22));
    let by = |who: &Address| Need::Signed(vec![who.clone()], None);
    let paid = |who: &Address, units: i128| {
        let (asset, to) = (stage.asset.address.clone(), stage.escrow.address.clone());
        Need::Signed(vec![who.clone()], Some(Transfer { asset, to, units }))
    };
    let put = |name, args: Vec<Val>, need| row(scene, "tenor_escrow", name, args, need);
    let env = &stage.env;
    let (id, now) = (&scene.running, stage.now());
    let hash = stage.hash(&scene.open);
    let config = stage.escrow.get_config();
    let setup = (config.roles, config.addresses, config.token_wasm, config.fees);
    let other = Operation::SetTokenWasm(one.clone());
    let ready = || (scene.ready.clone(),).into_val(env);
    let asset = &stage.asset.address;
    let limited = Subject::Investor(investor.clone());
    vec![
        put("__constructor", setup.into_val(env), Need::Ours),
        put("create_escrow", (seller, &one, stage.terms()).into_val(env), by(seller)),
        put("attest", (&scene.created, debtor, &one, &two).into_val(env), by(&roles.operator)),
        put("acknowledge", (id,).into_val(env), by(debtor)),
        put("fund_escrow", (investor, &scene.open, ADVANCE, 1i128, hash).into_val(env), paid(investor, ADVANCE)),
        put("cancel_escrow", (seller, &scene.open).into_val(env), by(seller)),
        put("refund", (investor, id).into_val(env), Need::Nobody),
        put("record_payment", (debtor, id, FACE / 4, &two).into_val(env), paid(debtor, FACE / 4)),
        put("pay_off", (debtor, id, FACE, &two).into_val(env), paid(debtor, FACE)),
        put("pay_recourse", (seller, &scene.short, 1_000i128, &two).into_val(env), paid(seller, 1_000)),
        put("open_dispute", (debtor, id, &one).into_val(env), by(debtor)),
        put("resolve_dispute", (&scene.disputed, Outcome::Rejected).into_val(env), by(&roles.resolver)),
        put("reduce_face", (id, 5i128).into_val(env), Need::Signed(vec![roles.operator.clone(), debtor.clone()], None)),
        put("declare_default", (id,).into_val(env), Need::Nobody),
        put("withdraw_owed", (seller, asset).into_val(env), Need::Nobody),
        put("extend", (soroban_sdk::vec![env, id.clone()],).into_val(env), Need::Nobody),
        put("set_allowed", (&stage.stranger, true).into_val(env), by(&roles.operator)),
        put("set_asset", (&stage.stranger, true).into_val(env), by(&roles.admin)),
        put("set_limit", (limited.clone(), Some(5i128)).into_val(env), by(&roles.admin)),
        put("free_limits", (id,).into_val(env), Need::Nobody),
        put("limits", (limited,).into_val(env), Need::Nobody),
        put("share_limit", (id, investor).into_val(env), Need::Nobody),
        put("propose_admin", (&stage.stranger,).into_val(env), by(&roles.admin)),
        put("accept_admin", ().into_val(env), by(&scene.heir)),
        put("pause", (Scope::Fund,).into_val(env), by(&roles.pauser)),
        put("unpause", (Scope::Fund,).into_val(env), by(&roles.admin)),
        put("schedule", (other,).into_val(env), by(&roles.admin)),
        put("execute", ready(), by(&roles.admin)),
        put("withdraw_op", ready(), by(&roles.admin)),
        put("payoff", (id, now).into_val(env), Need::Nobody),
        put("payable", (id,).into_val(env), Need::Nobody),
        put("quote", (id, 10_000_000i128, now).into_val(env), Need::Nobody),
        put("recourse_due", (id, now).into_val(env), Need::Nobody),
        put("get_operation", (&one,).into_val(env), Need::Nobody),
        put("get_escrow", (id,).into_val(env), Need::Nobody),
        put("get_status", (id,).into_val(env), Need::Nobody),
        put("get_payment", (id, debtor, &one).into_val(env), Need::Nobody),
        put("owed", (seller, asset).into_val(env), Need::Nobody),
        put("may_hold", (id, investor).into_val(env), Need::Nobody),
        put("is_allowed", (seller,).into_val(env), Need::Nobody),
        put("is_asset", (asset,).into_val(env), Need::Nobody),
        put("get_config", ().into_val(env), Need::Nobody),
    ]
}

fn token_rows(scene: &Scene) -> List<Row> {
    let stage = &scene.stage;
    let env = &stage.env;
    let (holder, spender, taker) = (
        &stage.investors[0],
        &stage.investors[1],
        &stage.investors[2],
    );
    let by = |who: &Address| Need::Signed(vec![who.clone()], None);
    let put = |name, args: Vec<Val>, need| row(scene, "tenor_token", name, args, need);
    let page = soroban_sdk::vec![env, holder.clone()];
    let until = env.ledger().sequence() + 10;
    let metadata = ShareMetadata {
        name: Text::from_str(env, "x"),
        symbol: Text::from_str(env, "x"),
        decimals: 7,
        restricted: false,
    };
    let setup = (holder, holder, stage.bytes(1), holder, metadata);
    vec![
        put("__constructor", setup.into_val(env), Need::Ours),
        put("mint", (holder, 5i128, true).into_val(env), Need::Ours),
        put(
            "redeem_for_refund",
            (holder, 5i128).into_val(env),
            Need::Ours,
        ),
        put("accrue", (5i128,).into_val(env), Need::Ours),
        put("mark_paid", (page.clone(),).into_val(env), Need::Ours),
        put("accrued", (holder,).into_val(env), Need::Nobody),
        put("accrued_many", (page,).into_val(env), Need::Nobody),
        put("total_supply", ().into_val(env), Need::Nobody),
        put("invoice", ().into_val(env), Need::Nobody),
        put("is_transferable_to", (taker,).into_val(env), Need::Nobody),
        put("allowance", (holder, spender).into_val(env), Need::Nobody),
        put(
            "approve",
            (holder, taker, 5i128, until).into_val(env),
            by(holder),
        ),
        put("balance", (holder,).into_val(env), Need::Nobody),
        put("transfer", (holder, taker, 5i128).into_val(env), by(holder)),
        put(
            "transfer_from",
            (spender, holder, taker, 5i128).into_val(env),
            by(spender),
        ),
        put("burn", (holder, 5i128).into_val(env), Need::Nobody),
        put(
            "burn_from",
            (spender, holder, 5i128).into_val(env),
            Need::Nobody,
        ),
        put("decimals", ().into_val(env), Need::Nobody),
        put("name", ().into_val(env), Need::Nobody),
        put("symbol", ().into_val(env), Need::Nobody),
    ]
}

fn distributor_rows(scene: &Scene) -> List<Row> {
    let stage = &scene.stage;
    let env = &stage.env;
    let (token, holder) = (&scene.address("tenor_token"), &stage.investors[0]);
    let put = |name, args: Vec<Val>, need| row(scene, "tenor_distributor", name, args, need);
    let page = soroban_sdk::vec![env, holder.clone()];
    let tokens = soroban_sdk::vec![env, token.clone()];
    let key = stage.bytes(21);
    vec![
        put("__constructor", (holder,).into_val(env), Need::Ours),
        put(
            "register",
            (holder, &stage.asset.address).into_val(env),
            Need::Ours,
        ),
        put("deposit", (token, 5i128, &key).into_val(env), Need::Ours),
        put("calculate", (token, holder).into_val(env), Need::Nobody),
        put("claim", (token, holder).into_val(env), Need::Nobody),
        put("claim_many", (holder, tokens).into_val(env), Need::Nobody),
        put("distribute", (token, page).into_val(env), Need::Nobody),
        put("get_payment", (token, &key).into_val(env), Need::Nobody),
        put("get_summary", (token,).into_val(env), Need::Nobody),
    ]
}

impl Scene {
    fn table(&self) -> Table<'_> {
        let mut rows = escrow_rows(self);
        rows.extend(token_rows(self));
        rows.extend(distributor_rows(self));
        Table {
            env: &self.stage.env,
            people: self.people(),
            rows,
        }
    }
}

#[test]
fn h001_every_entry_point_of_the_specs_has_a_row() {
    let contracts = ["tenor_escrow", "tenor_token", "tenor_distributor"];
    Scene::new().table().is_complete(&contracts);
}

#[test]
fn h002_h003_h014_h110_no_role_can_do_anothers_work() {
    Scene::new().table().no_role_can_do_anothers_work();
}

/// h005, h007: a signature is for these arguments, this contract's call, once. Each row starts from the same ledger.
#[test]
fn h004_h005_h007_a_signature_is_for_one_call_and_used_once() {
    let signed = Scene::new().table().signed();
    assert!(signed.len() > 20);
    for place in signed {
        Scene::new().table().is_signed_for_one_call(place);
    }
}

#[test]
fn h083_what_needs_no_signature_asks_for_none() {
    Scene::new().table().what_needs_no_signature_asks_for_none();
}
