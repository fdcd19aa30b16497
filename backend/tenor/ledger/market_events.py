"""Events of contracts/market, decoded. Never decides what an event means for a row."""

from dataclasses import dataclass

from tenor.ledger.events import Event
from tenor.ledger.shapes import Hex32, Seconds, Strkey, Topic, Units


@dataclass(frozen=True, slots=True)
class MarketConstructed(Event):
    escrow: Strkey


@dataclass(frozen=True, slots=True)
class OfferMade(Event):
    """`price`: units of `asset` for all `shares`; `index`: what one share had been paid by then, times 10^18."""

    offer_id: Topic[Hex32]
    seller: Topic[Strkey]
    invoice_id: Hex32
    token: Strkey
    shares: Units
    price: Units
    asset: Strkey
    expires: Seconds
    buyer: Strkey | None
    index: Units


@dataclass(frozen=True, slots=True)
class OfferFilled(Event):
    """At `left_after` zero the offer is gone."""

    offer_id: Topic[Hex32]
    buyer: Topic[Strkey]
    shares: Units
    paid: Units
    left_before: Units
    left_after: Units


@dataclass(frozen=True, slots=True)
class OfferCancelled(Event):
    """By its seller, or by anybody once it had expired."""

    offer_id: Topic[Hex32]
    left: Units


MARKET_EVENTS: tuple[type[Event], ...] = (MarketConstructed, OfferMade, OfferFilled, OfferCancelled)
