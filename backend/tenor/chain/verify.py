"""The code that stands at our addresses against the code that was deployed. Trusts the ledger's entries only."""

from dataclasses import dataclass

from stellar_sdk import xdr

from tenor.ledger import calls, scval
from tenor.ledger.footprint import contract_data
from tenor.world import World


@dataclass(frozen=True, slots=True)
class Code:
    """`recorded` and `found`: sha256 of the wasm, 64 hex digits; None where the ledger has no such contract."""

    contract: str
    address: str
    recorded: str
    found: str | None

    @property
    def same(self) -> bool:
        return self.found == self.recorded


async def contracts(world: World) -> list[Code]:
    """Every contract of the deployment, and the code that the escrow deploys share tokens with."""
    here = world.deployment
    instance = xdr.SCVal(xdr.SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE)
    places = _places(world)
    keys = [contract_data(address, instance) for address in places.values()]
    found = [_hash_of(entry) for entry in await world.ledger.entries(keys)]
    config = scval.native((await world.ledger.read(calls.get_config(here.escrow))).to_xdr_bytes())
    named = [
        Code(name, address, here.wasm_hashes[name], code)
        for (name, address), code in zip(places.items(), found, strict=True)
    ]
    return [*named, Code("token", here.escrow, here.wasm_hashes["token"], config["token_wasm"].hex())]


def _places(world: World) -> dict[str, str]:
    """Address by name; a record made before there was a contract does not have it."""
    here = world.deployment
    known = {
        "escrow": here.escrow,
        "distributor": here.distributor,
        "registry": here.registry,
        "stream": here.stream,
        "market": here.market,
    }
    return {name: address for name, address in known.items() if address is not None}


def _hash_of(entry: xdr.LedgerEntryData | None) -> str | None:
    instance = None if entry is None or entry.contract_data is None else entry.contract_data.val.instance
    code = None if instance is None else instance.executable.wasm_hash
    return None if code is None else code.hash.hex()
