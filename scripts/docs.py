#!/usr/bin/env python3
"""Makes the parts of the documentation that the code knows better: diagrams, tables of errors, commands, settings.

A made part stands between `<!-- made: NAME -->` and `<!-- end made -->` in any Markdown file of the project. Without
--check the files are rewritten; with it nothing is written, and the code is 1 when one is stale.
"""

import argparse
import importlib
import inspect
import json
import pkgutil
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

import tenor
from tenor import cli, metrics
from tenor.disbursements import rules as disbursements
from tenor.kernel.errors import TenorError
from tenor.kernel.state import Machine
from tenor.ledger import results
from tenor_bindings.errors import ERRORS

ROOT = Path(__file__).resolve().parent.parent
MADE = re.compile(r"(<!-- made: ([a-z-]+) -->\n).*?(<!-- end made -->)", re.DOTALL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when a page is stale")
    check = parser.parse_args().check
    stale = [page for page in pages() if renewed(page) != page.read_text()]
    for page in stale:
        if check:
            print(f"{page.relative_to(ROOT)} is stale: run `make docs` and commit what it wrote.")
        else:
            page.write_text(renewed(page))
            print(f"wrote {page.relative_to(ROOT)}")
    return 1 if check and stale else 0


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def renewed(page: Path) -> str:
    """The page with every made part as the code says now."""
    return MADE.sub(lambda found: f"{found[1]}\n{MAKERS[found[2]]()}\n\n{found[3]}", page.read_text())


def layers() -> str:
    """The import direction, from the contract that import-linter enforces."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = [one for one in found if one["type"] == "layers"]
    lines = ["```mermaid", "flowchart TD"]
    for number, layer in enumerate(contract["layers"]):
        names = " · ".join(name.strip().removeprefix("tenor.") for name in re.split(r"[|:]", layer.strip("() ")))
        lines.append(f'    L{number}["{names}"]')
    lines += [f"    L{number} --> L{number + 1}" for number in range(len(contract["layers"]) - 1)]
    return "\n".join([*lines, "```"])


def machines() -> str:
    """Every status table of the program, drawn by itself."""
    found = {
        machine.name: (machine, module.__name__)
        for module in modules()
        for machine in vars(module).values()
        if isinstance(machine, Machine)
    }
    parts = [
        f"**{name}** (`{where}`)\n\n```mermaid\n{machine.mermaid()}\n```"
        for name, (machine, where) in sorted(found.items())
    ]
    return "\n\n".join(parts)


def projections() -> str:
    from tenor import projector

    rows = [
        f"| `{event.__name__}` | {', '.join(f'`{_place(handler)}`' for handler in handlers)} |"
        for event, handlers in projector.HANDLERS.items()
    ]
    ignored = ", ".join(sorted(f"`{event.__name__}`" for event in projector.EVENTS_IGNORED))
    return "\n".join(["| event | handled by |", "|---|---|", *rows, "", f"Kept in the raw log only: {ignored}."])


def jobs() -> str:
    from tenor.worker import JOBS

    rows = [f"| `{job.name}` | {job.seconds:g} s | {job.together} |" for job in JOBS]
    return "\n".join(["| job | sweep every | rows at once |", "|---|---|---|", *rows])


def payments() -> str:
    """Every code of a payment's operation, whose fault it is and what follows."""
    told = ["| code | it means | the line |", "|---|---|---|"]
    for code, sentence in results.SENTENCES.items():
        follows = "failed, with this reason"
        if code in results.SENDERS_FAULT:
            follows = "ready again; the batch waits until the treasury can pay"
        elif code in disbursements.WAITS:
            follows = "parked and looked at again" + (
                ", or a claimable balance on wish" if code in disbursements.MISSING else ""
            )
        elif code in {"DOES_NOT_EXIST", "CANNOT_CLAIM"}:
            follows = "claimed" if code == "DOES_NOT_EXIST" else "held on"
        told.append(f"| `{code}` | {sentence} | {follows} |")
    return "\n".join(told)


def contract_errors() -> str:
    rows = [
        f"| {code} | {error.contract} | `{error.__name__}` | {error.sentence} |"
        for code, error in sorted(ERRORS.items())
    ]
    return "\n".join(["| code | contract | name | what it says |", "|---|---|---|---|", *rows])


def problems() -> str:
    """Every refusal of the API and the command line: its stable code, its HTTP status, what it means."""
    list(modules())
    rows = []
    for error in sorted(_below(TenorError), key=lambda one: one.code):
        if error.__module__.startswith("tenor."):
            meaning = (inspect.getdoc(error) or "") if "__doc__" in vars(error) and error.__doc__ else ""
            rows.append(f"| `{error.code}` | {error.status} | {' '.join(meaning.split())} |")
    return "\n".join(["| code | status | meaning |", "|---|---|---|", *dict.fromkeys(rows)])


def commands() -> str:
    """As a person sees them: a command keeps the help options of who asked first, so it is asked below its group."""
    parts = []
    group = click.Context(cli.tenor, info_name="tenor", **cli.tenor.context_settings)
    for name, command in sorted(cli.tenor.commands.items()):
        with click.Context(command, parent=group, info_name=name, terminal_width=100) as context:
            parts.append(f"### tenor {name}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)


def settings() -> str:
    """From .env.example, whose comments explain each."""
    rows: list[str] = []
    comment: list[str] = []
    after_variable = False
    for line in (ROOT / ".env.example").read_text().splitlines():
        if match := re.fullmatch(r"#([A-Z][A-Z0-9_]+)=(.*)", line):
            rows.append(f"| `{match[1]}` | `{match[2]}` | {' '.join(comment)} |")
            after_variable = True
        elif line.startswith("# ") and not line.startswith("# ---"):
            comment = [line[2:]] if after_variable else [*comment, line[2:]]
            after_variable = False
        else:
            comment, after_variable = [], False
    return "\n".join(["| variable | example or default | what it is |", "|---|---|---|", *rows])


def figures() -> str:
    """What /metrics serves of ours."""
    rows = []
    for figure, unit in metrics.UNITS.items():
        (family,) = figure.describe()
        labels = ", ".join(f"`{label}`" for label in figure._labelnames)  # noqa: SLF001 - no public way
        rows.append(f"| `{metrics.name_of(figure)}` | {family.type} | {unit} | {labels} | {family.documentation} |")
    return "\n".join(["| name | kind | unit | labels | meaning |", "|---|---|---|---|---|", *rows])


def routes() -> str:
    """From the committed OpenAPI document."""
    described = json.loads((ROOT / "docs" / "reference" / "openapi.json").read_text())
    rows = [
        f"| {method.upper()} | `{path}` | {operation.get('summary', '')} |"
        for path, operations in sorted(described["paths"].items())
        for method, operation in operations.items()
        if isinstance(operation, dict)
    ]
    return "\n".join(["| method | path | |", "|---|---|---|", *rows])


def decisions() -> str:
    """The records of decisions in docs/adr, by their titles."""
    rows = []
    for page in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        title = page.read_text().splitlines()[0].removeprefix("# ")
        rows.append(f"- [{title}]({page.name})")
    return "\n".join(rows)


MAKERS: dict[str, Callable[[], str]] = {
    "layers": layers,
    "machines": machines,
    "projections": projections,
    "jobs": jobs,
    "contract-errors": contract_errors,
    "problems": problems,
    "commands": commands,
    "settings": settings,
    "figures": figures,
    "routes": routes,
    "decisions": decisions,
    "payments": payments,
}


def modules() -> Iterator[object]:
    """Every module of the program but migrations, imported."""
    for found in pkgutil.walk_packages(tenor.__path__, "tenor."):
        if ".migrations" not in found.name and not found.name.endswith("read_child"):
            yield importlib.import_module(found.name)


def _below(kind: type[TenorError]) -> Iterator[type[TenorError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _place(handler: Callable[..., object]) -> str:
    return f"{handler.__module__.removeprefix('tenor.')}.{handler.__name__}"


if __name__ == "__main__":
    sys.exit(main())
