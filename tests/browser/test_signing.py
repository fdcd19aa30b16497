"""The dialog that asks for a signature, and everything a wallet, a person or time may do to it."""

from console import Console
from entering import with_wallet
from playwright.async_api import expect
from stage import USDC
from stellar_sdk import Keypair


async def test_declined_failed_and_silent_wallets_change_nothing(console: Console) -> None:
    """What a wallet may answer to a request to sign, on the investor's form as anywhere."""
    stage = console.stage
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    window, wallet = await with_wallet(console, ines.wallet)
    page = window.page
    await window.open(f"/login?next=/market/{chain_id}")
    await page.get_by_role("button", name="Freighter").click()
    await page.wait_for_url(f"**/market/{chain_id}")
    dialog = page.get_by_role("dialog")
    await page.get_by_role("button", name="Review and sign").dblclick()
    await expect(dialog.get_by_role("button", name="Sign with my wallet")).to_be_visible()

    wallet.mood = "decline"
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Cancelled: nothing happened.")).to_be_visible()
    await expect(dialog.get_by_role("link", name="Open in a wallet (SEP-7)")).to_be_visible()
    await window.check()
    wallet.mood = "fail"
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("The wallet encountered an internal error.")).to_be_visible()
    wallet.mood, mine = "approve", wallet.keypair
    wallet.keypair = Keypair.random()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("The wallet has another account selected.")).to_be_visible()
    assert await stage.balance(ines.address) == 10_000 * USDC
    wallet.keypair = mine

    # Too late: the time bounds pass while the dialog is open.
    await stage.advance(400)
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("time to sign has passed").first).to_be_visible()
    await dialog.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="Review and sign").click()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    assert await stage.balance(ines.address) == (10_000 - 900) * USDC
