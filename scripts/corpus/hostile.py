# ruff: noqa: E501 - bytes in rows
"""Over two hundred files that mean harm or are broken, made here byte by byte. Never a real exploit's payload."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf
from PIL import Image

from invoice_files import SAMPLE, born_digital, cii, factur_x, scanned, ubl

_CUTS, _FLIPS = 24, 36


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Name and content, always the same ones in the same order."""
    page = born_digital(SAMPLE)
    yield from _damaged("pdf", page)
    yield from _damaged("factur-x", factur_x(SAMPLE))
    yield from _damaged("png", scanned(SAMPLE, 1, form="png", dpi=60))
    yield from _damaged("jpeg", scanned(SAMPLE, 1, form="jpeg", dpi=60))
    yield from _structures(page)
    yield from _active(page)
    yield from _pictures()
    yield from _xml()
    yield from _other_kinds(page)


def _damaged(kind: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(kind)  # noqa: S311 - repeatable
    share = 3 if kind in {"png", "jpeg"} else 1
    for number in range(_CUTS // share):
        yield f"{kind}-cut-{number}", data[: len(data) * (number + 1) // (_CUTS // share + 1)]
    for number in range(_FLIPS // share):
        broken = bytearray(data)
        for _ in range(1 + number * 4):
            broken[chance.randrange(8, len(broken))] = chance.randrange(256)
        yield f"{kind}-flipped-{number}", bytes(broken)


def _structures(page: bytes) -> Iterator[tuple[str, bytes]]:
    for name, count in (("51-pages", 51), ("10000-pages", 10_000)):
        with pikepdf.new() as pdf:
            for _ in range(count):
                pdf.add_blank_page(page_size=(200, 200))
            yield name, _saved(pdf)
    for name, box in (
        ("huge-box", [0, 0, 1e6, 1e6]),
        ("no-area", [0, 0, 0, 0]),
        ("upside-box", [900, 900, 0, 0]),
        ("nan-box", [0, 0, 1e38, -1e38]),
    ):
        with pikepdf.open(io.BytesIO(page)) as pdf:
            pdf.pages[0].obj.MediaBox = pikepdf.Array(box)
            yield name, _saved(pdf)
    yield "no-pages", _raw("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>")
    yield "page-tree-loop", _raw("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>")
    yield (
        "page-tree-mirror",
        _raw(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Pages/Kids[2 0 R]/Count 1>>",
        ),
    )
    yield (
        "count-lies",
        _raw(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 99999999>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
    )
    for depth in (100, 5_000, 200_000):
        yield f"deep-arrays-{depth}", _raw("<</Type/Catalog/Pages 2 0 R>>", "[" * depth + "]" * depth)
        yield f"deep-dictionaries-{depth}", _raw("<</Type/Catalog/Pages 2 0 R>>", "<</A" * depth + " 1" + ">>" * depth)
    for name, content in (
        ("flate-bomb", b"0 " * 200_000_000),
        ("operators", b"q " * 8_000_000),
        ("text-flood", b"BT /F1 9 Tf (x) Tj ET " * 900_000),
    ):
        packed = zlib.compress(content, 9)
        yield name, _page_with(packed, "/Filter/FlateDecode")
        yield f"{name}-twice", _page_with(zlib.compress(packed, 9), "/Filter[/FlateDecode/FlateDecode]")
    yield "lzw-rubbish", _page_with(b"\x80" * 100_000, "/Filter/LZWDecode")
    yield "unknown-filter", _page_with(b"x" * 1_000, "/Filter/Nonsense")
    yield "form-loop", _raw(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
        "<</Length 5>>stream\n/F Do\nendstream",
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 5>>stream\n/F Do\nendstream",
    )  # fmt: skip
    for side in (20_000, 60_000):
        yield f"picture-{side}", _raw(
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
            "<</Length 17>>stream\n300 0 0 300 0 0 cm /I Do\nendstream",
            f"<</Subtype/Image/Width {side}/Height {side}/ColorSpace/DeviceRGB/BitsPerComponent 8/Length 3>>stream\nabc\nendstream",
        )  # fmt: skip
    yield "xref-loop", page.replace(b"trailer", b"trailer<</Prev 9>>trailer", 1)
    yield "only-header", b"%PDF-1.7\n%%EOF"


def _active(page: bytes) -> Iterator[tuple[str, bytes]]:
    actions = {
        "javascript": pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"),
        "launch": pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
        "submit": pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://localhost/"),
        "remote": pikepdf.Dictionary(S=pikepdf.Name.GoToR, F="other.pdf", D=pikepdf.Array([0])),
        "import": pikepdf.Dictionary(S=pikepdf.Name.ImportData, F="data.fdf"),
        "sound": pikepdf.Dictionary(S=pikepdf.Name.Sound),
    }
    for name, action in actions.items():
        with pikepdf.open(io.BytesIO(page)) as pdf:
            pdf.Root.OpenAction = action
            yield f"open-{name}", _saved(pdf)
        with pikepdf.open(io.BytesIO(page)) as pdf:
            link = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=action
            )
            pdf.pages[0].obj.Annots = pikepdf.Array([link])
            yield f"link-{name}", _saved(pdf)
    for kind in ("RichMedia", "3D", "Screen", "Movie"):
        with pikepdf.open(io.BytesIO(page)) as pdf:
            pdf.pages[0].obj.Annots = pikepdf.Array(
                [pikepdf.Dictionary(Subtype=pikepdf.Name("/" + kind), Rect=pikepdf.Array([0, 0, 9, 9]))]
            )
            yield f"annotation-{kind}", _saved(pdf)
    for name, content in (
        ("program", b"MZ" + bytes(200)),
        ("script", b"#!/bin/sh\n"),
        ("page", b"<html>"),
        ("archive", _zip({"a": b"a"})),
        ("pdf", _saved_active(page)),
    ):
        with pikepdf.open(io.BytesIO(page)) as pdf:
            pdf.attachments[f"{name}\u202efdp.exe"] = pikepdf.AttachedFileSpec(pdf, content, filename=f"{name}.bin")
            yield f"attached-{name}", _saved(pdf)
    for name, password in (("owner", ""), ("user", "secret")):
        with pikepdf.open(io.BytesIO(page)) as pdf:
            buffer = io.BytesIO()
            pdf.save(buffer, encryption=pikepdf.Encryption(owner="owner", user=password))
            yield f"encrypted-{name}", buffer.getvalue()


def _pictures() -> Iterator[tuple[str, bytes]]:
    for side in (30_000, 100_000, 2**31 - 1):
        header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        yield (
            f"png-{side}",
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", header)
            + _chunk(b"IDAT", zlib.compress(bytes(100)))
            + _chunk(b"IEND", b""),
        )
    body = struct.pack(">IIBBBBB", 10, 10, 8, 0, 0, 0, 0)
    flood = _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60_000_000), 9))
    yield (
        "png-text-bomb",
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", body)
        + flood
        + _chunk(b"IDAT", zlib.compress(bytes(110)))
        + _chunk(b"IEND", b""),
    )
    frames = io.BytesIO()
    small = Image.new("L", (20, 20), 255)
    small.save(frames, "TIFF", save_all=True, append_images=[small] * 60)
    yield "tiff-61-frames", frames.getvalue()
    yield "tiff-loop", b"II*\0" + struct.pack("<IHHHIIHHIII", 8, 2, 256, 3, 1, 1, 257, 3, 1, 1, 8)
    yield "tiff-nowhere", b"II*\0" + struct.pack("<I", 2**31)
    yield "jpeg-header-only", b"\xff\xd8\xff\xe0" + bytes(16)
    yield "jpeg-huge", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + bytes(40)


def _xml() -> Iterator[tuple[str, bytes]]:
    head = '<?xml version="1.0"?>'
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    yield "laughs", f"{head}<!DOCTYPE x [{laughs}]><x>&l9;</x>".encode()
    yield "quadratic", f'{head}<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><x>{"&a;" * 40_000}</x>'.encode()
    for target in ("file:///etc/passwd", "http://localhost/x", "php://filter", "expect://id"):
        yield f"xxe-{target[:4]}", f'{head}<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]><x>&e;</x>'.encode()
        yield f"dtd-{target[:4]}", f'{head}<!DOCTYPE x SYSTEM "{target}"><x/>'.encode()
        yield (
            f"xinclude-{target[:4]}",
            f'{head}<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{target}" parse="text"/></x>'.encode(),
        )
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        yield f"doctype-{encoding}", f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x []><x/>'.encode(encoding)
    yield "deep", b"<x>" * 300_000 + b"</x>" * 300_000
    yield "wide", b"<x>" + b"<y/>" * 900_000 + b"</x>"
    yield "attributes", b"<x " + b" ".join(b'a%d="1"' % number for number in range(60_000)) + b"/>"
    yield "long-text", b"<x>" + b"a" * 4_900_000 + b"</x>"
    yield "wrong-encoding", b'<?xml version="1.0" encoding="utf-8"?><x>\xff\xfe\xfa</x>'
    for name, data in (("cii", cii(SAMPLE)), ("ubl", ubl(SAMPLE))):
        yield f"{name}-cut", data[: len(data) // 2]
        yield f"{name}-amount-infinite", data.replace(b"7312.30", b"1e999999999")
        yield f"{name}-amount-long", data.replace(b"7312.30", b"9" * 60_000)
        yield f"{name}-date-impossible", data.replace(b"20260914", b"20269999").replace(b"2026-09-14", b"2026-99-99")
        yield f"{name}-formula", data.replace(b"2026-0417", b"=HYPERLINK(1)")
        yield f"{name}-controls", data.replace(b"2026-0417", "\u202e\u200b7140".encode())


def _other_kinds(page: bytes) -> Iterator[tuple[str, bytes]]:
    yield from {
        "empty": b"",
        "zeros": bytes(5_000),
        "spaces": b" " * 5_000,
        "too-large": b"%PDF-1.7\n" + bytes(10_500_000),
        "program": b"MZ" + bytes(2_000),
        "elf": b"\x7fELF" + bytes(2_000),
        "archive": _zip({"invoice.pdf": page}),
        "archive-bomb": _zip({"a": bytes(30_000_000)}),
        "csv-formula": b"number;amount\n=cmd|'/c calc'!A1;@SUM(1)\n",
        "html": b"<html><script>alert(1)</script></html>",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "polyglot-before": b"GIF89a" + bytes(40) + page,
        "polyglot-html": b"<html>" + page,
        "polyglot-zip": page + _zip({"a": b"a"}),
        "polyglot-png": scanned(SAMPLE, 1, form="png", dpi=40) + page,
        "rtf": b"{\\rtf1 hello}",
        "postscript": b"%!PS-Adobe-3.0\n(x) run",
        "gzip": zlib.compress(page),
        "text": b"Invoice 7 over 5.00 EUR",
    }.items()


def _saved_active(page: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(page)) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def _page_with(content: bytes, filters: str) -> bytes:
    stream = f"<</Length {len(content)}{filters}>>stream\n".encode() + content + b"\nendstream"
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return _raw(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources{font}/Contents 4 0 R>>", stream,
    )  # fmt: skip


def _raw(*objects: str | bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + (one if isinstance(one, bytes) else one.encode()) + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % place for place in places
    )
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
