//! Compiles the contracts to wasm, shakes their specs, writes them to a folder and prints their hashes.
//! Never optimises further and never touches the network: same sources and compiler, same bytes.

mod hashes;
mod road;
mod shake;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Every contract there is; another one needs no more than its line here.
const CONTRACTS: [&str; 6] = [
    "tenor_escrow",
    "tenor_token",
    "tenor_distributor",
    "tenor_market",
    "tenor_registry",
    "tenor_stream",
];

const HELP: &str = "\
Usage: cargo run -p tenor-contracts-build -- [--out DIR] [--road rustup|debian] [--check | --record]

  --out DIR   where the wasm files go (default: build/contracts in the repository); those in its folder
              documented/ have the sentences too, and are what bindings are made from
  --road      which toolchain compiles: rustup's wasm32v1-none target, or Debian's rustc-web with its own
              sources of the standard library (default: rustup where its target is installed)
  --check     fail when a hash differs from the committed one for this compiler (contracts/HASHES)
  --record    write the hashes of this compiler into contracts/HASHES";

struct Options {
    out: PathBuf,
    road: Option<String>,
    check: bool,
    record: bool,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let root = repository()?;
    let Some(options) = options(&root)? else {
        println!("{HELP}");
        return Ok(());
    };
    let road = road::choose(options.road.as_deref())?;
    let built = road::compile(&road, &root, &CONTRACTS.map(|name| name.replace('_', "-")))?;
    std::fs::create_dir_all(options.out.join("documented"))
        .map_err(|e| format!("cannot make {}: {e}", options.out.display()))?;
    let mut lines = Vec::new();
    for name in CONTRACTS {
        let file = format!("{name}.wasm");
        let raw = read(&built.join(&file))?;
        let documented = shake::shake(&raw).map_err(|e| format!("{file}: {e}"))?;
        let bare = shake::strip(&documented).map_err(|e| format!("{file}: {e}"))?;
        write(&options.out.join("documented").join(&file), &documented)?;
        write(&options.out.join(&file), &bare)?;
        let sha256 = hashes::sha256(&bare);
        println!("{name:<18} {:>6} bytes  sha256 {sha256}", bare.len());
        lines.push(hashes::Line {
            compiler: road.compiler.clone(),
            name,
            sha256,
        });
    }
    println!("compiler: {}", road.compiler);
    let committed = root.join("contracts/HASHES");
    if options.record {
        hashes::record(&committed, &lines)?;
    }
    if options.check {
        hashes::check(&committed, &lines)?;
    }
    Ok(())
}

fn options(root: &Path) -> Result<Option<Options>, String> {
    let mut options = Options {
        out: root.join("build/contracts"),
        road: None,
        check: false,
        record: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or(format!("{argument} needs a value; see --help"))
        };
        match argument.as_str() {
            "--out" => options.out = PathBuf::from(value()?),
            "--road" => options.road = Some(value()?),
            "--check" => options.check = true,
            "--record" => options.record = true,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("unknown argument {other}; see --help")),
        }
    }
    Ok(Some(options))
}

fn repository() -> Result<PathBuf, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .map(Path::to_path_buf)
        .ok_or("the build program is not in a repository".into())
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
