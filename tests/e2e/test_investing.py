"""Funding, selling, pushes and claims through the API on the real contracts, compared with the ledger to the unit."""

import asyncio

import pytest
from stage import DAY, USDC, Stage
from stellar_sdk import Keypair

from tenor.investments import jobs
from tenor.ledger import calls


async def test_three_investors_fund_and_the_completing_one_pays_the_seller(stage: Stage) -> None:
    seller, debtor = await stage.person(), await stage.person()
    ines, ivo, iris, late = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    before = await stage.balance(seller.address)

    for investor, units in ((ines, 400), (ivo, 300)):
        done = await stage.invest(investor, chain_id, units * USDC)
        assert done["status"] == "confirmed", done
        assert done["preview"]
    assert await stage.balance(seller.address) == before

    # She offers 500, 200 are left: 300 come back in the same call, and the seller is paid in it.
    done = await stage.invest(iris, chain_id, 500 * USDC, 100 * USDC)
    assert done["status"] == "confirmed", done
    assert await stage.balance(iris.address) == (10_000 - 200) * USDC
    assert await stage.balance(seller.address) == before + 891 * USDC
    assert await stage.balance(stage.world.signer.address("treasury")) >= 9 * USDC

    terms_hash = (await late.get(f"/v1/marketplace/{chain_id}")).json()["terms_hash"]
    refused = await late.post(
        "/v1/investments",
        json={"chain_id": chain_id, "max_amount": "100", "min_amount": "100", "terms_hash": terms_hash},
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "already-funded")

    shown = (await iris.get("/v1/positions")).json()["items"]
    assert [(p["chain_id"], p["shares"], p["invested"], p["status"]) for p in shown] == [
        (chain_id, "200.0000000", "200.0000000", "funded")
    ]


async def test_h049_shares_sold_in_between_pay_the_buyer_and_each_gets_what_is_his(stage: Stage) -> None:
    seller, debtor = await stage.person(), await stage.person()
    ines, ivo, iris, bert = [await stage.person(purse=900 * USDC) for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    for investor in (ines, ivo, iris):
        await stage.invest(investor, chain_id, 300 * USDC)

    await stage.advance(30 * DAY)
    drafted = await ines.post(f"/v1/positions/{chain_id}/transfer", json={"to": bert.address, "shares": "100.0000001"})
    sold = await stage.sign(ines, drafted)
    assert sold["status"] == "confirmed", sold

    # Half of the face comes in half-way, by the debtor's own signature: projected, and nothing pushed yet.
    paid = await stage.pay(debtor, chain_id, 500 * USDC, settle=False)
    await stage.read()
    assert paid["status"] == "confirmed", paid
    shown = (await bert.get(f"/v1/positions/{chain_id}")).json()
    token = await stage.token(chain_id)
    payable = await stage.native(calls.calculate(stage.world.deployment.distributor, token=token, holder=bert.address))
    assert shown["claimable"] == f"{payable // USDC}.{payable % USDC:07}"
    assert payable == 500 * USDC * 1_000_000_001 // 9_000_000_000
    assert shown["history"][0]["what"] == "shares_in"

    # Bert claims himself, the others are pushed to in one page.
    claimed = await stage.sign(bert, await bert.post(f"/v1/positions/{chain_id}/claim", json={}))
    assert claimed["status"] == "confirmed", claimed
    assert await stage.balance(bert.address) == 900 * USDC + payable
    for holder, units in ((ines, 1_999_999_999), (ivo, 3_000_000_000), (iris, 3_000_000_000)):
        assert await stage.balance(holder.address) == 600 * USDC + 500 * USDC * units // 9_000_000_000
        position = (await holder.get(f"/v1/positions/{chain_id}")).json()
        assert position["claimable"] == "0.0000000"
        assert position["history"][0]["what"] == "pushed"
        assert position["deferred"] is None
    again = await bert.post(f"/v1/positions/{chain_id}/claim", json={})
    assert (again.status_code, again.json()["code"]) == (409, "nothing-to-claim")


async def test_who_cannot_be_reached_is_deferred_and_claims_later(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    without = await stage.person(trustline=False)
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    drafted = await ines.post(f"/v1/positions/{chain_id}/transfer", json={"to": without.address, "shares": "300"})
    await stage.sign(ines, drafted)
    await stage.pay(debtor, chain_id, 90 * USDC)

    assert await stage.balance(ines.address) == (10_000 - 900 + 60) * USDC
    shown = (await without.get(f"/v1/positions/{chain_id}")).json()
    assert shown["claimable"] == "30.0000000"
    assert "trustline" in shown["deferred"]
    operator = await stage.log_in(stage.keys.roles["operator"])
    (page,) = (await operator.get(f"/v1/invoices/{chain_id}/pushes")).json()
    assert page["deferred"] == {without.address: 13}
    assert page["transaction"]["status"] == "confirmed"
    (notice,) = (await without.get("/v1/notices")).json()["items"]
    assert (notice["kind"], notice["subject"]) == ("payout_deferred", chain_id)

    await stage.open_trustline(without.wallet)
    ordered = await without.post(f"/v1/positions/{chain_id}/claim", json={"signer": "platform"})
    assert ordered.status_code == 201, ordered.text
    await stage.settle()
    assert await stage.balance(without.address) == 30 * USDC
    assert (await without.get(f"/v1/positions/{chain_id}")).json()["deferred"] is None


async def test_an_operator_can_push_again(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    without = await stage.person(trustline=False)
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    await stage.sign(
        ines, await ines.post(f"/v1/positions/{chain_id}/transfer", json={"to": without.address, "shares": "300"})
    )
    await stage.pay(debtor, chain_id, 90 * USDC)
    await stage.open_trustline(without.wallet)
    assert (await ines.post(f"/v1/invoices/{chain_id}/pushes")).status_code == 403
    operator = await stage.log_in(stage.keys.roles["operator"])
    pushed = await operator.post(f"/v1/invoices/{chain_id}/pushes")
    assert [row["purpose"] for row in pushed.json()] == ["distribute"]
    await stage.settle()
    assert await stage.balance(without.address) == 30 * USDC


async def test_an_expired_invoice_is_refunded_by_a_stranger(stage: Stage) -> None:
    seller, debtor, ines, stranger = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 100 * USDC)
    early = await stranger.post(f"/v1/investments/{chain_id}/refund", json={"holder": ines.address})
    assert (early.status_code, early.json()["code"]) == (409, "nothing-to-refund")

    await stage.advance(10 * DAY + 60)
    position = (await ines.get(f"/v1/positions/{chain_id}")).json()
    assert (position["status"], position["refundable"]) == ("expired", "100.0000000")
    before = await stage.balance(stranger.address)
    drafted = await stranger.post(f"/v1/investments/{chain_id}/refund", json={"holder": ines.address})
    done = await stage.sign(stranger, drafted)
    assert done["status"] == "confirmed", done
    assert await stage.balance(ines.address) == 10_000 * USDC
    assert await stage.balance(stranger.address) == before
    gone = (await ines.get(f"/v1/positions/{chain_id}")).json()
    assert (gone["shares"], gone["refunded"], gone["refundable"]) == ("0.0000000", "100.0000000", "0.0000000")
    assert [line["what"] for line in gone["history"]] == ["refunded", "invested"]


async def test_p081_p084_what_may_not_be_bought_or_seen(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    unapproved = await stage.person(allowed=False)
    chain_id = await stage.listed(seller, debtor)
    terms_hash = (await ines.get(f"/v1/marketplace/{chain_id}")).json()["terms_hash"]
    good = {"chain_id": chain_id, "max_amount": "100", "min_amount": "100", "terms_hash": terms_hash}
    for person, change, status, code in (
        (unapproved, {}, 403, "investor-not-approved"),
        (seller, {}, 403, "own-invoice"),
        (debtor, {}, 403, "own-invoice"),
        (ines, {"terms_hash": "00" * 32}, 409, "terms-changed"),
        (ines, {"max_amount": "5", "min_amount": "5"}, 422, "ticket-too-small"),
        (ines, {"max_amount": "1.00000001"}, 422, "amount-invalid"),
        (ines, {"max_amount": "-1"}, 422, "amount-invalid"),
        (ines, {"max_amount": "901", "min_amount": "901"}, 422, "ticket-too-small"),
        (ines, {"chain_id": "00" * 32}, 404, "escrow-not-found"),
    ):
        refused = await person.post("/v1/investments", json=good | change)
        assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    # A draft that nobody signs reserves nothing.
    assert (await ines.post("/v1/investments", json=good)).status_code == 201
    assert (await ines.get(f"/v1/marketplace/{chain_id}")).json()["funded"] == "0.0000000"
    assert (await ines.get(f"/v1/positions/{chain_id}")).json()["code"] == "position-unknown"
    assert (await ines.get("/v1/positions")).json() == {"items": [], "next": None}
    quote = (await ines.get(f"/v1/marketplace/{chain_id}/quote", params={"amount": "2000"})).json()
    assert (quote["shares"], quote["left"], quote["terms_hash"]) == ("900.0000000", "900.0000000", terms_hash)
    assert [s["name"] for s in quote["scenarios"]] == ["early", "on_time", "late", "default_half", "default_nothing"]


async def test_a_buyer_who_is_not_approved_is_refused_before_anything_is_signed(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 500 * USDC)
    path = f"/v1/positions/{chain_id}/transfer"
    locked = await ines.post(path, json={"to": debtor.address, "shares": "1"})
    assert (locked.status_code, locked.json()["code"]) == (409, "shares-locked")
    await stage.invest(ines, chain_id, 400 * USDC)
    for to, shares, code in (
        (Keypair.random().public_key, "1", "buyer-not-approved"),
        (ines.address, "1", "transfer-to-self"),
        (debtor.address, "900.0000001", "shares-insufficient"),
        ("GNOBODY", "1", "address-invalid"),
    ):
        refused = await ines.post(path, json={"to": to, "shares": shares})
        assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text


async def test_pages_of_thirty_fit_the_networks_limits_and_reach_everybody_once(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor, restricted=False)
    await stage.invest(ines, chain_id, 900 * USDC)
    token, others = await stage.token(chain_id), [Keypair.random() for _ in range(34)]
    for other in others:
        await stage.direct.ensure_account(other.public_key)
        await stage.open_trustline(other)
        moved = calls.transfer(token, sender=ines.address, receiver=other.public_key, units=10 * USDC)
        await stage.invoke(ines.wallet, moved)
    await stage.pay(debtor, chain_id, 90 * USDC)
    operator = await stage.log_in(stage.keys.roles["operator"])
    pages = (await operator.get(f"/v1/invoices/{chain_id}/pushes")).json()
    assert [(len(page["holders"]), page["deferred"], page["transaction"]["status"]) for page in pages] == [
        (30, {}, "confirmed"),
        (5, {}, "confirmed"),
    ]
    for other in others:
        assert await stage.balance(other.public_key) == 1 * USDC


async def test_a_payout_to_the_assets_own_issuer_does_not_stop_the_indexer(stage: Stage) -> None:
    """Anyone can send shares of an unrestricted invoice to the issuer; what is paid there is burnt, not transferred."""
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor, restricted=False)
    await stage.invest(ines, chain_id, 900 * USDC)
    issuer = await stage.log_in(stage.keys.issuer)
    drafted = await ines.post(f"/v1/positions/{chain_id}/transfer", json={"to": issuer.address, "shares": "90"})
    await stage.sign(ines, drafted)
    await stage.pay(debtor, chain_id, 100 * USDC)
    shown = (await issuer.get(f"/v1/positions/{chain_id}")).json()
    assert (shown["paid"], shown["claimable"]) == ("9.9999999", "0.0000000")


@pytest.mark.parametrize("first", [0, 1])
async def test_h089_whoever_lands_second_completes_although_it_was_simulated_as_a_part(
    stage: Stage, first: int
) -> None:
    seller, debtor, ines, ivo = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    terms_hash = (await ines.get(f"/v1/marketplace/{chain_id}")).json()["terms_hash"]
    offer = {"chain_id": chain_id, "max_amount": "600", "min_amount": "100", "terms_hash": terms_hash}
    drafts = [(person, await person.post("/v1/investments", json=offer)) for person in (ines, ivo)]
    before = await stage.balance(seller.address)
    for person, drafted in (drafts[first], drafts[1 - first]):
        done = await stage.sign(person, drafted)
        assert done["status"] == "confirmed", done
    assert await stage.balance(drafts[first][0].address) == (10_000 - 600) * USDC
    assert await stage.balance(drafts[1 - first][0].address) == (10_000 - 300) * USDC
    assert await stage.balance(seller.address) - before == 891 * USDC


async def test_p069_replaying_the_log_gives_the_same_tables(stage: Stage) -> None:
    seller, debtor, ines, ivo = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 333_3333333)
    await stage.close_trustline(seller.wallet)
    await stage.invest(ivo, chain_id, 566_6666667)
    await stage.sign(
        ines, await ines.post(f"/v1/positions/{chain_id}/transfer", json={"to": ivo.address, "shares": "100.0000007"})
    )
    await stage.pay(debtor, chain_id, 123_4567891)
    before = await stage.projections()
    assert all(before[name] for name in ("holding", "funding", "payout", "payment", "owed", "share_token", "deposit"))
    await stage.forget_projections()
    assert not any((await stage.projections()).values())
    await stage.replay()
    assert await stage.projections() == before


async def test_p131_a_push_asked_for_many_times_at_once_is_one_push(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    await stage.pay(debtor, chain_id, 100 * USDC, settle=False)
    await stage.read()
    assert list(await jobs.due(stage.maker, stage.world)) == [chain_id]
    ordered = await asyncio.gather(*(jobs.push(stage.maker, stage.world, chain_id) for _ in range(8)))
    assert sorted(ordered) == [0] * 7 + [1]
    assert list(await jobs.due(stage.maker, stage.world)) == []
    await stage.settle()
    assert await stage.balance(ines.address) == (10_000 - 900 + 100) * USDC - 1
    operator = await stage.log_in(stage.keys.roles["operator"])
    assert len((await operator.get(f"/v1/invoices/{chain_id}/pushes")).json()) == 1


async def test_positions_come_in_pages_and_several_are_claimed_at_once(stage: Stage) -> None:
    seller, debtor, ines, stranger = [await stage.person() for _ in range(4)]
    chain_ids = sorted([await stage.listed(seller, debtor), await stage.listed(seller, debtor)])
    for chain_id in chain_ids:
        await stage.invest(ines, chain_id, 900 * USDC)
        await stage.pay(debtor, chain_id, 90 * USDC, settle=False)
    await stage.read()
    first = (await ines.get("/v1/positions", params={"limit": 1})).json()
    second = (await ines.get("/v1/positions", params={"limit": 1, "cursor": first["next"]})).json()
    assert [first["items"][0]["chain_id"], second["items"][0]["chain_id"]] == chain_ids
    assert second["next"] is None
    assert (await ines.get("/v1/positions", params={"cursor": "nonsense"})).status_code == 400

    # Anyone may send the claim; one transaction pays both, and each payout is known by its invoice.
    here, tokens = stage.world.deployment.distributor, [await stage.token(chain_id) for chain_id in chain_ids]
    await stage.invoke(stranger.wallet, calls.claim_many(here, holder=ines.address, tokens=tokens))
    await stage.read()
    assert await stage.balance(ines.address) == (10_000 - 1_800 + 180) * USDC
    for position in (await ines.get("/v1/positions")).json()["items"]:
        assert (position["paid"], position["claimable"]) == ("90.0000000", "0.0000000")
