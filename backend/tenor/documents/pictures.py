"""The pages of a file as small pictures, turned the way their words were located. Only inside the reading process."""

import io
import itertools
from collections.abc import Iterable

from PIL import Image

from tenor.documents import images, pdf
from tenor.documents.hygiene import accept
from tenor.documents.refusals import PageMissing
from tenor.kernel.pages import Page

DPI = 100
PAGE_DPI = 144
"""Of one page for people: two pixels a point."""
PAGES_MAX = 20
_QUALITY = 70


def pictures(data: bytes, pages: Iterable[Page]) -> tuple[bytes, ...]:
    """One JPEG a page, for at most `PAGES_MAX` pages. Raises what rendering raises."""
    wanted = [page for page in pages if page.number <= PAGES_MAX]
    if accept(data) == "pdf":
        return tuple(_jpeg(pdf.render(data, page.number, DPI), page) for page in wanted)
    frames = zip(wanted, images.open_frames(data), strict=False)
    return tuple(_jpeg(images.at_dpi(frame, DPI), page) for page, frame in frames)


def picture(data: bytes, number: int, turned_mdeg: int) -> bytes:
    """One page as PNG at `PAGE_DPI`, turned as it was when its words were located. Raises PageMissing."""
    if accept(data) == "pdf":
        if not 1 <= number <= len(pdf.inspect(data).page_sizes):
            raise _missing(number)
        image = pdf.render(data, number, PAGE_DPI)
    else:
        frame = next(itertools.islice(images.open_frames(data), number - 1, None), None) if number > 0 else None
        if frame is None:
            raise _missing(number)
        image = images.at_dpi(frame, PAGE_DPI)
    return _encoded(images.upright(image, turned_mdeg), "PNG")


def _missing(number: int) -> PageMissing:
    return PageMissing(f"The file has no page {number}.")


def _jpeg(image: Image.Image, page: Page) -> bytes:
    return _encoded(images.upright(image, page.turned_mdeg), "JPEG", quality=_QUALITY)


def _encoded(image: Image.Image, form: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()
