"""Tables of accounts: logins, sessions, roles, KYC. `allowed_account` is what the ledger says. Holds no decision."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from tenor.db import Base

_NOW = text("now()")


class Account(Base):
    """One user: a G... account, one muxed id, or one memo of it. `address` is the account that signs."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class RoleGrant(Base):
    """`granted_by`: the admin, who may have granted it by approving a KYC submission."""

    __tablename__ = "role_grant"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    granted_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class SpentChallenge(Base):
    """A login challenge that has made its one token; kept until its time bounds have passed (P78)."""

    __tablename__ = "spent_challenge"

    hash: Mapped[str] = mapped_column(primary_key=True)
    valid_until: Mapped[int] = mapped_column(index=True)


class LoginSession(Base):
    """From a login until it is revoked or `expires_at` (Unix seconds) passes. `agent`: the browser's own name."""

    __tablename__ = "login_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    agent: Mapped[str]
    created_at: Mapped[int]
    refreshed_at: Mapped[int]
    expires_at: Mapped[int]
    revoked_at: Mapped[int | None]
    revoked_because: Mapped[str | None]


class RefreshToken(Base):
    """Single use: `used_at` set means that showing it again is theft or a copy, and ends the session."""

    __tablename__ = "refresh_token"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("login_session.id"), index=True)
    used_at: Mapped[int | None]


class KycSubmission(Base):
    """What somebody said about himself, sealed, and what an admin decided. `roles`: what he wants to be."""

    __tablename__ = "kyc_submission"
    __table_args__ = (
        Index(
            "uq_kyc_submission_open",
            "account_id",
            unique=True,
            postgresql_where=text("status IN ('submitted', 'approved')"),
        ),
        Index("ix_kyc_submission_status", "status", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    status: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    sealed_details: Mapped[bytes]
    wrapped_key: Mapped[bytes]
    submitted_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class AllowedAccount(Base):
    """Whom the escrow contract lets sell and invest; a projection of its `account_allowed` events and nothing else."""

    __tablename__ = "allowed_account"
    __table_args__ = ({"info": {"projection": True}},)

    address: Mapped[str] = mapped_column(primary_key=True)
    allowed: Mapped[bool]
    event_id: Mapped[str]
    ledger: Mapped[int]
