"""One file to its text: embedded XML, then the text layer, then OCR page by page. Never decides what a value means."""

import hashlib
from dataclasses import replace

from PIL import Image

from tenor.documents import images, ocr, pdf
from tenor.documents.hygiene import accept, parse_xml
from tenor.documents.looks import look
from tenor.documents.schema import schema_findings
from tenor.kernel.pages import DocumentKind, DocumentText, Finding, Page, Severity, Word

OCR_PAGES_MAX = 10
_WORDS_OF_A_PAGE = 6
"""Fewer words than this are a stamp or a footer over a scan, not a page's text."""
_FIRST_DPI, _SECOND_DPI = 200, 300
_LOOK_DPI = 50
_CONFIDENT_BPS, _ILLEGIBLE_BPS = 8_300, 5_500


def inspect(data: bytes) -> DocumentText:
    """Refuse what must not come in, without reading pages; the answer has the XML and no pages."""
    kind = accept(data)
    xml: bytes | None = None
    findings: tuple[Finding, ...] = ()
    if kind == "pdf":
        structure = pdf.inspect(data)
        xml = structure.xml
        findings = tuple(_attached(name) for name in structure.attachments)
    elif kind == "xml":
        xml = data
    else:
        for _frame in images.open_frames(data):
            pass
    if xml is not None:
        parse_xml(xml)
    return DocumentText(kind, hashlib.sha256(data).digest(), len(data), xml, (), findings)


def read(data: bytes) -> DocumentText:
    """Everything the file says. Raises the refusals of `documents/refusals.py`."""
    found = inspect(data)
    findings = list(found.findings)
    if found.xml is not None:
        findings += schema_findings(parse_xml(found.xml))
    if found.kind == "pdf":
        pages = _pdf_pages(data, findings)
    elif found.kind == "xml":
        pages = []
    else:
        pages = [_ocr_image(frame, number) for number, frame in enumerate(images.open_frames(data), start=1)]
    if pages:
        pages[0] = replace(pages[0], look=_look(data, found.kind, pages[0]))
    if found.kind != "xml" and not any(page.words for page in pages):
        findings.append(Finding("no-text", Severity.REVIEW, "No page of this file has legible text."))
    return DocumentText(found.kind, found.sha256, found.size_bytes, found.xml, tuple(pages), tuple(findings))


def _look(data: bytes, kind: DocumentKind, page: Page) -> bytes:
    """Of the first page, upright as its words were located."""
    if kind == "pdf":
        image = pdf.render(data, page.number, _LOOK_DPI)
    else:
        image = images.at_dpi(next(iter(images.open_frames(data))), _LOOK_DPI)
    return look(images.upright(image, page.turned_mdeg))


def _attached(name: str) -> Finding:
    return Finding("attachment-not-read", Severity.NOTE, f"The PDF also carries {name!r}, which was not read.")


def _pdf_pages(data: bytes, findings: list[Finding]) -> list[Page]:
    numbers = tuple(range(1, len(pdf.inspect(data).page_sizes) + 1))
    pages: list[Page] = []
    recognised = 0
    for page, is_painted in pdf.text_pages(data, numbers):
        hidden = len(page.words) >= _WORDS_OF_A_PAGE and not is_painted
        if hidden:
            sentence = f"Page {page.number} has only invisible text; what the picture shows was read instead."
            findings.append(Finding("invisible-text", Severity.NOTE, sentence))
        if len(page.words) >= _WORDS_OF_A_PAGE and not hidden:
            pages.append(page)
        elif recognised < OCR_PAGES_MAX:
            recognised += 1
            pages.append(_ocr_pdf_page(data, page))
        else:
            sentence = f"Page {page.number} is a picture and was not read: text recognition stops after {recognised}."
            findings.append(Finding("page-not-read", Severity.REVIEW, sentence))
            pages.append(page)
    return pages


def _ocr_pdf_page(data: bytes, page: Page) -> Page:
    best = recognise(pdf.render(data, page.number, _FIRST_DPI), page.number, _FIRST_DPI)
    if _mean_bps(best.words) < _CONFIDENT_BPS:
        sharper = recognise(pdf.render(data, page.number, _SECOND_DPI), page.number, _SECOND_DPI)
        best = max(best, sharper, key=lambda read_page: _weight(read_page.words))
    return best if best.words else page


def _ocr_image(frame: Image.Image, number: int) -> Page:
    dpi = min(max(images.assumed_dpi(frame), _FIRST_DPI), _SECOND_DPI)
    return recognise(images.at_dpi(frame, dpi), number, dpi)


def recognise(image: Image.Image, number: int, dpi: int) -> Page:
    """Level and clean, recognise; if hardly anything is legible, try the sheet's other orientations."""
    skew = images.skew_mdeg(image)
    level = images.cleaned(images.turned(image, skew))
    words = ocr.words(level, dpi)
    if _mean_bps(words) < _ILLEGIBLE_BPS:
        quarter = ocr.quarter_turn_mdeg(image, dpi)
        if quarter:
            upright = images.turned(image, quarter)
            fine = images.skew_mdeg(upright)
            again = images.cleaned(images.turned(upright, fine))
            other = ocr.words(again, dpi)
            if _weight(other) > _weight(words):
                skew, level, words = quarter + fine, again, other
    width, height = (side * 7_200 // dpi for side in level.size)
    return Page(number, width, height, words, "ocr", turned_mdeg=skew)


def _mean_bps(words: tuple[Word, ...]) -> int:
    letters = sum(len(word.text) for word in words)
    return _weight(words) // letters if letters else 0


def _weight(words: tuple[Word, ...]) -> int:
    return sum(len(word.text) * word.confidence_bps for word in words)
