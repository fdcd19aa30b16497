"""From an accepted quote to an attested escrow: drafts for wallets, the operator's attestation, proofs. Moves no money.

Every call asks the ledger before it touches a row; what happened there comes back as events.
"""

import hashlib
import secrets
from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.invoices import flows, rules
from tenor.invoices.commitment import Committed, commit, disclose
from tenor.invoices.escrows import is_expired, now_indexed
from tenor.invoices.models import Debtor, Escrow, Invoice, Quote
from tenor.invoices.proofs import Place
from tenor.invoices.rules import INVOICE
from tenor.kernel.actor import Actor, Role
from tenor.ledger import calls
from tenor.ledger.calls import Terms
from tenor.world import World

_REFERENCE = b"tenor-invoice-1"
_CONFIRMABLE = ("confirmed", "quoted", "accepted")


async def draft_escrow(session: AsyncSession, world: World, actor: Actor, invoice_id: UUID) -> ChainTransaction:
    """`create_escrow` for the seller to sign, with the accepted quote's terms and the document's commitment.

    `QuoteExpired`, `AlreadyListed`, and the contract's refusals as `CallRefused`. It reserves nothing (P84).
    """
    invoice = await flows.owned(session, actor, invoice_id)
    INVOICE.after("be_listed", invoice.status)
    quote = await _accepted_quote(session, invoice)
    if await flows.escrow_of_invoice(session, invoice) is not None:
        raise rules.AlreadyListed(f"Invoice {invoice_id} is on the ledger already, as {invoice.chain_id}.")
    now = (await world.ledger.tip()).closed_at
    if now > int(quote.expires_at.timestamp()):
        raise rules.QuoteExpired(f"Quote {quote.id} was good until {quote.expires_at}; ask for the price again.")
    committed = _committed(invoice)
    reference = reference_of(invoice.id)
    chain_id = calls.chain_id(actor.address, reference)
    transaction = await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="create_escrow",
        purpose_key=f"create_escrow:{invoice.id}",
        subject=str(invoice.id),
        call=calls.create_escrow(
            world.deployment.escrow,
            seller=actor.address,
            reference=reference,
            terms=terms_of(quote, committed.root),
        ),
        account_id=actor.account_id,
    )
    await flows.move(
        session,
        invoice,
        "be_listed",
        seller_address=actor.address,
        chain_id=chain_id,
        document_root=committed.root,
        commitment={
            "values": committed.values,
            "salts": {name: salt.hex() for name, salt in committed.salts.items()},
        },
    )
    return transaction


async def on_create_escrow_finished(session: AsyncSession, transaction: ChainTransaction) -> None:
    """Never signed, or refused by the ledger: the invoice is where it was. Confirmed ones come back as an event."""
    if transaction.status in {"failed", "expired"}:
        await session.execute(
            update(Invoice)
            .where(Invoice.id == UUID(transaction.subject), Invoice.status.in_(INVOICE.sources("miss_its_listing")))
            .values(status=INVOICE.moves["miss_its_listing"][1])
            .execution_options(synchronize_session=False)
        )


async def order_attestation(session: AsyncSession, world: World, actor: Actor, invoice_id: UUID) -> ChainTransaction:
    """The platform names the verified debtor on the ledger, which opens funding. Operators and admins.

    `NotListed`, `TermsNotQuoted` when the escrow carries other terms than the platform quoted (P83),
    `DebtorBlocked`, `DebtorWithoutWallet`.
    """
    actor.require(Role.OPERATOR, Role.ADMIN)
    invoice = await flows.inspected(session, actor, invoice_id)
    escrow = await _listed(session, invoice)
    quote = await _accepted_quote(session, invoice)
    if invoice.document_root is None or invoice.fingerprint is None:
        raise rules.NotListed(f"Invoice {invoice_id} has no committed document.")
    if calls.terms_hash(terms_of(quote, invoice.document_root)).hex() != escrow.terms_hash:
        raise rules.TermsNotQuoted(
            f"Escrow {escrow.chain_id} does not carry the terms of quote {quote.id}; it is not attested. "
            "The seller can cancel it and list again."
        )
    debtor = await session.get(Debtor, invoice.debtor_id) if invoice.debtor_id else None
    if debtor is None or debtor.status != "active":
        raise rules.DebtorBlocked(f"The debtor of invoice {invoice_id} is not an active one of the registry.")
    if debtor.address is None:
        raise rules.DebtorWithoutWallet(f"Debtor {debtor.id} has no wallet yet; register one, then attest.")
    return await chain.order(
        session,
        role="operator",
        purpose="attest",
        purpose_key=f"attest:{escrow.chain_id}",
        subject=escrow.chain_id,
        call=calls.attest(
            world.deployment.escrow,
            escrow.chain_id,
            debtor=debtor.address,
            debtor_key=debtor.debtor_key,
            fingerprint=invoice.fingerprint.hex(),
        ),
    )


async def confirm_debt(
    session: AsyncSession, world: World, actor: Actor, invoice_id: UUID, *, amount_due: str, due_date: date
) -> Invoice:
    """Before listing, the debtor's own wallet (its login proves it) confirms what it owes and when: a better price.

    The debtor alone; others get `InvoiceNotFound`. `DebtDiffers` when the invoice says something else than the debtor
    does. Later the same is said on the ledger by `draft_acknowledgement`.
    """
    invoice = await flows.owed(session, actor, invoice_id)
    if invoice.confirmed is None or invoice.status not in _CONFIRMABLE:
        raise rules.AlreadyListed(f"Invoice {invoice_id} is {invoice.status}; acknowledge it on the ledger instead.")
    terms = rules.restored(invoice.confirmed)
    if (amount_due, due_date) != (terms.amount_due, terms.due_date):
        raise rules.DebtDiffers(
            f"Invoice {invoice_id} says that {terms.amount_due} {terms.currency} are due on {terms.due_date}."
        )
    at = datetime.fromtimestamp(world.clock.now(), UTC)
    confirmed = await session.scalar(
        update(Invoice)
        .where(Invoice.id == invoice_id, Invoice.status.in_(_CONFIRMABLE), Invoice.confirmed == invoice.confirmed)
        .values(debtor_confirmed_at=func.coalesce(Invoice.debtor_confirmed_at, at))
        .returning(Invoice)
        .execution_options(populate_existing=True)
    )
    if confirmed is None:
        raise rules.DebtDiffers(f"Invoice {invoice_id} was changed at this moment; look at it again.")
    return confirmed


async def draft_acknowledgement(
    session: AsyncSession, world: World, actor: Actor, invoice_id: UUID
) -> ChainTransaction:
    """`acknowledge` for the attested debtor to sign; `InvoiceNotFound` for everybody else."""
    invoice = await flows.owed(session, actor, invoice_id)
    escrow = await _on_ledger(session, invoice)
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="acknowledge",
        purpose_key=f"acknowledge:{escrow.chain_id}",
        subject=escrow.chain_id,
        call=calls.acknowledge(world.deployment.escrow, escrow.chain_id),
        account_id=actor.account_id,
    )


async def cancel(
    session: AsyncSession, world: World, actor: Actor, invoice_id: UUID
) -> tuple[Invoice, ChainTransaction | None]:
    """Give an invoice up. Before it is on the ledger: withdrawn at once. Open there: `cancel_escrow` to be signed.

    Cancelled or expired there: withdrawn, so that the file can be listed anew. `AlreadyListed` once it is funded.
    """
    invoice = await flows.owned(session, actor, invoice_id)
    escrow = await flows.escrow_of_invoice(session, invoice)
    if escrow is None:
        if invoice.status == "listing":
            raise rules.AlreadyListed(
                f"A transaction that lists invoice {invoice_id} may still be signed; cancel when its time has passed."
            )
        return await flows.withdraw(session, actor, invoice_id), None
    if escrow.status == "cancelled" or is_expired(escrow, await now_indexed(session)):
        return await flows.withdraw(session, actor, invoice_id), None
    if escrow.status != "open":
        raise rules.AlreadyListed(f"Invoice {invoice_id} is {escrow.status}; it can no longer be cancelled.")
    transaction = await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="cancel_escrow",
        purpose_key=f"cancel_escrow:{escrow.chain_id}",
        subject=escrow.chain_id,
        call=calls.cancel_escrow(world.deployment.escrow, escrow.chain_id, by=actor.address),
        account_id=actor.account_id,
    )
    return invoice, transaction


async def proof(session: AsyncSession, world: World, actor: Actor, invoice_id: UUID, names: Collection[str]) -> str:
    """A JSON proof that shows `names` and hides the rest; anybody checks it against the root on the ledger.

    `NotListed` before a document is committed, `CommitmentInvalid` for unknown names.
    """
    invoice = await flows.inspected(session, actor, invoice_id)
    if invoice.commitment is None or invoice.chain_id is None:
        raise rules.NotListed(f"Invoice {invoice_id} has no committed document yet; list it first.")
    place = Place(world.ledger.passphrase, world.deployment.escrow, invoice.chain_id)
    return disclose(_committed(invoice), names, ledger=place.to_json())


def terms_of(quote: Quote, document_root: bytes) -> Terms:
    """The contract's terms from a quote and the document's commitment."""
    stored = dict(quote.terms)
    accrual = calls.Accrual[stored.pop("accrual").upper()]
    return Terms(**stored, accrual=accrual, document=document_root.hex())


def reference_of(invoice_id: UUID) -> str:
    """The seller's reference on the ledger, 64 hex digits; one an invoice, so that it cannot be listed twice."""
    return hashlib.sha256(_REFERENCE + invoice_id.bytes).hexdigest()


def _committed(invoice: Invoice) -> Committed:
    """The commitment made at the first draft, or a new one: it must not change while a draft may be signed."""
    stored = invoice.commitment
    if stored is not None and invoice.document_root is not None:
        salts = {name: bytes.fromhex(salt) for name, salt in stored["salts"].items()}
        return Committed(invoice.document_root, stored["values"], salts)
    assert invoice.confirmed is not None, "only confirmed invoices are accepted"
    return commit(invoice.confirmed, file_sha256=invoice.file_sha256, random=secrets.token_bytes)


async def _accepted_quote(session: AsyncSession, invoice: Invoice) -> Quote:
    quote = await session.get(Quote, invoice.quote_id) if invoice.quote_id else None
    if quote is None:
        raise rules.QuoteNotFound(f"Invoice {invoice.id} has no accepted quote; accept one first.")
    return quote


async def _on_ledger(session: AsyncSession, invoice: Invoice) -> Escrow:
    escrow = await flows.escrow_of_invoice(session, invoice)
    if escrow is None:
        raise rules.NotListed(f"Invoice {invoice.id} is not on the ledger yet.")
    return escrow


async def _listed(session: AsyncSession, invoice: Invoice) -> Escrow:
    escrow = await _on_ledger(session, invoice)
    if escrow.status != "open" or is_expired(escrow, await now_indexed(session)):
        raise rules.NotListed(f"Invoice {invoice.id} is not open any more, so its debtor is not attested.")
    return escrow
