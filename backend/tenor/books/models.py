"""The journal: every unit that moved, twice. Lines of events are a projection; fees come with a transaction's end."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from tenor.db import Base


class JournalLine(Base):
    """One side of a movement: `account` took `units` of `asset`, or gave them where they are negative.

    The lines of an event and an asset sum to zero. `subject`: invoice, share token, stream or offer, or nothing.
    """

    __tablename__ = "journal_line"
    __table_args__ = (
        Index("ix_journal_line_account", "account", "asset", "event_id"),
        {"info": {"projection": True}},
    )

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    account: Mapped[str]
    asset: Mapped[str]
    units: Mapped[int]
    subject: Mapped[str]
    ledger: Mapped[int]


class FeeLine(Base):
    """What one transaction of ours cost its payer in stroops, rent included, as the ledger charged it after refunds."""

    __tablename__ = "fee_line"

    tx_hash: Mapped[str] = mapped_column(primary_key=True)
    payer: Mapped[str] = mapped_column(index=True)
    stroops: Mapped[int]
    ledger: Mapped[int]
