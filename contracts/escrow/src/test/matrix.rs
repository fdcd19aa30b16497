//! Every entry point of the compiled specs against every role: missing, wrong and replayed authorisation.
//! An entry point without a row fails the test.

use std::collections::BTreeSet;
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec as List;

use soroban_sdk::testutils::{Address as _, MockAuth, MockAuthInvoke};
use soroban_sdk::xdr::ScSpecEntry;
use soroban_sdk::{
    Address, BytesN, Env, Error, IntoVal, InvokeError, String as Text, Symbol, Val, Vec,
};
use tenor_common::ShareMetadata;

use super::stage::{wasm, Stage, ADVANCE, CLAIM, DAY, FACE};
use crate::types::{Fees, Operation, Outcome, Scope};

/// Whose signatures an entry point needs.
#[derive(Clone, Debug)]
enum Need {
    /// All of these, each of exactly this call; with an amount also of the transfer into the escrow below it.
    Signed(List<Address>, Option<i128>),
    /// Another of our contracts: nobody can sign for it, so every person is refused.
    Ours,
    /// No signature at all, whoever calls.
    Nobody,
}

struct Row {
    contract: &'static str,
    name: &'static str,
    args: Vec<Val>,
    need: Need,
}

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

    fn call(&self, row: &Row) -> Result<(), Option<Error>> {
        let answer = self.stage.env.try_invoke_contract::<Val, Error>(
            &self.address(row.contract),
            &Symbol::new(&self.stage.env, row.name),
            row.args.clone(),
        );
        match answer {
            Ok(_) => Ok(()),
            Err(Ok(error)) => Err(Some(error)),
            Err(Err(InvokeError::Contract(code))) => Err(Some(Error::from_contract_error(code))),
            Err(Err(InvokeError::Abort)) => Err(None),
        }
    }

    /// `who` sign the call with `args`, which need not be those of the row.
    fn sign(&self, row: &Row, who: &[&Address], args: &Vec<Val>, paid: Option<i128>) {
        let (env, contract) = (&self.stage.env, self.address(row.contract));
        let trees: List<_> = who
            .iter()
            .map(|payer| MockAuthInvoke {
                contract: &self.stage.asset.address,
                fn_name: "transfer",
                args: (*payer, &self.stage.escrow.address, paid.unwrap_or(0)).into_val(env),
                sub_invokes: &[],
            })
            .collect();
        let calls: List<_> = trees
            .iter()
            .map(|tree| MockAuthInvoke {
                contract: &contract,
                fn_name: row.name,
                args: args.clone(),
                sub_invokes: if paid.is_some() {
                    std::slice::from_ref(tree)
                } else {
                    &[]
                },
            })
            .collect();
        let signed: List<_> = who
            .iter()
            .zip(&calls)
            .map(|(address, invoke)| MockAuth { address, invoke })
            .collect();
        env.mock_auths(&signed);
    }

    fn people(&self) -> List<(&'static str, &Address)> {
        let (stage, roles) = (&self.stage, &self.stage.roles);
        vec![
            ("admin", &roles.admin),
            ("operator", &roles.operator),
            ("resolver", &roles.resolver),
            ("pauser", &roles.pauser),
            ("treasury", &roles.treasury),
            ("heir", &self.heir),
            ("seller", &stage.seller),
            ("debtor", &stage.debtor),
            ("investor", &stage.investors[0]),
            ("other investor", &stage.investors[1]),
            ("stranger", &stage.stranger),
        ]
    }

    fn refused(&self, row: &Row, why: &str) {
        let before = self.stage.entries();
        assert!(self.call(row).is_err(), "{} {why}", row.name);
        assert!(
            before == self.stage.entries(),
            "{} {why} changed the ledger",
            row.name
        );
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
    let paid = |who: &Address, units: i128| Need::Signed(vec![who.clone()], Some(units));
    let put = |name, args: Vec<Val>, need| row(scene, "tenor_escrow", name, args, need);
    let env = &stage.env;
    let (id, now) = (&scene.running, stage.now());
    let hash = stage.hash(&scene.open);
    let config = stage.escrow.get_config();
    let setup = (config.roles, config.addresses, config.token_wasm, config.fees);
    let other = Operation::SetTokenWasm(one.clone());
    let ready = || (scene.ready.clone(),).into_val(env);
    let asset = &stage.asset.address;
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

fn rows(scene: &Scene) -> List<Row> {
    let mut all = escrow_rows(scene);
    all.extend(token_rows(scene));
    all.extend(distributor_rows(scene));
    all
}

#[test]
fn h001_every_entry_point_of_the_specs_has_a_row() {
    let scene = Scene::new();
    let table: BTreeSet<(String, String)> = rows(&scene)
        .iter()
        .map(|row| (row.contract.to_string(), row.name.to_string()))
        .collect();
    let mut specs = BTreeSet::new();
    for contract in ["tenor_escrow", "tenor_token", "tenor_distributor"] {
        for entry in soroban_spec::read::from_wasm(&wasm(contract)).expect("a spec") {
            if let ScSpecEntry::FunctionV0(function) = entry {
                specs.insert((contract.to_string(), function.name.to_string()));
            }
        }
    }
    assert_eq!(table, specs);
}

#[test]
fn h002_h003_h014_h110_no_role_can_do_anothers_work() {
    let scene = Scene::new();
    for row in rows(&scene) {
        let signers = match &row.need {
            Need::Nobody => continue,
            Need::Ours => List::new(),
            Need::Signed(signers, _) => signers.clone(),
        };
        let paid = match row.need {
            Need::Signed(_, paid) => paid,
            _ => None,
        };
        scene.stage.env.set_auths(&[]);
        scene.refused(&row, "unsigned");
        for (role, person) in scene.people() {
            if !signers.contains(person) {
                scene.sign(&row, &[person], &row.args, paid);
                scene.refused(&row, role);
            }
        }
        if signers.len() > 1 {
            for signer in &signers {
                scene.sign(&row, &[signer], &row.args, paid);
                scene.refused(&row, "with one of its signatures");
            }
        }
    }
}

/// h005, h007: a signature is for these arguments, this contract's call, once. Each row starts from the same ledger.
#[test]
fn h004_h005_h007_a_signature_is_for_one_call_and_used_once() {
    let signed: List<usize> = rows(&Scene::new())
        .iter()
        .enumerate()
        .filter(|(_, row)| matches!(row.need, Need::Signed(..)))
        .map(|(place, _)| place)
        .collect();
    assert!(signed.len() > 20);
    for place in signed {
        let scene = Scene::new();
        let row = rows(&scene).remove(place);
        let Need::Signed(signers, paid) = row.need.clone() else {
            continue;
        };
        let who: List<&Address> = signers.iter().collect();
        let mut other = row.args.clone();
        match other.pop_back() {
            Some(_) => other.push_back(77u32.into_val(&scene.stage.env)),
            None => other.push_back(77u32.into_val(&scene.stage.env)),
        }
        scene.sign(&row, &who, &other, paid);
        scene.refused(&row, "with another argument");
        if paid.is_some() {
            scene.sign(&row, &who, &row.args, None);
            scene.refused(&row, "without the transfer below it");
        }
        scene.sign(&row, &who, &row.args, paid);
        let answer = scene.call(&row);
        assert!(answer.is_ok(), "{} rightly signed: {answer:?}", row.name);
        let asked = scene.stage.env.auths();
        assert_eq!(asked.len(), signers.len(), "{}", row.name);
        assert!(
            asked.iter().all(|(who, _)| signers.contains(who)),
            "{}",
            row.name
        );
        scene.refused(&row, "a second time on the same signature");
    }
}

#[test]
fn h083_what_needs_no_signature_asks_for_none() {
    let scene = Scene::new();
    for row in rows(&scene) {
        if !matches!(row.need, Need::Nobody) {
            continue;
        }
        scene.stage.env.set_auths(&[]);
        match scene.call(&row) {
            Ok(()) => assert_eq!(scene.stage.env.auths(), [], "{}", row.name),
            // Refused for a reason of its own, with its own code, never for want of a signature.
            Err(Some(error)) => assert!(
                error.is_type(soroban_sdk::xdr::ScErrorType::Contract),
                "{}: {error:?}",
                row.name
            ),
            Err(None) => panic!("{} ended without a code", row.name),
        }
    }
}
