"""A clean page as a scanner or a phone gives it: turned, noisy, stamped, scribbled on, in perspective. Pixels only."""

import io
import math
import random

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

_INK = ((40, 60, 150), (20, 20, 30), (150, 30, 40), (30, 110, 60))
_STAMPS = ("RECEIVED", "EINGEGANGEN", "REÇU", "RECIBIDO", "RICEVUTO", "GEBUCHT", "COPY", "OK")
_CORNERS = 4


def scan(document: bytes, chance: random.Random, *, dpi: int = 200) -> bytes:
    """A PDF of pictures as office scanners make it; one page in three is stamped, one in three scribbled on."""
    pages = []
    for clean in _rendered(document, dpi):
        marked = _marked(clean, chance).convert("L")
        turned = marked.rotate(chance.uniform(-1.8, 1.8), resample=Image.Resampling.BICUBIC, fillcolor=252)
        soft = turned.filter(ImageFilter.GaussianBlur(chance.uniform(0.2, 0.7)))
        page = _noisy(soft, chance, chance.uniform(0.02, 0.09))
        dark, light = chance.randrange(10, 45), chance.randrange(225, 250)
        pages.append(page.point([dark + value * (light - dark) // 255 for value in range(256)]))
    buffer = io.BytesIO()
    pages[0].save(
        buffer, "PDF", resolution=dpi, quality=chance.randrange(55, 85), save_all=True, append_images=pages[1:]
    )
    return buffer.getvalue()


def photo(document: bytes, chance: random.Random) -> bytes:
    """The first page as a phone takes it on a desk: perspective, a shadow across, JPEG; about 11 megapixels at most."""
    page = _marked(_rendered(document, 210)[0], chance)
    margin = page.width // 14
    desk = Image.new(
        "RGB",
        (page.width + 2 * margin, page.height + 2 * margin),
        chance.choice(((70, 55, 45), (95, 95, 100), (40, 45, 50))),
    )
    desk = _noisy(desk, chance, 0.06)
    desk.paste(page, (margin, margin))
    desk = _in_perspective(desk, chance, share=0.025)
    shade = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(desk.size)
    desk = ImageChops.multiply(desk, shade.point([150 + value * 105 // 255 for value in range(256)]).convert("RGB"))
    desk = _noisy(desk.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 0.8))), chance, 0.03)
    buffer = io.BytesIO()
    desk.save(buffer, "JPEG", quality=chance.randrange(70, 90))
    return buffer.getvalue()


def _rendered(document: bytes, dpi: int) -> list[Image.Image]:
    with pypdfium2.PdfDocument(document) as pdf:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pdf]


def _marked(page: Image.Image, chance: random.Random) -> Image.Image:
    kind = chance.randrange(3)
    if kind == 0:
        return _stamped(page, chance)
    return _scribbled(page, chance) if kind == 1 else page


def _stamped(page: Image.Image, chance: random.Random) -> Image.Image:
    """A framed word, turned and half transparent, somewhere in the right half, away from nothing."""
    height = page.height // 28
    text, ink = chance.choice(_STAMPS), chance.choice(_INK)
    stamp = Image.new("RGBA", (height * len(text), height * 2), (255, 255, 255, 0))
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((4, 4, stamp.width - 5, stamp.height - 5), outline=(*ink, 150), width=5)
    pen.text((height // 2, height // 3), text, fill=(*ink, 150), font=ImageFont.load_default(height))
    stamp = stamp.rotate(chance.uniform(-18, 18), expand=True, resample=Image.Resampling.BICUBIC)
    place = (
        chance.randrange(page.width // 3, page.width - stamp.width // 2),
        chance.randrange(page.height // 12, page.height * 4 // 5),
    )
    page = page.copy()
    page.paste(stamp, place, stamp)
    return page


def _scribbled(page: Image.Image, chance: random.Random) -> Image.Image:
    """Ticks, a signature's loops and an underline, as people leave them."""
    page = page.copy()
    pen, ink = ImageDraw.Draw(page), chance.choice(_INK)
    for _ in range(chance.randrange(1, 4)):
        x, y = (
            chance.randrange(page.width // 10, page.width * 4 // 5),
            chance.randrange(page.height // 3, page.height * 9 // 10),
        )
        points = [
            (x + step * page.width // 220, y + round(math.sin(step * chance.uniform(0.6, 1.4)) * page.height / 90))
            for step in range(24)
        ]
        pen.line(points, fill=ink, width=3, joint="curve")
    return page


def _noisy(image: Image.Image, chance: random.Random, share: float) -> Image.Image:
    noise = Image.frombytes("L", image.size, chance.randbytes(image.width * image.height))
    return Image.blend(image, noise.convert(image.mode), share)


def _in_perspective(image: Image.Image, chance: random.Random, *, share: float) -> Image.Image:
    width, height = image.size
    moved = [
        (
            x + chance.uniform(0, share) * width * (1 if x == 0 else -1),
            y + chance.uniform(0, share) * height * (1 if y == 0 else -1),
        )
        for x, y in ((0, 0), (width, 0), (width, height), (0, height))
    ]
    corners = [(0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height))]
    return image.transform(
        image.size,
        Image.Transform.PERSPECTIVE,
        _coefficients(corners, moved),
        Image.Resampling.BICUBIC,
        fillcolor=(60, 55, 50),
    )


def _coefficients(to: list[tuple[float, float]], source: list[tuple[float, float]]) -> list[float]:
    """The eight numbers of a perspective: eight linear equations, solved by elimination."""
    rows = []
    for (x, y), (u, v) in zip(to, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(size):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[-1] for row in rows]
