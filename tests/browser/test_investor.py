"""The investor's own pages: what she holds, what it earns, what she claims, transfers and takes home as a file."""

import csv
import hashlib
import io
from pathlib import Path

from console import Console
from entering import enter
from playwright.async_api import expect
from stage import DAY, USDC


async def test_a_holder_sees_claims_and_takes_home_what_is_hers(console: Console, tmp_path: Path) -> None:
    stage = console.stage
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    first, second = await stage.listed(seller, debtor), await stage.listed(seller, debtor)
    for chain_id in (first, second):
        await stage.invest(ines, chain_id, 900 * USDC)
    window = await enter(console, ines)
    page = window.page

    await window.open("/portfolio")
    await expect(page.get_by_text("1,800.00").first).to_be_visible()
    await window.check()

    # Half of both invoices is paid while nobody pushes, so that it waits in the contract.
    await console.stop_pushing()
    await stage.advance(30 * DAY)
    for chain_id in (first, second):
        await stage.pay(debtor, chain_id, 450 * USDC, settle=False)
    await stage.read()
    await window.open("/portfolio")
    await page.get_by_role("button", name="Claim all").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name="Claim all payouts")).to_be_visible()
    await window.check()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("button", name="Claim all")).to_be_disabled()
    assert await stage.balance(ines.address) == (10_000 - 1_800 + 900) * USDC

    await page.get_by_role("link", name=first[:8]).first.click()
    await expect(page.get_by_role("cell", name="Claimed")).to_be_visible()
    await window.check()
    await page.get_by_label("To the wallet").fill(debtor.address)
    await page.get_by_label("Shares").fill("100")
    await page.get_by_role("button", name="Review and sign").click()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("cell", name="Shares sold")).to_be_visible()

    await window.open("/portfolio")
    files = {}
    for form in ("CSV", "PDF"):
        async with page.expect_download() as started:
            await page.get_by_role("link", name=form).click()
        files[form] = await (await started.value).path()
    table = files["CSV"].read_bytes()
    events = [row[2] for row in csv.reader(io.StringIO(table.decode("utf-8-sig"))) if len(row) == 8]
    assert events == ["event", "Invested", "Invested", "Claimed", "Claimed", "Shares sold"]
    assert hashlib.sha256(table).hexdigest() in text_of(files["PDF"].read_bytes())


async def test_a_newcomer_asks_to_be_verified_and_ends_a_session(console: Console) -> None:
    somebody = await console.stage.person(allowed=False)
    window = await enter(console, somebody)
    page = window.page
    await window.open("/account")
    await window.check()
    await page.get_by_label("First name").fill("<script>alert(1)</script>")
    await page.get_by_label("Last name").fill("Ωmega \u202e =1+1")
    await page.get_by_label("Date of birth").fill("1990-02-03")
    await page.get_by_label("Country").fill("DEU")
    await page.get_by_role("button", name="Send for review").click()
    await expect(page.get_by_text("Somebody is looking at them.")).to_be_visible()
    await window.check()
    mine = page.get_by_role("row").filter(has_text="This one")
    await mine.get_by_role("button", name="End", exact=True).click()
    await expect(page.get_by_role("heading", name="Log in with your wallet")).to_be_visible()


async def test_strangers_see_a_login_instead(console: Console) -> None:
    window = await console.window()
    for path in ("/portfolio", "/account", "/portfolio/" + "ab" * 32):
        await window.open(path)
        await expect(window.page.get_by_role("heading", name="Log in with your wallet")).to_be_visible()
        await window.check()


def text_of(pdf: bytes) -> str:
    """The words of its page streams, as far as a hash in one piece is concerned."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join(word["text"] for sheet in opened.pages for word in sheet.extract_words())
