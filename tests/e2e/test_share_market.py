"""The share market through the API and the compiled contract: offered, priced, bought in part, withdrawn, outdated."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import httpx
from people import Person
from stage import DAY, PURSE, USDC, Stage

from tenor.kernel.money import parse_units, to_decimal


async def funded(stage: Stage, holder: Person, seller: Person, debtor: Person) -> str:
    chain_id = await stage.listed(seller, debtor)
    assert (await stage.invest(holder, chain_id, 900 * USDC))["status"] == "confirmed"
    return chain_id


async def ending(stage: Stage, seconds: int = 10 * DAY) -> str:
    return datetime.fromtimestamp((await stage.world.ledger.tip()).closed_at + seconds, UTC).isoformat()


async def offered(stage: Stage, holder: Person, chain_id: str, **changes: Any) -> dict[str, Any]:
    """Signs whatever is asked until the offer stands; the newest of the holder's."""
    body = {"chain_id": chain_id, "shares": "400", "price": "390", "expires_at": await ending(stage)} | changes
    step = ""
    while step != "offer":
        answer = await holder.post("/v1/share-offers", json=body)
        assert answer.status_code == 201, answer.text
        assert step == "" or answer.json()["step"] == "offer"
        step, drafted = answer.json()["step"], answer.json()["transaction"]
        assert drafted["warnings"] == []
        assert (await signed(stage, holder, drafted))["status"] == "confirmed"
    return dict((await holder.get("/v1/share-offers/mine")).json()[0])


async def signed(stage: Stage, person: Person, drafted: dict[str, Any]) -> dict[str, Any]:
    return await stage.sign(person, httpx.Response(201, json=drafted))


async def refused(person: Person, path: str, **body: Any) -> dict[str, Any]:
    answer = await person.post(path, json=body)
    assert answer.status_code >= 400, answer.text
    return dict(answer.json())


async def test_shares_are_offered_priced_bought_in_part_and_withdrawn(stage: Stage) -> None:
    seller, debtor, holder, buyer = [await stage.person() for _ in range(4)]
    chain_id = await funded(stage, holder, seller, debtor)
    offer = await offered(stage, holder, chain_id)
    assert (offer["status"], offer["shares"], offer["left"], offer["price"]) == (
        "standing", "400.0000000", "400.0000000", "390.0000000",
    )  # fmt: skip
    # 30 of discount on 900, a tenth of it fee: 400 shares bring 412 in the end.
    assert offer["value_due"] == "412.0000000"
    assert 400 < float(offer["value_now"]) < 403
    assert offer["discount_bps"] > 0
    assert 3_000 < offer["yield_bps"] < 3_700

    shown = (await buyer.get(f"/v1/share-offers/{offer['id']}")).json()
    assert shown["fillable"] == "400.0000000"
    listed = (await buyer.get(f"/v1/share-offers?chain_id={chain_id}&sort=cheapest")).json()
    assert [each["id"] for each in listed["items"]] == [offer["id"]]
    part = (await buyer.get(f"/v1/share-offers/{offer['id']}/price?shares=300")).json()
    assert part["price"] == "292.5000000"

    path = f"/v1/share-offers/{offer['id']}/purchases"
    assert (await refused(holder, path, shares="1", max_price="1"))["code"] == "own-offer"
    assert (await refused(buyer, path, shares="401", max_price="900"))["code"] == "not-enough-left"
    assert (await refused(buyer, path, shares="300", max_price="292.4999999"))["code"] == "price-above-max"
    drafted = await buyer.post(path, json={"shares": "300", "max_price": part["price"]})
    told = drafted.json()
    assert told["warnings"] == []
    assert "Buys 300.0000000 of its shares" in told["preview"][0]
    assert "sends 292.5000000 USDC from you to " + holder.address in told["preview"][1]
    assert (await stage.sign(buyer, drafted))["status"] == "confirmed"
    assert await stage.balance(buyer.address) == PURSE - 2_925_000_000
    assert await stage.balance(holder.address) == PURSE - 900 * USDC + 2_925_000_000

    bought = (await buyer.get(f"/v1/positions/{chain_id}")).json()
    assert (bought["shares"], bought["bought"], bought["invested"]) == ("300.0000000", "292.5000000", "0.0000000")
    assert {line["what"] for line in bought["history"]} == {"bought", "shares_in"}
    assert (await holder.get(f"/v1/positions/{chain_id}")).json()["sold"] == "292.5000000"
    table = (await buyer.get("/v1/investments/statement")).content.decode("utf-8-sig")
    lines = [(row[2], row[3], row[4]) for row in csv.reader(io.StringIO(table)) if len(row) == 8][1:]
    assert sorted(lines) == [("Paid for shares", "292.5000000", "USDC"), ("Shares bought", "300.0000000", "shares")]

    (told,) = (await buyer.get("/v1/investments/performance")).json()
    assert (told["paid"], told["got"]) == ("292.5000000", "0.0000000")
    assert told["invoices"] == [{"name": chain_id, "bps": 10_000}]
    assert [part["bps"] for part in told["debtors"]] == [10_000]
    assert told["profit"] == to_decimal(parse_units(told["value"], 7) - 2_925_000_000, 7)

    # What is left goes back with one signature; strangers cannot take it away.
    path = f"/v1/share-offers/{offer['id']}/withdrawal"
    assert (await refused(buyer, path))["code"] == "offer-not-for-you"
    assert (await stage.sign(holder, await holder.post(path)))["status"] == "confirmed"
    assert (await holder.get("/v1/share-offers/mine")).json() == []
    assert (await buyer.get(f"/v1/share-offers/{offer['id']}")).json()["status"] == "withdrawn"
    before = await stage.projections()
    await stage.forget_projections()
    await stage.replay()
    assert await stage.projections() == before


async def test_h033_an_offer_is_outdated_by_a_payout_and_lapses_by_itself(stage: Stage) -> None:
    seller, debtor, holder, buyer = [await stage.person() for _ in range(4)]
    chain_id = await funded(stage, holder, seller, debtor)
    outdated = await offered(stage, holder, chain_id)
    assert (await stage.pay(debtor, chain_id, 100 * USDC))["status"] == "confirmed"
    assert (await buyer.get(f"/v1/share-offers/{outdated['id']}")).json()["status"] == "outdated"
    body = {"shares": "1", "max_price": "1"}
    gone = await refused(buyer, f"/v1/share-offers/{outdated['id']}/purchases", **body)
    assert (gone["code"], "out of date" in gone["detail"]) == ("offer-gone", True)

    fresh = await offered(stage, holder, chain_id, shares="10", price="10", expires_at=await ending(stage, 5 * DAY))
    assert [each["id"] for each in (await buyer.get("/v1/share-offers")).json()["items"]] == [fresh["id"]]
    await stage.advance(6 * DAY)
    assert (await buyer.get("/v1/share-offers")).json()["items"] == []
    assert (await buyer.get(f"/v1/share-offers/{fresh['id']}")).json()["status"] == "expired"
    # Anybody may clear away what has lapsed.
    cleared = await buyer.post(f"/v1/share-offers/{fresh['id']}/withdrawal")
    assert (await stage.sign(buyer, cleared))["status"] == "confirmed"


async def test_a_named_buyer_alone_sees_and_buys(stage: Stage) -> None:
    seller, debtor, holder, friend, other = [await stage.person() for _ in range(5)]
    chain_id = await funded(stage, holder, seller, debtor)
    offer = await offered(stage, holder, chain_id, buyer=friend.address)
    assert (await other.get("/v1/share-offers")).json()["items"] == []
    named = (await other.get(f"/v1/share-offers?buyer={friend.address}")).json()["items"]
    assert [each["id"] for each in named] == [offer["id"]]
    path = f"/v1/share-offers/{offer['id']}/purchases"
    assert (await refused(other, path, shares="400", max_price="390"))["code"] == "offer-not-for-you"
    drafted = await friend.post(path, json={"shares": "400", "max_price": "390"})
    assert (await stage.sign(friend, drafted))["status"] == "confirmed"
    assert (await friend.get(f"/v1/share-offers/{offer['id']}")).json()["status"] == "sold"


async def test_an_offer_nobody_could_take_is_refused(stage: Stage) -> None:
    seller, debtor, holder = [await stage.person() for _ in range(3)]
    chain_id = await funded(stage, holder, seller, debtor)
    body = {"chain_id": chain_id, "shares": "400", "price": "390", "expires_at": await ending(stage)}
    cases: list[tuple[dict[str, Any], str]] = [
        ({"shares": "901"}, "shares-insufficient"),
        ({"shares": "0"}, "shares-insufficient"),
        ({"price": "0"}, "price-not-positive"),
        ({"buyer": "GNOBODY"}, "address-invalid"),
        ({"buyer": holder.address}, "own-offer"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "offer-too-long"),
        ({"expires_at": "2199-01-01T00:00:00Z"}, "offer-too-long"),
    ]
    for changes, code in cases:
        assert (await refused(holder, "/v1/share-offers", **(body | changes)))["code"] == code, changes


async def test_shares_in_an_offer_are_not_offered_twice(stage: Stage) -> None:
    seller, debtor, holder, stranger = [await stage.person() for _ in range(4)]
    chain_id = await funded(stage, holder, seller, debtor)
    await offered(stage, holder, chain_id, shares="600", price="600")
    body = {"chain_id": chain_id, "shares": "301", "price": "300", "expires_at": await ending(stage)}
    twice = await refused(holder, "/v1/share-offers", **body)
    assert (twice["code"], "300.0000000 of them not offered" in twice["detail"]) == ("shares-insufficient", True)
    second = await offered(stage, holder, chain_id, shares="300", price="300")
    assert second["shares"] == "300.0000000"
    unknown = await stage.person(allowed=False)
    for who in (unknown, stranger):
        path = f"/v1/share-offers/{second['id']}/purchases"
        answer = await who.post(path, json={"shares": "1", "max_price": "1"})
        assert (answer.status_code == 201) == (who is stranger), answer.text
    assert answer.json()["purpose"] == "buy_shares"
