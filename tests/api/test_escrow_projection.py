"""An escrow's row follows its events, and the marketplace shows it: on a real database, without a ledger."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import Cursor
from tenor.db import Maker, transaction
from tenor.invoices import projections
from tenor.invoices.escrows import books_of, deal_of, escrow_of, is_expired
from tenor.invoices.marketplace import Filters, find
from tenor.invoices.models import Debtor, Escrow
from tenor.invoices.pricing import at_funding, claim_at, net_yield_bps, pay
from tenor.invoices.projections import EscrowMissing
from tenor.kernel.ids import new_id
from tenor.ledger import events
from tenor.ledger.calls import Accrual, Terms
from tenor.ledger.events import RawEvent, Status

CREATED_AT = 1_800_000_000
DAY = 86_400
SELLER = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"
DEBTOR = "GBRPYHIL2CI3FNQ4BXLFMNDLFJUNPU2HY3ZMFSHONUCEOASW7QC7OX2H"
USDC = "CCJCRLP25FAIYN4KW7RYDRVTKMTKAVGX46B57U7PBVYBZFUQMRXEVDIG"
KEY = "ab" * 32

TERMS = Terms(
    asset=USDC,
    advance=900_0000000,
    claim=930_0000000,
    face=1_000_0000000,
    funding_deadline=CREATED_AT + 10 * DAY,
    due=CREATED_AT + 60 * DAY,
    accrual=Accrual.LINEAR,
    min_earned_days=7,
    late_bps_per_day=5,
    late_days_max=90,
    grace_days=30,
    origination_fee_bps=100,
    profit_fee_bps=1_000,
    min_ticket=1_0000000,
    min_payment=1_0000000,
    recourse=True,
    restricted=True,
    document="cd" * 32,
)


def raw(index: int, at: int) -> RawEvent:
    return RawEvent(f"{index:019}-0000000001", 100 + index, at, "C" * 56, "ee" * 32, (), "")


def chain_id(number: int) -> str:
    return f"{number:064x}"


async def create(session: AsyncSession, number: int, *, at: int = CREATED_AT, **changes: Any) -> None:
    await projections.on_invoice_created(
        session,
        events.InvoiceCreated(
            raw=raw(number, at),
            invoice_id=chain_id(number),
            seller=SELLER,
            reference="01" * 32,
            token=f"C{number:055}",
            treasury=SELLER,
            terms=replace(TERMS, **changes),
            terms_hash="02" * 32,
        ),
    )


async def attest(session: AsyncSession, number: int, *, key: str = KEY) -> None:
    await projections.on_invoice_attested(
        session,
        events.InvoiceAttested(
            raw=raw(number, CREATED_AT),
            invoice_id=chain_id(number),
            debtor=DEBTOR,
            debtor_key=key,
            fingerprint="03" * 32,
        ),
    )


async def fund(session: AsyncSession, number: int, *, funded_at: int) -> None:
    advance = TERMS.advance
    await projections.on_invoice_funded(
        session,
        events.InvoiceFunded(raw(7, funded_at), chain_id(number), SELLER, advance, 0, advance, advance),
    )
    await projections.on_invoice_released(
        session,
        events.InvoiceReleased(raw(8, funded_at), chain_id(number), funded_at, advance - 9_0000000, 9_0000000, 0),
    )


async def clock(session: AsyncSession, at: int) -> None:
    await session.merge(Cursor(name="events", position=None, ledger=1, closed_at=at, halted=None))
    await session.flush()


async def grade(session: AsyncSession, key: str, letter: str) -> None:
    session.add(
        Debtor(
            id=new_id(),
            name="Example AG",
            vat_id=f"DE{key[:9]}",
            country="DE",
            sector="machines",
            grade=letter,
            status="active",
            address=None,
            debtor_key=key,
            created_at=datetime.fromtimestamp(CREATED_AT, UTC),
        )
    )
    await session.flush()


async def test_a_life_from_creation_to_settlement(database: Maker) -> None:
    funded_at, paid_at = CREATED_AT + 3 * DAY, CREATED_AT + 61 * DAY
    async with transaction(database) as session:
        await create(session, 1)
        row = await escrow_of(session, chain_id(1))
        assert (row.status, row.attested, row.funded_units, row.tenor_days) == ("open", False, 0, 60)
        assert row.net_yield_bps == net_yield_bps(
            advance_units=TERMS.advance, claim_units=TERMS.claim, profit_fee_bps=1_000, seconds=60 * DAY
        )
        assert not is_expired(row, TERMS.funding_deadline)
        assert is_expired(row, TERMS.funding_deadline + 1)
        await attest(session, 1)
        await projections.on_invoice_acknowledged(
            session,
            events.InvoiceAcknowledged(
                raw(5, CREATED_AT + 9), chain_id(1), DEBTOR, TERMS.face, TERMS.due, CREATED_AT + 9
            ),
        )
        await fund(session, 1, funded_at=funded_at)
        row = await escrow_of(session, chain_id(1))
        assert (row.status, row.funded_at, row.released_units) == ("funded", funded_at, 891_0000000)
        assert (row.attested, row.acknowledged_at, row.debtor) == (True, CREATED_AT + 9, DEBTOR)
        assert books_of(row) == at_funding(deal_of(row))

        claim = claim_at(deal_of(row), books_of(row), paid_at)
        after, split = pay(deal_of(row), books_of(row), amount_units=TERMS.face, at=paid_at)
        await projections.on_payment_recorded(
            session,
            events.PaymentRecorded(
                raw=raw(9, paid_at),
                invoice_id=chain_id(1),
                payer=DEBTOR,
                payment_id="04" * 32,
                payment_key="05" * 32,
                amount=TERMS.face,
                to_holders=split.to_holders_units,
                fee=split.fee_units,
                to_seller=split.to_seller_units,
                received_before=0,
                received_after=after.received_units,
                holders_gross_before=0,
                holders_gross_after=after.holders_gross_units,
                fee_taken=after.fee_taken_units,
                earned=after.earned_units,
                late=after.late_units,
                late_days_charged=after.late_days_charged,
                checkpoint_at=after.checkpoint_at,
                recourse_paid=after.recourse_paid_units,
                claim=claim,
                status_before=Status.FUNDED,
                status_after=Status.SETTLED,
                at=paid_at,
            ),
        )
        await projections.on_invoice_settled(
            session, events.InvoiceSettled(raw(10, paid_at), chain_id(1), claim, paid_at)
        )
        row = await escrow_of(session, chain_id(1))
        assert books_of(row) == after
        assert (row.status, row.settled_at, row.late_days_charged) == ("settled", paid_at, 1)
        assert (row.last_ledger, row.last_event_id) == (110, raw(10, 0).id)


async def test_h075_a_dispute_and_a_credit_note_are_in_the_books(database: Maker) -> None:
    opened_at, lapses_at = TERMS.due + DAY, TERMS.due + 61 * DAY
    async with transaction(database) as session:
        await create(session, 1)
        await fund(session, 1, funded_at=CREATED_AT + DAY)
        dispute = events.DisputeOpened(raw(9, 1), chain_id(1), DEBTOR, "06" * 32, opened_at, lapses_at)
        await projections.on_dispute_opened(session, dispute)
        row = await escrow_of(session, chain_id(1))
        during = books_of(row)
        assert (during.dispute_from, during.dispute_until) == (opened_at, lapses_at)
        # The late clock stands still meanwhile.
        assert claim_at(deal_of(row), during, opened_at) == claim_at(deal_of(row), during, lapses_at)
        resolved = events.DisputeResolved(raw(10, 1), chain_id(1), True, 5 * DAY, 5 * DAY, opened_at + 5 * DAY)
        await projections.on_dispute_resolved(session, resolved)
        reduced = events.FaceReduced(raw(11, 1), chain_id(1), 7, TERMS.face, TERMS.face - 7, 0, opened_at + 5 * DAY)
        await projections.on_face_reduced(session, reduced)
        after = books_of(await escrow_of(session, chain_id(1)))
        assert (after.dispute_from, after.dispute_until, after.disputed_seconds) == (0, 0, 5 * DAY)
        assert (after.face_units, deal_of(row).face_units) == (TERMS.face - 7, TERMS.face)


async def test_the_other_ends_of_an_open_and_a_funded_invoice(database: Maker) -> None:
    async with transaction(database) as session:
        await create(session, 1)
        await create(session, 2)
        await projections.on_invoice_cancelled(session, events.InvoiceCancelled(raw(5, 1), chain_id(1), SELLER, 40))
        await projections.on_invoice_refunded(
            session, events.InvoiceRefunded(raw(6, 1), chain_id(1), DEBTOR, 40, 0, 40)
        )
        cancelled = await escrow_of(session, chain_id(1))
        assert (cancelled.status, cancelled.cancelled_by, cancelled.refunded_units) == ("cancelled", SELLER, 40)
        await fund(session, 2, funded_at=CREATED_AT + DAY)
        await projections.on_invoice_defaulted(
            session, events.InvoiceDefaulted(raw(9, 1), chain_id(2), TERMS.claim, 0, 0, TERMS.due + 31 * DAY)
        )
        defaulted = await escrow_of(session, chain_id(2))
        assert (defaulted.status, defaulted.defaulted_at) == ("defaulted", TERMS.due + 31 * DAY)


async def test_p064_an_event_of_an_unknown_invoice_stops_the_cursor(database: Maker) -> None:
    with pytest.raises(EscrowMissing, match="not in the log"):
        async with transaction(database) as session:
            await attest(session, 77)


@pytest.mark.parametrize("sort", ["newest", "yield", "due", "amount"])
async def test_every_offer_is_seen_once_whatever_the_page_size(database: Maker, sort: Any) -> None:
    async with transaction(database) as session:
        await clock(session, CREATED_AT + DAY)
        await grade(session, KEY, "A")
        for number in range(1, 24):
            await create(
                session,
                number,
                at=CREATED_AT + number % 3,
                due=TERMS.due + (number % 4) * DAY,
                advance=TERMS.advance - (number % 5) * 1_0000000,
            )
            await attest(session, number)
    seen: list[str] = []
    values: list[int] = []
    after: tuple[int, str] | None = None
    while True:
        rows = await find(database, Filters(), sort=sort, after=after, limit=5)
        if not rows:
            break
        seen += [row["chain_id"] for row in rows]
        values += [row["sort_value"] for row in rows]
        after = (rows[-1]["sort_value"], rows[-1]["chain_id"])
    assert sorted(seen) == [chain_id(number) for number in range(1, 24)]
    assert values == sorted(values, reverse=sort != "due")


async def test_filters_find_what_they_say(database: Maker) -> None:
    async with transaction(database) as session:
        await clock(session, CREATED_AT + DAY)
        await grade(session, KEY, "A")
        await grade(session, "cd" * 32, "C")
        await create(session, 1)
        await create(session, 2, recourse=False, due=TERMS.due + 60 * DAY)
        await create(session, 3)
        await create(session, 4, funding_deadline=CREATED_AT + 10)
        for number in (1, 2, 4):
            await attest(session, number, key="cd" * 32 if number == 2 else KEY)

    async def found(**filters: Any) -> list[int]:
        rows = await find(database, Filters(**filters), sort="newest", after=None, limit=50)
        return sorted(int(row["chain_id"], 16) for row in rows)

    assert await found() == [1, 2]
    assert await found(status="awaiting_attestation") == [3]
    assert await found(status="expired") == [4]
    assert await found(status="funded") == []
    assert await found(grade="A") == [1]
    assert await found(grade="C") == [2]
    assert await found(recourse=False) == [2]
    assert await found(acknowledged=True) == []
    assert await found(tenor_days_min=61) == [2]
    assert await found(tenor_days_max=60) == [1]
    async with transaction(database) as session:
        row = await session.get_one(Escrow, chain_id(1))
    assert await found(yield_bps_min=row.net_yield_bps) == [1]
    assert await found(asset=USDC) == [1, 2]
    assert await found(asset="CANOTHER") == []
