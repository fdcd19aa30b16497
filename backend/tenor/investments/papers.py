"""A holder's statement as CSV and as PDF, the same lines in both. Never lets a cell become a formula.

The PDF prints the SHA-256 of the CSV: whoever has both can tell that they belong together.
"""

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

from tenor.edge.spreadsheet import csv_text
from tenor.investments.accounting import HolderStatement, Line
from tenor.investments.positions import Position
from tenor.kernel.money import Asset, to_decimal

_HEAD = ("time (UTC)", "invoice", "event", "amount", "unit", "counterparty", "ledger", "transaction")
_POSITION_HEAD = (
    *("invoice", "status", "shares", "invested", "bought", "sold", "paid", "refunded", "claimable", "accruing", "unit"),
)
_WORDS = {
    "invested": "Invested",
    "refunded": "Refunded",
    "pushed": "Paid out",
    "claimed": "Claimed",
    "bought": "Paid for shares",
    "sold": "Got for shares",
    "shares_in": "Shares bought",
    "shares_out": "Shares sold",
}


def to_csv(statement: HolderStatement) -> bytes:
    """One line a movement, then one line a position."""
    rows = [_HEAD, *map(_cells, statement.lines), (), _POSITION_HEAD, *map(_position_cells, statement.positions)]
    return csv_text(("statement of", statement.holder, "as of", _moment(statement.at)), rows).encode()


def to_pdf(statement: HolderStatement) -> bytes:
    """A4, in English; every page numbered. Made without a clock, so that the same rows give the same bytes."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    styles = getSampleStyleSheet()
    look = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), "Helvetica", 7),
            ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 7),
            ("LINEBELOW", (0, 0), (-1, 0), 1, colors.HexColor("#0b6b5d")),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor("#f4f6f7")]),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
    )
    digest = hashlib.sha256(to_csv(statement)).hexdigest()
    held = [[*(name.capitalize() for name in _POSITION_HEAD[:-1]), ""]]
    held += [_shortened(_position_cells(position), 0) for position in statement.positions]
    moved = [["Time (UTC)", "Invoice", "Event", "Amount", "", "Counterparty", "Ledger", "Transaction"]]
    moved += [_shortened(_cells(line), 1, 5, 7) for line in statement.lines]
    parts: list[Any] = [
        Paragraph("Tenor: statement of holdings", styles["Title"]),
        Paragraph(f"Holder {statement.holder}", styles["Normal"]),
        Paragraph(f"As of {_moment(statement.at)}, from the ledger's events alone", styles["Normal"]),
        Paragraph(f"SHA-256 of the same statement as CSV: {digest}", styles["Normal"]),
        Spacer(1, 12),
        Paragraph("Positions", styles["Heading2"]),
        Table(held, repeatRows=1, hAlign="LEFT", style=look),
        Spacer(1, 12),
        Paragraph("Movements", styles["Heading2"]),
        Table(moved, repeatRows=1, hAlign="LEFT", style=look),
    ]
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=landscape(A4),
        title="Statement of holdings",
        author="Tenor",
        invariant=1,
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 40),
    )
    document.build(parts, onFirstPage=_numbered, onLaterPages=_numbered)
    return buffer.getvalue()


def _numbered(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 7)
    canvas.drawRightString(document.pagesize[0] - 40, 24, f"Page {document.page}")


def _cells(line: Line) -> list[str]:
    return [
        _moment(line.at),
        line.chain_id,
        _WORDS[line.what],
        _amount(line.units, line.asset),
        "shares" if line.what.startswith("shares") else line.asset.code,
        line.counterparty or "",
        str(line.ledger),
        line.tx_hash,
    ]


def _position_cells(position: Position) -> list[str]:
    units = (
        *(position.shares, position.invested_units, position.bought_units, position.sold_units),
        *(position.paid_units, position.refunded_units, position.claimable_units, position.accruing_units),
    )
    amounts = [_amount(each, position.asset) for each in units]
    return [position.chain_id, position.status, *amounts, position.asset.code]


def _shortened(cells: list[str], *places: int) -> list[str]:
    """For paper: long ids as people compare them; the CSV has them whole."""
    return [f"{cell[:8]}…{cell[-6:]}" if at in places and len(cell) > 20 else cell for at, cell in enumerate(cells)]  # noqa: PLR2004


def _amount(units: int, asset: Asset) -> str:
    return to_decimal(units, asset.decimals)


def _moment(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S}"
