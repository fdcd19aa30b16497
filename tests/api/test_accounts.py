"""Accounts over the API: roles, KYC from submission to the contract's allowlist, and who may see what."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from people import LogIn, Person
from sqlalchemy import select, text, update
from stellar_sdk import Keypair
from trade import Trade

from tenor.accounts import flows
from tenor.accounts.models import Account, AllowedAccount
from tenor.chain.keys import PlatformKeys
from tenor.chain.models import ChainTransaction
from tenor.db import Maker, transaction
from tenor.ledger.events import AccountAllowed, RawEvent
from tenor.world import World

DETAILS = {"country_code": "DEU", "first_name": "Ada", "last_name": "Meier", "birth_date": "1980-02-29"}


async def submit(person: Person, *roles: str, **details: str) -> dict[str, Any]:
    answer = await person.post("/v1/kyc", json={"roles": roles or ["investor"], "details": DETAILS | details})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def decide(admin: Person, submission: dict[str, Any], decision: str, reason: str = "Papers seen.") -> Any:
    return await admin.post(f"/v1/kyc/{submission['id']}/decision", json={"decision": decision, "reason": reason})


@pytest.fixture
async def admin(log_in: LogIn, keys: PlatformKeys) -> Person:
    return await log_in(keys.roles["admin"])


async def test_the_deployments_keys_are_the_first_admin_and_operator(log_in: LogIn, keys: PlatformKeys) -> None:
    for role in ("admin", "operator"):
        person = await log_in(keys.roles[role])  # type: ignore[index]
        assert (await person.get("/v1/me")).json()["roles"] == [role]
    assert (await (await log_in()).get("/v1/me")).json()["roles"] == []


async def test_an_admin_grants_and_takes_roles_with_effect_at_once(log_in: LogIn, admin: Person) -> None:
    person = await log_in()
    account = (await person.get("/v1/me")).json()["id"]
    assert (await person.put(f"/v1/accounts/{account}/roles/admin")).status_code == 403
    for _ in range(2):
        assert (await admin.put(f"/v1/accounts/{account}/roles/admin")).status_code == 204
    assert (await person.get("/v1/kyc")).status_code == 200
    assert (await admin.delete(f"/v1/accounts/{account}/roles/admin")).status_code == 204
    assert (await person.get("/v1/kyc")).status_code == 403
    assert (await admin.put(f"/v1/accounts/{account}/roles/emperor")).status_code == 400
    assert (await admin.put(f"/v1/accounts/{uuid4()}/roles/seller")).status_code == 404


async def test_p082_approval_gives_the_roles_and_orders_the_allowlist(
    log_in: LogIn, admin: Person, database: Maker, world: World
) -> None:
    person = await log_in()
    submission = await submit(person, "seller", "investor")
    assert submission["status"] == "submitted"
    answer = await decide(admin, submission, "approve")
    assert answer.status_code == 200, answer.text
    me = (await person.get("/v1/me")).json()
    assert me["roles"] == ["investor", "seller"]
    assert (me["kyc"]["status"], me["kyc"]["reason"]) == ("approved", "Papers seen.")
    assert me["allowlisted"] is False, "only the ledger says that"
    async with transaction(database) as session:
        (order,) = (await session.scalars(select(ChainTransaction))).all()
        assert (order.role, order.purpose, order.subject) == ("operator", "set_allowed", person.wallet.public_key)
        assert order.call["contract"] == world.deployment.escrow
        assert order.call["function"] == "set_allowed"


async def test_revoking_takes_the_roles_and_orders_the_opposite(log_in: LogIn, admin: Person, database: Maker) -> None:
    person = await log_in()
    submission = await submit(person)
    await decide(admin, submission, "approve")
    assert (await decide(admin, submission, "revoke", "Expired papers.")).json()["status"] == "revoked"
    assert (await person.get("/v1/me")).json()["roles"] == []
    async with transaction(database) as session:
        orders = (await session.scalars(select(ChainTransaction).order_by(ChainTransaction.id))).all()
        assert len({order.purpose_key for order in orders}) == 2
    assert (await submit(person))["status"] == "submitted", "he may try again"


async def test_a_decision_is_made_once_and_with_a_reason(log_in: LogIn, admin: Person, database: Maker) -> None:
    submission = await submit(await log_in())
    assert (await decide(admin, submission, "approve", " ")).status_code == 422
    assert (await decide(admin, submission, "revoke")).status_code == 409
    assert (await decide(admin, submission, "reject", "Blurred.")).status_code == 200
    assert (await decide(admin, submission, "approve")).status_code == 409
    async with transaction(database) as session:
        assert (await session.scalars(select(ChainTransaction))).all() == []


async def test_nobody_decides_on_himself(admin: Person) -> None:
    answer = await decide(admin, await submit(admin), "approve")
    assert (answer.status_code, answer.json()["code"]) == (403, "own-kyc")


async def test_one_submission_at_a_time(log_in: LogIn) -> None:
    person = await log_in()
    await submit(person)
    answer = await person.post("/v1/kyc", json={"roles": ["seller"], "details": DETAILS})
    assert (answer.status_code, answer.json()["code"]) == (409, "kyc-open")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"details": {"country_code": "DEU"}}, 422),
        ({"details": DETAILS | {"first_name": " "}}, 422),
        ({"roles": ["admin"]}, 400),
        ({"roles": []}, 400),
        ({"details": DETAILS | {"risk": "none"}}, 400),
        ({"details": DETAILS | {"country_code": "Germany"}}, 400),
        ({"details": DETAILS | {"birth_date": "yesterday"}}, 400),
        ({"details": DETAILS | {"address": "x" * 301}}, 400),
        ({"more": 1}, 400),
    ],
)
async def test_bad_details_are_refused_with_the_fields(log_in: LogIn, change: dict[str, Any], status: int) -> None:
    answer = await (await log_in()).post("/v1/kyc", json={"roles": ["seller"], "details": DETAILS} | change)
    assert answer.status_code == status, answer.text
    assert answer.json()["errors"]


async def test_an_account_shared_by_memos_has_no_kyc(log_in: LogIn, keys: PlatformKeys, database: Maker) -> None:
    person = await log_in()
    async with transaction(database) as session:
        await session.execute(update(Account).values(subject=Account.address + ":1"))
    answer = await person.post("/v1/kyc", json={"roles": ["seller"], "details": DETAILS})
    assert (answer.status_code, answer.json()["code"]) == (403, "shared-account")


async def test_details_are_sealed_at_rest_and_open_to_owner_and_admin(
    log_in: LogIn, admin: Person, database: Maker
) -> None:
    person, stranger = await log_in(), await log_in()
    submission = await submit(person, first_name="Zsuzsanna")
    path = f"/v1/kyc/{submission['id']}"
    assert (await person.get(path)).json()["details"]["first_name"] == "Zsuzsanna"
    assert (await admin.get(path)).json()["details"]["first_name"] == "Zsuzsanna"
    assert (await stranger.get(path)).status_code == 404
    async with transaction(database) as session:
        stored = await session.scalar(text("SELECT string_agg(k::text, '') FROM kyc_submission k"))
        assert "sanna" not in str(stored)
        raw = await session.scalar(text("SELECT sealed_details FROM kyc_submission"))
        assert b"Zsuzsanna" not in bytes(raw)  # type: ignore[arg-type]


async def test_p081_strangers_get_404_and_nobody_gets_401(log_in: LogIn, admin: Person, client: Any) -> None:
    person, stranger = await log_in(), await log_in()
    submission = await submit(person)
    mine = (await person.get("/v1/me")).json()["id"]
    paths = [f"/v1/accounts/{mine}", f"/v1/kyc/{submission['id']}"]
    for path in paths:
        unknown = path.rpartition("/")[0] + f"/{uuid4()}"
        assert (await person.get(path)).status_code == 200
        assert (await admin.get(path)).status_code == 200
        assert (await client.get(path)).status_code == 401
        foreign, missing = await stranger.get(path), await stranger.get(unknown)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json()["code"] == missing.json()["code"]
    assert (await decide(stranger, submission, "approve")).status_code == 403
    assert (await stranger.get("/v1/kyc")).status_code == 403


async def test_the_list_pages_by_cursor(log_in: LogIn, admin: Person) -> None:
    made = [await submit(await log_in()) for _ in range(3)]
    first = await admin.get("/v1/kyc", params={"status": "submitted", "limit": 2})
    assert [item["id"] for item in first.json()["items"]] == [item["id"] for item in made[:2]]
    assert first.links["next"]["url"].startswith("/v1/kyc?status=submitted&limit=2&cursor=")
    second = await admin.get(first.links["next"]["url"])
    assert [item["id"] for item in second.json()["items"]] == [made[2]["id"]]
    assert second.json()["next"] is None
    assert "link" not in second.headers
    for cursor in ("x", "bnVsbA", "WzFd", "W10"):
        assert (await admin.get("/v1/kyc", params={"cursor": cursor})).status_code == 400
    for limit in (0, 101, "x"):
        assert (await admin.get("/v1/kyc", params={"limit": limit})).status_code == 400


async def test_p097_a_decision_is_told_once(log_in: LogIn, admin: Person) -> None:
    person, stranger = await log_in(), await log_in()
    submission = await submit(person)
    await decide(admin, submission, "approve")
    await decide(admin, submission, "approve")
    (notice,) = (await person.get("/v1/notices")).json()["items"]
    assert (notice["kind"], notice["subject"], notice["read_at"]) == ("kyc_approved", submission["id"], None)
    assert (await stranger.put(f"/v1/notices/{notice['id']}/read")).status_code == 404
    assert (await person.put(f"/v1/notices/{notice['id']}/read")).status_code == 204
    (read,) = (await person.get("/v1/notices")).json()["items"]
    assert read["read_at"]
    await person.put(f"/v1/notices/{notice['id']}/read")
    assert (await person.get("/v1/notices")).json()["items"] == [read]


async def test_the_projection_follows_the_last_event(database: Maker) -> None:
    address = Keypair.random().public_key

    def event(number: int, *, allowed: bool) -> AccountAllowed:
        raw = RawEvent(f"{number:019d}-0000000001", number, 0, "C", "00", (), "")
        return AccountAllowed(raw=raw, account=address, allowed_before=not allowed, allowed=allowed)

    for number, allowed in enumerate([True, False, True], start=5):
        async with transaction(database) as session:
            await flows.on_account_allowed(session, event(number, allowed=allowed))
            assert await flows.is_allowed(session, address) is allowed
    async with transaction(database) as session:
        (row,) = (await session.scalars(select(AllowedAccount))).all()
        assert row.ledger == 7
        assert await flows.is_allowed(session, Keypair.random().public_key) is False


PUBLIC = {
    "POST /v1/sessions/refresh",
    "GET /v1/marketplace",
    "GET /v1/marketplace/{chain_id}",
    "GET /v1/marketplace/{chain_id}/scenarios",
    "GET /v1/share-offers",
    "GET /v1/share-offers/{offer_id}",
    "GET /v1/share-offers/{offer_id}/price",
    "POST /v1/demo/purses",
    "POST /v1/demo/purses/signature",
}
"""All of /v1 that answers without a login; the demo's on a local network alone (test_demo_people)."""


async def test_p081_every_route_of_v1_needs_a_login(client: httpx.AsyncClient) -> None:
    """Whatever feature it belongs to; and the description says the same."""
    described = (await client.get("/docs/openapi.json")).json()["paths"]
    for path, operations in described.items():
        for method, operation in operations.items():
            name = f"{method.upper()} {path}"
            if not path.startswith("/v1/"):
                continue
            assert (operation.get("security") == [{}]) is (name in PUBLIC), name
            if name in PUBLIC:
                continue
            parameters = operation.get("parameters", [])
            tried = path
            for parameter in parameters:
                tried = tried.replace("{" + parameter["name"] + "}", _sample(parameter["schema"]))
            answer = await client.request(method.upper(), tried, headers={"Idempotency-Key": "k"}, json={})
            assert answer.status_code in {400, 401}, f"{name}: {answer.status_code} {answer.text}"
            asked = [parameter for parameter in parameters if parameter["in"] == "query" and parameter.get("required")]
            if "requestBody" not in operation and not asked:
                assert answer.status_code == 401, f"{name}: {answer.text}"


def _sample(schema: dict[str, Any]) -> str:
    if schema.get("format") == "uuid":
        return str(uuid4())
    return "1" if schema.get("type") == "integer" else "seller"


async def test_p082_the_contract_follows_the_decision(trade: Trade, admin: Person) -> None:
    """From the admin's word through the operator's transaction to the contract's own event, and back again."""
    person, other = await trade.log_in(), await trade.log_in()
    submission = await submit(person)
    await submit(other)

    async def allowed() -> list[bool]:
        return [(await someone.get("/v1/me")).json()["allowlisted"] for someone in (person, other)]

    await decide(admin, submission, "approve")
    assert await allowed() == [False, False]
    await trade.settle()
    assert await allowed() == [True, False]
    await decide(admin, submission, "revoke", "Expired papers.")
    assert await allowed() == [True, False]
    await trade.settle()
    assert await allowed() == [False, False]
