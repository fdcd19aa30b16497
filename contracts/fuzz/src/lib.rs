//! Random lives of all contracts together: any call by anybody in any order, judged by the six invariants after each.
//! Who must sign is proved elsewhere (`escrow/src/test/matrix.rs`): here everybody signs everything.

mod acts;
mod calls;
mod checks;
mod model;
mod rational;
mod world;

use arbitrary::{Arbitrary, Unstructured};

pub use acts::Act;
use world::World;

/// More than this adds length, not kinds of lives.
const ACTS_MAX: usize = 60;

/// What one life has come to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// Calls that were made.
    pub calls: u64,
    /// Those that were not refused.
    pub done: u64,
}

/// Lives the life that `bytes` stand for, and lets everybody leave at its end. Panics where an invariant is broken.
pub fn live(bytes: &[u8]) -> Tally {
    let mut rest = Unstructured::new(bytes);
    let mut world = World::new(u8::arbitrary(&mut rest).unwrap_or(0));
    for _ in 0..ACTS_MAX {
        if rest.is_empty() {
            break;
        }
        let Ok(act) = Act::arbitrary(&mut rest) else {
            break;
        };
        world.act(&act);
        world.check(&act);
    }
    world.leave();
    world.tally
}
