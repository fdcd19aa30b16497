"""Commands around payouts: channel accounts, and a file of payments proposed for a second person. Approves nothing."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import click

from tenor.db import Maker, transaction
from tenor.kernel.errors import Conflict
from tenor.kernel.money import to_decimal
from tenor.operations import on_installation
from tenor.world import World

_STROOP_DECIMALS = 7
_LOOK_SECONDS = 0.5
_DRY = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


class OrderRefused(Conflict):
    """The ledger did not carry out an order of the treasury; the lines before say why."""


@click.group()
def channels() -> None:
    """The accounts that lend their sequence to payouts: list, create, top up, merge."""


@channels.command("list")
def list_channels() -> None:
    """Every channel as database and ledger have it, its state verified."""

    async def inside(maker: Maker, world: World) -> None:
        from tenor.chain.channels import verify

        seen = await verify(maker, world)
        for each in seen:
            spare = "no account" if each.spare_stroops is None else f"{_xlm(each.spare_stroops)} XLM for fees"
            lends = f", lends to {each.lends_to}" if each.lends_to else ""
            click.echo(f"{each.number:4} {each.address} {each.state}: {spare}{lends}")
        click.echo(f"{sum(each.state == 'ready' for each in seen)} of {len(seen)} ready")

    on_installation(inside)


@channels.command()
@click.option("--count", default=10, show_default=True, help="Ten fill a ledger of the public network.")
@click.option("--xlm", default="5", show_default=True, help="What each starts with; 1 of it is the reserve.")
@_DRY
def create(*, count: int, xlm: str, dry_run: bool) -> None:
    """Open more channels with the treasury's XLM."""
    stroops = _stroops(xlm)

    async def inside(maker: Maker, world: World) -> None:
        from tenor.chain.channels import open_more

        click.echo(f"{count} channels with {_xlm(stroops)} XLM each, from the treasury")
        if dry_run:
            return
        async with transaction(maker) as session:
            ordered = await open_more(session, world, count, stroops=stroops)
        await _carry_out(maker, world, ordered)

    on_installation(inside)


@channels.command("top-up")
@click.option("--xlm", default="4", show_default=True, help="What each can spend afterwards, above its reserve.")
@_DRY
def top_up(*, xlm: str, dry_run: bool) -> None:
    """Bring every channel in use to the same sum for fees."""
    stroops = _stroops(xlm)

    async def inside(maker: Maker, world: World) -> None:
        from tenor.chain import channels as of

        seen = await of.verify(maker, world)
        short = [each for each in seen if each.state in {"ready", "low"} and (each.spare_stroops or 0) < stroops]
        sums = sum(stroops - (each.spare_stroops or 0) for each in short)
        click.echo(f"{len(short)} channels get {_xlm(sums)} XLM together")
        if dry_run:
            return
        async with transaction(maker) as session:
            ordered = await of.top_up(session, world, seen, stroops=stroops)
        await _carry_out(maker, world, ordered)

    on_installation(inside)


@channels.command()
@click.argument("numbers", nargs=-1, type=int)
@_DRY
def merge(*, numbers: tuple[int, ...], dry_run: bool) -> None:
    """Close channels, all or those with NUMBERS; what they hold goes to the treasury. Busy ones stay."""

    async def inside(maker: Maker, world: World) -> None:
        from tenor.chain import channels as of

        seen = [each for each in await of.verify(maker, world) if not numbers or each.number in numbers]
        there = [each for each in seen if each.spare_stroops is not None]
        free = [each for each in there if each.lends_to is None]
        click.echo(f"{len(free)} of {len(there)} channels can be merged now")
        if dry_run or not there:
            return
        async with transaction(maker) as session:
            ordered = await of.merge(session, world, there)
        await _carry_out(maker, world, ordered)

    on_installation(inside)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--asset", required=True, help="Code or contract of a settlement asset.")
@click.option("--name", help="What the batch is called; the file's name otherwise.")
@click.option("--when-missing", type=click.Choice(["park", "claimable"]), default="park", show_default=True)
@click.option("--reclaim-days", default=30, show_default=True, help="Of a claimable balance nobody claims.")
@click.option("--repeats", is_flag=True, help="The same payee more than once is meant.")
def disburse(*, file: Path, asset: str, name: str | None, when_missing: str, reclaim_days: int, repeats: bool) -> None:
    """Propose the payments of a CSV FILE; a person logged in as somebody else than the operator approves them."""

    async def inside(maker: Maker, world: World) -> None:
        from tenor.disbursements import flows, parse

        with file.open("rb") as opened:
            rows = parse.from_csv(opened.read(parse.FILE_BYTES_MAX + 1))
        wish = flows.Wish(
            name=name or file.name,
            asset=asset,
            rows=rows,
            when_missing=when_missing,
            reclaim_days=reclaim_days,
            repeats=repeats,
        )
        try:
            async with transaction(maker) as session:
                batch = await flows.keep(session, world, world.signer.address("operator"), wish)
        except (parse.BatchRefused, flows.PaymentKnown) as refused:
            for where, why in refused.fields.items():
                click.echo(f"{where}: {why}")
            raise
        known = flows.asset_of(world, batch.asset)
        total = to_decimal(batch.total_units, known.decimals)
        click.echo(f"{batch.id}: {batch.lines} payments, {total} {known.code}; waits for its second person")

    on_installation(inside)


async def _carry_out(maker: Maker, world: World, ordered: Sequence[UUID]) -> None:
    """Until the ledger has decided: this process does the worker's part, beside any worker."""
    from tenor import projector
    from tenor.chain import packs
    from tenor.chain.channels import outcome, verify
    from tenor.ledger.submission import FINAL

    while any(row.status not in FINAL for row in await outcome(maker, ordered)):
        await packs.submit(maker, world, projector.finished)
        await asyncio.sleep(_LOOK_SECONDS)
    rows = await outcome(maker, ordered)
    for row in rows:
        told = f"{row.status} in ledger {row.ledger}" if row.status == "confirmed" else f"failed: {row.error_sentence}"
        click.echo(f"{row.purpose.replace('_', ' ')} {row.subject}: {told}")
    seen = await verify(maker, world)
    click.echo(f"{sum(each.state == 'ready' for each in seen)} channels ready")
    if any(row.status != "confirmed" for row in rows):
        raise OrderRefused("Not everything was carried out: `tenor channels list` shows how they stand.")


def _stroops(xlm: str) -> int:
    from tenor.kernel.money import parse_units

    return parse_units(xlm, _STROOP_DECIMALS)


def _xlm(stroops: int) -> str:
    return to_decimal(stroops, _STROOP_DECIMALS)


COMMANDS = (channels, disburse)
