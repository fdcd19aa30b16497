"""Throw-away people on a network of our own: play money, a verification, a role. Refuses everywhere else.

The key is made and kept in the browser; only its address comes here.
"""

import ipaddress

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import Asset, StrKey, TransactionEnvelope

from tenor.accounts import flows as accounts
from tenor.accounts import kyc
from tenor.accounts.models import RoleGrant
from tenor.accounts.rules import AccountInvalid
from tenor.chain.direct import Direct, trustline_key
from tenor.chain.keys import load_keys
from tenor.console.visitor import is_local
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Conflict, NotAllowed
from tenor.kernel.money import to_decimal
from tenor.settings import Settings
from tenor.world import World

PURSE_UNITS = 25_000 * 10**7
"""Play money of the demo's own asset, once an address."""


class NoDemoHere(NotAllowed):
    """The network is not our own, or the console can be reached from other machines."""


class NothingToVerify(Conflict):
    pass


class DemoEnvelopeInvalid(AccountInvalid):
    pass


def check_here(settings: Settings) -> None:
    """Only where the ledger is ours and nobody but this machine can call."""
    if not is_local(settings) or not _is_loopback(settings.host):
        raise NoDemoHere("Throw-away keys exist on a local demo network only: run `make up` on your own machine.")


async def purse(world: World, settings: Settings, address: str) -> str | None:
    """An account for `address`, and the transaction that opens its trustline and fills it, signed by the issuer.

    Base64 XDR for the browser's key to sign as well; None when the address has its trustline already.
    """
    check_here(settings)
    if not StrKey.is_valid_ed25519_public_key(address):
        raise AccountInvalid("`address` must be a Stellar account (G...) with a correct checksum.")
    known = world.deployment.assets[0]
    issuer = load_keys(settings.keys_file).issuer
    if known.issuer != issuer.public_key:
        raise NoDemoHere("The settlement asset is not the demo's own, so there is no play money.")
    asset = Asset(known.code, known.issuer)
    async with _direct(settings) as ledger:
        await ledger.ensure_account(address)
        if await ledger.entry(trustline_key(address, asset)) is not None:
            return None
        envelope = await ledger.compose(
            address,
            lambda builder: builder.append_change_trust_op(asset).append_payment_op(
                address, asset, to_decimal(PURSE_UNITS, known.decimals), source=issuer.public_key
            ),
        )
    envelope.sign(issuer)
    return envelope.to_xdr()


async def fill(settings: Settings, signed_xdr: str) -> None:
    """Sends what `purse` made, now with both signatures, and waits for the ledger."""
    check_here(settings)
    try:
        envelope = TransactionEnvelope.from_xdr(signed_xdr, settings.network_passphrase)
    except Exception as broken:  # the SDK lets decoding errors of many kinds through
        raise DemoEnvelopeInvalid("`signed_xdr` is not a transaction envelope in base64 XDR.") from broken
    bounds = envelope.transaction.preconditions
    if bounds is None or bounds.time_bounds is None:
        raise DemoEnvelopeInvalid("`signed_xdr` has no time bounds: sign the transaction that /v1/demo/purses gave.")
    async with _direct(settings) as ledger:
        await ledger.land(envelope)


async def verify(session: AsyncSession, world: World, settings: Settings, actor: Actor) -> None:
    """Approves the caller's own KYC submission in the platform's name, as a reviewer would."""
    check_here(settings)
    found = await kyc.latest(session, actor.account_id)
    if found is None or found.status != "submitted":
        raise NothingToVerify("Submit your details at /v1/kyc first.")
    admin = await accounts.platform_actor(session, world, Role.ADMIN)
    await kyc.decide(session, world, admin, found.id, decision="approve", reason="A throw-away person of the demo.")


async def appoint(session: AsyncSession, world: World, settings: Settings, actor: Actor) -> None:
    """Makes the caller one of the platform's people; two of them are needed wherever four eyes are."""
    check_here(settings)
    admin = await accounts.platform_actor(session, world, Role.ADMIN)
    for role in (Role.ADMIN, Role.OPERATOR):
        grant = insert(RoleGrant).values(account_id=actor.account_id, role=role, granted_by=admin.account_id)
        await session.execute(grant.on_conflict_do_nothing())


def _direct(settings: Settings) -> Direct:
    return Direct(
        rpc_url=settings.rpc_url,
        network_passphrase=settings.network_passphrase,
        friendbot_url=settings.friendbot_url,
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
