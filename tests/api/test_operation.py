"""What waits for the platform's people, what is stuck or refused, and the contract's pauses."""

from people import MovableClock
from sqlalchemy import update
from trade import Trade

from tenor import reconcile
from tenor.chain import flows as chain
from tenor.db import transaction
from tenor.invoices.models import Escrow
from tenor.ledger import calls


async def test_what_waits_is_counted_for_the_platform_alone(trade: Trade) -> None:
    admin, seller = await trade.platform("admin"), await trade.person("seller")
    assert (await seller.get("/v1/desk")).status_code == 403
    assert set((await admin.get("/v1/desk")).raise_for_status().json().values()) == {0}
    stranger = await trade.log_in(await trade.wallet())
    details = {"country_code": "DEU", "first_name": "Ada", "last_name": "Lovelace", "birth_date": "1990-01-01"}
    (await stranger.post("/v1/kyc", json={"roles": ["seller"], "details": details})).raise_for_status()
    await trade.confirmed(seller)
    found = (await admin.get("/v1/desk")).json()
    assert {name: number for name, number in found.items() if number} == {"kyc": 1, "debtors": 1}
    assert (await seller.get("/v1/desk/overdue")).status_code == 403
    assert (await admin.get("/v1/desk/overdue")).json() == []


async def test_new_listings_can_be_paused_and_go_on(trade: Trade) -> None:
    admin, operator = await trade.platform("admin"), await trade.platform("operator")
    before = (await operator.get("/v1/operation/contract")).raise_for_status().json()
    assert not before["create_paused"]
    assert before["roles"]["operator"] == operator.address
    body = {"scope": "create", "paused": True}
    assert (await operator.post("/v1/operation/pauses", json=body)).status_code == 403
    try:
        assert (await admin.post("/v1/operation/pauses", json=body)).status_code == 202
        again = await admin.post("/v1/operation/pauses", json=body)
        assert (again.status_code, again.json()["code"]) == (409, "paused-already")
        await trade.settle()
        assert (await operator.get("/v1/operation/contract")).json()["create_paused"]
    finally:
        answer = await admin.post("/v1/operation/pauses", json=body | {"paused": False})
        assert answer.status_code == 202, answer.text
        await trade.settle()
    assert not (await operator.get("/v1/operation/contract")).json()["create_paused"]


async def test_stuck_and_refused_orders_are_listed_with_their_remedy(trade: Trade) -> None:
    operator, seller = await trade.platform("operator"), await trade.person("seller")
    assert (await seller.get("/v1/operation/stuck")).status_code == 403
    assert (await seller.get("/v1/operation/refused")).status_code == 403
    async with transaction(trade.database) as session:
        row = await chain.order(
            session,
            role="operator",
            purpose="declare_default",
            purpose_key="declare_default:nothing",
            subject="00" * 32,
            call=calls.declare_default(trade.world.deployment.escrow, "00" * 32),
        )
    (waiting,) = (await operator.get("/v1/operation/stuck")).raise_for_status().json()
    assert (waiting["id"], waiting["status"]) == (str(row.id), "planned")
    assert "worker" in waiting["next_step"]
    for _ in range(2):
        await trade.settle()
        (refused,) = (await operator.get("/v1/operation/refused")).raise_for_status().json()
        assert (refused["id"], refused["status"]) == (str(row.id), "failed")
        assert refused["error"]["sentence"]
        again = await operator.post(f"/v1/operation/refused/{row.id}/retry")
        assert (again.status_code, again.json()["status"]) == (202, "planned")
    assert (await operator.post(f"/v1/operation/refused/{row.id}/retry")).status_code == 404


async def test_p063_the_worker_keeps_what_reconciliation_found(trade: Trade, clock: MovableClock) -> None:
    operator, seller = await trade.platform("operator"), await trade.person("seller")
    assert (await seller.get("/v1/operation/reconciliation")).status_code == 403
    assert (await operator.get("/v1/operation/reconciliation")).raise_for_status().json() is None
    await trade.card()
    await trade.debtor(address=(await trade.wallet()).public_key)
    found = await trade.listed(seller)
    assert await reconcile.due(trade.database, trade.world) == ["all"]
    await reconcile.keep(trade.database, trade.world)
    assert await reconcile.due(trade.database, trade.world) == []
    seen = (await operator.get("/v1/operation/reconciliation")).json()
    assert (seen["agrees"], seen["findings"]) == (True, [])
    assert seen["compared"] > 0
    async with transaction(trade.database) as session:
        await session.execute(update(Escrow).where(Escrow.chain_id == found["chain_id"]).values(funded_units=1))
    clock.ahead = 3_601
    assert await reconcile.due(trade.database, trade.world) == ["all"]
    await reconcile.keep(trade.database, trade.world)
    clock.ahead = 0
    seen = (await operator.get("/v1/operation/reconciliation")).json()
    assert not seen["agrees"]
    assert any("funded is 1 here and 0 on the ledger" in each for each in seen["findings"])
