"""The desk's page of changes that wait: announced by form, seen with its countdown, taken back."""

from console import Console
from entering import enter
from playwright.async_api import expect
from trade import Trade


async def test_h139_a_change_is_announced_and_taken_back(console: Console, trade: Trade) -> None:
    window = await enter(console, await trade.platform("admin"))
    page = window.page
    await window.open("/desk/changes")
    await page.get_by_label("Origination fee").fill("90")
    await page.get_by_label("Reason").first.fill("Less work than we thought")
    await page.get_by_role("button", name="Announce on the ledger").first.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    change = page.get_by_role("region", name="Fees")
    await expect(change.get_by_text("until it can be carried out")).to_be_visible()
    await expect(change.get_by_text("0.90 %")).to_be_visible()
    await window.check()
    await page.set_viewport_size({"width": 360, "height": 760})
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await window.check()
    await change.get_by_role("button", name="Take back").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(change.get_by_text("Taken back", exact=True)).to_be_visible()
