"""GP1: the indexer from node to durable log against asyncpg's COPY of the same rows, both in batches of one page.

Ours fetches, parses, decodes, checks, logs and moves the cursor in the same transaction, every event exactly once.
"""

import time
from statistics import median
from typing import Any

import asyncpg
from indexing_kit import EVENTS, PAGE, Bench, follow, forget, measured, ours, stored

ID = "GP1"
WHAT = "Indexer (fetch, decode, log, cursor; no projection), events a second against raw COPY of the same rows"
UNIT = "times"
GOAL = (">=", 0.55)

_COLUMNS = ("id", "ledger", "closed_at", "contract", "tx_hash", "type", "topics", "value")


def run(repeats: int) -> dict[str, Any]:
    async def measure(made: Bench) -> dict[str, Any]:
        await follow(made)
        connection = await asyncpg.connect(made.raw_url)
        rows = [tuple(row) for row in await connection.fetch(f"SELECT {', '.join(_COLUMNS)} FROM contract_event")]  # noqa: S608
        await connection.close()
        pairs = [(await ours(made), await _copy(made, rows)) for _ in range(repeats)]
        ratios = [mine / bare for mine, bare in pairs]
        return {
            "value": median(ratios),
            "ours": round(median(mine for mine, _ in pairs)),
            "yardstick": round(median(bare for _, bare in pairs)),
            "spread": [min(ratios), max(ratios)],
            "repeats": repeats,
        }

    return measured(measure)


async def _copy(made: Bench, rows: list[tuple[Any, ...]]) -> float:
    await forget(made)
    connection = await asyncpg.connect(made.raw_url)
    began = time.perf_counter()
    for start in range(0, EVENTS, PAGE):
        records = rows[start : start + PAGE]
        await connection.copy_records_to_table("contract_event", records=records, columns=_COLUMNS)
    taken = time.perf_counter() - began
    await connection.close()
    assert await stored(made) == EVENTS
    return EVENTS / taken
