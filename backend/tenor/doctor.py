"""Everything a person would check on an installation, one finding each with the way out. Changes nothing.

A check that cannot be made because an earlier one failed says so; whatever a check raises is its finding, so that one
broken thing never hides the others.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text

from tenor.books import flows as books
from tenor.chain import comparison, landmark, verify
from tenor.chain.deployment import load_deployment
from tenor.chain.eventlog import CURSOR
from tenor.chain.gaps import gaps
from tenor.chain.keys import ROLES, load_keys
from tenor.chain.models import Cursor
from tenor.chain.stuck import stuck
from tenor.db import Maker, create_engine, create_maker, transaction
from tenor.kernel.errors import TenorError
from tenor.ledger.footprint import account_key
from tenor.migrations.upgrade import configuration
from tenor.settings import Settings
from tenor.wiring import SystemClock, live_world, nodes_of, redis_of
from tenor.world import World

ANSWER_SECONDS = 10
DISK_FREE_BYTES_MIN = 1 << 30
SKEW_SECONDS_MAX = 120
"""Between this machine's clock and the newest ledger's: more than a login's challenge forgives."""
TIP_AGE_SECONDS_MAX = 60
LAG_LEDGERS_MAX = 50
STUCK_SECONDS = 600
BALANCE_STROOPS_MIN = 50_000_000
"""Five XLM: the reserve of an account and some hundred calls."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`told`: what was found, in words. `way_out` is None where `ok` is."""

    name: str
    ok: bool
    told: str
    way_out: str | None


class _Bad(Exception):
    """A check that is not passed."""

    def __init__(self, told: str, way_out: str) -> None:
        super().__init__(told)
        self.told, self.way_out = told, way_out


Check = Callable[[], Awaitable[str]]


async def examine(settings: Settings) -> list[Finding]:
    """Every check, in the order in which to repair what they find."""
    found = [
        await _made("disk", lambda: _disk(settings), "free some space, or move TENOR_DATA to a larger disk"),
        await _made(
            "keys", lambda: _keys(settings), "restore keys.json from your backup, or `tenor keys` for new ones"
        ),
        await _made("deployment", lambda: _deployment(settings), "`tenor deploy`"),
        await _made(
            "redis", lambda: _redis(settings), "start Redis; meanwhile the worker's sweeps do its work, slower"
        ),
    ]
    async with _database(settings) as maker:
        found += [
            await _made("database", lambda: _answers(maker), "start PostgreSQL, or correct DATABASE_URL"),
            await _made("migrations", lambda: _migrations(maker), "`tenor migrate`"),
        ]
        found += await _nodes(settings)
        well = {each.name for each in found if each.ok}
        on_ledger = {"keys", "deployment", "ledger"} <= well
        in_tables = {"database", "migrations"} <= well
        if not on_ledger:
            return [*found, *(_skipped(name, "keys, deployment and ledger") for name in (*_LEDGER, *_BOTH))]
        async with live_world(settings) as world:
            for name, (check, way_out) in _LEDGER.items():
                found.append(await _made(name, lambda check=check: check(world), way_out))  # type: ignore[misc]
            for name, (both, way_out) in _BOTH.items():
                if in_tables:
                    found.append(await _made(name, lambda both=both: both(maker, world), way_out))  # type: ignore[misc]
                else:
                    found.append(_skipped(name, "database and migrations"))
    return found


async def _made(name: str, check: Check, way_out: str) -> Finding:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return Finding(name, ok=True, told=await check(), way_out=None)
    except _Bad as bad:
        return Finding(name, ok=False, told=bad.told, way_out=bad.way_out)
    except TenorError as refused:
        return Finding(name, ok=False, told=str(refused), way_out=way_out)
    except Exception as failed:  # noqa: BLE001 - whatever it is, it is what was found
        said = str(failed).splitlines()[0][:300] if str(failed) else f"no answer in {ANSWER_SECONDS} s"
        return Finding(name, ok=False, told=f"{type(failed).__name__}: {said}", way_out=way_out)


def _skipped(name: str, needed: str) -> Finding:
    return Finding(name, ok=False, told="not looked at", way_out=f"first repair {needed}")


async def _disk(settings: Settings) -> str:
    free = shutil.disk_usage(settings.data_dir if settings.data_dir.exists() else settings.data_dir.parent).free
    told = f"{free >> 20} MiB free for {settings.data_dir}"
    if free < DISK_FREE_BYTES_MIN:
        raise _Bad(told, "free some space, or move TENOR_DATA to a larger disk")
    return told


async def _keys(settings: Settings) -> str:
    return f"{len(load_keys(settings.keys_file).roles)} keys in {settings.keys_file}, readable by their owner alone"


async def _deployment(settings: Settings) -> str:
    here = load_deployment(settings.deployment_file, network_passphrase=settings.network_passphrase)
    return f"escrow {here.escrow}, since ledger {here.first_ledger}"


async def _redis(settings: Settings) -> str:
    redis = redis_of(settings)
    try:
        await redis.ping()
    finally:
        await redis.aclose(close_connection_pool=True)
    return "it answers"


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Maker]:
    engine = create_engine(settings.database_url, connections=2)
    try:
        yield create_maker(engine)
    finally:
        await engine.dispose()


async def _answers(maker: Maker) -> str:
    async with transaction(maker) as session:
        version = await session.scalar(text("SHOW server_version"))
        if await session.scalar(text("SHOW transaction_read_only")) == "on":
            raise _Bad("it is read-only", "connect to the primary: a replica cannot be written to")
    return f"PostgreSQL {version}"


async def _migrations(maker: Maker) -> str:
    def revisions(connection: Connection) -> tuple[str | None, str | None]:
        newest = ScriptDirectory.from_config(configuration(connection)).get_current_head()
        return MigrationContext.configure(connection).get_current_revision(), newest

    async with transaction(maker) as session:
        current, newest = await (await session.connection()).run_sync(revisions)
    if current != newest:
        raise _Bad(f"the schema is at {current}, this program needs {newest}", "`tenor migrate`")
    return f"at {current}"


async def _nodes(settings: Settings) -> list[Finding]:
    """The network as a whole, and each server of several by its name."""
    async with httpx.AsyncClient() as client:
        nodes = nodes_of(settings, client, SystemClock())

        async def checked() -> str:
            warnings = await nodes.check()
            tip = await nodes.tip()
            return "; ".join([f"{settings.network_passphrase!r}, ledger {tip.sequence}", *warnings])

        found = [await _made("ledger", checked, "correct RPC_URL and NETWORK_PASSPHRASE, or ask the server's operator")]
        if len(nodes.nodes) > 1:
            troubled = await nodes.troubled()
            for node in nodes.nodes:
                why = troubled.get(node.name)
                found.append(
                    Finding(
                        f"node {node.name}",
                        ok=why is None,
                        told=why or "it answers, keeps up and agrees",
                        way_out=None if why is None else "ask its operator, or take it out of RPC_URL",
                    )
                )
        return found


async def _clock(world: World) -> str:
    skew = (await world.ledger.tip()).closed_at - world.clock.now()
    if skew > SKEW_SECONDS_MAX:
        raise _Bad(f"this machine is {skew} s behind the ledger", "set the clock, and keep it with NTP")
    if -skew > TIP_AGE_SECONDS_MAX:
        raise _Bad(
            f"the newest ledger is {-skew} s old by this machine's clock",
            "if others see newer ledgers the node lags; if not, set this machine's clock",
        )
    return f"{abs(skew)} s from the newest ledger's"


async def _contracts(world: World) -> str:
    codes = await verify.contracts(world)
    wrong = [f"{code.contract} {code.address} has {code.found or 'no code'}" for code in codes if not code.same]
    if wrong:
        raise _Bad("; ".join(wrong), "`tenor verify contracts`; then find out who changed them before money moves")
    return f"{len(codes)} have the code that was deployed"


async def _balances(world: World) -> str:
    addresses = {world.signer.address(role): role for role in ROLES if role != "web_auth"}  # which only signs logins
    entries = await world.ledger.entries([account_key(address) for address in addresses])
    low = []
    for (address, role), entry in zip(addresses.items(), entries, strict=True):
        held = 0 if entry is None or entry.account is None else entry.account.balance.int64
        if held < BALANCE_STROOPS_MIN:
            low.append(f"{role} {address} has {held} stroops")
    if low:
        raise _Bad("; ".join(low), f"send each at least {BALANCE_STROOPS_MIN} stroops for fees")
    return f"{len(addresses)} platform accounts can pay their fees"


async def _network(maker: Maker, _: World) -> str:
    async with transaction(maker) as session:
        why = await landmark.stopped(session)
    if why is not None:
        raise _Bad(why.removesuffix(landmark.WAY_OUT).strip(), landmark.WAY_OUT)
    return "the one that it was"


async def _indexer(maker: Maker, world: World) -> str:
    async with transaction(maker) as session:
        cursor = await session.scalar(select(Cursor).where(Cursor.name == CURSOR))
    if cursor is None:
        raise _Bad("no ledger has been read yet", "start `tenor worker`")
    if cursor.halted:
        raise _Bad(cursor.halted, "`tenor gaps` says what is missing; an unknown event needs a newer program")
    lag = (await world.ledger.tip()).sequence - cursor.ledger
    if lag > LAG_LEDGERS_MAX:
        raise _Bad(f"{lag} ledgers behind", "see whether `tenor worker` runs, and its log")
    return f"at ledger {cursor.ledger}, {max(lag, 0)} behind"


async def _log(maker: Maker, world: World) -> str:
    found = await gaps(maker, world)
    if found.lost or found.missing or found.surplus:
        raise _Bad(
            f"lost: {found.lost}; missing: {len(found.missing)}; unknown to the node: {len(found.surplus)}",
            "`tenor gaps`; then `tenor replay --from LEDGER`, with a node that keeps it",
        )
    return f"complete from ledger {max(found.node_oldest, world.deployment.first_ledger)} on"


async def _waiting(maker: Maker, world: World) -> str:
    old = await stuck(maker, world, older_than_seconds=STUCK_SECONDS)
    if old:
        raise _Bad(f"{len(old)} without an outcome for ten minutes", "`tenor stuck` names the next step of each")
    return "nothing waits for longer than ten minutes"


async def _reconciliation(maker: Maker, world: World) -> str:
    async with transaction(maker) as session:
        compared = await comparison.newest(session)
    why = comparison.complaint(compared, world.clock.now())
    if why is not None:
        raise _Bad(why, "`tenor reconcile` names each value; then `tenor gaps` and `tenor replay --check`")
    return "" if compared is None else f"agreed {compared.age_seconds(world.clock.now())} s ago"


async def _journal(maker: Maker, _: World) -> str:
    async with transaction(maker) as session:
        wrong = await books.unbalanced(session)
    if wrong:
        raise _Bad("; ".join(wrong[:3]), "`tenor replay` writes the journal again from the log")
    return "every event's lines sum to zero"


_LEDGER: dict[str, tuple[Callable[[World], Awaitable[str]], str]] = {
    "clock": (_clock, "set the clock"),
    "contracts": (_contracts, "`tenor verify contracts`"),
    "balances": (_balances, "send the platform's accounts XLM for fees"),
}
_BOTH: dict[str, tuple[Callable[[Maker, World], Awaitable[str]], str]] = {
    "network": (_network, landmark.WAY_OUT),
    "indexer": (_indexer, "start `tenor worker`"),
    "event log": (_log, "`tenor gaps`"),
    "waiting": (_waiting, "`tenor stuck`"),
    "reconciliation": (_reconciliation, "`tenor reconcile`"),
    "journal": (_journal, "`tenor replay`"),
}
