"""The local network's explorer: from a ledger to a transaction to its contract, and back by search."""

from console import Console, Watched
from playwright.async_api import expect
from stage import USDC


async def test_an_investment_is_found_and_read(console: Console, window: Watched) -> None:
    stage = console.stage
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    done = await stage.invest(ines, chain_id, 900 * USDC)
    page = window.page

    await window.open("/explorer")
    await expect(page.get_by_role("heading", name="Explorer")).to_be_visible()
    await window.check()
    await page.get_by_label("Search").fill(done["hash"])
    await page.get_by_role("button", name="Go").click()
    await expect(
        page.get_by_role("heading", name="Escrow. fund_escrow").or_(page.get_by_text("fund_escrow")).first
    ).to_be_visible()
    await expect(page.get_by_text(ines.address).first).to_be_visible()
    await expect(page.get_by_role("cell", name="invoice_released")).to_be_visible()
    await window.check()
    await page.get_by_role("link", name=str(done["ledger"])).first.click()
    await expect(page.get_by_role("heading", name=f"Ledger {done['ledger']}")).to_be_visible()
    await window.check()
    await page.get_by_role("link", name="Escrow").first.click()
    await expect(page.get_by_role("cell", name="invoice_funded").first).to_be_visible()
    await window.check()
    await window.open("/explorer/transactions/" + "ab" * 32)
    await expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    await window.open("/explorer/find?question=%3Cscript%3E")
    await expect(page.get_by_text("Type a ledger's number")).to_be_visible()
    await window.check()
