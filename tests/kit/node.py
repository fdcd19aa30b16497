"""A node whose network we steer: transactions are accepted, included or die; events are handed out as they were put.

Models a transaction's life and nothing that a contract does: every call succeeds, unless the test says otherwise.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import uvicorn
from stellar_sdk import FeeBumpTransactionEnvelope, Keypair, StrKey, TransactionEnvelope, xdr

from tenor.ledger.events import RawEvent

PASSPHRASE = "Standalone Network ; February 2017"


class Refused(Exception):
    """A JSON-RPC error."""

    def __init__(self, code: int, message: str, data: object = None) -> None:
        super().__init__(message)
        self.code, self.message, self.data = code, message, data


@dataclass
class Included:
    ledger: int
    closed_at: int
    success: bool


@dataclass
class Node:
    passphrase: str = PASSPHRASE
    url: str = ""
    ledger: int = 100
    closed_at: int = 1_800_000_000
    oldest: int = 1
    accounts: dict[str, int] = field(default_factory=dict)
    """Address -> sequence number."""
    pending: dict[str, TransactionEnvelope] = field(default_factory=dict)
    """Hash that was handed over -> the transaction itself, without its fee bump."""
    included: dict[str, Included] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)
    """Hash of every transaction that was handed over, in order."""
    events: list[RawEvent] = field(default_factory=list)
    simulation_error: str | None = None
    fails_on_ledger: set[str] = field(default_factory=set)
    """Hashes that will be included and fail."""
    fault: Callable[[str, dict[str, Any]], Any] | None = None
    """Called with (method, params) before the answer; returns None, or the whole body to answer (bytes)."""
    after: Callable[[str, dict[str, Any]], Any] | None = None
    """The same after the method has been carried out: an answer that gets lost."""
    asked: list[str] = field(default_factory=list)
    version: str = "28.0.0"
    page_scan: int = 10_000
    ledgers_oldest: int | None = None
    """Of `getLedgers`, which some nodes keep longer than events; as `oldest` unless it is given."""
    history: str = "true"
    """What this node's ledger hashes are made of: nodes with another word lie, or serve another network."""
    requests: int = 0

    # --- the network

    def close(self, seconds: int = 5, *, ledgers: int = 1) -> None:
        """Ledgers close; what is pending and still valid is included in the first."""
        for _ in range(ledgers):
            self.ledger += 1
            self.closed_at += seconds
            for tx_hash, envelope in list(self.pending.items()):
                del self.pending[tx_hash]
                bounds = envelope.transaction.preconditions.time_bounds  # type: ignore[union-attr]
                source = envelope.transaction.source.account_id
                if self.closed_at > bounds.max_time or self.accounts[source] + 1 != envelope.transaction.sequence:
                    continue
                self.accounts[source] += 1
                success = tx_hash not in self.fails_on_ledger
                self.include(tx_hash, envelope, Included(self.ledger, self.closed_at, success))

    def include(self, tx_hash: str, envelope: TransactionEnvelope, included: Included) -> None:
        """Found by either hash when it came inside a fee bump (P16)."""
        self.included[tx_hash] = self.included[envelope.hash_hex()] = included

    # --- methods

    def get_network(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"passphrase": self.passphrase, "protocolVersion": 28}

    def get_version_info(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"version": self.version}

    def get_health(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"status": "healthy", "ledgerRetentionWindow": 120_960, **self._range(text=False)}

    def get_fee_stats(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"sorobanInclusionFee": {"p95": "250"}, "inclusionFee": {"p95": "100"}, "latestLedger": self.ledger}

    def get_ledger_entries(self, params: dict[str, Any]) -> dict[str, Any]:
        found = []
        for text in params["keys"]:
            entry = self._entry(xdr.LedgerKey.from_xdr(text))
            if entry is not None:
                found.append({"key": text, "xdr": entry.to_xdr(), "lastModifiedLedgerSeq": 1, "extXdr": "AAAAAA=="})
        return {"entries": found or None, "latestLedger": self.ledger}

    def simulate_transaction(self, params: dict[str, Any]) -> dict[str, Any]:
        if self.simulation_error is not None:
            return {"latestLedger": self.ledger, "error": self.simulation_error}
        resources = xdr.SorobanResources(
            xdr.LedgerFootprint([], []), xdr.Uint32(1_000_000), xdr.Uint32(100), xdr.Uint32(100)
        )
        data = xdr.SorobanTransactionData(xdr.SorobanTransactionDataExt(0), resources, xdr.Int64(50_000))
        void = xdr.SCVal(xdr.SCValType.SCV_VOID).to_xdr()
        return {
            "latestLedger": self.ledger,
            "minResourceFee": "50000",
            "transactionData": data.to_xdr(),
            "results": [{"xdr": void, "auth": []}],
        }

    def send_transaction(self, params: dict[str, Any]) -> dict[str, Any]:
        tx_hash, envelope = opened(params["transaction"], self.passphrase)
        self.received.append(tx_hash)
        answer = {"hash": tx_hash, "latestLedger": self.ledger, "latestLedgerCloseTime": str(self.closed_at)}
        if tx_hash in self.included:
            return answer | {"status": "TRY_AGAIN_LATER"}
        if tx_hash in self.pending:
            return answer | {"status": "DUPLICATE"}
        if self.accounts[envelope.transaction.source.account_id] + 1 != envelope.transaction.sequence:
            return answer | {"status": "ERROR", "errorResultXdr": result_xdr(xdr.TransactionResultCode.txBAD_SEQ)}
        self.pending[tx_hash] = envelope
        return answer | {"status": "PENDING"}

    def get_transaction(self, params: dict[str, Any]) -> dict[str, Any]:
        found = self.included.get(params["hash"])
        answer = {"txHash": params["hash"], **self._range(text=True)}
        if found is None:
            return answer | {"status": "NOT_FOUND"}
        code = xdr.TransactionResultCode.txSUCCESS if found.success else xdr.TransactionResultCode.txFAILED
        return answer | {
            "status": "SUCCESS" if found.success else "FAILED",
            "ledger": found.ledger,
            "createdAt": str(found.closed_at),
            "resultXdr": result_xdr(code),
        }

    def get_ledgers(self, params: dict[str, Any]) -> dict[str, Any]:
        start, limit = params["startLedger"], params["pagination"]["limit"]
        oldest = self.oldest if self.ledgers_oldest is None else self.ledgers_oldest
        if not oldest <= start <= self.ledger:
            raise Refused(-32600, f"startLedger must be within the ledger range: {oldest} - {self.ledger}")
        found = [
            {
                "sequence": number,
                "hash": sha256(f"{self.history} {number}".encode()).hexdigest(),
                "ledgerCloseTime": str(self.closed_at - 5 * (self.ledger - number)),
                "metadataXdr": "",
            }
            for number in range(start, min(self.ledger, start + limit - 1) + 1)
        ]
        return {
            "ledgers": found,
            "cursor": str(found[-1]["sequence"]),
            **self._range(text=False),
            "oldestLedger": oldest,
        }

    def get_events(self, params: dict[str, Any]) -> dict[str, Any]:
        limit, cursor = params["pagination"]["limit"], params["pagination"].get("cursor")
        start = int(cursor.split("-")[0]) >> 32 if cursor else params["startLedger"]
        if not self.oldest <= start <= self.ledger:
            raise Refused(-32600, f"startLedger must be within the ledger range: {self.oldest} - {self.ledger}")
        end = min(self.ledger + 1, start + self.page_scan)
        wanted = [e for e in self.events if start <= e.ledger < end and (cursor is None or e.id > cursor)]
        page = sorted(wanted, key=lambda event: event.id)[:limit]
        position = page[-1].id if len(page) == limit else f"{(end << 32) - 1:019d}-4294967295"
        events = [
            {
                "type": "contract",
                "id": e.id,
                "ledger": e.ledger,
                "ledgerClosedAt": datetime.fromtimestamp(e.closed_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "contractId": e.contract,
                "txHash": e.tx_hash,
                "topic": list(e.topics),
                "value": e.value,
            }
            for e in page
        ]
        return {"events": events, "cursor": position, **self._range(text=True)}

    # --- answers

    def _range(self, *, text: bool) -> dict[str, Any]:
        newest: Any = str(self.closed_at) if text else self.closed_at
        return {"latestLedger": self.ledger, "latestLedgerCloseTime": newest, "oldestLedger": self.oldest}

    def _entry(self, key: xdr.LedgerKey) -> xdr.LedgerEntryData | None:
        if key.account is not None:
            address = StrKey.encode_ed25519_public_key(key.account.account_id.account_id.ed25519.uint256)  # type: ignore[union-attr]
            return None if address not in self.accounts else account_entry(address, self.accounts[address])
        if key.config_setting is not None:
            return setting_entry(key.config_setting.config_setting_id)
        return None

    def answer(self, request: dict[str, Any]) -> bytes:
        method, params = request["method"], request.get("params") or {}
        self.asked.append(method)
        name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method)
        body = {"jsonrpc": "2.0", "id": request["id"]}
        if self.fault is not None and (given := self.fault(method, params)) is not None:
            return bytes(given)
        try:
            body["result"] = getattr(self, name)(params)
        except Refused as refused:
            body["error"] = {"code": refused.code, "message": refused.message, "data": refused.data}
        if self.after is not None and (given := self.after(method, params)) is not None:
            return bytes(given)
        return json.dumps(body).encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        self.requests += 1
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        answered = self.answer(json.loads(body))
        if answered == DROP:
            raise ConnectionResetError
        status = 503 if answered == BUSY else 200
        await send(
            {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]}
        )
        await send({"type": "http.response.body", "body": answered})


def opened(envelope_xdr: str, passphrase: str) -> tuple[str, TransactionEnvelope]:
    """The hash that was handed over, and the transaction itself."""
    if FeeBumpTransactionEnvelope.is_fee_bump_transaction_envelope(envelope_xdr):
        bump = FeeBumpTransactionEnvelope.from_xdr(envelope_xdr, passphrase)
        return bump.hash_hex(), bump.transaction.inner_transaction_envelope
    envelope = TransactionEnvelope.from_xdr(envelope_xdr, passphrase)
    return envelope.hash_hex(), envelope


DROP, BUSY = b"--drop--", b"--busy--"


@asynccontextmanager
async def served(node: Node) -> AsyncIterator[Node]:
    """`node` behind HTTP on a free port of the loopback."""
    config = uvicorn.Config(node, host="127.0.0.1", port=0, lifespan="off", log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it by a flag alone
        await asyncio.sleep(0.005)
    node.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield node
    server.should_exit = True
    await task


def result_xdr(code: xdr.TransactionResultCode) -> str:
    results = None
    if code in (xdr.TransactionResultCode.txSUCCESS, xdr.TransactionResultCode.txFAILED):
        trapped = xdr.InvokeHostFunctionResult(xdr.InvokeHostFunctionResultCode.INVOKE_HOST_FUNCTION_TRAPPED)
        worked = xdr.InvokeHostFunctionResult(
            xdr.InvokeHostFunctionResultCode.INVOKE_HOST_FUNCTION_SUCCESS, success=xdr.Hash(bytes(32))
        )
        inner = worked if code == xdr.TransactionResultCode.txSUCCESS else trapped
        results = [
            xdr.OperationResult(
                xdr.OperationResultCode.opINNER,
                tr=xdr.OperationResultTr(xdr.OperationType.INVOKE_HOST_FUNCTION, invoke_host_function_result=inner),
            )
        ]
    result = xdr.TransactionResultResult(code, results=results)
    return xdr.TransactionResult(xdr.Int64(300), result, xdr.TransactionResultExt(0)).to_xdr()


def account_entry(address: str, sequence: int) -> xdr.LedgerEntryData:
    account = xdr.AccountEntry(
        account_id=Keypair.from_public_key(address).xdr_account_id(),
        balance=xdr.Int64(10**12),
        seq_num=xdr.SequenceNumber(xdr.Int64(sequence)),
        num_sub_entries=xdr.Uint32(0),
        inflation_dest=None,
        flags=xdr.Uint32(0),
        home_domain=xdr.String32(b""),
        thresholds=xdr.Thresholds(b"\1\0\0\0"),
        signers=[],
        ext=xdr.AccountEntryExt(0),
    )
    return xdr.LedgerEntryData(xdr.LedgerEntryType.ACCOUNT, account=account)


def setting_entry(setting: xdr.ConfigSettingID) -> xdr.LedgerEntryData:
    """Every figure of the setting is 1,000."""
    arms: dict[xdr.ConfigSettingID, tuple[str, type[Any]]] = {
        xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_COMPUTE_V0: (
            "contract_compute", xdr.ConfigSettingContractComputeV0
        ),
        xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_LEDGER_COST_V0: (
            "contract_ledger_cost", xdr.ConfigSettingContractLedgerCostV0
        ),
        xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_LEDGER_COST_EXT_V0: (
            "contract_ledger_cost_ext", xdr.ConfigSettingContractLedgerCostExtV0
        ),
        xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_HISTORICAL_DATA_V0: (
            "contract_historical_data", xdr.ConfigSettingContractHistoricalDataV0
        ),
        xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_BANDWIDTH_V0: (
            "contract_bandwidth", xdr.ConfigSettingContractBandwidthV0
        ),
    }  # fmt: skip
    name, kind = arms[setting]
    zeros = kind.from_xdr_bytes(bytes(400)[: _size(kind)])
    for attribute, value in vars(zeros).items():
        wrapped = type(value)
        setattr(zeros, attribute, wrapped(1_000))
    held: Any = {name: zeros}
    return xdr.LedgerEntryData(
        xdr.LedgerEntryType.CONFIG_SETTING, config_setting=xdr.ConfigSettingEntry(setting, **held)
    )


def _size(kind: type[Any]) -> int:
    for size in range(4, 400, 4):
        try:
            kind.from_xdr_bytes(bytes(size))
        except (EOFError, ValueError):
            continue
        return size
    raise AssertionError(kind)
