//! The authorisation matrix of the streams: who must sign what.

use std::vec;

use soroban_sdk::{Address, IntoVal, Val, Vec};
use tenor_stage::matrix::{Need, Row, Table, Transfer};
use tenor_stage::{wait, DAY};

use super::stage::Stage;

const TOTAL: i128 = 1_000_000_000;
const RATE: i128 = 1_000;

#[rustfmt::skip] // A table: a line a row.
fn table(stage: &Stage) -> Table<'_> {
    let (set, env) = (&stage.set, &stage.set.env);
    let (payer, worker) = (&stage.payer, &stage.worker);
    let (plan, flow) = (stage.plan(stage.to_worker(), TOTAL, 10 * DAY), stage.flow(stage.to_worker(), RATE, TOTAL));
    let (running, open, paused) = (stage.create(1, &plan), stage.open_ended(2, &flow), stage.create(3, &plan));
    stage.pause(&paused);
    wait(env, DAY);
    let by = |who: &Address| Need::Signed(vec![who.clone()], None);
    let locking = |units: i128| {
        let (asset, to) = (set.asset.at.clone(), set.stream.clone());
        Need::Signed(vec![payer.clone()], Some(Transfer { asset, to, units }))
    };
    let put = |name, args: Vec<Val>, need| {
        let at = set.stream.clone();
        Row { contract: "tenor_stream", at, name, args, need }
    };
    let rows = vec![
        put("__constructor", (worker, worker).into_val(env), Need::Ours),
        put("create", (payer, set.bytes(4), plan.clone()).into_val(env), locking(TOTAL)),
        put("open_ended", (payer, set.bytes(5), flow.clone()).into_val(env), locking(TOTAL)),
        put("top_up", (&open, TOTAL).into_val(env), locking(TOTAL)),
        put("accrued", (&running, set.now()).into_val(env), Need::Nobody),
        put("settle", (&running,).into_val(env), Need::Nobody),
        put("pause", (&running,).into_val(env), by(payer)),
        put("resume", (&paused,).into_val(env), by(payer)),
        put("cancel", (worker, &running).into_val(env), by(worker)),
        put("withdraw_owed", (worker, &set.asset.at).into_val(env), Need::Nobody),
        put("owed", (worker, &set.asset.at).into_val(env), Need::Nobody),
        put("get_stream", (&running,).into_val(env), Need::Nobody),
        put("get_config", ().into_val(env), Need::Nobody),
    ];
    let people = vec![
        ("admin", set.roles.admin.clone()),
        ("operator", set.roles.operator.clone()),
        ("payer", payer.clone()),
        ("recipient", worker.clone()),
        ("debtor", set.debtor.clone()),
        ("stranger", set.stranger.clone()),
    ];
    Table { env, people, rows }
}

#[test]
fn h001_every_entry_point_of_the_spec_has_a_row() {
    table(&Stage::new()).is_complete(&["tenor_stream"]);
}

#[test]
fn h002_h003_no_role_can_do_anothers_work() {
    table(&Stage::new()).no_role_can_do_anothers_work();
}

#[test]
fn h004_h005_h007_a_signature_is_for_one_call_and_used_once() {
    let signed = table(&Stage::new()).signed();
    assert_eq!(signed.len(), 6);
    for place in signed {
        table(&Stage::new()).is_signed_for_one_call(place);
    }
}

#[test]
fn h083_what_needs_no_signature_asks_for_none() {
    table(&Stage::new()).what_needs_no_signature_asks_for_none();
}
