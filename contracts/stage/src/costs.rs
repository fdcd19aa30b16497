//! What calls cost on compiled code, as a part of contracts/COSTS.md that belongs to one crate.

use std::fs;

use soroban_sdk::Env;

const HEAD: &str = "\
| call | instructions | memory bytes | entries read | entries written | bytes written | event bytes |
|---|---|---|---|---|---|---|
";
/// More is no contract of ours any more (h131).
const WASM_BYTES_MAX: usize = 65_536;

pub struct Table {
    env: Env,
    text: String,
}

impl Table {
    pub fn new(env: &Env) -> Table {
        Table {
            env: env.clone(),
            text: String::from(HEAD),
        }
    }

    /// Notes the last call and holds it against half of every limit of the network.
    pub fn note(&mut self, call: &str) {
        let used = self.env.cost_estimate().resources();
        assert!(
            used.instructions < 200_000_000 && used.mem_bytes < 20_971_520,
            "{call}: {used:?}"
        );
        assert!(
            used.write_entries < 100 && used.write_bytes < 66_048,
            "{call}: {used:?}"
        );
        let read = used.disk_read_entries + used.memory_read_entries;
        self.text += &format!(
            "| {call} | {} | {} | {read} | {} | {} | {} |\n",
            used.instructions,
            used.mem_bytes,
            used.write_entries,
            used.write_bytes,
            used.contract_events_size_bytes
        );
    }

    /// Compares with the committed part of `crate_name`, or writes it where WRITE_DOCUMENTS is set.
    pub fn finish(mut self, crate_name: &str) {
        let wasm = crate::wasm(&format!("tenor_{crate_name}"));
        assert!(wasm.len() < WASM_BYTES_MAX, "h131: {} bytes", wasm.len());
        self.text += &format!("| wasm bytes of tenor_{crate_name} | {} |\n", wasm.len());
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../COSTS.md");
        let whole = fs::read_to_string(file).expect("COSTS.md");
        let (from, to) = (
            format!("<!-- {crate_name} -->\n"),
            format!("<!-- end {crate_name} -->\n"),
        );
        let committed = whole
            .split_once(&from)
            .and_then(|(_, rest)| rest.split_once(&to))
            .map(|(part, _)| part);
        if std::env::var_os("WRITE_DOCUMENTS").is_some() {
            let part = format!("{from}{}{to}", self.text);
            let written = match committed {
                Some(old) => whole.replace(&format!("{from}{old}{to}"), &part),
                None => format!("{whole}\n{part}"),
            };
            return fs::write(file, written).expect("COSTS.md");
        }
        let committed = numbers(committed.expect("write it with WRITE_DOCUMENTS=1"));
        let measured = numbers(&self.text);
        assert_eq!(
            committed.len(),
            measured.len(),
            "write it anew with WRITE_DOCUMENTS=1"
        );
        for ((row, before), (name, now)) in committed.into_iter().zip(measured) {
            assert_eq!(row, name, "write it anew with WRITE_DOCUMENTS=1");
            // Two in a hundred is the room for another compiler; more is a change that belongs into the table.
            assert!(
                now <= before + before / 50 + 1,
                "{name}: {before} became {now}"
            );
        }
    }
}

/// The first number of each row: instructions or bytes of wasm.
fn numbers(text: &str) -> Vec<(String, u64)> {
    let row = |line: &str| {
        let mut cells = line.split(" | ");
        let name = cells.next()?.trim_start_matches("| ");
        let number = cells.next()?.trim_end_matches(" |").parse().ok()?;
        Some((name.to_string(), number))
    };
    text.lines().filter_map(row).collect()
}
