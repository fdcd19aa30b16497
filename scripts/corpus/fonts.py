"""The typefaces of the corpus: the system's where they are installed, else the one that comes with the PDF writer."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_SYSTEM = Path("/usr/share/fonts/truetype")
_FILES = {
    "Sans": ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf"),
    "Serif": ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf"),
    "Narrow": ("liberation/LiberationSansNarrow-Regular.ttf", "liberation/LiberationSansNarrow-Bold.ttf"),
    "Mono": ("liberation/LiberationMono-Regular.ttf", "liberation/LiberationMono-Bold.ttf"),
    "DejaVu": ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf"),
    "DejaVuSerif": ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Bold.ttf"),
}
FAMILIES = tuple((name, f"{name}-Bold") for name in _FILES)
"""Regular and bold, by the names that `register` gives them."""


@cache
def register() -> None:
    for name, files in _FILES.items():
        for face, file, fallback in zip((name, f"{name}-Bold"), files, ("Vera.ttf", "VeraBd.ttf"), strict=True):
            path = _SYSTEM / file
            pdfmetrics.registerFont(TTFont(face, str(path) if path.exists() else fallback))
