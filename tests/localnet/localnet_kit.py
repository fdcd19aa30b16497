"""A running local network for a test, and the few moves every test makes on it through the official SDK."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contract_wasm import assemble
from openrpc import Description
from stellar_sdk import (
    Account,
    Asset,
    FeeBumpTransactionEnvelope,
    Keypair,
    Network,
    SorobanServer,
    StrKey,
    TransactionBuilder,
    TransactionEnvelope,
    scval,
    xdr,
)
from stellar_sdk.client.requests_client import RequestsClient
from stellar_sdk.client.response import Response
from stellar_sdk.soroban_rpc import GetTransactionResponse, SendTransactionResponse

REPOSITORY = Path(__file__).parent.parent.parent
WASM = assemble()
DESCRIPTION = Description((REPOSITORY / "localnet" / "openrpc.json").read_text())


class CheckedClient(RequestsClient):
    """What the SDK asks with, looking over its shoulder."""

    def post(self, url: str, data: Any = None, json_data: Any = None) -> Response:
        response = super().post(url, data, json_data)
        answer = response.json()
        if json_data is not None and "result" in answer:
            DESCRIPTION.check(json_data["method"], answer["result"])
        return response


def binary() -> Path:
    """The binary under test: TENOR_LOCALNET, else the one that cargo built."""
    named = os.environ.get("TENOR_LOCALNET")
    if named:
        return Path(named)
    target = os.environ.get("CARGO_TARGET_DIR", "")
    for folder in [Path(target), REPOSITORY / "target"] if target else [REPOSITORY / "target"]:
        built = folder / "localnet" / "tenor-localnet"
        if built.exists():
            return built
    raise FileNotFoundError("tenor-localnet is not built: cargo build --profile localnet -p tenor-localnet")


@dataclass
class Net:
    """One network in one process; `stop` ends it and `start` brings it back on the same port and data."""

    options: Sequence[str] = ("--close", "instant")
    port: int = 0
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    url: str = ""

    def start(self) -> "Net":
        self.process = subprocess.Popen(
            [str(binary()), "--port", str(self.port), *self.options], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])
        return self

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        code = self.process.wait(timeout=30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return code

    @property
    def server(self) -> SorobanServer:
        """The SDK's client; every answer it gets is also held against our own description."""
        return SorobanServer(self.url + "/rpc", CheckedClient())

    def http(self, path: str, body: Any = None, *, raw: bytes | None = None) -> tuple[int, Any]:
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                status, text = refused.code, refused.read()
        return status, json.loads(text) if text else None

    def rpc(self, method: str, params: Any = None) -> Any:
        _, answer = self.http("/rpc", {"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        if "result" in answer:
            DESCRIPTION.check(method, answer["result"])
        return answer

    def control(self, path: str, **body: Any) -> Any:
        status, answer = self.http("/control/" + path, body)
        assert status == 200, answer
        return answer

    def fund(self, address: str) -> Any:
        return self.http("/friendbot?addr=" + address)

    def person(self) -> Keypair:
        keypair = Keypair.random()
        status, answer = self.fund(keypair.public_key)
        assert status == 200, answer
        return keypair

    def account(self, keypair: Keypair) -> Account:
        return self.server.load_account(keypair.public_key)

    def builder(self, source: Keypair, *, fee: int = 100, timeout: int = 300) -> TransactionBuilder:
        builder = TransactionBuilder(self.account(source), Network.STANDALONE_NETWORK_PASSPHRASE, base_fee=fee)
        # Bounds follow the ledger's clock, which tests move.
        latest = self.server.get_latest_ledger().close_time
        return builder.add_time_bounds(0, latest + timeout)

    def send(self, envelope: TransactionEnvelope | FeeBumpTransactionEnvelope) -> SendTransactionResponse:
        return self.server.send_transaction(envelope)

    def wait(self, tx_hash: str) -> GetTransactionResponse:
        return self.server.poll_transaction(tx_hash, max_attempts=100, sleep_strategy=lambda _: 0.1)

    def submit(self, builder: TransactionBuilder, *signers: Keypair, prepare: bool = False) -> GetTransactionResponse:
        envelope = builder.build()
        if prepare:
            envelope = self.server.prepare_transaction(envelope)
        for signer in signers:
            envelope.sign(signer)
        sent = self.send(envelope)
        assert sent.status.value == "PENDING", (sent, error_code(sent))
        return self.wait(sent.hash)

    def upload(self, source: Keypair, wasm: bytes = WASM) -> bytes:
        done = self.submit(self.builder(source).append_upload_contract_wasm_op(wasm), source, prepare=True)
        assert done.status.value == "SUCCESS", result_of(done)
        return scval.from_bytes(return_value(done))

    def deploy(self, source: Keypair, wasm: bytes = WASM) -> str:
        wasm_id = self.upload(source, wasm)
        builder = self.builder(source).append_create_contract_op(wasm_id, source.public_key)
        done = self.submit(builder, source, prepare=True)
        assert done.status.value == "SUCCESS", result_of(done)
        return scval.from_address(return_value(done)).address

    def deploy_asset(self, source: Keypair, asset: Asset) -> str:
        builder = self.builder(source).append_create_stellar_asset_contract_from_asset_op(asset)
        done = self.submit(builder, source, prepare=True)
        assert done.status.value == "SUCCESS", result_of(done)
        return scval.from_address(return_value(done)).address

    def call(
        self, source: Keypair, contract: str, function: str, args: Sequence[xdr.SCVal] = (), *signers: Keypair
    ) -> GetTransactionResponse:
        builder = self.builder(source).append_invoke_contract_function_op(contract, function, list(args))
        return self.submit(builder, source, *signers, prepare=True)


def meta_of(done: GetTransactionResponse) -> xdr.TransactionMetaV4:
    assert done.result_meta_xdr is not None
    meta = xdr.TransactionMeta.from_xdr(done.result_meta_xdr).v4
    assert meta is not None
    return meta


def return_value(done: GetTransactionResponse) -> xdr.SCVal:
    soroban = meta_of(done).soroban_meta
    assert soroban is not None
    assert soroban.return_value is not None
    return soroban.return_value


def result_of(done: GetTransactionResponse) -> xdr.TransactionResult:
    assert done.result_xdr is not None
    return xdr.TransactionResult.from_xdr(done.result_xdr)


def error_code(sent: SendTransactionResponse) -> str | None:
    if sent.error_result_xdr is None:
        return None
    return xdr.TransactionResult.from_xdr(sent.error_result_xdr).result.code.name


def contract_data_key(contract: str, key: xdr.SCVal) -> xdr.LedgerKey:
    return xdr.LedgerKey(
        xdr.LedgerEntryType.CONTRACT_DATA,
        contract_data=xdr.LedgerKeyContractData(
            contract=xdr.SCAddress(
                xdr.SCAddressType.SC_ADDRESS_TYPE_CONTRACT,
                contract_id=xdr.ContractID(xdr.Hash(StrKey.decode_contract(contract))),
            ),
            key=key,
            durability=xdr.ContractDataDurability.PERSISTENT,
        ),
    )


def wait_until(condition: Any, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
