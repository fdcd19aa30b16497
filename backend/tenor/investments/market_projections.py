"""The share market's events into offers and sales. A pure function of the event log."""

from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments.models import ShareOffer, ShareSale
from tenor.investments.projections import ProjectionDiverged, at
from tenor.investments.resale import PPM
from tenor.ledger import market_events as events


async def on_offer_made(session: AsyncSession, event: events.OfferMade) -> None:
    """An offer that is gone can be made again, to the letter: then it has the same id."""
    gone = await session.get(ShareOffer, event.offer_id)
    if gone is not None:
        await session.delete(gone)
        await session.flush()
    session.add(
        ShareOffer(
            offer_id=event.offer_id,
            chain_id=event.invoice_id,
            seller=event.seller,
            asset=event.asset,
            shares=event.shares,
            left_shares=event.shares,
            price_units=event.price,
            rate_ppm=event.price * PPM // event.shares,
            expires_at=event.expires,
            buyer=event.buyer,
            index_scaled=event.index,
            status="standing",
            **at(event),
        )
    )
    await session.flush()


async def on_offer_filled(session: AsyncSession, event: events.OfferFilled) -> None:
    row = await _offer(session, event, event.left_before)
    row.left_shares = event.left_after
    if event.left_after == 0:
        row.status = "sold"
    session.add(
        ShareSale(
            offer_id=row.offer_id,
            chain_id=row.chain_id,
            seller=row.seller,
            buyer=event.buyer,
            shares=event.shares,
            paid_units=event.paid,
            asset=row.asset,
            **at(event),
        )
    )
    await session.flush()


async def on_offer_cancelled(session: AsyncSession, event: events.OfferCancelled) -> None:
    row = await _offer(session, event, event.left)
    row.status = "withdrawn"
    await session.flush()


async def _offer(
    session: AsyncSession, event: events.OfferFilled | events.OfferCancelled, left_shares: int
) -> ShareOffer:
    row = await session.get(ShareOffer, event.offer_id)
    if row is None or row.status != "standing":
        raise ProjectionDiverged(f"Event {event.raw.id} is about an offer that does not stand: {event.offer_id}.")
    if row.left_shares != left_shares:
        raise ProjectionDiverged(
            f"Event {event.raw.id} says that {left_shares} were left; the log before it leads to {row.left_shares}."
        )
    return row
