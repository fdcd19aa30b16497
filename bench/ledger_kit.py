"""A local network to be measured, with accounts and a listed invoice on it. Never the network that somebody uses."""

import asyncio
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

import httpx
from stellar_sdk import Account, Asset, Keypair, SorobanServer, TransactionBuilder, TransactionEnvelope
from stellar_sdk.soroban_rpc import GetTransactionStatus

from tenor.chain.deploy import Plan, deploy, read_wasm
from tenor.chain.keys import PlatformKeys, ensure_keys
from tenor.ledger import calls
from tenor.settings import STANDALONE, load
from tenor.up.localnet import localnet_binary
from tenor.up.start import wasm_folder
from tenor.world import Deployment

INTERVAL_MS = 1_000
DAY = 86_400
USDC = 10**7
_OPERATIONS_MAX, _SIGNATURES_MAX = 100, 20


class Net:
    """One process of tenor-localnet with mainnet's limits; a context manager."""

    def __init__(self, *, close: str, options: tuple[str, ...] = ()) -> None:
        self._close, self._options = close, options

    def __enter__(self) -> Self:
        command = [localnet_binary(), "--port", "0", "--close", self._close, *self._options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found, "localnet said no address"
        self.base = found[0].rstrip("/")
        self.server = SorobanServer(f"{self.base}/rpc")
        return self

    def __exit__(self, *_: object) -> None:
        self.server.close()
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def set_close(self, close: str | int) -> None:
        httpx.post(f"{self.base}/control/mode", json={"close": close}).raise_for_status()

    def closed_at(self) -> int:
        return self.server.get_latest_ledger().close_time

    def builder(self, source: str | Account) -> TransactionBuilder:
        account = self.server.load_account(source) if isinstance(source, str) else source
        return TransactionBuilder(account, STANDALONE, base_fee=10_000).add_time_bounds(0, self.closed_at() + 3_600)

    def apply(self, envelope: TransactionEnvelope, *signers: Keypair, contract: bool = False) -> None:
        """Send one transaction of the set-up and wait for it."""
        ready = self.server.prepare_transaction(envelope) if contract else envelope
        for signer in signers:
            ready.sign(signer)
        sent = self.server.send_transaction(ready)
        while (found := self.server.get_transaction(sent.hash)).status == GetTransactionStatus.NOT_FOUND:
            time.sleep(0.01)
        assert found.status == GetTransactionStatus.SUCCESS, found.result_xdr

    def accounts(self, count: int) -> list[Keypair]:
        """New accounts with 100 XLM each, from the network's root account."""
        root = Keypair.from_raw_ed25519_seed(sha256(STANDALONE.encode()).digest())
        made = [Keypair.random() for _ in range(count)]
        for start in range(0, count, _OPERATIONS_MAX):
            builder = self.builder(root.public_key)
            for wallet in made[start : start + _OPERATIONS_MAX]:
                builder.append_create_account_op(wallet.public_key, "100")
            self.apply(builder.build(), root)
        return made


@dataclass
class Market:
    """A deployment with one invoice that is open for funding, and investors with USDC."""

    deployment: Deployment
    keys: PlatformKeys
    investors: list[Keypair]
    invoice: str
    terms_hash: bytes


def open_market(net: Net, investors: int) -> Market:
    with tempfile.TemporaryDirectory() as folder:
        settings = load(
            {
                "TENOR_DATA": folder,
                "DATABASE_URL": "postgresql://unused",
                "REDIS_URL": "redis://unused",
                "RPC_URL": f"{net.base}/rpc",
                "FRIENDBOT_URL": f"{net.base}/friendbot",
            }
        )
        keys = ensure_keys(settings.keys_file)
        plan = Plan(wasm=read_wasm(wasm_folder()))
        deployment = asyncio.run(deploy(settings, keys, plan, say=lambda _: None)).deployment
    wallets = net.accounts(investors)
    asset = Asset("USDC", keys.issuer.public_key)
    for start in range(0, investors, _SIGNATURES_MAX):
        group = wallets[start : start + _SIGNATURES_MAX]
        builder = net.builder(group[0].public_key)
        for wallet in group:
            builder.append_change_trust_op(asset, source=wallet.public_key)
        net.apply(builder.build(), *group)
    for start in range(0, investors, _OPERATIONS_MAX):
        builder = net.builder(keys.issuer.public_key)
        for wallet in wallets[start : start + _OPERATIONS_MAX]:
            builder.append_payment_op(wallet.public_key, asset, "1000")
        net.apply(builder.build(), keys.issuer)
    invoice, terms_hash = _list_invoice(net, deployment, keys)
    return Market(deployment, keys, wallets, invoice, terms_hash)


def _list_invoice(net: Net, deployment: Deployment, keys: PlatformKeys) -> tuple[str, bytes]:
    seller, debtor = net.accounts(2)
    operator, now = keys.roles["operator"], net.closed_at()
    terms = calls.Terms(
        asset=deployment.assets[0].contract,
        advance=1_000_000 * USDC,
        claim=1_010_000 * USDC,
        face=1_100_000 * USDC,
        funding_deadline=now + 30 * DAY,
        due=now + 60 * DAY,
        accrual=calls.Accrual.LINEAR,
        min_earned_days=7,
        late_bps_per_day=5,
        late_days_max=90,
        grace_days=30,
        origination_fee_bps=100,
        profit_fee_bps=1_000,
        min_ticket=USDC,
        min_payment=USDC,
        recourse=False,
        restricted=False,
        document="00" * 32,
    )
    reference = sha256(b"bench").hexdigest()
    identity = calls.chain_id(seller.public_key, reference)
    allowed = calls.set_allowed(deployment.escrow, account=seller.public_key, allowed=True)
    created = calls.create_escrow(deployment.escrow, seller=seller.public_key, reference=reference, terms=terms)
    attested = calls.attest(
        deployment.escrow, identity, debtor=debtor.public_key, debtor_key="11" * 32, fingerprint="22" * 32
    )
    for call, signer in ((allowed, operator), (created, seller), (attested, operator)):
        net.apply(invocation(net.builder(signer.public_key), call), signer, contract=True)
    return identity, calls.terms_hash(terms)


def invocation(builder: TransactionBuilder, call: calls.Invocation) -> TransactionEnvelope:
    return builder.append_invoke_contract_function_op(call.contract, call.function, list(call.args)).build()


def fund(market: Market, investor: Keypair) -> calls.Invocation:
    return calls.fund_escrow(
        market.deployment.escrow,
        market.invoice,
        investor=investor.public_key,
        max_units=10 * USDC,
        min_units=10 * USDC,
        terms_hash=market.terms_hash,
    )


def transfer(token: str, sender: Keypair, receiver: Keypair) -> calls.Invocation:
    return calls.transfer(token, sender=sender.public_key, receiver=receiver.public_key, units=1)


async def applied_per_second(net: Net, envelopes: list[str]) -> float:
    """Send all at once, wait until the last is in a ledger; transactions over seconds."""
    limits = httpx.Limits(max_connections=32, max_keepalive_connections=32)
    async with httpx.AsyncClient(base_url=net.base, limits=limits, timeout=120) as client:

        async def ask(method: str, **params: Any) -> dict[str, Any]:
            body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
            answer = await client.post("/rpc", content=body, headers={"Content-Type": "application/json"})
            result: dict[str, Any] = answer.json()["result"]
            return result

        async def send(envelope: str) -> str:
            while True:
                answer = await ask("sendTransaction", transaction=envelope)
                if answer["status"] == "PENDING":
                    return str(answer["hash"])
                assert answer["status"] == "TRY_AGAIN_LATER", answer
                await asyncio.sleep(0.05)

        closed: dict[int, float] = {}

        async def watch() -> None:
            while True:
                newest = (await ask("getLatestLedger"))["sequence"]
                closed.setdefault(newest, time.perf_counter())
                await asyncio.sleep(0.02)

        watching = asyncio.create_task(watch())
        began = time.perf_counter()
        hashes = await asyncio.gather(*(send(envelope) for envelope in envelopes))
        ledgers = [await _ledger_of(ask, one) for one in hashes]
        watching.cancel()
        return len(envelopes) / (closed[max(ledgers)] - began)


async def _ledger_of(ask: Callable[..., Awaitable[dict[str, Any]]], tx_hash: str) -> int:
    while (found := await ask("getTransaction", hash=tx_hash))["status"] == "NOT_FOUND":  # noqa: ASYNC110 - a node decides
        await asyncio.sleep(0.1)
    assert found["status"] == "SUCCESS", found
    return int(found["ledger"])


def ready(net: Net, signer: Keypair, call: calls.Invocation, sequence: int) -> str:
    """Simulated, assembled and signed; with the sequence that the account will have."""
    envelope = invocation(net.builder(Account(signer.public_key, sequence)), call)
    prepared = net.server.prepare_transaction(envelope)
    prepared.sign(signer)
    return str(prepared.to_xdr())


def sequence_of(net: Net, wallet: Keypair) -> int:
    return int(net.server.load_account(wallet.public_key).sequence)
