"""The commands that start, prepare and stop an installation. Each is one call; what it does is elsewhere."""

import asyncio
import os
import shlex
import shutil
import signal
import sys
import time
from pathlib import Path

import click
import uvloop

from tenor.settings import load
from tenor.up.running import running

_STOP_SECONDS = 60


def data_dir() -> Path:
    return Path(os.environ.get("TENOR_DATA") or ".tenor").resolve()


@click.command()
@click.option("--demo", is_flag=True, help="Tell the demo's story first, if it has not been told on this data.")
def up(*, demo: bool) -> None:
    """Start everything, print the addresses, and stop it all at Ctrl-C.

    Embedded PostgreSQL, Redis and a local network, unless DATABASE_URL, REDIS_URL or RPC_URL name others; then tables,
    contracts, demo people, worker and API. The data stays in TENOR_DATA (.tenor).
    """
    from tenor.up import start, story

    sys.exit(asyncio.run(start.up(data_dir(), os.environ, story.demo_and_serve if demo else story.serve)))


@click.command()
@click.option("--json", "report", type=click.Path(dir_okay=False), help="Write the story for programs to this file.")
def demo(*, report: str | None) -> None:
    """Tell the story of one invoice over the HTTP API, from file to paid-out holders.

    Uses what runs from TENOR_DATA; starts it and stops it again when nothing does. Ends with 1 when a single unit
    differs between database, contracts and accounts.
    """
    from tenor.up import start, story

    found = running(data_dir())
    if found is not None:
        sys.exit(asyncio.run(story.tell(data_dir(), found.environment, report)))
    sys.exit(asyncio.run(start.up(data_dir(), os.environ, story.demo_only(report))))


@click.command()
@click.option("--forget", is_flag=True, help="Remove its data too: database, ledger, keys.")
def down(*, forget: bool) -> None:
    """Stop what runs from TENOR_DATA, wherever it was started."""
    found = running(data_dir())
    if found is not None:
        os.kill(found.pid, signal.SIGTERM)
        give_up = time.monotonic() + _STOP_SECONDS
        while running(data_dir()) is not None:
            if time.monotonic() > give_up:
                raise click.ClickException(
                    f"process {found.pid} still runs after {_STOP_SECONDS} s: `kill -9 {found.pid}`."
                )
            time.sleep(0.1)
        click.echo(f"stopped process {found.pid}")
    if forget and data_dir().exists():
        shutil.rmtree(data_dir())
        click.echo(f"forgot {data_dir()}")


@click.group(invoke_without_command=True)
@click.pass_context
def keys(asked: click.Context) -> None:
    """Make the platform's keys and secrets, if there are none, and print the addresses.

    `tenor keys rotate`, a restart, and `tenor keys rewrap --forget` change the key that documents are sealed under.
    """
    from tenor.chain.keys import ensure_keys

    if asked.invoked_subcommand is not None:
        return
    path = data_dir() / "keys.json"
    held = ensure_keys(path)
    for role, key in held.roles.items():
        click.echo(f"{role:10} {key.public_key}")
    click.echo(f"secrets in {path}: keep a copy, and show it to nobody.")


@keys.command()
def rotate() -> None:
    """Put a new vault key in front of the one in use, which stays for opening. Restart API and worker, then rewrap."""
    from tenor.chain.vaultkey import rotate as of

    path = data_dir() / "keys.json"
    of(path)
    click.echo(f"a new vault key stands in {path}: keep a copy, restart API and worker, then run `tenor keys rewrap`.")


@click.command()
@click.option("--wasm", type=click.Path(path_type=Path), help="Folder of the compiled contracts (build/contracts).")
@click.option("--asset", metavar="CODE:ISSUER", help="The settlement asset; none: one of our own, for test networks.")
@click.option("--name", default="main", show_default=True, help="Of this set of contracts; another name, another set.")
@click.option("--registry", metavar="C...", help="A registry that platforms share; none: one of our own.")
def deploy(*, wasm: Path | None, asset: str | None, name: str, registry: str | None) -> None:
    """Put the contracts on the ledger of RPC_URL and write deployment.json. Run again, it goes on where it stopped."""
    from tenor.chain import deploy as of
    from tenor.chain.keys import ensure_keys
    from tenor.up.start import wasm_folder

    settings = load()
    plan = of.Plan(wasm=of.read_wasm(wasm or wasm_folder()), asset=asset, name=name, registry=registry)
    record = asyncio.run(of.deploy(settings, ensure_keys(settings.keys_file), plan, say=click.echo))
    click.echo(f"escrow      {record.deployment.escrow}")
    click.echo(f"distributor {record.deployment.distributor}")
    click.echo(f"registry    {record.deployment.registry}")
    click.echo(f"stream      {record.deployment.stream}")
    click.echo(f"market      {record.deployment.market}")
    for one in record.deployment.assets:
        click.echo(f"{one.code:11} {one.contract}")


@click.command()
def migrate() -> None:
    """Bring the tables of DATABASE_URL to the newest migration."""
    from tenor.up.tables import bring_up_to_date

    asyncio.run(bring_up_to_date(load()))


@click.command()
def serve() -> None:
    """The HTTP process alone, on TENOR_HOST and TENOR_PORT."""
    from tenor.up.processes import serve_api

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve_api(load()))


@click.command()
def worker() -> None:
    """The worker process alone: sends what is due, follows the ledger, reads files, pushes payouts."""
    from tenor.up.processes import run_worker

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run_worker(load()))


@click.command()
def env() -> None:
    """Print the settings of what runs from TENOR_DATA, for `eval "$(tenor env)"`."""
    found = running(data_dir())
    if found is None:
        raise click.ClickException(f"nothing runs from {data_dir()}: `make up` starts it.")
    for name, value in sorted(found.environment.items()):
        click.echo(f"export {name}={shlex.quote(value)}")


COMMANDS = (up, demo, down, keys, deploy, migrate, serve, worker, env)
