"""What a transaction will do and what became of it, as a panel for the dialog and as a page. Decides nothing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

import segno
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from markupsafe import Markup
from segno.encoder import DataOverflowError
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import flows as chain
from tenor.chain.routes import TransactionView, current_view
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.kernel.money import to_decimal
from tenor.ledger.preview import Authorisation, authorisations
from tenor.world import World

XLM_DECIMALS = 7
_MESSAGE_CHARACTERS_MAX = 300
PUBLIC_PASSPHRASE = "Public Global Stellar Network ; September 2015"  # noqa: S105 - the network's name


@dataclass(frozen=True, slots=True)
class WaysOut:
    """For wallets that are elsewhere: a SEP-7 link, and the same as a picture where it fits into one."""

    link: str
    picture: Markup | None


@get("/transactions/{transaction_id:uuid}")
async def whole_page(
    transaction_id: FromPath[UUID],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    shown = await _shown(session, world, visitor, transaction_id)
    return page(visitor, "transaction.html", whole=True, **shown)


@get("/transactions/{transaction_id:uuid}/sign")
async def panel(
    transaction_id: FromPath[UUID],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    """The same without a page around it, for the dialog."""
    shown = await _shown(session, world, visitor, transaction_id)
    return page(visitor, "transaction_panel.html", whole=False, **shown)


async def _shown(session: AsyncSession, world: World, visitor: Visitor, transaction_id: UUID) -> dict[str, Any]:
    row = await chain.get(session, visitor.known, transaction_id)
    told = await current_view(session, world, visitor.known, transaction_id)
    if told.status == "confirmed" and not told.projected:
        told.status = "sent"  # "done" would lead to pages that do not know of it yet
    trees: tuple[Authorisation, ...] = ()
    if row.envelope_xdr is not None:
        trees = authorisations(row.envelope_xdr, chain.names_of(world))
    return {
        "tx": told,
        "trees": trees,
        "moves": [tree.move for root in trees for tree in _walk(root) if tree.move is not None],
        "fee": None if told.fee_stroops is None else to_decimal(told.fee_stroops, XLM_DECIMALS),
        "ways_out": None if told.unsigned_xdr is None else _ways_out(told),
    }


def _walk(tree: Authorisation) -> list[Authorisation]:
    return [tree, *(found for inner in tree.below for found in _walk(inner))]


def _ways_out(told: TransactionView) -> WaysOut:
    """SEP-7 2.1.0 `tx`: without a callback the wallet sends it by itself, and the worker finds it."""
    assert told.unsigned_xdr is not None
    link = f"web+stellar:tx?xdr={quote(told.unsigned_xdr, safe='')}"
    if told.network_passphrase != PUBLIC_PASSPHRASE:
        link += f"&network_passphrase={quote(told.network_passphrase, safe='')}"
    if told.preview:
        link += f"&msg={quote(told.preview[0][:_MESSAGE_CHARACTERS_MAX], safe='')}"
    try:
        code = segno.make(link, error="l", boost_error=False, micro=False)
    except DataOverflowError:
        return WaysOut(link, None)
    drawn = code.svg_inline(omitsize=True, border=2, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return WaysOut(link, Markup(drawn))  # noqa: S704 - made of squares alone


PAGES = (whole_page, panel)
