"""The platform's keys at work. ADAPTER: holds them in this process; refuses what no policy of ours lets through."""

from collections.abc import Sequence

from stellar_sdk import FeeBumpTransactionEnvelope, Keypair, ManageData, TransactionBuilder, TransactionEnvelope

from tenor.chain.keys import PlatformKeys, channel_key
from tenor.kernel.errors import NotAllowed
from tenor.ledger import fees, packing
from tenor.ledger.packing import PackUnreadable
from tenor.world import PlatformRole

CHANNELS_MAX = 1_000
_SIGNATURES_MAX = 20


class SigningRefused(NotAllowed):
    """The platform's signer was handed something that it must not sign (P07, P11, P103)."""


class LocalSigner:
    """`world.Signer` over keys.json. Signs under one network's passphrase: nothing it signs counts elsewhere (P22)."""

    def __init__(self, keys: PlatformKeys, *, passphrase: str) -> None:
        self._keys, self._passphrase = keys.roles, passphrase
        self._channels: dict[int, Keypair] = {}

    def address(self, role: PlatformRole) -> str:
        return self._keys[role].public_key

    def channel(self, number: int) -> str:
        return self._channel(number).public_key

    async def sign(self, envelope_xdr: str, role: PlatformRole, *, channel: int | None = None) -> str:
        """The envelope with the role's signature, and its channel's. `SigningRefused` without an upper time bound, for
        another's account, and for a login challenge that could be executed or a transaction that pretends to be one.
        """
        if FeeBumpTransactionEnvelope.is_fee_bump_transaction_envelope(envelope_xdr):
            raise SigningRefused("A fee bump is not signed here.")
        envelope = TransactionEnvelope.from_xdr(envelope_xdr, self._passphrase)
        self._check(envelope, role, channel)
        envelope.sign(self._keys[role])
        if channel is not None:
            envelope.sign(self._channel(channel))
        return envelope.to_xdr()

    async def sign_pack(self, envelope_xdr: str, role: PlatformRole, *, channels: Sequence[int]) -> str:
        """An unsigned pack with the signatures of the role and of `channels`.

        `SigningRefused` for every other shape, for operations of anybody else, and for more than the fee cap.
        """
        try:
            told = packing.opened(envelope_xdr)
        except PackUnreadable as unreadable:
            raise SigningRefused("Only packed operations are signed with channels.") from unreadable
        keys = [self._keys[role], *(self._channel(number) for number in channels)]
        ours = {key.public_key for key in keys}
        if told.valid_until == 0:
            raise SigningRefused("The transaction never expires.")
        if told.source not in ours or not told.senders <= ours:
            raise SigningRefused(f"The transaction acts for an account that is not that of the role {role}.")
        if told.fee_stroops > fees.CAP_STROOPS * told.count or len(keys) > _SIGNATURES_MAX or role == "web_auth":
            raise SigningRefused("The transaction offers more for its place than we ever do, or has too many signers.")
        unsigned = packing.unsigned_part(envelope_xdr)
        message = packing.digest(unsigned, self._passphrase)
        return packing.envelope(unsigned, [(key.raw_public_key(), key.sign(message)) for key in keys])

    async def bump(self, envelope_xdr: str, role: PlatformRole, *, bid_stroops: int) -> tuple[str, str]:
        """A fee bump around a signed pack of the role's, paid by the role: (envelope, its own hash).

        `SigningRefused` when anybody else's operations are inside, or beyond the fee cap.
        """
        try:
            told = packing.opened(envelope_xdr)
        except PackUnreadable as unreadable:
            raise SigningRefused("Only packed operations are bumped.") from unreadable
        if self.address(role) not in told.senders or told.signatures == 0 or bid_stroops > fees.CAP_STROOPS:
            raise SigningRefused(f"The transaction is not one of the role {role}, or the bid is beyond its cap.")
        inner = TransactionEnvelope.from_xdr(envelope_xdr, self._passphrase)
        bump = TransactionBuilder.build_fee_bump_transaction(self._keys[role], bid_stroops, inner, self._passphrase)
        bump.sign(self._keys[role])
        return bump.to_xdr(), bump.hash_hex()

    def _channel(self, number: int) -> Keypair:
        if not 0 < number <= CHANNELS_MAX:
            raise SigningRefused(f"There is no channel {number}.")
        found = self._channels.get(number)
        if found is None:
            found = self._channels[number] = channel_key(self._keys["treasury"], number)
        return found

    def _check(self, envelope: TransactionEnvelope, role: PlatformRole, channel: int | None) -> None:
        tx = envelope.transaction
        bounds = tx.preconditions.time_bounds if tx.preconditions else None
        if bounds is None or bounds.max_time == 0:
            raise SigningRefused("The transaction never expires.")
        source = self.address(role) if channel is None else self.channel(channel)
        if tx.source.account_id != source:
            raise SigningRefused(f"The transaction's account is not that of the role {role}.")
        acting = {(operation.source or tx.source).account_id for operation in tx.operations}
        if channel is not None and acting != {self.address(role)}:
            raise SigningRefused(f"The transaction acts for an account that is not that of the role {role}.")
        challenge = tx.sequence == 0 and all(isinstance(operation, ManageData) for operation in tx.operations)
        if challenge != (role == "web_auth"):
            raise SigningRefused(f"The role {role} does not sign this kind of transaction.")
