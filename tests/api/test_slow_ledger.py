"""A node that takes its time: who waits for it holds no database connection, so everybody else is served (P138)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
from litestar import Response, post
from litestar.di import NamedDependency
from people import LogIn, Person
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from stellar_sdk import TransactionEnvelope

from tenor.accounts.models import Account
from tenor.app import create_app
from tenor.chain import flows
from tenor.chain.keys import PlatformKeys
from tenor.chain.models import ChainTransaction
from tenor.chain.routes import TransactionView, view
from tenor.chain.rpc import RpcLedger
from tenor.db import Maker, WrittenBeforeAsking, let_go, transaction
from tenor.kernel.actor import Actor
from tenor.kernel.ids import new_id
from tenor.ledger import calls
from tenor.settings import Settings
from tenor.world import World

CONNECTIONS = 2


@dataclass
class SlowNode(httpx.AsyncBaseTransport):
    """Hands everything on to the real node, once it is let."""

    inner: httpx.AsyncHTTPTransport = field(default_factory=httpx.AsyncHTTPTransport)
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: int = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.waiting += 1
        await self.answers.wait()
        self.waiting -= 1
        return await self.inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self.inner.aclose()


@dataclass
class Desk:
    """An application with two connections over a slow node, and somebody who is logged in."""

    person: Person
    node: SlowNode
    engine: AsyncEngine


@post("/v1/drafts")
async def draft(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> TransactionView:
    await session.get(Account, actor.account_id)
    row = await flows.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="claim",
        purpose_key=f"claim:{new_id()}",
        subject="1",
        call=calls.get_config(world.deployment.escrow),
        account_id=actor.account_id,
    )
    return view(row, world)


@post("/v1/careless")
async def write_and_ask(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> Response[None]:
    session.add(Account(id=new_id(), subject="half done", address=actor.address))
    await world.ledger.tip()
    return Response(None)


@pytest.fixture
async def desk(
    database_url: str, world: World, settings: Settings, log_in: LogIn, keys: PlatformKeys
) -> AsyncIterator[Desk]:
    admin = await log_in(keys.roles["admin"])
    url = database_url.replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(url, pool_size=CONNECTIONS, max_overflow=0, pool_timeout=60)
    node = SlowNode()
    async with httpx.AsyncClient(transport=node) as outside:
        ledger = RpcLedger(outside, url=settings.rpc_url, passphrase=world.ledger.passphrase, clock=world.clock)
        app = create_app(engine, replace(world, ledger=ledger), settings)
        app.register(draft)
        app.register(write_and_ask)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as client:
            yield Desk(Person(client, admin.wallet, admin.token, admin.refresh_token), node, engine)
    await engine.dispose()


async def served_meanwhile(desk: Desk, asked: list[Any]) -> list[httpx.Response]:
    """The answers of `asked`, after all of them wait for the node and others have been served."""
    tasks = [asyncio.ensure_future(request) for request in asked]
    while desk.node.waiting < len(tasks):
        finished = next((task for task in tasks if task.done()), None)
        assert finished is None, finished.result().text if finished else ""
        await asyncio.sleep(0.01)
    answers = [await desk.person.get("/v1/me") for _ in range(3 * CONNECTIONS)]
    assert {answer.status_code for answer in answers} == {200}
    assert desk.engine.pool.checkedout() == 0  # type: ignore[attr-defined] # a queue pool
    desk.node.answers.set()
    return await asyncio.gather(*tasks)


async def test_p138_reading_the_ledger_holds_no_connection(desk: Desk) -> None:
    answers = await served_meanwhile(desk, [desk.person.get("/v1/rate-cards/starter") for _ in range(10)])
    assert {answer.status_code for answer in answers} == {200}


async def test_p138_a_draft_holds_no_connection_while_it_is_simulated(desk: Desk, database: Maker) -> None:
    answers = await served_meanwhile(desk, [desk.person.post("/v1/drafts") for _ in range(10)])
    assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers]
    async with transaction(database) as session:
        stored = await session.scalar(select(func.count()).select_from(ChainTransaction))
    assert stored == 10


async def test_p138_a_signature_holds_no_connection_while_the_tip_is_asked(desk: Desk, settings: Settings) -> None:
    desk.node.answers.set()
    drafts = [(await desk.person.post("/v1/drafts")).json() for _ in range(4)]
    desk.node.answers.clear()
    asked = [
        desk.person.post(f"/v1/transactions/{each['id']}/signature", json={"signed_xdr": signed(desk.person, each)})
        for each in drafts
    ]
    assert {answer.json()["status"] for answer in await served_meanwhile(desk, asked)} == {"signed"}


async def test_p138_what_wrote_before_it_asks_is_refused_whole(desk: Desk, database: Maker) -> None:
    """Letting go in the middle would commit a half: it is our defect, and loud."""
    desk.node.answers.set()
    assert (await desk.person.post("/v1/careless")).status_code == 500
    async with transaction(database) as session:
        assert "half done" not in (await session.scalars(select(Account.subject))).all()


@pytest.mark.parametrize("how", ["orm", "core", "lock"])
async def test_p138_every_kind_of_write_counts(database: Maker, how: str) -> None:
    async with transaction(database) as session:
        await session.scalar(select(Account.id))
        await let_go(session)
        if how == "orm":
            session.add(Account(id=new_id(), subject="x", address="x"))
        elif how == "core":
            await session.execute(Account.__table__.delete())  # type: ignore[attr-defined]
        else:
            await session.scalars(select(Account).with_for_update())
        with pytest.raises(WrittenBeforeAsking):
            await let_go(session)


def signed(person: Person, view: dict[str, Any]) -> str:
    envelope = TransactionEnvelope.from_xdr(view["unsigned_xdr"], view["network_passphrase"])
    envelope.sign(person.wallet)
    return envelope.to_xdr()
