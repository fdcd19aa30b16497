"""What people are told: the list with its number, preferences, and the mails of an installation without SMTP."""

from typing import Any
from uuid import UUID

from console import Console
from entering import enter
from patience import patiently
from playwright.async_api import expect

from tenor.db import transaction
from tenor.notices import flows, rules
from tenor.notices.mail import FolderSender
from tenor.settings import Settings


async def test_notices_are_counted_read_and_chosen(console: Console, settings: Settings) -> None:
    person = await console.stage.person()
    account_id = UUID((await person.get("/v1/me")).json()["id"])
    told = [("payout_deferred", "A payout could not reach you"), ("kyc_approved", "Your details are approved")]
    async with transaction(console.stage.maker) as session:
        for kind, title in told:
            await flows.notify(
                session, account_id=account_id, key=kind, kind=kind, subject="ab" * 32, title=title, body="Look at it."
            )
    window = await enter(console, person)
    page = window.page
    await expect(page.locator("[data-unread]")).to_have_text("2")
    await page.get_by_role("link", name="Notices").click()
    await expect(page.locator(".letter.new")).to_have_count(2)
    await window.check()
    await page.get_by_role("button", name="Mark as read").first.click()
    await expect(page.locator(".letter.new")).to_have_count(1)
    await page.get_by_role("button", name="Mark all as read").click()
    await expect(page.get_by_text("You have read everything.")).to_be_visible()
    await expect(page.locator("[data-unread]")).to_have_text("")

    await page.get_by_label("E-mail address").fill("ada@example.org")
    async with window.going_on():
        await page.get_by_role("button", name="Save").first.click()
    await expect(page.get_by_label("E-mail address")).to_have_value("ada@example.org")
    await page.get_by_label("Payouts that did not reach me").uncheck()
    await page.get_by_role("button", name="Save").last.click()
    seen: dict[str, Any] = {}

    async def is_saved() -> bool:
        seen.update((await person.get("/v1/notices/preferences")).json())
        return not seen["topics"]["payouts"]

    await patiently(is_saved, "the choice was not saved")
    assert (seen["email"], seen["topics"]["invoices"]) == ("ada@example.org", True)

    sender = FolderSender(settings.inbox_dir, "tenor@localhost")
    mail = rules.message(sender=sender.address, to="ada@example.org", title="Hello", body="<b>Text</b> stays text.")
    await sender.send(mail)
    await page.get_by_role("link", name="Development inbox").click()
    await expect(page.get_by_text("<b>Text</b> stays text.")).to_be_visible()
    await window.check()
