"""Shares change hands in the browser: offered with two signatures, bought in part for what was shown, withdrawn."""

from console import Console, Watched
from entering import enter
from people import Person
from playwright.async_api import expect
from stage import USDC


async def sign(window: Watched, heading: str) -> None:
    dialog = window.page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name=heading)).to_be_visible()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()


async def funded(console: Console, holder: Person) -> str:
    """An invoice whose shares are all the holder's."""
    stage = console.stage
    seller, debtor = await stage.person(), await stage.person()
    chain_id = await stage.listed(seller, debtor)
    await stage.read()
    await stage.invest(holder, chain_id, 900 * USDC)
    return chain_id


async def test_shares_are_offered_and_bought_in_part(console: Console) -> None:
    stage = console.stage
    ines, bea = await stage.person(), await stage.person()
    chain_id = await funded(console, ines)
    holder = await enter(console, ines)
    page = holder.page

    await holder.open(f"/portfolio/{chain_id}")
    await page.get_by_label("How many").fill("901")
    await page.get_by_label("Price for all of them").fill("390")
    await page.get_by_role("button", name="Review and offer").click()
    await expect(page.get_by_text("at most 900.0000000", exact=False).first).to_be_visible()
    await page.get_by_label("How many").fill("400")
    await page.get_by_role("button", name="Review and offer").click()
    await sign(holder, "Let the market move shares")
    await sign(holder, "Offer shares")
    await expect(page.get_by_role("region", name="Your offers").get_by_text("On offer", exact=True)).to_be_visible()
    await holder.check()

    # Without a login the offer is seen; with one it is bought.
    buyer = await enter(console, bea)
    page = buyer.page
    await buyer.open("/shares?sort=cheapest")
    await page.get_by_role("link", name=chain_id[:8]).first.click()
    await expect(page.get_by_role("heading", name="Buy")).to_be_visible()
    await page.get_by_label("How many").fill("401")
    await expect(page.get_by_text("at most 400.0000000 shares")).to_be_visible()
    await page.get_by_label("How many").fill("300")
    await expect(page.locator("[data-price='292.5000000']")).to_be_visible()
    await buyer.check()
    await page.get_by_role("button", name="Review and sign").click()
    await expect(page.get_by_role("dialog").get_by_text("Buys 300.0000000 of its shares")).to_be_visible()
    await buyer.check()
    await sign(buyer, "Buy shares")
    await page.wait_for_url(f"**/portfolio/{chain_id}")
    await expect(page.get_by_role("cell", name="Paid for shares")).to_be_visible()
    await buyer.check()
    assert await stage.balance(bea.address) == 10_000 * USDC - 2_925_000_000

    page = holder.page
    await holder.open("/portfolio")
    offers = page.get_by_role("region", name="Your offers")
    await expect(offers.get_by_text("100.00 / 400.00")).to_be_visible()
    await offers.get_by_role("button", name="Withdraw").click()
    await sign(holder, "Withdraw an offer")
    await expect(page.get_by_role("region", name="Your offers")).to_have_count(0)
    stranger = await console.window()
    await stranger.open(f"/shares?chain_id={chain_id}")  # other tests offer theirs on the same ledger
    await expect(stranger.page.get_by_role("heading", name="No shares are for sale now")).to_be_visible()
    await stranger.check()
