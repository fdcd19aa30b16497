"""Streams over the HTTP API: drafted, signed by wallets, followed from the ledger's events, settled by the platform."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from people import Person
from sqlalchemy import text
from stage import DAY, PURSE, USDC, Stage

from tenor.db import transaction
from tenor.kernel.money import parse_units
from tenor.ledger import streams
from tenor.reconcile import reconcile
from tenor.streams import jobs


async def opened(stage: Stage, payer: Person, **wish: Any) -> str:
    drafted = await payer.post("/v1/streams", json={"asset": "USDC"} | wish)
    assert drafted.status_code == 201, drafted.text
    stream_id = str(drafted.json()["stream_id"])
    assert not drafted.json()["transaction"]["warnings"]
    assert "Locks" in drafted.json()["transaction"]["preview"][0]
    signed = await stage.sign(payer, _Only(drafted.json()["transaction"]))  # type: ignore[arg-type]
    assert signed["status"] == "confirmed", signed
    return stream_id


class _Only:
    """A draft inside another answer, as `stage.sign` takes one."""

    status_code = 201

    def __init__(self, draft: dict[str, Any]) -> None:
        self.text, self._draft = "", draft

    def json(self) -> dict[str, Any]:
        return self._draft


async def done(stage: Stage, person: Person, path: str, **body: Any) -> None:
    signed = await stage.sign(person, await person.post(path, json=body or None))
    assert signed["status"] == "confirmed", signed


async def shown(person: Person, stream_id: str) -> dict[str, Any]:
    return dict((await person.get(f"/v1/streams/{stream_id}")).raise_for_status().json())


async def moment(stage: Stage, seconds: int) -> str:
    at = datetime.fromtimestamp((await stage.world.ledger.tip()).closed_at, UTC)
    return (at + timedelta(seconds=seconds)).isoformat()


async def sweep(stage: Stage) -> list[str]:
    """What the worker's sweep does."""
    due = list(await jobs.due(stage.maker, stage.world))
    for stream_id in due:
        await jobs.settle(stage.maker, stage.world, stream_id)
    await stage.settle()
    return due


async def test_h051_a_stream_from_the_first_signature_to_the_last_unit(stage: Stage) -> None:
    payer, worker, stranger = await stage.person(), await stage.person(purse=0), await stage.person()
    to = worker.wallet.public_key
    stream = await opened(stage, payer, recipient=to, total="100", end_at=await moment(stage, 100 * DAY))
    assert (await shown(payer, stream))["deposited"] == "100.0000000"
    assert (await stranger.get(f"/v1/streams/{stream}")).status_code == 404
    assert [each["stream_id"] for each in (await worker.get("/v1/streams")).json()] == [stream]
    assert stream not in await sweep(stage)

    await stage.advance(10 * DAY)
    where = stage.world.deployment.stream
    assert where is not None
    at = (await stage.world.ledger.tip()).closed_at
    told = (await shown(payer, stream))["accrued"]
    assert parse_units(told, 7) == await stage.native(streams.accrued(where, stream, at=at))
    assert stream in await sweep(stage)
    assert await stage.balance(to) >= 10 * USDC
    assert stream not in await sweep(stage)

    await done(stage, payer, f"/v1/streams/{stream}/pause")
    paused = await shown(payer, stream)
    assert (paused["status"], paused["ends_at"]) == ("paused", None)
    await stage.advance(30 * DAY)
    assert (await shown(payer, stream))["accrued"] == paused["accrued"]
    assert (await payer.post(f"/v1/streams/{stream}/pause")).json()["code"] == "stream-is-paused"
    await done(stage, payer, f"/v1/streams/{stream}/resume")
    assert (await worker.post(f"/v1/streams/{stream}/pause")).json()["code"] == "not-your-stream"
    await stage.advance(5 * DAY)
    await done(stage, worker, f"/v1/streams/{stream}/cancel")
    over = await shown(payer, stream)
    assert over["status"] == "cancelled"
    assert parse_units(over["paid"], 7) + parse_units(over["returned"], 7) == 100 * USDC
    assert await stage.balance(to) == parse_units(over["paid"], 7)
    assert (await payer.post(f"/v1/streams/{stream}/cancel")).json()["code"] == "stream-is-over"


async def test_p014_a_stream_is_cancelled_in_the_breath_it_began_in(stage: Stage) -> None:
    """While it is built nothing has accrued; when it is applied the recipient is paid."""
    payer, worker = await stage.person(), await stage.person(purse=0)
    to = worker.wallet.public_key
    stream = await opened(stage, payer, recipient=to, total="7", end_at=await moment(stage, DAY))
    drafted = await payer.post(f"/v1/streams/{stream}/cancel")
    await stage.advance(60)
    assert (await stage.sign(payer, drafted))["status"] == "confirmed"
    assert await stage.balance(to) > 0


async def test_an_open_ended_stream_is_topped_up_and_ends_when_it_is_used_up(stage: Stage) -> None:
    payer, worker = await stage.person(), await stage.person(purse=0)
    stream = await opened(stage, payer, recipient=worker.wallet.public_key, rate_per_second="0.0001", deposit="8.64")
    assert (await shown(payer, stream))["rate_per_second"] == "0.0001000"
    await done(stage, payer, f"/v1/streams/{stream}/top-ups", amount="8.64")
    await stage.advance(3 * DAY)
    assert (await payer.post(f"/v1/streams/{stream}/top-ups", json={"amount": "1"})).json()["code"] == "stream-used-up"
    assert stream in await sweep(stage)
    assert (await shown(worker, stream))["status"] == "completed"
    assert await stage.balance(worker.wallet.public_key) == 17_2800000


async def test_h030_a_stream_into_an_invoice_is_settled_by_the_platform(stage: Stage) -> None:
    seller, debtor, investor = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    stream = await opened(stage, debtor, chain_id=chain_id, total="1000", end_at=await moment(stage, 50 * DAY))
    await stage.advance(2 * DAY)
    # It takes nothing before it is funded: the order fails, and is not repeated before tomorrow.
    assert stream in await sweep(stage)
    assert (await shown(debtor, stream))["paid"] == "0.0000000"
    await sweep(stage)
    assert (await stage.invest(investor, chain_id, 900 * USDC))["status"] == "confirmed"
    await stage.advance(23 * DAY)
    assert stream in await sweep(stage)
    assert parse_units((await shown(debtor, stream))["paid"], 7) >= 500 * USDC
    assert (await stage.pay(debtor, chain_id, 400 * USDC))["status"] == "confirmed"
    await stage.advance(30 * DAY)
    assert stream in await sweep(stage)
    over = await shown(debtor, stream)
    assert over["status"] == "completed"
    assert parse_units(over["returned"], 7) == 400 * USDC
    assert await stage.balance(debtor.wallet.public_key) == PURSE - 1_000 * USDC
    assert (await seller.get(f"/v1/marketplace/{chain_id}")).json()["outstanding"] == "0.0000000"


async def test_h079_p066_what_the_recipient_could_not_take_waits_and_is_sent_later(stage: Stage) -> None:
    payer, worker = await stage.person(), await stage.person(purse=0)
    to = worker.wallet.public_key
    stream = await opened(stage, payer, recipient=to, rate_per_second="0.0001", deposit="8.64")
    await stage.close_trustline(worker.wallet)
    await stage.advance(2 * DAY)
    await sweep(stage)
    assert (await shown(payer, stream))["status"] == "completed"
    waiting = (await worker.get("/v1/streams/owed")).json()
    assert [each["amount"] for each in waiting] == ["8.6400000"]
    assert not (await reconcile(stage.maker, stage.world)).differences
    async with transaction(stage.maker) as session:
        await session.execute(text(f"UPDATE stream_owed SET units = units + 1 WHERE owner = '{to}'"))
    found = (await reconcile(stage.maker, stage.world)).differences
    assert sorted(each.where.split(" ")[0] for each in found) == ["journal", "owed", "stream"]
    async with transaction(stage.maker) as session:
        await session.execute(text(f"UPDATE stream_owed SET units = units - 1 WHERE owner = '{to}'"))
    assert (await payer.get("/v1/streams/owed")).json() == []
    assert (await payer.post("/v1/streams/owed/withdrawals", json={"asset": "USDC"})).json()["code"] == "nothing-waits"
    await stage.open_trustline(worker.wallet)
    assert (await worker.post("/v1/streams/owed/withdrawals", json={"asset": "USDC"})).status_code == 202
    await stage.settle()
    assert await stage.balance(to) == 86_400_000
    assert (await worker.get("/v1/streams/owed")).json() == []


async def test_p063_the_pot_of_the_streams_is_compared_to_the_unit(stage: Stage) -> None:
    payer, worker = await stage.person(), await stage.person(purse=0)
    to = worker.wallet.public_key
    await opened(stage, payer, recipient=to, total="100", end_at=await moment(stage, 100 * DAY))
    over = await opened(stage, payer, recipient=to, rate_per_second="0.0001", deposit="8.64")
    await stage.advance(2 * DAY)
    assert over in await sweep(stage)
    ended = await opened(stage, payer, recipient=to, total="7", end_at=await moment(stage, DAY))
    await done(stage, payer, f"/v1/streams/{ended}/cancel")
    assert not (await reconcile(stage.maker, stage.world)).differences
    for damage, back, fields in (
        ("stream SET paid_units = paid_units - 1", "stream SET paid_units = paid_units + 1", ["paid"]),
        ("stream SET returned_units = returned_units - 1", "stream SET returned_units = returned_units + 1", []),
    ):
        one = f"WHERE stream_id = '{over}'"
        async with transaction(stage.maker) as session:
            await session.execute(text(f"UPDATE {damage} {one}"))
        differences = (await reconcile(stage.maker, stage.world)).differences
        (found,) = [each for each in differences if each.field == "balance" and each.where.startswith("stream ")]
        assert [each.field for each in differences if each.where == f"payment stream {over}"] == fields
        assert (found.where, found.field) == (f"stream {stage.world.deployment.stream} in USDC", "balance")
        assert int(found.database.removeprefix(">= ")) == int(found.ledger) + 1
        async with transaction(stage.maker) as session:
            await session.execute(text(f"UPDATE {back} {one}"))
    assert not (await reconcile(stage.maker, stage.world)).differences


async def test_p041_streams_are_rebuilt_from_the_log(stage: Stage) -> None:
    payer, worker = await stage.person(), await stage.person(purse=0)
    stream = await opened(stage, payer, recipient=worker.wallet.public_key, rate_per_second="0.0001", deposit="86.4")
    await stage.advance(DAY)
    await sweep(stage)
    await done(stage, payer, f"/v1/streams/{stream}/pause")
    before = await stage.projections()
    await stage.forget_projections()
    await stage.replay()
    assert await stage.projections() == before
    assert before["stream"]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"total": "0", "recipient": "W"}, "stream-amount-not-positive"),
        ({"total": "-1", "recipient": "W"}, "amount-invalid"),
        ({"total": "5"}, "stream-shape-ambiguous"),
        ({"total": "5", "recipient": "W", "deposit": "5"}, "stream-shape-ambiguous"),
        ({"total": "5", "recipient": "W", "asset": "DOGE"}, "stream-asset-unknown"),
        ({"total": "5", "recipient": "W", "end_at": "2020-01-01T00:00:00Z"}, "stream-ends-too-early"),
        ({"total": "5", "chain_id": "0" * 64}, "escrow-not-found"),
    ],
)
async def test_wishes_that_make_no_stream(stage: Stage, wish: dict[str, Any], code: str) -> None:
    payer, worker = await stage.person(), await stage.person(purse=0)
    body = {"asset": "USDC", "end_at": await moment(stage, DAY)} | wish
    if "recipient" in body:
        body["recipient"] = worker.wallet.public_key
    answer = await payer.post("/v1/streams", json=body)
    assert answer.json()["code"] == code, answer.text
