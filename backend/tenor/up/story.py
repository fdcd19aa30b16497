"""What `tenor up` tells people: the demo, then where to look and who can log in. Starts nothing but the demo."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tenor.kernel.errors import Invalid
from tenor.up.people import load_people
from tenor.up.start import Installation, Then, serve_on

SCRIPT = Path("scripts/demo.py")
TOLD = "demo.json"


async def serve(installation: Installation) -> int:
    _print_addresses(installation)
    return await serve_on(installation)


async def demo_and_serve(installation: Installation) -> int:
    """The demo once per data folder, then serve. A demo that fails ends it all: something is wrong with the money."""
    report = installation.data_dir / TOLD
    if installation.own_ledger and not report.exists():
        code = await tell(installation.data_dir, installation.environment, str(report))
        if code != 0:
            return code
    _print_addresses(installation)
    return await serve_on(installation)


def demo_only(report: str | None) -> Then:
    async def then(installation: Installation) -> int:
        return await tell(installation.data_dir, installation.environment, report)

    return then


async def tell(data_dir: Path, environment: Mapping[str, str], report: str | None) -> int:
    """Run the demo as a process of its own, so that it can only use what any client can; its exit code."""
    command = [sys.executable, str(script()), "--data", str(data_dir)]
    process = await asyncio.create_subprocess_exec(
        *("setpriv", "--pdeathsig", "TERM", "--"),
        *command,
        *(["--json", report] if report else []),
        env={**os.environ, **environment},
        stdin=asyncio.subprocess.DEVNULL,
    )
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


def script() -> Path:
    if not SCRIPT.exists():
        raise Invalid(f"{SCRIPT} is not here: the demo runs from a clone of the repository.")
    return SCRIPT


def _print_addresses(installation: Installation) -> None:
    say = installation.progress.say
    say(f"\n  Open this      {installation.url}/")
    say(f"\n  API            {installation.url}")
    say(f"  API reference  {installation.url}/docs")
    say(f"  ledger         {installation.settings.rpc_url}")
    say(f"  data and logs  {installation.data_dir}")
    if installation.people_file.exists():
        say(f"\n  Who can log in (SEP-10; secret keys in {installation.people_file}):")
        for person in load_people(installation.people_file):
            say(f"    {person.name:6} {person.part:9} {person.wallet.public_key}")
    say("\n  Ctrl-C stops everything; `make up` again finds it all; `make clean` forgets it.")
