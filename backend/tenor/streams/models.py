"""Tables of streams: projections of the stream contract's events, and nothing else."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from tenor.db import Base
from tenor.streams.rules import Running, Status

PROJECTION = {"info": {"projection": True}}


class Stream(Base):
    """It pays `recipient`, or the invoice `chain_id`; `returned_units` went back to the payer at its end."""

    __tablename__ = "stream"
    __table_args__ = (
        Index("ix_stream_payer", "payer", "event_id"),
        Index("ix_stream_recipient", "recipient", "event_id"),
        Index("ix_stream_invoice", "chain_id", "event_id"),
        Index("ix_stream_status", "status", "event_id"),
        PROJECTION,
    )

    stream_id: Mapped[str] = mapped_column(primary_key=True)
    payer: Mapped[str]
    recipient: Mapped[str | None]
    chain_id: Mapped[str | None]
    asset: Mapped[str]
    deposited_units: Mapped[int]
    paid_units: Mapped[int]
    returned_units: Mapped[int]
    units: Mapped[int]
    seconds: Mapped[int]
    start_at: Mapped[int]
    ran_seconds: Mapped[int]
    since_at: Mapped[int]
    last_settled_at: Mapped[int]
    """The start, as long as nobody has settled it."""
    status: Mapped[str]
    event_id: Mapped[str] = mapped_column(Text(collation="C"), unique=True)
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]

    @property
    def running(self) -> Running:
        status: Status = self.status  # type: ignore[assignment]
        return Running(
            status=status,
            deposited_units=self.deposited_units,
            paid_units=self.paid_units,
            units=self.units,
            seconds=self.seconds,
            ran_seconds=self.ran_seconds,
            since_at=self.since_at,
        )


class StreamOwed(Base):
    """Units that the stream contract could not send to `owner`, and that wait there."""

    __tablename__ = "stream_owed"
    __table_args__ = PROJECTION

    owner: Mapped[str] = mapped_column(primary_key=True)
    asset: Mapped[str] = mapped_column(primary_key=True)
    units: Mapped[int]
    event_id: Mapped[str]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]
