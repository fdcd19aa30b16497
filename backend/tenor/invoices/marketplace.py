"""Invoices on offer, as everybody may see them: filtered, sorted, paged by key. Shows no name of seller or debtor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import BigInteger, Boolean, ColumnElement, Row, Select, Text, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.db import Answer, Maker, Question, ask, question
from tenor.invoices.debtors import Record
from tenor.invoices.escrows import indexed_at
from tenor.invoices.models import Debtor, Escrow
from tenor.kernel.money import BPS, to_decimal
from tenor.world import Deployment

Sort = Literal["newest", "yield", "due", "amount"]
MarketStatus = Literal["awaiting_attestation", "listed", "expired", "funded", "settled", "cancelled", "defaulted"]

_E, _D = Escrow.__table__, Debtor.__table__
"""Tables, not classes: rows come straight from the driver, without a mapper in between."""
_SORTED: dict[Sort, tuple[Any, bool]] = {
    "newest": (_E.c.created_at, True),
    "yield": (_E.c.net_yield_bps, True),
    "due": (_E.c.due_at, False),
    "amount": (_E.c.advance_units, True),
}
"""Column, and whether the largest comes first."""
_SHOWN: tuple[Any, ...] = (
    _E.c.chain_id,
    _E.c.asset,
    _E.c.advance_units,
    _E.c.claim_units,
    _E.c.initial_face_units,
    _E.c.funded_units,
    _E.c.min_ticket_units,
    _E.c.net_yield_bps,
    _E.c.tenor_days,
    _E.c.due_at,
    _E.c.funding_deadline_at,
    _E.c.created_at,
    _E.c.status,
    _E.c.attested,
    _E.c.acknowledged,
    _E.c.recourse,
    _E.c.restricted,
    _E.c.dispute_until,
    _D.c.grade,
    _D.c.country,
    _D.c.sector,
)


_OFFERS: Select[*tuple[Any, ...]] = (
    select(*_SHOWN, indexed_at().label("now"))
    .select_from(_E)
    .join(_D, _D.c.debtor_key == _E.c.debtor_key, isouter=True)
)


@dataclass(frozen=True, slots=True)
class Shopfront:
    """What a list that everybody may read needs, in one piece: nobody is asked and no session is opened."""

    maker: Maker
    deployment: Deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to look for; None is no limit. `asset`: contract."""

    status: MarketStatus = "listed"
    asset: str | None = None
    grade: str | None = None
    tenor_days_min: int | None = None
    tenor_days_max: int | None = None
    yield_bps_min: int | None = None
    acknowledged: bool | None = None
    recourse: bool | None = None


async def find(
    maker: Maker, filters: Filters, *, sort: Sort, after: tuple[int, str] | None, limit: int
) -> Sequence[Answer]:
    """Rows of `_SHOWN` and the ledger time they stand at (`now`), in order; `after`: sort value and chain id."""
    wanted = {name: value for name in _LIMITS if (value := getattr(filters, name)) is not None}
    place = {} if after is None else {"sort_value": after[0], "chain_id": after[1]}
    asked = _question(filters.status, tuple(wanted), sort, tuple(place))
    return await ask(maker, asked, **wanted, **place, rows=limit)


@cache
def _question(status: MarketStatus, wanted: tuple[str, ...], sort: Sort, place: tuple[str, ...]) -> Question:
    """One for every shape of a list; only values differ from one visitor to the next."""
    column, descending = _SORTED[sort]
    limits = [_LIMITS[name](bindparam(name, type_=_TYPES[name])) for name in wanted]
    query = _OFFERS.add_columns(column.label("sort_value")).where(*_status(status), *limits)
    if place:
        value, chain_id = bindparam("sort_value", type_=BigInteger), bindparam("chain_id", type_=Text)
        beyond = column < value if descending else column > value
        same = and_(column == value, _E.c.chain_id < chain_id if descending else _E.c.chain_id > chain_id)
        query = query.where(or_(beyond, same))
    order = (column.desc(), _E.c.chain_id.desc()) if descending else (column, _E.c.chain_id)
    return question(query.order_by(*order).limit(bindparam("rows", type_=BigInteger)))


_LIMITS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "asset": lambda value: _E.c.asset == value,
    "grade": lambda value: _D.c.grade == value,
    "tenor_days_min": lambda value: _E.c.tenor_days >= value,
    "tenor_days_max": lambda value: _E.c.tenor_days <= value,
    "yield_bps_min": lambda value: _E.c.net_yield_bps >= value,
    "acknowledged": lambda value: _E.c.acknowledged == value,
    "recourse": lambda value: _E.c.recourse == value,
}
"""Fields of `Filters` -> what they ask of a row."""
_TYPES: dict[str, Any] = {
    **dict.fromkeys(("asset", "grade"), Text),
    **dict.fromkeys(("tenor_days_min", "tenor_days_max", "yield_bps_min"), BigInteger),
    **dict.fromkeys(("acknowledged", "recourse"), Boolean),
}


async def rows_of(session: AsyncSession, chain_ids: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The same rows for escrows that are known by id."""
    return (await session.execute(_OFFERS.where(_E.c.chain_id.in_(chain_ids)))).all()


async def debtor_behind(session: AsyncSession, escrow: Escrow) -> Debtor | None:
    if escrow.debtor_key is None:
        return None
    return (await session.scalars(select(Debtor).where(Debtor.debtor_key == escrow.debtor_key))).one_or_none()


def risks(escrow: Escrow, grade: str | None, record: Record | None, *, decimals: int) -> list[str]:
    """What an investor should weigh, in plain sentences that follow from terms, registry and ledger."""
    reserve = escrow.initial_face_units - escrow.claim_units
    share_bps = reserve * BPS // escrow.initial_face_units
    said = [
        "The debtor has not been verified yet." if grade is None else f"The platform grades the debtor {grade}.",
        "The debtor has confirmed this debt by signature on the ledger."
        if escrow.acknowledged
        else "The debtor has not confirmed this debt on the ledger.",
        "The seller answers if the debtor cannot pay."
        if escrow.recourse
        else "The seller does not answer for a debtor who cannot pay.",
        f"{to_decimal(reserve, decimals)} ({share_bps} bps of the face value) stand behind the holders' claim."
        if reserve
        else "Nothing stands behind the holders' claim: late charges have no room and never accrue.",
    ]
    if escrow.accrual == "linear":
        said.append("Early payment lowers the return: the discount is earned by the day.")
    if record is not None and record.financed:
        said.append(
            f"Of {record.financed} invoices of this debtor financed here, {record.settled} were settled "
            f"({record.settled_late} of them late) and {record.defaulted} defaulted."
        )
    elif grade is not None:
        said.append("No other invoice of this debtor has been financed here yet.")
    return said


def _status(status: MarketStatus) -> list[ColumnElement[bool]]:
    """`expired` and `listed` differ by the ledger's clock alone."""
    if status == "listed":
        return [_E.c.status == "open", _E.c.attested.is_(True), _E.c.funding_deadline_at >= indexed_at()]
    if status == "expired":
        return [_E.c.status == "open", _E.c.funding_deadline_at < indexed_at()]
    if status == "awaiting_attestation":
        return [_E.c.status == "open", _E.c.attested.is_(False), _E.c.funding_deadline_at >= indexed_at()]
    return [_E.c.status == status]
