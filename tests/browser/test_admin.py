"""The platform's people in the browser: reviews, prices, settlements with four eyes, what is overdue or stuck."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from console import Console, Watched
from desk import allowed, funded, grant, paper, seller_of, sign, until
from entering import enter
from playwright.async_api import Dialog, expect
from stage import DAY, Stage
from trade import Trade

from invoice_files import born_digital
from tenor.chain import flows as chain
from tenor.db import transaction
from tenor.ledger import calls


@pytest.fixture
async def admin(console: Console, trade: Trade) -> Watched:
    """The deployment's own admin at the desk; says yes when he is asked whether he is sure."""
    window = await enter(console, await trade.platform("admin"))

    async def agree(dialog: Dialog) -> None:
        await dialog.accept()

    window.page.on("dialog", agree)
    return window


async def test_a_person_is_reviewed_with_a_reason(console: Console, trade: Trade, stage: Stage, admin: Watched) -> None:
    person = await stage.person(allowed=False)
    details = {
        "country_code": "FRA",
        "organization_name": "Atelier Lumen SARL",
        "organization_registration_number": "RCS Lyon 403 032 650",
    }
    (await person.post("/v1/kyc", json={"roles": ["seller"], "details": details})).raise_for_status()
    page = admin.page
    await admin.open("/desk")
    tile = page.get_by_role("link", name="People to review")
    await expect(tile).to_contain_text("1")
    await admin.check()
    await tile.click()
    await expect(page.get_by_role("heading", name="People")).to_be_visible()
    await admin.check()
    await page.locator("tbody a").click()
    await expect(page.get_by_text("RCS Lyon 403 032 650")).to_be_visible()
    await admin.check()
    await page.get_by_text("Approve", exact=True).click()
    await page.get_by_label("Reason").fill("Register extract of today seen.")
    await page.get_by_role("button", name="Decide").click()
    await expect(page.get_by_text("Nobody at this stage.")).to_be_visible()
    await page.get_by_role("link", name="Approved").click()
    await expect(page.get_by_text("Register extract of today seen.")).to_be_visible()
    await allowed(stage, person)
    assert (await person.get("/v1/me")).json()["roles"] == ["seller"]
    stranger = await enter(console, person)
    await stranger.open("/desk")
    await expect(stranger.page.get_by_text("This needs the role")).to_be_visible()


async def test_a_customer_is_registered_and_attested(trade: Trade, stage: Stage, admin: Watched) -> None:
    seller, debtor = await seller_of(trade, stage), await stage.person()
    await trade.card()
    invoice = await trade.confirmed(seller, await paper(trade, number="N-41"))
    page = admin.page
    await admin.open("/desk")
    await page.get_by_role("link", name="Customers to register").click()
    await page.get_by_role("link", name="N-41").click()
    await expect(page.get_by_role("heading", name="Register a customer")).to_be_visible()
    await admin.check()
    await page.get_by_label("Grade").select_option("B")
    await page.get_by_label("Wallet").fill(debtor.address)
    await page.get_by_label("Reason").fill("Register extract seen")
    await page.get_by_role("button", name="Register").click()
    await expect(page.get_by_role("heading", name="Register a customer")).to_be_hidden()
    await admin.open("/desk/debtors")
    await expect(page.get_by_role("link", name="Atelier Lumen")).to_be_visible()
    await admin.check()
    await page.get_by_role("link", name="Atelier Lumen").click()
    await page.get_by_label("Grade").select_option("A")
    await page.get_by_label("Reason").fill("Two years of prompt payment")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("cell", name="Two years of prompt payment")).to_be_visible()
    await admin.check()

    path = f"/v1/invoices/{invoice['id']}"
    quote = (await seller.post(f"{path}/quote", json={})).raise_for_status().json()
    (await seller.post(f"{path}/acceptance", json={"quote_id": quote["id"]})).raise_for_status()
    await sign(trade, seller, await seller.post(f"{path}/escrow"))
    await until(trade, seller, path, "awaiting_attestation")
    await admin.open("/desk/invoices?queue=attestation")
    await page.get_by_role("link", name="N-41").click()
    await page.get_by_role("button", name="Attest and open").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await until(trade, seller, path, "listed")


async def test_copies_stand_side_by_side(trade: Trade, stage: Stage, admin: Watched) -> None:
    seller, other = await seller_of(trade, stage), await seller_of(trade, stage)
    first = await paper(trade, number="C-100")
    found = []
    for person, invoice in ((seller, first), (other, await paper(trade, number="C-200", issue_date=first.issue_date))):
        one = await trade.uploaded(person, born_digital(invoice), "paper.pdf")
        fields = (await person.get(f"/v1/invoices/{one['id']}/reading")).json()["fields"]
        names = ("number", "issue_date", "due_date", "currency", "amount_due")
        names += ("seller_name", "seller_vat_id", "debtor_name", "debtor_vat_id")
        body = {name: fields[name]["value"] for name in names}
        (await person.put(f"/v1/invoices/{one['id']}/terms", json=body)).raise_for_status()
        found.append(one["id"])
    page = admin.page
    await admin.open(f"/desk/invoices/{found[1]}")
    await expect(page.get_by_role("heading", name="Resembles others")).to_be_visible()
    await expect(page.get_by_role("row", name="Invoice number")).to_contain_text("C-100")
    pictures = page.locator(".beside .sheet img")
    await expect(pictures).to_have_count(2)
    for picture in await pictures.all():
        await expect(picture).to_have_js_property("complete", value=True)
        assert await picture.evaluate("image => image.naturalWidth") > 500
    await expect(page.locator(".differs").first).to_contain_text("C-200")
    await admin.check()


async def test_prices_are_tried_and_published_as_a_version(trade: Trade, admin: Watched) -> None:
    await trade.card()
    page = admin.page
    await admin.open("/desk/prices")
    await page.get_by_role("button", name="Calculate").click()
    payout = page.locator("[data-payout]")
    await expect(payout).to_contain_text("USDC")
    before = await payout.inner_text()
    await page.get_by_label("Grade").select_option("B")
    await page.get_by_role("button", name="Calculate").click()
    await expect(payout).not_to_have_text(before)
    await admin.check()
    await page.locator("summary", has_text="Grades").click()
    await page.locator('[data-path="grades.B.advance_bps"]').fill("7000")
    await page.get_by_role("button", name="Try it first").click()
    await expect(payout).to_have_text("6930.00 USDC")
    await page.get_by_label("What changes, and why").fill("Grade B is riskier than it was")
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_role("heading", name="Version 2")).to_be_visible()
    await expect(page.get_by_text("Advance, bps: 8500 → 7000")).to_be_visible()
    await admin.check()


async def test_p038_a_settlement_needs_two_people(
    console: Console, trade: Trade, stage: Stage, admin: Watched, tmp_path: Path
) -> None:
    seller, debtor = await seller_of(trade, stage), await stage.person()
    await trade.card()
    await trade.debtor(address=debtor.address)
    await stage.give(stage.keys.roles["operator"].public_key, 2_000 * 10**7)
    invoice = await funded(trade, stage, seller, number="P-7")
    clerk = await grant(trade, await stage.person(), "operator")
    window = await enter(console, clerk)
    page = window.page
    evidence = tmp_path / "statement.pdf"
    evidence.write_bytes(born_digital(await paper(trade, number="BANK-1")))
    await window.open("/desk/settlements")
    await window.check()
    await page.get_by_label("Amount").fill("5000")
    await page.get_by_label("Evidence").set_input_files(evidence)
    await page.get_by_label("Note").fill("Wire of today, reference P-7")
    await page.get_by_role("button", name="Record for approval").click()
    await expect(page.get_by_text("above what is still owed")).to_be_visible()
    await page.get_by_label("Amount").fill("600")
    await page.get_by_role("button", name="Record for approval").click()
    await expect(page.get_by_text("You recorded this payment. Somebody else must decide.")).to_be_visible()
    await window.check()
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Open the evidence").click()
    assert (await downloading.value).suggested_filename.endswith(".pdf")

    await admin.open("/desk")
    await admin.page.get_by_role("link", name="Settlements to approve").click()
    await admin.page.locator("tbody a").first.click()
    await admin.page.get_by_label("Reason").fill("Bank statement read, amount and reference agree.")
    await admin.check()
    await admin.page.get_by_role("button", name="Approve").click()
    await expect(admin.page.get_by_text("Bank statement read, amount")).to_be_visible()
    await until(trade, clerk, f"/v1{urlsplit(admin.page.url).path.removeprefix('/desk')}", "recorded")
    seen = (await seller.get(f"/v1/invoices/{invoice['id']}")).json()
    assert seen["escrow"]["received"] == "600.0000000"
    await admin.reload()
    await expect(admin.page.locator(".page-head .badge")).to_have_text("Recorded")


async def test_what_is_overdue_is_listed_and_its_default_declared(trade: Trade, stage: Stage, admin: Watched) -> None:
    seller, debtor = await seller_of(trade, stage), await stage.person()
    await trade.card()
    await trade.debtor(address=debtor.address, email="accounts@atelier-lumen.example")
    invoice = await funded(trade, stage, seller, number="O-1")
    page = admin.page
    await stage.advance(63 * DAY)
    await admin.open("/desk/overdue")
    row = page.get_by_role("row", name=invoice["chain_id"][:8])
    await expect(row).to_contain_text("accounts@atelier-lumen.example")
    await expect(row).to_contain_text("Grace until")
    await admin.check()
    await stage.advance(40 * DAY)
    await admin.open("/desk/overdue")
    await row.get_by_role("button", name="Declare the default").click()
    await expect(page.get_by_role("dialog").get_by_text("Done: the ledger has it.")).to_be_visible()
    await until(trade, seller, f"/v1/invoices/{invoice['id']}", "defaulted")
    await admin.open("/desk/overdue")
    await expect(row).to_contain_text("In default")


async def test_operation_shows_health_pauses_and_refused_orders(trade: Trade, stage: Stage, admin: Watched) -> None:
    async with transaction(stage.maker) as session:
        await chain.order(
            session,
            role="operator",
            purpose="declare_default",
            purpose_key="declare_default:nothing",
            subject="00" * 32,
            call=calls.declare_default(stage.world.deployment.escrow, "00" * 32),
        )
    await stage.settle()
    page = admin.page
    await admin.open("/desk/operation")
    await expect(page.get_by_text("Fit", exact=True).first).to_be_visible()
    await expect(page.get_by_role("heading", name="Declare a default")).to_be_visible()
    await admin.check()
    pauses = page.get_by_role("listitem").filter(has_text="New listings")
    await pauses.get_by_role("button", name="Pause").click()
    await expect(page.get_by_role("dialog").get_by_text("Done: the ledger has it.")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Close").click()
    await expect(pauses.get_by_text("Paused")).to_be_visible()
    await pauses.get_by_role("button", name="Go on").click()
    await expect(page.get_by_role("dialog").get_by_text("Done: the ledger has it.")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Close").click()
    await expect(pauses.get_by_text("Running")).to_be_visible()
