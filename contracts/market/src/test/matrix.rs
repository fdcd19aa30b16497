//! The authorisation matrix of the market: who must sign what.

use std::vec;

use soroban_sdk::{IntoVal, Val, Vec};
use tenor_stage::matrix::{Need, Row, Table, Transfer};
use tenor_stage::ADVANCE;

use super::stage::Stage;

const SHARES: i128 = ADVANCE / 4;
const PRICE: i128 = 2_000_000_000;

#[rustfmt::skip] // A table: a line a row.
fn table(stage: &Stage) -> Table<'_> {
    let (set, env) = (&stage.set, &stage.set.env);
    let (seller, buyer) = (&stage.seller, &stage.buyer);
    stage.allow(seller, ADVANCE / 2);
    let offer = stage.offer(seller, 1, &stage.ask(SHARES, PRICE));
    let by = |who: &soroban_sdk::Address| Need::Signed(vec![who.clone()], None);
    let price = Transfer { asset: set.asset.at.clone(), to: seller.clone(), units: PRICE };
    let put = |name, args: Vec<Val>, need| {
        let at = stage.market.address.clone();
        Row { contract: "tenor_market", at, name, args, need }
    };
    let rows = vec![
        put("__constructor", (&set.escrow.address,).into_val(env), Need::Ours),
        put("offer", (seller, set.bytes(2), stage.ask(SHARES, PRICE)).into_val(env), by(seller)),
        put("buy", (buyer, &offer, SHARES, PRICE).into_val(env), Need::Signed(vec![buyer.clone()], Some(price))),
        put("cancel", (&offer,).into_val(env), by(seller)),
        put("price_of", (&offer, SHARES).into_val(env), Need::Nobody),
        put("fillable", (&offer,).into_val(env), Need::Nobody),
        put("get_offer", (&offer,).into_val(env), Need::Nobody),
        put("get_escrow", ().into_val(env), Need::Nobody),
    ];
    let people = vec![
        ("admin", set.roles.admin.clone()),
        ("operator", set.roles.operator.clone()),
        ("seller", seller.clone()),
        ("buyer", buyer.clone()),
        ("another holder", set.investors[1].clone()),
        ("stranger", set.stranger.clone()),
    ];
    Table { env, people, rows }
}

#[test]
fn h001_every_entry_point_of_the_spec_has_a_row() {
    table(&Stage::new()).is_complete(&["tenor_market"]);
}

#[test]
fn h002_h003_no_role_can_do_anothers_work() {
    table(&Stage::new()).no_role_can_do_anothers_work();
}

#[test]
fn h004_h005_h007_a_signature_is_for_one_call_and_used_once() {
    let signed = table(&Stage::new()).signed();
    assert_eq!(signed.len(), 3);
    for place in signed {
        table(&Stage::new()).is_signed_for_one_call(place);
    }
}

#[test]
fn h083_what_needs_no_signature_asks_for_none() {
    table(&Stage::new()).what_needs_no_signature_asks_for_none();
}
