//! How many random cases a test runs, and from which seed: the same for everybody, unless the environment says more.

use proptest::test_runner::{Config, RngSeed};

/// `cases` from seed 2026; PROPTEST_CASES and PROPTEST_RNG_SEED choose others.
pub fn seeded(cases: u32) -> Config {
    Config {
        cases: chosen("PROPTEST_CASES").unwrap_or(cases),
        rng_seed: RngSeed::Fixed(chosen("PROPTEST_RNG_SEED").unwrap_or(2_026)),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    }
}

fn chosen<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}
