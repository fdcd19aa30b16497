#!/usr/bin/env python3
"""What calls cost on a ledger: the compiled contracts on a local network with the public network's settings.

Writes the part `localnet` of contracts/COSTS.md; `--check` ends with 1 where a call costs 2 % more than it says, takes
more than half of a network limit (pages, which are sized to the limits, excepted), or writes an entry without a reason.
"""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import get_args

import httpx
from stellar_sdk import Keypair, SorobanServer, TransactionBuilder, TransactionEnvelope, scval, xdr
from stellar_sdk.soroban_rpc import GetTransactionResponse, GetTransactionStatus

from tenor.chain.deploy import Plan, deploy, read_wasm
from tenor.chain.keys import ensure_keys
from tenor.ledger import calls, offers, streams
from tenor.settings import STANDALONE, load
from tenor.up.localnet import localnet_binary
from tenor.up.start import wasm_folder
from tenor.world import PlatformRole

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "contracts" / "COSTS.md"
FROM, TO = "<!-- localnet -->\n", "<!-- end localnet -->\n"
DAY, USDC = 86_400, 10**7
INCLUSION = 100
HOLDERS = 30
ROOM = 0.02
"""Of what is committed; more is a change that belongs into the table."""

HEAD = f"""## On a ledger

Each call once on the local network with the public network's settings and limits, signed by the account that
sends it: what its metrics say, and the fee that was charged (instructions, entries, bytes, events and rent;
without the {INCLUSION} stroops of inclusion). Entries are those of the footprint, code
included. `python scripts/costs.py` writes this part, and `make test` compares.

| call | instructions | memory bytes | entries read | entries written | bytes written | event bytes | stroops |
|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Cost:
    instructions: int
    memory_bytes: int
    entries_read: int
    entries_written: int
    bytes_written: int
    event_bytes: int
    fee_stroops: int


LIMITS = Cost(400_000_000, 41_943_040, 400, 200, 132_096, 16_384, 2**62)
"""Of one transaction on the public network."""

PAY_IN = ("the payer's balance", "the escrow's balance")
SETTLING = ("the treasury's balance", "the seller's balance", "the debtor's limit", "the seller's limit")
PAYMENT = (
    "the invoice",
    "the payment, so that it is recorded once",
    *PAY_IN,
    "the distributor's balance",
    "the payout account",
    "the deposit, so that it is made once",
    "the token's totals: its index rises",
)
FUNDING = ("the invoice", "the holder", "the token's totals: supply", *PAY_IN)
WRITES: dict[str, tuple[str, ...]] = {
    "create_escrow": ("the invoice", "the share token", "its totals", "its payout account"),
    "attest": ("the invoice", "the debtor's limit", "the seller's limit", "the registry's fingerprint"),
    "acknowledge": ("the invoice",),
    "fund_escrow, first": FUNDING,
    "fund_escrow, second": FUNDING,
    "fund_escrow, completing": (
        *FUNDING,
        "the seller's balance",
        "the treasury's balance",
        "the registry's fingerprint",
    ),
    "transfer of shares": ("the giver", "the taker"),
    "approve on the share token": ("the allowance",),
    "offer": ("the offer",),
    "buy, all of an offer": (
        "the offer, gone",
        "the allowance",
        "the giver",
        "the taker",
        "the buyer's balance",
        "the seller's balance",
    ),
    "open_dispute": ("the invoice",),
    "resolve_dispute": ("the invoice",),
    "record_payment, part": PAYMENT,
    "claim": ("the holder", "the payout account", "the distributor's balance", "the holder's balance"),
    "record_payment, settling": (*PAYMENT, *SETTLING),
    "distribute, 3 holders": (
        "the payout account",
        "the distributor's balance",
        *("a holder", "the holder's balance") * 3,
    ),
    f"distribute, {HOLDERS} holders": (
        "the payout account",
        "the distributor's balance",
        *("a holder", "the holder's balance") * HOLDERS,
    ),
    "extend, 1 invoice": (),
    "set_limit": ("the limit",),
    "cancel_escrow": ("the invoice", "the debtor's limit", "the seller's limit", "the registry's fingerprint"),
    "refund": (
        "the invoice",
        "the holder",
        "the token's totals: supply",
        "the escrow's balance",
        "the holder's balance",
    ),
    "stream to a person": ("the stream", "the payer's balance", "the stream contract's balance"),
    "settle a stream": ("the stream", "the stream contract's balance", "the recipient's balance"),
    "for comparison: transfer of the asset alone": ("the giver's balance", "the taker's balance"),
    "for comparison: the same, called from a contract": ("the giver's balance", "the taker's balance"),
}
"""Why each entry is written: there is no reason too few and none too many, or the measurement fails."""


class Ledger:
    """A local network, the set of contracts on it, and people whose keys are the same in every run."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.server = SorobanServer(f"{base}/rpc")
        self.costs: dict[str, Cost] = {}
        with tempfile.TemporaryDirectory() as folder:
            settings = load(
                {
                    "TENOR_DATA": folder,
                    "RPC_URL": f"{base}/rpc",
                    "FRIENDBOT_URL": f"{base}/friendbot",
                    "DATABASE_URL": "postgresql://unused",
                    "REDIS_URL": "redis://unused",
                }
            )
            roles: tuple[PlatformRole, ...] = get_args(PlatformRole)
            made = {role: person(role) for role in roles}
            self.keys = replace(ensure_keys(settings.keys_file), roles=made, issuer=person("issuer"))
            plan = Plan(wasm=read_wasm(wasm_folder()))
            self.here = asyncio.run(deploy(settings, self.keys, plan, say=lambda _: None)).deployment

    def builder(self, source: Keypair) -> TransactionBuilder:
        account = self.server.load_account(source.public_key)
        return TransactionBuilder(account, STANDALONE, base_fee=INCLUSION).add_time_bounds(0, 0)

    def apply(self, envelope: TransactionEnvelope, *signers: Keypair, call: bool = True) -> GetTransactionResponse:
        ready = self.server.prepare_transaction(envelope) if call else envelope
        for signer in signers:
            ready.sign(signer)
        sent = self.server.send_transaction(ready)
        found = self.server.poll_transaction(sent.hash, max_attempts=600, sleep_strategy=lambda _: 0.05)
        assert found.status == GetTransactionStatus.SUCCESS, (sent, found.result_xdr)
        return found

    def do(self, name: str | None, signer: Keypair, call: calls.Invocation) -> None:
        """One call; its cost is noted under `name`."""
        builder = self.builder(signer)
        builder.append_invoke_contract_function_op(call.contract, call.function, list(call.args))
        done = self.apply(builder.build(), signer)
        if name is not None:
            assert name not in self.costs, name
            self.costs[name] = cost_of(done)

    def deploy(self, source: Keypair, wasm: bytes) -> str:
        self.apply(self.builder(source).append_upload_contract_wasm_op(wasm).build(), source)
        builder = self.builder(source).append_create_contract_op(
            sha256(wasm).digest(), source.public_key, salt=bytes(32)
        )
        self.apply(builder.build(), source)
        return calls.contract_address(source.public_key, bytes(32), STANDALONE)

    def people(self, *names: str) -> list[Keypair]:
        """Accounts that hold a million USDC."""
        made = [person(name) for name in names]
        code = f"USDC:{self.keys.issuer.public_key}"
        for wallet in made:
            given = {"address": wallet.public_key, "asset": code, "amount": "1000000"}
            httpx.post(f"{self.base}/control/fund", json=given).raise_for_status()
            httpx.get(f"{self.base}/friendbot", params={"addr": wallet.public_key})
        return made

    def now(self) -> int:
        return int(self.server.get_latest_ledger().close_time)

    def terms(self) -> calls.Terms:
        now = self.now()
        return calls.Terms(
            asset=self.here.assets[0].contract,
            advance=900 * USDC,
            claim=945 * USDC,
            face=1_000 * USDC,
            funding_deadline=now + 14 * DAY,
            due=now + 60 * DAY,
            accrual=calls.Accrual.FLAT,
            min_earned_days=0,
            late_bps_per_day=5,
            late_days_max=30,
            grace_days=20,
            origination_fee_bps=100,
            profit_fee_bps=1_000,
            min_ticket=USDC,
            min_payment=USDC,
            recourse=False,
            restricted=False,
            document="07" * 32,
        )


def person(name: str) -> Keypair:
    return Keypair.from_raw_ed25519_seed(sha256(f"costs:{name}".encode()).digest())


def cost_of(done: GetTransactionResponse) -> Cost:
    """From the metrics that the network leaves among the diagnostic events, and the fees in the meta."""
    meta = xdr.TransactionMeta.from_xdr(done.result_meta_xdr or "").v4
    assert meta is not None
    assert meta.soroban_meta is not None
    fees = meta.soroban_meta.ext.v1
    assert fees is not None
    transaction = xdr.TransactionEnvelope.from_xdr(done.envelope_xdr or "").v1
    assert transaction is not None
    assert transaction.tx.ext.soroban_data is not None
    footprint = transaction.tx.ext.soroban_data.resources.footprint
    told: dict[str, int] = {}
    for event in meta.diagnostic_events:
        topics = [topic.sym.sc_symbol.decode() for topic in event.event.body.v0.topics if topic.sym is not None]  # type: ignore[union-attr]
        if topics[:1] == ["core_metrics"]:
            told[topics[1]] = scval.to_native(event.event.body.v0.data)  # type: ignore[union-attr,assignment]
    return Cost(
        instructions=told["cpu_insn"],
        memory_bytes=told["mem_byte"],
        entries_read=len(footprint.read_only) + len(footprint.read_write),
        entries_written=len(footprint.read_write),
        bytes_written=told["ledger_write_byte"],
        event_bytes=told["emit_event_byte"],
        fee_stroops=fees.total_non_refundable_resource_fee_charged.int64
        + fees.total_refundable_resource_fee_charged.int64,
    )


@contextmanager
def local_network() -> Iterator[str]:
    command = [localnet_binary(), "--port", "0", "--close", "instant", "--limits", "mainnet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the local network said no address"
        yield found[0].rstrip("/")
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def measure() -> dict[str, Cost]:
    """The life of an invoice, with everything that can happen around it."""
    with local_network() as base:
        ledger = Ledger(base)
        seller, debtor, *investors = ledger.people("seller", "debtor", "one", "two", "three")
        token = life(ledger, seller, debtor, investors)
        trade(ledger, token, investors)
        finish(ledger, token, debtor, investors)
        other_ends(ledger, seller, debtor, investors)
        beside(ledger, investors)
        page(ledger, seller, debtor, investors[0])
        return ledger.costs


def listed(
    ledger: Ledger, seller: Keypair, debtor: Keypair, number: int, *, names: tuple[str | None, str | None]
) -> str:
    """An attested invoice; answers its id."""
    escrow, operator = ledger.here.escrow, ledger.keys.roles["operator"]
    reference = f"{number:064x}"
    invoice = calls.chain_id(seller.public_key, reference)
    created = calls.create_escrow(escrow, seller=seller.public_key, reference=reference, terms=ledger.terms())
    ledger.do(names[0], seller, created)
    said = {"debtor": debtor.public_key, "debtor_key": "11" * 32, "fingerprint": f"{number:064x}"}
    ledger.do(names[1], operator, calls.attest(escrow, invoice, **said))
    return invoice


def fund(ledger: Ledger, name: str | None, investor: Keypair, invoice: str, units: int) -> None:
    stored = calls.get_escrow(ledger.here.escrow, invoice)
    found = ledger.server.simulate_transaction(
        ledger.builder(investor)
        .append_invoke_contract_function_op(stored.contract, stored.function, list(stored.args))
        .build()
    )
    assert found.results is not None
    terms_hash = scval.to_native(found.results[0].xdr)["terms_hash"]  # type: ignore[call-overload,index]
    call = calls.fund_escrow(
        ledger.here.escrow,
        invoice,
        investor=investor.public_key,
        max_units=units,
        min_units=1,
        terms_hash=terms_hash,
    )
    ledger.do(name, investor, call)


def life(ledger: Ledger, seller: Keypair, debtor: Keypair, investors: list[Keypair]) -> str:
    """Listed, confirmed, funded by three, disputed and paid in part. Answers the share token."""
    escrow, roles = ledger.here.escrow, ledger.keys.roles
    ledger.do(None, roles["operator"], calls.set_allowed(escrow, account=seller.public_key, allowed=True))
    invoice = listed(ledger, seller, debtor, 1, names=("create_escrow", "attest"))
    ledger.do("acknowledge", debtor, calls.acknowledge(escrow, invoice))
    for place, (investor, units) in enumerate(zip(investors, (450, 300, 150), strict=True)):
        name = f"fund_escrow, {('first', 'second', 'completing')[place]}"
        fund(ledger, name, investor, invoice, units * USDC)
    token = calls.token_address(escrow, invoice, STANDALONE)
    sent = calls.transfer(token, sender=investors[0].public_key, receiver=investors[1].public_key, units=USDC)
    ledger.do("transfer of shares", investors[0], sent)
    disputed = calls.open_dispute(escrow, invoice, by=debtor.public_key, reason="09" * 32)
    ledger.do("open_dispute", debtor, disputed)
    ledger.do("resolve_dispute", roles["resolver"], calls.resolve_dispute(escrow, invoice, reduction_units=None))
    ledger.do("record_payment, part", debtor, payment(ledger, invoice, debtor, 500, 1))
    return token


def payment(ledger: Ledger, invoice: str, payer: Keypair, units: int, number: int) -> calls.Invocation:
    told = {"payer": payer.public_key, "units": units * USDC, "payment_id": f"{number:064x}"}
    return calls.record_payment(ledger.here.escrow, invoice, **told)


def trade(ledger: Ledger, token: str, investors: list[Keypair]) -> None:
    seller, buyer = investors[0], investors[2]
    market, reference = ledger.here.market or "", "05" * 32
    until = ledger.server.get_latest_ledger().sequence + 10_000
    shares = {"market": market, "seller": seller.public_key, "shares": 10 * USDC}
    ledger.do("approve on the share token", seller, offers.allow(token, **shares, live_until_ledger=until))
    invoice = calls.chain_id(person("seller").public_key, f"{1:064x}")
    ask = offers.Ask(invoice, 10 * USDC, 10 * USDC, ledger.here.assets[0].contract, ledger.now() + DAY, None)
    made = offers.offer(market, seller=seller.public_key, reference=reference, ask=ask)
    ledger.do("offer", seller, made)
    info = ledger.server.get_contract_data(token, scval.to_vec([scval.to_symbol("Totals")]))
    assert info is not None
    totals = scval.to_native(xdr.LedgerEntryData.from_xdr(info.xdr).contract_data.val)  # type: ignore[union-attr]
    identity = offers.offer_id(seller=seller.public_key, reference=reference, ask=ask, index=totals[1])  # type: ignore[index]
    bought = offers.buy(market, identity, buyer=buyer.public_key, shares=10 * USDC, max_price_units=10 * USDC)
    ledger.do("buy, all of an offer", buyer, bought)


def finish(ledger: Ledger, token: str, debtor: Keypair, investors: list[Keypair]) -> None:
    invoice = calls.chain_id(person("seller").public_key, f"{1:064x}")
    distributor, escrow, stranger = ledger.here.distributor, ledger.here.escrow, debtor
    ledger.do("claim", stranger, calls.claim(distributor, token=token, holder=investors[0].public_key))
    ledger.do("record_payment, settling", debtor, payment(ledger, invoice, debtor, 500, 2))
    three = [holder.public_key for holder in investors]
    ledger.do("distribute, 3 holders", stranger, calls.distribute(distributor, token=token, holders=three))
    ledger.do("extend, 1 invoice", stranger, calls.extend(escrow, [invoice]))


def other_ends(ledger: Ledger, seller: Keypair, debtor: Keypair, investors: list[Keypair]) -> None:
    """An invoice that is cancelled and refunded, and a limit for the next."""
    escrow, admin = ledger.here.escrow, ledger.keys.roles["admin"]
    subject = calls.investor_limit(investors[1].public_key)
    ledger.do("set_limit", admin, calls.set_limit(escrow, subject, most=5_000))
    invoice = listed(ledger, seller, debtor, 2, names=(None, None))
    fund(ledger, None, investors[0], invoice, 100 * USDC)
    ledger.do("cancel_escrow", admin, calls.cancel_escrow(escrow, invoice, by=admin.public_key))
    ledger.do("refund", debtor, calls.refund(escrow, invoice, holder=investors[0].public_key))


def beside(ledger: Ledger, investors: list[Keypair]) -> None:
    """A stream to a person, and the bare transfer that the goals are measured against."""
    payer, worker, third = investors
    asset, at = ledger.here.assets[0].contract, ledger.here.stream or ""
    plan = streams.Plan(streams.ToAccount(worker.public_key), asset, 100 * USDC, 0, ledger.now() + DAY)
    reference = "06" * 32
    opened = streams.create(at, payer=payer.public_key, reference=reference, plan=plan)
    ledger.do("stream to a person", payer, opened)
    httpx.post(f"{ledger.base}/control/clock", json={"advance_seconds": 3_600}).raise_for_status()
    ledger.do("settle a stream", third, streams.settle(at, streams.stream_id(payer.public_key, reference)))
    sent = calls.transfer(asset, sender=payer.public_key, receiver=worker.public_key, units=USDC)
    ledger.do("for comparison: transfer of the asset alone", payer, sent)
    passes_on = ledger.deploy(payer, passing_on())
    asked = calls.Invocation(passes_on, "pass", (sent.args[0], scval.to_address(asset), scval.to_vec(list(sent.args))))
    ledger.do("for comparison: the same, called from a contract", payer, asked)


def page(ledger: Ledger, seller: Keypair, debtor: Keypair, investor: Keypair) -> None:
    invoice = listed(ledger, seller, debtor, 3, names=(None, None))
    fund(ledger, None, investor, invoice, 900 * USDC)
    token = calls.token_address(ledger.here.escrow, invoice, STANDALONE)
    holders = [holder.public_key for holder in ledger.people(*(f"holder {n}" for n in range(HOLDERS)))]
    for holder in holders:
        ledger.do(None, investor, calls.transfer(token, sender=investor.public_key, receiver=holder, units=USDC))
    ledger.do(None, debtor, payment(ledger, invoice, debtor, 500, 3))
    paged = calls.distribute(ledger.here.distributor, token=token, holders=holders)
    ledger.do(f"distribute, {HOLDERS} holders", debtor, paged)


def passing_on() -> bytes:
    """A contract of one function: `pass(from, token, args)` asks `from` and calls the token's `transfer`, no more."""
    alphabet = "_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    symbol = 0
    for letter in "transfer":
        symbol = symbol << 6 | alphabet.index(letter) + 1
    tagged = symbol << 8 | 14

    def signed(value: int) -> bytes:
        out = bytearray()
        while True:
            low, value = value & 0x7F, value >> 7
            if value == 0 and not low & 0x40:
                return bytes([*out, low])
            out.append(low | 0x80)

    def section(kind: int, body: bytes) -> bytes:
        return bytes([kind, len(body)]) + body  # A length of one byte; nothing here is longer.

    body = b"\x00\x20\x00\x10\x01\x1a\x20\x01\x42" + signed(tagged) + b"\x20\x02\x10\x00\x0b"
    meta = b"\x11contractenvmetav0" + bytes(4) + (26).to_bytes(4, "big") + bytes(4)
    return b"".join(
        (
            b"\0asm\x01\0\0\0",
            section(1, b"\x02\x60\x03\x7e\x7e\x7e\x01\x7e\x60\x01\x7e\x01\x7e"),
            section(2, b"\x02\x01d\x01_\x00\x00\x01a\x010\x00\x01"),
            section(3, b"\x01\x00"),
            section(7, b"\x01\x04pass\x00\x02"),
            section(10, b"\x01" + bytes([len(body)]) + body),
            section(0, meta),
        )
    )


def committed() -> dict[str, Cost]:
    part = TABLE.read_text().partition(FROM)[2].partition(TO)[0]
    rows = (re.split(r" \| ", line.strip("| \n")) for line in part.splitlines())
    return {name: Cost(*map(int, numbers)) for name, *numbers in rows if numbers and numbers[0].isdigit()}


def faults(found: dict[str, Cost], before: dict[str, Cost]) -> list[str]:
    """Sentences about what is dearer than committed, above half of a limit, or written without a reason."""
    told = [] if found.keys() == before.keys() else ["The calls are not those of the table; write it again."]
    for name, cost in found.items():
        if cost.entries_written != len(WRITES[name]):
            told.append(f"{name} writes {cost.entries_written} entries and has {len(WRITES[name])} reasons.")
        share = 1 if name.startswith("distribute") else 2
        for what, now, most in zip(Cost.__dataclass_fields__, astuple(cost), astuple(LIMITS), strict=True):
            if now * share > most:
                told.append(f"{name}: {now} {what} is more than 1/{share} of the network's {most}.")
        if name in before:
            for what, now, was in zip(Cost.__dataclass_fields__, astuple(cost), astuple(before[name]), strict=True):
                if now > was + was * ROOM + 1:
                    told.append(f"{name}: {was} {what} became {now}.")
    return told


def table(found: dict[str, Cost]) -> str:
    rows = "".join(f"| {name} | {' | '.join(map(str, astuple(cost)))} |\n" for name, cost in found.items())
    reasons = "".join(f"- {name}: {_reasons(name)}.\n" for name in found if "comparison" not in name)
    return f"{FROM}{HEAD}{rows}\nEvery written entry has a reason, and the measurement counts them:\n\n{reasons}{TO}"


def _reasons(name: str) -> str:
    """Once each, with how often where it is more."""
    counted = Counter(WRITES[name])
    told = (reason if count == 1 else f"{reason}, {count} times" for reason, count in counted.items())
    return "; ".join(told) or "nothing"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when a call costs more than committed")
    checks = parser.parse_args().check
    found = measure()
    told = faults(found, committed() if checks else found)
    for sentence in told:
        print(sentence)
    if not checks and not told:
        whole = TABLE.read_text()
        before, _, rest = whole.partition(FROM)
        after = rest.partition(TO)[2]
        TABLE.write_text(f"{before}{'' if rest else chr(10)}{table(found)}{after}")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
