"""From the landing page to a funded invoice, with a throw-away key and without any documentation."""

import re

from console import Console, Watched
from playwright.async_api import expect
from stage import USDC

from tenor.console import demo


async def test_a_newcomer_funds_an_invoice_without_a_wallet(console: Console, window: Watched) -> None:
    seller, debtor = await console.stage.person(), await console.stage.person()
    chain_id = await console.stage.listed(seller, debtor)
    before = await console.stage.balance(seller.address)
    page = window.page

    await window.open("/")
    await window.check()
    await page.get_by_role("link", name="Try it now").click()
    await expect(page.get_by_role("heading", name="Guided demo")).to_be_visible()
    await window.check()
    await page.get_by_role("button", name="Make me an investor").click()
    await expect(page.get_by_role("heading", name="Marketplace")).to_be_visible()
    await expect(page.get_by_text("Local demo network")).to_be_visible()
    await window.check()

    await page.get_by_role("link", name=f"Invoice {chain_id[:8]}").click()
    await expect(page.get_by_role("heading", name="What it would bring")).to_be_visible()
    await window.check()
    await page.get_by_role("button", name="Everything that is left").click()
    await page.get_by_role("button", name="Review and sign").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("At most 900.0000000 USDC", exact=True)).to_be_visible()
    await expect(dialog.get_by_text("from you to the escrow contract")).to_be_visible()
    await window.check()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await expect(dialog.get_by_text(re.compile(r"^[0-9a-f]{10}…[0-9a-f]{8}"))).to_be_visible()
    assert await console.stage.balance(seller.address) == before + 891 * USDC

    me = await page.evaluate("document.body.dataset.address")
    assert await console.stage.balance(me) == demo.PURSE_UNITS - 900 * USDC
    keys = await page.evaluate("JSON.parse(localStorage.getItem('tenor.demo-keys')).length")
    assert keys == 1
