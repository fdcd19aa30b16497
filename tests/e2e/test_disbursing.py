"""Batches of payments, end to end on the local network: who is paid, who is not and why, and never twice."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from paying import approved, lines, open_channels, payee, rows, work
from people import Person
from stage import Stage
from stellar_sdk import Asset, Keypair, MuxedAccount

from tenor import cli
from tenor.chain import channels
from tenor.db import transaction
from tenor.disbursements import jobs as paying
from tenor.disbursements.parse import BatchRefused
from tenor.kernel.money import to_decimal

USDC = 10**7
Desk = Callable[[], Awaitable[tuple[Person, Person]]]


@pytest.fixture
def desk(stage: Stage) -> Desk:
    async def people() -> tuple[Person, Person]:
        return await stage.log_in(stage.keys.roles["operator"]), await stage.log_in(stage.keys.roles["admin"])

    return people


async def fund(stage: Stage, units: int) -> str:
    treasury = stage.world.signer.address("treasury")
    await stage.give(treasury, units)
    return treasury


async def test_p033_p034_a_batch_pays_who_can_be_paid_and_says_why_others_are_not(stage: Stage, desk: Desk) -> None:
    proposer, approver = await desk()
    await open_channels(stage, 3)
    treasury = await fund(stage, 1_000 * USDC)
    plain, full, muxed = [await payee(stage) for _ in range(3)]
    bare, nobody = await payee(stage, trustline=False), Keypair.random()
    await stage.direct.submit(full, lambda b: b.append_change_trust_op(stage.asset, limit="1"))
    contract = stage.world.deployment.distributor
    before = await stage.balance(treasury)
    many = MuxedAccount(muxed.public_key, 2**64 - 1).account_muxed or ""
    wanted = rows((plain.public_key, "10.5"), (many, "3"), (full.public_key, "2"), (bare.public_key, "4"))
    wanted += rows((nobody.public_key, "1")) + rows((muxed.public_key, "7"), memo="salary", memo_type="text")
    batch = await approved(stage, proposer, approver, payments=wanted)
    refused = await proposer.post(
        "/v1/disbursements", json={"name": "x", "asset": "USDC", "payments": rows((contract, "1"))}
    )
    assert refused.status_code == 422  # our own contracts are no payees (P43)
    await work(stage)
    told = {line.number: (line.status, line.code) for line in await lines(stage, batch)}
    assert told == {
        1: ("paid", None), 2: ("paid", None), 6: ("paid", None),
        3: ("parked", "LINE_FULL"), 4: ("parked", "NO_TRUST"), 5: ("parked", "NO_DESTINATION"),
    }  # fmt: skip
    assert await stage.balance(plain.public_key) == 105_000_000
    assert await stage.balance(muxed.public_key) == 10 * USDC
    assert before - await stage.balance(treasury) == 105_000_000 + 10 * USDC
    # The trustline appears, and the line is paid; nothing else is paid again.
    await stage.open_trustline(bare)
    for batch_id in await paying.due_again(stage.maker, stage.world):
        await paying.look_again(stage.maker, stage.world, str(batch_id))
    await work(stage)
    assert await stage.balance(bare.public_key) == 4 * USDC
    assert await stage.balance(plain.public_key) == 105_000_000
    shown = (await proposer.get(f"/v1/disbursements/{batch}")).json()
    assert (shown["status"], shown["sums"]["paid"]) == ("running", {"payments": 4, "amount": "24.5000000"})
    statement = (await proposer.get(f"/v1/disbursements/{batch}/statement")).text
    assert "The account has no trustline" not in statement
    assert "The account does not exist on the network." in statement
    ended = await proposer.post(f"/v1/disbursements/{batch}/end")
    assert ended.json()["sums"]["cancelled"]["payments"] == 2


async def test_p033_one_that_goes_bad_on_the_ledger_is_taken_out_and_the_rest_goes_again(
    stage: Stage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pre-flight saw them all fine: two trustlines vanish before the pack lands."""
    proposer, approver = await desk()
    await open_channels(stage, 2)
    treasury = await fund(stage, 100 * USDC)
    good = [await payee(stage) for _ in range(3)]
    bad = [await payee(stage) for _ in range(2)]
    wanted = rows(*((each.public_key, "1") for each in [good[0], bad[0], good[1], bad[1], good[2]]))
    batch = await approved(stage, proposer, approver, payments=wanted)
    before = await stage.balance(treasury)
    await paying.pay(stage.maker, stage.world, str(batch))
    for each in bad:
        await stage.direct.submit(each, lambda b: b.append_change_trust_op(stage.asset, limit="0"))
    await work(stage)
    told = {line.number: (line.status, line.code, line.tries) for line in await lines(stage, batch)}
    assert told == {
        1: ("paid", None, 1), 3: ("paid", None, 1), 5: ("paid", None, 1),
        2: ("parked", "NO_TRUST", 1), 4: ("parked", "NO_TRUST", 1),
    }  # fmt: skip
    assert before - await stage.balance(treasury) == 3 * USDC
    assert [await stage.balance(each.public_key) for each in good] == [USDC] * 3


async def test_p037_p018_a_batch_waits_for_the_balance_with_a_reason(stage: Stage, desk: Desk) -> None:
    proposer, approver = await desk()
    await open_channels(stage, 2)
    treasury = await fund(stage, USDC)
    has = await stage.balance(treasury)
    first, second = await payee(stage), await payee(stage)
    half = to_decimal(has // 2 + 1, 7)
    batches = [
        await approved(stage, proposer, approver, payments=rows((each.public_key, half))) for each in (first, second)
    ]
    await work(stage)
    statuses = sorted([line.status for batch in batches for line in await lines(stage, batch)])
    assert statuses == ["paid", "ready"]
    shown = [(await proposer.get(f"/v1/disbursements/{batch}")).json() for batch in batches]
    waits = [each["waiting"] for each in shown if each["status"] == "running"]
    assert len(waits) == 1
    assert waits[0].startswith("The treasury can spend")
    await stage.give(treasury, has)
    await work(stage)
    assert [line.status for batch in batches for line in await lines(stage, batch)] == ["paid", "paid"]


async def test_p044_a_contract_is_paid_by_a_call_through_a_channel(stage: Stage, desk: Desk) -> None:
    proposer, approver = await desk()
    await open_channels(stage, 2)
    await fund(stage, 100 * USDC)
    other = Asset("OTHER", stage.keys.issuer.public_key)  # its asset contract's address can hold money like any other
    contract = other.contract_id(stage.world.ledger.passphrase)
    batch = await approved(stage, proposer, approver, payments=rows((contract, "5")))
    await work(stage)
    assert [line.status for line in await lines(stage, batch)] == ["paid"]
    assert await stage.balance(contract) == 5 * USDC
    assert (await proposer.get(f"/v1/disbursements/{batch}")).json()["status"] == "completed"


async def test_a_claimable_balance_is_claimed_or_comes_back(stage: Stage, desk: Desk) -> None:
    proposer, approver = await desk()
    await open_channels(stage, 1)
    treasury = await fund(stage, 100 * USDC)
    claims, sleeps = await payee(stage, trustline=False), Keypair.random()
    wanted = rows((claims.public_key, "5"), (sleeps.public_key, "6"))
    batch = await approved(stage, proposer, approver, payments=wanted, when_missing="claimable", reclaim_days=1)
    await work(stage)
    held = await lines(stage, batch)
    assert [line.status for line in held] == ["held", "held"]
    before = await stage.balance(treasury)
    await stage.open_trustline(claims)
    await stage.direct.submit(
        claims, lambda b: b.append_claim_claimable_balance_op("00000000" + str(held[0].balance_id))
    )
    await paying.watch(stage.maker, stage.world)
    assert [line.status for line in await lines(stage, batch)] == ["claimed", "held"]
    assert (await proposer.post(f"/v1/disbursements/{batch}/reclaim")).json() == {"payments": 0}
    await stage.advance(86_400 + 60)
    proposer = await stage.log_in(stage.keys.roles["operator"])
    assert (await proposer.post(f"/v1/disbursements/{batch}/reclaim")).json() == {"payments": 1}
    await work(stage)
    assert [line.status for line in await lines(stage, batch)] == ["claimed", "reclaimed"]
    assert await stage.balance(treasury) - before == 6 * USDC


async def test_channels_are_opened_topped_up_and_merged(stage: Stage) -> None:
    await open_channels(stage, 3)
    seen = await channels.verify(stage.maker, stage.world)
    assert all(0 < (each.spare_stroops or 0) <= channels.STARTING_STROOPS - 10_000_000 for each in seen)
    async with transaction(stage.maker) as session:
        assert await channels.top_up(session, stage.world, seen, stroops=1) == []
        await channels.top_up(session, stage.world, seen, stroops=70_000_000)
    await work(stage)
    seen = await channels.verify(stage.maker, stage.world)
    assert [each.spare_stroops for each in seen] == [70_000_000] * 3
    async with transaction(stage.maker) as session:
        await channels.merge(session, stage.world, seen[1:])
    await work(stage)
    assert [each.state for each in await channels.verify(stage.maker, stage.world)] == ["ready", "closed", "closed"]
    await open_channels_again(stage)


async def open_channels_again(stage: Stage) -> None:
    """A number is never used twice: its account's sequence began anew."""
    async with transaction(stage.maker) as session:
        await channels.open_more(session, stage.world, 1)
    await work(stage)
    assert [each.number for each in await channels.verify(stage.maker, stage.world) if each.state == "ready"] == [1, 4]


async def test_the_commands_open_channels_and_propose_a_file(
    stage: Stage, installation: dict[str, str], database_url: str, redis_url: str, tmp_path: Path
) -> None:
    environment = installation | {"DATABASE_URL": database_url, "REDIS_URL": redis_url}

    async def tenor(*words: str) -> Result:
        """In a thread, because a command runs a loop of its own."""
        return await asyncio.to_thread(CliRunner().invoke, cli.tenor, list(words), env=environment)

    dry = await tenor("channels", "create", "--count", "2", "--dry-run")
    assert dry.output == "2 channels with 5.0000000 XLM each, from the treasury\n"
    assert (await tenor("channels", "list")).output == "0 of 0 ready\n"
    made = await tenor("channels", "create", "--count", "2")
    assert made.exit_code == 0, made.output
    assert made.output.splitlines()[-1] == "2 channels ready"
    topped = await tenor("channels", "top-up", "--xlm", "9")
    assert "top up channels 1-2: confirmed" in topped.output
    file = tmp_path / "pay.csv"
    file.write_text(f"payee,amount\n{Keypair.random().public_key},1\nnobody,2\n")
    refused = await tenor("disburse", str(file), "--asset", "USDC")
    assert refused.output.startswith("line 3, payee: 'nobody'")
    assert isinstance(refused.exception, BatchRefused)
    file.write_text(f"payee,amount\n{Keypair.random().public_key},1\n")
    proposed = await tenor("disburse", str(file), "--asset", "USDC", "--name", "November")
    assert proposed.output.endswith("1 payments, 1.0000000 USDC; waits for its second person\n")
    merged = await tenor("channels", "merge")
    assert merged.output.splitlines()[-1] == "0 channels ready", merged.output
