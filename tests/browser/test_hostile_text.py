"""Hostile text in every field that others see: it stays text, breaks no page, and starts no formula."""

from pathlib import Path

from console import Console, Watched
from desk import grant, paper, seller_of
from entering import enter
from playwright.async_api import expect
from stage import Stage
from trade import Trade, fields_of

from invoice_files import born_digital, ubl
from tenor.db import transaction
from tenor.notices import flows

SCRIPT = "\"'><script>window.hacked=1</script><img src=x onerror=window.hacked=1>{{7*7}}${7*7}"
TURNED = "\u202e\u2067gnp.eciovni\u202e"
FORMULA = '=HYPERLINK("http://127.0.0.1:9/?"&A1,"click")'
ENDLESS = "W" * 10_000
NARROW, WIDE = {"width": 360, "height": 760}, {"width": 1280, "height": 860}


async def harmless(window: Watched, path: str, *texts: str) -> None:
    """Shown as typed, run by nobody, and the page keeps its width and its policy."""
    await window.open(path)
    page = window.page
    for text in texts:
        await expect(page.locator("main")).to_contain_text(text)
    assert await window.evaluate("window.hacked") is None
    assert await page.locator("main script:not([type]), main img[src='x']").count() == 0
    for size in (NARROW, WIDE):
        await page.set_viewport_size(size)
        assert await window.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} {size}"
    await window.check()


async def test_p090_hostile_text_stays_text_on_every_page(console: Console, trade: Trade, stage: Stage) -> None:
    admin, seller = await trade.platform("admin"), await seller_of(trade, stage)
    desk, shop = await enter(console, admin), await enter(console, seller)
    await trade.card()

    person = await stage.person(allowed=False)
    details = {"country_code": "DEU", "organization_name": SCRIPT, "organization_registration_number": TURNED}
    details |= {"address": "W" * 300, "tax_id": FORMULA}
    submitted = (await person.post("/v1/kyc", json={"roles": ["seller"], "details": details})).raise_for_status()
    case = submitted.json()["id"]
    await harmless(desk, f"/desk/kyc/{case}", SCRIPT, FORMULA)
    decision = {"decision": "reject", "reason": SCRIPT + TURNED}
    (await admin.post(f"/v1/kyc/{case}/decision", json=decision)).raise_for_status()
    await harmless(desk, "/desk/kyc?status=rejected", SCRIPT)
    await harmless(await enter(console, person), "/notices", SCRIPT)

    invoice = await paper(trade)
    files = {"file": (f"{SCRIPT[:60]}.xml", ubl(invoice))}
    found = (await seller.post("/v1/invoices", files=files)).raise_for_status().json()
    await trade.read()
    fields = fields_of(invoice) | {"number": SCRIPT, "debtor_name": "W" * 200, "seller_name": FORMULA}
    path = f"/v1/invoices/{found['id']}"
    (await seller.put(f"{path}/terms", json=fields)).raise_for_status()
    for page in (f"/invoices/{found['id']}", "/invoices"):
        await harmless(shop, page, SCRIPT)
    await shop.open(f"/invoices/{found['id']}/review")
    await expect(shop.page.get_by_label("Invoice number")).to_have_value(SCRIPT)
    await harmless(shop, f"/invoices/{found['id']}/review")
    for page in (f"/desk/invoices/{found['id']}", "/desk/invoices?queue=debtors"):
        await harmless(desk, page, SCRIPT)

    body = {"vat_id": fields["debtor_vat_id"], "name": SCRIPT, "country": "FR", "grade": "B", "reason": FORMULA}
    debtor = (await admin.post("/v1/debtors", json=body | {"sector": "W" * 200})).raise_for_status().json()
    await harmless(desk, "/desk/debtors", SCRIPT)
    await harmless(desk, f"/desk/debtors/{debtor['id']}", SCRIPT, FORMULA)
    rules = (await admin.get("/v1/rate-cards")).json()["items"][0]["rules"]
    (await admin.post("/v1/rate-cards", json={"rules": rules, "note": SCRIPT})).raise_for_status()
    await harmless(desk, "/desk/prices", SCRIPT)

    async with transaction(stage.maker) as session:
        account = (await seller.get("/v1/me")).json()["id"]
        told = {"kind": "invoice_funded", "subject": found["id"], "title": "W" * 200, "body": ENDLESS}
        await flows.notify(session, account_id=account, key="k", **told)
    await harmless(shop, "/notices", ENDLESS[:500])


async def test_p091_an_export_starts_no_formula(trade: Trade, stage: Stage) -> None:
    seller = await seller_of(trade, stage)
    invoice = await paper(trade)
    found = (await seller.post("/v1/invoices", files={"file": ("f.xml", ubl(invoice))})).raise_for_status().json()
    await trade.read()
    fields = fields_of(invoice) | {"number": "@SUM(A1)", "debtor_name": f" {FORMULA}"}
    (await seller.put(f"/v1/invoices/{found['id']}/terms", json=fields)).raise_for_status()
    text = (await seller.get("/v1/invoices/export.csv")).raise_for_status().text
    line = next(line for line in text.splitlines() if found["id"] in line)
    assert "'@SUM(A1)" in line
    assert "\"'=HYPERLINK" in line
    assert ",1000.00,USD," in line


async def test_too_much_and_unprintable_text_is_refused_with_a_sentence(
    console: Console, trade: Trade, stage: Stage, tmp_path: Path
) -> None:
    seller = await seller_of(trade, stage)
    clerk = await grant(trade, await stage.person(), "admin")
    (tmp_path / "one.pdf").write_bytes(born_digital(await paper(trade, number="T-1")))
    shop = await enter(console, seller)
    await shop.open("/invoices")
    await shop.page.locator("[data-files]").first.set_input_files(tmp_path / "one.pdf")
    number = shop.page.get_by_label("Invoice number")
    await expect(number).to_be_visible()
    await number.evaluate("input => input.removeAttribute('maxlength')")
    for text in (ENDLESS, "W" * 201, f"R-{TURNED}"):
        await number.fill(text)
        await shop.page.get_by_role("button", name="Confirm these fields").click()
        await expect(shop.page.locator(".field-error:visible").first).to_be_visible()
    await expect(shop.page.get_by_text("characters that cannot be printed")).to_be_visible()
    for path, body in (
        ("/v1/debtors", {"vat_id": "FR40303265045", "name": ENDLESS, "country": "FR", "grade": "B", "reason": "r"}),
        ("/v1/rate-cards/what-if", {"amount_due": ENDLESS, "currency": "USD", "due_date": "2027-01-01", "grade": "B"}),
    ):
        assert (await clerk.post(path, json=body)).status_code == 400
