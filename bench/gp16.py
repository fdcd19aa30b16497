"""GP16: posting to the journal, transfers a second, against a ledger that is called once a transfer.

The yardstick is what such a library does inside PostgreSQL for every transfer: lock both accounts, write the transfer
and its two entries, move both balances, in one function and one round trip. A second one, printed beside, is the floor:
the same lines inserted by one bare statement a batch, without looking up whose they are.
"""

import time
from statistics import median
from typing import Any

import asyncpg
from indexing_kit import ASSET, DISTRIBUTOR, ESCROW, Bench, decoder, measured
from sqlalchemy import text
from stellar_sdk import StrKey

from tenor.books import flows as books
from tenor.db import transaction
from tenor.ledger.events import InvoiceFunded, RawEvent

ID = "GP16"
WHAT = "Journal, transfers posted a second (two lines each, parties looked up) against one function call a transfer"
UNIT = "times"
GOAL = (">=", 10)

TRANSFERS, BATCH, SINGLE, INVOICES = 50_000, 5_000, 2_000, 200
_NAIVE = """
CREATE TABLE naive_account (id text PRIMARY KEY, balance bigint NOT NULL);
CREATE TABLE naive_transfer (id bigserial PRIMARY KEY, giver text, taker text, units bigint);
CREATE TABLE naive_entry (id bigserial PRIMARY KEY, account text, transfer bigint, units bigint, balance bigint);
CREATE FUNCTION naive_move(g text, t text, u bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE made bigint; one bigint; other bigint;
BEGIN
  PERFORM 1 FROM naive_account WHERE id IN (g, t) ORDER BY id FOR UPDATE;
  INSERT INTO naive_transfer (giver, taker, units) VALUES (g, t, u) RETURNING id INTO made;
  UPDATE naive_account SET balance = balance - u WHERE id = g RETURNING balance INTO one;
  UPDATE naive_account SET balance = balance + u WHERE id = t RETURNING balance INTO other;
  INSERT INTO naive_entry (account, transfer, units, balance) VALUES (g, made, -u, one), (t, made, u, other);
  RETURN made;
END $$;
"""


def run(repeats: int) -> dict[str, Any]:
    async def measure(made: Bench) -> dict[str, Any]:
        connection = await asyncpg.connect(made.raw_url)
        events = [_event(number) for number in range(TRANSFERS)]
        await connection.execute(_NAIVE)
        accounts = sorted({event.investor for event in events} | {ESCROW})
        await connection.executemany("INSERT INTO naive_account VALUES ($1, 0)", [(each,) for each in accounts])
        await _escrows(connection)
        rounds = [
            (await _ours(made, events), await _called(connection, events), await _floor(connection, events))
            for _ in range(repeats)
        ]
        await connection.close()
        ratios = [mine / naive for mine, naive, _ in rounds]
        return {
            "value": median(ratios),
            "ours": round(median(mine for mine, _, _ in rounds)),
            "yardstick": round(median(naive for _, naive, _ in rounds)),
            "spread": [min(ratios), max(ratios)],
            "repeats": repeats,
            "times_the_floor": round(median(mine / floor for mine, _, floor in rounds), 2),
        }

    return measured(measure)


async def _ours(made: Bench, events: list[InvoiceFunded]) -> float:
    async with transaction(made.maker) as session:
        await session.execute(text("TRUNCATE journal_line"))
    began, reads = time.perf_counter(), decoder()
    for start in range(0, TRANSFERS, BATCH):
        async with transaction(made.maker) as session:
            await books.post(session, reads, events[start : start + BATCH])
    return TRANSFERS / (time.perf_counter() - began)


async def _called(connection: Any, events: list[InvoiceFunded]) -> float:
    await connection.execute("TRUNCATE naive_transfer, naive_entry; UPDATE naive_account SET balance = 0")
    began = time.perf_counter()
    for event in events[:SINGLE]:
        await connection.execute("SELECT naive_move($1, $2, $3)", event.investor, ESCROW, event.amount)
    return SINGLE / (time.perf_counter() - began)


async def _floor(connection: Any, events: list[InvoiceFunded]) -> float:
    await connection.execute("TRUNCATE journal_line")
    began = time.perf_counter()
    for start in range(0, TRANSFERS, BATCH):
        rows = [
            (event.raw.id, line, account, units)
            for event in events[start : start + BATCH]
            for line, account, units in ((0, event.investor, -event.amount), (1, ESCROW, event.amount))
        ]
        await connection.execute(
            "INSERT INTO journal_line SELECT e, l, 'investment', a, $5, u, '', 1"
            " FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[]) AS p (e, l, a, u)",
            *(list(column) for column in zip(*rows, strict=True)),
            ASSET,
        )
    return TRANSFERS / (time.perf_counter() - began)


def _event(number: int) -> InvoiceFunded:
    investor = StrKey.encode_ed25519_public_key((number % 2_000 + 1).to_bytes(32, "big"))
    raw = RawEvent(f"{number:019d}-0000000000", 1, 0, ESCROW, "", (), "")
    return InvoiceFunded(raw, f"{number % INVOICES:064x}", investor, number + 1, 0, 0, 0)


async def _escrows(connection: Any) -> None:
    """Rows for the look-up; whatever else an escrow has is left as small as it may be."""
    columns = await connection.fetch(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'escrow'"
        " AND is_nullable = 'NO' AND table_schema = 'public'"
    )
    values = {
        row["column_name"]: {"text": "''", "character varying": "''"}.get(row["data_type"], "0") for row in columns
    }
    values |= {row["column_name"]: "false" for row in columns if row["data_type"] == "boolean"}
    values |= {"chain_id": "lpad(to_hex(n), 64, '0')", "asset": f"'{ASSET}'", "token": "'token' || n"}
    values |= {"event_id": "n::text", "seller": f"'{DISTRIBUTOR}'"} if "event_id" in values else {}
    into, what = ", ".join(values), ", ".join(values.values())
    await connection.execute(f"INSERT INTO escrow ({into}) SELECT {what} FROM generate_series(0, $1 - 1) n", INVOICES)  # noqa: S608
