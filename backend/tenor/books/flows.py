"""Posts lines of many events in one statement, in the transaction that projects them; and adds the accounts up."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import xdr

from tenor.books.models import FeeLine, JournalLine
from tenor.books.rules import PAYER, RECIPIENT, SELLER, TREASURY, lines_of
from tenor.ledger.decoder import Decoder
from tenor.ledger.events import Event

NETWORK = "network"
"""Whom fees go to."""


_POST = text(
    f"""
    INSERT INTO journal_line (event_id, line, what, account, asset, units, subject, ledger)
    SELECT p.event_id, p.line, p.what,
           CASE p.account
             WHEN '{SELLER}' THEN coalesce(e.seller, o.seller) WHEN '{TREASURY}' THEN e.treasury
             WHEN '{PAYER}' THEN s.payer WHEN '{RECIPIENT}' THEN s.recipient ELSE p.account END,
           coalesce(p.asset, e.asset, t.asset, s.asset, o.asset), p.units, p.subject, p.ledger
    FROM unnest(CAST(:event_id AS text[]), CAST(:line AS bigint[]), CAST(:what AS text[]), CAST(:account AS text[]),
                CAST(:asset AS text[]), CAST(:units AS bigint[]), CAST(:subject AS text[]), CAST(:ledger AS bigint[]))
         AS p (event_id, line, what, account, asset, units, subject, ledger)
    LEFT JOIN escrow e ON e.chain_id = p.subject
    LEFT JOIN share_token t ON t.token = p.subject
    LEFT JOIN stream s ON s.stream_id = p.subject
    LEFT JOIN share_offer o ON o.offer_id = p.subject
    WHERE NOT (p.what = 'stream_settlement' AND s.stream_id IS NOT NULL AND s.recipient IS NULL)
    """  # noqa: S608 - constants of our own
)


async def post(session: AsyncSession, decoder: Decoder, events: Sequence[Event]) -> None:
    """The lines of `events`, which have been projected before in this transaction. One statement, however many."""
    columns: dict[str, list[object]] = {
        name: [] for name in ("event_id", "line", "what", "account", "asset", "units", "subject", "ledger")
    }
    for event in events:
        for number, line in enumerate(lines_of(event, escrow=decoder.escrow)):
            values = (event.raw.id, number, line.what, line.account, line.asset, line.units, line.subject)
            for column, value in zip(columns.values(), (*values, event.raw.ledger), strict=True):
                column.append(value)
    if columns["event_id"]:
        await session.flush()
        await session.execute(_POST, columns)


async def post_fee(session: AsyncSession, *, tx_hash: str, payer: str, result_xdr: str, ledger: int) -> None:
    """What a transaction that landed cost, however many intents it carried. Once a hash."""
    stroops = xdr.TransactionResult.from_xdr(result_xdr).fee_charged.int64
    line = insert(FeeLine).values(tx_hash=tx_hash, payer=payer, stroops=stroops, ledger=ledger)
    await session.execute(line.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Balance:
    """What `account` has taken of `asset`, less what it gave, in units since the first ledger of the log."""

    account: str
    asset: str
    units: int


async def trial_balance(session: AsyncSession, *, accounts: Sequence[str] = ()) -> list[Balance]:
    """Every account with its balance, or only `accounts`. Those of one asset sum to zero."""
    total = func.sum(JournalLine.units)
    query = select(JournalLine.account, JournalLine.asset, total).group_by(JournalLine.account, JournalLine.asset)
    if accounts:
        query = query.where(JournalLine.account.in_(accounts))
    rows = await session.execute(query.order_by(JournalLine.asset, JournalLine.account))
    return [Balance(account, asset, int(units)) for account, asset, units in rows]


async def unbalanced(session: AsyncSession) -> list[str]:
    """Events whose lines do not sum to zero in some asset, in words; empty when all is well."""
    total = func.sum(JournalLine.units)
    query = select(JournalLine.event_id, JournalLine.asset, total).group_by(JournalLine.event_id, JournalLine.asset)
    rows = await session.execute(query.having(total != 0).order_by(JournalLine.event_id).limit(100))
    return [f"journal: the lines of event {event} sum to {units} of {asset}" for event, asset, units in rows]


async def fees(session: AsyncSession) -> list[Balance]:
    """What each payer gave the network, in stroops (negative), and the network's side of it."""
    rows = (await session.execute(select(FeeLine.payer, func.sum(FeeLine.stroops)).group_by(FeeLine.payer))).all()
    paid = [Balance(payer, "XLM", -int(stroops)) for payer, stroops in sorted(rows)]
    return [*paid, Balance(NETWORK, "XLM", -sum(each.units for each in paid))] if paid else []
