"""Idempotency-Key: one effect however often a request is sent, and never a half of one."""

import asyncio
import os
from typing import Annotated, Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from litestar import Litestar, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, JSONBody
from people import LogIn, Person
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from tenor import idempotency
from tenor.accounts.models import Account, KycSubmission
from tenor.app import create_app
from tenor.db import Maker, transaction
from tenor.idempotency import IdempotencyRecord
from tenor.kernel.actor import Actor
from tenor.kernel.errors import Conflict, Unavailable
from tenor.kernel.ids import new_id
from tenor.settings import Settings
from tenor.world import World

KYC = {
    "roles": ["seller"],
    "details": {"country_code": "DEU", "first_name": "A", "last_name": "B", "birth_date": "1980-01-01"},
}


async def count(database: Maker, table: type[Any] = KycSubmission) -> int:
    async with transaction(database) as session:
        return int(await session.scalar(select(func.count()).select_from(table)) or 0)


AT_ONCE = int(os.environ.get("TENOR_REQUESTS_AT_ONCE", "100"))
"""GR7 is proved with a thousand."""


async def test_p073_many_at_once_have_one_effect(log_in: LogIn, database: Maker) -> None:
    person, key = await log_in(), uuid4().hex
    answers = await asyncio.gather(*(person.post("/v1/kyc", key=key, json=KYC) for _ in range(AT_ONCE)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"request-in-flight"}
    again = [await person.post("/v1/kyc", key=key, json=KYC) for _ in range(3)]
    bodies = {answer.content for answer in [*answers, *again] if answer.status_code == 201}
    assert len(bodies) == 1
    assert all(answer.headers["idempotency-replayed"] == "true" for answer in again)
    assert await count(database) == 1


async def test_without_a_key_nothing_happens(log_in: LogIn, database: Maker) -> None:
    person = await log_in()
    for headers in ({}, {"Idempotency-Key": ""}, {"Idempotency-Key": "a b"}, {"Idempotency-Key": "x" * 256}):
        answer = await person.client.post("/v1/kyc", json=KYC, headers=person.headers | headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-missing")
    assert await count(database) == 0


async def test_another_body_under_the_same_key_is_422(log_in: LogIn, database: Maker) -> None:
    person, other = await log_in(), await log_in()
    assert (await person.post("/v1/kyc", key="k", json=KYC)).status_code == 201
    answer = await person.post("/v1/kyc", key="k", json=KYC | {"roles": ["investor"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")
    assert (await person.post(f"/v1/kyc/{uuid4()}/decision", key="k", json=KYC)).status_code == 422
    assert (await other.post("/v1/kyc", key="k", json=KYC)).status_code == 201, "keys are each caller's own"
    assert (await person.post("/v1/kyc", key='"k"', json=KYC)).status_code == 201, "a quoted key is the same key"
    assert await count(database) == 2


async def test_a_refusal_is_kept_with_its_body(log_in: LogIn) -> None:
    person = await log_in()
    bad = KYC | {"details": {"country_code": "DEU"}}
    first, second = [await person.post("/v1/kyc", key="k", json=bad) for _ in range(2)]
    assert first.status_code == second.status_code == 422
    assert first.content == second.content
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["content-type"] == "application/problem+json"


async def test_an_ended_session_gets_no_stored_answer(log_in: LogIn, database: Maker) -> None:
    person = await log_in()
    assert (await person.post("/v1/kyc", key="k", json=KYC)).status_code == 201
    (mine,) = (await person.get("/v1/sessions")).json()
    await person.delete(f"/v1/sessions/{mine['id']}")
    assert (await person.post("/v1/kyc", key="k", json=KYC)).status_code == 401
    again = await log_in(person.wallet)
    assert (await again.post("/v1/kyc", key="k", json=KYC)).headers["idempotency-replayed"] == "true"


async def test_nobody_without_login_leaves_a_record(client: httpx.AsyncClient, database: Maker) -> None:
    answer = await client.post("/v1/kyc", json=KYC, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 401
    assert await count(database, IdempotencyRecord) == 0


async def test_a_crash_in_flight_frees_the_key_after_its_lease(log_in: LogIn, database: Maker) -> None:
    """What a killed process leaves: a claim without an answer, and no effect, because both commit together."""
    person, key = await log_in(), "k"
    assert (await person.post("/v1/kyc", key=key, json=KYC)).status_code == 201
    async with transaction(database) as session:
        await session.execute(text("DELETE FROM kyc_submission"))
        await session.execute(update(IdempotencyRecord).values(answer=None, lease_until=func.now() + idempotency.LEASE))
    assert (await person.post("/v1/kyc", key=key, json=KYC)).status_code == 409
    async with transaction(database) as session:
        await session.execute(update(IdempotencyRecord).values(lease_until=func.now() - idempotency.LEASE))
    assert (await person.post("/v1/kyc", key=key, json=KYC)).status_code == 201
    assert await count(database) == 1


async def test_records_are_kept_for_a_week(log_in: LogIn, database: Maker) -> None:
    person = await log_in()
    await person.post("/v1/kyc", key="k", json=KYC)
    for age, left in ((6, 1), (8, 0)):
        async with transaction(database) as session:
            await session.execute(text(f"UPDATE idempotency_record SET created_at = now() - interval '{age} days'"))
            await idempotency.forget_old(session)
        assert await count(database, IdempotencyRecord) == left


# --- a few routes of our own show what no real one does on demand


class Wish(msgspec.Struct):
    outcome: str


class Busy(Conflict):
    pass


seen: list[int] = []


async def look(maker: Maker) -> None:
    seen.append(await count(maker, Account))


def make_account() -> Account:
    identity = new_id()
    return Account(id=identity, subject=str(identity), address=str(identity))


@post("/v1/wishes")
async def wish(
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],
    maker: NamedDependency[Maker],
    data: JSONBody[Wish],
) -> Response[dict[str, str]]:
    session.add(make_account())
    await session.flush()
    match data.outcome:
        case "busy":
            raise Busy("Later.")
        case "away":
            raise Unavailable("Nobody home.")
        case "defect":
            raise ZeroDivisionError
        case "commit fails":
            await session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
            await session.execute(text("INSERT INTO child VALUES (99)"))
        case "taken over":
            async with transaction(maker) as other:
                await other.execute(update(IdempotencyRecord).values(claim=new_id()))
    return Response({"made": "one"}, background=BackgroundTask(look, maker))


@post("/v1/files")
async def upload(
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],
    data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> dict[str, int]:
    session.add(make_account())
    return {"size": len(await data.read())}


@get("/v1/never-returns")
async def failing(session: NamedDependency[AsyncSession]) -> None:
    session.add(make_account())
    await session.flush()
    raise Busy("Later.")


@pytest.fixture
async def wisher(app: Litestar, log_in: LogIn, database: Maker) -> Person:
    for handler in (wish, upload, failing):
        app.register(handler)
    async with transaction(database) as session:
        await session.execute(text("CREATE TABLE parent (id int PRIMARY KEY)"))
        await session.execute(text("CREATE TABLE child (id int REFERENCES parent DEFERRABLE)"))
    return await log_in()


@pytest.mark.parametrize(
    ("outcome", "status", "code"),
    [
        ("busy", 409, "busy"),
        ("away", 503, "unavailable"),
        ("defect", 500, "internal-error"),
        ("commit fails", 500, "internal-error"),
        ("taken over", 409, "request-in-flight"),
    ],
)
async def test_p075_what_is_meant_to_be_retried_leaves_nothing(
    wisher: Person, database: Maker, outcome: str, status: int, code: str
) -> None:
    before = await count(database, Account)
    answer = await wisher.post("/v1/wishes", key="k", json={"outcome": outcome})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await count(database, Account) == before
    if outcome != "taken over":
        again = await wisher.post("/v1/wishes", key="k", json={"outcome": outcome})
        assert "idempotency-replayed" not in again.headers
        assert await count(database, IdempotencyRecord) == 0
        assert (await wisher.post("/v1/wishes", key="k", json={"outcome": "fine"})).status_code == 201


async def test_p076_a_background_task_finds_what_was_written(wisher: Person, database: Maker) -> None:
    seen.clear()
    before = await count(database, Account)
    assert (await wisher.post("/v1/wishes", json={"outcome": "fine"})).status_code == 201
    assert seen == [before + 1]


async def test_a_new_multipart_boundary_is_the_same_request(wisher: Person, database: Maker) -> None:
    before = await count(database, Account)
    files = {"data": ("a.pdf", b"%PDF-1.7 the same bytes", "application/pdf")}
    first, second = [await wisher.post("/v1/files", key="k", files=files) for _ in range(2)]
    assert first.request.headers["content-type"] != second.request.headers["content-type"]
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second.headers["idempotency-replayed"] == "true"
    other = await wisher.post("/v1/files", key="k", files={"data": ("a.pdf", b"%PDF-1.7 others", "application/pdf")})
    assert other.status_code == 422
    assert await count(database, Account) == before + 1


async def test_p138_refusals_do_not_wait_for_each_others_connections(
    database_url: str, world: World, settings: Settings, log_in: LogIn
) -> None:
    """Twenty refused requests at once over two connections: each lets its first go before it takes a second."""
    person = await log_in()
    engine = create_async_engine(
        database_url.replace("postgresql://", "postgresql+asyncpg://", 1), pool_size=2, max_overflow=0, pool_timeout=60
    )
    app = create_app(engine, world, settings)
    app.register(wish)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.public_url) as client:
        narrow = Person(client, person.wallet, person.token, person.refresh_token)
        answers = await asyncio.gather(*(narrow.post("/v1/wishes", json={"outcome": "busy"}) for _ in range(20)))
    await engine.dispose()
    assert {answer.status_code for answer in answers} == {409}


async def test_p138_refusals_give_their_connection_back(wisher: Person, app: Litestar, database: Maker) -> None:
    """More refused requests than the pool has connections, refused in the route and while logging in."""
    for _ in range(15):
        assert (await wisher.get("/v1/never-returns")).status_code == 409
    sessions = (await wisher.get("/v1/sessions")).json()
    await wisher.delete(f"/v1/sessions/{sessions[0]['id']}")
    for _ in range(15):
        assert (await wisher.get("/v1/me")).status_code == 401
    engine = database.kw["bind"]
    assert engine.pool.checkedout() == 0
