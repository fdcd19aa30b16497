"""What the projections say must stand on the ledger, entry by entry and a page at a time. Asks no ledger.

Pages, because a hundred thousand invoices are half a million entries: what is held at once stays small, and each page
is compared with one answer of the node.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, tuple_
from stellar_sdk import scval as sdk_scval
from stellar_sdk import xdr

from tenor.db import Maker, transaction
from tenor.investments.models import Holding, ShareToken
from tenor.investments.rules import Entry
from tenor.invoices.models import Escrow
from tenor.ledger import footprint
from tenor.ledger.events import Status
from tenor.ledger.stream_events import StreamStatus
from tenor.settlements.models import Owed
from tenor.streams.models import Stream, StreamOwed
from tenor.world import World

PAGE_ROWS = 100
"""Two entries a row at most, and a node hands out two hundred at once."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One ledger entry as the projections have it. `values` None: there must be no such entry.

    `index`: of a holder's token. The token may settle an entry up to it without an event (`claim_many` of nothing), so
    what the holder has earned up to there is compared, as `earned`.
    """

    where: str
    key: xdr.LedgerKey
    values: dict[str, Any] | None
    index: int | None = None


async def pages(maker: Maker, world: World) -> AsyncIterator[list[Expected]]:
    """Every escrow, share token, holding, owed amount and stream, each page read in a transaction of its own."""
    kinds: list[tuple[tuple[Any, ...], Callable[[World, Sequence[Any]], list[Expected]], Any]] = [
        ((Escrow.chain_id,), _escrows, select(Escrow)),
        ((ShareToken.chain_id,), _tokens, select(ShareToken)),
        ((Holding.chain_id, Holding.holder), _holdings, _HOLDINGS),
        ((Owed.owner, Owed.asset), _owed, _OWED),
    ]
    if world.deployment.stream is not None:
        kinds += [
            ((Stream.stream_id,), _streams, select(Stream)),
            ((StreamOwed.owner, StreamOwed.asset), _stream_owed, select(StreamOwed)),
        ]
    for key, expected, query in kinds:
        last: tuple[Any, ...] | None = None
        while True:
            page = query.order_by(*key).limit(PAGE_ROWS)
            async with transaction(maker) as session:
                rows = (await session.execute(page if last is None else page.where(tuple_(*key) > last))).all()
            if not rows:
                break
            yield expected(world, rows)
            last = tuple(getattr(_first(rows[-1], key), column.key) for column in key)


def _first(row: Any, key: tuple[Any, ...]) -> Any:
    """The mapped object of a row, or the row itself where it is of columns."""
    return row if hasattr(row, key[0].key) else row[0]


_HOLDINGS = select(Holding, ShareToken.token, ShareToken.index_scaled).join(
    ShareToken, ShareToken.chain_id == Holding.chain_id
)
_OWED = select(
    Owed.owner,
    Owed.asset,
    func.coalesce(func.sum(Owed.units).filter(Owed.paid_event_id.is_(None)), 0).label("unpaid"),
).group_by(Owed.owner, Owed.asset)


def _escrows(world: World, rows: Sequence[Any]) -> list[Expected]:
    here, key = world.deployment.escrow, footprint.escrow_key
    return [Expected(f"escrow {row.chain_id}", key(here, row.chain_id), _books(row)) for (row,) in rows]


def _books(row: Escrow) -> dict[str, Any]:
    """Names as in `Escrow` of contracts/escrow/src/types.rs."""
    books: dict[str, Any] = {
        "seller": row.seller,
        "reference": row.reference,
        "token": row.token,
        "treasury": row.treasury,
        "terms_hash": row.terms_hash,
        "terms.asset": row.asset,
        "terms.advance": row.advance_units,
        "terms.claim": row.claim_units,
        "terms.face": row.initial_face_units,
        "terms.due": row.due_at,
        "debtor": row.debtor,
        "debtor_key": row.debtor_key,
        "fingerprint": row.fingerprint,
        "acknowledged_at": row.acknowledged_at,
        "status": Status[row.status.upper()].value,
        "funded": row.funded_units,
        "refunded": row.refunded_units,
    }
    if row.funded_at is not None:
        books |= {
            "money.funded_at": row.funded_at,
            "money.received": row.received_units,
            "money.holders_gross": row.holders_gross_units,
            "money.fee_taken": row.fee_taken_units,
            "money.earned": row.earned_units,
            "money.late": row.late_units,
            "money.late_days_charged": row.late_days_charged,
            "money.checkpoint_at": row.checkpoint_at,
            "money.face": row.face_units,
            "money.recourse_paid": row.recourse_paid_units,
            "money.disputed_seconds": row.disputed_seconds,
            "money.dispute_from": row.dispute_from,
            "money.dispute_until": row.dispute_until,
        }
    return books


def _tokens(world: World, rows: Sequence[Any]) -> list[Expected]:
    expected = []
    for (row,) in rows:
        totals = {
            "supply": row.supply_units,
            "index": row.index_scaled,
            "remainder": row.remainder_scaled,
            "unlocked": row.unlocked,
        }
        account = {"asset": row.asset, "received": row.received_units, "paid": row.paid_units}
        key = footprint.payout_account_key(world.deployment.distributor, row.token)
        expected += [
            Expected(f"share token {row.token}", footprint.token_totals_key(row.token), totals),
            Expected(f"payout account of {row.token}", key, account),
        ]
    return expected


def _holdings(_: World, rows: Sequence[Any]) -> list[Expected]:
    return [
        Expected(
            f"holder {row.holder} of {token}",
            footprint.holder_key(token, row.holder),
            {"balance": row.shares, "earned": earned(row.shares, row.index_scaled, row.accrued_scaled, index)},
            index,
        )
        for row, token, index in rows
    ]


def earned(balance: int, index: int, accrued_scaled: int, up_to: int) -> int:
    return Entry(balance, index, accrued_scaled).settled(up_to).accrued_scaled


def _owed(world: World, rows: Sequence[Any]) -> list[Expected]:
    """The ledger has one amount per owner and asset, and no entry once it is paid."""
    return [_waiting(world.deployment.escrow, "owed to", owner, asset, int(units)) for owner, asset, units in rows]


def _stream_owed(world: World, rows: Sequence[Any]) -> list[Expected]:
    here = str(world.deployment.stream)
    return [_waiting(here, "owed by streams to", row.owner, row.asset, row.units) for (row,) in rows]


def _waiting(contract: str, told: str, owner: str, asset: str, units: int) -> Expected:
    key = footprint.entry_key(contract, "Owed", sdk_scval.to_address(owner), sdk_scval.to_address(asset))
    return Expected(f"{told} {owner} in {asset}", key, {"": units} if units else None)


def _streams(world: World, rows: Sequence[Any]) -> list[Expected]:
    """Names as in `Stream` of contracts/stream/src/types.rs. When its seconds stood still is not kept for an end."""
    expected = []
    for (row,) in rows:
        values = {
            "payer": row.payer,
            "asset": row.asset,
            "deposited": row.deposited_units,
            "paid": row.paid_units,
            "units": row.units,
            "seconds": row.seconds,
            "status": StreamStatus[row.status.upper()].value,
        }
        key = footprint.entry_key(
            str(world.deployment.stream), "Stream", sdk_scval.to_bytes(bytes.fromhex(row.stream_id))
        )
        expected.append(Expected(f"payment stream {row.stream_id}", key, values))
    return expected
