"""Changes of the contract that wait two days, and the admin's two steps, through the API. One story, in order."""

from typing import Any

import httpx
from people import Person
from stage import DAY, Stage


def refused(answer: httpx.Response) -> str:
    assert answer.status_code >= 400, answer.text
    return str(answer.json()["code"])


async def newest(admin: Person) -> dict[str, Any]:
    return dict((await admin.get("/v1/operation/changes")).json()[0])


async def test_h139_a_change_is_announced_waits_and_is_carried_out(stage: Stage) -> None:
    admin, operator = [await stage.log_in(stage.keys.roles[role]) for role in ("admin", "operator")]
    path = "/v1/operation/changes"
    before = (await admin.get("/v1/operation/contract")).json()
    fees = {"origination_bps": before["origination_fee_bps"] + 1, "profit_bps": before["profit_fee_bps"]}
    body = {"reason": "Costs have risen", "fees": fees}
    assert (await operator.post(path, json=body)).status_code == 403
    for wrong in ({"fees": None}, {"upgrade": "ab" * 32}, {"reason": " "}, {"fees": fees | {"profit_bps": 10_001}}):
        assert refused(await admin.post(path, json=body | wrong)) == "change-invalid"
    assert (await admin.post(path, json=body)).status_code == 202
    await stage.settle()
    told = await newest(operator)
    assert (told["kind"], told["status"], told["reason"]) == ("fees", "waiting", "Costs have risen")
    assert told["values"] == {name: str(bps) for name, bps in fees.items()}
    assert 0 < told["seconds_left"] <= 2 * DAY
    execution = f"{path}/{told['id']}/execution"
    assert refused(await admin.post(execution)) == "change-not-ready"
    await stage.advance(2 * DAY)
    assert (await newest(admin))["status"] == "ready"
    assert (await operator.post(execution)).status_code == 403
    assert (await admin.post(execution)).status_code == 202
    await stage.settle()
    assert (await newest(admin))["status"] == "executed"
    assert (await admin.get("/v1/operation/contract")).json()["origination_fee_bps"] == fees["origination_bps"]
    assert refused(await admin.post(execution)) == "change-over"

    # Back to what it was, so that others find the fees they know; then one is withdrawn and one lapses.
    restored = {"reason": "As before", "fees": {"origination_bps": 100, "profit_bps": 1_000}}
    await admin.post(path, json=restored)
    await stage.settle()
    await stage.advance(2 * DAY)
    await admin.post(f"{path}/{(await newest(admin))['id']}/execution")
    await stage.settle()
    candidate = await stage.person(purse=0)
    role = {"reason": "Another pauser", "roles": {"pauser": candidate.address}}
    await admin.post(path, json=role)
    await stage.settle()
    told = await newest(admin)
    assert (told["kind"], told["values"]["pauser"]) == ("roles", candidate.address)
    assert (await admin.post(f"{path}/{told['id']}/withdrawal")).status_code == 202
    await stage.settle()
    assert (await newest(admin))["status"] == "withdrawn"
    await admin.post(path, json={"reason": "New code", "token_wasm": "ab" * 32})
    await stage.settle()
    await stage.advance(17 * DAY)
    told = await newest(admin)
    assert (told["kind"], told["status"], told["values"]) == ("token_wasm", "lapsed", {"wasm_hash": "ab" * 32})
    kept = await stage.projections()
    await stage.forget_projections()
    await stage.replay()
    assert await stage.projections() == kept


async def test_the_admin_changes_in_two_steps(stage: Stage) -> None:
    admin, candidate = await stage.log_in(stage.keys.roles["admin"]), await stage.person(purse=0)
    assert refused(await admin.post("/v1/operation/admin", json={"candidate": "GNOBODY"})) == "change-invalid"
    assert refused(await candidate.post("/v1/operation/admin/acceptance")) == "not-the-candidate"
    assert (await admin.post("/v1/operation/admin", json={"candidate": candidate.address})).status_code == 202
    await stage.settle()
    assert (await admin.get("/v1/operation/contract")).json()["admin_candidate"] == candidate.address
    drafted = await candidate.post("/v1/operation/admin/acceptance")
    assert drafted.json()["preview"][0] == "Takes over as admin of the contract."
    # Not signed: the ledger is shared with other stories, which need the admin they know.
