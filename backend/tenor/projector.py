"""Ledger event -> handler, finished transaction -> handler: the only code that changes money state. Never commits.

Handlers are functions `on_<event>` of feature folders that write projection tables only: no clock, no random id.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts.flows import on_account_allowed
from tenor.books import flows as books
from tenor.chain import changes
from tenor.chain.models import ChainTransaction
from tenor.disbursements import outcomes as disbursements
from tenor.investments import market_projections as market
from tenor.investments import projections as investments
from tenor.investments import pushes
from tenor.invoices import projections as invoices
from tenor.invoices.listing import on_create_escrow_finished
from tenor.ledger import events, market_events, stream_events
from tenor.ledger.decoder import Decoder
from tenor.ledger.events import Event
from tenor.settlements import projections as settlements
from tenor.settlements import records
from tenor.streams import projections as streams

OnEvent = Callable[[AsyncSession, Any], Awaitable[None]]
OnFinished = Callable[[AsyncSession, ChainTransaction], Awaitable[None]]

HANDLERS: dict[type[Event], tuple[OnEvent, ...]] = {
    events.AccountAllowed: (on_account_allowed,),
    events.InvoiceCreated: (invoices.on_invoice_created, investments.on_invoice_created),
    events.InvoiceAttested: (invoices.on_invoice_attested,),
    events.InvoiceAcknowledged: (invoices.on_invoice_acknowledged,),
    events.InvoiceFunded: (invoices.on_invoice_funded, investments.on_invoice_funded),
    events.InvoiceReleased: (invoices.on_invoice_released, settlements.on_invoice_released),
    events.InvoiceCancelled: (invoices.on_invoice_cancelled,),
    events.InvoiceSettled: (invoices.on_invoice_settled,),
    events.InvoiceDefaulted: (invoices.on_invoice_defaulted,),
    events.InvoiceRefunded: (
        invoices.on_invoice_refunded,
        investments.on_invoice_refunded,
        settlements.on_invoice_refunded,
    ),
    events.PaymentRecorded: (
        invoices.on_payment_recorded,
        settlements.on_payment_recorded,
    ),
    events.DisputeOpened: (invoices.on_dispute_opened, settlements.on_dispute_opened),
    events.DisputeResolved: (invoices.on_dispute_resolved, settlements.on_dispute_resolved),
    events.FaceReduced: (invoices.on_face_reduced, settlements.on_face_reduced),
    events.OperationScheduled: (changes.on_operation_scheduled,),
    events.OperationExecuted: (changes.on_operation_executed,),
    events.OperationWithdrawn: (changes.on_operation_withdrawn,),
    events.OwedChanged: (settlements.on_owed_changed,),
    events.SharesMoved: (investments.on_shares_moved,),
    events.SharesUnlocked: (investments.on_shares_unlocked,),
    events.PayoutAccrued: (investments.on_payout_accrued,),
    events.PayoutDeposited: (investments.on_payout_deposited,),
    events.AssetMoved: (investments.on_asset_moved,),
    events.PayoutClaimed: (investments.on_payout_claimed,),
    events.PayoutPaged: (investments.on_payout_paged,),
    market_events.OfferMade: (market.on_offer_made,),
    market_events.OfferFilled: (market.on_offer_filled,),
    market_events.OfferCancelled: (market.on_offer_cancelled,),
    stream_events.StreamCreated: (streams.on_stream_created,),
    stream_events.StreamToppedUp: (streams.on_stream_topped_up,),
    stream_events.StreamSettled: (streams.on_stream_settled,),
    stream_events.StreamPaused: (streams.on_stream_paused,),
    stream_events.StreamResumed: (streams.on_stream_resumed,),
    stream_events.StreamEnded: (streams.on_stream_ended,),
    stream_events.StreamOwedChanged: (streams.on_stream_owed_changed,),
}
"""One line an event that changes a projection; its handlers are called in the order of the line."""

EVENTS_IGNORED: frozenset[type[Event]] = frozenset(
    {
        events.EscrowConstructed,
        events.DistributorConstructed,
        stream_events.StreamsConstructed,
        market_events.MarketConstructed,
        events.TokenRegistered,
        events.AssetAllowed,
        # Limits are asked of the contract, which holds them: a copy could only be late.
        events.LimitChanged,
        events.ExposureChanged,
        events.AdminProposed,
        events.AdminChanged,
        events.PauseChanged,
    }
)
"""Kept in the raw log; they change no projection."""

FINISHED: dict[str, OnFinished] = {
    pushes.PURPOSE: pushes.on_page_finished,
    records.PURPOSE: records.on_record_finished,
    "create_escrow": on_create_escrow_finished,
    disbursements.PACK: disbursements.on_pack_finished,
    disbursements.CALL: disbursements.on_call_finished,
    disbursements.TAKE_BACK: disbursements.on_take_back_finished,
}
"""Purpose of a transaction -> what to do when it is confirmed, failed or expired (its `status` says which).

Called once, in the transaction that sets the status. Writes intent rows; what the ledger changed comes as events.
"""


class EventUnhandled(Exception):
    """A decoded event that no line above mentions: the cursor stops and the alarm rings (P64)."""


async def project(session: AsyncSession, event: Event) -> None:
    """Hand `event` to its handler, inside the transaction that logs it and moves the cursor."""
    handlers = HANDLERS.get(type(event), ())
    for handler in handlers:
        await handler(session, event)
    if not handlers and type(event) not in EVENTS_IGNORED:
        raise EventUnhandled(
            f"Event {event.raw.id} is a {type(event).__name__}, which has no handler and is not ignored."
        )


async def post(session: AsyncSession, decoder: Decoder, events: Sequence[Event]) -> None:
    """Into the journal what events moved, once their handlers are through."""
    await books.post(session, decoder, events)


async def finished(session: AsyncSession, transaction: ChainTransaction) -> None:
    row = transaction
    if row.hash and row.source and row.result_xdr and row.ledger is not None:
        await books.post_fee(session, tx_hash=row.hash, payer=row.source, result_xdr=row.result_xdr, ledger=row.ledger)
    handler = FINISHED.get(transaction.purpose)
    if handler is not None:
        await handler(session, transaction)
