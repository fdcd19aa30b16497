"""Tables of notices: what people are told, where they want it, and what of it still has to leave. Holds no decision."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenor.db import Base

_NOW = text("now()")


class Notice(Base):
    """One thing one account is told, once: `key` names the transition it is about (P97). `subject`: id it is about."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_account", "account_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    key: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    read_at: Mapped[datetime | None]


Index("uq_notice_account_id_key", Notice.account_id, Notice.key, unique=True)


class Contact(Base):
    """Where an account wants its notices besides the list: an e-mail address, sealed."""

    __tablename__ = "contact"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed_email: Mapped[bytes]
    wrapped_key: Mapped[bytes]


class MutedTopic(Base):
    """A topic (`rules.TOPICS`) that an account does not want by e-mail. The list in the console has everything."""

    __tablename__ = "muted_topic"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)


class Delivery(Base):
    """The outbox: one line a message that has to leave. Due while `status` is `due` and `next_at` (Unix s) has come."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_due", "next_at", postgresql_where=text("status = 'due'")),
        Index("uq_delivery_notice_id_channel", "notice_id", "channel", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"))
    channel: Mapped[str]
    status: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[int]
    error: Mapped[str | None]
