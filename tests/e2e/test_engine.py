"""The engine on the real ledger: larger outcomes fit what was built for smaller ones, and all can be checked."""

from typing import Any

import pytest
from people import Person
from sqlalchemy import delete, select, text, update
from stage import DAY, USDC, Stage
from stellar_sdk import TransactionEnvelope, xdr

from tenor import replay
from tenor.books import flows as books
from tenor.chain import verify
from tenor.chain.gaps import fetch_again, gaps
from tenor.chain.index import decoder_of
from tenor.chain.models import ContractEvent
from tenor.chain.stuck import stuck
from tenor.db import transaction
from tenor.ledger import calls, footprint
from tenor.ledger.envelopes import Built
from tenor.ledger.footprint import Fingerprint, Footprint, Parties, Settlement
from tenor.ledger.submission import Applied
from tenor.reconcile import reconcile


async def parties(stage: Stage, chain_id: str, seller: Person, caller: Person) -> Parties:
    here = stage.world.deployment
    asset = here.assets[0]
    stored = await stage.native(calls.get_escrow(here.escrow, chain_id))
    assert here.registry is not None
    return Parties(
        escrow=here.escrow,
        distributor=here.distributor,
        token=await stage.token(chain_id),
        asset=Settlement(asset.contract, asset.code, asset.issuer),
        seller=seller.address,
        treasury=stage.world.signer.address("treasury"),
        caller=caller.address,
        fingerprint=Fingerprint(here.registry, here.wasm_hashes["registry"], stored["fingerprint"].hex()),
        debtor_key=stored["debtor_key"].hex(),
    )


async def build(stage: Stage, person: Person, call: calls.Invocation, extra: Footprint) -> Built:
    return await stage.world.ledger.build(call, source=person.address, valid_seconds=300, extra=extra)


async def land(stage: Stage, person: Person, built: Built) -> Applied:
    envelope = TransactionEnvelope.from_xdr(built.envelope_xdr, stage.world.ledger.passphrase)
    envelope.sign(person.wallet)
    await stage.world.ledger.send(envelope.to_xdr())
    seen = await stage.world.ledger.seen(built.hash)
    assert isinstance(seen, Applied), seen
    return seen


def resources(built: Built) -> xdr.SorobanResources:
    envelope = xdr.TransactionEnvelope.from_xdr(built.envelope_xdr).v1
    assert envelope is not None
    assert envelope.tx.ext.soroban_data is not None
    return envelope.tx.ext.soroban_data.resources


def keys(built: Built) -> set[str]:
    held = resources(built).footprint
    return {key.to_xdr() for key in (*held.read_only, *held.read_write)}


async def test_h089_p014_a_payment_built_as_a_part_lands_as_the_settling_one(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    escrow = stage.world.deployment.escrow

    def payment(person: Person, units: int, number: int) -> tuple[calls.Invocation, Any]:
        payment_id = f"{number:064x}"
        call = calls.record_payment(escrow, chain_id, payer=person.address, units=units, payment_id=payment_id)
        return call, calls.payment_key(chain_id, person.address, payment_id)

    small, small_key = payment(seller, 400 * USDC, 1)
    extra = footprint.for_payment(await parties(stage, chain_id, seller, seller), payment_key=small_key)
    late = await build(stage, seller, small, extra)
    bare = await build(stage, seller, small, footprint.NOTHING)
    big, big_key = payment(debtor, 600 * USDC, 2)
    first = await build(
        stage, debtor, big, footprint.for_payment(await parties(stage, chain_id, seller, debtor), payment_key=big_key)
    )
    assert (await land(stage, debtor, first)).success

    # Now the same call would settle: fee to the treasury, reserve to the seller. What it touches was built in before.
    settling = await build(stage, seller, small, footprint.NOTHING)
    assert keys(settling) <= keys(late)
    assert not keys(settling) <= keys(bare)
    assert resources(settling).instructions.uint32 <= resources(late).instructions.uint32
    assert resources(settling).write_bytes.uint32 <= resources(late).write_bytes.uint32
    landed = await land(stage, seller, late)
    assert landed.success, landed
    await stage.settle()
    assert (await stage.native(calls.get_status(escrow, chain_id))) == 2
    assert not (await reconcile(stage.maker, stage.world)).differences


async def test_h089_p014_a_funding_built_as_a_part_has_room_for_the_release(stage: Stage) -> None:
    seller, debtor, ines, ivo = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    terms_hash = bytes.fromhex(
        (await stage.native(calls.get_escrow(stage.world.deployment.escrow, chain_id)))["terms_hash"].hex()
    )

    def funding(person: Person, units: int) -> calls.Invocation:
        return calls.fund_escrow(
            stage.world.deployment.escrow, chain_id, investor=person.address, max_units=units, min_units=10 * USDC,
            terms_hash=terms_hash,
        )  # fmt: skip

    extra = footprint.for_funding(await parties(stage, chain_id, seller, ines))
    late = await build(stage, ines, funding(ines, 600 * USDC), extra)
    bare = await build(stage, ines, funding(ines, 600 * USDC), footprint.NOTHING)
    first = await build(stage, ivo, funding(ivo, 500 * USDC), footprint.NOTHING)
    assert (await land(stage, ivo, first)).success
    completing = await build(stage, ines, funding(ines, 600 * USDC), footprint.NOTHING)
    assert keys(completing) <= keys(late)
    assert not keys(completing) <= keys(bare)
    assert resources(completing).instructions.uint32 <= resources(late).instructions.uint32
    before = await stage.balance(ines.address)
    assert (await land(stage, ines, late)).success
    assert await stage.balance(ines.address) == before - 400 * USDC
    await stage.settle()
    assert (await stage.native(calls.get_status(stage.world.deployment.escrow, chain_id))) == 1


@pytest.fixture
async def lived(stage: Stage) -> Stage:
    """A ledger on which everything has happened once."""
    seller, debtor, ines, ivo = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 500 * USDC)
    await stage.invest(ivo, chain_id, 400 * USDC)
    await stage.advance(DAY)
    await stage.pay(debtor, chain_id, 300 * USDC)
    await stage.listed(seller, debtor)
    await stage.settle()
    return stage


async def test_p069_p070_replay_rebuilds_what_was_damaged_and_says_where(lived: Stage) -> None:
    decoder = decoder_of(lived.world)
    whole = await replay.check(lived.maker, decoder)
    assert whole.different == ()
    assert whole.events > 10
    assert whole.tables == len(replay.projections()) > 5
    async with transaction(lived.maker) as session:
        await session.execute(text("UPDATE holding SET shares = shares + 1 WHERE shares = 4000000000"))
        await session.execute(text("DELETE FROM funding"))
    assert (await reconcile(lived.maker, lived.world)).unbalanced
    damaged = await replay.check(lived.maker, decoder)
    assert {row.table for row in damaged.different} == {"holding", "funding"}
    assert {row.side for row in damaged.different if row.table == "funding"} == {"replayed"}
    assert (await replay.check(lived.maker, decoder)).different == damaged.different
    assert (await replay.replay(lived.maker, decoder)).different == damaged.different
    assert (await replay.check(lived.maker, decoder)).different == ()
    await lived.settle()
    whole_again = await reconcile(lived.maker, lived.world)
    assert not whole_again.differences
    assert not whole_again.unbalanced


async def test_p050_p063_one_unit_off_is_found_and_named(lived: Stage) -> None:
    clean = await reconcile(lived.maker, lived.world)
    assert clean.differences == ()
    assert clean.compared > 40
    damages = {
        "holding SET shares = shares + 1 WHERE shares = 4000000000": ("holder", "balance"),
        "holding SET accrued_scaled = accrued_scaled - 1": ("holder", "earned"),
        "escrow SET received_units = received_units - 1 WHERE status = 'funded'": ("escrow", "money.received"),
        "escrow SET status = 'settled' WHERE status = 'funded'": ("escrow", "status"),
        "share_token SET index_scaled = index_scaled + 1 WHERE unlocked": ("share token", "index"),
        "share_token SET paid_units = paid_units - 1 WHERE unlocked": ("payout account", "paid"),
    }
    for damage, (where, field) in damages.items():
        async with transaction(lived.maker) as session:
            await session.execute(text(f"UPDATE {damage}"))
        found = (await reconcile(lived.maker, lived.world)).differences
        assert any(each.where.startswith(where) and each.field == field for each in found), (damage, found)
        await replay.replay(lived.maker, decoder_of(lived.world))
    assert (await reconcile(lived.maker, lived.world)).differences == ()


LAST_RELEASE = "SELECT max(id) FROM contract_event WHERE type = 'InvoiceReleased'"


async def test_p070_events_that_are_missing_in_the_log_are_fetched_again(lived: Stage) -> None:
    decoder = decoder_of(lived.world)
    async with transaction(lived.maker) as session:
        ledger = await session.scalar(text(f"DELETE FROM contract_event WHERE id = ({LAST_RELEASE}) RETURNING ledger"))
    assert len((await gaps(lived.maker, lived.world)).missing) == 1
    assert await fetch_again(lived.maker, lived.world, ledger) == 1
    assert await fetch_again(lived.maker, lived.world, ledger) == 0
    assert (await gaps(lived.maker, lived.world)).clean
    assert (await replay.check(lived.maker, decoder)).different == ()


async def test_p069_what_one_ledger_changed_is_told_row_by_row(lived: Stage) -> None:
    async with transaction(lived.maker) as session:
        ledger = await session.scalar(text(f"SELECT ledger FROM contract_event WHERE id = ({LAST_RELEASE})"))
    told = await replay.changed_by(lived.maker, decoder_of(lived.world), ledger)
    assert {("escrow", "before"), ("escrow", "after"), ("release", "after")} <= {
        (row.table, row.side) for row in told.different
    }
    assert ("release", "before") not in {(row.table, row.side) for row in told.different}
    assert (await replay.changed_by(lived.maker, decoder_of(lived.world), 1)).different == ()
    assert (await replay.check(lived.maker, decoder_of(lived.world))).different == (), "nothing was changed by asking"


async def test_p050_p147_the_trial_balance_is_the_ledgers_to_the_unit(lived: Stage) -> None:
    here = lived.world.deployment
    async with transaction(lived.maker) as session:
        balances = await books.trial_balance(session)
        assert await books.unbalanced(session) == []
        paid = await books.fees(session)
    pots = {each.account: each.units for each in balances if each.asset == here.assets[0].contract}
    assert sum(pots.values()) == 0
    assert sum(units for units in pots.values() if units > 0) >= 900 * USDC
    assert pots[here.escrow] == await lived.balance(here.escrow)
    assert pots[here.distributor] == await lived.balance(here.distributor)
    assert sum(each.units for each in paid) == 0
    assert paid[-1].units > 0
    async with transaction(lived.maker) as session:
        await session.execute(text("UPDATE journal_line SET units = units - 1 WHERE what = 'investment' AND units > 0"))
    report = await reconcile(lived.maker, lived.world)
    assert [each for each in report.differences if each.where.startswith("journal of escrow")]
    assert any(each.startswith("journal: the lines of event") for each in report.unbalanced)
    await replay.replay(lived.maker, decoder_of(lived.world))
    whole = await reconcile(lived.maker, lived.world)
    assert (whole.differences, whole.unbalanced) == ((), ())


async def test_p057_p070_a_hole_in_the_log_is_found(lived: Stage) -> None:
    found = await gaps(lived.maker, lived.world)
    assert found.clean, found
    async with transaction(lived.maker) as session:
        gone = (await session.scalars(select(ContractEvent.id).order_by(ContractEvent.id).offset(5).limit(2))).all()
        await session.execute(delete(ContractEvent).where(ContractEvent.id.in_(gone)))
        other = await session.scalar(select(ContractEvent.id).order_by(ContractEvent.id.desc()).limit(1))
        await session.execute(update(ContractEvent).where(ContractEvent.id == other).values(id="9" + str(other)[1:]))
    holed = await gaps(lived.maker, lived.world)
    assert holed.missing == (*gone, other)
    assert not holed.clean


async def test_p045_stuck_says_what_happens_next(stage: Stage) -> None:
    from tenor.chain import flows

    assert await stuck(stage.maker, stage.world) == []
    async with transaction(stage.maker) as session:
        row = await flows.order(
            session, role="operator", purpose="set_allowed", purpose_key="stuck", subject="x",
            call=calls.set_allowed(stage.world.deployment.escrow, account=stage.keys.issuer.public_key, allowed=True),
        )  # fmt: skip
    (listed,) = await stuck(stage.maker, stage.world)
    assert (listed.id, listed.status) == (row.id, "planned")
    assert "tenor worker" in listed.next_step
    await stage.settle()
    assert await stuck(stage.maker, stage.world) == []


async def test_the_code_on_the_ledger_is_the_code_deployed(stage: Stage) -> None:
    codes = await verify.contracts(stage.world)
    assert [code.contract for code in codes] == ["escrow", "distributor", "registry", "stream", "market", "token"]
    assert all(code.same for code in codes)
