"""People of the demo on a network of our own: wallets with lumens, a trustline and money. Never on a public network."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stellar_sdk import Asset, Keypair

from tenor.chain.direct import Direct, trustline_key
from tenor.chain.keys import PlatformKeys, write_secret_file
from tenor.kernel.money import to_decimal
from tenor.world import SettlementAsset

WHO: dict[str, Literal["seller", "investor", "customer"]] = {
    "Selma": "seller",
    "Ines": "investor",
    "Ivo": "investor",
    "Iris": "investor",
    "Karl": "customer",
}
PURSE_UNITS = 1_000_000 * 10**7
"""What an investor and the customer are given, once."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    part: str
    wallet: Keypair


def load_people(path: Path) -> list[Person]:
    """The people of `path`, made first where there are none."""
    if not path.exists():
        fresh = {name: {"part": part, "secret": Keypair.random().secret} for name, part in WHO.items()}
        write_secret_file(path, json.dumps(fresh, indent=1) + "\n")
    held = json.loads(path.read_text())
    return [Person(name, one["part"], Keypair.from_secret(one["secret"])) for name, one in held.items()]


async def fund_people(ledger: Direct, people: list[Person], keys: PlatformKeys, asset: SettlementAsset) -> int:
    """Give everybody who has none an account, a trustline and, but for the seller, a purse. How many were new."""
    line = Asset(asset.code, asset.issuer)
    new = 0
    for person in people:
        if await ledger.entry(trustline_key(person.wallet.public_key, line)) is not None:
            continue
        new += 1
        await ledger.ensure_account(person.wallet.public_key)
        await ledger.ensure_trustline(person.wallet, line)
        if person.part != "seller":
            await pay(ledger, keys.issuer, person.wallet.public_key, line, PURSE_UNITS)
    return new


async def pay(ledger: Direct, payer: Keypair, receiver: str, asset: Asset, units: int) -> None:
    """A classic payment of `units` (7 decimals)."""
    await ledger.submit(payer, lambda builder: builder.append_payment_op(receiver, asset, to_decimal(units, 7)))
