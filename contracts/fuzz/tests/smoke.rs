//! A few seeded lives in every test run, and all that the corpus has kept; `make prove ID=GR9F` goes on from there.

use std::path::Path;

use tenor_fuzz::{live, Tally};

const LIVES: u64 = 4;
const BYTES: usize = 240;

/// SplitMix64: the same bytes everywhere.
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut word = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).to_le_bytes()
    };
    (0..BYTES / 8).flat_map(|_| word()).collect()
}

fn add(total: &mut Tally, one: Tally) {
    total.calls += one.calls;
    total.done += one.done;
}

/// FUZZ_LIVES and FUZZ_SEED ask for more or others.
#[test]
fn seeded_lives_break_no_invariant() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let (lives, seed) = (
        asked("FUZZ_LIVES").unwrap_or(LIVES),
        asked("FUZZ_SEED").unwrap_or(2_026),
    );
    let mut total = Tally::default();
    for n in 0..lives {
        println!("life {n} of seed {seed}");
        add(&mut total, live(&bytes(seed + n)));
    }
    println!("{} calls, {} not refused", total.calls, total.done);
    assert!(
        total.done * 10 > total.calls,
        "nearly everything was refused: {total:?}"
    );
}

/// What reached new code once reaches it again, and still breaks nothing.
#[test]
fn the_corpus_breaks_no_invariant() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut lives = 0;
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        println!("{:?}", file.file_name());
        live(&std::fs::read(file.path()).expect("a life"));
        lives += 1;
    }
    println!("{lives} lives");
}
