"""Who may record a payment or a default, and whether every unit is accounted for. Moves nothing, reads no clock."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from tenor.investments.rules import SCALE, Entry, Pool
from tenor.kernel.errors import Conflict, Invalid, NotAllowed
from tenor.kernel.money import to_decimal
from tenor.kernel.state import Machine

DAY_SECONDS = 86_400

RECORD = Machine(
    name="settlement",
    start="proposed",
    moves={
        "be_approved": (frozenset({"proposed"}), "ordered"),
        "be_declined": (frozenset({"proposed"}), "declined"),
    },
)
"""The operator's record of a payment. What became of an ordered one is the ledger's to say: see `shown_status`."""


class ApproverIsProposer(NotAllowed):
    pass


class PaymentsClosed(Conflict):
    pass


class PaymentTooSmall(Invalid):
    pass


class ExceedsOutstanding(Invalid):
    pass


class NotThePayer(NotAllowed):
    pass


class DefaultTooEarly(Conflict):
    pass


class DefaultImpossible(Conflict):
    pass


class NothingOwed(Conflict):
    pass


class NotDisputable(Conflict):
    pass


class DisputeOver(Conflict):
    pass


class ReductionInvalid(Invalid):
    pass


class NothingToBringIn(Conflict):
    pass


class NotTheSeller(NotAllowed):
    pass


# --- recording a payment ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Payable:
    """What limits a payment into an invoice, as projected: status, F (current), R, and the least accepted amount."""

    status: str
    face_units: int
    received_units: int
    min_payment_units: int

    @property
    def outstanding_units(self) -> int:
        return self.face_units - self.received_units


def payment_id(settlement: UUID) -> bytes:
    """32 bytes that name one settlement on chain for ever, so that a retry is refused there as `AlreadyRecorded`."""
    return hashlib.sha256(b"tenor settlement " + settlement.bytes).digest()


def check_payment(invoice: Payable, units: int, decimals: int) -> None:
    """Refuses what escrow `record_payment` would refuse: `min_payment <= x <= F - R`, or exactly the rest."""
    check_accepts_payments(invoice)
    rest = invoice.outstanding_units
    if units > rest:
        raise ExceedsOutstanding(
            f"{to_decimal(units, decimals)} is above what is still owed; pay at most {to_decimal(rest, decimals)}.",
            fields={"amount": "above what is outstanding"},
        )
    if units < invoice.min_payment_units and units != rest:
        least = to_decimal(min(invoice.min_payment_units, rest), decimals)
        raise PaymentTooSmall(
            f"{to_decimal(units, decimals)} is below the least payment; pay at least {least} or the whole rest.",
            fields={"amount": f"at least {least}"},
        )


def check_accepts_payments(invoice: Payable) -> None:
    """Money is taken from release until the face is paid, in default too (escrow `NotPayable`)."""
    if invoice.status not in {"funded", "settled", "defaulted"}:
        raise PaymentsClosed(f"This invoice is {invoice.status}; payments are taken once it is fully funded.")
    if invoice.outstanding_units == 0:
        raise PaymentsClosed("The debtor has paid this invoice in full; there is nothing left to pay.")


def check_payer(payer: str, *, debtor: str | None, seller: str) -> None:
    """Who may pay by his own signature (escrow `PayerNotAllowed`); the operator records with evidence instead."""
    if payer not in {debtor, seller}:
        raise NotThePayer("Only the debtor and the seller of this invoice can pay it from their wallets.")


def check_approver(*, proposer: str, approver: str) -> None:
    """Four eyes: the wallet that proposed a settlement never decides it, whatever account it logs in to (P38)."""
    if proposer == approver:
        raise ApproverIsProposer("You proposed this settlement; someone else must approve or decline it.")


def shown_status(intent: str, *, transaction: str | None, recorded: bool) -> str:
    """What people see: the ledger's word first, then how far the ordered transaction has come.

    `recorded`: the payment is in the projection. `transaction`: status of the ordered call, None before approval.
    """
    if recorded:
        return "recorded"
    if intent == "ordered" and transaction == "failed":
        return "failed"
    return intent


# --- disputes and recourse --------------------------------------------------------------------------------------


def check_dispute(*, status: str, dispute_until: int, at: int) -> None:
    """Refuses a dispute that the escrow would refuse: of funded invoices only, one at a time, sixty days in all."""
    if status != "funded":
        raise NotDisputable(f"This invoice is {status}; only a funded invoice can be disputed.")
    if at < dispute_until:
        raise NotDisputable("A dispute about this invoice is open already; wait until it is resolved or lapses.")
    if dispute_until > 0:
        raise NotDisputable("The sixty days of dispute of this invoice are used up; nothing more can be disputed.")


def check_ruling(
    *, lapses_at: int, is_resolved: bool, reduction_units: int | None, rest: str, most: int, at: int
) -> None:
    """Refuses a ruling that the escrow would refuse. `most`: what the debtor still owes, `rest` the same for people."""
    if is_resolved:
        raise DisputeOver("This dispute has been resolved already.")
    if at >= lapses_at:
        raise DisputeOver("This dispute has lapsed by itself; nothing is left to resolve.")
    if reduction_units is not None and not 1 <= reduction_units <= most:
        raise ReductionInvalid(
            f"Take off more than nothing and at most {rest}, which is still owed.", fields={"reduction": "out of range"}
        )


def check_recourse(units: int, *, due_units: int, decimals: int) -> None:
    """Refuses what escrow `pay_recourse` would refuse; `due_units` as `pricing.recourse_due` says."""
    if due_units == 0:
        raise NothingToBringIn("You owe the holders of this invoice nothing now.")
    if not 1 <= units <= due_units:
        most = to_decimal(due_units, decimals)
        raise ExceedsOutstanding(
            f"Bring in more than nothing and at most {most}, which the holders are owed by you.",
            fields={"amount": f"at most {most}"},
        )


# --- default ----------------------------------------------------------------------------------------------------


def default_from(due_at: int, grace_days: int) -> int:
    """The last moment (Unix seconds) at which a default cannot be declared yet (escrow `GraceNotOver`)."""
    return due_at + grace_days * DAY_SECONDS


def check_default(*, status: str, due_at: int, grace_days: int, at: int) -> None:
    """Refuses a default that the escrow would refuse at ledger time `at`. Declaring one changes no number."""
    if status == "defaulted":
        raise DefaultImpossible("This invoice is in default already.")
    if status != "funded":
        raise DefaultImpossible(f"This invoice is {status}; only a funded invoice that stays unpaid can default.")
    if at <= default_from(due_at, grace_days):
        raise DefaultTooEarly(
            f"The {grace_days} days of grace after the due date are not over; a default can be declared afterwards."
        )


# --- conservation -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaymentSplit:
    amount_units: int
    holders_units: int
    fee_units: int
    seller_units: int


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything the projection knows about one invoice's money, in units of its asset.

    `released`: (to the seller, origination fee), None before full funding. `owed_units`: sent out, but not received
    yet, because the receiver's account could not take it; the escrow still holds it.
    """

    fundings: tuple[int, ...]
    refunds: tuple[int, ...]
    released: tuple[int, int] | None
    payments: tuple[PaymentSplit, ...]
    deposits: tuple[int, ...]
    payouts: tuple[int, ...]
    owed_units: int
    pool: Pool
    received_units: int
    """As the distributor's account says."""
    paid_units: int
    """As the distributor's account says."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Conservation:
    """Where every unit is: `in = out + escrow + claimable + dust`. `differences` is empty when all totals agree."""

    in_units: int
    out_units: int
    escrow_units: int
    claimable_units: int
    dust_units: int
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.differences


def conservation(journal: Journal) -> Conservation:
    """Invariant 1 of the contracts, for one invoice, from projected rows alone; zero tolerance."""
    funded, refunded = sum(journal.fundings), sum(journal.refunds)
    released = sum(journal.released or (0, 0))
    paid_in = sum(payment.amount_units for payment in journal.payments)
    to_parties = sum(payment.fee_units + payment.seller_units for payment in journal.payments)
    deposited, paid_out = sum(journal.deposits), sum(journal.payouts)
    claimable = sum(entry.payable(journal.pool.index) for entry in journal.entries)
    found = Conservation(
        in_units=funded + paid_in,
        out_units=released + refunded + to_parties + paid_out - journal.owed_units,
        escrow_units=funded - refunded - released + journal.owed_units,
        claimable_units=claimable,
        dust_units=deposited - paid_out - claimable,
        differences=(),
    )
    return Conservation(
        found.in_units,
        found.out_units,
        found.escrow_units,
        found.claimable_units,
        found.dust_units,
        tuple(_differences(journal, found)),
    )


def _differences(journal: Journal, found: Conservation) -> Iterator[str]:
    held = found.escrow_units + found.claimable_units + found.dust_units
    scaled = sum(entry.settled(journal.pool.index).accrued_scaled for entry in journal.entries)
    outside = journal.received_units - journal.paid_units
    equalities = (
        ("everything in, and everything out and held", found.in_units, found.out_units + held),
        ("shares of all holders, and the supply", sum(e.balance for e in journal.entries), journal.pool.supply),
        (
            "money put in and not given back, and the supply",
            sum(journal.fundings) - sum(journal.refunds),
            journal.pool.supply,
        ),
        ("deposits, and what the distributor received", sum(journal.deposits), journal.received_units),
        ("payouts, and what the distributor paid", sum(journal.payouts), journal.paid_units),
        (
            "holders' parts of the payments, and the deposits",
            sum(p.holders_units for p in journal.payments),
            sum(journal.deposits),
        ),
        (
            "scaled: what holders earned with the remainder, and what lies there",
            scaled + journal.pool.remainder,
            outside * SCALE,
        ),
    )
    for what, left, right in equalities:
        if left != right:
            yield f"{what}: {left} is not {right}"
    for payment in journal.payments:
        parts = payment.holders_units + payment.fee_units + payment.seller_units
        if parts != payment.amount_units:
            yield f"the parts of a payment: {parts} is not {payment.amount_units}"
    if journal.released and sum(journal.released) != sum(journal.fundings):
        yield f"the release and the advance: {sum(journal.released)} is not {sum(journal.fundings)}"
    if min(found.dust_units, found.escrow_units) < 0:
        yield f"nobody can hold {found.dust_units} units of dust or {found.escrow_units} units in escrow"
