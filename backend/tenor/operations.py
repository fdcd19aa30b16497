"""Commands of who runs Tenor: what is lost, stuck or different, and the way out, in sentences."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

import click

from tenor.db import Maker, create_engine, create_maker, transaction
from tenor.kernel.errors import Conflict, TenorError
from tenor.settings import Settings, load
from tenor.world import World


class Differs(TenorError):
    """What was checked is not as it should be; the lines before say where."""


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; end with 2 and the differences when there are any.")
@click.option(
    "--from", "start", type=int, help="First fetch the events from this ledger on again; log what is missing."
)
def replay(*, check: bool, start: int | None) -> None:
    """Rebuild every projection from the raw event log, byte-identical to what indexing made."""
    from tenor import replay as of
    from tenor.chain.gaps import fetch_again
    from tenor.chain.index import decoder_of

    async def run(maker: Maker, world: World) -> None:
        if start is not None:
            click.echo(f"{await fetch_again(maker, world, start)} events were missing in the log")
        made = await (of.check if check else of.replay)(maker, decoder_of(world))
        for row in made.different:
            click.echo(f"{row.table}: only {row.side}: {row.row}")
        if check and made.different:
            raise Differs("The projections are not what the log says: `tenor replay` rebuilds them.")
        told = "rows differed" if made.different else "no difference"
        click.echo(f"{made.events} events over {made.tables} tables: {told}.")

    on_installation(run)


@click.command()
@click.option("--ledger", required=True, type=int)
def diff(*, ledger: int) -> None:
    """Show what the events of one ledger did to the projections: rows before it, rows after it."""
    from tenor.chain.index import decoder_of
    from tenor.replay import changed_by

    async def run(maker: Maker, world: World) -> None:
        made = await changed_by(maker, decoder_of(world), ledger)
        for row in made.different:
            click.echo(f"{row.table}: {'-' if row.side == 'before' else '+'} {row.row}")
        click.echo(f"{made.events} events in ledger {ledger}")

    on_installation(run)


@click.command()
def gaps() -> None:
    """Compare the raw log with what the node still keeps, and say where the indexer stands."""
    from tenor.chain.gaps import gaps as of

    async def run(maker: Maker, world: World) -> None:
        found = await of(maker, world)
        click.echo(f"indexed to ledger {found.indexed_to}; the node keeps {found.node_oldest} to {found.node_newest}")
        for event in found.missing:
            click.echo(f"missing in the log: {event}")
        for event in found.surplus:
            click.echo(f"in the log, unknown to the node: {event}")
        if found.lost:
            click.echo(f"lost: ledgers {found.lost[0]} to {found.lost[1]}; use a node that keeps them as RPC_URL")
        if found.halted:
            click.echo(f"halted: {found.halted}")
        if not found.clean:
            raise Differs("The log is not complete.")
        click.echo("no gap")

    on_installation(run)


@click.command()
@click.option("--older-than", default=0, show_default=True, help="Seconds.")
@click.option("--retry", "again", type=click.UUID, help="Plan this failed order of the platform once more.")
def stuck(*, older_than: int, again: UUID | None) -> None:
    """List transactions without an outcome: age, reason, next step."""
    from tenor.chain import flows
    from tenor.chain.stuck import stuck as of

    async def run(maker: Maker, world: World) -> None:
        if again is not None:
            async with transaction(maker) as session:
                if not await flows.retry(session, again):
                    raise Conflict(f"{again} is no failed order of the platform.")
            click.echo(f"planned again: {again}")
            return
        rows = await of(maker, world, older_than_seconds=older_than)
        for row in rows:
            age = timedelta(seconds=row.age_seconds)
            click.echo(f"{row.id} {row.purpose} {row.subject} {row.status} for {age}: {row.reason}; {row.next_step}")
        click.echo(f"{len(rows)} without an outcome")

    on_installation(run)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def reconcile(*, as_json: bool) -> None:
    """Compare escrows, share tokens, holdings and pots with the ledger's own entries, to the unit."""
    from tenor.reconcile import reconcile as of

    async def run(maker: Maker, world: World) -> None:
        report = await of(maker, world)
        if as_json:
            click.echo(json.dumps(asdict(report), indent=1))
        else:
            for each in report.differences:
                click.echo(f"{each.where}: {each.field} is {each.database} here and {each.ledger} on the ledger")
            for invoice in report.unbalanced:
                click.echo(invoice)
            for gift in report.gifts:
                click.echo(gift)
            click.echo(f"{report.compared} values compared up to ledger {report.projected_ledger}")
        wrong = len(report.differences) + len(report.unbalanced)
        if wrong:
            raise Differs(f"{wrong} values differ: `tenor gaps`, then `tenor replay --check`.")

    on_installation(run)


@click.command("reindex")
def reindex() -> None:
    """After a reset of a test network: forget the old one's events and projections, keep people and invoices.

    Stop the worker first, run `tenor deploy` on the new network, then this. Refused while the network is the same.
    """
    from tenor.chain.landmark import WAY_OUT
    from tenor.replay import begin_again as of

    async def run(maker: Maker, _: World) -> None:
        why = await of(maker)
        if why is None:
            raise Conflict("The network is the one that was: there is nothing to forget.")
        click.echo(f"forgotten: {why.removesuffix(WAY_OUT).strip()}")

    on_installation(run)


@click.command()
@click.option("--forget", is_flag=True, help="Destroy the key before, once nothing is wrapped under it any more.")
def rewrap(*, forget: bool) -> None:
    """After `tenor keys rotate`: wrap every document's key anew. Run again at will; sealed copies stay as they are."""
    from tenor.chain.vaultkey import forget as forget_key
    from tenor.migrations.upgrade import all_tables
    from tenor.rotation import rewrap as of

    settings = load()

    async def run(maker: Maker, world: World) -> None:
        secrets = world.secrets
        if secrets.vault_key_before is None:
            raise Conflict("There is no key before this one: `tenor keys rotate` makes a new one first.")
        done = await of(maker, all_tables(), old_key=secrets.vault_key_before, new_key=secrets.vault_key)
        click.echo(f"{done.rewrapped} wrapped anew, {done.already} were already, {len(done.unknown)} open with neither")
        for row in done.unknown:
            click.echo(f"opens with neither key: {row}")
        if done.unknown:
            raise Differs("Some keys open with neither: restore the key they were wrapped under before you forget any.")
        if forget and done.rewrapped:
            raise Differs("Some were still under the key before: restart what has not been, then run this again.")
        if forget:
            forget_key(settings.keys_file)
            click.echo("the key before is destroyed")

    on_installation(run)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def journal(*, as_json: bool) -> None:
    """Print the trial balance: what every account took less what it gave, in units, and the fees paid.

    Those of one asset sum to zero. A contract's balance is what the ledger holds for it; `tenor reconcile` compares.
    """
    from tenor.books import flows as of

    async def run(maker: Maker, world: World) -> None:
        async with transaction(maker) as session:
            balances, fees = await of.trial_balance(session), await of.fees(session)
            faults = await of.unbalanced(session)
        here = world.deployment
        assets = {asset.contract: asset.code for asset in here.assets}
        names = {here.escrow: "escrow", here.distributor: "distributor", here.stream: "streams"}
        if as_json:
            click.echo(json.dumps({"balances": [asdict(each) for each in balances], "fees": [asdict(f) for f in fees]}))
        else:
            for each in balances:
                told = f"{assets.get(each.asset, each.asset)} {each.account} {names.get(each.account, '')}"
                click.echo(f"{each.units:>22} {told.rstrip()}")
            for asset in sorted({each.asset for each in balances}):
                total = sum(each.units for each in balances if each.asset == asset)
                click.echo(f"{total:>22} {assets.get(asset, asset)} in all")
            for each in fees:
                click.echo(f"{each.units:>22} stroops of fees {each.account}")
        if faults:
            raise Differs("; ".join(faults))

    on_installation(run)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(*, as_json: bool) -> None:
    """Look at everything: disk, keys, database, Redis, nodes, clock, contracts, balances, indexer, stuck work, books.

    A line each, with the way out of what is wrong; ends with 2 when anything is.
    """
    from tenor.doctor import examine

    found = asyncio.run(examine(load()))
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=1))
    else:
        for each in found:
            click.echo(f"{'ok ' if each.ok else 'BAD'} {each.name:15} {each.told}")
            if each.way_out is not None:
                click.echo(f"    {'':15} -> {each.way_out}")
    if wrong := [each.name for each in found if not each.ok]:
        raise Differs(f"{len(wrong)} of {len(found)} checks are not passed: {', '.join(wrong)}.")


class _ProofOrCommand(click.Group):
    """`tenor verify FILE` is short for `tenor verify proof FILE`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        named = self.get_command(ctx, args[0]) is not None or args[0].startswith("-")
        return super().resolve_command(ctx, args if named else ["proof", *args])


@click.group(cls=_ProofOrCommand)
def verify() -> None:
    """Prove to yourself what Tenor says: `tenor verify PROOF --rpc URL`, `tenor verify contracts`."""


@verify.command("contracts")
def verify_contracts() -> None:
    """The code on the ledger is the code that was deployed."""
    from tenor.chain.verify import contracts

    async def run(_: Maker, world: World) -> None:
        codes = await contracts(world)
        for code in codes:
            told = "as deployed" if code.same else f"differs: the ledger has {code.found or 'nothing'}"
            click.echo(f"{code.contract:11} {code.recorded} {told}")
        if not all(code.same for code in codes):
            raise Differs("Some contract is not the one that was deployed.")

    on_installation(run)


COMMANDS = (doctor, replay, diff, gaps, stuck, reconcile, journal, reindex, verify)


def on_installation(command: Callable[[Maker, World], Awaitable[None]]) -> None:
    """Run `command` on the database and the world that the settings name."""

    async def inside() -> None:
        async with _installation(load()) as (maker, world):
            await command(maker, world)

    asyncio.run(inside())


@asynccontextmanager
async def _installation(settings: Settings) -> AsyncIterator[tuple[Maker, World]]:
    from tenor.wiring import live_world

    engine = create_engine(settings.database_url)
    try:
        async with live_world(settings) as world:
            yield create_maker(engine), world
    finally:
        await engine.dispose()
