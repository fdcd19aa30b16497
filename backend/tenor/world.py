"""Everything outside the process, as small Protocols in one frozen value. Picks no adapter; `wiring.py` does."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal, Protocol

from stellar_sdk import xdr

from tenor.kernel.pages import DocumentText
from tenor.ledger.calls import Invocation
from tenor.ledger.envelopes import Built
from tenor.ledger.events import EventFilter, EventPage
from tenor.ledger.fees import Bids
from tenor.ledger.footprint import NOTHING, Footprint
from tenor.ledger.submission import Seen, SendAnswer, Tip


class Ledger(Protocol):
    """A Stellar network through its RPC. Every method raises `LedgerUnavailable` when it does not answer sensibly."""

    passphrase: str

    async def tip(self) -> Tip: ...

    async def build(
        self,
        call: Invocation,
        *,
        source: str,
        valid_seconds: int,
        extra: Footprint = NOTHING,
        acting: str | None = None,
    ) -> Built:
        """Simulate `call` as `source`'s transaction and assemble it: footprint, resources, fee, time bounds.

        The upper time bound is ledger time + `valid_seconds`; `extra` is added to what the simulation touched.
        `acting`: whose operation it is, when `source` only lends its sequence.
        `CallRefused` carries the contract error as a sentence; `SourceMissing`: `source` has no account.
        """
        ...

    async def read(self, call: Invocation) -> xdr.SCVal:
        """A view's answer at the newest ledger, by simulation only."""
        ...

    async def send(self, envelope_xdr: str) -> SendAnswer: ...

    async def seen(self, tx_hash: str) -> Seen: ...

    async def events(self, *, filters: Sequence[EventFilter], start: int | str, limit: int) -> EventPage:
        """Events that any of `filters` lets through, in ledger order.

        `start` is a ledger sequence (inclusive) or the cursor of an earlier page (exclusive).
        """
        ...

    async def entries(self, keys: Sequence[xdr.LedgerKey]) -> list[xdr.LedgerEntryData | None]:
        """The entries of `keys`, in their order; None where there is none. One answer, one ledger."""
        ...

    async def bids(self) -> Bids:
        """What the network's statistics ask for one operation just now, in stroops."""
        ...

    async def hash_of(self, ledger: int) -> str | None:
        """The hash of a closed ledger, 64 hex digits; None when it is older than what is kept.

        `LedgerUnavailable` also when the network has not come to that ledger.
        """
        ...

    async def troubled(self) -> dict[str, str]:
        """Of several nodes, those that are silent, lag or contradict the others, each with a sentence. Never raises."""
        ...

    async def served(self) -> str:
        """The passphrase of the network that answers now: `passphrase`, unless somebody changed it (P22)."""
        ...


PlatformRole = Literal["admin", "operator", "resolver", "pauser", "treasury", "web_auth"]


class Signer(Protocol):
    """Holds the platform's keys. Signs only what has an upper time bound (P07, P11) and the right network (P22)."""

    def address(self, role: PlatformRole) -> str: ...

    def channel(self, number: int) -> str:
        """The address of channel account `number`, from 1 on."""
        ...

    async def sign(self, envelope_xdr: str, role: PlatformRole, *, channel: int | None = None) -> str: ...

    async def sign_pack(self, envelope_xdr: str, role: PlatformRole, *, channels: Sequence[int]) -> str:
        """An unsigned transaction of `ledger.packing`, signed by the role and those channels."""
        ...

    async def bump(self, envelope_xdr: str, role: PlatformRole, *, bid_stroops: int) -> tuple[str, str]:
        """A fee bump around a signed pack, paid by the role: (envelope, its own hash)."""
        ...


class Documents(Protocol):
    """Content-addressed bytes. What is put here is public for ever: only ciphertext goes in (P115)."""

    async def put(self, data: bytes) -> str:
        """Store and pin; the CIDv1 it is found by."""
        ...

    async def get(self, cid: str) -> bytes:
        """The bytes, verified against `cid`."""
        ...

    async def drop(self, cid: str) -> None:
        """Let the store forget it; copies elsewhere stay. Dropping what is not there is no error."""
        ...


class Reader(Protocol):
    async def inspect(self, data: bytes) -> DocumentText:
        """The file's refusals only, quick enough for the upload itself; the answer has no pages."""
        ...

    async def read(self, data: bytes) -> DocumentText:
        """Text of a document, read in a process of its own with limits (P105). Raises the file's refusal."""
        ...

    async def picture(self, data: bytes, *, number: int, turned_mdeg: int) -> bytes:
        """One page as PNG, turned as it was when its words were located. Raises the file's refusal."""
        ...


@dataclass(frozen=True, slots=True)
class ScanVerdict:
    verdict: Literal["clean", "infected", "not_scanned"]
    detail: str


class Scanner(Protocol):
    async def scan(self, data: bytes) -> ScanVerdict: ...


class Sender(Protocol):
    """E-mail. `address` is what it is sent from; `send` raises OSError (smtplib's errors are) when it did not leave."""

    address: str

    async def send(self, message: EmailMessage) -> None: ...


class Nudger(Protocol):
    """Wakes a worker. May do nothing: the sweep finds every due row anyway (P133)."""

    async def nudge(self, job: str, subject: str) -> None: ...


class Clock(Protocol):
    """Wall-clock time for sessions, tokens and logs. Money decisions take ledger time instead (P13)."""

    def now(self) -> int:
        """Unix seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Secrets:
    """Platform secrets that are no ledger keys, 32 bytes each. Never logged."""

    token_key: bytes
    """Signs access tokens."""
    vault_key: bytes
    """Wraps the data keys of sealed documents."""
    fingerprint_key: bytes
    """Keys invoice fingerprints, so that outsiders learn nothing from the ledger (H148)."""
    vault_key_before: bytes | None = None
    """Opens what was sealed before the last rotation, until everything is wrapped anew; never seals."""

    @property
    def vault_keys(self) -> tuple[bytes, ...]:
        """What opens a data key: the newest first."""
        return (self.vault_key,) if self.vault_key_before is None else (self.vault_key, self.vault_key_before)

    def __repr__(self) -> str:
        return "Secrets(...)"


@dataclass(frozen=True, slots=True)
class SettlementAsset:
    contract: str
    code: str
    issuer: str | None
    decimals: int


@dataclass(frozen=True, slots=True)
class Deployment:
    """Addresses of one deployment, as `tenor deploy` wrote them. `first_ledger`: where indexing starts."""

    escrow: str
    distributor: str
    assets: tuple[SettlementAsset, ...]
    first_ledger: int
    wasm_hashes: dict[str, str]
    registry: str | None = None
    """Where platforms share fingerprints of financed invoices. None in records made before there was one; so below."""
    stream: str | None = None
    market: str | None = None

    def asset(self, contract: str) -> SettlementAsset:
        return next(asset for asset in self.assets if asset.contract == contract)


@dataclass(frozen=True, slots=True)
class World:
    ledger: Ledger
    signer: Signer
    documents: Documents
    reader: Reader
    scanner: Scanner
    sender: Sender
    nudger: Nudger
    clock: Clock
    secrets: Secrets
    deployment: Deployment
