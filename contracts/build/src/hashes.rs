//! The committed hashes: one line per contract and compiler, because another compiler makes other bytes.

use std::path::Path;

use sha2::{Digest, Sha256};

pub struct Line {
    pub compiler: String,
    pub name: &'static str,
    pub sha256: String,
}

impl Line {
    fn text(&self) -> String {
        format!("{}  {}  {}", self.sha256, self.name, self.compiler)
    }

    fn is_about(&self, text: &str) -> bool {
        text.ends_with(&format!("  {}  {}", self.name, self.compiler))
    }
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Fails unless the file has exactly these hashes for this compiler.
pub fn check(file: &Path, lines: &[Line]) -> Result<(), String> {
    let committed = text(file)?;
    for line in lines {
        if !committed.lines().any(|text| line.is_about(text)) {
            return Err(format!(
                "{} has no hash of {} for {}; if this compiler is to be supported, run with --record and commit",
                file.display(),
                line.name,
                line.compiler
            ));
        }
        if !committed.lines().any(|text| text == line.text()) {
            return Err(format!(
                "{} differs from the committed build; if the contract was changed on purpose, run with --record and commit",
                line.name
            ));
        }
    }
    println!("hashes equal the committed ones");
    Ok(())
}

/// Replaces this compiler's lines and keeps the others'.
pub fn record(file: &Path, lines: &[Line]) -> Result<(), String> {
    let committed = if file.exists() {
        text(file)?
    } else {
        String::new()
    };
    let mut kept: Vec<String> = committed
        .lines()
        .filter(|text| !lines.iter().any(|line| line.is_about(text)))
        .map(String::from)
        .chain(lines.iter().map(Line::text))
        .collect();
    kept.sort_by(|a, b| a[64..].cmp(&b[64..]));
    std::fs::write(file, kept.join("\n") + "\n")
        .map_err(|e| format!("cannot write {}: {e}", file.display()))
}

fn text(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))
}
