//! What each call costs on compiled code.

use tenor_stage::costs::Table;
use tenor_stage::{sign, wait, Code, DAY, FACE};

use super::stage::Stage;
use crate::types::Recipient;

#[test]
fn h127_h131_h132_costs_are_the_committed_ones() {
    let stage = Stage::on(Code::Wasm);
    let mut table = Table::new(&stage.set.env);
    let id = stage.create(1, &stage.plan(stage.to_worker(), 1_000_000, 1_000));
    table.note("create, to a person");
    wait(&stage.set.env, 100);
    stage.settle(&id);
    table.note("settle, first payment to a person");
    wait(&stage.set.env, 100);
    stage.settle(&id);
    table.note("settle, to a person");
    stage.pause(&id);
    table.note("pause");
    stage.resume(&id);
    table.note("resume");
    wait(&stage.set.env, 100);
    stage.cancel(&stage.payer, &id);
    table.note("cancel, to a person");
    let id = stage.open_ended(2, &stage.flow(stage.to_worker(), 10, 1_000_000));
    table.note("open_ended, to a person");
    stage.top_up(&id, 1_000_000);
    table.note("top_up");
    let invoice = stage.set.funded(1, &stage.set.terms());
    let id = stage.create(
        3,
        &stage.plan(Recipient::Invoice(invoice.clone()), FACE, 10 * DAY),
    );
    table.note("create, into an invoice");
    wait(&stage.set.env, DAY);
    stage.settle(&id);
    table.note("settle, into an invoice");
    wait(&stage.set.env, DAY);
    stage.cancel(&stage.payer, &id);
    table.note("cancel, into an invoice");
    let (from, to) = (&stage.payer, &stage.worker);
    let asset = &stage.set.asset;
    sign(
        &stage.set.env,
        from,
        &asset.at,
        "transfer",
        (from, to, 5i128),
        &[],
    );
    asset.money.transfer(from, to, &5);
    table.note("for comparison: transfer of the asset alone");
    table.finish("stream");
}
