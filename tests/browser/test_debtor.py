"""The customer, by the seller's link: sees what is claimed, acknowledges it on the ledger, pays a part and the rest."""

from typing import Any

from console import Console
from desk import until
from entering import enter, with_wallet
from patience import patiently
from people import Person
from playwright.async_api import expect
from stage import USDC, Stage
from trade import Trade, fields_of

from invoice_files import ubl


async def listed(trade: Trade, stage: Stage, debtor: Person) -> dict[str, Any]:
    """An invoice to `debtor` on the marketplace, with everything that comes before."""
    seller = await stage.person()
    admin = await trade.platform("admin")
    account_id = (await seller.get("/v1/me")).json()["id"]
    (await admin.put(f"/v1/accounts/{account_id}/roles/seller")).raise_for_status()
    await trade.card()
    await trade.debtor(address=debtor.address)
    return await trade.listed(seller)


async def test_a_customer_acknowledges_and_pays_in_parts(console: Console, trade: Trade) -> None:
    stage = console.stage
    debtor, ines = await stage.person(), await stage.person()
    found = await listed(trade, stage, debtor)
    chain_id = found["chain_id"]

    window, _ = await with_wallet(console, debtor.wallet)
    page = window.page
    await window.open(f"/bills/{found['id']}")
    await expect(page.get_by_role("heading", name="Log in with your wallet")).to_be_visible()
    await window.check()
    await page.get_by_role("button", name="Freighter").click()
    await expect(page.get_by_role("heading", name=f"Bill {found['terms']['number']}")).to_be_visible()
    await window.check()
    dialog = page.get_by_role("dialog")

    await page.get_by_role("button", name="Acknowledge the debt").click()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.get_by_text("You have acknowledged this debt.")).to_be_visible()
    assert (await ines.get(f"/v1/marketplace/{chain_id}")).json()["acknowledged"]

    advance = int(found["escrow"]["advance"].replace(".", ""))
    await stage.invest(ines, chain_id, advance)
    await window.reload()
    await page.get_by_text("Pay a part").click()
    await page.get_by_label("Amount").fill("0.0000001")
    await page.get_by_role("button", name="Review and sign").click()
    await expect(page.get_by_role("alert").or_(page.locator(".field-error:visible")).first).to_be_visible()
    await page.get_by_label("Amount").fill("400")
    await page.get_by_role("button", name="Review and sign").click()
    await expect(dialog.get_by_text("400.0000000 USDC", exact=True)).to_be_visible()
    await window.check()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("cell", name="400.00")).to_be_visible()
    await page.get_by_role("button", name="Pay everything").click()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.get_by_text("This bill is paid. Thank you.")).to_be_visible()
    await window.check()
    assert await stage.balance(debtor.address) == (10_000 - 1_000) * USDC

    await page.get_by_role("link", name="Bills to pay").first.click()
    await expect(page.get_by_role("row").filter(has_text=found["terms"]["number"])).to_contain_text("Paid")
    await window.check()


async def test_h075_a_customer_disputes_a_bill_and_the_platform_rules(console: Console, trade: Trade) -> None:
    stage = console.stage
    debtor, ines = await stage.person(), await stage.person()
    found = await listed(trade, stage, debtor)
    advance = int(found["escrow"]["advance"].replace(".", ""))
    await stage.invest(ines, found["chain_id"], advance)
    await until(trade, debtor, f"/v1/invoices/{found['id']}", "funded")
    window = await enter(console, debtor)
    page = window.page
    await window.open(f"/bills/{found['id']}")
    await page.get_by_text("Dispute this bill").click()
    hostile = "<img src=x onerror=alert(1)> Two of ten never came. =1+1"
    await page.get_by_label("What is wrong?").fill(hostile)
    await window.check()
    await page.get_by_role("button", name="Review and sign").last.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", name="Dispute a bill")).to_be_visible()
    await dialog.get_by_role("button", name="Sign with my wallet").click()
    await expect(dialog.get_by_text("Done: the ledger has it.")).to_be_visible()
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.get_by_text(hostile, exact=True)).to_be_visible()
    await expect(page.get_by_text("Lapses by itself")).to_be_visible()
    await window.check()
    public = await console.window()
    await public.open(f"/market/{found['chain_id']}")
    await expect(public.page.get_by_text("The customer disputes this invoice.")).to_be_visible()
    await public.check()

    desk = await enter(console, await trade.platform("admin"))
    await desk.open("/desk/disputes")
    case = desk.page.get_by_role("region", name=f"Dispute of {found['terms']['number']}")
    await expect(case.get_by_text(hostile, exact=True)).to_be_visible()
    await desk.check()
    await case.get_by_label("Reason").fill("The waybill shows eight")
    await case.get_by_label("The customer owes less").fill("100")
    await case.get_by_role("button", name="Decide").click()
    await until_ruled(trade, debtor, found["chain_id"])
    await window.reload()
    await expect(page.get_by_text("The waybill shows eight")).to_be_visible()
    await window.check()


async def until_ruled(trade: Trade, person: Person, chain_id: str) -> None:
    async def is_ruled() -> bool:
        (case,) = (await person.get(f"/v1/invoices/{chain_id}/disputes")).json()
        return bool(case["status"] == "upheld")

    await patiently(is_ruled, "the dispute is still open")


async def test_p081_strangers_do_not_see_a_bill(console: Console, trade: Trade) -> None:
    found = await listed(trade, console.stage, await console.stage.person())
    window = await enter(console, await console.stage.person())
    await window.open(f"/bills/{found['id']}")
    await expect(window.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert found["terms"]["number"] not in await window.page.content()
    await window.open("/bills")
    await expect(window.page.get_by_role("heading", name="Nothing to pay")).to_be_visible()
    await window.check()


async def test_p090_hostile_names_are_text_and_stay_in_their_place(console: Console, trade: Trade) -> None:
    stage = console.stage
    debtor, seller = await stage.person(), await stage.person()
    admin = await trade.platform("admin")
    account_id = (await seller.get("/v1/me")).json()["id"]
    (await admin.put(f"/v1/accounts/{account_id}/roles/seller")).raise_for_status()
    await trade.card()
    await trade.debtor(address=debtor.address)
    paper = await trade.sample()
    found = await trade.uploaded(seller, ubl(paper))
    hostile = "<img src=x onerror=alert(1)>" + "=HYPERLINK" * 8 + "{{7*7}}" + "W" * 60
    terms = fields_of(paper) | {"seller_name": hostile}
    confirmed = await seller.put(f"/v1/invoices/{found['id']}/terms", json=terms)
    assert confirmed.status_code == 200, confirmed.text

    window = await enter(console, debtor, viewport={"width": 360, "height": 760})
    page = window.page
    for path in ("/bills", f"/bills/{found['id']}"):
        await window.open(path)
        await expect(page.get_by_text(hostile, exact=True)).to_be_visible()
        assert await page.evaluate("document.images.length") == 0
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await window.check()
    await page.get_by_role("button", name="Yes, I owe this").click()
    await expect(page.get_by_text("You have acknowledged this debt.")).to_be_visible()
