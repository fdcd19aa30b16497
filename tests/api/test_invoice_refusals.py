"""Bad input to the invoice routes: each a typed problem with the way out, and nothing changed."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from people import Person
from sqlalchemy import func, select, update
from trade import Trade, fields_of

from invoice_files import SAMPLE, Item, born_digital, ubl
from tenor.db import Maker, transaction
from tenor.documents.scan import ClamAv
from tenor.invoices import intake, jobs
from tenor.invoices.models import Invoice, InvoiceCorrection, Quote
from tenor.invoices.rules import FileInfected
from tenor.kernel.actor import Actor, Role


async def count(database: Maker, table: Any) -> int:
    async with transaction(database) as session:
        return int(await session.scalar(select(func.count()).select_from(table)) or 0)


def encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(born_digital(SAMPLE))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


FILES = {
    "empty": (b"", 422, "file-empty"),
    "blank": (b" \n\0", 422, "file-empty"),
    "oversized": (b"%PDF-1.7\n" + b"0" * 10_000_000, 413, "file-too-large"),
    "unsupported": (b"GIF89a" + b"0" * 100, 415, "file-type-unsupported"),
    "text": (b"invoice over 100 USD", 415, "file-type-unsupported"),
    "broken": (b"%PDF-1.7\nnothing follows", 422, "file-broken"),
    "cut_off": (born_digital(SAMPLE)[:900], 422, "file-broken"),
    "encrypted": (encrypted(), 422, "file-encrypted"),
    "bomb": (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 422, "xml-unsafe"),
}


async def test_p109_files_that_are_not_taken(trade: Trade, database: Maker) -> None:
    seller = await trade.person("seller")
    for name, (content, status, code) in FILES.items():
        answer = await seller.post("/v1/invoices", files={"file": ("invoice.pdf", content)})
        assert (answer.status_code, answer.json()["code"]) == (status, code), (name, answer.text)
        assert answer.json()["detail"].endswith("."), name
        assert await count(database, Invoice) == 0, name


async def test_p089_a_body_beyond_the_limit_is_cut_off(trade: Trade, database: Maker) -> None:
    seller = await trade.person("seller")
    answer = await seller.post("/v1/invoices", files={"file": ("invoice.pdf", b"%PDF" + b"0" * 10_100_000)})
    assert answer.status_code == 413
    assert await count(database, Invoice) == 0


async def test_a_form_without_a_file_is_refused(trade: Trade) -> None:
    seller = await trade.person("seller")
    forms: list[dict[str, Any]] = [{}, {"files": {"other": ("a.pdf", b"%PDF-1.7")}}, {"data": {"file": "no file"}}]
    for form in forms:
        assert 400 <= (await seller.post("/v1/invoices", **form)).status_code < 500


async def test_only_sellers_upload_and_only_with_a_key(trade: Trade) -> None:
    stranger = await trade.person()
    files = {"file": ("invoice.xml", ubl(await trade.sample()))}
    assert (await stranger.post("/v1/invoices", files=files)).status_code == 403
    seller = await trade.person("seller")
    keyless = await trade.client.post("/v1/invoices", headers=seller.headers, files=files)
    assert keyless.status_code == 400
    assert (await trade.client.post("/v1/invoices", files=files)).status_code in {400, 401}


async def test_p110_many_uploads_of_one_file_at_once_are_one_invoice(trade: Trade, database: Maker) -> None:
    seller = await trade.person("seller")
    content = ubl(await trade.sample())
    answers = await asyncio.gather(
        *(seller.post("/v1/invoices", files={"file": ("invoice.xml", content)}) for _ in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count(database, Invoice) == 1


async def test_xml_that_is_no_invoice_is_refused_by_the_reading(trade: Trade) -> None:
    seller = await trade.person("seller")
    found = await trade.uploaded(seller, b"<?xml version='1.0'?><order><id>7</id></order>")
    assert found["status"] == "refused"
    assert found["refusal"]["code"] == "e-invoice-unsupported"
    assert (await seller.get(f"/v1/invoices/{found['id']}/reading")).status_code == 409
    again = await seller.put(f"/v1/invoices/{found['id']}/terms", json=fields_of(await trade.sample()))
    assert (again.status_code, again.json()["code"]) == (409, "move-refused")


async def test_p131_a_reading_job_run_twice_changes_nothing(trade: Trade, database: Maker) -> None:
    seller = await trade.person("seller")
    answer = await seller.post("/v1/invoices", files={"file": ("invoice.xml", ubl(await trade.sample()))})
    (due,) = await jobs.due_for_reading(database)
    assert str(due) == answer.json()["id"]
    await asyncio.gather(*(jobs.read_invoice(database, trade.world, due) for _ in range(3)))
    assert await jobs.due_for_reading(database) == []
    await jobs.read_invoice(database, trade.world, due)
    await jobs.read_invoice(database, trade.world, uuid4())
    found = (await seller.get(f"/v1/invoices/{due}")).json()
    assert found["status"] == "read"


@pytest.fixture
async def infected_clamd() -> AsyncIterator[str]:
    """A daemon that speaks clamd's protocol and finds something in every file."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readuntil(b"\0")
        if command == b"zVERSION\0":
            writer.write(b"ClamAV 1.4.6/27800/Sat Nov 21 08:00:00 2026\0")
        else:
            while size := int.from_bytes(await reader.readexactly(4), "big"):
                await reader.readexactly(size)
            writer.write(b"stream: Eicar-Test-Signature FOUND\0")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_p108_an_infected_file_is_not_kept(trade: Trade, database: Maker, infected_clamd: str) -> None:
    world = replace(trade.world, scanner=ClamAv(infected_clamd))
    actor = Actor(uuid4(), "G" * 56, frozenset({Role.SELLER}))
    content = ubl(await trade.sample())
    with pytest.raises(FileInfected, match="Eicar"):
        async with transaction(database) as session:
            await intake.receive(session, world, actor, data=content, file_name="invoice.xml")
    assert await count(database, Invoice) == 0


async def read_invoice(trade: Trade, seller: Person, **changes: Any) -> tuple[str, dict[str, str]]:
    invoice = await trade.sample(**changes)
    found = await trade.uploaded(seller, ubl(invoice))
    return f"/v1/invoices/{found['id']}", fields_of(invoice)


WRONG_TERMS = {
    "decimals": ({"amount_due": "999.999"}, "amount-invalid", "amount_due"),
    "zero": ({"amount_due": "0.00"}, "amount-not-positive", "amount_due"),
    "negative": ({"amount_due": "-5.00"}, "amount-invalid", "amount_due"),
    "exponent": ({"amount_due": "1e3"}, "amount-invalid", "amount_due"),
    "separators": ({"amount_due": "1,000.00"}, "amount-invalid", "amount_due"),
    "above_the_document": ({"amount_due": "1000.01"}, "amount-above-document", "amount_due"),
    "due_in_the_past": ({"issue_date": "2020-01-01", "due_date": "2020-02-01"}, "due-date-passed", "due_date"),
    "due_before_issue": ({"due_date": "2020-02-01"}, "terms-invalid", "due_date"),
    "no_date": ({"due_date": "01.02.2027"}, "terms-invalid", "due_date"),
    "no_day": ({"due_date": "2027-02-30"}, "terms-invalid", "due_date"),
    "no_currency": ({"currency": "dollars"}, "terms-invalid", "currency"),
    "empty": ({"number": "  "}, "terms-invalid", "number"),
    "unprintable": ({"debtor_name": "A\u0000B"}, "terms-invalid", "debtor_name"),
    "long": ({"debtor_name": "A" * 201}, "terms-invalid", "debtor_name"),
    "to_oneself": ({"debtor_vat_id": "de 136 695 976"}, "terms-invalid", "debtor_vat_id"),
}


async def test_terms_that_cannot_be_confirmed(trade: Trade, database: Maker) -> None:
    seller = await trade.person("seller")
    path, fields = await read_invoice(trade, seller)
    for name, (changes, code, field) in WRONG_TERMS.items():
        answer = await seller.put(f"{path}/terms", json=fields | changes)
        assert (answer.status_code, answer.json()["code"]) == (422, code), (name, answer.text)
        assert field in {error["field"] for error in answer.json()["errors"]}, name
        assert (await seller.get(path)).json()["status"] == "read", name
        assert await count(database, InvoiceCorrection) == 0, name


async def test_unknown_and_missing_fields_are_refused(trade: Trade) -> None:
    seller = await trade.person("seller")
    path, fields = await read_invoice(trade, seller)
    assert (await seller.put(f"{path}/terms", json=fields | {"advance": "1"})).status_code == 400
    del fields["number"]
    assert (await seller.put(f"{path}/terms", json=fields)).status_code == 400
    assert (await seller.put(f"{path}/terms", content=b"{")).status_code == 400


async def test_a_credit_note_is_not_financed(trade: Trade) -> None:
    seller = await trade.person("seller")
    path, fields = await read_invoice(trade, seller, type_code="381")
    answer = await seller.put(f"{path}/terms", json=fields)
    assert (answer.status_code, answer.json()["code"]) == (409, "invoice-not-financeable")


async def test_p088_the_same_claim_in_another_file_is_a_duplicate(trade: Trade) -> None:
    seller, other = await trade.person("seller"), await trade.person("seller")
    invoice = await trade.sample()
    first = await trade.confirmed(seller, invoice)
    retyped = replace(invoice, number=invoice.number.replace("-", " / 0"))
    for who, content in ((seller, ubl(retyped)), (other, ubl(retyped)), (other, ubl(invoice))):
        found = await trade.uploaded(who, content)
        terms = fields_of(invoice if content == ubl(invoice) else retyped)
        answer = await who.put(f"/v1/invoices/{found['id']}/terms", json=terms)
        assert (answer.status_code, answer.json()["code"]) == (409, "duplicate-invoice"), answer.text
        assert (await who.get(f"/v1/invoices/{found['id']}")).json()["status"] == "read"
    assert (await seller.get(f"/v1/invoices/{first['id']}")).json()["status"] == "confirmed"


async def test_the_same_number_with_other_figures_asks_for_a_look(trade: Trade) -> None:
    seller = await trade.person("seller")
    invoice = await trade.sample()
    await trade.confirmed(seller, invoice)
    prepaid = await trade.confirmed(seller, replace(invoice, prepaid=10_000))
    assert [doubt["match"] for doubt in prepaid["doubts"]] == ["number"]


async def test_p087_two_sellers_may_use_one_number(trade: Trade) -> None:
    invoice = await trade.sample()
    seller = replace(invoice.seller, vat_id="DE811907980")
    other = replace(invoice, seller=seller, items=(Item("Cables", 3, 21_000, 0),))
    await trade.confirmed(await trade.person("seller"), invoice)
    assert (await trade.confirmed(await trade.person("seller"), other))["doubts"] == []


async def test_a_withdrawn_invoice_frees_its_file_and_its_claim(trade: Trade) -> None:
    seller = await trade.person("seller")
    invoice = await trade.sample()
    first = await trade.confirmed(seller, invoice)
    gone = await seller.post(f"/v1/invoices/{first['id']}/cancellation")
    assert (gone.json()["invoice"]["status"], gone.json()["transaction"]) == ("withdrawn", None)
    again = await trade.confirmed(seller, invoice)
    assert again["id"] != first["id"]
    assert (await seller.post(f"/v1/invoices/{first['id']}/cancellation")).status_code == 409


async def test_no_price_without_confirmation_debtor_or_card(trade: Trade) -> None:
    seller = await trade.person("seller")
    path, fields = await read_invoice(trade, seller)
    quote = f"{path}/quote"
    assert (await seller.post(quote, json={})).json()["code"] == "not-yet-confirmed"
    (await seller.put(f"{path}/terms", json=fields)).raise_for_status()
    assert (await seller.post(quote, json={})).json()["code"] == "debtor-unknown"
    debtor = await trade.debtor()
    assert (await seller.post(quote, json={})).json()["code"] == "rate-card-missing"
    await trade.card()
    assert (await seller.post(quote, json={"advance": "1"})).status_code == 400
    admin = await trade.platform("admin")
    blocked = {"status": "blocked", "reason": "Insolvency reported"}
    (await trade.client.patch(f"/v1/debtors/{debtor['id']}", headers=admin.headers, json=blocked)).raise_for_status()
    assert (await seller.post(quote, json={})).json()["code"] == "debtor-blocked"
    assert (await seller.get(path)).json()["status"] == "confirmed"


async def test_currencies_and_due_dates_beyond_the_card_are_refused(trade: Trade) -> None:
    seller = await trade.person("seller")
    await trade.card()
    await trade.debtor()
    found = await trade.confirmed(seller, await trade.sample(currency="EUR"))
    answer = await seller.post(f"/v1/invoices/{found['id']}/quote", json={})
    assert (answer.status_code, answer.json()["code"]) == (422, "currency-not-financed")
    assert "USD (in USDC)" in answer.json()["detail"]
    far = await trade.confirmed(seller, await trade.sample(due_date=await trade.today() + timedelta(days=400)))
    answer = await seller.post(f"/v1/invoices/{far['id']}/quote", json={})
    assert (answer.status_code, answer.json()["code"]) == (422, "due-date-not-financed")


async def test_only_the_newest_unexpired_quote_is_accepted(trade: Trade, database: Maker) -> None:
    seller = await trade.person("seller")
    await trade.card()
    await trade.debtor()
    found = await trade.confirmed(seller)
    path = f"/v1/invoices/{found['id']}"
    old, new = [(await seller.post(f"{path}/quote", json={"recourse": r})).json() for r in (False, True)]
    assert int(new["advance"].replace(".", "")) > int(old["advance"].replace(".", ""))
    stale = await seller.post(f"{path}/acceptance", json={"quote_id": old["id"]})
    assert (stale.status_code, stale.json()["code"]) == (404, "quote-not-found")
    async with transaction(database) as session:
        await session.execute(update(Quote).values(expires_at=Quote.created_at - timedelta(days=1)))
    late = await seller.post(f"{path}/acceptance", json={"quote_id": new["id"]})
    assert (late.status_code, late.json()["code"]) == (409, "quote-expired")
    fresh = (await seller.post(f"{path}/quote", json={})).json()
    for _ in range(2):
        taken = await seller.post(f"{path}/acceptance", json={"quote_id": fresh["id"]})
        assert (taken.status_code, taken.json()["status"]) == (200, "accepted")
    assert (await seller.post(f"{path}/escrow", json={})).status_code == 201


async def test_p081_strangers_see_nothing_of_an_invoice(trade: Trade) -> None:
    seller, stranger = await trade.person("seller"), await trade.person("seller", "investor")
    await trade.card()
    await trade.debtor()
    found = await trade.accepted(seller)
    path = f"/v1/invoices/{found['id']}"
    for probe in (path, f"{path}/reading", f"{path}/proof?fields=number"):
        assert (await stranger.get(probe)).status_code == 404, probe
        assert (await trade.client.get(probe)).status_code == 401, probe
    for step, body in (
        ("quote", {}),
        ("acceptance", {"quote_id": str(uuid4())}),
        ("escrow", None),
        ("confirmation", {"amount_due": "1000.00", "due_date": "2027-01-20"}),
        ("acknowledgement", None),
        ("cancellation", None),
    ):
        answer = await stranger.post(f"{path}/{step}", json=body)
        assert answer.status_code == 404, (step, answer.text)
    assert (await stranger.put(f"{path}/terms", json=fields_of(await trade.sample()))).status_code == 404
    assert (await stranger.post(f"{path}/attestation")).status_code == 403
    assert (await seller.post(f"{path}/attestation")).status_code == 403
    owed = {"amount_due": "1000.00", "due_date": "2027-01-20"}
    assert (await seller.post(f"{path}/confirmation", json=owed)).status_code == 404
    assert (await stranger.get("/v1/invoices")).json() == {"items": [], "next": None}
    assert (await seller.get(path)).json()["status"] == "accepted"


async def test_own_invoices_are_paged(trade: Trade) -> None:
    seller = await trade.person("seller")
    made = [
        (await seller.post("/v1/invoices", files={"file": ("a.xml", ubl(await trade.sample()))})).json()["id"]
        for _ in range(5)
    ]
    seen: list[str] = []
    cursor = None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await seller.get("/v1/invoices", params=params)).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == made[::-1]
