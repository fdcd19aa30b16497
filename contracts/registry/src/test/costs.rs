//! What each call costs on compiled code.

use tenor_stage::costs::Table;
use tenor_stage::DAY;

use super::stage::Stage;

#[test]
fn h127_h131_h132_costs_are_the_committed_ones() {
    let stage = Stage::on_wasm();
    let mut table = Table::new(&stage.env);
    let [first, _] = &stage.members;
    stage.admit(first, true);
    table.note("set_member");
    stage.reserve(first, &stage.bytes(1), stage.now() + DAY);
    table.note("reserve");
    stage.finalise(first, &stage.bytes(1));
    table.note("finalise");
    stage.reserve(first, &stage.bytes(2), stage.now() + DAY);
    stage.release(first, &stage.bytes(2));
    table.note("release");
    stage.registry.is_reserved(&stage.bytes(1));
    table.note("is_reserved");
    table.finish("registry");
}
