"""A slow line, a slow worker, a clock that is wrong: a person is not punished for being quicker than the machine."""

import asyncio

from console import Console
from entering import enter, with_wallet
from people import MovableClock
from playwright.async_api import Response, Route, expect
from stage import USDC

from tenor.accounts.tokens import ACCESS_SECONDS
from tenor.chain import jobs


async def test_what_is_done_before_the_scripts_are_there_is_done_then(console: Console) -> None:
    seller, debtor, ines = [await console.stage.person() for _ in range(3)]
    chain_id = await console.stage.listed(seller, debtor)
    window, _ = await with_wallet(console, ines.wallet)
    page, arrived = window.page, asyncio.Event()

    async def late(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await page.route("**/js/console.js", late)
    await page.goto(f"{console.base}/login?next=/market/{chain_id}", wait_until="commit")
    await page.get_by_role("button", name="Freighter").click()
    arrived.set()
    await page.wait_for_url(f"{console.base}/market/{chain_id}")

    arrived.clear()
    await page.goto(f"{console.base}/market/{chain_id}", wait_until="commit")
    await page.get_by_label("I invest").fill("250,5")
    await page.get_by_role("button", name="Review and sign").click()
    arrived.set()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("At most 250.5000000 USDC", exact=True)).to_be_visible()
    assert page.url == f"{console.base}/market/{chain_id}", "no form sent itself"


async def test_an_answer_that_was_overtaken_is_not_shown(console: Console) -> None:
    stage = console.stage
    seller, debtor = await stage.person(), await stage.person()
    chain_id = await stage.listed(seller, debtor)
    await stage.read()
    window = await console.window()
    page, gate = window.page, asyncio.Event()

    async def late(route: Route) -> None:
        await gate.wait()
        await route.continue_()

    await page.route("**/calculator?amount=100", late)
    await window.open(f"/market/{chain_id}")
    async with page.expect_request("**/calculator?amount=100"):
        await page.get_by_label("I invest").fill("100")
    async with page.expect_response("**/calculator?amount=200") as newer:
        await page.get_by_label("I invest").fill("200")
    drawn = await (await newer.value).text()
    async with page.expect_response("**/calculator?amount=100") as older:
        gate.set()
    assert await (await older.value).text() != drawn
    same = "([one, html]) => { const made = document.createElement('div'); made.innerHTML = html;"
    same += " return one.innerHTML === made.innerHTML; }"
    place = await page.locator("[data-calculator]").element_handle()
    assert await page.evaluate(same, [place, drawn])


async def test_a_signature_is_done_when_the_pages_know_of_it(console: Console) -> None:
    stage = console.stage
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    window = await enter(console, ines)
    page = window.page
    await window.open(f"/market/{chain_id}")
    async with console.turn:  # the worker rests
        await page.get_by_role("button", name="Review and sign").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("button", name="Sign with my wallet").click()
        await expect(dialog.get_by_text("With the network.")).to_be_visible()
        while await jobs.due(stage.maker, stage.world):
            await stage.submit()
        await expect(dialog.get_by_text("The pages are being brought up to date")).to_be_visible()
        assert (await ines.get(f"/v1/positions/{chain_id}")).status_code == 404
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await page.wait_for_url(f"{console.base}/portfolio/{chain_id}")
    await expect(page.get_by_role("cell", name="Invested")).to_be_visible()


async def test_who_cancelled_first_has_signed_nothing(console: Console) -> None:
    """The wallet's window may still be open when the dialog is closed; what it answers then goes nowhere."""
    stage = console.stage
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    chain_id = await stage.listed(seller, debtor)
    window, wallet = await with_wallet(console, ines.wallet)
    page = window.page
    await window.open(f"/login?next=/market/{chain_id}")
    await page.get_by_role("button", name="Freighter").click()
    await page.wait_for_url(f"{console.base}/market/{chain_id}")
    wallet.hesitates = asyncio.Event()
    await page.get_by_role("button", name="Review and sign").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Your wallet asks you to sign")).to_be_visible()
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog).to_be_hidden()
    wallet.hesitates.set()
    await expect(page.get_by_role("button", name="Review and sign")).to_be_enabled()
    await page.get_by_role("button", name="Review and sign").click()
    await expect(dialog.get_by_role("button", name="Sign with my wallet")).to_be_focused()
    await stage.settle()
    assert await stage.balance(ines.address) == 10_000 * USDC


async def test_a_page_left_open_keeps_its_figures_and_its_login(console: Console, clock: MovableClock) -> None:
    """P079: the access token has had its time by the server's clock, and this machine's clock does not know it."""
    window = await enter(console, await console.stage.person())
    page = window.page
    await window.open("/portfolio")
    figures = page.locator("[data-live]")
    before = await figures.inner_text()
    clock.ahead += ACCESS_SECONDS + 60
    async with page.expect_response("**/portfolio/live") as asked:
        pass
    assert (await asked.value).status == 401
    await expect(figures).to_have_text(before, use_inner_text=True)
    await window.open("/account")
    clock.ahead += ACCESS_SECONDS + 60
    await page.get_by_label("E-mail").fill("ada@example.org")

    def is_saved(answer: Response) -> bool:
        return answer.url.endswith("/v1/me/contact") and answer.ok

    async with page.expect_response(is_saved):
        await page.get_by_role("button", name="Save").last.click()
    await window.open("/notices")
    await expect(page.get_by_label("E-mail")).to_have_value("ada@example.org")


async def test_a_wallet_s_module_that_did_not_come_is_said(console: Console) -> None:
    window = await console.window()
    window.expected = ("ERR_FAILED",)
    page = window.page
    await page.route("**/vendor/freighter-api.js", lambda route: route.abort())
    await window.open("/login")
    await page.get_by_role("button", name="Freighter").click()
    await expect(page.get_by_text("The wallet module could not be loaded.")).to_be_visible()
