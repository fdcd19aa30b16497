"""A simulation's answer and what may be needed besides, put into one envelope. Asks nobody, signs nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from stellar_sdk import Account, InvokeHostFunction, TransactionBuilder, TransactionEnvelope, xdr

from tenor.ledger.calls import Invocation
from tenor.ledger.envelopes import Built
from tenor.ledger.footprint import NOTHING, Footprint


@dataclass(frozen=True, slots=True)
class FeeRates:
    """What the network charges, in stroops, as its own settings say (P31). `inclusion`: our bid for one operation."""

    inclusion: int
    per_10k_instructions: int
    per_disk_read_entry: int
    per_disk_read_1kb: int
    per_write_entry: int
    per_write_1kb: int
    per_history_1kb: int
    per_size_1kb: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """`simulateTransaction`'s answer: SorobanTransactionData and authorisation entries in base64, fees in stroops."""

    data_xdr: str
    auth_xdr: tuple[str, ...]
    resource_fee: int
    return_xdr: str | None
    ledger: int


_MARGIN_PERCENT = 10
"""On instructions and on the refundable part: state may move a little between simulation and ledger (P14)."""


def unsimulated(
    call: Invocation,
    *,
    source: str,
    account_sequence: int,
    valid_until: int,
    passphrase: str,
    inclusion_stroops: int,
    acting: str | None = None,
) -> TransactionEnvelope:
    """The bare transaction of `call`: no memo, no muxed source (P20), bounded in time (P11)."""
    builder = TransactionBuilder(Account(source, account_sequence), passphrase, base_fee=inclusion_stroops)
    builder.add_time_bounds(0, valid_until)
    builder.append_invoke_contract_function_op(call.contract, call.function, list(call.args), source=acting)
    return builder.build()


def assemble(bare: TransactionEnvelope, simulated: Simulated, *, rates: FeeRates, extra: Footprint = NOTHING) -> Built:
    """`bare` with footprint, resources, authorisation and fee of `simulated`, plus `extra` in every one of them."""
    tx = bare.transaction
    operation = tx.operations[0]
    assert isinstance(operation, InvokeHostFunction)
    operation.auth = [xdr.SorobanAuthorizationEntry.from_xdr(entry) for entry in simulated.auth_xdr]
    data = xdr.SorobanTransactionData.from_xdr(simulated.data_xdr)
    grown = _grow(data.resources, extra)
    margin = data.resources.instructions.uint32 * _MARGIN_PERCENT // 100
    data.resources.instructions = xdr.Uint32(data.resources.instructions.uint32 + margin + extra.instructions)
    fee = simulated.resource_fee * (100 + _MARGIN_PERCENT) // 100 + _cost(grown, extra, rates)
    data.resource_fee = xdr.Int64(fee)
    tx.soroban_data = data
    tx.fee = rates.inclusion + fee
    bounds = tx.preconditions.time_bounds if tx.preconditions else None
    assert bounds is not None
    return Built(
        envelope_xdr=bare.to_xdr(),
        hash=bare.hash_hex(),
        source=tx.source.account_id,
        sequence=tx.sequence,
        valid_until=bounds.max_time,
        fee_stroops=tx.fee,
        ledger=simulated.ledger,
    )


@dataclass(frozen=True, slots=True)
class _Grown:
    """What was really added: keys that were not there already."""

    keys_bytes: int
    write_entries: int
    disk_entries: int


def _grow(resources: xdr.SorobanResources, extra: Footprint) -> _Grown:
    """Adds `extra`'s keys; a key that will be written leaves the read-only side. Positions of the others stay."""
    footprint = resources.footprint
    writes = [_key(text) for text in extra.read_write]
    written = {key.to_xdr_bytes() for key in footprint.read_write}
    new_writes = [key for key in writes if key.to_xdr_bytes() not in written]
    gone = {key.to_xdr_bytes() for key in new_writes}
    kept = [key for key in footprint.read_only if key.to_xdr_bytes() not in gone]
    known = written | gone | {key.to_xdr_bytes() for key in kept}
    new_reads = [key for key in map(_key, extra.read_only) if key.to_xdr_bytes() not in known]
    footprint.read_only = [*kept, *new_reads]
    footprint.read_write = [*footprint.read_write, *new_writes]
    resources.disk_read_bytes = xdr.Uint32(resources.disk_read_bytes.uint32 + extra.disk_read_bytes)
    resources.write_bytes = xdr.Uint32(resources.write_bytes.uint32 + extra.write_bytes)
    added = [*new_writes, *new_reads]
    return _Grown(
        keys_bytes=sum(len(key.to_xdr_bytes()) for key in added),
        write_entries=len(new_writes),
        disk_entries=_classic(added),
    )


def _cost(grown: _Grown, extra: Footprint, rates: FeeRates) -> int:
    """Stroops of the additions, each rounded up as the network rounds the whole."""
    return (
        _ceil(extra.instructions * rates.per_10k_instructions, 10_000)
        + grown.disk_entries * rates.per_disk_read_entry
        + grown.write_entries * (rates.per_write_entry + rates.per_disk_read_entry)
        + _ceil(extra.disk_read_bytes * rates.per_disk_read_1kb, 1024)
        + _ceil(extra.write_bytes * rates.per_write_1kb, 1024)
        + _ceil(grown.keys_bytes * (rates.per_history_1kb + rates.per_size_1kb), 1024)
        + extra.refundable_stroops
    )


def _classic(keys: Iterable[xdr.LedgerKey]) -> int:
    return sum(key.type in (xdr.LedgerEntryType.ACCOUNT, xdr.LedgerEntryType.TRUSTLINE) for key in keys)


def _key(text: str) -> xdr.LedgerKey:
    return xdr.LedgerKey.from_xdr(text)


def _ceil(amount: int, divisor: int) -> int:
    return -(-amount // divisor)
