"""An invoice's papers over the API: who sees its pages, and how they come."""

import io

from PIL import Image
from trade import Trade

from invoice_files import born_digital


async def test_pages_are_shown_to_whoever_may_see_the_reading(trade: Trade) -> None:
    seller, stranger = await trade.person("seller"), await trade.person("seller")
    invoice = await trade.uploaded(seller, born_digital(await trade.sample()), "invoice.pdf")
    path = f"/v1/invoices/{invoice['id']}/reading"
    (page,) = (await seller.get(path)).json()["pages"]

    found = await seller.get(f"{path}/pages/1.png")
    assert (found.status_code, found.headers["content-type"]) == (200, "image/png")
    drawn = Image.open(io.BytesIO(found.content))
    assert (drawn.width, drawn.height) == (round(page["width"] / 50), round(page["height"] / 50))
    known = seller.headers | {"If-None-Match": found.headers["etag"]}
    again = await trade.client.get(f"{path}/pages/1.png", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in found.headers["cache-control"]

    assert (await (await trade.platform("operator")).get(f"{path}/pages/1.png")).status_code == 200
    assert (await stranger.get(f"{path}/pages/1.png")).status_code == 404
    assert (await trade.client.get(f"{path}/pages/1.png")).status_code == 401
    for file in ("0.png", "2.png", "01.png", "1.jpg", "1", "1.png.png", "..%2f1.png"):
        answer = await seller.get(f"{path}/pages/{file}")
        assert answer.status_code == 404, file
