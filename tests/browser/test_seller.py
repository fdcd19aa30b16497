"""A seller in the browser: from files on a desk to a listed, funded and repaid invoice."""

import asyncio
from datetime import timedelta
from pathlib import Path

from console import Console, Watched
from desk import allowed, listed, paper, seller_of, until
from entering import enter
from people import Person
from playwright.async_api import expect
from stage import Stage
from trade import Trade, fields_of

from invoice_files import Item, born_digital, scanned, ubl


async def opened(window: Watched, path: str) -> Watched:
    await window.open(path)
    return window


async def at_review(window: Watched, trade: Trade, seller: Person, invoice_id: str) -> Watched:
    """Its review, once it is read; an invoice's page goes on by itself only when it was opened before."""
    await until(trade, seller, f"/v1/invoices/{invoice_id}", "read")
    return await opened(window, f"/invoices/{invoice_id}/review")


async def test_a_seller_uploads_checks_prices_signs_and_is_paid(
    console: Console, trade: Trade, stage: Stage, tmp_path: Path
) -> None:
    seller, debtor = await seller_of(trade, stage), await stage.person()
    await trade.card()
    await trade.debtor(address=debtor.address, name="Atelier Lumen SARL")
    file = tmp_path / "invoice.pdf"
    file.write_bytes(born_digital(await paper(trade, number="R-2026-118")))
    window = await enter(console, seller)
    page = window.page

    await window.open("/invoices")
    await expect(page.get_by_role("heading", name="Your invoices")).to_be_visible()
    await window.check()
    await page.locator("[data-files]").first.set_input_files(file)
    await expect(page.get_by_role("heading", name="Check what was read")).to_be_visible()
    picture = page.locator(".sheet img")
    await expect(picture).to_have_js_property("complete", value=True)
    assert await picture.evaluate("image => image.naturalWidth") > 500
    await page.get_by_label("Invoice number").focus()
    await expect(page.locator('[data-box="number"]')).to_have_class("box on")
    await window.check()
    await page.get_by_label("Customer", exact=True).fill("Atelier Lumen")
    await page.get_by_role("button", name="Confirm these fields").click()

    await expect(page.get_by_text("Reaches your account").first).to_be_visible()
    quote = (await seller.get((await page.evaluate("location.pathname")).replace("/invoices", "/v1/invoices"))).json()
    assert quote["terms"]["debtor_name"] == "Atelier Lumen"
    await expect(page.locator(".hero-figure")).to_contain_text("841.50")
    await window.check()
    await page.get_by_label("I answer for my customer").check()
    await expect(page.get_by_text("You answer, a year")).to_be_visible()
    await page.get_by_role("button", name="Accept and sign").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.get_by_text("The platform verifies your customer now")).to_be_visible()
    await window.check()

    operator = await trade.platform("operator")
    (await operator.post(f"/v1/invoices/{quote['id']}/attestation")).raise_for_status()
    await expect(page.get_by_text("See it as investors do")).to_be_visible()


async def test_a_seller_sees_funding_repayment_and_statement(
    console: Console, trade: Trade, stage: Stage, tmp_path: Path
) -> None:
    seller, debtor, investor = await seller_of(trade, stage), await stage.person(), await stage.person()
    await trade.card()
    await trade.debtor(address=debtor.address, name="Atelier Lumen SARL")
    quote = await listed(trade, seller, number="R-2026-119")
    window = await opened(await enter(console, seller), f"/invoices/{quote['id']}")
    page = window.page
    await expect(page.get_by_text("Ask your customer")).to_be_visible()
    await expect(page.get_by_text("See it as investors do")).to_be_visible()
    chain_id = (await seller.get(f"/v1/invoices/{quote['id']}")).json()["chain_id"]
    escrow = (await seller.get(f"/v1/marketplace/{chain_id}")).json()
    await allowed(stage, investor)
    await stage.invest(investor, chain_id, int(escrow["advance"].replace(".", "")))
    await until(trade, seller, f"/v1/invoices/{quote['id']}", "funded")
    await stage.pay(debtor, chain_id, 400 * 10**7)
    paid = (await seller.get(f"/v1/invoices/{quote['id']}")).json()
    assert paid["escrow"]["received"] == "400.0000000"
    await window.reload()
    await expect(page.get_by_text("Paid out to you").first).to_be_visible()
    await expect(page.get_by_role("cell", name="Payment", exact=True)).to_be_visible()
    await window.check()
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="CSV").click()
    await (await downloading.value).save_as(tmp_path / "statement.csv")
    saved = await asyncio.to_thread((tmp_path / "statement.csv").read_text, encoding="utf-8-sig")
    assert saved.splitlines()[0].startswith("at,what,direction,amount,asset")
    assert "payment,in,400.0000000" in saved

    await window.open("/invoices")
    await expect(page.get_by_role("link", name="R-2026-119")).to_be_visible()
    await expect(page.get_by_text("Falling due by month")).to_be_visible()
    await window.check()
    german = await opened(await enter(console, seller, locale="de-DE"), "/invoices")
    await expect(german.page.get_by_role("heading", name="Ihre Rechnungen")).to_be_visible()
    await german.check()


async def test_many_files_at_once_and_each_says_what_became_of_it(
    console: Console, trade: Trade, stage: Stage, tmp_path: Path
) -> None:
    seller = await seller_of(trade, stage)
    files = []
    for name, content in {
        "one.xml": ubl(await paper(trade, number="A-1")),
        "two.pdf": born_digital(await paper(trade, number="A-2", items=(Item("Cables", 3, 9_900, 0),))),
        "three.pdf": b"%PDF-1.7 nothing of the kind",
    }.items():
        (tmp_path / name).write_bytes(content)
        files.append(tmp_path / name)
    window = await opened(await enter(console, seller), "/invoices")
    await window.page.locator("[data-files]").first.set_input_files(files)
    rows = window.page.locator(".upload-row")
    await expect(rows).to_have_count(3)
    await expect(rows.filter(has_text="one.xml")).to_have_class("upload-row good")
    await expect(rows.filter(has_text="two.pdf")).to_have_class("upload-row good")
    await expect(rows.filter(has_text="three.pdf")).to_have_class("upload-row bad")
    await window.check()


async def test_a_scan_shows_what_is_doubtful_first(console: Console, trade: Trade, stage: Stage) -> None:
    seller = await seller_of(trade, stage)
    content = scanned(await paper(trade, number="S-9"), seed=5)
    found = await seller.post("/v1/invoices", files={"file": ("scan.pdf", content)})
    assert found.status_code == 201, found.text
    window = await at_review(await enter(console, seller), trade, seller, found.json()["id"])
    page = window.page
    await expect(page.get_by_role("heading", name="Check what was read")).to_be_visible()
    doubtful = await page.locator("[data-field]").evaluate_all(
        "all => all.map(each => each.classList.contains('doubtful'))"
    )
    assert doubtful == sorted(doubtful, reverse=True)
    await window.check()


async def test_an_unknown_customer_is_said_and_waits(console: Console, trade: Trade, stage: Stage) -> None:
    seller = await seller_of(trade, stage)
    await trade.card()
    invoice = await paper(trade, number="U-1", due_date=await trade.today() + timedelta(days=45))
    found = (await seller.post("/v1/invoices", files={"file": ("u.xml", ubl(invoice))})).json()
    window = await at_review(await enter(console, seller), trade, seller, found["id"])
    page = window.page
    await expect(page.get_by_role("heading", name="Check what was read")).to_be_visible()
    await expect(page.get_by_text("An e-invoice has no page")).to_be_visible()
    assert await page.get_by_label("Amount due").input_value() == fields_of(invoice)["amount_due"]
    await page.get_by_label("Due on").fill((await trade.today() - timedelta(days=3)).isoformat())
    await page.get_by_role("button", name="Confirm these fields").click()
    await expect(page.get_by_text("only invoices that are not due yet are financed")).to_be_visible()
    await page.get_by_label("Due on").fill(invoice.due_date.isoformat())
    await page.get_by_role("button", name="Confirm these fields").click()
    await expect(page.get_by_text("on our list to verify")).to_be_visible()
    await window.check()
