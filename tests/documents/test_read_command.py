"""`tenor read` and `tenor read-eval`: the same reading as the API's, as text, JSON and a page that loads nothing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from invoice_files import SAMPLE, born_digital, scanned
from tenor.cli import tenor


@pytest.fixture
def invoice(tmp_path: Path) -> Path:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(born_digital(SAMPLE))
    return path


def test_read_prints_fields_and_what_is_doubtful(invoice: Path):
    told = CliRunner().invoke(tenor, ["read", str(invoice)])
    assert told.exit_code == 0, told.output
    assert "number         2026-0417" in told.output
    assert "amount_due     7312.30" in told.output


def test_read_json_is_what_the_api_answers(invoice: Path):
    told = json.loads(CliRunner().invoke(tenor, ["read", str(invoice), "--json"]).output)
    assert told["fields"]["gross"]["value"] == "7312.30"
    assert told["fields"]["gross"]["box"]["left"] > 0
    assert told["pages"][0]["source"] == "text"


@pytest.mark.parametrize("kind", ["text", "scan"])
def test_the_page_draws_every_box_and_loads_nothing(tmp_path: Path, kind: str):
    hostile = replace(SAMPLE, number="<script>alert(1)</script>-7")
    path, page = tmp_path / "<b>.pdf", tmp_path / "page.html"
    path.write_bytes(born_digital(hostile) if kind == "text" else scanned(SAMPLE, 3))
    told = CliRunner().invoke(tenor, ["read", str(path), "--html", str(page)])
    html = page.read_text()
    assert told.exit_code == 0, told.output
    assert "default-src 'none'" in html
    assert html.count('class="box') >= 8
    assert html.count('src="data:image/jpeg;base64,') == 1
    assert "<script" not in html
    assert "<b>.pdf" not in html
    assert "http://" not in html
    assert "https://" not in html


def test_read_eval_prints_three_tables(invoice: Path):
    truth = {"number": SAMPLE.number, "gross": "7312.30"}
    invoice.with_suffix("").with_suffix(".truth.json").write_text(json.dumps(truth))
    told = CliRunner().invoke(tenor, ["read-eval", str(invoice.parent)])
    assert told.exit_code == 0, told.output
    assert [told.output.count(title) for title in ("as uploaded", "e-invoice hidden", "rendered as scan")] == [1, 1, 1]
    assert "WRONG" not in told.output
