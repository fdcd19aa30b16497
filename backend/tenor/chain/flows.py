"""Intents on their way to the ledger: drafts for wallets, orders of the platform, signatures in. Never sends."""

import base64
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import StrKey, xdr

from tenor.chain.models import ChainTransaction, Envelope
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Conflict, NotFound
from tenor.kernel.ids import new_id
from tenor.ledger import preview
from tenor.ledger.calls import Invocation
from tenor.ledger.envelopes import Built, Handed, TransactionExpired, check_signed
from tenor.ledger.errors import AddressUnusable
from tenor.ledger.footprint import NOTHING, Footprint
from tenor.ledger.submission import FINAL, TRANSACTION, Applied
from tenor.world import PlatformRole, World

WALLET_SECONDS = 300
"""Time to sign and send; the upper time bound of every drafted transaction (P11)."""
_STILL_USEFUL_SECONDS = 60
"""A draft with less time left than this is built anew."""


class TransactionUnknown(NotFound):
    pass


class AlreadyUnderWay(Conflict):
    """The same purpose has a transaction that is signed or sent, or was confirmed."""


async def draft(
    session: AsyncSession,
    world: World,
    *,
    actor_address: str,
    purpose: str,
    purpose_key: str,
    subject: str,
    call: Invocation,
    account_id: UUID,
    extra: Footprint = NOTHING,
    shares: Mapping[str, tuple[str, int]] | None = None,
) -> ChainTransaction:
    """A transaction for `actor_address` to sign: BUILT, with envelope and preview. It reserves nothing (P84).

    One row a `purpose_key` (P29). While its envelope can still be signed the same row comes back unchanged; signed,
    sent or confirmed it comes back as it is; expired, failed or for another call it gets a new envelope.
    Raises `CallRefused`, `SourceMissing`, `LedgerUnavailable`, `AddressUnusable` (a contract's address cannot sign).
    `shares`: share tokens that the call is about, as (invoice, decimals), for the preview.
    Call it before anything of the request is locked: it asks the ledger.
    """
    if not StrKey.is_valid_ed25519_public_key(actor_address):
        raise AddressUnusable(
            f"{actor_address} is a contract; only an account (G...) can be the source of a transaction."
        )
    found = await session.scalar(select(ChainTransaction).where(ChainTransaction.purpose_key == purpose_key))
    wanted = call_to_json(call, extra)
    if found is not None and found.account_id != account_id:
        raise TransactionUnknown(f"There is no transaction for {purpose_key} of yours.")
    if found is not None and await _is_current(world, found, wanted):
        return found
    built = await world.ledger.build(call, source=actor_address, valid_seconds=WALLET_SECONDS, extra=extra)
    names = replace(names_of(world), shares=shares or {})
    shown = preview.preview(built.envelope_xdr, asked=call, names=names)
    return await _store_built(
        session,
        found,
        built,
        purpose=purpose,
        purpose_key=purpose_key,
        subject=subject,
        call=wanted,
        account_id=account_id,
        preview=asdict(shown),
    )


async def order(
    session: AsyncSession,
    *,
    role: PlatformRole,
    purpose: str,
    purpose_key: str,
    subject: str,
    call: Invocation,
    extra: Footprint = NOTHING,
    road: Literal["own", "channel"] = "own",
) -> ChainTransaction:
    """A transaction that the platform's `role` key will sign: PLANNED. The submit job builds, signs and sends it.

    One row a `purpose_key`, whatever happened to it; `retry` starts a failed one over. `road`: calls of the role's own
    account come one after another; those that go through channels side by side, in no order.
    """
    await session.execute(
        insert(ChainTransaction)
        .values(
            id=new_id(),
            purpose_key=purpose_key,
            purpose=purpose,
            subject=subject,
            role=role,
            road=road,
            call=call_to_json(call, extra),
            status=TRANSACTION.start,
            attempts=0,
            preview={"sentences": [], "warnings": []},
        )
        .on_conflict_do_nothing(index_elements=["purpose_key"])
    )
    return (await session.scalars(select(ChainTransaction).where(ChainTransaction.purpose_key == purpose_key))).one()


async def accept_signature(
    session: AsyncSession, world: World, actor: Actor, transaction_id: UUID, signed_xdr: str
) -> ChainTransaction:
    """The signed envelope of a draft of `actor`'s: SIGNED, durable before it is ever sent (P02).

    The same envelope again changes nothing. `TransactionUnknown` for strangers, else what `check_signed` raises.
    """
    row = await get(session, actor, transaction_id)
    if row.hash is None or row.source is None or row.valid_until is None or row.role is not None:
        raise AlreadyUnderWay(f"Transaction {row.id} is signed by the platform itself.")
    if row.status == "expired":
        raise TransactionExpired("The time to sign has passed. Ask for the transaction again and sign the new one.")
    tip = await world.ledger.tip()
    handed = Handed(hash=row.hash, source=row.source, valid_until=row.valid_until)
    moved = row.status in FINAL or row.status in TRANSACTION.sources("send")
    # A repeated request after the bounds is still the same request: only the first arrival has to be in time (P77).
    at = min(tip.closed_at, row.valid_until) if moved else tip.closed_at
    signed = check_signed(signed_xdr, handed, passphrase=world.ledger.passphrase, ledger_time=at)
    if moved:
        return row
    changed = await session.scalar(
        update(ChainTransaction)
        .where(
            ChainTransaction.id == row.id,
            ChainTransaction.hash == row.hash,
            ChainTransaction.status.in_(("built",)),
        )
        .values(status=TRANSACTION.after("sign", row.status), envelope_xdr=signed)
        .returning(ChainTransaction.id)
    )
    if changed is None:
        return await _fresh(session, row.id)
    await session.execute(update(Envelope).where(Envelope.hash == row.hash).values(envelope_xdr=signed))
    return await _fresh(session, row.id)


async def get(session: AsyncSession, actor: Actor, transaction_id: UUID) -> ChainTransaction:
    """The actor's own transaction, or any for the platform's people; `TransactionUnknown` for strangers (P81)."""
    row = await session.get(ChainTransaction, transaction_id)
    if row is None or (row.account_id != actor.account_id and not actor.has(Role.ADMIN, Role.OPERATOR)):
        raise TransactionUnknown(f"There is no transaction {transaction_id} of yours.")
    return row


async def retry(session: AsyncSession, transaction_id: UUID) -> bool:
    """Plan a failed platform order again (an operator's decision). False when it is not a failed order."""
    changed = await session.scalar(
        update(ChainTransaction)
        .where(
            ChainTransaction.id == transaction_id,
            ChainTransaction.role.is_not(None),
            ChainTransaction.kind == "call",  # a failed pack's payments go again in packs of their own
            ChainTransaction.status == "failed",
        )
        .values(status=TRANSACTION.start, attempts=0, error_code=None, error_sentence=None)
        .returning(ChainTransaction.id)
    )
    return changed is not None


def call_to_json(call: Invocation, extra: Footprint) -> dict[str, Any]:
    return {
        "contract": call.contract,
        "function": call.function,
        "args": [arg.to_xdr() for arg in call.args],
        "extra": extra.to_json(),
    }


def call_from_json(stored: dict[str, Any]) -> tuple[Invocation, Footprint]:
    extra = stored["extra"]
    lists = {name: tuple(extra[name]) for name in ("read_only", "read_write")}
    return (
        Invocation(
            stored["contract"],
            stored["function"],
            tuple(xdr.SCVal.from_xdr_bytes(base64.b64decode(arg)) for arg in stored["args"]),
        ),
        Footprint(**{**extra, **lists}),
    )


def names_of(world: World) -> preview.Names:
    """What addresses mean to a reader, from the deployment."""
    here = world.deployment
    return preview.Names(
        escrow=here.escrow,
        distributor=here.distributor,
        stream=here.stream,
        market=here.market,
        assets={asset.contract: (asset.code, asset.decimals) for asset in here.assets},
    )


def expires_at(row: ChainTransaction) -> datetime | None:
    return None if row.valid_until is None else datetime.fromtimestamp(row.valid_until, UTC)


async def _is_current(world: World, row: ChainTransaction, wanted: dict[str, Any]) -> bool:
    if row.status in {"signed", "sent", "confirmed"}:
        return True
    if row.status != "built" or row.hash is None or row.valid_until is None:
        return False
    seen = await world.ledger.seen(row.hash)
    if isinstance(seen, Applied):
        return True  # the wallet sent it by itself; the submit job will finish the row
    return row.call == wanted and seen.tip.closed_at + _STILL_USEFUL_SECONDS <= row.valid_until


async def _store_built(
    session: AsyncSession, found: ChainTransaction | None, built: Built, **columns: Any
) -> ChainTransaction:
    """Insert, or compare-and-set what was read before the network was asked; a racer's row wins unchanged."""
    columns |= {
        "status": "built",
        "source": built.source,
        "envelope_xdr": built.envelope_xdr,
        "hash": built.hash,
        "sequence": built.sequence,
        "valid_until": built.valid_until,
        "fee_stroops": built.fee_stroops,
        "built_ledger": built.ledger,
        "attempts": 1 if found is None else found.attempts + 1,
    }
    cleared = dict.fromkeys(("sent_ledger", "ledger", "result_xdr", "return_xdr", "error_code", "error_sentence"))
    if found is None:
        statement = insert(ChainTransaction).values(id=new_id(), **columns)
        stored = await session.scalar(
            statement.on_conflict_do_nothing(index_elements=["purpose_key"]).returning(ChainTransaction.id)
        )
    else:
        stored = await session.scalar(
            update(ChainTransaction)
            .where(
                ChainTransaction.id == found.id,
                ChainTransaction.hash.is_not_distinct_from(found.hash),
                ChainTransaction.status.in_(TRANSACTION.sources("build")),
            )
            .values(**columns, **cleared)
            .returning(ChainTransaction.id)
        )
    if stored is not None:
        await keep_envelope(session, stored, built)
    wanted = ChainTransaction.purpose_key == columns["purpose_key"]
    return (
        await session.scalars(select(ChainTransaction).where(wanted).execution_options(populate_existing=True))
    ).one()


async def keep_envelope(session: AsyncSession, transaction_id: UUID, built: Built) -> None:
    """Durable before anybody outside can hold it."""
    await session.execute(
        insert(Envelope)
        .values(
            hash=built.hash,
            transaction_id=transaction_id,
            envelope_xdr=built.envelope_xdr,
            valid_until=built.valid_until,
        )
        .on_conflict_do_nothing(index_elements=["hash"])
    )


async def _fresh(session: AsyncSession, row_id: UUID) -> ChainTransaction:
    return (
        await session.scalars(
            select(ChainTransaction).where(ChainTransaction.id == row_id).execution_options(populate_existing=True)
        )
    ).one()
