"""VAT by category: a sound e-invoice breaks no rule, and each rule is named by the change that breaks it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from invoice_files import SAMPLE, cii, ubl
from tenor.documents.einvoice import EInvoice, parse
from tenor.documents.particulars import Particulars, Taxed, VatGroup
from tenor.invoices.vatrules import broken

SOUND = parse(ubl(SAMPLE))


def of(category: str, rate: str | None, reason: str | None, tax: str = "0.00", **terms: str) -> EInvoice:
    """100.00 in one line, less an allowance of 10, of one category."""
    told = Particulars(
        {name.replace("_", "-"): value for name, value in terms.items()},
        (VatGroup(category, rate, "90.00", tax, reason),),
        (Taxed("line", "100.00", category, rate), Taxed("allowance", "10.00", category, rate)),
    )
    return replace(SOUND, vat=tax, particulars=told)


CASES = {
    "S": of("S", "20", None, "18.00"),
    "Z": of("Z", "0", None),
    "E": of("E", "0.00", "Article 132"),
    "AE": of("AE", "0", "Reverse charge"),
    "IC": of("K", "0", "Intra-community supply", BT_72="2026-09-01", BT_80="FR"),
    "G": of("G", "0", "Export"),
    "O": replace(of("O", None, "Not subject to VAT"), seller_vat_id=None, debtor_vat_id=None),
    "IG": of("L", "7", None, "6.30"),
    "IP": of("M", "4", None, "3.60"),
}


def ids(invoice: EInvoice) -> set[str]:
    findings = broken(invoice)
    assert all(finding.sentence.endswith(".") for finding in findings)
    return {finding.sentence.split(":")[0] for finding in findings}


def group(invoice: EInvoice, **changes: Any) -> EInvoice:
    told = invoice.particulars
    return replace(invoice, particulars=replace(told, vat_groups=(replace(told.vat_groups[0], **changes),)))


def line(invoice: EInvoice, place: int = 0, **changes: Any) -> EInvoice:
    told = invoice.particulars
    taxed = [replace(one, **changes) if at == place else one for at, one in enumerate(told.taxed)]
    return replace(invoice, particulars=replace(told, taxed=tuple(taxed)))


def test_both_syntaxes_state_the_same():
    one, other = parse(cii(SAMPLE)).particulars, SOUND.particulars
    assert (one.vat_groups, one.taxed) == (other.vat_groups, other.taxed)
    assert one.vat_groups[0] == VatGroup("S", "7.00", "103.20", "7.22", None)
    assert {term: one.terms[term] for term in ("BT-35", "BT-40")} == {
        "BT-35": SAMPLE.seller.street,
        "BT-40": SAMPLE.seller.country,
    }


@pytest.mark.parametrize("category", CASES)
def test_a_sound_invoice_of_each_category_breaks_no_rule(category: str):
    assert ids(SOUND) == ids(parse(cii(SAMPLE))) == set()
    assert ids(CASES[category]) == set()


def unnamed(sound: EInvoice) -> EInvoice:
    """The breakdown speaks of another category than the lines."""
    other = "E" if sound is CASES["Z"] else "Z"
    told = replace(sound.particulars, vat_groups=(VatGroup(other, "0", "0", "0", None),))
    return replace(sound, vat=None, particulars=told)


BREAKING: dict[str, Callable[[EInvoice], EInvoice]] = {
    "01": unnamed,
    "08": lambda sound: line(sound, amount="150.00"),
    "10": lambda sound: group(sound, reason=None if sound.particulars.vat_groups[0].reason else "for no reason"),
}


@pytest.mark.parametrize("category", CASES)
@pytest.mark.parametrize("rule", BREAKING)
def test_a_broken_rule_of_a_category_is_named(category: str, rule: str):
    assert f"BR-{category}-{rule}" in ids(BREAKING[rule](CASES[category]))


@pytest.mark.parametrize("category", CASES)
def test_rates_and_taxes_that_a_category_cannot_have(category: str):
    sound = CASES[category]
    rated = category in {"S", "IG", "IP"}
    wrong = "-1" if rated else "19"
    assert f"BR-{category}-05" in ids(line(sound, rate=wrong))
    assert f"BR-{category}-06" in ids(line(sound, 1, rate=wrong))
    assert f"BR-{category}-07" in ids(line(sound, 1, rate=wrong, kind="charge"))
    assert f"BR-{category}-09" in ids(replace(group(sound, tax="55.55"), vat="55.55"))
    if category == "S":
        assert "BR-S-05" in ids(line(sound, rate="0"))


@pytest.mark.parametrize("category", [name for name in CASES if name != "O"])
def test_who_must_be_identified(category: str):
    nobody = replace(CASES[category], seller_vat_id=None, debtor_vat_id=None)
    assert f"BR-{category}-02" in ids(nobody)
    ids_of_state = nobody.particulars.terms | {"BT-32": "12/345", "BT-47": "HRB 1"}
    registered = replace(nobody, particulars=replace(nobody.particulars, terms=ids_of_state))
    assert (f"BR-{category}-02" in ids(registered)) == (category in {"IC", "G"})
    assert "BR-O-02" in ids(replace(CASES["O"], seller_vat_id=SOUND.seller_vat_id))


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("BR-CO-04", line(SOUND, category=None)),
        ("BR-CO-14", replace(SOUND, vat="1.00")),
        ("BR-CO-17", group(CASES["S"], rate="10")),
        ("BR-CO-18", replace(SOUND, particulars=Particulars())),
        ("BR-45", group(CASES["S"], taxable=None)),
        ("BR-46", group(CASES["S"], tax=None)),
        ("BR-47", group(CASES["S"], category="Q")),
        ("BR-48", group(CASES["S"], rate=None)),
        ("BR-IC-11", of("K", "0", "x", BT_80="FR")),
        ("BR-IC-12", of("K", "0", "x", BT_73="2026-09-01")),
        (
            "BR-O-11",
            replace(
                CASES["O"],
                particulars=replace(
                    CASES["O"].particulars,
                    vat_groups=(*CASES["O"].particulars.vat_groups, VatGroup("Z", "0", "0", "0", None)),
                ),
            ),
        ),
    ],
)
def test_rules_of_the_breakdown_are_named(rule: str, changed: EInvoice):
    assert rule in ids(changed)


@pytest.mark.parametrize("hostile", ["1E999999999", "NaN", "Infinity", "9" * 400, "٣", "1_0", "", "-", "1,00"])
def test_what_is_no_number_of_money_is_not_reckoned_with(hostile: str):
    assert ids(group(line(CASES["S"], amount=hostile), tax=hostile, taxable=hostile, rate=hostile)) >= set()


PROFILES = {
    "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0": {
        *("BR-DE-4", "BR-DE-5", "BR-DE-6", "BR-DE-7", "BR-DE-9", "BR-DE-15"),
    },
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0": {
        *(f"PEPPOL-EN16931-R0{number}" for number in ("01", "03", "10", "20")),
    },
}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_held_to_its_own_rules(profile: str):
    told = ubl(SAMPLE).decode().replace("urn:cen.eu:en16931:2017", profile)
    assert ids(parse(told.encode())) == PROFILES[profile]
    if "xrechnung" in profile:
        unpaid = replace(parse(told.encode()), seller_iban=None)
        assert "BR-DE-23-a" in ids(unpaid)
