"""What may become of an uploaded invoice, and what its seller may confirm. Pure: no clock, no session, no I/O."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tenor.invoices.duplicates import Identity
from tenor.invoices.identifiers import normal_vat_id
from tenor.kernel.errors import Conflict, Invalid, NotFound
from tenor.kernel.money import AmountInvalid, parse_units, to_decimal
from tenor.kernel.state import Machine

INVOICE = Machine(
    name="invoice",
    start="received",
    moves={
        "be_read": (frozenset({"received"}), "read"),
        "be_refused": (frozenset({"received"}), "refused"),
        "be_confirmed": (frozenset({"read", "confirmed", "quoted", "accepted"}), "confirmed"),
        "be_quoted": (frozenset({"confirmed", "quoted", "accepted"}), "quoted"),
        "be_accepted": (frozenset({"quoted"}), "accepted"),
        "be_listed": (frozenset({"accepted", "listing"}), "listing"),
        "miss_its_listing": (frozenset({"listing"}), "accepted"),
        "be_withdrawn": (
            frozenset({"received", "read", "refused", "confirmed", "quoted", "accepted", "listing"}),
            "withdrawn",
        ),
    },
)
"""Up to `listing`; from there on the ledger's status is shown (`shown`)."""

FIELDS = (
    "number",
    "issue_date",
    "due_date",
    "currency",
    "amount_due",
    "seller_name",
    "seller_vat_id",
    "debtor_name",
    "debtor_vat_id",
)
"""What a seller confirms, every one; all of it is committed to on the ledger."""
TEXT_CHARACTERS_MAX = 200
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_NO_DECIMALS = frozenset({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "XAF"})
_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})

Escrowed = Literal["open", "funded", "settled", "cancelled", "defaulted"]


class InvoiceNotFound(NotFound):
    pass


class DocumentErased(NotFound):
    """Its key was destroyed: nobody opens it any more."""

    status = 410


class StillNeeded(Conflict):
    """Its document is evidence for money that is still out."""


class FileInfected(Invalid):
    pass


class TermsInvalid(Invalid):
    """Fields of the invoice that cannot be confirmed as they stand."""


class AmountNotPositive(Invalid):
    pass


class AmountAboveDocument(Invalid):
    """More is claimed than the e-invoice itself says."""


class DueDatePassed(Invalid):
    pass


class InvoiceNotFinanceable(Conflict):
    """The document is not of a kind that is financed (a credit note, for one)."""


class DuplicateInvoice(Conflict):
    """The same claim is on file already, whoever uploaded it."""


class NotYetRead(Conflict):
    pass


class NotYetConfirmed(Conflict):
    pass


class DebtorUnknown(Conflict):
    """The debtor is not in the registry of verified debtors."""


class DebtorBlocked(Conflict):
    pass


class DebtorWithoutWallet(Conflict):
    pass


class QuoteNotFound(NotFound):
    pass


class QuoteExpired(Conflict):
    pass


class NotListed(Conflict):
    """There is no escrow on the ledger yet (or no longer) for what was asked."""


class TermsNotQuoted(Conflict):
    """The escrow on the ledger does not carry the terms that the platform quoted."""


class AlreadyListed(Conflict):
    pass


class DebtDiffers(Conflict):
    """The debtor confirms another amount or date than the invoice says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """An invoice's fields as its seller stands by them. `amount_due_minor` in the currency's minor units."""

    number: str
    issue_date: date
    due_date: date
    currency: str
    amount_due_minor: int
    seller_name: str
    seller_vat_id: str
    debtor_name: str
    debtor_vat_id: str

    @property
    def amount_due(self) -> str:
        return to_decimal(self.amount_due_minor, minor_digits(self.currency))

    @property
    def identity(self) -> Identity:
        return Identity(
            seller_vat_id=self.seller_vat_id,
            number=self.number,
            debtor=self.debtor_vat_id,
            currency=self.currency,
            amount_due=self.amount_due_minor,
        )

    def texts(self) -> dict[str, str]:
        """As stored and committed to: dates ISO 8601, the amount in minor units as digits."""
        return {
            "number": self.number,
            "issue_date": self.issue_date.isoformat(),
            "due_date": self.due_date.isoformat(),
            "currency": self.currency,
            "amount_due": str(self.amount_due_minor),
            "seller_name": self.seller_name,
            "seller_vat_id": self.seller_vat_id,
            "debtor_name": self.debtor_name,
            "debtor_vat_id": self.debtor_vat_id,
        }


def confirmed(values: Mapping[str, str], *, today: date, xml_amount_due_minor: int | None) -> Confirmed:
    """`values` (by `FIELDS`, the amount as a decimal string) checked; `today` is the ledger's date.

    `TermsInvalid` with a sentence a field, `AmountInvalid`, `AmountNotPositive`, `DueDatePassed`, and
    `AmountAboveDocument` when an e-invoice says less (`xml_amount_due_minor`).
    """
    wrong = {name: _text_fault(values.get(name, "")) for name in FIELDS}
    faults = {name: fault for name, fault in wrong.items() if fault}
    dates = {name: _date(values.get(name, "")) for name in ("issue_date", "due_date")}
    faults |= {name: "A date is written as 2027-01-31." for name, day in dates.items() if day is None}
    currency = values.get("currency", "")
    if _CURRENCY.fullmatch(currency) is None:
        faults["currency"] = "A currency is its ISO 4217 code, such as USD."
    issued, due = dates["issue_date"], dates["due_date"]
    if issued and due and due < issued:
        faults["due_date"] = f"It is before the issue date {issued}."
    vat_ids = {name: normal_vat_id(values.get(name, "")) for name in ("seller_vat_id", "debtor_vat_id")}
    if not faults and vat_ids["seller_vat_id"] == vat_ids["debtor_vat_id"]:
        faults["debtor_vat_id"] = "It is the seller's own: an invoice to oneself is not financed."
    if faults or issued is None or due is None:
        raise TermsInvalid("Some fields cannot be confirmed; see `errors`.", fields=faults)
    amount = _amount(values["amount_due"], currency, xml_amount_due_minor)
    if due < today:
        raise DueDatePassed(
            f"The due date {due} has passed; only invoices that are not due yet are financed.",
            fields={"due_date": f"before {today}"},
        )
    return Confirmed(
        number=values["number"].strip(),
        issue_date=issued,
        due_date=due,
        currency=currency,
        amount_due_minor=amount,
        seller_name=values["seller_name"].strip(),
        seller_vat_id=vat_ids["seller_vat_id"],
        debtor_name=values["debtor_name"].strip(),
        debtor_vat_id=vat_ids["debtor_vat_id"],
    )


def restored(texts: Mapping[str, str]) -> Confirmed:
    """What `Confirmed.texts` wrote."""
    return Confirmed(
        number=texts["number"],
        issue_date=date.fromisoformat(texts["issue_date"]),
        due_date=date.fromisoformat(texts["due_date"]),
        currency=texts["currency"],
        amount_due_minor=int(texts["amount_due"]),
        seller_name=texts["seller_name"],
        seller_vat_id=texts["seller_vat_id"],
        debtor_name=texts["debtor_name"],
        debtor_vat_id=texts["debtor_vat_id"],
    )


def minor_digits(currency: str) -> int:
    """Decimals of a currency (ISO 4217)."""
    return 0 if currency in _NO_DECIMALS else 3 if currency in _THREE_DECIMALS else 2


def shown(status: str, escrow_status: str | None, *, attested: bool, expired: bool) -> str:
    """The status people see: the seller's road up to the listing, then what the ledger says."""
    if escrow_status is None:
        return status
    if escrow_status != "open":
        return escrow_status
    if expired:
        return "expired"
    return "listed" if attested else "awaiting_attestation"


def _amount(text: str, currency: str, xml_amount_due_minor: int | None) -> int:
    digits = minor_digits(currency)
    try:
        amount = parse_units(text, digits)
    except AmountInvalid as error:
        sentence = str(error).replace("this asset", currency)
        raise AmountInvalid(sentence, fields={"amount_due": sentence}) from error
    if amount == 0:
        raise AmountNotPositive("The amount due is zero: nothing is left to finance.", fields={"amount_due": "zero"})
    if xml_amount_due_minor is not None and amount > xml_amount_due_minor:
        stated = to_decimal(xml_amount_due_minor, digits)
        raise AmountAboveDocument(
            f"The e-invoice says that {stated} {currency} are due; {text} cannot be confirmed against it.",
            fields={"amount_due": f"at most {stated}"},
        )
    return amount


def _text_fault(text: str) -> str | None:
    plain = text.strip()
    if not plain:
        return "It is missing; read it off the document."
    if len(plain) > TEXT_CHARACTERS_MAX:
        return f"It has {len(plain)} characters; at most {TEXT_CHARACTERS_MAX} are taken."
    if not plain.isprintable():
        return "It holds characters that cannot be printed."
    return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None
