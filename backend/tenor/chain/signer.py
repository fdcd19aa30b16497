"""The platform's keys at work. ADAPTER: holds them in this process; refuses what no policy of ours lets through."""

from stellar_sdk import FeeBumpTransactionEnvelope, ManageData, TransactionEnvelope

from tenor.chain.keys import PlatformKeys
from tenor.kernel.errors import NotAllowed
from tenor.world import PlatformRole


class SigningRefused(NotAllowed):
    """The platform's signer was handed something that it must not sign (P07, P11, P103)."""


class LocalSigner:
    """`world.Signer` over keys.json. Signs under one network's passphrase: nothing it signs counts elsewhere (P22)."""

    def __init__(self, keys: PlatformKeys, *, passphrase: str) -> None:
        self._keys, self._passphrase = keys.roles, passphrase

    def address(self, role: PlatformRole) -> str:
        return self._keys[role].public_key

    async def sign(self, envelope_xdr: str, role: PlatformRole) -> str:
        """The envelope with the role's signature. `SigningRefused` without an upper time bound, for another's account,
        and for a login challenge that could be executed or a transaction that pretends to be one.
        """
        if FeeBumpTransactionEnvelope.is_fee_bump_transaction_envelope(envelope_xdr):
            raise SigningRefused("A fee bump is not signed here.")
        envelope = TransactionEnvelope.from_xdr(envelope_xdr, self._passphrase)
        self._check(envelope, role)
        envelope.sign(self._keys[role])
        return envelope.to_xdr()

    def _check(self, envelope: TransactionEnvelope, role: PlatformRole) -> None:
        tx = envelope.transaction
        bounds = tx.preconditions.time_bounds if tx.preconditions else None
        if bounds is None or bounds.max_time == 0:
            raise SigningRefused("The transaction never expires.")
        if tx.source.account_id != self.address(role):
            raise SigningRefused(f"The transaction's account is not that of the role {role}.")
        challenge = tx.sequence == 0 and all(isinstance(operation, ManageData) for operation in tx.operations)
        if challenge != (role == "web_auth"):
            raise SigningRefused(f"The role {role} does not sign this kind of transaction.")
