//! The authorisation matrix of the registry: who must sign what.

use std::vec;

use soroban_sdk::testutils::Address as _;
use soroban_sdk::{Address, IntoVal, Val, Vec};
use tenor_stage::matrix::{Need, Row, Table};
use tenor_stage::DAY;

use super::stage::Stage;

#[rustfmt::skip] // A table: a line a row.
fn table(stage: &Stage) -> Table<'_> {
    let env = &stage.env;
    let (admin, [member, other]) = (&stage.admin, &stage.members);
    let heir = Address::generate(env);
    stage.sign(admin, "propose_admin", (&heir,));
    stage.registry.propose_admin(&heir);
    let (held, free) = (stage.bytes(1), stage.bytes(2));
    let until = stage.now() + DAY;
    stage.reserve(member, &held, until);
    let by = |who: &Address| Need::Signed(vec![who.clone()], None);
    let put = |name, args: Vec<Val>, need| {
        let at = stage.registry.address.clone();
        Row { contract: "tenor_registry", at, name, args, need }
    };
    let rows = vec![
        put("__constructor", (admin,).into_val(env), Need::Ours),
        put("set_member", (&stage.stranger, true).into_val(env), by(admin)),
        put("reserve", (member, &free, until).into_val(env), by(member)),
        put("release", (member, &held).into_val(env), by(member)),
        put("finalise", (member, &held).into_val(env), by(member)),
        put("is_reserved", (&held,).into_val(env), Need::Nobody),
        put("get_reservation", (&held,).into_val(env), Need::Nobody),
        put("is_member", (member,).into_val(env), Need::Nobody),
        put("propose_admin", (&stage.stranger,).into_val(env), by(admin)),
        put("accept_admin", ().into_val(env), by(&heir)),
        put("get_config", ().into_val(env), Need::Nobody),
    ];
    let people = vec![
        ("admin", admin.clone()),
        ("member", member.clone()),
        ("another member", other.clone()),
        ("heir", heir),
        ("stranger", stage.stranger.clone()),
    ];
    Table { env, people, rows }
}

#[test]
fn h001_every_entry_point_of_the_spec_has_a_row() {
    table(&Stage::new()).is_complete(&["tenor_registry"]);
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
