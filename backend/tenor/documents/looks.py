"""PURE: how a page looks, as 256 bits that survive another resolution, encoding or scanner. Never reads a word.

The sheet in 16 x 16 cells, each darker or lighter than all of them on average. Rescanned, stamped copies of made-up
invoices differ in at most 22 cells of 256, pages of other layouts in 77 (half of them); but so alike are also two
invoices on one form, which is why a look counts only where there are no words to compare.
"""

from PIL import Image, ImageOps

CELLS = 16
LOOK_BYTES = CELLS * CELLS // 8
_WIDTH = 256
_FAINT = 40
"""Grey levels of darkness below which a place is paper: shadows, noise, the other side's print."""


def look(page: Image.Image) -> bytes:
    """The look of an upright grey page, `LOOK_BYTES`; b"" for a blank one."""
    small = page.resize((_WIDTH, max(1, _WIDTH * page.height // page.width)), Image.Resampling.BOX)
    ink = ImageOps.invert(ImageOps.autocontrast(small, cutoff=(1, 50)))
    ink = ink.point([0 if value < _FAINT else value for value in range(256)])
    cells = ink.resize((CELLS, CELLS), Image.Resampling.BOX).tobytes()
    total = sum(cells)
    if not total:
        return b""
    bits = "".join("1" if value * len(cells) > total else "0" for value in cells)
    return int(bits, 2).to_bytes(LOOK_BYTES, "big")
