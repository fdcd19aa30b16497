//! A seeded walk through what the fuzz targets in `fuzz/` walk without end, and every input they ever tripped over.
//! `FUZZ_EXECUTIONS=n` walks further (`make prove ID=LN8`).

mod fuzzing;
mod network;

use std::path::Path;

use fuzzing::Arena;
use network::on_a_deep_stack;
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus");
const EXECUTIONS: u32 = 400;
const LONGEST: usize = 200;

fn executions() -> u32 {
    std::env::var("FUZZ_EXECUTIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(EXECUTIONS)
}

/// Files of one target's corpus.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(CORPUS).join(target);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read(path).expect("a readable file")).collect()
}

/// Bytes that were good once, damaged: some replaced, taken out, doubled, or put in.
fn damaged(good: &[u8], chance: &mut StdRng) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..chance.random_range(1..6) {
        let at = chance.random_range(0..=bytes.len());
        match chance.random_range(0..5) {
            0 if at < bytes.len() => bytes[at] = chance.random(),
            1 if at < bytes.len() => bytes[at] ^= 1 << chance.random_range(0..8),
            2 => bytes.truncate(at),
            3 => bytes.insert(at, chance.random()),
            _ => {
                let end = (at + chance.random_range(0..16)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
    bytes
}

#[test]
fn any_transaction_leaves_a_sound_ledger() {
    on_a_deep_stack(|| {
        let mut arena = Arena::new();
        corpus("transactions").iter().for_each(|input| arena.transaction(input));
        let mut chance = StdRng::seed_from_u64(11);
        for _ in 0..executions() {
            let mut bytes = vec![0; chance.random_range(0..LONGEST)];
            chance.fill_bytes(&mut bytes);
            arena.transaction(&bytes);
        }
        arena.check_replay();
        for (outcome, count) in &arena.outcomes {
            println!("{count:8} {outcome}");
        }
        // A walk that never gets anywhere proves nothing.
        let succeeded = arena.outcomes.get("TxSuccess").copied().unwrap_or_default();
        assert!(succeeded > executions() / 20, "{succeeded} transactions succeeded");
    });
}

#[test]
fn any_request_gets_an_answer() {
    on_a_deep_stack(|| {
        let mut arena = Arena::new();
        let good = corpus("requests");
        good.iter().for_each(|input| arena.request(input));
        let mut chance = StdRng::seed_from_u64(12);
        for _ in 0..executions() {
            let input = damaged(&good[chance.random_range(0..good.len())], &mut chance);
            arena.request(&input);
        }
    });
}

#[test]
fn any_xdr_gets_an_answer() {
    on_a_deep_stack(|| {
        let mut arena = Arena::new();
        let good = corpus("parameters");
        good.iter().for_each(|input| arena.parameters(input));
        let mut chance = StdRng::seed_from_u64(13);
        for _ in 0..executions() {
            let input = damaged(&good[chance.random_range(0..good.len())], &mut chance);
            arena.parameters(&input);
        }
    });
}
