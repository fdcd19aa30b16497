"""What shares earn and who may buy, sell or redeem them. Mirrors token and escrow to the unit; never rounds up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tenor.invoices import pricing
from tenor.invoices.pricing import Books, Deal
from tenor.kernel.errors import Conflict, Invalid, NotAllowed
from tenor.kernel.money import BPS, to_decimal

SCALE = 10**18
"""Scaled parts of one unit of the asset (contracts/common/src/accrual.rs)."""
HOLDERS_PER_PAGE = 30
"""Pushes of one `distribute` call. The contract takes up to 60; a page must also fit the network's limit of entries."""


class InvoiceNotFunding(Conflict):
    pass


class FundingClosed(Conflict):
    pass


class AlreadyFunded(Conflict):
    pass


class TicketTooSmall(Invalid):
    pass


class TermsChanged(Conflict):
    pass


class InvestorNotApproved(NotAllowed):
    pass


class OwnInvoice(NotAllowed):
    pass


class SharesLocked(Conflict):
    pass


class SharesInsufficient(Invalid):
    pass


class TransferToSelf(Invalid):
    pass


class BuyerNotApproved(Invalid):
    pass


class NothingToClaim(Conflict):
    pass


class NothingToRefund(Conflict):
    pass


# --- accrual: one cumulative index ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pool:
    """What a share token knows about all its holders: `remainder` is scaled units that belong to nobody yet."""

    supply: int = 0
    index: int = 0
    """Scaled units that one share has earned so far."""
    remainder: int = 0

    def accrue(self, units: int) -> "Pool":
        """The pool after `units` were deposited for the holders (token `accrue`). Needs a supply."""
        step, rest = divmod(units * SCALE + self.remainder, self.supply)
        return replace(self, index=self.index + step, remainder=rest)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a share token knows about one holder: shares, and the scaled units earned up to `index`."""

    balance: int = 0
    index: int = 0
    accrued_scaled: int = 0

    def settled(self, index: int) -> "Entry":
        return Entry(self.balance, index, self.accrued_scaled + self.balance * (index - self.index))

    def payable(self, index: int) -> int:
        """Whole units that `claim` would pay now (distributor `calculate`)."""
        return self.settled(index).accrued_scaled // SCALE


def mark_paid(pool: Pool, entry: Entry) -> tuple[Pool, Entry | None]:
    """Both after the entry's whole units were paid (token `mark_paid`): the fraction stays with the holder."""
    settled = entry.settled(pool.index)
    return _kept(pool, replace(settled, accrued_scaled=settled.accrued_scaled % SCALE))


def rebalance(pool: Pool, entry: Entry | None, shares: int) -> tuple[Pool, Entry | None]:
    """Both after the balance became `shares` (token `transfer`, `mint`, `redeem`): settled with the old one first."""
    settled = (entry or Entry(index=pool.index)).settled(pool.index)
    return _kept(pool, replace(settled, balance=shares))


def _kept(pool: Pool, entry: Entry) -> tuple[Pool, Entry | None]:
    """An entry with neither a share nor a whole unit goes, and its fraction returns to the pool (token `save`)."""
    if entry.balance == 0 and entry.accrued_scaled < SCALE:
        return replace(pool, remainder=pool.remainder + entry.accrued_scaled), None
    return pool, entry


def claim_share(deal: Deal, books: Books, *, shares: int, at: int) -> int:
    """Units that `shares` would get, after the fee, if the debtor settled everything owed to holders at `at`; floor."""
    claim = pricing.claim_at(deal, books, at)
    fee = max(0, claim - deal.advance_units) * deal.profit_fee_bps // BPS - books.fee_taken_units
    return (claim - books.holders_gross_units - fee) * shares // deal.advance_units


# --- pages of pushes --------------------------------------------------------------------------------------------


def pages(holders: Sequence[str], size: int = HOLDERS_PER_PAGE) -> Iterator[tuple[str, ...]]:
    """Holders to push to, a page at a time, each holder once, in a fixed order whatever order they came in."""
    ordered = sorted(set(holders))
    for start in range(0, len(ordered), size):
        yield tuple(ordered[start : start + size])


# --- buying shares of an invoice --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """What is for sale, as projected: `advance_units` (A) shares, one unit each, `funded_units` of them taken.

    `decimals` of the asset, for sentences.
    """

    status: str
    advance_units: int
    funded_units: int
    min_ticket_units: int
    funding_deadline: int
    seller: str
    debtor: str | None
    terms_hash: str
    decimals: int

    @property
    def rest_units(self) -> int:
        return self.advance_units - self.funded_units


def check_open(offer: Offer, *, at: int) -> None:
    """Refuses an invoice that takes no money at ledger time `at` (escrow `fund_escrow`)."""
    if offer.status != "open":
        if offer.funded_units == offer.advance_units:
            raise AlreadyFunded("This invoice is fully funded; choose another one on the marketplace.")
        raise InvoiceNotFunding(f"This invoice is {offer.status}, so it takes no investment; choose another one.")
    if offer.debtor is None:
        raise InvoiceNotFunding("This invoice is not listed yet: the platform has not verified its debtor.")
    if at > offer.funding_deadline:
        raise FundingClosed("The funding period of this invoice has ended; who invested can take a refund.")


def shares_taken(offer: Offer, *, max_units: int, min_units: int, at: int) -> int:
    """Shares that `fund_escrow(max, min)` would give at ledger time `at`, one per unit: `min(max, A - funded)`.

    The escrow decides again when the transaction lands; another investor may have been faster.
    """
    check_open(offer, at=at)
    if not 1 <= min_units <= max_units:
        raise TicketTooSmall(
            "The least amount must be at least one unit and at most the greatest amount.",
            fields={"min_amount": "between one unit and max_amount"},
        )
    taken = min(max_units, offer.rest_units)
    if taken < min_units:
        raise TicketTooSmall(
            f"Only {to_decimal(offer.rest_units, offer.decimals)} are left, less than you want at least; lower that.",
            fields={"min_amount": "more than what is left"},
        )
    if taken < min(offer.min_ticket_units, offer.rest_units):
        raise TicketTooSmall(
            f"The smallest investment is {to_decimal(offer.min_ticket_units, offer.decimals)}, or the whole rest.",
            fields={"max_amount": "below the smallest investment"},
        )
    return taken


def check_investor(offer: Offer, investor: str, *, approved: bool, terms_hash: str) -> None:
    """Refuses who may not buy here: unapproved, a party of the invoice, or someone who agreed to other terms."""
    if not approved:
        raise InvestorNotApproved("Your identity has not been approved yet; complete the verification, then invest.")
    if investor in {offer.seller, offer.debtor}:
        raise OwnInvoice("The seller and the debtor of an invoice cannot invest in it.")
    if terms_hash != offer.terms_hash:
        raise TermsChanged("The terms you agreed to are not those of this invoice; read them again and invest anew.")


@dataclass(frozen=True, slots=True)
class Sale:
    """`shares` from seller to buyer, as asked for; `decimals` of the token, which are the asset's."""

    seller: str
    buyer: str
    shares: int
    decimals: int


def check_sale(sale: Sale, entry: Entry, *, unlocked: bool, buyer_approved: bool) -> None:
    """Refuses a transfer of shares that the token would refuse; `entry` is the seller's."""
    if not unlocked:
        raise SharesLocked(
            "Shares cannot move before the invoice is fully funded; wait, or take a refund if it expires."
        )
    if sale.seller == sale.buyer:
        raise TransferToSelf("The buyer is you; name another address.", fields={"to": "your own address"})
    if not 1 <= sale.shares <= entry.balance:
        held = to_decimal(entry.balance, sale.decimals)
        raise SharesInsufficient(
            f"You hold {held} shares of this invoice; sell more than none and at most that many.",
            fields={"shares": f"at most {held}"},
        )
    if not buyer_approved:
        raise BuyerNotApproved(
            "Shares of this invoice may only be held by approved investors; the buyer is not one.",
            fields={"to": "not approved"},
        )


def is_refundable(offer: Offer, *, at: int) -> bool:
    """Cancelled, or open past its deadline at ledger time `at` without the whole advance (escrow `status_at`)."""
    return offer.status == "cancelled" or (offer.status == "open" and at > offer.funding_deadline)


def check_refund(offer: Offer, entry: Entry, *, at: int) -> None:
    """Refuses a refund the escrow would refuse: only cancelled or expired invoices pay back, and only to holders."""
    if not is_refundable(offer, at=at):
        raise NothingToRefund(
            "This invoice was neither cancelled nor has its funding expired, so nothing is paid back."
        )
    if entry.balance == 0:
        raise NothingToRefund("This address holds no shares of the invoice, so there is nothing to pay back.")
