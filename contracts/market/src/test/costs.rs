//! What each call costs on compiled code.

use tenor_stage::costs::Table;
use tenor_stage::{sign, Code};

use super::stage::Stage;

#[test]
fn h127_h131_h132_costs_are_the_committed_ones() {
    let stage = Stage::on(Code::Wasm);
    let mut table = Table::new(&stage.set.env);
    stage.allow(&stage.seller, 5_000);
    table.note("approve on the share token");
    let offer = stage.offer(&stage.seller, 1, &stage.ask(1_000, 1_050));
    table.note("offer");
    let seller = (&stage.seller, &offer);
    stage.sign_buy(&stage.buyer, seller, (400, 420, 420));
    stage.market.buy(&stage.buyer, &offer, &400, &420);
    table.note("buy, part, first shares of the buyer");
    stage.sign_buy(&stage.buyer, seller, (600, 630, 630));
    stage.market.buy(&stage.buyer, &offer, &600, &630);
    table.note("buy, rest");
    let other = stage.offer(&stage.seller, 2, &stage.ask(1_000, 1_050));
    stage.sign(&stage.seller, "cancel", (&other,));
    stage.market.cancel(&other);
    table.note("cancel");
    let (from, to) = (&stage.seller, &stage.buyer);
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
    table.finish("market");
}
