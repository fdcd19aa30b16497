"""What invoices look like on the wire: structs and the functions that fill them from rows. Decides nothing.

Amounts are decimal strings of the asset named beside them, times ISO 8601 UTC.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec

from tenor.chain.routes import TransactionView
from tenor.invoices import rules
from tenor.invoices.duplicates import Verdict
from tenor.invoices.escrows import is_expired
from tenor.invoices.models import Escrow, Invoice, InvoiceCorrection, Quote
from tenor.invoices.reading import AMOUNT_NAMES
from tenor.kernel.money import to_decimal
from tenor.world import SettlementAsset, World


class FileView(msgspec.Struct, kw_only=True):
    """`scan` is `clean` or `not_scanned`; the bytes are sealed and pinned at `sealed_cid`."""

    name: str
    kind: str | None
    size_bytes: int
    sha256: str
    scan: str
    scan_detail: str
    sealed_cid: str


class Refusal(msgspec.Struct):
    code: str
    sentence: str


class TermsView(msgspec.Struct, kw_only=True):
    """The invoice's fields as its seller confirmed them."""

    number: str
    issue_date: date
    due_date: date
    currency: str
    amount_due: str
    seller_name: str
    seller_vat_id: str
    debtor_name: str
    debtor_vat_id: str


class FactorView(msgspec.Struct, kw_only=True):
    name: str
    bps: int | None
    amount: str | None
    sentence: str


class OfferView(msgspec.Struct, kw_only=True):
    """What the platform offers: `payout` reaches the seller's account at full funding, `reserve` comes back last."""

    asset: str
    face: str
    advance: str
    claim: str
    origination_fee: str
    payout: str
    reserve: str
    due_at: datetime
    funding_deadline_at: datetime
    accrual: str
    min_earned_days: int
    late_bps_per_day: int
    late_days_max: int
    grace_days: int
    origination_fee_bps: int
    profit_fee_bps: int
    min_ticket: str
    min_payment: str
    recourse: bool
    restricted: bool
    factors: list[FactorView]
    expires_at: datetime


class QuoteView(OfferView, kw_only=True):
    id: UUID
    rate_card_version: int
    accepted_at: datetime | None


class EscrowSummary(msgspec.Struct, kw_only=True):
    """How far the invoice has come on the ledger."""

    chain_id: str
    token: str
    asset: str
    advance: str
    funded: str
    paid_out: str | None
    """To the seller at full funding."""
    received: str
    """From the debtor."""
    attested: bool
    acknowledged: bool
    document: str
    terms_hash: str


class InvoiceView(msgspec.Struct, kw_only=True):
    """`status`: received, read, refused, confirmed, quoted, accepted, listing, withdrawn; then the ledger's:
    awaiting_attestation, listed, expired, funded, settled, cancelled, defaulted.
    """

    id: UUID
    status: str
    created_at: datetime
    file: FileView
    refusal: Refusal | None
    terms: TermsView | None
    debtor_verified: bool
    debtor_confirmed_at: datetime | None
    quote: QuoteView | None
    chain_id: str | None
    escrow: EscrowSummary | None


class VerdictView(msgspec.Struct):
    """An earlier invoice that a person should look at; it stops nothing."""

    match: str
    reason: str


class ConfirmedView(InvoiceView, kw_only=True):
    doubts: list[VerdictView]


class CancelledView(msgspec.Struct, kw_only=True):
    """`transaction`: to be signed when the invoice is open on the ledger; without one it was withdrawn at once."""

    invoice: InvoiceView
    transaction: TransactionView | None


class BoxView(msgspec.Struct):
    """Hundredths of a point from the page's upper left corner."""

    left: int
    top: int
    right: int
    bottom: int


class AlternativeView(msgspec.Struct, kw_only=True):
    value: str
    confidence_bps: int
    page: int | None
    box: BoxView | None


class FieldView(msgspec.Struct, kw_only=True):
    value: str | None
    source: str | None
    confidence_bps: int
    page: int | None
    box: BoxView | None
    alternatives: list[AlternativeView]
    doubtful: bool


class FindingView(msgspec.Struct):
    code: str
    severity: str
    sentence: str
    field: str | None


class PageView(msgspec.Struct):
    number: int
    width: int
    height: int
    source: str
    turned_mdeg: int


class CorrectionView(msgspec.Struct):
    field: str
    before: str | None
    after: str
    at: datetime
    account_id: UUID


class ReadingView(msgspec.Struct, kw_only=True):
    """Every field with its source, confidence and place; `doubtful` ones want a look. Amounts are decimal strings."""

    fields: dict[str, FieldView]
    findings: list[FindingView]
    pages: list[PageView]
    corrections: list[CorrectionView]


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def invoice_view(
    invoice: Invoice, world: World, *, quote: Quote | None, escrow: Escrow | None, now: int
) -> InvoiceView:
    """`now`: the ledger time that is indexed."""
    return InvoiceView(
        id=invoice.id,
        status=rules.shown(
            invoice.status,
            None if escrow is None or invoice.status == "withdrawn" else escrow.status,
            attested=escrow is not None and escrow.attested,
            expired=escrow is not None and is_expired(escrow, now),
        ),
        created_at=invoice.created_at,
        file=FileView(
            name=invoice.file_name,
            kind=invoice.file_kind,
            size_bytes=invoice.file_size_bytes,
            sha256=invoice.file_sha256.hex(),
            scan=invoice.scan_verdict,
            scan_detail=invoice.scan_detail,
            sealed_cid=invoice.sealed_cid,
        ),
        refusal=Refusal(invoice.refusal_code, invoice.refusal_sentence or "") if invoice.refusal_code else None,
        terms=None if invoice.confirmed is None else terms_view(invoice.confirmed),
        debtor_verified=invoice.debtor_id is not None,
        debtor_confirmed_at=invoice.debtor_confirmed_at,
        quote=None if quote is None else quote_view(quote, world),
        chain_id=invoice.chain_id,
        escrow=None if escrow is None else escrow_summary(escrow, world),
    )


def terms_view(texts: dict[str, str]) -> TermsView:
    terms = rules.restored(texts)
    return TermsView(
        number=terms.number,
        issue_date=terms.issue_date,
        due_date=terms.due_date,
        currency=terms.currency,
        amount_due=terms.amount_due,
        seller_name=terms.seller_name,
        seller_vat_id=terms.seller_vat_id,
        debtor_name=terms.debtor_name,
        debtor_vat_id=terms.debtor_vat_id,
    )


def offer_fields(
    terms: dict[str, Any], factors: Sequence[dict[str, Any]], *, fee_units: int, expires_at: datetime, world: World
) -> dict[str, Any]:
    """`OfferView`'s fields from `offers.Terms` and factors in builtins."""
    asset = world.deployment.asset(terms["asset"])
    same = (
        *("accrual", "min_earned_days", "late_bps_per_day", "late_days_max", "grace_days"),
        *("origination_fee_bps", "profit_fee_bps", "recourse", "restricted"),
    )
    return {
        "asset": asset.code,
        **{name: amount(terms[name], asset) for name in ("face", "advance", "claim", "min_ticket", "min_payment")},
        "origination_fee": amount(fee_units, asset),
        "payout": amount(terms["advance"] - fee_units, asset),
        "reserve": amount(terms["face"] - terms["claim"], asset),
        "due_at": at(terms["due"]),
        "funding_deadline_at": at(terms["funding_deadline"]),
        **{name: terms[name] for name in same},
        "factors": [
            FactorView(
                name=factor["name"],
                bps=factor["bps"],
                amount=None if factor["units"] is None else amount(factor["units"], asset),
                sentence=factor["sentence"],
            )
            for factor in factors
        ],
        "expires_at": expires_at,
    }


def quote_view(quote: Quote, world: World) -> QuoteView:
    fields = offer_fields(
        quote.terms,
        quote.factors,
        fee_units=quote.origination_fee_units,
        expires_at=quote.expires_at,
        world=world,
    )
    return QuoteView(id=quote.id, rate_card_version=quote.rate_card_version, accepted_at=quote.accepted_at, **fields)


def escrow_summary(escrow: Escrow, world: World) -> EscrowSummary:
    asset = world.deployment.asset(escrow.asset)
    return EscrowSummary(
        chain_id=escrow.chain_id,
        token=escrow.token,
        asset=asset.code,
        advance=amount(escrow.advance_units, asset),
        funded=amount(escrow.funded_units, asset),
        paid_out=None if escrow.released_units is None else amount(escrow.released_units, asset),
        received=amount(escrow.received_units, asset),
        attested=escrow.attested,
        acknowledged=escrow.acknowledged,
        document=escrow.document,
        terms_hash=escrow.terms_hash,
    )


def reading_view(reading: dict[str, Any], corrections: Sequence[InvoiceCorrection]) -> ReadingView:
    digits: int = reading["minor_digits"]
    doubtful = set(reading["doubtful"])

    def text(name: str, value: str | int) -> str:
        return to_decimal(value, digits) if name in AMOUNT_NAMES and isinstance(value, int) else str(value)

    def placed(name: str, read: dict[str, Any]) -> dict[str, Any]:
        return {
            "value": None if read["value"] is None else text(name, read["value"]),
            "confidence_bps": read["confidence_bps"],
            "page": read["page"],
            "box": None if read["box"] is None else BoxView(**read["box"]),
        }

    return ReadingView(
        fields={
            name: FieldView(
                **placed(name, read),
                source=read["source"],
                doubtful=name in doubtful,
                alternatives=[AlternativeView(**placed(name, other)) for other in read["alternatives"]],
            )
            for name, read in reading["fields"].items()
        },
        findings=[FindingView(**finding) for finding in reading["findings"]],
        pages=[PageView(**page) for page in reading["pages"]],
        corrections=[CorrectionView(row.field, row.before, row.after, row.at, row.account_id) for row in corrections],
    )


def verdict_views(verdicts: Sequence[Verdict]) -> list[VerdictView]:
    return [VerdictView(verdict.match, verdict.reason) for verdict in verdicts]


def amount(units: int, asset: SettlementAsset) -> str:
    return to_decimal(units, asset.decimals)
