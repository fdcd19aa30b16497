"""The pages of a file as small pictures, turned the way their words were located. Only inside the reading process."""

import io
from collections.abc import Iterable

from PIL import Image

from tenor.documents import images, pdf
from tenor.documents.hygiene import accept
from tenor.kernel.pages import Page

DPI = 100
PAGES_MAX = 20
_QUALITY = 70


def pictures(data: bytes, pages: Iterable[Page]) -> tuple[bytes, ...]:
    """One JPEG a page, for at most `PAGES_MAX` pages. Raises what rendering raises."""
    wanted = [page for page in pages if page.number <= PAGES_MAX]
    if accept(data) == "pdf":
        return tuple(_jpeg(pdf.render(data, page.number, DPI), page) for page in wanted)
    frames = zip(wanted, images.open_frames(data), strict=False)
    return tuple(_jpeg(images.at_dpi(frame, DPI), page) for page, frame in frames)


def _jpeg(image: Image.Image, page: Page) -> bytes:
    quarter = round(page.turned_mdeg / 90_000) * 90_000
    upright = images.turned(images.turned(image, quarter), page.turned_mdeg - quarter)
    buffer = io.BytesIO()
    upright.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
