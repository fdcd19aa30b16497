"""A holder's statement on paper: the same figures in both forms, the same bytes from the same rows, no formula."""

import csv
import hashlib
import io

import pdfplumber

from tenor.investments.accounting import HolderStatement, Line
from tenor.investments.papers import to_csv, to_pdf
from tenor.investments.positions import Position
from tenor.kernel.money import Asset


def statement(*, lines: int = 3, code: str = "USDC") -> HolderStatement:
    asset = Asset("C" * 56, code, 7)
    made = [
        Line(
            1_800_000_000 + i,
            "ab" * 32,
            "claimed",
            12_345_678 + i,
            asset,
            "=cmd|' /C calc'!A0",
            70 + i,
            "cd" * 32,
            str(i),
        )
        for i in range(lines)
    ]
    held = Position(
        chain_id="ab" * 32,
        holder="G" * 56,
        asset=asset,
        status="funded",
        at=1_800_000_100,
        due_at=1_800_100_000,
        shares=90_000_000,
        supply=900_000_000,
        invested_units=90_000_000,
        bought_units=0,
        sold_units=0,
        refunded_units=0,
        paid_units=37_037_037,
        claimable_units=0,
        accruing_units=1,
        refundable_units=0,
        deferred=None,
        disputed_until=None,
    )
    return HolderStatement("G" * 56, 1_800_000_100, (held,), tuple(made))


def test_p091_no_cell_is_a_formula_and_reading_again_gives_the_same() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(statement(code="@SUM(1)")).decode("utf-8-sig"))))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert rows[2][3] == "1.2345678"
    assert rows[2][5] == "'=cmd|' /C calc'!A0"
    assert rows[-1][2:8] == ["9.0000000", "9.0000000", "0.0000000", "0.0000000", "3.7037037", "0.0000000"]


def test_the_pdf_prints_the_hash_and_the_figures_of_the_csv() -> None:
    told = statement(lines=120)
    pdf = to_pdf(told)
    assert pdf == to_pdf(told)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) > 2
        words = [word["text"] for sheet in opened.pages for word in sheet.extract_words()]
    assert hashlib.sha256(to_csv(told)).hexdigest() in words
    assert {"1.2345678", "1.2345797", "3.7037037"} <= set(words)
    assert "Page" in words
