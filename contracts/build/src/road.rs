//! The two toolchain roads to wasm32v1-none: rustup's target, or Debian's compiler with the standard library's sources.
//! Never picks one silently: the compiler that was used is part of the answer.

use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32v1-none";
/// A megabyte of stack would be paid for at every call; the deepest call needs a fraction of this.
const STACK_BYTES: u32 = 32_768;

pub struct Road {
    cargo: PathBuf,
    rustc: PathBuf,
    /// Debian only: the standard library is compiled from source, and linked by Debian's linker.
    builds_std: bool,
    /// Name and version, as it stands in the committed hashes.
    pub compiler: String,
}

pub fn choose(wanted: Option<&str>) -> Result<Road, String> {
    match wanted {
        Some("rustup") => rustup(),
        Some("debian") => debian(),
        Some(other) => Err(format!("there is no road {other}; choose rustup or debian")),
        None => rustup().or_else(|first| debian().map_err(|second| format!("{first}; {second}"))),
    }
}

/// Compiles the packages one by one; answers the folder with the wasm files.
pub fn compile(road: &Road, root: &Path, packages: &[String]) -> Result<PathBuf, String> {
    let target_dir = target_dir(road, root);
    let flags = flags(road, root)?.join("\u{1f}");
    for package in packages {
        let mut command = Command::new(&road.cargo);
        command
            .current_dir(root)
            // Only a lone cdylib is optimised across crates; with the rlib that tests link against it would be thrice as large.
            .args([
                "rustc",
                "--quiet",
                "--release",
                "--locked",
                "--target",
                TARGET,
                "--crate-type",
                "cdylib",
            ])
            .args(["-p", package])
            .env("CARGO_TARGET_DIR", &target_dir)
            .env("RUSTC", &road.rustc)
            .env("SOROBAN_SDK_BUILD_SYSTEM_SUPPORTS_SPEC_SHAKING_V2", "1")
            .env("CARGO_ENCODED_RUSTFLAGS", &flags)
            // A wrapper or flags from the caller's shell would change the bytes.
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTC_WRAPPER")
            .env_remove("RUSTC_WORKSPACE_WRAPPER");
        if road.builds_std {
            command
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32V1_NONE_LINKER", "wasm-ld-19")
                .arg("-Zbuild-std=core,alloc");
        }
        let status = command
            .status()
            .map_err(|e| format!("cannot run {}: {e}", road.cargo.display()))?;
        if !status.success() {
            return Err(format!(
                "{package} does not compile; the compiler's words are above"
            ));
        }
    }
    Ok(target_dir.join(TARGET).join("release"))
}

fn rustup() -> Result<Road, String> {
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    // Beside the cargo that runs us, so that a second toolchain on the PATH cannot slip in between.
    let beside = cargo.with_file_name("rustc");
    let rustc = if beside.is_file() {
        beside
    } else {
        PathBuf::from("rustc")
    };
    let libraries = answer(&rustc, &["--print", "target-libdir", "--target", TARGET])?;
    if !Path::new(&libraries).is_dir() {
        return Err(format!(
            "rustup's target is missing (rustup target add {TARGET})"
        ));
    }
    road(cargo, rustc, false)
}

fn debian() -> Result<Road, String> {
    let (cargo, rustc) = (
        PathBuf::from("/usr/bin/cargo"),
        PathBuf::from("/usr/bin/rustc"),
    );
    let linker = Path::new("/usr/bin/wasm-ld-19");
    let missing = [cargo.as_path(), rustc.as_path(), linker]
        .into_iter()
        .any(|program| !program.is_file());
    if missing {
        return Err(
            "Debian's road is missing (apt-get install rustc-web cargo-web rust-web-src lld-19)"
                .into(),
        );
    }
    road(cargo, rustc, true)
}

fn road(cargo: PathBuf, rustc: PathBuf, builds_std: bool) -> Result<Road, String> {
    let version = answer(&rustc, &["--version"])?;
    let vendor = if builds_std { "debian" } else { "rustup" };
    let compiler = format!("{vendor} {version}");
    Ok(Road {
        cargo,
        rustc,
        builds_std,
        compiler,
    })
}

/// Debian's build has its own folder: its objects and rustup's never mix.
fn target_dir(road: &Road, root: &Path) -> PathBuf {
    let base =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    if road.builds_std {
        base.join("debian")
    } else {
        base
    }
}

/// Hashes must not depend on the folder, the user or the place of the compiler.
fn flags(road: &Road, root: &Path) -> Result<Vec<String>, String> {
    let home = std::env::var_os("HOME")
        .map(PathBuf::from)
        .unwrap_or_default();
    let cargo_home =
        std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let sysroot = answer(&road.rustc, &["--print", "sysroot"])?;
    Ok(vec![
        format!("--remap-path-prefix={}=/tenor", root.display()),
        format!("--remap-path-prefix={}=/cargo", cargo_home.display()),
        format!("--remap-path-prefix={sysroot}=/rust"),
        format!("-Clink-arg=-zstack-size={STACK_BYTES}"),
    ])
}

fn answer(program: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .map_err(|e| format!("cannot run {}: {e}", program.display()))?;
    if !output.status.success() {
        return Err(format!(
            "{} {} failed",
            program.display(),
            arguments.join(" ")
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
}
