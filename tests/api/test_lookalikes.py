"""Near copies of an invoice on file ask for a look: renumbered, rescanned, under another letterhead. Never refused."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pypdfium2
from PIL import Image
from sqlalchemy import text
from trade import Trade, fields_of

from invoice_files import SAMPLE, Item, SampleInvoice, born_digital, scanned
from tenor.db import Maker, transaction
from tenor.documents import reading
from tenor.documents.looks import look
from tenor.invoices import lookalikes
from tenor.invoices.likeness import HASHES, Sketch, look_bands, looks_alike
from tenor.invoices.models import Invoice
from tenor.kernel.ids import new_id


async def doubts(trade: Trade, content: bytes, invoice: SampleInvoice) -> list[str]:
    """Uploaded by somebody new and confirmed as it was made: which tests ask for a look."""
    who = await trade.person("seller")
    found = await trade.uploaded(who, content, "invoice.pdf")
    answer = await who.put(f"/v1/invoices/{found['id']}/terms", json=fields_of(invoice))
    assert answer.status_code == 200, answer.text
    sentences = [doubt["reason"] for doubt in answer.json()["doubts"]]
    assert all("1,000" not in sentence and invoice.number not in sentence for sentence in sentences)
    return [doubt["match"] for doubt in answer.json()["doubts"]]


async def test_p110_a_copy_under_another_number_or_letterhead_asks_for_a_look(trade: Trade, database: Maker) -> None:
    invoice = await trade.sample(items=(Item("Calibration of sensors on site", 10, 10_000, 0),))
    assert await doubts(trade, born_digital(invoice), invoice) == []
    renumbered = replace(invoice, number="X-4711")
    assert await doubts(trade, born_digital(renumbered), renumbered) == ["wording", "claim"]
    rescanned = replace(invoice, number="X-4712")
    assert "claim" in await doubts(trade, scanned(rescanned, 5), rescanned)
    letterhead = replace(invoice, seller=replace(invoice.seller, name="Ostwind Sensorik AG", vat_id="DE811907980"))
    assert "claim" in await doubts(trade, born_digital(letterhead), letterhead)
    dearer = replace(invoice, number="X-4713", items=(Item("Calibration of sensors on site", 10, 10_001, 0),))
    assert set(await doubts(trade, born_digital(dearer), dearer)) == {"wording"}
    async with transaction(database) as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        query = "EXPLAIN SELECT 1 FROM invoice_sketch WHERE bands && ARRAY[1,2]::bigint[]"
        plan = "\n".join((await session.scalars(text(query))).all())
    assert "ix_invoice_sketch_bands" in plan


def filed(number: int) -> Invoice:
    """Confirmed, with nothing in it that this file's tests look at."""
    account = new_id()
    return Invoice(
        id=new_id(), seller_account_id=account, seller_address="G", created_at=datetime.now(UTC), status="confirmed",
        file_name="invoice.pdf", file_sha256=number.to_bytes(32, "big"), file_size_bytes=1, scan_verdict="not_scanned",
        scan_detail="", sealed_cid="b", wrapped_key=b"", confirmed={"number": str(number)},
    )  # fmt: skip


async def test_p110_the_copy_is_found_among_a_crowd_on_the_same_form(database: Maker) -> None:
    """Sixty invoices share the form and no wording; one reads the same. Only some are compared: it is among them."""
    form = tuple(range(HASHES))
    words = tuple(range(1_000, 1_000 + HASHES))
    async with transaction(database) as session:
        crowd = [filed(number) for number in range(80)]
        session.add_all(crowd)
        await session.flush()
        for place, one in enumerate(crowd):
            other_words = words if place == 79 else tuple(range(2_000 * (place + 1), 2_000 * (place + 1) + HASHES))
            await lookalikes.keep(session, one.id, Sketch(other_words, form))
        new = filed(100)
        session.add(new)
        await session.flush()
        await lookalikes.keep(session, new.id, Sketch(words, form))
        (found,) = await lookalikes.pairs(session, new, None)
    assert (found[0].match, found[1]) == ("wording", crowd[79].id)


def illegible(invoice: SampleInvoice, *, dots_per_inch: int = 45) -> bytes:
    """The page as a messenger shrinks it: nobody's words, and still the same page."""
    with pypdfium2.PdfDocument(born_digital(invoice)) as document:
        picture = document[0].render(scale=dots_per_inch / 72, grayscale=True).to_pil()
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


async def test_p110_a_copy_without_legible_words_is_known_by_its_look(trade: Trade) -> None:
    items = (Item("Calibration of sensors on site", 10, 10_000, 0), Item("Travel", 1, 5_000, 0))
    invoice = await trade.sample(items=items, layout="letterhead")
    assert await doubts(trade, born_digital(invoice), invoice) == []
    claim = {"number": "X-1", "issue_date": invoice.issue_date - timedelta(days=3)}
    assert await doubts(trade, illegible(invoice), replace(invoice, **claim)) == ["look"]
    other = await trade.sample(layout="columns", debtor=replace(SAMPLE.debtor, vat_id="FR40303265045"))
    assert await doubts(trade, illegible(other), other) == []


def test_a_look_survives_a_scanner_and_tells_layouts_apart() -> None:
    letter, column = (replace(SAMPLE, layout=layout) for layout in ("letterhead", "columns"))
    one, other = (reading.read(born_digital(each)).pages[0].look for each in (letter, column))
    again = reading.read(scanned(letter, 5)).pages[0].look
    assert looks_alike(one, again)
    assert not looks_alike(one, other)
    assert not looks_alike(other, again)
    assert set(look_bands(one)) & set(look_bands(again))
    assert look(Image.new("L", (400, 600), 255)) == b""
