"""The dialog that asks for a signature, and everything a wallet, a person or time may do to it."""

from console import Console
from entering import enter, with_wallet
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
    await page.wait_for_url(f"{console.base}/market/{chain_id}")
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


async def test_the_keyboard_alone_is_enough(console: Console) -> None:
    stage = console.stage
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    window = await enter(console, ines)
    page = window.page
    await window.open("/market")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    await page.get_by_role("link", name=f"Invoice {chain_id[:8]}").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("I invest").focus()
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("250,5")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("At most 250.5000000 USDC", exact=True)).to_be_visible()
    await expect(dialog.get_by_role("button", name="Sign with my wallet")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("button", name="Review and sign")).to_be_enabled()
    await page.get_by_role("button", name="Review and sign").focus()
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("button", name="Sign with my wallet")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{console.base}/portfolio/{chain_id}")
    assert await stage.balance(ines.address) == 10_000 * USDC - 2_505_000_000


async def test_offline_and_back(console: Console) -> None:
    stage = console.stage
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    window = await enter(console, ines)
    page = window.page
    window.expected = ("ERR_INTERNET_DISCONNECTED",)
    # Gone before the page could renew its login: what it cannot ask for itself must not hide what the person asked for.
    await page.route("**/session", lambda route: route.abort("internetdisconnected"))
    await window.open(f"/market/{chain_id}")
    await page.context.set_offline(offline=True)
    await page.get_by_role("button", name="Review and sign").click()
    await expect(page.get_by_text("The server cannot be reached.")).to_be_visible()
    await page.context.set_offline(offline=False)
    await page.unroute("**/session")
    await page.get_by_role("button", name="Review and sign").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await page.wait_for_url(f"{console.base}/portfolio/{chain_id}")

    # Back to a page that has gone stale: it is asked for again, and asking for the same thing again says why not.
    await page.go_back()
    await expect(page.get_by_text("100.00 %")).to_be_visible()


async def test_a_transaction_has_a_page_of_its_own(console: Console) -> None:
    stage = console.stage
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    offer = (await ines.get(f"/v1/marketplace/{chain_id}")).json()
    wanted = {"chain_id": chain_id, "max_amount": "50", "min_amount": "50", "terms_hash": offer["terms_hash"]}
    drafted = (await ines.post("/v1/investments", json=wanted)).json()
    window = await enter(console, ines)
    page = window.page
    await window.open(f"/transactions/{drafted['id']}")
    await window.check()
    await page.locator("main").get_by_role("button", name="Sign with my wallet").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.locator("main").get_by_text("Done: the ledger has it.")).to_be_visible()
    assert await stage.balance(ines.address) == (10_000 - 50) * USDC
