"""PURE: EN 16931's rules on VAT by category, and what XRechnung and Peppol ask beyond the norm. Never corrects.

A rule of a category has the norm's id with the category's letters in it: BR-S-08, BR-AE-10. What is not VAT of goods
and services as such (the Canary Islands' IG, Ceuta's IP) is judged like the standard rate, as the norm does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenor.documents.einvoice import EInvoice
from tenor.documents.particulars import Taxed, VatGroup
from tenor.invoices.numbers import parse_plain
from tenor.kernel.money import to_decimal
from tenor.kernel.pages import Finding, Severity

_PLACES = 6
_ONE: int = 10**_PLACES
_CENT = _ONE // 100
_ROUNDING = _ONE
"""One unit of the currency: what EN 16931's validators allow between a group's tax and its rate, as senders round."""
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{0,10})?")
_PAID_BY_TRANSFER = frozenset({"30", "58"})


@dataclass(frozen=True, slots=True)
class Category:
    """`rated`: a rate above 0 (True), exactly 0 (False), none at all (None). `needs`: ids of whom, by term."""

    letters: str
    name: str
    rated: bool | None
    has_reason: bool
    needs: tuple[tuple[str, ...], ...]


_SELLER, _BUYER = ("BT-31", "BT-32", "BT-63"), ("BT-48", "BT-47")
CATEGORIES = {
    "S": Category("S", "standard rated", rated=True, has_reason=False, needs=(_SELLER,)),
    "Z": Category("Z", "zero rated", rated=False, has_reason=False, needs=(_SELLER,)),
    "E": Category("E", "exempt from VAT", rated=False, has_reason=True, needs=(_SELLER,)),
    "AE": Category("AE", "reverse charge", rated=False, has_reason=True, needs=(_SELLER, _BUYER)),
    "K": Category("IC", "intra-community supply", rated=False, has_reason=True, needs=(("BT-31", "BT-63"), ("BT-48",))),
    "G": Category("G", "export", rated=False, has_reason=True, needs=(("BT-31", "BT-63"),)),
    "O": Category("O", "not subject to VAT", rated=None, has_reason=True, needs=()),
    "L": Category("IG", "Canary Islands tax", rated=True, has_reason=False, needs=(_SELLER,)),
    "M": Category("IP", "Ceuta and Melilla tax", rated=True, has_reason=False, needs=(_SELLER,)),
}
_NAMES = {
    "BT-31": "the seller's VAT id", "BT-32": "the seller's tax number", "BT-48": "the buyer's VAT id",
    "BT-63": "the tax representative's VAT id", "BT-47": "the buyer's registration",
}  # fmt: skip

Broken = tuple[str, str, str]
"""Rule id, field, sentence."""


def broken(invoice: EInvoice) -> list[Finding]:
    """A finding for every rule that is broken; a total of VAT that is not its groups' sum needs a person (BR-CO-14)."""
    if invoice.syntax == "fatturapa":
        return []
    found = dict.fromkeys((*_breakdown(invoice), *_by_category(invoice), *_national(invoice)))
    return [
        Finding(
            "en16931",
            Severity.REVIEW if rule == "BR-CO-14" else Severity.NOTE,
            f"{rule}: the e-invoice breaks {_whose(rule)}: {sentence}",
            field,
        )
        for rule, field, sentence in found
    ]


def _whose(rule: str) -> str:
    return "XRechnung" if rule.startswith("BR-DE-") else "Peppol BIS" if rule.startswith("PEPPOL-") else "EN 16931"


def _breakdown(invoice: EInvoice) -> Iterator[Broken]:
    """The breakdown as such: it is there, is complete, and makes up the tax."""
    told = invoice.particulars
    if not told.vat_groups:
        if invoice.line_nets:
            yield "BR-CO-18", "vat", "it does not break its VAT down by category (BG-23)."
        return
    for group in told.vat_groups:
        yield from _complete(group)
    if any(one.category is None for one in told.taxed if one.kind == "line"):
        yield "BR-CO-04", "vat", "a line does not say its VAT category (BT-151)."
    taxes, stated = [number(group.tax) for group in told.vat_groups], number(invoice.vat)
    if stated is not None and None not in taxes and sum(tax or 0 for tax in taxes) != stated:
        yield "BR-CO-14", "vat", f"its VAT {invoice.vat} is not the sum of its VAT groups (BT-110)."


def _complete(group: VatGroup) -> Iterator[Broken]:
    if group.taxable is None:
        yield "BR-45", "vat", "a VAT group lacks its taxable amount (BT-116)."
    if group.tax is None:
        yield "BR-46", "vat", "a VAT group lacks its tax (BT-117)."
    if group.category not in CATEGORIES:
        yield "BR-47", "vat", f"{_said(group.category)} is no VAT category (BT-118)."
    if group.rate is None and group.category != "O":
        yield "BR-48", "vat", "a VAT group lacks its rate (BT-119)."
    rate, taxable, tax = number(group.rate), number(group.taxable), number(group.tax)
    if not _taxed_at(taxable, rate, tax):
        yield "BR-CO-17", "vat", f"{group.rate} % of {group.taxable} is not {group.tax} (BT-117)."


def _by_category(invoice: EInvoice) -> Iterator[Broken]:
    told = invoice.particulars
    stated = _terms(invoice)
    for code, category in CATEGORIES.items():
        rule = f"BR-{category.letters}-"
        groups = [group for group in told.vat_groups if group.category == code]
        taxed = [one for one in told.taxed if one.category == code]
        if taxed and not groups:
            yield f"{rule}01", "vat", f"something is {category.name}, but no VAT group says so."
        if len(groups) > 1 and category.rated is not True:
            yield f"{rule}01", "vat", f"it has two VAT groups that are {category.name}."
        if taxed:
            yield from _ids(rule, category, stated)
        for one in taxed:
            yield from _rate(rule, category, one)
        for group in groups:
            yield from _group(rule, category, group, taxed)
        if groups:
            yield from _beside(code, stated, len(told.vat_groups))


def _beside(code: str, stated: dict[str, str], groups: int) -> Iterator[Broken]:
    """What some categories ask of the rest of the invoice."""
    if code == "K" and "BT-72" not in stated and "BT-73" not in stated:
        yield "BR-IC-11", "vat", "an intra-community supply says neither when it was nor for which period."
    if code == "K" and "BT-80" not in stated:
        yield "BR-IC-12", "vat", "an intra-community supply does not say to which country it went (BT-80)."
    if code == "O" and groups > 1:
        yield "BR-O-11", "vat", "what is not subject to VAT stands beside other VAT groups."


def _ids(rule: str, category: Category, stated: dict[str, str]) -> Iterator[Broken]:
    for whose in category.needs:
        if not any(term in stated for term in whose):
            names = " or ".join(f"{_NAMES[term]} ({term})" for term in whose)
            field = "debtor_vat_id" if "BT-48" in whose else "seller_vat_id"
            yield f"{rule}02", field, f"being {category.name}, it must state {names}."
    if category.rated is None and ("BT-31" in stated or "BT-48" in stated):
        yield f"{rule}02", "seller_vat_id", "what is not subject to VAT states no VAT ids (BT-31, BT-48)."


_RATE_RULES = {"line": "05", "allowance": "06", "charge": "07"}


def _rate(rule: str, category: Category, one: Taxed) -> Iterator[Broken]:
    rate = number(one.rate)
    wrong = {
        True: rate is None or rate <= 0,
        False: rate != 0,
        None: one.rate is not None,
    }[category.rated]
    if category.letters in {"IG", "IP"}:
        wrong = rate is None or rate < 0
    if wrong:
        due = {True: "a rate above 0", False: "the rate 0", None: "no rate"}[category.rated]
        yield (
            f"{rule}{_RATE_RULES[one.kind]}",
            "vat",
            f"a {one.kind} that is {category.name} has {due}, not {_said(one.rate)}.",
        )


def _group(rule: str, category: Category, group: VatGroup, taxed: list[Taxed]) -> Iterator[Broken]:
    rate, tax, taxable = number(group.rate), number(group.tax), number(group.taxable)
    own = [one for one in taxed if category.rated is not True or number(one.rate) == rate]
    amounts = [(one.kind, number(one.amount)) for one in own]
    if own and taxable is not None and all(amount is not None for _, amount in amounts):
        total = sum((amount or 0) * (-1 if kind == "allowance" else 1) for kind, amount in amounts)
        if abs(total - taxable) >= (_ROUNDING if category.rated is True else _CENT):
            made = to_decimal(total, _PLACES)
            yield f"{rule}08", "vat", f"its lines make {made} {category.name}, not {group.taxable} (BT-116)."
    if category.rated is not True and tax is not None and tax != 0:
        yield f"{rule}09", "vat", f"what is {category.name} bears no VAT, but {group.tax} is stated (BT-117)."
    elif category.rated is True and not _taxed_at(taxable, rate, tax):
        yield f"{rule}09", "vat", f"{group.rate} % of {group.taxable} is not {group.tax} (BT-117)."
    if category.has_reason and not group.reason:
        yield f"{rule}10", "vat", f"it does not say why it is {category.name} (BT-120, BT-121)."
    if not category.has_reason and group.reason:
        yield f"{rule}10", "vat", f"what is {category.name} has no reason for an exemption, but one is stated."


_XRECHNUNG: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("BR-DE-1", ("BT-81",), "seller_iban", "it has no payment instructions (BG-16)."),
    ("BR-DE-3", ("BT-37",), "seller_name", "the seller's city is missing (BT-37)."),
    ("BR-DE-4", ("BT-38",), "seller_name", "the seller's postal code is missing (BT-38)."),
    ("BR-DE-5", ("BT-41",), "seller_name", "the seller names no contact (BT-41)."),
    ("BR-DE-6", ("BT-42",), "seller_name", "the contact's telephone number is missing (BT-42)."),
    ("BR-DE-7", ("BT-43",), "seller_name", "the contact's e-mail address is missing (BT-43)."),
    ("BR-DE-8", ("BT-52",), "debtor_name", "the buyer's city is missing (BT-52)."),
    ("BR-DE-9", ("BT-53",), "debtor_name", "the buyer's postal code is missing (BT-53)."),
    ("BR-DE-15", ("BT-10",), "debtor_name", "the buyer's reference (Leitweg-ID) is missing (BT-10)."),
    ("BR-DE-16", _SELLER, "seller_vat_id", "it states no VAT id or tax number of the seller (BT-31, BT-32)."),
)
_PEPPOL: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("PEPPOL-EN16931-R001", ("BT-23",), "number", "it names no business process (BT-23)."),
    ("PEPPOL-EN16931-R003", ("BT-10", "BT-13"), "debtor_name", "it has neither buyer reference nor order number."),
    ("PEPPOL-EN16931-R010", ("BT-49",), "debtor_name", "the buyer's electronic address is missing (BT-49)."),
    ("PEPPOL-EN16931-R020", ("BT-34",), "seller_name", "the seller's electronic address is missing (BT-34)."),
)


def _national(invoice: EInvoice) -> Iterator[Broken]:
    """The rules of the profile that the e-invoice says it follows (BT-24)."""
    stated = _terms(invoice)
    profile = stated.get("BT-24", "").lower()
    rules = _XRECHNUNG if "xrechnung" in profile else _PEPPOL if "peppol.eu" in profile else ()
    for rule, terms, field, sentence in rules:
        if not any(term in stated for term in terms):
            yield rule, field, sentence
    if "xrechnung" in profile and stated.get("BT-81") in _PAID_BY_TRANSFER and not invoice.seller_iban:
        yield "BR-DE-23-a", "seller_iban", "it is to be paid by transfer, but names no account (BT-84)."


def number(text: str | None) -> int | None:
    """A decimal of XML in millionths; None for what is none, is finer, or has more digits than money."""
    return parse_plain(text, _PLACES) if text and _NUMBER.fullmatch(text) else None


def _taxed_at(taxable: int | None, rate: int | None, tax: int | None) -> bool:
    """Whether the tax is that much of the amount, to a unit; what is missing is another rule's."""
    if taxable is None or rate is None or tax is None:
        return True
    return abs(taxable * rate - tax * 100 * _ONE) < _ROUNDING * 100 * _ONE


def _terms(invoice: EInvoice) -> dict[str, str]:
    ids = {"BT-31": invoice.seller_vat_id, "BT-48": invoice.debtor_vat_id}
    return dict(invoice.particulars.terms) | {term: value for term, value in ids.items() if value}


def _said(text: str | None) -> str:
    return repr(text[:20]) if text else "none"
