"""PURE: a reading as one web page that needs nothing else: pictures with boxes, fields, alternatives, findings.

Everything read from a file is text here, never markup; the page loads nothing and runs nothing.
"""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from tenor.invoices.reading import AMOUNT_NAMES, Field, FieldName, Reading
from tenor.kernel.money import to_decimal
from tenor.kernel.pages import DocumentText, Page

_FAR_PERCENT = 80
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE = """
body{font:14px/1.45 system-ui,sans-serif;margin:0;color:#1b1f24;background:#f4f5f7}
header{padding:14px 24px;background:#fff;border-bottom:1px solid #d8dce1}h1{font-size:18px;margin:0}
main{display:flex;gap:24px;padding:20px 24px;align-items:flex-start;flex-wrap:wrap}
.pages{flex:2 1 520px;min-width:0}
.sheet{position:relative;margin-bottom:20px;background:#fff;box-shadow:0 1px 5px #0003}
.sheet img{width:100%;display:block}.box{position:absolute;border:2px solid;border-radius:3px}
.box span{position:absolute;left:100%;top:-2px;margin:0 3px;font:10px/1.5 system-ui;padding:0 4px;color:#fff}
.box span{white-space:nowrap;border-radius:3px;opacity:.92}.box.far span{left:auto;right:100%}
.sure{border-color:#18794e}.sure span{background:#18794e}.doubt{border-color:#c2410c}.doubt span{background:#c2410c}
aside{flex:1 1 380px;min-width:0}table{border-collapse:collapse;width:100%;background:#fff;box-shadow:0 1px 5px #0003}
td,th{padding:6px 10px;text-align:left;border-bottom:1px solid #e6e8eb;vertical-align:top}th{font-weight:600}
td small{color:#57606a;display:block;overflow-wrap:anywhere}tr.doubt th{color:#c2410c}tr.absent{color:#8b949e}
.finding{background:#fff;border-left:4px solid #8b949e;padding:8px 12px;margin:0 0 10px}
.review{border-color:#c2410c}.refuse{border-color:#b3261e}
"""


def review_page(name: str, document: DocumentText, reading: Reading, pictures: Sequence[bytes]) -> str:
    """HTML of a reading; `pictures` are the pages' JPEGs in order."""
    sheets = (
        "".join(_sheet(page, picture, reading) for page, picture in zip(document.pages, pictures, strict=False))
        or "<p>This file has no pages to show.</p>"
    )
    rows = "".join(_row(field_name, field, reading) for field_name, field in reading.fields.items())
    findings = "".join(
        f'<p class="finding {escape(f.severity)}"><b>{escape(f.severity)}</b> {escape(f.sentence)}</p>'
        for f in reading.findings
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(name)}: what was read</title><style>{_STYLE}</style></head><body>"
        f"<header><h1>{escape(name)}</h1>{_count(len(document.pages))}, SHA-256 {document.sha256.hex()}</header>"
        f'<main><section class="pages">{sheets}</section><aside>{findings}'
        f"<table>{rows}</table></aside></main></body></html>\n"
    )


def _sheet(page: Page, picture: bytes, reading: Reading) -> str:
    boxes = "".join(
        _box(name, field, page, is_doubtful=name in reading.doubtful)
        for name, field in reading.fields.items()
        if field.page == page.number and field.box is not None and field.value is not None
    )
    encoded = b64encode(picture).decode()
    return f'<div class="sheet"><img alt="page {page.number}" src="data:image/jpeg;base64,{encoded}">{boxes}</div>'


def _box(name: FieldName, field: Field, page: Page, *, is_doubtful: bool) -> str:
    box = field.box
    assert box is not None
    left, top = box.left * 100 / page.width, box.top * 100 / page.height
    width, height = (box.right - box.left) * 100 / page.width, (box.bottom - box.top) * 100 / page.height
    kind = ("doubt" if is_doubtful else "sure") + (" far" if left + width > _FAR_PERCENT else "")
    place = f"left:{left:.2f}%;top:{top:.2f}%;width:{width:.2f}%;height:{height:.2f}%"
    return f'<div class="box {kind}" style="{place}"><span>{escape(_label(name))}</span></div>'


def _row(name: FieldName, field: Field, reading: Reading) -> str:
    shown = "not found" if field.value is None else _text(name, field.value, reading)
    others = ", ".join(escape(_text(name, other.value, reading)) for other in field.alternatives)
    kind = "doubt" if name in reading.doubtful else "absent" if field.value is None else "sure"
    how = f"{field.source}, {field.confidence_bps / 100:.0f} %" if field.source else ""
    where = f", page {field.page}" if field.page else ""
    more = f"<small>or {others}</small>" if others else ""
    return (
        f'<tr class="{kind}"><th>{escape(_label(name))}</th>'
        f"<td>{escape(shown)}<small>{how}{where}</small>{more}</td></tr>"
    )


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"


def _text(name: FieldName, value: str | int, reading: Reading) -> str:
    return to_decimal(value, reading.minor_digits) if name in AMOUNT_NAMES and isinstance(value, int) else str(value)


def _label(name: FieldName) -> str:
    return name.replace("_", " ").replace("vat id", "VAT id").replace("iban", "IBAN")
