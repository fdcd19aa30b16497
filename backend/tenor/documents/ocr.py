"""ADAPTER to Tesseract through pytesseract: a picture in, words with box and confidence out. Never turns or judges."""

import os
import tempfile
from functools import cache
from pathlib import Path

import pytesseract
from PIL import Image

from tenor.documents.refusals import ReaderFailed
from tenor.kernel.pages import Box, Word

LANGUAGES = ("eng", "deu", "fra", "spa", "ita")
_HUNDREDTHS_PER_INCH = 7_200
_TIMEOUT_SECONDS = 60


def words(image: Image.Image, dpi: int, psm: int = 3) -> tuple[Word, ...]:
    """Words of a grey image; boxes in hundredths of a point at `dpi`.

    OMP_THREAD_LIMIT=1 is set here: Tesseract's threads fight each other and double the time (P120). The picture goes
    over as an uncompressed file: packing a noisy scan as PNG, which the wrapper would do, takes as long as reading it.
    Raises ReaderFailed when Tesseract is missing or does not answer.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="tenor-ocr-") as folder:
        path = Path(folder) / "page.pgm"
        image.save(path)
        try:
            table = pytesseract.image_to_data(
                str(path),
                lang=installed_languages(),
                config=f"--psm {psm} --dpi {dpi}",
                output_type=pytesseract.Output.DICT,
                timeout=_TIMEOUT_SECONDS,
            )
        except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError, RuntimeError) as error:
            raise ReaderFailed("Text recognition is not available just now. Try again later.") from error
    return tuple(_found(table, dpi))


def quarter_turn_mdeg(image: Image.Image, dpi: int) -> int:
    """How far to turn a sheet that lies on its side or head, by Tesseract's own orientation check; 0 if unsure."""
    try:
        found = pytesseract.image_to_osd(
            image, config=f"--psm 0 --dpi {dpi}", output_type=pytesseract.Output.DICT, timeout=_TIMEOUT_SECONDS
        )
    except (pytesseract.TesseractError, RuntimeError):
        return 0  # too few letters to tell
    return -int(found["rotate"]) * 1000 if float(found["orientation_conf"]) > 1 else 0


@cache
def installed_languages() -> str:
    """Tesseract's names of the languages read, joined by `+`. Raises ReaderFailed when none is installed."""
    installed = set(pytesseract.get_languages())
    chosen = [name for name in LANGUAGES if name in installed]
    if not chosen:
        raise ReaderFailed(
            "No language data for text recognition is installed (packages tesseract-ocr-eng, -deu, ...)."
        )
    return "+".join(chosen)


def _found(table: dict[str, list[object]], dpi: int) -> list[Word]:
    rows = zip(*(table[key] for key in ("text", "conf", "left", "top", "width", "height")), strict=True)
    found = []
    for text, confidence, *place in rows:
        left, top, width, height = (int(str(number)) * _HUNDREDTHS_PER_INCH // dpi for number in place)
        if str(text).strip() and float(str(confidence)) >= 0:
            bps = min(10_000, round(float(str(confidence)) * 100))
            found.append(Word(str(text).strip(), Box(left, top, left + width, top + height), bps))
    return found
