"""Pictures of pages: opened within limits, set upright, cleaned for OCR. Never decodes above the pixel limit (P104)."""

import io
import warnings
from collections.abc import Iterator
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageSequence, UnidentifiedImageError

from tenor.documents.refusals import FileBroken, FileHasTooManyPages, PageTooLarge

PIXELS_MAX = 40_000_000
FRAMES_MAX = 20
_FORMATS = ("JPEG", "PNG", "TIFF")
_LONG_SIDE_INCHES = 11.69
"""A photographed page carries no honest resolution: its long side is taken as A4's."""
_NEAR_ENOUGH = 0.1
_SKEW_MAX_MDEG = 6_000
_SPECK = 40
"""Grey levels that a speck differs from its surroundings."""
_PROFILE_WIDTH = 480


def open_frames(data: bytes) -> Iterator[Image.Image]:
    """The grey frames of an image file, upright by their EXIF. Raises FileBroken, PageTooLarge, FileHasTooManyPages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd EXIF blocks warn; the size limit is checked here, not by a warning
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if number > FRAMES_MAX:
                    raise FileHasTooManyPages(f"The image has more than {FRAMES_MAX} pages. Upload the invoice's only.")
                width, height = frame.size
                if width * height > PIXELS_MAX:
                    raise PageTooLarge(
                        f"The image has {width:,} x {height:,} pixels; at most {PIXELS_MAX:,} in all are read. "
                        "Take it at a lower resolution."
                    )
                yield ImageOps.exif_transpose(_flattened(frame)).convert("L")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
            raise FileBroken("The image is damaged or cut off. Take or export it again.") from error
        except Image.DecompressionBombError as error:
            raise PageTooLarge(
                "The image has far more pixels than a page needs. Take it at a lower resolution."
            ) from error


def assumed_dpi(image: Image.Image) -> int:
    return max(1, round(max(image.size) / _LONG_SIDE_INCHES))


def at_dpi(image: Image.Image, dpi: int) -> Image.Image:
    """A photo brought to about `dpi`; smaller ones are enlarged only to what OCR needs."""
    factor = dpi / assumed_dpi(image)
    if abs(factor - 1) < _NEAR_ENOUGH:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS)


def turned(image: Image.Image, mdeg: int) -> Image.Image:
    """The image turned anticlockwise by thousandths of a degree about its centre; quarter turns swap its sides."""
    if mdeg % 90_000 == 0:
        return image.rotate(mdeg / 1000, expand=True) if mdeg else image
    return image.rotate(mdeg / 1000, resample=Image.Resampling.BICUBIC, fillcolor=255)


def upright(image: Image.Image, turned_mdeg: int) -> Image.Image:
    """Turned as a page was before its words were located: the quarter first, which swaps its sides, then the rest."""
    quarter = round(turned_mdeg / 90_000) * 90_000
    return turned(turned(image, quarter), turned_mdeg - quarter)


def skew_mdeg(image: Image.Image) -> int:
    """The turn that makes text lines level: the angle whose row profile has the sharpest edges."""
    small = image.resize((_PROFILE_WIDTH, max(1, _PROFILE_WIDTH * image.height // image.width)), Image.Resampling.BOX)
    ink = ImageOps.invert(ImageOps.autocontrast(small, cutoff=1))
    coarse = max(range(-_SKEW_MAX_MDEG, _SKEW_MAX_MDEG + 1, 500), key=lambda angle: _sharpness(ink, angle))
    return max(range(coarse - 400, coarse + 401, 100), key=lambda angle: _sharpness(ink, angle))


def cleaned(image: Image.Image) -> Image.Image:
    """Full contrast; speckles taken out where there are many."""
    even = ImageOps.autocontrast(image, cutoff=1)
    return even.filter(ImageFilter.MedianFilter(3)) if _speckled(even) else even


def _sharpness(ink: Image.Image, mdeg: int) -> int:
    level = ink.rotate(mdeg / 1000, resample=Image.Resampling.BILINEAR, fillcolor=0)
    rows = level.resize((1, level.height), Image.Resampling.BOX).tobytes()
    return sum((a - b) ** 2 for a, b in pairwise(rows))


def _speckled(image: Image.Image) -> bool:
    """Noise is what a median removes from paper: its mean difference is near zero on clean pages."""
    sample = image.crop((image.width * 3 // 8, image.height * 3 // 8, image.width * 5 // 8, image.height * 5 // 8))
    change = ImageChops.difference(sample, sample.filter(ImageFilter.MedianFilter(3))).histogram()
    return sum(change[_SPECK:]) * 50 > sample.width * sample.height


def _flattened(frame: Image.Image) -> Image.Image:
    if "A" not in frame.getbands() and "transparency" not in frame.info:
        return frame.copy()
    paper = Image.new("RGBA", frame.size, "white")
    paper.alpha_composite(frame.convert("RGBA"))
    return paper.convert("RGB")
