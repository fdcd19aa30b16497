"""A dispute, a lower face, the seller's recourse and a change that waits, from the ledger into the books and back."""

from typing import Any

import httpx
from people import Person
from stage import DAY, USDC, Stage

from tenor import replay
from tenor.chain.index import decoder_of
from tenor.invoices.escrows import books_of, deal_of, escrow_of
from tenor.invoices.pricing import claim_at, recourse_due
from tenor.ledger import calls
from tenor.reconcile import reconcile


async def test_h075_h139_what_a_dispute_does_is_in_the_books_to_the_unit(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    escrow, roles = stage.world.deployment.escrow, stage.keys.roles
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    await stage.advance(70 * DAY)
    await stage.invoke(debtor.wallet, calls.open_dispute(escrow, chain_id, by=debtor.address, reason="ab" * 32))
    await stage.advance(5 * DAY)
    await stage.invoke(roles["resolver"], calls.resolve_dispute(escrow, chain_id, reduction_units=100 * USDC))
    await stage.settle()
    await stage.pay(debtor, chain_id, 900 * USDC)
    # The face is 30 below the claim, which is the seller's debt; what has accrued late is nobody's without recourse.
    async with stage.maker() as session:
        row = await escrow_of(session, chain_id)
        now = (await stage.world.ledger.tip()).closed_at
        assert row.face_units == 900 * USDC
        assert 5 * DAY <= row.disputed_seconds < 6 * DAY
        due = recourse_due(deal_of(row), books_of(row), whole=False, at=now)
        claim = claim_at(deal_of(row), books_of(row), now)
    assert due == 30 * USDC == await stage.native(calls.recourse_due(escrow, chain_id, at=now))
    assert claim - 900 * USDC == await stage.native(calls.payoff(escrow, chain_id, at=now))
    await stage.invoke(
        seller.wallet,
        calls.pay_recourse(escrow, chain_id, payer=seller.address, units=due, payment_id="cd" * 32),
    )
    operation = calls.set_fees(origination_bps=1, profit_bps=2)
    await stage.invoke(roles["admin"], calls.schedule(escrow, operation))
    await stage.invoke(roles["admin"], calls.withdraw_op(escrow, operation))
    await stage.settle()
    async with stage.maker() as session:
        row = await escrow_of(session, chain_id)
        assert (row.recourse_paid_units, row.received_units) == (30 * USDC, 900 * USDC)
    money = (await stage.native(calls.get_escrow(escrow, chain_id)))["money"]
    assert (money["recourse_paid"], money["disputed_seconds"]) == (row.recourse_paid_units, row.disputed_seconds)
    found = await reconcile(stage.maker, stage.world)
    assert not found.differences
    assert not found.unbalanced
    assert (await replay.check(stage.maker, decoder_of(stage.world))).different == ()


async def funded(stage: Stage, **terms: Any) -> tuple[str, Person, Person, Person]:
    """Chain id, seller, debtor, investor."""
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor, **terms)
    await stage.invest(ines, chain_id, 900 * USDC)
    return chain_id, seller, debtor, ines


async def refused(answer: httpx.Response) -> str:
    assert answer.status_code >= 400, answer.text
    return str(answer.json()["code"])


async def test_h075_a_customer_disputes_the_platform_rules_the_seller_makes_good(stage: Stage) -> None:
    chain_id, seller, debtor, ines = await funded(stage)
    admin = await stage.log_in(stage.keys.roles["admin"])
    path = f"/v1/invoices/{chain_id}/disputes"
    why = {"reason": "Two of ten sensors never came. <b>=1+1</b>"}
    for stranger in (seller, ines):
        assert await refused(await stranger.post(path, json=why)) == "not-the-debtor"
    assert await refused(await debtor.post(path, json={"reason": " "})) == "reason-invalid"
    assert (await stage.sign(debtor, await debtor.post(path, json=why)))["status"] == "confirmed"
    assert await refused(await debtor.post(path, json=why)) == "not-disputable"

    # The reason is the parties' and the platform's; everybody sees that there is a dispute, and until when.
    (told,) = (await seller.get(path)).json()
    assert (told["status"], told["reason"], told["reported"]) == ("open", why["reason"], False)
    assert (await ines.get(path)).status_code == 404
    until = (await ines.get(f"/v1/marketplace/{chain_id}")).json()["disputed_until"]
    assert until == told["lapses_at"] == (await ines.get(f"/v1/positions/{chain_id}")).json()["disputed_until"]
    assert told["id"] in {each["id"] for each in (await admin.get("/v1/desk/disputes")).json()}
    assert (await admin.get("/v1/desk")).json()["disputes"] >= 1

    ruling = f"/v1/desk/disputes/{told['id']}/ruling"
    assert (await seller.post(ruling, json={"reason": "No"})).status_code == 403
    too_much = await admin.post(ruling, json={"reason": "So be it", "reduction": "1000.0000001"})
    assert await refused(too_much) == "reduction-invalid"
    decided = await admin.post(ruling, json={"reason": "The waybill shows eight", "reduction": "100"})
    assert decided.status_code == 202, decided.text
    await stage.settle()
    (told,) = (await debtor.get(path)).json()
    assert (told["status"], told["ruling"], told["reduction"]) == ("upheld", "The waybill shows eight", "100.0000000")
    assert await refused(await admin.post(ruling, json={"reason": "Again"})) == "dispute-over"
    assert (await ines.get(f"/v1/marketplace/{chain_id}")).json()["disputed_until"] is None

    # 900 is 30 below the claim: that is the seller's debt, and it reaches the holders.
    statement = (await seller.get(f"/v1/invoices/{chain_id}/statement")).json()
    assert (statement["face"], statement["recourse_due"]) == ("900.0000000", "30.0000000")
    assert [line["amount"] for line in statement["reductions"]] == ["100.0000000"]
    path = f"/v1/invoices/{chain_id}/recourse"
    assert await refused(await debtor.post(path, json={"amount": "30"})) == "not-the-seller"
    assert await refused(await seller.post(path, json={"amount": "30.0000001"})) == "exceeds-outstanding"
    drafted = await seller.post(path, json={"amount": "30"})
    assert drafted.json()["warnings"] == []
    assert (await stage.sign(seller, drafted))["status"] == "confirmed"
    after = (await seller.get(f"/v1/invoices/{chain_id}/statement")).json()
    assert (after["recourse_due"], after["recourse_paid"]) == ("0.0000000", "30.0000000")
    assert [line["what"] for line in after["lines"] if line["what"] == "recourse"] == ["recourse"]
    assert after["totals"]["agrees"]
    assert await refused(await seller.post(path, json={"amount": "1"})) == "nothing-to-bring-in"


async def test_p038_who_writes_a_dispute_down_does_not_rule_on_it_and_it_lapses(stage: Stage) -> None:
    chain_id, _, debtor, _ = await funded(stage)
    admin, operator = [await stage.log_in(stage.keys.roles[role]) for role in ("admin", "operator")]
    note = {"file": ("note.xml", b"<?xml version='1.0'?><note>credit</note>", "application/xml")}
    evidence_id = (await operator.post("/v1/evidence", files=note)).json()["id"]
    body = {"reason": "Credit note 7 of the seller's", "evidence_id": evidence_id}
    path = f"/v1/invoices/{chain_id}/disputes"
    assert (await debtor.post(f"{path}/reported", json=body)).status_code == 403
    assert (await operator.post(f"{path}/reported", json=body)).status_code == 202
    await stage.settle()
    (told,) = (await admin.get(path)).json()
    assert (told["status"], told["reported"], told["evidence_id"]) == ("open", True, evidence_id)
    ruling = f"/v1/desk/disputes/{told['id']}/ruling"
    own = await operator.post(ruling, json={"reason": "Fine", "reduction": "50"})
    assert await refused(own) == "ruler-is-claimant"
    await stage.advance(60 * DAY)
    (told,) = (await debtor.get(path)).json()
    assert told["status"] == "lapsed"
    assert await refused(await admin.post(ruling, json={"reason": "Too late"})) == "dispute-over"
    assert await refused(await debtor.post(path, json={"reason": "Once more"})) == "not-disputable"
