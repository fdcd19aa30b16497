"""PURE: the business rules of EN 16931 that matter to whoever lends on an e-invoice, as one table. Never corrects.

Each has the norm's id and a sentence for the seller. Sums (BR-CO-10, 13, 15, 16, 25) are judged in `crosschecks`, VAT
and the profiles' own rules in `vatrules`; most code lists are not judged: the receiver's validator does that.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tenor.documents.einvoice import EInvoice
from tenor.kernel.pages import Finding, Severity

_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TWO_DECIMALS = re.compile(r"-?\d+(?:\.\d{1,2})?")
_COUNTRY = re.compile(r"(?:EL|[A-Z]{2})[0-9A-Za-z+*]{2,}")


@dataclass(frozen=True, slots=True)
class Rule:
    """`holds`: None where the e-invoice lacks what the rule speaks of."""

    id: str
    field: str
    sentence: str
    holds: Callable[[EInvoice], bool | None]


def _stated(name: str) -> Callable[[EInvoice], bool | None]:
    return lambda invoice: bool(getattr(invoice, name))


def _fits(name: str, form: re.Pattern[str]) -> Callable[[EInvoice], bool | None]:
    def holds(invoice: EInvoice) -> bool | None:
        text = getattr(invoice, name)
        return form.fullmatch(text) is not None if text else None

    return holds


RULES: tuple[Rule, ...] = (
    Rule("BR-02", "number", "it has no invoice number (BT-1).", _stated("number")),
    Rule("BR-03", "issue_date", "it has no issue date (BT-2).", _stated("issue_date")),
    Rule("BR-04", "type", "it does not say what kind of document it is (BT-3).", _stated("type_code")),
    Rule("BR-05", "currency", "it names no currency (BT-5).", _stated("currency")),
    Rule("BR-06", "seller_name", "it does not name the seller (BT-27).", _stated("seller_name")),
    Rule("BR-07", "debtor_name", "it does not name the buyer (BT-44).", _stated("debtor_name")),
    Rule("BR-12", "net", "it lacks the sum of its lines (BT-106).", _stated("lines_net")),
    Rule("BR-13", "net", "it lacks the total without VAT (BT-109).", _stated("net")),
    Rule("BR-14", "gross", "it lacks the total with VAT (BT-112).", _stated("gross")),
    Rule("BR-15", "amount_due", "it does not say what is due (BT-115).", _stated("amount_due")),
    Rule("BR-16", "net", "it has no lines (BG-25).", lambda invoice: bool(invoice.line_nets)),
    Rule("BR-CL-04", "currency", "its currency is no ISO 4217 code (BT-5).", _fits("currency", _CURRENCY)),
    Rule("BR-CO-09", "seller_vat_id", "the seller's VAT id has no country (BT-31).", _fits("seller_vat_id", _COUNTRY)),
    Rule("BR-CO-09", "debtor_vat_id", "the buyer's VAT id has no country (BT-48).", _fits("debtor_vat_id", _COUNTRY)),
    Rule("BR-CO-26", "seller_vat_id", "nothing identifies the seller (BT-31).", _stated("seller_vat_id")),
    Rule("BR-DEC-12", "net", "its total without VAT has more than two decimals (BT-109).", _fits("net", _TWO_DECIMALS)),
    Rule("BR-DEC-13", "vat", "its VAT has more than two decimals (BT-110).", _fits("vat", _TWO_DECIMALS)),
    Rule("BR-DEC-14", "gross", "its total with VAT has over two decimals (BT-112).", _fits("gross", _TWO_DECIMALS)),
    Rule("BR-DEC-18", "amount_due", "what is due has over two decimals (BT-115).", _fits("amount_due", _TWO_DECIMALS)),
    Rule("BT-2", "issue_date", "its issue date is no date.", _fits("issue_date", _DAY)),
    Rule("BT-9", "due_date", "its due date is no date.", _fits("due_date", _DAY)),
)  # fmt: skip


def broken(invoice: EInvoice) -> list[Finding]:
    """A note for every rule that the e-invoice breaks; none for FatturaPA, which is outside the norm."""
    if invoice.syntax == "fatturapa":
        return []
    return [
        Finding("en16931", Severity.NOTE, f"{rule.id}: the e-invoice breaks EN 16931: {rule.sentence}", rule.field)
        for rule in RULES
        if rule.holds(invoice) is False
    ]
