"""What the platform shows is what the contract pays: prices, splits, the marketplace, against the contract's views."""

import random
from typing import Any

import msgspec
from people import Person
from stage import DAY, USDC, Stage

from tenor.db import transaction
from tenor.invoices.escrows import books_of, deal_of, escrow_of
from tenor.invoices.models import Escrow
from tenor.invoices.pricing import pay, payoff
from tenor.kernel.money import parse_units
from tenor.ledger import calls
from tenor.ledger.calls import Accrual


async def row(stage: Stage, chain_id: str) -> Escrow:
    async with transaction(stage.maker) as session:
        return await escrow_of(session, chain_id)


async def agree(stage: Stage, chain_id: str, rng: random.Random) -> None:
    """Payoff and split of random payments at random times, from our row and from the contract: equal to the unit."""
    escrow = await row(stage, chain_id)
    deal, books = deal_of(escrow), books_of(escrow)
    here = stage.world.deployment.escrow
    now = (await stage.world.ledger.tip()).closed_at
    for _ in range(6):
        at = now + rng.randrange(0, 150 * DAY)
        assert await stage.native(calls.payoff(here, chain_id, at=at)) == payoff(deal, books, at)
        units = rng.randrange(escrow.min_payment_units, books.outstanding_units + 1)
        _, split = pay(deal, books, amount_units=units, at=at)
        told = await stage.native(calls.quote(here, chain_id, units=units, at=at))
        assert (told["to_holders"], told["fee"], told["to_seller"]) == (
            split.to_holders_units,
            split.fee_units,
            split.to_seller_units,
        )


async def people(stage: Stage) -> tuple[Person, Person, Person]:
    seller, debtor, investor = [await stage.person() for _ in range(3)]
    return seller, debtor, investor


async def test_h069_p055_the_platform_prices_as_the_contract_does(stage: Stage) -> None:
    seller, debtor, investor = await people(stage)
    rng = random.Random(69)
    for accrual in Accrual:
        chain_id = await stage.listed(seller, debtor, accrual=accrual)
        assert (await stage.invest(investor, chain_id, 900 * USDC))["status"] == "confirmed"
        await agree(stage, chain_id, rng)
        await stage.advance(20 * DAY + 4_321)
        assert (await stage.pay(debtor, chain_id, 333 * USDC + 7))["status"] == "confirmed"
        await agree(stage, chain_id, rng)
        await stage.advance(55 * DAY)
        assert (await stage.pay(debtor, chain_id, 100 * USDC))["status"] == "confirmed"
        escrow = await row(stage, chain_id)
        assert escrow.late_days_charged > 0
        await agree(stage, chain_id, rng)


async def test_the_marketplace_from_offer_to_settlement(stage: Stage) -> None:
    seller, debtor, investor = await people(stage)
    chain_id = await stage.listed(seller, debtor)
    http, path = seller.client, f"/v1/marketplace/{chain_id}"
    http = seller.client

    listed = await http.get("/v1/marketplace")
    assert listed.headers["cache-control"] == "no-cache"
    item = next(found for found in listed.json()["items"] if found["chain_id"] == chain_id)
    assert (item["status"], item["rest"], item["grade"]) == ("listed", "900.0000000", None)
    same = await http.get("/v1/marketplace", headers={"If-None-Match": listed.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")

    told = {s["name"]: s for s in (await http.get(f"{path}/scenarios", params={"amount": "90.00"})).json()["scenarios"]}
    assert list(told) == ["early", "on_time", "late", "default_half", "default_nothing"]
    assert told["on_time"]["received"] == "92.7000000"
    assert told["default_nothing"]["profit"] == "-90.0000000"
    assert told["early"]["profit"] < told["on_time"]["profit"] < told["late"]["profit"]

    assert (await stage.invest(investor, chain_id, 400 * USDC))["status"] == "confirmed"
    partly = (await http.get(path)).json()
    assert (partly["funded"], partly["rest"], partly["claim_now"]) == ("400.0000000", "500.0000000", None)
    assert (await http.get("/v1/marketplace", headers={"If-None-Match": listed.headers["etag"]})).status_code == 200
    assert (await stage.invest(investor, chain_id, 500 * USDC))["status"] == "confirmed"
    assert chain_id not in {found["chain_id"] for found in (await http.get("/v1/marketplace")).json()["items"]}
    funded = await http.get("/v1/marketplace", params={"status": "funded"})
    assert chain_id in {found["chain_id"] for found in funded.json()["items"]}

    await stage.advance(30 * DAY)
    now = (await http.get(path)).json()
    owed = await stage.native(
        calls.payoff(stage.world.deployment.escrow, chain_id, at=(await stage.world.ledger.tip()).closed_at)
    )
    assert parse_units(now["claim_now"], 7) == owed
    assert (await stage.pay(debtor, chain_id, 1_000 * USDC))["status"] == "confirmed"
    settled = (await http.get(path)).json()
    assert (settled["status"], settled["outstanding"]) == ("settled", "0.0000000")
    late = await http.get(f"{path}/scenarios", params={"amount": "1"})
    assert (late.status_code, late.json()["code"]) == (409, "not-listed")


async def test_an_offer_past_its_deadline_is_expired_by_the_ledgers_clock(stage: Stage) -> None:
    seller, debtor, _ = await people(stage)
    chain_id = await stage.listed(seller, debtor)
    await stage.advance(10 * DAY + 60)
    assert (await seller.client.get(f"/v1/marketplace/{chain_id}")).json()["status"] == "expired"
    found = await seller.client.get("/v1/marketplace", params={"status": "expired"})
    assert chain_id in {item["chain_id"] for item in found.json()["items"]}


async def test_questions_the_marketplace_cannot_answer(stage: Stage) -> None:
    seller, debtor, _ = await people(stage)
    chain_id = await stage.listed(seller, debtor)
    http = seller.client
    wrong: list[tuple[str, dict[str, Any], int, str | None]] = [
        ("/v1/marketplace", {"asset": "DOGE"}, 422, "asset-unknown"),
        ("/v1/marketplace", {"sort": "luck"}, 400, None),
        ("/v1/marketplace", {"status": "gone"}, 400, None),
        ("/v1/marketplace", {"limit": "101"}, 400, None),
        ("/v1/marketplace", {"cursor": "nonsense"}, 400, "cursor-invalid"),
        ("/v1/marketplace/" + "0" * 64, {}, 404, "escrow-not-found"),
        (f"/v1/marketplace/{chain_id}/scenarios", {}, 400, None),
        (f"/v1/marketplace/{chain_id}/scenarios", {"amount": "0"}, 422, "amount-not-positive"),
        (f"/v1/marketplace/{chain_id}/scenarios", {"amount": "-1"}, 422, "amount-invalid"),
        (f"/v1/marketplace/{chain_id}/scenarios", {"amount": "1.00000001"}, 422, "amount-invalid"),
        (f"/v1/marketplace/{chain_id}/scenarios", {"amount": "900.0000001"}, 422, "investment-too-large"),
    ]
    for path, params, status, code in wrong:
        answer = await http.get(path, params=params)
        assert answer.status_code == status, (path, params, answer.text)
        assert code is None or msgspec.json.decode(answer.content)["code"] == code
