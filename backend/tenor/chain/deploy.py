"""Puts the contracts on a ledger and configures them. Never replaces a contract that is there.

It asks the ledger before every step, so that it can be cut off anywhere and run again.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from stellar_sdk import Asset, TransactionBuilder, scval, xdr

from tenor.chain.deployment import Record, load_record, save_record
from tenor.chain.direct import Direct, code_key, data_key, instance_key
from tenor.chain.keys import PlatformKeys
from tenor.kernel.errors import Conflict, Invalid
from tenor.ledger import calls, offers
from tenor.settings import Settings
from tenor.world import Deployment, PlatformRole, SettlementAsset

CONTRACTS = ("token", "distributor", "registry", "escrow", "stream", "market")
ON_LEDGER: tuple[PlatformRole, ...] = ("admin", "operator", "resolver", "pauser", "treasury")
"""Roles that are accounts; `web_auth` only signs challenges."""
HOLDS_MONEY: tuple[PlatformRole, ...] = ("treasury", "operator")
"""Fees go to the one; the other pays in what came through a bank."""
DEMO_ASSET = "USDC"
CLASSIC_DECIMALS = 7


class WasmMissing(Invalid):
    pass


class DeployedDifferently(Conflict):
    """At the address stands another code than the one to deploy."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to deploy. `asset`: CODE:ISSUER of an existing asset; None issues one of our own, for test networks.

    `registry`: one that other platforms share, whose admin has to admit our escrow; None makes one of our own.
    Fees are those that new invoices must carry, in basis points of the advance and of the holders' profit.
    """

    wasm: Mapping[str, bytes]
    asset: str | None = None
    name: str = "main"
    origination_fee_bps: int = 100
    profit_fee_bps: int = 1_000
    registry: str | None = None


def read_wasm(folder: Path) -> dict[str, bytes]:
    """The compiled contracts of `folder`, as `make contracts` leaves them."""
    try:
        return {name: (folder / f"tenor_{name}.wasm").read_bytes() for name in CONTRACTS}
    except FileNotFoundError as missing:
        raise WasmMissing(f"{missing.filename} is missing: run `make contracts` first.") from None


async def deploy(settings: Settings, keys: PlatformKeys, plan: Plan, *, say: Callable[[str], None] = print) -> Record:
    """Accounts, code, the set of contracts, the settlement asset; then the record. What is there already is left alone.

    Contracts are made by the admin's account at addresses computed before, so that each constructor knows the others.
    """
    async with Direct(
        rpc_url=settings.rpc_url,
        network_passphrase=settings.network_passphrase,
        friendbot_url=settings.friendbot_url,
    ) as ledger:
        await ledger.check_network()
        known = load_record(settings.deployment_file)
        steps = _Steps(ledger, keys, plan, say)
        began = await steps.first_ledger()
        await steps.accounts()
        await steps.code()
        await steps.contracts()
        asset = await steps.asset()
        first = known.deployment.first_ledger if known and known.deployment.escrow == steps.escrow else began
        record = Record(
            network_passphrase=settings.network_passphrase,
            deployer=steps.deployer,
            name=plan.name,
            deployment=Deployment(
                escrow=steps.escrow,
                distributor=steps.distributor,
                assets=(asset,),
                first_ledger=first,
                wasm_hashes={name: hashlib.sha256(wasm).hexdigest() for name, wasm in sorted(plan.wasm.items())},
                registry=steps.registry,
                stream=steps.stream,
                market=steps.market,
            ),
        )
        if record != known:
            save_record(settings.deployment_file, record)
        return record


class _Steps:
    """The steps of one deployment, each of which first looks at the ledger."""

    def __init__(self, ledger: Direct, keys: PlatformKeys, plan: Plan, say: Callable[[str], None]) -> None:
        self.ledger, self.keys, self.plan, self.say = ledger, keys, plan, say
        self.admin = keys.roles["admin"]
        self.deployer = self.admin.public_key
        self.escrow, self.distributor = self._address("escrow"), self._address("distributor")
        self.stream, self.market = self._address("stream"), self._address("market")
        self.registry = plan.registry or self._address("registry")

    async def first_ledger(self) -> int:
        """Where indexing starts: now, or as far back as the server remembers when the contracts are there already."""
        if await self.ledger.entry(instance_key(self.escrow)) is not None:
            return await self.ledger.oldest()
        return (await self.ledger.latest())[0]

    async def accounts(self) -> None:
        for role in ON_LEDGER:
            await self.ledger.ensure_account(self.keys.roles[role].public_key)

    async def code(self) -> None:
        for name, wasm in self.plan.wasm.items():
            if await self.ledger.entry(code_key(wasm)) is None:
                self.say(f"upload {name} ({len(wasm):,} bytes)")
                await self._do(partial(_upload, wasm))

    async def contracts(self) -> None:
        escrow, distributor = scval.to_address(self.escrow), scval.to_address(self.distributor)
        if self.plan.registry is None:
            await self._create("registry", self.registry, [scval.to_address(self.deployer)])
        await self._create("distributor", self.distributor, [escrow])
        await self._create("escrow", self.escrow, self._escrow_arguments())
        await self._create("stream", self.stream, [escrow, distributor])
        await self._create("market", self.market, [escrow])
        if self.plan.registry is None:
            await self._admit()

    async def asset(self) -> SettlementAsset:
        if self.plan.asset is None:
            await self.ledger.ensure_account(self.keys.issuer.public_key)
            asset = Asset(DEMO_ASSET, self.keys.issuer.public_key)
        else:
            asset = _existing_asset(self.plan.asset)
        contract = asset.contract_id(self.ledger.passphrase)
        if await self.ledger.entry(instance_key(contract)) is None:
            self.say(f"asset contract of {asset.code}")
            await self._do(lambda builder: builder.append_create_stellar_asset_contract_from_asset_op(asset))
        for role in HOLDS_MONEY:
            await self.ledger.ensure_trustline(self.keys.roles[role], asset)
        allowed = scval.to_vec([scval.to_symbol("Asset"), scval.to_address(contract)])
        if await self.ledger.entry(data_key(self.escrow, allowed)) is None:
            self.say(f"allow {asset.code} as settlement asset")
            await self._call(calls.set_asset(self.escrow, asset=contract, allowed=True))
        return SettlementAsset(contract=contract, code=asset.code, issuer=asset.issuer, decimals=CLASSIC_DECIMALS)

    async def _admit(self) -> None:
        """Our escrow is a member of our own registry; of another's, its admin decides."""
        member = scval.to_vec([scval.to_symbol("Member"), scval.to_address(self.escrow)])
        if await self.ledger.entry(data_key(self.registry, member)) is None:
            self.say("admit the escrow to the registry")
            await self._call(offers.set_member(self.registry, member=self.escrow, admitted=True))

    async def _create(self, name: str, address: str, arguments: list[xdr.SCVal]) -> None:
        wanted = hashlib.sha256(self.plan.wasm[name]).digest()
        found = await self.ledger.entry(instance_key(address))
        if found is None:
            self.say(f"create {name} {address}")
            await self._do(
                lambda builder: builder.append_create_contract_op(wanted, self.deployer, arguments, self._salt(name))
            )
        elif _wasm_hash(found) != wanted:
            raise DeployedDifferently(
                f"{name} {address} runs the code {_wasm_hash(found).hex()[:12]}, not {wanted.hex()[:12]}. "
                "On the local network `make clean` forgets the old one; elsewhere give the new set another --name."
            )

    def _escrow_arguments(self) -> list[xdr.SCVal]:
        """`__constructor(roles, addresses, token_wasm, fees)` of contracts/escrow."""
        roles = {role: scval.to_address(self.keys.roles[role].public_key) for role in ON_LEDGER}
        fees = {"origination_bps": self.plan.origination_fee_bps, "profit_bps": self.plan.profit_fee_bps}
        return [
            scval.to_struct(dict(sorted(roles.items()))),
            scval.to_struct(
                {
                    "distributor": scval.to_address(self.distributor),
                    "registry": scval.to_address(self.registry),
                    "stream": scval.to_address(self.stream),
                }
            ),
            scval.to_bytes(hashlib.sha256(self.plan.wasm["token"]).digest()),
            scval.to_struct({name: scval.to_uint32(bps) for name, bps in fees.items()}),
        ]

    def _salt(self, name: str) -> bytes:
        return hashlib.sha256(f"tenor:{self.plan.name}:{name}".encode()).digest()

    def _address(self, name: str) -> str:
        return calls.contract_address(self.deployer, self._salt(name), self.ledger.passphrase)

    async def _call(self, call: calls.Invocation) -> None:
        await self._do(
            lambda builder: builder.append_invoke_contract_function_op(call.contract, call.function, list(call.args))
        )

    async def _do(self, compose: Callable[[TransactionBuilder], object]) -> None:
        await self.ledger.submit(self.admin, compose, contract=True)


def _upload(wasm: bytes, builder: TransactionBuilder) -> None:
    builder.append_upload_contract_wasm_op(wasm)


def _existing_asset(text: str) -> Asset:
    code, _, issuer = text.partition(":")
    try:
        return Asset(code, issuer)
    except Exception as wrong:
        raise Invalid(f"{text!r} is no asset: write CODE:ISSUER, such as USDC:G...") from wrong


def _wasm_hash(entry: xdr.LedgerEntryData) -> bytes:
    if entry.contract_data is None or entry.contract_data.val.instance is None:
        return b""
    code = entry.contract_data.val.instance.executable.wasm_hash
    return b"" if code is None else code.hash
