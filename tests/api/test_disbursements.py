"""Disbursements over HTTP: who may propose, who decides, what a bad file says, and that nothing is stored of it."""

from typing import Any

import httpx
import pytest
from people import LogIn, Person
from sqlalchemy import func, select
from stellar_sdk import Keypair

from tenor.chain.keys import PlatformKeys
from tenor.db import Maker, transaction
from tenor.disbursements.models import Disbursement, DisbursementLine


def payments(count: int = 2, **more: str) -> list[dict[str, str]]:
    return [{"payee": Keypair.random().public_key, "amount": f"{n + 1}.5", **more} for n in range(count)]


def body(**changes: Any) -> dict[str, Any]:
    return {"name": "November", "asset": "USDC", "payments": payments()} | changes


@pytest.fixture
async def people(log_in: LogIn, keys: PlatformKeys) -> tuple[Person, Person]:
    return await log_in(keys.roles["operator"]), await log_in(keys.roles["admin"])


async def stored(database: Maker) -> tuple[int, int]:
    async with transaction(database) as session:
        counts = [await session.scalar(select(func.count()).select_from(t)) for t in (Disbursement, DisbursementLine)]
    return counts[0] or 0, counts[1] or 0


async def proposed(person: Person, **changes: Any) -> dict[str, Any]:
    answer = await person.post("/v1/disbursements", json=body(**changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_p038_nobody_decides_on_his_own_batch(people: tuple[Person, Person], log_in: LogIn) -> None:
    operator, admin = people
    batch = await proposed(operator)
    assert (batch["status"], batch["amount"], batch["sums"]) == (
        "proposed", "4.0000000", {"ready": {"payments": 2, "amount": "4.0000000"}},
    )  # fmt: skip
    path = f"/v1/disbursements/{batch['id']}"
    assert (await operator.post(f"{path}/approval")).status_code == 403
    assert (await operator.post(f"{path}/decline", json={"reason": "no"})).status_code == 403
    stranger = await log_in()
    for answer in (
        await stranger.get("/v1/disbursements"),
        await stranger.post("/v1/disbursements", json=body()),
    ):
        assert answer.status_code == 403
    for name in ("approval", "pause", "resume", "end", "reclaim"):
        assert (await stranger.post(f"{path}/{name}")).status_code in {403, 404}
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.get(f"{path}/statement")).status_code == 404
    approved = await admin.post(f"{path}/approval")
    assert (approved.json()["status"], approved.json()["approver"]) == ("running", admin.address)
    assert (await admin.post(f"{path}/approval")).status_code == 409


async def test_p042_p047_a_batch_is_paused_resumed_and_ended_as_its_table_says(people: tuple[Person, Person]) -> None:
    operator, admin = people
    path = f"/v1/disbursements/{(await proposed(admin))['id']}"
    assert (await admin.post(f"{path}/pause")).status_code == 409
    await operator.post(f"{path}/approval")
    for name, status in (("pause", "paused"), ("resume", "running"), ("pause", "paused"), ("end", "ended")):
        assert (await operator.post(f"{path}/{name}")).json()["status"] == status
    assert (await operator.get(path)).json()["sums"] == {"cancelled": {"payments": 2, "amount": "4.0000000"}}
    assert (await operator.post(f"{path}/resume")).status_code == 409


async def test_p035_p041_the_same_file_again_pays_nothing_twice(people: tuple[Person, Person], database: Maker) -> None:
    operator, admin = people
    wanted = [payment | {"id": f"salary-{n}"} for n, payment in enumerate(payments())]
    batch = await proposed(operator, payments=wanted)
    again = await operator.post("/v1/disbursements", json=body(payments=wanted))
    assert again.status_code == 409
    assert [each["field"] for each in again.json()["errors"]] == ["line 1, id", "line 2, id"]
    assert await stored(database) == (1, 2)
    await admin.post(f"/v1/disbursements/{batch['id']}/decline", json={"reason": "wrong month"})
    await proposed(operator, payments=wanted)  # what was declined was never paid
    assert await stored(database) == (2, 4)


async def test_p073_one_request_sent_twice_is_one_batch(people: tuple[Person, Person], database: Maker) -> None:
    operator, _ = people
    same = body()
    first, second = [await operator.post("/v1/disbursements", key="k", json=same) for _ in range(2)]
    assert first.json() == second.json()
    assert await stored(database) == (1, 2)


async def upload(person: Person, text: str, **fields: str) -> httpx.Response:
    form = {"name": "File", "asset": "USDC", **fields}
    return await person.post("/v1/disbursements/files", data=form, files={"file": ("pay.csv", text.encode())})


async def test_p040_a_bad_file_names_its_lines_and_stores_nothing(
    people: tuple[Person, Person], database: Maker
) -> None:
    operator, _ = people
    good = payments(1)[0]["payee"]
    bad = await upload(operator, f"payee,amount\n{good},1\nnobody,1\n=1+1,2\n{good},1.00000001\n")
    assert bad.status_code == 422
    assert [each["field"] for each in bad.json()["errors"]] == ["line 3, payee", "line 4, payee", "line 5, amount"]
    for changes in ({"asset": "EURC"}, {"name": " "}, {"when_missing": "lose"}, {"reclaim_days": "0"}):
        answer = await upload(operator, f"payee,amount\n{good},1\n", **changes)
        assert answer.status_code in {400, 422}, changes
    assert await stored(database) == (0, 0)
    fine = await upload(operator, f"payee,amount,memo\n{good},1,hello\n")
    assert fine.status_code == 201, fine.text
    listed = (await operator.get(f"/v1/disbursements/{fine.json()['id']}/payments")).json()
    assert [(each["line"], each["memo"], each["status"]) for each in listed["items"]] == [(2, "hello", "ready")]


async def test_lists_have_pages_and_a_statement_every_line(people: tuple[Person, Person]) -> None:
    operator, _ = people
    batches = [await proposed(operator, payments=payments(3)) for _ in range(3)]
    first = (await operator.get("/v1/disbursements", params={"limit": 2})).json()
    rest = (await operator.get("/v1/disbursements", params={"limit": 2, "cursor": first["next"]})).json()
    told = [each["id"] for each in [*first["items"], *rest["items"]]]
    assert told == [batch["id"] for batch in reversed(batches)]
    assert rest["next"] is None
    path = f"/v1/disbursements/{told[0]}/payments"
    page = (await operator.get(path, params={"limit": 2})).json()
    last = (await operator.get(path, params={"limit": 2, "cursor": page["next"]})).json()
    assert [each["line"] for each in [*page["items"], *last["items"]]] == [1, 2, 3]
    assert (await operator.get(path, params={"status": "paid"})).json()["items"] == []
    statement = (await operator.get(f"/v1/disbursements/{told[0]}/statement")).text
    assert len(statement.strip().splitlines()) == 4
