"""One transaction after another with a key at hand: deployment, test networks' accounts. ADAPTER for stellar-sdk's RPC.

Never used by requests or jobs: those record an intent first and let the submit job send it.
"""

import asyncio
import hashlib
from collections.abc import Callable
from types import TracebackType
from typing import Self

import httpx
from stellar_sdk import Asset, Keypair, StrKey, TransactionBuilder, TransactionEnvelope, xdr
from stellar_sdk.exceptions import PrepareTransactionException, SdkError
from stellar_sdk.soroban_rpc import GetTransactionResponse, GetTransactionStatus, SendTransactionStatus
from stellar_sdk.soroban_server_async import SorobanServerAsync

from tenor.kernel.errors import Invalid, Unavailable

INCLUSION_FEE_STROOPS = 10_000
VALID_SECONDS = 300
_POLL_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)

Compose = Callable[[TransactionBuilder], object]


class LedgerSilent(Unavailable):
    """The RPC server does not answer, or not in its protocol."""


class AccountMissing(Invalid):
    """An account must exist first, and no friendbot is there to make it."""


class TransactionRefused(Invalid):
    """The ledger did not take it; the sentence carries what it said."""


class Direct:
    """A ledger's RPC and, on test networks, its friendbot. An async context manager."""

    def __init__(self, *, rpc_url: str, network_passphrase: str, friendbot_url: str | None) -> None:
        self.passphrase = network_passphrase
        self._server = SorobanServerAsync(rpc_url)
        self._rpc_url, self._friendbot_url = rpc_url, friendbot_url

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.close()

    async def check_network(self) -> None:
        """The RPC server answers and serves the network that we think it does."""
        try:
            found = (await self._server.get_network()).passphrase
        except (SdkError, OSError, ValueError) as silent:
            raise LedgerSilent(f"{self._rpc_url} does not answer as a Stellar RPC server: {silent}") from silent
        if found != self.passphrase:
            raise Invalid(f"{self._rpc_url} serves {found!r}, and NETWORK_PASSPHRASE says {self.passphrase!r}.")

    async def latest(self) -> tuple[int, int]:
        """The newest ledger: its sequence, and its close time in Unix seconds."""
        newest = await self._server.get_latest_ledger()
        return newest.sequence, newest.close_time

    async def oldest(self) -> int:
        """The first ledger whose events the server still has."""
        return (await self._server.get_health()).oldest_ledger

    async def entry(self, key: xdr.LedgerKey) -> xdr.LedgerEntryData | None:
        found = (await self._server.get_ledger_entries([key])).entries
        return xdr.LedgerEntryData.from_xdr(found[0].xdr) if found else None

    async def ensure_account(self, address: str) -> None:
        """Exists, or is made by friendbot."""
        if await self.entry(account_key(address)) is not None:
            return
        if self._friendbot_url is None:
            raise AccountMissing(
                f"{address} does not exist on this network: send it at least 10 XLM, then run this again."
            )
        async with httpx.AsyncClient(timeout=60) as client:
            answer = await client.get(self._friendbot_url, params={"addr": address})
        if answer.is_error:
            raise AccountMissing(
                f"{self._friendbot_url} did not make {address}: {answer.status_code} {answer.text[:200]}"
            )

    async def ensure_trustline(self, holder: Keypair, asset: Asset) -> None:
        if await self.entry(trustline_key(holder.public_key, asset)) is None:
            await self.submit(holder, lambda builder: builder.append_change_trust_op(asset))

    async def submit(self, signer: Keypair, compose: Compose, *, contract: bool = False) -> GetTransactionResponse:
        """Build what `compose` appends, sign it, send it, and wait until it is in a ledger or can be no more.

        `contract`: simulate first, for footprint and resource fee.
        """
        envelope = await self.compose(signer.public_key, compose, contract=contract)
        envelope.sign(signer)
        return await self.land(envelope)

    async def compose(self, source: str, compose: Compose, *, contract: bool = False) -> TransactionEnvelope:
        """What `compose` appends to a transaction of `source`, unsigned, good for `VALID_SECONDS`."""
        account = await self._server.load_account(source)
        _, closed_at = await self.latest()  # a local ledger's clock may be ahead of ours
        builder = TransactionBuilder(account, self.passphrase, base_fee=INCLUSION_FEE_STROOPS)
        compose(builder.add_time_bounds(0, closed_at + VALID_SECONDS))
        envelope = builder.build()
        if contract:
            try:
                envelope = await self._server.prepare_transaction(envelope)
            except PrepareTransactionException as refused:
                raise TransactionRefused(
                    f"Simulation failed: {refused.simulate_transaction_response.error}"
                ) from refused
        return envelope

    async def land(self, envelope: TransactionEnvelope) -> GetTransactionResponse:
        """Send a signed transaction of `compose`'s, and wait until it is in a ledger or can be no more."""
        bounds = envelope.transaction.preconditions
        assert bounds is not None
        assert bounds.time_bounds is not None
        await self._send(envelope.to_xdr())
        return await self._landed(envelope.hash_hex(), bounds.time_bounds.max_time)

    async def _send(self, envelope_xdr: str) -> None:
        for pause in _POLL_SECONDS:
            answer = await self._server.send_transaction(envelope_xdr)
            if answer.status in {SendTransactionStatus.PENDING, SendTransactionStatus.DUPLICATE}:
                return
            if answer.status == SendTransactionStatus.ERROR:
                raise TransactionRefused(f"Not accepted: {answer.error_result_xdr}")
            await asyncio.sleep(pause)
        raise LedgerSilent(f"{self._rpc_url} answers TRY_AGAIN_LATER; run this again in a minute.")

    async def _landed(self, tx_hash: str, valid_until: int) -> GetTransactionResponse:
        tries = 0
        while True:
            found = await self._server.get_transaction(tx_hash)
            if found.status == GetTransactionStatus.SUCCESS:
                return found
            if found.status == GetTransactionStatus.FAILED:
                raise TransactionRefused(f"Transaction {tx_hash} failed: {found.result_xdr}")
            if found.latest_ledger_close_time > valid_until:
                raise TransactionRefused(f"Transaction {tx_hash} was not taken into a ledger in time.")
            await asyncio.sleep(_POLL_SECONDS[min(tries, len(_POLL_SECONDS) - 1)])
            tries += 1


def account_key(address: str) -> xdr.LedgerKey:
    account = Keypair.from_public_key(address).xdr_account_id()
    return xdr.LedgerKey(xdr.LedgerEntryType.ACCOUNT, account=xdr.LedgerKeyAccount(account))


def trustline_key(address: str, asset: Asset) -> xdr.LedgerKey:
    account = Keypair.from_public_key(address).xdr_account_id()
    return xdr.LedgerKey(
        xdr.LedgerEntryType.TRUSTLINE,
        trust_line=xdr.LedgerKeyTrustLine(account, asset.to_trust_line_asset_xdr_object()),
    )


def code_key(wasm: bytes) -> xdr.LedgerKey:
    code = xdr.LedgerKeyContractCode(xdr.Hash(hashlib.sha256(wasm).digest()))
    return xdr.LedgerKey(xdr.LedgerEntryType.CONTRACT_CODE, contract_code=code)


def data_key(contract: str, key: xdr.SCVal) -> xdr.LedgerKey:
    """A persistent entry of `contract`; its instance with `SCV_LEDGER_KEY_CONTRACT_INSTANCE` as the key."""
    address = xdr.SCAddress(
        xdr.SCAddressType.SC_ADDRESS_TYPE_CONTRACT,
        contract_id=xdr.ContractID(xdr.Hash(StrKey.decode_contract(contract))),
    )
    return xdr.LedgerKey(
        xdr.LedgerEntryType.CONTRACT_DATA,
        contract_data=xdr.LedgerKeyContractData(address, key, xdr.ContractDataDurability.PERSISTENT),
    )


def instance_key(contract: str) -> xdr.LedgerKey:
    return data_key(contract, xdr.SCVal(xdr.SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE))
