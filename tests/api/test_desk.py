"""Rate cards and the debtor registry over the API."""

from datetime import timedelta
from typing import Any

from people import Person
from trade import Trade


async def test_rate_cards_are_versions_that_admins_publish(trade: Trade) -> None:
    admin, seller = await trade.platform("admin"), await trade.person("seller")
    first = await trade.card()
    assert first["version"] == 1
    rules = first["rules"]
    dearer = rules | {"grades": rules["grades"] | {"B": {"advance_bps": 7_000, "add_bps_per_year": 900}}}
    body = {"rules": dearer, "note": "Grade B is riskier than it was"}
    assert (await seller.post("/v1/rate-cards", json=body)).status_code == 403
    second = await admin.post("/v1/rate-cards", json=body)
    assert (second.status_code, second.json()["version"]) == (201, 2)
    assert (await seller.get("/v1/rate-cards/1")).json() == first
    versions = [card["version"] for card in (await seller.get("/v1/rate-cards")).json()["items"]]
    assert versions == [2, 1]
    pages = (await seller.get("/v1/rate-cards", params={"limit": 1})).json()
    following = await seller.get("/v1/rate-cards", params={"limit": 1, "cursor": pages["next"]})
    assert [card["version"] for card in following.json()["items"]] == [1]
    assert (await seller.get("/v1/rate-cards/9")).status_code == 404

    await trade.debtor()
    found = await trade.confirmed(seller)
    quote = (await seller.post(f"/v1/invoices/{found['id']}/quote", json={})).json()
    assert (quote["rate_card_version"], quote["advance"]) == (2, "700.0000000")


async def test_cards_that_cannot_price_or_list_are_refused(trade: Trade) -> None:
    admin = await trade.platform("admin")
    rules = (await admin.get("/v1/rate-cards/starter")).json()

    def terms(**changes: Any) -> dict[str, Any]:
        return rules | {"terms": rules["terms"] | changes}

    past = (await trade.today() - timedelta(days=2)).isoformat() + "T00:00:00Z"
    for body, status, code in (
        ({"rules": terms(origination_fee_bps=99), "note": "n"}, 422, "card-invalid"),
        ({"rules": terms(late_bps_per_day=101), "note": "n"}, 400, "request-invalid"),
        ({"rules": rules | {"grades": {}}, "note": "n"}, 400, "request-invalid"),
        ({"rules": rules | {"surprise": 1}, "note": "n"}, 400, "request-invalid"),
        ({"rules": rules | {"assets": rules["assets"] * 2}, "note": "n"}, 422, "card-invalid"),
        ({"rules": rules, "note": " "}, 422, "card-invalid"),
        ({"rules": rules, "note": "n", "valid_from": past}, 422, "card-invalid"),
    ):
        answer = await admin.post("/v1/rate-cards", json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert (await admin.get("/v1/rate-cards")).json()["items"] == []


async def test_a_card_of_the_future_does_not_price_yet(trade: Trade) -> None:
    admin, seller = await trade.platform("admin"), await trade.person("seller")
    rules = (await admin.get("/v1/rate-cards/starter")).json()
    later = (await trade.today() + timedelta(days=30)).isoformat() + "T00:00:00Z"
    body = {"rules": rules, "note": "From next month", "valid_from": later}
    assert (await admin.post("/v1/rate-cards", json=body)).status_code == 201
    await trade.debtor()
    found = await trade.confirmed(seller)
    answer = await seller.post(f"/v1/invoices/{found['id']}/quote", json={})
    assert answer.json()["code"] == "rate-card-missing"


async def test_what_if_prices_without_storing(trade: Trade) -> None:
    admin, seller = await trade.platform("admin"), await trade.person("seller")
    ask = {
        "amount_due": "1000.00",
        "currency": "USD",
        "due_date": (await trade.today() + timedelta(days=60)).isoformat(),
        "grade": "A",
    }
    rules = (await admin.get("/v1/rate-cards/starter")).json()
    path = "/v1/rate-cards/what-if"
    assert (await admin.post(path, json=ask)).json()["code"] == "rate-card-missing"
    offer = (await admin.post(path, json=ask | {"rules": rules, "assurance": "acknowledged"})).json()
    assert (offer["advance"], offer["asset"]) == ("925.0000000", "USDC")
    assert (await admin.get("/v1/rate-cards")).json()["items"] == []
    await trade.card()
    assert (await admin.post(path, json=ask | {"version": 1})).json()["advance"] == "900.0000000"
    assert (await admin.post(path, json=ask)).json()["advance"] == "900.0000000"
    assert (await admin.post(path, json=ask | {"amount_due": "0"})).status_code == 422
    assert (await admin.post(path, json=ask | {"grade": "Z"})).status_code == 409
    assert (await seller.post(path, json=ask)).status_code == 403


async def change(trade: Trade, person: Person, debtor_id: str, **body: Any) -> Any:
    return await trade.client.patch(f"/v1/debtors/{debtor_id}", headers=person.headers, json=body)


async def test_debtors_are_registered_changed_and_remembered(trade: Trade) -> None:
    admin, operator, seller = (
        await trade.platform("admin"),
        await trade.platform("operator"),
        await trade.person("seller"),
    )
    debtor = await trade.debtor("FR 40 303 265 045")
    assert debtor["vat_id"] == "FR40303265045"
    assert len(debtor["debtor_key"]) == 64
    path = f"/v1/debtors/{debtor['id']}"

    assert (await change(trade, operator, debtor["id"], grade="C", reason="r")).status_code == 403
    changed = await change(trade, admin, debtor["id"], grade="C", sector="printing", reason="Paid late twice")
    assert (changed.json()["grade"], changed.json()["name"]) == ("C", "Atelier Lumen")
    detail = (await operator.get(path)).json()
    assert [(row["field"], row["before"], row["after"]) for row in detail["changes"]] == [
        ("sector", None, "printing"),
        ("grade", "B", "C"),
        ("grade", None, "B"),
    ]
    assert detail["record"] == {"financed": 0, "settled": 0, "settled_late": 0, "outstanding": 0, "defaulted": 0}
    assert [row["id"] for row in (await operator.get("/v1/debtors")).json()["items"]] == [debtor["id"]]
    assert (await seller.get(path)).status_code == 404
    assert (await seller.get("/v1/debtors")).status_code == 403


async def test_debtors_that_cannot_be_registered(trade: Trade) -> None:
    admin, seller = await trade.platform("admin"), await trade.person("seller")
    wallet = seller.wallet.public_key
    await trade.debtor(address=wallet)
    good = {"vat_id": "NL004495445B01", "name": "Example BV", "country": "NL", "grade": "A", "reason": "Papers seen"}
    for body, code, field in (
        ({"vat_id": "FR40303265045"}, "debtor-exists", None),
        ({"address": wallet}, "debtor-exists", None),
        ({"vat_id": "NL004495446B01"}, "debtor-invalid", "vat_id"),
        ({"vat_id": "12345"}, "debtor-invalid", "vat_id"),
        ({"address": "GABC"}, "debtor-invalid", "address"),
        ({"name": " "}, "debtor-invalid", "name"),
        ({"reason": ""}, "debtor-invalid", "reason"),
        ({"name": "a\nb"}, "debtor-invalid", "name"),
    ):
        answer = await admin.post("/v1/debtors", json=good | body)
        assert answer.json()["code"] == code, answer.text
        assert field is None or field in {error["field"] for error in answer.json()["errors"]}
    assert (await seller.post("/v1/debtors", json=good)).status_code == 403
    second = (await admin.post("/v1/debtors", json=good)).json()
    taken = await change(trade, admin, second["id"], address=wallet, reason="r")
    assert (taken.status_code, taken.json()["code"]) == (409, "debtor-exists")
    assert (await change(trade, admin, second["id"], status="gone", reason="r")).status_code == 400
    assert len((await admin.get("/v1/debtors")).json()["items"]) == 2
