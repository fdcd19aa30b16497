//! What is written beside the code stays true: the error table, the ranges, the rules about dependencies and calls.

use std::collections::BTreeMap;
use std::format;
use std::fs;
use std::path::{Path, PathBuf};
use std::string::{String, ToString};
use std::vec::Vec as List;

/// Every contract there is.
const CRATES: [&str; 6] = [
    "escrow",
    "token",
    "distributor",
    "stream",
    "market",
    "registry",
];

fn contracts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(contracts().join(path)).expect(path)
}

/// (code, name, sentence) of every error, as the doc comments say.
fn errors() -> List<(u32, String, String)> {
    let mut found = List::new();
    for file in [
        "escrow/src/errors.rs",
        "token/src/errors.rs",
        "distributor/src/errors.rs",
        "stream/src/errors.rs",
        "market/src/errors.rs",
        "registry/src/errors.rs",
        "common/src/shared.rs",
    ] {
        let (mut sentence, mut inside) = (String::new(), false);
        for line in read(file).lines().map(str::trim) {
            inside = (inside || line.starts_with("pub enum")) && line != "}";
            if let Some(text) = line.strip_prefix("/// ") {
                sentence = text.to_string();
            } else if let (true, Some((name, code))) =
                (inside, line.trim_end_matches(',').split_once(" = "))
            {
                found.push((
                    code.parse().expect("a code"),
                    name.to_string(),
                    std::mem::take(&mut sentence),
                ));
            }
        }
    }
    found
}

#[test]
fn h156_codes_are_disjoint_and_every_error_says_the_way_out() {
    let mut seen = BTreeMap::new();
    for (code, name, sentence) in errors() {
        assert!(seen.insert(code, name.clone()).is_none(), "{code} twice");
        assert!(matches!(code / 100, 1..=6 | 9), "{code} is in no range");
        assert!(
            sentence.ends_with('.') && sentence.split(". ").count() >= 2,
            "{name}: {sentence}"
        );
    }
    assert!(seen.len() > 100);
}

#[test]
fn h156_the_published_table_is_the_codes_own() {
    let mut table = String::from("| code | name | what people read |\n|---|---|---|\n");
    for (code, name, sentence) in errors() {
        table += &format!("| {code} | `{name}` | {sentence} |\n");
    }
    let readme = read("README.md");
    let (before, now) = readme.split_once("<!-- errors -->\n").expect("the marker");
    if std::env::var_os("WRITE_DOCUMENTS").is_some() {
        fs::write(
            contracts().join("README.md"),
            format!("{before}<!-- errors -->\n{table}"),
        )
        .expect("the README");
    } else {
        assert_eq!(now, table, "write it anew with WRITE_DOCUMENTS=1");
    }
}

fn sources() -> List<(PathBuf, String)> {
    let mut found = List::new();
    for name in CRATES.iter().chain(&["common"]) {
        for entry in fs::read_dir(contracts().join(name).join("src")).expect("sources") {
            let path = entry.expect("a file").path();
            if path.is_file() {
                let text = fs::read_to_string(&path).expect("a source");
                let code = text
                    .split("#[cfg(test)]\nmod test {")
                    .next()
                    .unwrap_or_default()
                    .to_string();
                found.push((path, code));
            }
        }
    }
    found
}

#[test]
fn h137_h153_h154_no_symbol_calls_no_unwraps_no_chance() {
    for (path, code) in sources() {
        for word in [
            ".unwrap()",
            ".expect(",
            "invoke_contract",
            "todo!",
            "unimplemented!",
            "prng()",
            "f64",
            "f32",
        ] {
            assert!(!code.contains(word), "{word} in {path:?}");
        }
    }
}

#[test]
fn h094_only_allowances_are_temporary() {
    for (path, code) in sources() {
        let count = code.matches("temporary()").count();
        let allowed = if path.ends_with("token/src/storage.rs") {
            2
        } else {
            0
        };
        assert_eq!(count, allowed, "{path:?}");
    }
}

/// What is called by constructors, governance and the time-lock, and by nothing that moves money.
const INSTANCE_WRITERS: [&str; 8] = [
    "write_config(",
    "write_metadata(",
    "write_roles(",
    "write_fees(",
    "write_token_wasm(",
    "write_paused(",
    "write_candidate(",
    "write_escrow(&env",
];

#[test]
fn h096_only_governance_and_constructors_write_the_instance() {
    for (path, code) in sources() {
        let may = |names: &[&str]| names.iter().any(|name| path.ends_with(name));
        assert!(
            may(&["storage.rs"]) || !code.contains("instance()"),
            "{path:?}"
        );
        let writes = INSTANCE_WRITERS.iter().any(|name| code.contains(name));
        assert!(
            !writes || may(&["storage.rs", "governance.rs", "timelock.rs", "contract.rs"]),
            "{path:?}"
        );
    }
    // Nothing else in the storage rooms writes it: a new writer is a new name in the list.
    for name in ["escrow", "token", "distributor"] {
        let code = read(&format!("{name}/src/storage.rs"));
        for function in code.split("\npub(crate) fn ").skip(1) {
            let body = function.split("\n}\n").next().unwrap_or_default();
            let writes = body.contains("instance().set")
                || body.contains("instance().remove")
                || body.contains(" set(env");
            let is_known = INSTANCE_WRITERS
                .iter()
                .any(|known| function.starts_with(known.split('(').next().unwrap_or_default()));
            assert!(!writes || is_known, "{name}: {function}");
        }
    }
}

#[test]
fn h053_h124_h150_manifests_are_strict() {
    let workspace = fs::read_to_string(contracts().join("../Cargo.toml")).expect("the workspace");
    assert!(workspace.contains("overflow-checks = true"));
    assert!(workspace.contains("soroban-sdk = \"=28.0.0\""));
    let lock = fs::read_to_string(contracts().join("../Cargo.lock")).expect("the lock");
    assert_eq!(lock.matches("name = \"soroban-sdk\"\n").count(), 1);
    for name in CRATES {
        let manifest = read(&format!("{name}/Cargo.toml"));
        let (normal, tests) = manifest
            .split_once("[dev-dependencies]")
            .expect("dev-dependencies");
        assert!(
            !normal.contains("testutils") && tests.contains("testutils"),
            "{name}"
        );
    }
}

#[test]
fn h102_no_suite_runs_on_the_test_hosts_own_ledger() {
    for name in CRATES {
        for entry in fs::read_dir(contracts().join(name).join("src/test")).expect("tests") {
            let path = entry.expect("a file").path();
            let text = fs::read_to_string(&path).expect("a test");
            let bare = ["Env::", "default()"].concat();
            assert!(!text.contains(&bare), "{path:?}");
        }
    }
}

/// Every hazard of the list is the name of a test or a line of HAZARDS.md, and not both.
#[test]
fn every_hazard_is_a_test_or_a_line_that_says_why_not() {
    const LAST: usize = 157;
    let mut tested = std::collections::BTreeSet::new();
    let root = contracts().join("..");
    for folder in ["contracts", "tests", "localnet"] {
        collect(&root.join(folder), &mut tested);
    }
    let text = read("HAZARDS.md");
    let explained: std::collections::BTreeSet<usize> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| H")?.split(' ').next()?.parse().ok())
        .collect();
    let both: List<_> = tested.intersection(&explained).collect();
    assert!(both.is_empty(), "tested, so no line is needed: {both:?}");
    let neither: List<_> = (1..=LAST)
        .filter(|id| !tested.contains(id) && !explained.contains(id))
        .collect();
    assert!(neither.is_empty(), "no test and no line: {neither:?}");
    assert!(explained.iter().all(|id| (1..=LAST).contains(id)));
}

/// The ids in the names of test functions, below `folder`.
fn collect(folder: &Path, found: &mut std::collections::BTreeSet<usize>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let is_source = path
            .extension()
            .is_some_and(|kind| kind == "rs" || kind == "py");
        let text = if is_source {
            fs::read_to_string(&path).unwrap_or_default()
        } else {
            String::new()
        };
        for line in text.lines() {
            let line = line.trim_start().trim_start_matches("async ");
            let name = line
                .strip_prefix("fn ")
                .or_else(|| line.strip_prefix("def test_"));
            let words = name.unwrap_or_default().split(['_', '(']);
            found.extend(words.filter_map(|word| match word.strip_prefix('h') {
                Some(digits) if digits.len() == 3 => digits.parse::<usize>().ok(),
                _ => None,
            }));
        }
    }
}
