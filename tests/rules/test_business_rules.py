"""EN 16931's rules by id: a sound e-invoice breaks none, each broken one is named, and nothing is corrected."""

from dataclasses import replace

import pytest

from invoice_files import SAMPLE, cii, ubl
from tenor.documents.einvoice import parse
from tenor.invoices.businessrules import RULES, broken

SOUND = parse(ubl(SAMPLE))
BREAKING = {
    "BR-02": {"number": None},
    "BR-03": {"issue_date": None},
    "BR-04": {"type_code": None},
    "BR-05": {"currency": None},
    "BR-06": {"seller_name": ""},
    "BR-07": {"debtor_name": None},
    "BR-12": {"lines_net": None},
    "BR-13": {"net": None},
    "BR-14": {"gross": None},
    "BR-15": {"amount_due": None},
    "BR-16": {"line_nets": ()},
    "BR-CL-04": {"currency": "Euro"},
    "BR-CO-09": {"seller_vat_id": "123456789"},
    "BR-CO-26": {"seller_vat_id": None},
    "BR-DEC-12": {"net": "10.001"},
    "BR-DEC-13": {"vat": "1.234"},
    "BR-DEC-14": {"gross": "11.0001"},
    "BR-DEC-18": {"amount_due": "1e3"},
    "BT-2": {"issue_date": "13.11.2026"},
    "BT-9": {"due_date": "soon"},
}


def test_a_sound_invoice_breaks_no_rule():
    assert broken(SOUND) == []
    assert broken(parse(cii(SAMPLE))) == []


def test_every_rule_is_tried():
    assert {rule.id for rule in RULES} == set(BREAKING)


@pytest.mark.parametrize("rule", sorted(BREAKING))
def test_a_broken_rule_is_named(rule: str):
    findings = broken(replace(SOUND, **BREAKING[rule]))
    assert [finding.sentence.split(":")[0] for finding in findings] == [rule]
    assert findings[0].sentence.endswith(".")


def test_what_is_outside_the_norm_is_not_judged_by_it():
    assert broken(replace(SOUND, syntax="fatturapa", number=None)) == []
