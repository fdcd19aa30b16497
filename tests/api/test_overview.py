"""A seller's overview, and what waits for the platform's people among invoices."""

from trade import Trade

from invoice_files import SAMPLE, ubl


async def test_the_overview_counts_and_sums_what_the_ledger_says(trade: Trade) -> None:
    seller, other = await trade.person("seller"), await trade.person("seller")
    nothing = (await seller.get("/v1/invoices/overview")).raise_for_status().json()
    assert nothing == {"counts": {}, "sums": [], "months": []}
    await trade.card()
    await trade.debtor(address=(await trade.wallet()).public_key)
    listed = await trade.listed(seller)
    waiting = await trade.on_ledger(seller)
    read = await trade.uploaded(seller, ubl(await trade.sample()))
    found = (await seller.get("/v1/invoices/overview")).json()
    assert found["counts"] == {"listed": 1, "awaiting_attestation": 1, "read": 1}
    (sums,) = found["sums"]
    advance = float(listed["escrow"]["advance"]) + float(waiting["escrow"]["advance"])
    assert float(sums["offered"]) == advance
    assert {sums[name] for name in ("paid_out", "outstanding", "reserve_to_come", "reserve_returned")} == {"0.0000000"}
    assert len(found["months"]) == 12
    assert (await other.get("/v1/invoices/overview")).json() == nothing

    async def of(stage: str) -> list[str]:
        answer = (await seller.get("/v1/invoices", params={"stage": stage})).raise_for_status()
        return [each["id"] for each in answer.json()["items"]]

    assert await of("preparing") == [read["id"]]
    assert await of("offered") == [waiting["id"], listed["id"]]
    assert await of("financed") == []
    (await seller.post(f"/v1/invoices/{read['id']}/cancellation")).raise_for_status()
    assert await of("closed") == [read["id"]]
    assert await of("preparing") == []


async def test_the_platform_sees_what_waits_and_nobody_else_does(trade: Trade) -> None:
    seller, operator = await trade.person("seller"), await trade.platform("operator")

    async def queue(name: str) -> list[str]:
        answer = (await operator.get("/v1/desk/invoices", params={"queue": name})).raise_for_status()
        return [each["id"] for each in answer.json()["items"]]

    unknown = await trade.confirmed(seller)
    assert (await seller.get("/v1/desk/invoices", params={"queue": "debtors"})).status_code == 403
    assert (await operator.get("/v1/desk/invoices", params={"queue": "nonsense"})).status_code == 400
    assert await queue("debtors") == [unknown["id"]]
    await trade.card()
    await trade.debtor(address=(await trade.wallet()).public_key)
    assert await queue("debtors") == []
    assert await queue("attestation") == []
    listed = await trade.on_ledger(seller)
    assert await queue("attestation") == [listed["id"]]


async def test_lookalikes_name_the_other_invoice_to_the_platform_alone(trade: Trade) -> None:
    seller, other = await trade.person("seller"), await trade.person("seller")
    operator = await trade.platform("operator")
    first = await trade.sample()
    known = await trade.confirmed(seller, first)
    again = await trade.sample(number="X-77", seller=SAMPLE.seller, items=first.items, issue_date=first.issue_date)
    second = await trade.confirmed(other, again)
    path = f"/v1/desk/invoices/{second['id']}/lookalikes"
    assert (await other.get(path)).status_code == 403
    found = (await operator.get(path)).raise_for_status().json()
    assert {each["invoice"]["id"] for each in found} == {known["id"]}
    assert "claim" in {each["match"] for each in found}
