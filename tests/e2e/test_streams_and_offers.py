"""Streams, offers and the registry through the compiled contracts: each call once, by a wallet, to the unit."""

from uuid import uuid4

import pytest
from people import Person
from stage import DAY, PURSE, USDC, Stage

from tenor.chain.direct import TransactionRefused
from tenor.ledger import calls, offers, streams
from tenor.ledger.calls import Invocation
from tenor.ledger.streams import Flow, Plan, ToAccount, ToInvoice


def reference() -> str:
    return uuid4().hex * 2


async def called(stage: Stage, person: Person, call: Invocation) -> None:
    await stage.invoke(person.wallet, call)
    await stage.settle()


async def now(stage: Stage) -> int:
    return (await stage.world.ledger.tip()).closed_at


async def test_h051_a_stream_to_a_person_is_paid_by_the_second(stage: Stage) -> None:
    payer, worker = await stage.person(), await stage.person(purse=0)
    where, asset = stage.world.deployment.stream, stage.world.deployment.assets[0].contract
    assert where is not None
    address = payer.wallet.public_key
    named = reference()
    plan = Plan(ToAccount(worker.wallet.public_key), asset, 1_000 * USDC, start=0, end=await now(stage) + 1_000 * DAY)
    await called(stage, payer, streams.create(where, payer=address, reference=named, plan=plan))
    fixed = streams.stream_id(address, named)
    stored = await stage.native(streams.get_stream(where, fixed))
    assert (stored["deposited"], stored["paid"]) == (1_000 * USDC, 0)
    assert await stage.balance(address) == PURSE - 1_000 * USDC

    await stage.advance(10 * DAY)
    await called(stage, worker, streams.settle(where, fixed))
    paid = (await stage.native(streams.get_stream(where, fixed)))["paid"]
    assert paid >= 10 * USDC
    assert await stage.balance(worker.wallet.public_key) == paid
    await called(stage, payer, streams.pause(where, fixed))
    accrued = await stage.native(streams.accrued(where, fixed, at=await now(stage)))
    await stage.advance(100 * DAY)
    assert await stage.native(streams.accrued(where, fixed, at=await now(stage))) == accrued
    await called(stage, payer, streams.resume(where, fixed))
    await stage.advance(10 * DAY)
    await called(stage, worker, streams.cancel(where, fixed, by=worker.wallet.public_key))
    earned = await stage.balance(worker.wallet.public_key)
    assert earned > paid
    assert await stage.balance(address) == PURSE - earned

    named = reference()
    flow = Flow(ToAccount(worker.wallet.public_key), asset, units_per_second=7, start=0, deposit_units=7 * DAY)
    await called(stage, payer, streams.open_ended(where, payer=address, reference=named, flow=flow))
    running = streams.stream_id(address, named)
    await called(stage, payer, streams.top_up(where, running, units=7 * DAY))
    await stage.advance(3 * DAY)
    await called(stage, worker, streams.settle(where, running))
    assert await stage.balance(worker.wallet.public_key) == earned + 14 * DAY
    assert await stage.balance(address) == PURSE - earned - 14 * DAY


async def test_h013_h030_a_stream_pays_an_invoice_until_nothing_is_owed(stage: Stage) -> None:
    seller, debtor, investor = [await stage.person() for _ in range(3)]
    where, asset = stage.world.deployment.stream, stage.world.deployment.assets[0].contract
    assert where is not None
    chain_id = await stage.listed(seller, debtor)
    assert (await stage.invest(investor, chain_id, 900 * USDC))["status"] == "confirmed"
    named, address = reference(), debtor.wallet.public_key
    plan = Plan(ToInvoice(chain_id), asset, 1_000 * USDC, start=0, end=await now(stage) + 50 * DAY)
    await called(stage, debtor, streams.create(where, payer=address, reference=named, plan=plan))
    stream = streams.stream_id(address, named)
    await stage.advance(25 * DAY)
    await called(stage, investor, streams.settle(where, stream))
    books = await stage.native(calls.get_escrow(stage.world.deployment.escrow, chain_id))
    assert 500 * USDC <= books["money"]["received"] < 501 * USDC
    # The platform has followed a payment that no wallet and no bank brought.
    shown = (await seller.get(f"/v1/marketplace/{chain_id}")).json()
    assert shown["outstanding"] != "1000.0000000"
    assert (await stage.pay(debtor, chain_id, 200 * USDC))["status"] == "confirmed"
    await stage.advance(20 * DAY)
    await called(stage, investor, streams.settle(where, stream))
    assert (await seller.get(f"/v1/marketplace/{chain_id}")).json()["status"] == "settled"
    # 200 of the stream came back in the call that brought the last of the face.
    assert await stage.balance(address) == PURSE - 1_000 * USDC


async def test_h033_shares_are_sold_and_each_has_his_own_payouts(stage: Stage) -> None:
    seller, debtor, investor, buyer = [await stage.person() for _ in range(4)]
    where, asset = stage.world.deployment.market, stage.world.deployment.assets[0].contract
    assert where is not None
    chain_id = await stage.listed(seller, debtor)
    assert (await stage.invest(investor, chain_id, 900 * USDC))["status"] == "confirmed"
    token = await stage.token(chain_id)
    sequence = (await stage.direct.latest())[0]
    holder, address = investor.wallet.public_key, buyer.wallet.public_key
    allowance = {"shares": 900 * USDC, "live_until_ledger": sequence + 50_000}
    await called(stage, investor, offers.allow(token, market=where, seller=holder, **allowance))
    ask = offers.Ask(chain_id, 400 * USDC, 390 * USDC, asset, expires=await now(stage) + DAY)
    named = reference()
    await called(stage, investor, offers.offer(where, seller=holder, reference=named, ask=ask))
    offer = offers.offer_id(seller=holder, reference=named, ask=ask, index=0)
    assert await stage.native(offers.fillable(where, offer)) == 400 * USDC
    price = await stage.native(offers.price_of(where, offer, shares=300 * USDC))
    assert price == 2_925_000_000
    with pytest.raises(TransactionRefused, match="508"):
        await called(
            stage, buyer, offers.buy(where, offer, buyer=address, shares=300 * USDC, max_price_units=price - 1)
        )
    await called(stage, buyer, offers.buy(where, offer, buyer=address, shares=300 * USDC, max_price_units=price))
    assert await stage.balance(address) == PURSE - price
    assert await stage.native(calls.balance(token, owner=address)) == 300 * USDC
    await called(stage, investor, offers.cancel(where, offer))
    with pytest.raises(TransactionRefused, match="501"):
        await called(stage, buyer, offers.buy(where, offer, buyer=address, shares=USDC, max_price_units=USDC))

    before = {who: await stage.balance(who) for who in (holder, address)}
    assert (await stage.pay(debtor, chain_id, 1_000 * USDC))["status"] == "confirmed"
    await stage.settle()
    gained = {who: await stage.balance(who) - before[who] for who in (holder, address)}
    assert abs(gained[holder] - 2 * gained[address]) <= 2
    assert gained[address] > 300 * USDC


async def test_h086_a_debt_that_is_financed_already_is_not_listed_again(stage: Stage) -> None:
    seller, debtor, investor = [await stage.person() for _ in range(3)]
    registry, escrow = stage.world.deployment.registry, stage.world.deployment.escrow
    assert registry is not None
    chain_id = await stage.listed(seller, debtor)
    printed = (await stage.native(calls.get_escrow(escrow, chain_id)))["fingerprint"].hex()
    assert await stage.native(offers.is_reserved(registry, printed)) is True
    member, _, final = await stage.native(offers.get_reservation(registry, printed))
    assert (member, final) == (escrow, False)
    assert (await stage.invest(investor, chain_id, 900 * USDC))["status"] == "confirmed"
    _, _, final = await stage.native(offers.get_reservation(registry, printed))
    assert final is True
    # Another seller brings the same debt.
    with pytest.raises(TransactionRefused, match="602"):
        await stage.listed(await stage.person(), debtor, fingerprint=printed)
