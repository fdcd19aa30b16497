"""Payments through the API on the real contracts: evidence, four eyes, the waterfall, default, debts, statement."""

import asyncio

import httpx
import pytest
from people import Person
from stage import DAY, USDC, Stage

from tenor.db import transaction
from tenor.ledger import calls
from tenor.reconcile import reconcile
from tenor.settlements import statements

RECEIPT = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>"


@pytest.fixture
async def operator(stage: Stage) -> Person:
    return await stage.log_in(stage.keys.roles["operator"])


@pytest.fixture
async def admin(stage: Stage) -> Person:
    return await stage.log_in(stage.keys.roles["admin"])


async def evidence(person: Person, data: bytes = RECEIPT) -> httpx.Response:
    return await person.post("/v1/evidence", files={"file": ("receipt.pdf", data, "application/pdf")})


async def proposed(person: Person, chain_id: str, amount: str) -> dict[str, str]:
    kept = await evidence(person)
    assert kept.status_code == 201, kept.text
    answer = await person.post(
        "/v1/settlements",
        json={"chain_id": chain_id, "amount": amount, "evidence_id": kept.json()["id"], "note": "Bank statement 12"},
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def funded(stage: Stage) -> tuple[str, Person, Person, Person]:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    return chain_id, seller, debtor, ines


def units(text: str) -> int:
    return int(text.replace(".", ""))


async def test_p038_p086_a_payment_in_two_parts_one_by_wallet_one_late_with_evidence_and_a_second_person(
    stage: Stage, operator: Person, admin: Person
) -> None:
    chain_id, seller, debtor, ines = await funded(stage)
    await stage.give(operator.address, 1_000 * USDC)
    treasury = stage.world.signer.address("treasury")
    before = {who: await stage.balance(who) for who in (seller.address, treasury, ines.address)}

    await stage.advance(30 * DAY)
    assert (await stage.pay(debtor, chain_id, 400 * USDC))["status"] == "confirmed"
    await stage.advance(35 * DAY)  # five days late

    record = await proposed(operator, chain_id, "600")
    assert (record["status"], record["transaction"]) == ("proposed", None)
    path = f"/v1/settlements/{record['id']}"
    mine = await operator.post(f"{path}/approval", json={"reason": "I saw it"})
    assert (mine.status_code, mine.json()["code"]) == (403, "approver-is-proposer")
    assert (await ines.post(f"{path}/approval", json={"reason": "me too"})).status_code == 403
    approved = await admin.post(f"{path}/approval", json={"reason": "The bank says so"})
    assert (approved.status_code, approved.json()["status"]) == (200, "ordered"), approved.text
    await stage.settle()
    done = (await admin.get(path)).json()
    assert (done["status"], done["transaction"]["status"]) == ("recorded", "confirmed"), done
    again = await admin.post(f"{path}/approval", json={"reason": "once more"})
    assert again.status_code == 409
    assert (await admin.post(f"{path}/retry")).status_code == 202
    await stage.settle()

    # Day 30 of 60 earns half of the discount of 30, or a little more by the seconds; the rest earns on what was unpaid.
    statement = (await ines.get(f"/v1/invoices/{chain_id}/statement")).json()
    assert statement["status"] == "settled"
    assert (statement["received"], statement["outstanding"]) == ("1000.0000000", "0.0000000")
    totals = statement["totals"]
    assert totals["agrees"], totals
    dust = units(totals["dust"])
    assert dust <= 1
    assert units(totals["paid_in"]) == 1_900 * USDC == units(totals["paid_out"]) + dust
    assert (totals["in_escrow"], totals["claimable"]) == ("0.0000000",) * 2

    # Every unit of the statement is on the accounts.
    def out(what: str) -> int:
        return sum(units(line["amount"]) for line in statement["lines"] if line["what"] == what)

    gross = units(statement["holders_gross"])
    fee = units(statement["fee_taken"])
    assert out("payout_pushed") == gross - fee - dust
    assert gross > 900 * USDC + 15 * USDC, "half of the discount, and late charges on what was unpaid"
    assert fee == (gross - 900 * USDC) // 10
    assert await stage.balance(ines.address) - before[ines.address] == gross - fee - dust
    assert await stage.balance(treasury) - before[treasury] == fee == out("profit_fee")
    assert await stage.balance(seller.address) - before[seller.address] == 1_000 * USDC - gross == out("reserve")
    kinds = [line["what"] for line in statement["lines"]]
    assert kinds[:3] == ["investment", "advance", "origination_fee"]
    assert kinds.count("payment") == 2
    assert all(line["tx_hash"] and line["ledger"] for line in statement["lines"])
    stranger = await stage.log_in()
    assert (await stranger.get(f"/v1/invoices/{chain_id}/statement")).status_code == 404


async def test_p110_p115_evidence_is_sealed_and_kept_once(stage: Stage, operator: Person, admin: Person) -> None:
    first, second = await evidence(operator), await evidence(operator)
    assert first.json() == second.json()
    read = await admin.get(f"/v1/evidence/{first.json()['id']}")
    assert (read.content, read.headers["content-disposition"].startswith("attachment")) == (RECEIPT, True)
    outsider = await stage.log_in()
    assert (await outsider.get(f"/v1/evidence/{first.json()['id']}")).status_code == 404
    assert (await evidence(outsider)).status_code == 403
    for data, status in ((b"", 422), (b"MZ\x90\x00" * 40, 415)):
        assert (await evidence(operator, data)).status_code == status


async def test_a_settlement_that_cannot_be_is_refused_and_a_declined_one_moves_nothing(
    stage: Stage, operator: Person, admin: Person
) -> None:
    chain_id, _seller, debtor, _ines = await funded(stage)
    kept = (await evidence(operator)).json()["id"]
    good = {"chain_id": chain_id, "amount": "100", "evidence_id": kept, "note": "x"}
    for person, change, status, code in (
        (debtor, {}, 403, "not-allowed"),
        (operator, {"amount": "1000.0000001"}, 422, "exceeds-outstanding"),
        (operator, {"amount": "9.99"}, 422, "payment-too-small"),
        (operator, {"amount": "0"}, 422, "payment-too-small"),
        (operator, {"evidence_id": "018f0000-0000-7000-8000-000000000000"}, 404, "evidence-unknown"),
        (operator, {"chain_id": "00" * 32}, 404, "escrow-not-found"),
        (operator, {"note": " "}, 422, "note-invalid"),
    ):
        refused = await person.post("/v1/settlements", json=good | change)
        assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    record = (await operator.post("/v1/settlements", json=good)).json()
    declined = await admin.post(f"/v1/settlements/{record['id']}/refusal", json={"reason": "Not on the account"})
    assert declined.json()["status"] == "declined"
    late = await admin.post(f"/v1/settlements/{record['id']}/approval", json={"reason": "Changed my mind"})
    assert late.status_code == 409
    await stage.settle()
    assert (await admin.get(f"/v1/settlements/{record['id']}")).json()["transaction"] is None
    assert (await admin.get(f"/v1/marketplace/{chain_id}")).json()["received"] == "0.0000000"
    listed = (await operator.get("/v1/settlements", params={"chain_id": chain_id})).json()["items"]
    assert [(item["id"], item["status"]) for item in listed] == [(record["id"], "declined")]


async def test_p019_a_failed_order_says_why_and_can_be_sent_again(
    stage: Stage, operator: Person, admin: Person
) -> None:
    chain_id, *_ = await funded(stage)
    record = await proposed(operator, chain_id, "100")
    have = await stage.balance(operator.address)
    if have:
        await stage.take(operator.wallet, have)
    path = f"/v1/settlements/{record['id']}"
    await admin.post(f"{path}/approval", json={"reason": "Seen"})
    await stage.settle()
    failed = (await admin.get(path)).json()
    assert failed["status"] == "failed"
    assert (
        "balance" in failed["transaction"]["error"]["sentence"]
        or "trustline" in failed["transaction"]["error"]["sentence"]
    )
    for person in (operator, admin):
        assert [n["kind"] for n in (await person.get("/v1/notices")).json()["items"]] == ["settlement_failed"]
    await stage.give(operator.address, 100 * USDC)
    assert (await operator.post(f"{path}/retry")).status_code == 202
    await stage.settle()
    assert (await admin.get(path)).json()["status"] == "recorded"
    assert (await admin.get(f"/v1/marketplace/{chain_id}")).json()["received"] == "100.0000000"


async def test_the_debtor_pays_off_and_gets_back_what_is_too_much(stage: Stage) -> None:
    chain_id, _seller, debtor, ines = await funded(stage)
    path = f"/v1/invoices/{chain_id}/payments"
    for person, body, status, code in (
        (ines, {"amount": "100"}, 403, "not-the-payer"),
        (debtor, {}, 422, "payment-ambiguous"),
        (debtor, {"amount": "1", "pay_off_max": "1"}, 422, "payment-ambiguous"),
        (debtor, {"amount": "1000.1"}, 422, "exceeds-outstanding"),
        (debtor, {"pay_off_max": "900"}, 409, "call-refused"),
    ):
        refused = await person.post(path, json=body)
        assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    before = await stage.balance(debtor.address)
    done = await stage.sign(debtor, await debtor.post(path, json={"pay_off_max": "1000"}))
    assert done["status"] == "confirmed", done
    spent = before - await stage.balance(debtor.address)
    # At least seven of sixty days count as earned: 30 * 7 / 60, rounded up to a unit.
    assert 903 * USDC + USDC // 2 <= spent < 904 * USDC
    assert (await ines.get(f"/v1/invoices/{chain_id}/statement")).json()["status"] == "settled"


async def test_default_and_partial_recovery(stage: Stage) -> None:
    chain_id, seller, debtor, ines = await funded(stage)
    path = f"/v1/invoices/{chain_id}/default"
    await stage.advance(60 * DAY)
    early = await ines.post(path)
    assert (early.status_code, early.json()["code"]) == (409, "default-too-early")
    await stage.advance(30 * DAY + 60)
    declared = await ines.post(path)
    assert (declared.status_code, declared.json()["purpose"]) == (202, "declare_default")
    await stage.settle()
    assert (await ines.get(f"/v1/positions/{chain_id}")).json()["status"] == "defaulted"
    twice = await ines.post(path)
    assert (twice.status_code, twice.json()["code"]) == (409, "default-impossible")

    before = await stage.balance(ines.address)
    await stage.pay(debtor, chain_id, 500 * USDC)
    # Principal first: no fee before it is back. 500 / 900 does not divide: a fraction waits for the next payment.
    assert await stage.balance(ines.address) - before == 500 * USDC - 1
    statement = (await seller.get(f"/v1/invoices/{chain_id}/statement")).json()
    assert (statement["status"], statement["fee_taken"], statement["totals"]["agrees"]) == (
        "defaulted",
        "0.0000000",
        True,
    )
    position = (await ines.get(f"/v1/positions/{chain_id}")).json()
    assert units(position["accruing"]) > 400 * USDC, "late charges have grown on what is unpaid"


async def test_p062_what_a_seller_cannot_receive_is_owed_and_can_be_withdrawn_by_anyone(stage: Stage) -> None:
    seller, debtor, ines, stranger = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    await stage.close_trustline(seller.wallet)
    await stage.invest(ines, chain_id, 900 * USDC)
    (owed,) = (await seller.get("/v1/owed")).json()
    assert (owed["amount"], owed["chain_id"]) == ("891.0000000", chain_id)
    statement = (await ines.get(f"/v1/invoices/{chain_id}/statement")).json()
    assert statement["totals"]["agrees"], statement["totals"]
    assert (statement["totals"]["in_escrow"], statement["totals"]["paid_out"]) == ("891.0000000", "9.0000000")
    assert "not_sent" in [line["what"] for line in statement["lines"]]

    await stage.open_trustline(seller.wallet)
    body = {"owner": seller.address, "asset": owed["asset_contract"]}
    assert (await stranger.post("/v1/owed/withdrawals", json=body)).status_code == 202
    await stage.settle()
    assert await stage.balance(seller.address) == 891 * USDC
    assert (await seller.get("/v1/owed")).json() == []
    nothing = await stranger.post("/v1/owed/withdrawals", json=body)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-owed")
    totals = (await ines.get(f"/v1/invoices/{chain_id}/statement")).json()["totals"]
    assert (totals["agrees"], totals["in_escrow"], totals["paid_out"]) == (True, "0.0000000", "900.0000000")


async def test_p050_what_is_projected_is_what_the_contracts_hold(stage: Stage) -> None:
    """Three holders of odd sizes, odd payments: fractions stay where the token keeps them, and everything adds up."""
    seller, debtor, ines, ivo, iris = [await stage.person() for _ in range(5)]
    chain_id = await stage.listed(seller, debtor)
    for investor, amount in ((ines, 333_3333333), (ivo, 333_3333334), (iris, 233_3333333)):
        assert (await stage.invest(investor, chain_id, amount))["status"] == "confirmed"
    for amount in (100_0000001, 333_3333337):
        await stage.pay(debtor, chain_id, amount, settle=False)
        await stage.read()
    token, here = await stage.token(chain_id), stage.world.deployment
    async with transaction(stage.maker) as session:
        found = await statements.conservation_of(session, chain_id)
        assert await statements.broken(session) == {}
    summary = await stage.native(calls.get_summary(here.distributor, token=token))
    assert found.claimable_units + found.dust_units == summary["held"] == 433_3333338
    for holder in (ines, ivo, iris):
        payable = await stage.native(calls.calculate(here.distributor, token=token, holder=holder.address))
        claimable = (await holder.get(f"/v1/positions/{chain_id}")).json()["claimable"]
        assert units(claimable) == payable
    await stage.settle()
    async with transaction(stage.maker) as session:
        after = await statements.conservation_of(session, chain_id)
    assert (after.claimable_units, after.dust_units) == (0, 1)
    assert (await stage.native(calls.get_summary(here.distributor, token=token)))["held"] == 1


async def test_p063_a_strangers_claim_of_nothing_is_no_difference(stage: Stage) -> None:
    """`claim_many` of nothing settles the holder's entry without an event: the same money in other words."""
    seller, debtor, ines, stranger = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    speck = await ines.post(f"/v1/positions/{chain_id}/transfer", json={"to": stranger.address, "shares": "0.0000001"})
    await stage.sign(ines, speck)
    await stage.pay(debtor, chain_id, 100 * USDC)
    token = await stage.token(chain_id)
    here = stage.world.deployment.distributor
    await stage.invoke(debtor.wallet, calls.claim_many(here, holder=stranger.address, tokens=[token]))
    await stage.settle()
    report = await reconcile(stage.maker, stage.world)
    assert report.compared > 40
    assert report.differences == ()


async def test_p131_of_many_approvals_at_one_moment_one_counts(stage: Stage, operator: Person, admin: Person) -> None:
    chain_id, *_ = await funded(stage)
    await stage.give(operator.address, 100 * USDC)
    record = await proposed(operator, chain_id, "100")
    path = f"/v1/settlements/{record['id']}"
    answers = await asyncio.gather(*(admin.post(f"{path}/approval", json={"reason": "Seen"}) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    await stage.settle()
    assert (await admin.get(path)).json()["status"] == "recorded"
    assert (await admin.get(f"/v1/marketplace/{chain_id}")).json()["received"] == "100.0000000"
