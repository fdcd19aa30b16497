#![no_main]
//! See `tests/fuzzing`: what is done with the bytes, and what must hold afterwards.

#[path = "../../tests/fuzzing/mod.rs"]
mod fuzzing;
#[path = "../../tests/network/mod.rs"]
mod network;

use std::cell::RefCell;

thread_local! {
    static ARENA: RefCell<fuzzing::Arena> = RefCell::new(fuzzing::Arena::new());
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ARENA.with_borrow_mut(|arena| arena.request(bytes)));
