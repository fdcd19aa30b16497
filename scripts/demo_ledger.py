"""The demo's own eyes and hands on the ledger, by stellar-sdk alone. Never asks our API, and knows no code of ours."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpx
from stellar_sdk import Asset, Keypair, SorobanServer, StrKey, TransactionBuilder, scval, xdr
from stellar_sdk.soroban_rpc import GetTransactionStatus, SendTransactionStatus

UNITS = 10**7
_VALID_SECONDS = 300
_KEYS_A_CALL = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A transaction that a wallet sent by itself."""

    what: str
    hash: str
    ledger: int


class Ledger:
    """Reads entries and sends classic transactions; friendbot and the clock are those of the local network."""

    def __init__(self, rpc_url: str, passphrase: str, friendbot_url: str, control_url: str, usdc: Asset) -> None:
        self.server = SorobanServer(rpc_url)
        self.passphrase, self.usdc = passphrase, usdc
        self._friendbot_url, self._control_url = friendbot_url, control_url

    # --- time

    def now(self) -> int:
        """Close time of the newest ledger, Unix seconds."""
        return self.server.get_latest_ledger().close_time

    def go_to(self, moment: int) -> None:
        """Let ledger time pass until `moment`."""
        answer = httpx.post(f"{self._control_url}/clock", json={"set": moment}, timeout=60)
        answer.raise_for_status()

    # --- what accounts and contracts hold

    def entries(self, keys: Iterable[xdr.LedgerKey]) -> dict[str, xdr.LedgerEntryData]:
        """Base64 key -> entry, for those that exist; one call, so one ledger."""
        wanted = list(keys)
        assert len(wanted) <= _KEYS_A_CALL, "more keys than one call may ask for"
        found = self.server.get_ledger_entries(wanted).entries
        return {entry.key: xdr.LedgerEntryData.from_xdr(entry.xdr) for entry in found}

    def balances(self, addresses: Iterable[str]) -> dict[str, int]:
        """USDC in units, of accounts (their trustlines) and of contracts (their entry in the asset's contract)."""
        asked = {address: self._balance_key(address) for address in addresses}
        found = self.entries(asked.values())
        return {address: _units(found.get(key.to_xdr())) for address, key in asked.items()}

    def stored(self, contract: str, *key: xdr.SCVal) -> Any:
        """What `contract` stores under the enum key `key`, in Python types; None where there is nothing."""
        wanted = _data_key(contract, scval.to_vec(list(key)))
        entry = self.entries([wanted]).get(wanted.to_xdr())
        return None if entry is None else scval.to_native(entry.contract_data.val)

    def _balance_key(self, address: str) -> xdr.LedgerKey:
        if StrKey.is_valid_contract(address):
            owner = scval.to_vec([scval.to_symbol("Balance"), scval.to_address(address)])
            return _data_key(self.usdc.contract_id(self.passphrase), owner)
        line = xdr.LedgerKeyTrustLine(
            Keypair.from_public_key(address).xdr_account_id(), self.usdc.to_trust_line_asset_xdr_object()
        )
        return xdr.LedgerKey(xdr.LedgerEntryType.TRUSTLINE, trust_line=line)

    # --- what a wallet does by itself

    def open_account(self, address: str) -> None:
        if not self.entries([_account_key(address)]):
            httpx.get(self._friendbot_url, params={"addr": address}, timeout=60).raise_for_status()

    def trust(self, wallet: Keypair, limit_units: int | None = None) -> Sent:
        """Open a trustline for USDC, or change how much it takes."""
        limit = None if limit_units is None else decimal(limit_units)
        return self._send(wallet, "change_trust", lambda builder: builder.append_change_trust_op(self.usdc, limit))

    def pay(self, payer: Keypair, receiver: str, units: int) -> Sent:
        return self._send(
            payer, "payment", lambda builder: builder.append_payment_op(receiver, self.usdc, decimal(units))
        )

    def _send(self, signer: Keypair, what: str, compose: Callable[[TransactionBuilder], object]) -> Sent:
        builder = TransactionBuilder(self.server.load_account(signer.public_key), self.passphrase, base_fee=10_000)
        compose(builder.add_time_bounds(0, self.now() + _VALID_SECONDS))
        envelope = builder.build()
        envelope.sign(signer)
        answer = self.server.send_transaction(envelope)
        assert answer.status == SendTransactionStatus.PENDING, answer
        while (seen := self.server.get_transaction(answer.hash)).status == GetTransactionStatus.NOT_FOUND:
            time.sleep(0.05)
        assert seen.status == GetTransactionStatus.SUCCESS, seen.result_xdr
        return Sent(what, answer.hash, seen.ledger)


def decimal(units: int) -> str:
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(8, "0")
    return f"{sign}{digits[:-7]}.{digits[-7:]}"


def units(amount: str) -> int:
    """Units of a decimal string with seven decimals, as the API writes them."""
    whole, _, fraction = amount.lstrip("-").partition(".")
    assert len(fraction) == 7, amount  # noqa: PLR2004 - USDC's decimals
    return int(whole + fraction) * (-1 if amount.startswith("-") else 1)


def _units(entry: xdr.LedgerEntryData | None) -> int:
    if entry is None:
        return 0
    if entry.trust_line is not None:
        return entry.trust_line.balance.int64
    return int(scval.to_native(entry.contract_data.val)["amount"])


def _account_key(address: str) -> xdr.LedgerKey:
    account = xdr.LedgerKeyAccount(Keypair.from_public_key(address).xdr_account_id())
    return xdr.LedgerKey(xdr.LedgerEntryType.ACCOUNT, account=account)


def _data_key(contract: str, key: xdr.SCVal) -> xdr.LedgerKey:
    held = xdr.LedgerKeyContractData(
        contract=scval.to_address(contract).address, key=key, durability=xdr.ContractDataDurability.PERSISTENT
    )
    return xdr.LedgerKey(xdr.LedgerEntryType.CONTRACT_DATA, contract_data=held)
