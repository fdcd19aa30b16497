"""What the ledger said of packs, written to the lines they carried: in the transaction that closes each pack."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import ChainTransaction
from tenor.disbursements import flows
from tenor.disbursements.models import DisbursementLine
from tenor.disbursements.rules import LINE, after_refusal
from tenor.ledger import packing, results
from tenor.ledger.results import SENDERS_FAULT, Refused

PACK, CALL, TAKE_BACK = "disburse", "disburse_contract", "disburse_reclaim"
"""Purposes of transactions."""


async def on_pack_finished(session: AsyncSession, row: ChainTransaction) -> None:
    """All of a pack's payments happened, or none: then the bad ones are taken out by their result codes (P33)."""
    carried = DisbursementLine.pack_id == row.id
    if row.status != "confirmed":
        lines = (await session.scalars(select(DisbursementLine).where(carried))).all()
        refused = {each.position: each for each in results.refused(row.result_xdr)} if row.result_xdr else {}
        for line in lines:
            _after_refusal(line, refused.get(line.position or 0), row)
        await session.flush()
    else:
        done = {"hash": row.hash, "ledger": row.ledger, "code": None, "reason": None}
        paid = carried & (DisbursementLine.status == "sending") & (DisbursementLine.way == "pay")
        await session.execute(
            update(DisbursementLine).where(paid).values(status=LINE.after("be_paid", "sending"), **done)
        )
        held = carried & (DisbursementLine.status == "sending") & (DisbursementLine.way == "hold")
        for line in (await session.scalars(select(DisbursementLine).where(held))).all():
            assert row.source is not None
            assert row.sequence is not None
            _set(line, "be_held", **done)
            line.balance_id = packing.balance_id(row.source, row.sequence, line.position or 0)
        await session.flush()
    await flows.complete(session, UUID(row.subject))


async def on_call_finished(session: AsyncSession, row: ChainTransaction) -> None:
    """A payment to a contract. Failed and ordered again by an operator, it is paid when the ledger says so."""
    line = await session.scalar(select(DisbursementLine).where(DisbursementLine.pack_id == row.id))
    if line is None:
        return
    if row.status == "confirmed":
        _set(line, "be_paid", hash=row.hash, ledger=row.ledger, code=None, reason=None)
    elif line.status == "sending":
        _set(line, "fail", code=row.error_code or "NotAccepted", reason=row.error_sentence or "Not accepted.")
    await session.flush()
    await flows.complete(session, line.disbursement_id)


async def on_take_back_finished(session: AsyncSession, row: ChainTransaction) -> None:
    """Balances that came back; one that was claimed meanwhile sinks its pack, and the others are tried again."""
    lines = (await session.scalars(select(DisbursementLine).where(DisbursementLine.pack_id == row.id))).all()
    refused = {each.position: each.code for each in results.refused(row.result_xdr)} if row.result_xdr else {}
    for line in lines:
        if row.status == "confirmed":
            _set(line, "be_reclaimed", hash=row.hash, ledger=row.ledger)
        elif refused.get(line.position or 0) == "DOES_NOT_EXIST":
            _set(line, "be_claimed")
        else:
            _set(line, "stay_held")
    await session.flush()


def _after_refusal(line: DisbursementLine, refused: Refused | None, row: ChainTransaction) -> None:
    if line.status != "sending":
        return
    line.tries += 1
    blamed = refused is not None and refused.code not in SENDERS_FAULT
    code = refused.code if refused is not None and blamed else row.error_code
    move = after_refusal(code, blamed=blamed, tries=line.tries)
    told: dict[str, Any] = {"pack_id": None, "position": None, "way": None}
    if move != "go_again":
        told |= {"code": code or "NotAccepted", "reason": refused.sentence if refused else row.error_sentence}
    _set(line, move, **told)


def _set(line: DisbursementLine, move: str, **values: Any) -> None:
    line.status = LINE.after(move, line.status)
    for name, value in values.items():
        setattr(line, name, value)
