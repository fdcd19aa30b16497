"""What a call touches beyond its simulation, because it may be the completing one when it is applied. Reads nothing.

A partial funding can become the one that releases, a payment the one that settles: another's transaction may come
first. A footprint that leaves out a payee's entry would make the call fail, so builders add them in every case.
"""

from dataclasses import dataclass, replace

from stellar_sdk import Address, Asset, Keypair, StrKey, scval, xdr


@dataclass(frozen=True, slots=True)
class Footprint:
    """Ledger keys (base64 XDR) and resources on top of a simulation's. Unused refundable fee comes back."""

    read_only: tuple[str, ...] = ()
    read_write: tuple[str, ...] = ()
    instructions: int = 0
    disk_read_bytes: int = 0
    write_bytes: int = 0
    refundable_stroops: int = 0

    def to_json(self) -> dict[str, object]:
        return {
            "read_only": list(self.read_only),
            "read_write": list(self.read_write),
            "instructions": self.instructions,
            "disk_read_bytes": self.disk_read_bytes,
            "write_bytes": self.write_bytes,
            "refundable_stroops": self.refundable_stroops,
        }


NOTHING = Footprint()


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement asset as the ledger stores its balances: `code:issuer`, or native when `issuer` is None."""

    contract: str
    code: str
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Where an invoice's fingerprint is held: the release makes it final. `wasm_hash`: the registry's code, hex."""

    registry: str
    wasm_hash: str
    digits: str


@dataclass(frozen=True, slots=True)
class Parties:
    """Everyone whose entries one invoice can touch. `caller`: who pays in (investor or payer)."""

    escrow: str
    distributor: str
    token: str
    asset: Settlement
    seller: str
    treasury: str
    caller: str
    fingerprint: Fingerprint | None = None
    debtor_key: str | None = None


FUNDING_INSTRUCTIONS = 4_000_000
PAYMENT_INSTRUCTIONS = 4_000_000
"""What the largest outcome costs more than the smallest, measured on the compiled contracts (a test compares)."""

_TRUSTLINE_BYTES = 150
_ACCOUNT_BYTES = 160
_ENTRY_BYTES = 400
_REFUNDABLE_STROOPS = 3_000_000
"""Rent of the entries that may be new (owed amounts, a first payout account) and their events."""


def for_funding(parties: Parties) -> Footprint:
    """For `fund_escrow`: the release's entries, and the return of what no longer fits."""
    paid = (parties.seller, parties.treasury, parties.caller)
    keys = [*_balances(parties, paid), *_owed(parties, paid)]
    held = parties.fingerprint
    if held is None:
        return _footprint(parties, paid, keys, FUNDING_INSTRUCTIONS)
    keys.append(entry_key(held.registry, "Fingerprint", scval.to_bytes(bytes.fromhex(held.digits))))
    registry = contract_data(held.registry, xdr.SCVal(type=xdr.SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE))
    code = xdr.LedgerKey(
        type=xdr.LedgerEntryType.CONTRACT_CODE,
        contract_code=xdr.LedgerKeyContractCode(hash=xdr.Hash(bytes.fromhex(held.wasm_hash))),
    )
    made = _footprint(parties, paid, keys, FUNDING_INSTRUCTIONS)
    return replace(made, read_only=(registry.to_xdr(), code.to_xdr()))


def for_payment(parties: Parties, *, payment_key: str) -> Footprint:
    """For `record_payment` and `pay_off`: every part of the waterfall. `payment_key`: that of `calls.payment_key`."""
    paid = (parties.seller, parties.treasury, parties.caller)
    keys = [
        *_balances(parties, paid),
        *_balances(parties, (parties.distributor,)),
        *_owed(parties, paid),
        token_totals_key(parties.token),
        entry_key(parties.distributor, "Account", scval.to_address(parties.token)),
        *_limits(parties),
        entry_key(
            parties.distributor, "Deposit", scval.to_address(parties.token), scval.to_bytes(bytes.fromhex(payment_key))
        ),
    ]
    return _footprint(parties, paid, keys, PAYMENT_INSTRUCTIONS)


def balance_key(asset: Settlement, owner: str) -> xdr.LedgerKey | None:
    """Where the asset contract keeps `owner`'s balance; None for the issuer, who has none."""
    if StrKey.is_valid_contract(owner):
        return contract_data(asset.contract, scval.to_vec([scval.to_symbol("Balance"), scval.to_address(owner)]))
    if asset.issuer is None:
        return account_key(owner)
    account = Keypair.from_public_key(owner).xdr_account_id()
    if owner == asset.issuer:
        return None
    line = Asset(asset.code, asset.issuer).to_trust_line_asset_xdr_object()
    return xdr.LedgerKey(
        type=xdr.LedgerEntryType.TRUSTLINE, trust_line=xdr.LedgerKeyTrustLine(account_id=account, asset=line)
    )


def account_key(owner: str) -> xdr.LedgerKey:
    account = Keypair.from_public_key(owner).xdr_account_id()
    return xdr.LedgerKey(type=xdr.LedgerEntryType.ACCOUNT, account=xdr.LedgerKeyAccount(account_id=account))


def entry_key(contract: str, name: str, *parts: xdr.SCVal) -> xdr.LedgerKey:
    """The key of `DataKey::Name(parts...)` in persistent storage."""
    return contract_data(contract, scval.to_vec([scval.to_symbol(name), *parts]))


def escrow_key(escrow: str, invoice: str) -> xdr.LedgerKey:
    return entry_key(escrow, "Escrow", scval.to_bytes(bytes.fromhex(invoice)))


def holder_key(token: str, holder: str) -> xdr.LedgerKey:
    return entry_key(token, "Holder", scval.to_address(holder))


def token_totals_key(token: str) -> xdr.LedgerKey:
    return entry_key(token, "Totals")


def payout_account_key(distributor: str, token: str) -> xdr.LedgerKey:
    return entry_key(distributor, "Account", scval.to_address(token))


def contract_data(contract: str, key: xdr.SCVal) -> xdr.LedgerKey:
    return xdr.LedgerKey(
        type=xdr.LedgerEntryType.CONTRACT_DATA,
        contract_data=xdr.LedgerKeyContractData(
            contract=Address(contract).to_xdr_sc_address(),
            key=key,
            durability=xdr.ContractDataDurability.PERSISTENT,
        ),
    )


def _limits(parties: Parties) -> list[xdr.LedgerKey]:
    """What a settled invoice no longer counts towards."""
    if parties.debtor_key is None:
        return []
    asset = scval.to_address(parties.asset.contract)
    debtor = scval.to_bytes(bytes.fromhex(parties.debtor_key))
    subjects = (("Debtor", debtor), ("Seller", scval.to_address(parties.seller)))
    return [entry_key(parties.escrow, name, who, asset) for name, who in subjects]


def _balances(parties: Parties, owners: tuple[str, ...]) -> list[xdr.LedgerKey]:
    keys = [balance_key(parties.asset, owner) for owner in (parties.escrow, *owners)]
    return [key for key in keys if key is not None]


def _owed(parties: Parties, owners: tuple[str, ...]) -> list[xdr.LedgerKey]:
    asset = scval.to_address(parties.asset.contract)
    return [entry_key(parties.escrow, "Owed", scval.to_address(owner), asset) for owner in owners]


def _footprint(parties: Parties, paid: tuple[str, ...], keys: list[xdr.LedgerKey], instructions: int) -> Footprint:
    classic = sum(not StrKey.is_valid_contract(owner) for owner in paid)
    line = _ACCOUNT_BYTES if parties.asset.issuer is None else _TRUSTLINE_BYTES
    return Footprint(
        read_write=tuple(dict.fromkeys(key.to_xdr() for key in keys)),
        instructions=instructions,
        disk_read_bytes=classic * line,
        write_bytes=len(keys) * _ENTRY_BYTES,
        refundable_stroops=_REFUNDABLE_STROOPS,
    )
