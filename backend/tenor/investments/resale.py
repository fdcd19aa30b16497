"""PURE: what an offer of shares costs, what they are worth, and whether it can be bought. Mirrors contracts/market."""

from dataclasses import dataclass
from typing import Literal

from tenor.investments import rules
from tenor.investments.rules import Entry, SharesInsufficient
from tenor.invoices.pricing import DAY_SECONDS, Books, Deal
from tenor.kernel.errors import Conflict, Invalid, NotAllowed
from tenor.kernel.money import BPS, to_decimal

PPM = 1_000_000
OFFER_DAYS_MAX = 60
"""The contract takes 365 days. But the allowance behind an offer is counted in ledgers and lives half a year at most,
and ledgers may become as short as two seconds.
"""
SECONDS_PER_LEDGER_LEAST = 2
ALLOWANCE_LEDGERS_MAX = 3_110_000
"""Just below the network's longest life of an entry, 3,110,400 ledgers."""
State = Literal["standing", "expired", "outdated", "uncovered", "sold", "withdrawn"]


class OfferGone(Conflict):
    pass


class OfferNotForYou(NotAllowed):
    pass


class OwnOffer(NotAllowed):
    pass


class OfferTooLong(Invalid):
    pass


class PriceNotPositive(Invalid):
    pass


class NotEnoughLeft(Invalid):
    pass


class PriceAboveMax(Conflict):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An offer as projected, and what decides whether it can be bought: the token's index, what its seller holds."""

    seller: str
    buyer: str | None
    shares: int
    left_shares: int
    price_units: int
    expires_at: int
    index_scaled: int
    status: str
    token_index_scaled: int
    held_shares: int

    @property
    def available_shares(self) -> int:
        return min(self.left_shares, self.held_shares)


def state_of(offer: Standing, *, at: int) -> State:
    """What a buyer would find at ledger time `at` (market `fillable`, but for the allowance, which only it knows)."""
    if offer.status != "standing":
        return "sold" if offer.status == "sold" else "withdrawn"
    if at > offer.expires_at:
        return "expired"
    if offer.index_scaled != offer.token_index_scaled:
        return "outdated"
    return "standing" if offer.held_shares else "uncovered"


def price_of(offer: Standing, shares: int) -> int:
    """Units for `shares` of the offer, whatever was sold before (market `price_of`): `ceil(price * part / whole)`."""
    return -(-offer.price_units * shares // offer.shares)


_GONE = {
    "sold": "This offer is sold out; look for another one.",
    "withdrawn": "The seller has withdrawn this offer; look for another one.",
    "expired": "This offer has expired; ask the seller for a new one.",
    "outdated": "The shares were paid something since the offer was made, so its price is out of date.",
    "uncovered": "The seller no longer holds these shares; look for another offer.",
}


def check_purchase(offer: Standing, *, buyer: str, shares: int, max_price_units: int, decimals: int, at: int) -> None:
    """Refuses what the market would refuse (market `buy`), but for money and allowance, which the ledger checks."""
    state = state_of(offer, at=at)
    if state != "standing":
        raise OfferGone(_GONE[state])
    if buyer == offer.seller:
        raise OwnOffer("This offer is your own; withdraw it instead.")
    if offer.buyer not in {None, buyer}:
        raise OfferNotForYou("This offer is made to somebody else; choose an open one.")
    if not 1 <= shares <= offer.available_shares:
        rest = to_decimal(offer.available_shares, decimals)
        raise NotEnoughLeft(f"Ask for more than none and at most {rest} shares.", fields={"shares": f"at most {rest}"})
    price = price_of(offer, shares)
    if price > max_price_units:
        raise PriceAboveMax(
            f"They cost {to_decimal(price, decimals)}, more than you want to pay.", fields={"max_price": "too low"}
        )


def check_offer(entry: Entry, *, shares: int, offered: int, price_units: int, seconds: int, decimals: int) -> None:
    """Refuses an offer nobody could take whole: `offered` shares of the seller's stand in other offers already."""
    free = entry.balance - offered
    if not 1 <= shares <= free:
        left = to_decimal(max(0, free), decimals)
        held = to_decimal(entry.balance, decimals)
        raise SharesInsufficient(
            f"You hold {held} shares, {left} of them not offered yet; offer at most that.",
            fields={"shares": f"at most {left}"},
        )
    if price_units < 1:
        raise PriceNotPositive("Ask for more than nothing.", fields={"price": "zero"})
    if not 0 < seconds <= OFFER_DAYS_MAX * DAY_SECONDS:
        raise OfferTooLong(
            f"An offer ends in the future, at most {OFFER_DAYS_MAX} days ahead.", fields={"expires_at": "out of bounds"}
        )


def allowance_ledgers(seconds: int) -> int:
    """Ledgers for which the market must be allowed to move the shares, so that no offer outlives its allowance."""
    return seconds // SECONDS_PER_LEDGER_LEAST + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What `shares` would bring after the fee: `now_units` if the debtor paid the holders off at this moment,
    `due_units` at the due date (now, where that has passed). `yield_bps`: simple, a year, for the price; None
    on the last day and after it.
    """

    now_units: int
    due_units: int
    discount_bps: int
    """How far the price is below `now_units`; negative for a premium."""
    yield_bps: int | None


def worth(deal: Deal, books: Books, *, shares: int, price_units: int, at: int) -> Worth:
    """With the arithmetic that pays holders; `at` is ledger time, not before the last payment."""
    now = rules.claim_share(deal, books, shares=shares, at=at)
    due = rules.claim_share(deal, books, shares=shares, at=max(at, deal.due_at))
    seconds = max(0, deal.due_at - at)
    gain = (due - price_units) * BPS * 365 * DAY_SECONDS
    return Worth(
        now_units=now,
        due_units=due,
        discount_bps=0 if now == 0 else (now - price_units) * BPS // now,
        yield_bps=None if seconds < DAY_SECONDS else gain // (price_units * seconds),
    )
