"""Logging in with a wallet that speaks Freighter's protocol, staying logged in, and everything that may go wrong."""

import asyncio
from typing import Any

import httpx
from console import WAIT_MS, Console, Watched
from entering import enter, with_wallet
from patience import PATIENCE_SECONDS
from people import MovableClock
from playwright.async_api import expect
from stellar_sdk import Keypair, TransactionEnvelope

from tenor.accounts.tokens import ACCESS_SECONDS
from tenor.console.session_routes import LOST_ANSWER_SECONDS


async def test_freighter_logs_in_and_out(console: Console) -> None:
    person = await console.stage.person()
    window = await enter(console, person)
    page = window.page
    await expect(page.get_by_role("button", name="Log out")).to_be_visible()
    await window.check()
    cookies = {cookie["name"]: cookie for cookie in await page.context.cookies(f"{console.base}/session")}
    assert cookies["tenor_refresh"]["httpOnly"]
    assert cookies["tenor_refresh"]["sameSite"] == "Strict"
    assert cookies["tenor_access"]["httpOnly"]
    stored = await page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "eyJ" not in stored
    assert "tnr_" not in stored
    await page.get_by_role("button", name="Log out").click()
    await expect(page.get_by_role("link", name="Log in")).to_be_visible()
    assert await page.context.cookies(f"{console.base}/session") == []


async def test_declining_in_the_wallet_logs_nobody_in(console: Console) -> None:
    window, wallet = await with_wallet(console, Keypair.random())
    wallet.mood = "decline"
    await window.open("/login")
    await window.page.get_by_role("button", name="Freighter").click()
    await expect(window.page.get_by_text("Cancelled in the wallet: you are not logged in.")).to_be_visible()
    wallet.mood = "approve"
    await window.page.get_by_role("button", name="Freighter").click()
    await window.page.wait_for_url(f"{console.base}/market")


async def test_without_a_wallet_the_page_says_so(console: Console) -> None:
    window = await console.window()
    await window.open("/login")
    await window.page.get_by_role("button", name="Freighter").click()
    await expect(window.page.get_by_text("Freighter was not found in this browser.")).to_be_visible()
    await window.check()


async def test_a_wallet_of_the_kit_logs_in_and_signs(console: Console) -> None:
    """Hana, by its module of Stellar Wallets Kit; the others go the same way."""
    person = await console.stage.person()
    window = await console.window()
    page = window.page
    await window.open("/login")
    await page.get_by_text("Other wallets").click()
    await window.check()
    await page.get_by_role("button", name="Hana").click()
    await expect(page.get_by_text("Hana Wallet was not found in this browser.")).to_be_visible()

    def sign(asked: dict[str, str]) -> str:
        assert asked["accountToSign"] == person.address
        envelope = TransactionEnvelope.from_xdr(asked["xdr"], asked["networkPassphrase"])
        envelope.sign(person.wallet)
        return envelope.to_xdr()

    await page.context.expose_function("__hanaAddress", lambda: person.address)
    await page.context.expose_function("__hanaSign", sign)
    hana = "{ getPublicKey: () => window.__hanaAddress(), signTransaction: (asked) => window.__hanaSign(asked) }"
    await page.context.add_init_script(f"window.hanaWallet = {{ stellar: {hana} }}")
    await window.open("/login")
    await page.get_by_text("Other wallets").click()
    await page.get_by_role("button", name="Hana").click()
    await page.wait_for_url(f"{console.base}/market")
    await expect(page.get_by_role("button", name="Log out")).to_be_visible()
    await window.check()


async def test_a_stale_login_is_renewed_once_for_two_tabs(console: Console, clock: MovableClock) -> None:
    """P079: a refresh token works once; two tabs that wake up together must not end each other's session."""
    window = await enter(console, await console.stage.person())
    other = await console.window(context=window.page.context)
    await other.open("/portfolio")
    for each in (window, other):
        await each.leave()
    clock.ahead += ACCESS_SECONDS + 60
    await asyncio.gather(window.open("/account"), other.open("/portfolio"))
    await expect(window.page.get_by_role("heading", name="Account")).to_be_visible()
    await expect(other.page.get_by_role("heading", name="Portfolio")).to_be_visible()
    await other.page.get_by_role("button", name="Log out").click()
    await expect(other.page.get_by_role("link", name="Log in")).to_be_visible()
    await window.open("/account")
    await expect(window.page.get_by_role("heading", name="Log in with your wallet")).to_be_visible(timeout=WAIT_MS)


async def test_a_copied_refresh_token_ends_the_session(console: Console, clock: MovableClock) -> None:
    window = await enter(console, await console.stage.person())
    cookies = await cookies_of(console, window)
    await window.leave()
    clock.ahead += ACCESS_SECONDS + 60
    copied = {"tenor_refresh": cookies["tenor_refresh"]}
    async with httpx.AsyncClient(
        timeout=PATIENCE_SECONDS, base_url=console.base, headers={"Origin": console.base}, cookies=copied
    ) as thief:
        stolen = await thief.post("/session")
        assert stolen.status_code == 200
    clock.ahead += LOST_ANSWER_SECONDS
    await window.open("/portfolio")
    await expect(window.page.get_by_role("heading", name="Log in with your wallet")).to_be_visible()
    async with outside(console) as thief:
        token = stolen.json()["token"]
        assert (await thief.get("/v1/me", headers={"Authorization": f"Bearer {token}"})).status_code == 401


async def test_an_answer_lost_with_its_page_does_not_end_the_session(console: Console, clock: MovableClock) -> None:
    """P079: the old cookies renew once more within seconds; whoever holds what that replaced is found out later."""
    window = await enter(console, await console.stage.person())
    held = {"tenor_refresh": (await cookies_of(console, window))["tenor_refresh"]}
    await window.leave()
    clock.ahead += ACCESS_SECONDS + 60

    async def renewed(cookies: dict[str, str]) -> httpx.Response:
        async with httpx.AsyncClient(
            timeout=PATIENCE_SECONDS, base_url=console.base, headers={"Origin": console.base}, cookies=cookies
        ) as tab:
            return await tab.post("/session")

    lost, again = await renewed(held), await renewed(held)
    assert (lost.status_code, again.status_code) == (200, 200)
    clock.ahead += ACCESS_SECONDS + 60
    assert (await renewed({"tenor_refresh": lost.cookies["tenor_refresh"]})).status_code == 401
    assert (await renewed({"tenor_refresh": again.cookies["tenor_refresh"]})).status_code == 401, "the session ended"


async def test_p080_another_site_cannot_use_the_cookies(console: Console) -> None:
    window = await enter(console, await console.stage.person())
    cookies = await cookies_of(console, window)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        async with httpx.AsyncClient(
            timeout=PATIENCE_SECONDS, base_url=console.base, headers=headers, cookies=cookies
        ) as stranger:
            for path in ("/session", "/session/end"):
                assert (await stranger.post(path)).status_code == 403
            # The API itself takes no cookie at all.
            assert (await stranger.get("/v1/me")).status_code == 401
    await window.open("/portfolio")
    await expect(window.page.get_by_role("heading", name="Portfolio")).to_be_visible()


def outside(console: Console, **options: Any) -> httpx.AsyncClient:
    """Somebody who calls without a browser."""
    return httpx.AsyncClient(base_url=console.base, timeout=PATIENCE_SECONDS, **options)


async def cookies_of(console: Console, window: Watched) -> dict[str, str]:
    found = await window.page.context.cookies(f"{console.base}/session")
    return {cookie["name"]: cookie["value"] for cookie in found}


async def test_a_link_to_elsewhere_is_not_followed_after_login(console: Console) -> None:
    person = await console.stage.person()
    window, _ = await with_wallet(console, person.wallet)
    await window.open("/login?next=//evil.example/x")
    await window.page.get_by_role("button", name="Freighter").click()
    await window.page.wait_for_url(console.base + "/")
