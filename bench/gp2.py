"""GP2: the indexer against what one writes first: the SDK's decoder and SQLAlchemy's ORM, one transaction a page.

A second yardstick, printed beside, commits every event.
"""

import json
import time
from statistics import median
from typing import Any

from indexing_kit import Bench, follow, forget, measured, ours
from sqlalchemy import update
from stellar_sdk import scval
from stellar_sdk.soroban_rpc import EventInfo

from tenor.chain.eventlog import CURSOR
from tenor.chain.models import ContractEvent, Cursor
from tenor.db import transaction

ID = "GP2"
WHAT = "Indexer, events a second against SDK models, SDK decoding and SQLAlchemy ORM inserts of the same events"
UNIT = "times"
GOAL = (">=", 7.0)

_NAIVE_EVENTS, _SINGLE_EVENTS = 10_000, 1_000
"""The slow sides are measured on fewer events; both are rates."""


def run(repeats: int) -> dict[str, Any]:
    async def measure(made: Bench) -> dict[str, Any]:
        await follow(made)
        rounds = [(await ours(made), await _naive(made), await _single(made)) for _ in range(repeats)]
        ratios = [mine / naive for mine, naive, _ in rounds]
        return {
            "value": median(ratios),
            "ours": round(median(mine for mine, _, _ in rounds)),
            "yardstick": round(median(naive for _, naive, _ in rounds)),
            "spread": [min(ratios), max(ratios)],
            "repeats": repeats,
            "commit_per_event": round(median(single for _, _, single in rounds)),
            "times_commit_per_event": round(median(mine / single for mine, _, single in rounds), 1),
        }

    return measured(measure)


async def _naive(made: Bench) -> float:
    page = await _prepared(made)
    began = time.perf_counter()
    async with transaction(made.maker) as session:
        found = [_row(item) for item in json.loads(page)["events"][:_NAIVE_EVENTS]]
        session.add_all(found)
        await session.flush()
        await session.execute(update(Cursor).where(Cursor.name == CURSOR).values(position=found[-1].id))
    return _NAIVE_EVENTS / (time.perf_counter() - began)


async def _single(made: Bench) -> float:
    page = await _prepared(made)
    began = time.perf_counter()
    for item in json.loads(page)["events"][:_SINGLE_EVENTS]:
        async with transaction(made.maker) as session:
            row = _row(item)
            session.add(row)
            await session.flush()
            await session.execute(update(Cursor).where(Cursor.name == CURSOR).values(position=row.id))
    return _SINGLE_EVENTS / (time.perf_counter() - began)


async def _prepared(made: Bench) -> bytes:
    await forget(made)
    async with transaction(made.maker) as session:
        session.add(Cursor(name=CURSOR, position=None, ledger=1, closed_at=0, halted=None))
    return made.node.pages[None]


def _row(item: dict[str, Any]) -> ContractEvent:
    event = EventInfo.model_validate(item)
    for topic in event.topic:
        scval.to_native(topic)
    assert scval.to_native(event.value)
    return ContractEvent(
        id=event.id,
        ledger=event.ledger,
        closed_at=int(event.ledger_close_at.timestamp()) if hasattr(event.ledger_close_at, "timestamp") else 0,
        contract=event.contract_id,
        tx_hash=event.transaction_hash,
        type="decoded",
        topics=event.topic,
        value=event.value,
    )
