"""ADAPTER to pikepdf (structure), pdfplumber (words of turned pages) and pypdfium2 (pixels). Never used outside the
reading process: PDFium is not thread-safe, and a hostile file may end whoever parses it.
"""

import io
import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pdfplumber
import pikepdf
import pypdfium2
from PIL import Image

from tenor.documents.einvoice import is_e_invoice
from tenor.documents.hygiene import SIZE_BYTES_MAX, accept
from tenor.documents.refusals import (
    DocumentRefused,
    FileBroken,
    FileEncrypted,
    FileHasActiveContent,
    FileHasAttachments,
    FileHasTooManyPages,
    PageTooLarge,
    ReadingTooExpensive,
)
from tenor.documents.textlayer import WORDS_PER_PAGE_MAX, text_layer
from tenor.kernel.pages import Box, Page, Word

PAGES_MAX = 50
OBJECTS_MAX = 100_000
SIDE_POINTS_MAX = 4_000
STREAM_BYTES_MAX, INFLATED_BYTES_MAX = 60_000_000, 250_000_000
_PIECE_BYTES = 1_000_000
PIXELS_MAX = 40_000_000
_ACTIVE_ACTIONS = frozenset(
    [
        "/JavaScript",
        "/Launch",
        "/Rendition",
        "/SubmitForm",
        "/ImportData",
        "/RichMediaExecute",
        "/Movie",
        "/Sound",
        "/GoToE",
        "/GoToR",
    ]
)
_ACTIVE_ANNOTATIONS = frozenset(["/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"])
_FLATE = (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode]))
_POINT = 100
_DEPTH_MAX = 12
_SPACE_RATIO = 0.22
"""Share of the letter size that parts two words; fixed tolerances split kerned capitals and join small print."""


@dataclass(frozen=True, slots=True)
class PdfStructure:
    """Harmless and within limits: page sizes in points, and the e-invoice it carries, if any."""

    page_sizes: tuple[tuple[int, int], ...]
    xml: bytes | None
    attachments: tuple[str, ...] = ()


def inspect(data: bytes, *, nested: bool = False) -> PdfStructure:
    """Check a PDF's structure without rendering it (P104, P107).

    Raises FileBroken, FileEncrypted, FileHasActiveContent, FileHasAttachments, FileHasTooManyPages, PageTooLarge.
    """
    try:
        pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise FileEncrypted("The PDF is protected by a password. Save a copy without protection.") from error
    except pikepdf.PdfError as error:
        raise FileBroken("The PDF cannot be opened; it is damaged or cut off. Export or scan it again.") from error
    with pdf:
        if pdf.is_encrypted:
            raise FileEncrypted("The PDF is encrypted. Save a copy without protection and upload that.")
        try:
            _refuse_active_content(pdf)
            _refuse_bombs(pdf)
            xml, attachments = _attachments(pdf, nested=nested)
            sizes = tuple(_page_sizes(pdf))
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise FileBroken("The PDF's structure is damaged. Print or export it to a new PDF.") from error
    if not sizes:
        raise FileBroken("The PDF has no pages. Export the invoice again.")
    return PdfStructure(sizes, xml, attachments)


def text_pages(data: bytes, numbers: tuple[int, ...]) -> Iterator[tuple[Page, bool]]:
    """Each page with its text layer's words, and whether any text of it is painted.

    A page whose text cannot be decoded comes back without words.
    """
    for found in text_layer(data, numbers):
        page = found.page or _plumbed(data, found.number)
        yield (replace(page, words=()) if _undecodable(page.words) else page), found.is_painted


def _plumbed(data: bytes, number: int) -> Page:
    """The slow way, which also knows turned pages."""
    with pdfplumber.open(io.BytesIO(data), pages=[number]) as pdf:
        page = pdf.pages[0]
        found = page.dedupe_chars().extract_words(
            x_tolerance_ratio=_SPACE_RATIO, use_text_flow=False, keep_blank_chars=False
        )
        words = tuple(_word(entry) for entry in found[:WORDS_PER_PAGE_MAX])
        return Page(number, round(page.width * _POINT), round(page.height * _POINT), words, "text")


def render(data: bytes, number: int, dpi: int) -> Image.Image:
    """A page in grey at `dpi`, lowered where the page would exceed the pixel limit."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(dpi / 72, (PIXELS_MAX / max(width * height, 1)) ** 0.5)
        image: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        return image


def _refuse_bombs(pdf: pikepdf.Pdf) -> None:
    """Inflate every stream in pieces that are thrown away, up to the limit, before any parser inflates it whole."""
    total = 0
    for stream in pdf.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.get("/Filter") not in _FLATE:
            continue
        inflater, rest, size = zlib.decompressobj(), stream.read_raw_bytes(), 0
        while rest and not inflater.eof:
            try:
                size += len(inflater.decompress(rest, _PIECE_BYTES))
            except zlib.error:
                break  # damaged: whoever needs it will say so
            rest = inflater.unconsumed_tail
            if size > STREAM_BYTES_MAX or total + size > INFLATED_BYTES_MAX:
                raise ReadingTooExpensive(
                    f"The PDF unpacks to more than {STREAM_BYTES_MAX:,} bytes. Print it to a new PDF at 200 dpi."
                )
        total += size


def _refuse_active_content(pdf: pikepdf.Pdf) -> None:
    if len(pdf.objects) > OBJECTS_MAX:
        raise FileBroken(f"The PDF has more than {OBJECTS_MAX:,} objects. Print it to a new PDF.")
    root = pdf.Root
    names = root.get("/Names")
    if names is not None and "/JavaScript" in names:
        raise _active("JavaScript")
    form = root.get("/AcroForm")
    if form is not None and "/XFA" in form:
        raise _active("an XFA form")
    for holder in _dictionaries(pdf):
        if holder.get("/S") in _ACTIVE_ACTIONS or "/JS" in holder:
            raise _active(f"an action of type {str(holder.get('/S', '/JavaScript'))[1:]}")
        if "/AA" in holder:
            raise _active("actions that start by themselves")
        if holder.get("/Subtype") in _ACTIVE_ANNOTATIONS:
            raise _active(f"a {str(holder.get('/Subtype'))[1:]} annotation")


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary, also those written inside others (actions usually are), to a depth no honest file needs."""
    for thing in pdf.objects:
        yield from _within(thing, 0)


def _within(thing: object, depth: int) -> Iterator[pikepdf.Object]:
    if depth > _DEPTH_MAX or not isinstance(thing, pikepdf.Object) or (depth and thing.is_indirect):
        return
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield thing
        for value in (thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing).as_dict().values():
            yield from _within(value, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for value in itertools.islice(iter(thing), OBJECTS_MAX):
            if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)):
                yield from _within(value, depth + 1)


def _active(what: str) -> FileHasActiveContent:
    return FileHasActiveContent(f"The PDF contains {what}. Print it to a new PDF, which drops such content.")


def _attachments(pdf: pikepdf.Pdf, *, nested: bool) -> tuple[bytes | None, tuple[str, ...]]:
    """The e-invoice among the attachments and the names of harmless others (EN 16931 allows supporting documents).

    Others are named, never read; what could act when opened is refused, and so are two e-invoices that differ.
    """
    invoices: list[bytes] = []
    others: list[str] = []
    for name, spec in pdf.attachments.items():
        shown = "".join(c if c.isprintable() else "?" for c in name[:60])
        data = spec.get_file().read_bytes() if _attached_size(spec) <= SIZE_BYTES_MAX else b""
        if not nested and is_e_invoice(data):
            invoices.append(data)
        elif nested or not _harmless(data):
            raise FileHasAttachments(
                f"The PDF carries a file ({shown!r}) that Tenor does not accept. Upload it without."
            )
        else:
            others.append(shown)
    carried = sum(1 for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/EF" in thing)
    if carried > len(pdf.attachments):
        raise FileHasAttachments("The PDF carries a file that it does not list. Print it to a new PDF.")
    if len(set(invoices)) > 1:
        raise FileHasAttachments("The PDF carries more than one e-invoice. Upload one invoice per file.")
    return (invoices[0] if invoices else None), tuple(others)


def _attached_size(spec: pikepdf.AttachedFileSpec) -> int:
    """Bytes in the file, before decompression; a bomb behind it meets the reading process's memory limit."""
    return int(spec.get_file().obj.stream_dict.get("/Length", 0))


def _harmless(data: bytes) -> bool:
    """Documents and pictures by content, and plain text; a nested PDF obeys the same rules and carries nothing."""
    try:
        kind = accept(data)
    except DocumentRefused:
        return _is_plain_text(data)
    if kind == "pdf":
        inspect(data, nested=True)
    return True


def _is_plain_text(data: bytes) -> bool:
    return bool(data) and b"\0" not in data and not data.startswith((b"#!", b"MZ", b"<")) and data.isascii()


def _page_sizes(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    if len(pdf.pages) > PAGES_MAX:
        raise FileHasTooManyPages(
            f"The PDF has {len(pdf.pages):,} pages; at most {PAGES_MAX} are read. Upload the invoice's own pages only."
        )
    for number, page in enumerate(pdf.pages, start=1):
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        width, height = abs(right - left), abs(top - bottom)
        if not (1 <= width <= SIDE_POINTS_MAX and 1 <= height <= SIDE_POINTS_MAX):
            raise PageTooLarge(
                f"Page {number} measures {width:.0f} x {height:.0f} points; at most {SIDE_POINTS_MAX} a side are "
                "rendered. Print it to A4 or Letter."
            )
        yield round(width), round(height)


def _word(entry: dict[str, object]) -> Word:
    left, top, right, bottom = (round(float(str(entry[k])) * _POINT) for k in ("x0", "top", "x1", "bottom"))
    return Word(str(entry["text"]), Box(left, top, right, bottom))


def _undecodable(words: tuple[Word, ...]) -> bool:
    """Fonts without a character map print as (cid:12), replacement or private-use characters: OCR reads better."""
    odd = sum(
        "(cid:" in word.text or any("\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in word.text) for word in words
    )
    return odd * 5 > len(words)
