"""What the ledger says of payees and of the treasury, before a payment is packed. Decides nothing, stores nothing."""

import asyncio
from collections.abc import Iterable, Sequence

from stellar_sdk import xdr

from tenor.chain.leases import spare
from tenor.disbursements.rules import Holding, Payee
from tenor.kernel.money import UNITS_MAX
from tenor.ledger.footprint import Settlement, account_key, balance_key
from tenor.ledger.packing import plain
from tenor.world import SettlementAsset, World

_TOGETHER = 100
"""Payees of one look: each has two keys, and a node takes 200 at once."""
_AUTHORIZED = 1


async def payees(world: World, asset: SettlementAsset, wanted: Iterable[str]) -> dict[str, Payee]:
    """Each G or M address of `wanted` as the ledger has its account now."""
    accounts = {address: plain(address) for address in wanted}
    plains = sorted(set(accounts.values()))
    parts = [plains[start : start + _TOGETHER] for start in range(0, len(plains), _TOGETHER)]
    found: dict[str, Payee] = {}
    for answer in await asyncio.gather(*(_look(world, asset, part) for part in parts)):
        found |= answer
    return {address: found[own] for address, own in accounts.items()}


async def treasury(world: World, asset: SettlementAsset) -> Holding:
    """What the treasury can pay: above its reserve, and above what its offers bind (P37)."""
    own = world.signer.address("treasury")
    payee = (await _look(world, asset, [own]))[own]
    if payee.issuer:
        return Holding(spare=UNITS_MAX, room=0, authorized=True)
    return payee.holding or Holding(0, 0, authorized=False)


async def _look(world: World, asset: SettlementAsset, addresses: Sequence[str]) -> dict[str, Payee]:
    lines = [] if asset.issuer is None else [balance_key(_settlement(asset), address) for address in addresses]
    keys = [*(account_key(address) for address in addresses), *(key for key in lines if key is not None)]
    entries = iter(await world.ledger.entries(keys))
    accounts = [None if entry is None else entry.account for entry in (next(entries) for _ in addresses)]
    if asset.issuer is None:
        return {
            address: Payee(account is not None, None if account is None else _native(account))
            for address, account in zip(addresses, accounts, strict=True)
        }
    found = {}
    for address, account, key in zip(addresses, accounts, lines, strict=True):
        entry = None if key is None else next(entries)
        line = None if entry is None else entry.trust_line
        found[address] = Payee(account is not None, None if line is None else _line(line), issuer=key is None)
    return found


def _native(account: xdr.AccountEntry) -> Holding:
    v1 = account.ext.v1
    buying = 0 if v1 is None else v1.liabilities.buying.int64
    return Holding(max(0, spare(account)), UNITS_MAX - account.balance.int64 - buying, authorized=True)


def _line(line: xdr.TrustLineEntry) -> Holding:
    v1 = line.ext.v1
    buying, selling = (0, 0) if v1 is None else (v1.liabilities.buying.int64, v1.liabilities.selling.int64)
    held = line.balance.int64
    authorized = bool(line.flags.uint32 & _AUTHORIZED)
    return Holding(max(0, held - selling), line.limit.int64 - held - buying, authorized)


def _settlement(asset: SettlementAsset) -> Settlement:
    return Settlement(asset.contract, asset.code, asset.issuer)
