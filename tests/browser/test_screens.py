"""Every page, light on a desk and dark on a phone: axe is content, the policy is kept, nothing sticks out.

With TENOR_SCREENSHOTS=folder (`make screenshots`) each is photographed into it, in both themes at both widths.
"""

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import httpx
from console import Console, Watched
from entering import enter
from people import Person
from PIL import Image
from screens import PAGES, Scene, Screen, Who
from stage import DAY, USDC, Stage
from trade import Trade

from invoice_files import born_digital

Look = tuple[Literal["light", "dark"], tuple[int, int]]
WIDE, NARROW = (1280, 860), (360, 760)
CHECKED: tuple[Look, ...] = (("light", WIDE), ("dark", NARROW))
PHOTOGRAPHED: tuple[Look, ...] = (*CHECKED, ("light", NARROW), ("dark", WIDE))
HEIGHT_MAX = 1800
"""Of a photograph; what is longer is cut."""
COLOURS = 64
DISPUTED = "Two of the ten sensors never arrived; the waybill of 3 November shows eight."
TOO_WIDE = """
  document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".table-wrap"))
    .map((one) => one.outerHTML.slice(0, 120))
"""
"""What sticks out to the right; tables may scroll in a frame of their own."""


async def scene(console: Console, trade: Trade) -> Scene:
    """Two months in the life of a seller."""
    stage = console.stage
    investor, other, debtor, seller, newcomer = [await stage.person() for _ in range(5)]
    admin = await trade.platform("admin")
    for person, role in ((seller, "seller"), (investor, "investor")):
        account_id = (await person.get("/v1/me")).json()["id"]
        (await admin.put(f"/v1/accounts/{account_id}/roles/{role}")).raise_for_status()
    await trade.card()
    await trade.debtor(address=debtor.address)
    settled, funded = await trade.listed(seller), await trade.listed(seller)
    for found in (settled, funded):
        advance = int(found["escrow"]["advance"].replace(".", ""))
        await stage.invest(other, found["chain_id"], advance // 3)
        done = await stage.invest(investor, found["chain_id"], advance, 1)
    await stage.advance(21 * DAY)
    await stage.pay(debtor, settled["chain_id"], 1_000 * USDC)
    await console.stop_pushing()
    await stage.pay(debtor, funded["chain_id"], 350 * USDC, settle=False)
    await stage.read()
    await stage.advance(9 * DAY)
    offers = [await trade.listed(seller) for _ in range(2)]
    opened = await stage.listed(seller, debtor, due=(await stage.world.ledger.tip()).closed_at + 90 * DAY)
    (await debtor.post(f"/v1/invoices/{offers[0]['id']}/acknowledgement")).raise_for_status()
    await stage.invest(other, opened, 300 * USDC)
    await stage.invest(other, offers[1]["chain_id"], 500 * USDC)
    content = born_digital(await trade.sample(number="2026-0418"))
    paper = await trade.uploaded(seller, content, "invoice-2026-0418.pdf")
    quoted = await trade.confirmed(seller)
    (await seller.post(f"/v1/invoices/{quoted['id']}/quote", json={})).raise_for_status()
    terms_hash = (await investor.get(f"/v1/marketplace/{opened}")).json()["terms_hash"]
    wanted = {"chain_id": opened, "max_amount": "250", "min_amount": "250", "terms_hash": terms_hash}
    drafted = (await investor.post("/v1/investments", json=wanted)).raise_for_status().json()
    dispute = await debtor.post(f"/v1/invoices/{funded['chain_id']}/disputes", json={"reason": DISPUTED})
    await stage.sign(debtor, dispute, settle=False)
    change = {"reason": "Less work than we thought", "fees": {"origination_bps": 90, "profit_bps": 1_000}}
    (await admin.post("/v1/operation/changes", json=change)).raise_for_status()
    await stage.submit()
    await stage.read()
    return Scene(
        people={"investor": investor, "debtor": debtor, "seller": seller, "newcomer": newcomer, "admin": admin},
        open_id=opened,
        offer_id=await offered(stage, investor, funded["chain_id"]),
        funded_id=funded["chain_id"],
        settled_id=settled["chain_id"],
        invoice_id=funded["id"],
        paper_id=paper["id"],
        quoted_id=quoted["id"],
        draft_id=drafted["id"],
        tx_hash=done["hash"],
        ledger=done["ledger"],
        escrow=stage.world.deployment.escrow,
    )


async def offered(stage: Stage, holder: Person, chain_id: str) -> str:
    """Half of what the holder has, at a discount; signed twice, once to let the market move the shares."""
    ends = datetime.fromtimestamp((await stage.world.ledger.tip()).closed_at + 14 * DAY, UTC)
    body = {"chain_id": chain_id, "shares": "200", "price": "118.40", "expires_at": ends.isoformat()}
    for _ in ("allow", "offer"):
        answer = (await holder.post("/v1/share-offers", json=body)).raise_for_status()
        await stage.sign(holder, httpx.Response(201, json=answer.json()["transaction"]), settle=False)
    await stage.read()
    (offer,) = (await holder.get("/v1/share-offers/mine")).json()
    return str(offer["id"])


async def test_every_page_is_fit_to_be_seen(console: Console, trade: Trade) -> None:
    """All of them, whatever one of them does: the complaints come together at the end."""
    found = await scene(console, trade)
    folder = os.environ.get("TENOR_SCREENSHOTS")
    windows: dict[Who, Watched] = {"nobody": await console.window()}
    complaints: list[str] = []
    for screen in PAGES:
        if screen.who not in windows:
            windows[screen.who] = await enter(console, found.people[screen.who])
        complaints += await looked_over(windows[screen.who], screen, found, None if folder is None else Path(folder))
    assert complaints == []


async def looked_over(window: Watched, screen: Screen, found: Scene, folder: Path | None) -> list[str]:
    page = window.page
    complaints = []
    for theme, (width, height) in CHECKED if folder is None else PHOTOGRAPHED:
        await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        await page.set_viewport_size({"width": width, "height": height})
        await window.open(screen.path(found))
        await window.evaluate("document.fonts.ready.then(() => null)")
        if (theme, (width, height)) in CHECKED:
            complaints += await window.complaints()
        complaints += [f"{screen.name} at {width}: {wide}" for wide in await window.evaluate(TOO_WIDE)]
        if folder is not None:
            kept(folder / f"{screen.name}-{theme}-{width}.png", await page.screenshot(full_page=True))
    return complaints


def kept(path: Path, photograph: bytes) -> None:
    """Small enough to live in the repository."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(photograph)) as opened:
        cut = opened.crop((0, 0, opened.width, min(opened.height, HEIGHT_MAX))).convert("RGB")
    cut.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
