"""Buying, selling, claiming, refunding shares: drafts for wallets, orders of the platform. Never moves money itself.

Everything shown is read from projections; rules decide on ledger time, and the contract has the last word.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import StrKey

from tenor.accounts import flows as accounts
from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.investments import rules
from tenor.investments.models import Holding, ShareToken
from tenor.investments.rules import Entry, Offer, Sale
from tenor.invoices.escrows import deal_of, escrow_of
from tenor.invoices.models import Escrow
from tenor.invoices.scenarios import Scenario, scenarios
from tenor.kernel.actor import Actor
from tenor.kernel.errors import Invalid
from tenor.kernel.ids import new_id
from tenor.kernel.money import Asset, parse_units
from tenor.ledger import calls
from tenor.ledger.footprint import NOTHING, Fingerprint, Footprint, Parties, Settlement, for_funding
from tenor.world import PlatformRole, World

CLAIMS_MAX = 10
"""Tokens of one `claim_many` (contracts/distributor/src/payouts.rs)."""


class AddressInvalid(Invalid):
    pass


@dataclass(frozen=True, slots=True)
class Calculation:
    """What an amount would buy at ledger time `at`, and what the shares would bring."""

    asset: Asset
    shares: int
    rest_units: int
    terms_hash: str
    at: int
    scenarios: tuple[Scenario, ...]


async def calculate(session: AsyncSession, world: World, chain_id: str, amount: str) -> Calculation:
    """The calculator of the marketplace: shares and returns for `amount` of the asset, were it funded now."""
    escrow = await escrow_of(session, chain_id)
    asset = asset_of(world, escrow.asset)
    units, at = parse_units(amount, asset.decimals), (await world.ledger.tip()).closed_at
    offer = offer_of(world, escrow)
    shares = rules.shares_taken(offer, max_units=units, min_units=1, at=at)
    return Calculation(
        asset=asset,
        shares=shares,
        rest_units=offer.rest_units,
        terms_hash=escrow.terms_hash,
        at=at,
        scenarios=tuple(
            scenarios(deal_of(escrow, funded_at=at), None, amount_units=shares, grace_days=escrow.grace_days, now=at)
        ),
    )


async def invest(
    session: AsyncSession,
    world: World,
    actor: Actor,
    *,
    chain_id: str,
    max_amount: str,
    min_amount: str,
    terms_hash: str,
) -> ChainTransaction:
    """A draft of `fund_escrow`: takes `min(max, what is left)` if that is at least the minimum; reserves nothing (P84).

    The footprint is that of the completing call in every case, because another's may land first.
    """
    escrow = await escrow_of(session, chain_id)
    asset, offer = asset_of(world, escrow.asset), offer_of(world, escrow)
    most, least = parse_units(max_amount, asset.decimals), parse_units(min_amount, asset.decimals)
    approved = await accounts.is_allowed(session, actor.address)
    rules.check_investor(offer, actor.address, approved=approved, terms_hash=terms_hash)
    rules.shares_taken(offer, max_units=most, min_units=least, at=(await world.ledger.tip()).closed_at)
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="fund_escrow",
        purpose_key=f"fund_escrow:{new_id()}",
        subject=chain_id,
        call=calls.fund_escrow(
            world.deployment.escrow,
            chain_id,
            investor=actor.address,
            max_units=most,
            min_units=least,
            terms_hash=bytes.fromhex(escrow.terms_hash),
        ),
        account_id=actor.account_id,
        extra=for_funding(parties_of(world, escrow, caller=actor.address)),
    )


async def sell(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, to: str, shares: str
) -> ChainTransaction:
    """A draft of the token's `transfer`: what the shares earned so far stays the seller's, the rest is the buyer's."""
    if not (StrKey.is_valid_ed25519_public_key(to) or StrKey.is_valid_contract(to)):
        raise AddressInvalid(f"{to[:60]} is no Stellar address.", fields={"to": "an address G... or C..."})
    escrow = await escrow_of(session, chain_id)
    decimals = asset_of(world, escrow.asset).decimals
    sale = Sale(actor.address, to, parse_units(shares, decimals), decimals)
    token = await session.get_one(ShareToken, chain_id)
    rules.check_sale(
        sale,
        await entry_of(session, chain_id, actor.address),
        unlocked=token.unlocked,
        buyer_approved=not escrow.restricted or await accounts.is_allowed(session, to),
    )
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="transfer_shares",
        purpose_key=f"transfer_shares:{new_id()}",
        subject=chain_id,
        call=calls.transfer(token.token, sender=actor.address, receiver=to, units=sale.shares),
        account_id=actor.account_id,
        shares={token.token: (chain_id, decimals)},
    )


async def draft_claim(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, holder: str
) -> ChainTransaction:
    """A draft of the distributor's `claim`; whoever signs, only `holder` is paid."""
    token = await _claimable(session, chain_id, holder)
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="claim",
        purpose_key=f"claim:{new_id()}",
        subject=chain_id,
        call=calls.claim(world.deployment.distributor, token=token.token, holder=holder),
        account_id=actor.account_id,
    )


async def draft_claim_all(session: AsyncSession, world: World, actor: Actor) -> ChainTransaction:
    """A draft of `claim_many`: everything of the actor's that can be claimed, the largest amounts first.

    The distributor takes `CLAIMS_MAX` tokens at once; what is left can be claimed by the next call.
    """
    held = await session.execute(
        select(Holding, ShareToken)
        .join(ShareToken, ShareToken.chain_id == Holding.chain_id)
        .where(Holding.holder == actor.address)
    )
    waiting = [
        (Entry(row.shares, row.index_scaled, row.accrued_scaled).payable(token.index_scaled), token.token)
        for row, token in held
    ]
    chosen = sorted(((units, token) for units, token in waiting if units), reverse=True)[:CLAIMS_MAX]
    if not chosen:
        raise rules.NothingToClaim("There is nothing to claim now; come back after the next payment.")
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="claim_many",
        purpose_key=f"claim_many:{new_id()}",
        subject=actor.address,
        call=calls.claim_many(
            world.deployment.distributor, holder=actor.address, tokens=[token for _, token in chosen]
        ),
        account_id=actor.account_id,
    )


async def order_claim(session: AsyncSession, world: World, *, chain_id: str, holder: str) -> ChainTransaction:
    """The same, sent by the platform: needs nobody's signature. One order a holder and state of the index."""
    token = await _claimable(session, chain_id, holder)
    return await ordered(
        session,
        role="operator",
        purpose="claim",
        purpose_key=f"claim:{chain_id}:{holder}:{token.index_scaled}:{token.paid_units}",
        subject=chain_id,
        call=calls.claim(world.deployment.distributor, token=token.token, holder=holder),
    )


async def draft_refund(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, holder: str
) -> ChainTransaction:
    """A draft of `refund` of a cancelled or expired invoice; whoever signs, only `holder` is paid."""
    await _refundable(session, world, chain_id, holder)
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="refund",
        purpose_key=f"refund:{new_id()}",
        subject=chain_id,
        call=calls.refund(world.deployment.escrow, chain_id, holder=holder),
        account_id=actor.account_id,
    )


async def order_refund(session: AsyncSession, world: World, *, chain_id: str, holder: str) -> ChainTransaction:
    """The same, sent by the platform. One order a holder: a refund redeems all shares, and none can come again."""
    await _refundable(session, world, chain_id, holder)
    return await ordered(
        session,
        role="operator",
        purpose="refund",
        purpose_key=f"refund:{chain_id}:{holder}",
        subject=chain_id,
        call=calls.refund(world.deployment.escrow, chain_id, holder=holder),
    )


async def ordered(
    session: AsyncSession,
    *,
    role: PlatformRole,
    purpose: str,
    purpose_key: str,
    subject: str,
    call: calls.Invocation,
    extra: Footprint = NOTHING,
) -> ChainTransaction:
    """An order of the platform; asking again for one that failed starts it over, for one under way changes nothing."""
    row = await chain.order(
        session, role=role, purpose=purpose, purpose_key=purpose_key, subject=subject, call=call, extra=extra
    )
    if row.status == "failed" and await chain.retry(session, row.id):
        await session.refresh(row)
    return row


async def entry_of(session: AsyncSession, chain_id: str, holder: str) -> Entry:
    """What `holder` has in the share token; an empty entry for strangers."""
    row = await session.get(Holding, (chain_id, holder))
    return Entry() if row is None else Entry(row.shares, row.index_scaled, row.accrued_scaled)


def asset_of(world: World, contract: str) -> Asset:
    known = world.deployment.asset(contract)
    return Asset(known.contract, known.code, known.decimals)


def offer_of(world: World, escrow: Escrow) -> Offer:
    return Offer(
        status=escrow.status,
        advance_units=escrow.advance_units,
        funded_units=escrow.funded_units,
        min_ticket_units=escrow.min_ticket_units,
        funding_deadline=escrow.funding_deadline_at,
        seller=escrow.seller,
        debtor=escrow.debtor,
        terms_hash=escrow.terms_hash,
        decimals=asset_of(world, escrow.asset).decimals,
    )


def parties_of(world: World, escrow: Escrow, *, caller: str) -> Parties:
    """Everyone whose entries a call about this invoice can touch."""
    asset = world.deployment.asset(escrow.asset)
    return Parties(
        escrow=world.deployment.escrow,
        distributor=world.deployment.distributor,
        token=escrow.token,
        asset=Settlement(asset.contract, asset.code, asset.issuer),
        seller=escrow.seller,
        treasury=escrow.treasury,
        caller=caller,
        fingerprint=_fingerprint(world, escrow),
        debtor_key=escrow.debtor_key,
    )


def _fingerprint(world: World, escrow: Escrow) -> Fingerprint | None:
    """None without a registry. One that others deployed with other code is not foreseen: then a call is built again."""
    here = world.deployment
    wasm_hash = here.wasm_hashes.get("registry")
    if here.registry is None or wasm_hash is None or escrow.fingerprint is None:
        return None
    return Fingerprint(here.registry, wasm_hash, escrow.fingerprint)


async def _claimable(session: AsyncSession, chain_id: str, holder: str) -> ShareToken:
    await escrow_of(session, chain_id)
    token = await session.get_one(ShareToken, chain_id)
    entry = await entry_of(session, chain_id, holder)
    if entry.payable(token.index_scaled) == 0:
        raise rules.NothingToClaim("There is nothing to claim now; come back after the next payment.")
    return token


async def _refundable(session: AsyncSession, world: World, chain_id: str, holder: str) -> None:
    escrow = await escrow_of(session, chain_id)
    entry = await entry_of(session, chain_id, holder)
    rules.check_refund(offer_of(world, escrow), entry, at=(await world.ledger.tip()).closed_at)
