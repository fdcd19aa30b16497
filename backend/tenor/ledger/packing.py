"""Up to a hundred classic operations as one transaction, written straight as XDR. Never signs, never asks a ledger.

Byte-identical to what the SDK builds (a test compares), at a fraction of its time; `opened` reads this shape alone.
"""

import struct
from base64 import b32decode, b32encode, b64decode, b64encode
from binascii import crc_hqx
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from tenor.kernel.errors import Invalid

OPERATIONS_MAX = 100
MEMO_BYTES_MAX = 28
_ENVELOPE_TX = 2
_ED25519, _MUXED = 0, 0x100
_CREATE_ACCOUNT, _PAYMENT, _MERGE, _CREATE_BALANCE, _CLAIM_BALANCE = 0, 1, 8, 14, 15
_KIND_G, _KIND_M, _KIND_C = 6 << 3, 12 << 3, 2 << 3
_HEAD = struct.Struct(">IqIQQ")
"""Behind the source: fee, sequence, kind of precondition (1: time), from, until."""
_TIMED = 1
_BAD_CHECKSUM = "is no address of the network: its checksum does not fit."


class PackUnreadable(Invalid):
    """Not a transaction of the shape that is written here."""


class PayeeUnusable(Invalid):
    """An address that no classic operation can pay."""


@dataclass(frozen=True, slots=True)
class Classic:
    """An asset as classic operations name it: `code` and `issuer`, native when `issuer` is None."""

    code: str
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Pay:
    """`payee` is a G or M address."""

    payee: str
    units: int


@dataclass(frozen=True, slots=True)
class Hold:
    """A claimable balance for `payee` (G), which the sender may take back from `reclaim_at` (Unix seconds) on."""

    payee: str
    units: int
    reclaim_at: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Claim a balance again that nobody has claimed. `balance`: 64 hex digits."""

    balance: str


@dataclass(frozen=True, slots=True)
class Open:
    """A new account with `units` stroops."""

    account: str
    units: int


@dataclass(frozen=True, slots=True)
class Close:
    """Merge `account` into the sender. Its own key must sign."""

    account: str


Operation = Pay | Hold | TakeBack | Open | Close


@dataclass(frozen=True, slots=True)
class Memo:
    """`kind`: none, text (28 bytes of UTF-8 at most), id (unsigned 64 bits) or hash (64 hex digits)."""

    kind: str = "none"
    value: str = ""


NO_MEMO = Memo()


@dataclass(frozen=True, slots=True)
class Opened:
    """What a transaction of this shape says of itself. `senders`: accounts its operations act for."""

    source: str
    sequence: int
    fee_stroops: int
    valid_until: int
    count: int
    senders: frozenset[str]
    paid: tuple[tuple[int, str, int], ...]
    """(operation type, asset as XDR in hex or empty, units) of every operation."""
    signatures: int


def operations(sender: str, asset: Classic, wanted: list[Operation]) -> bytes:
    """The operations of one transaction, acting for `sender`, as XDR with their count in front."""
    if not 0 < len(wanted) <= OPERATIONS_MAX:
        raise ValueError(len(wanted))
    by = b"\0\0\0\1" + account(sender)
    money = asset_xdr(asset)
    return struct.pack(">I", len(wanted)) + b"".join(_operation(by, money, sender, each) for each in wanted)


def memo_xdr(memo: Memo) -> bytes:
    match memo.kind:
        case "none":
            return b"\0\0\0\0"
        case "text":
            text = memo.value.encode()
            return struct.pack(">II", 1, len(text)) + text + bytes(-len(text) % 4)
        case "id":
            return struct.pack(">IQ", 2, int(memo.value))
        case "hash":
            return b"\0\0\0\3" + bytes.fromhex(memo.value)
    raise ValueError(memo.kind)


def transaction(*, source: str, sequence: int, fee_stroops: int, valid_until: int, memo: bytes, packed: bytes) -> bytes:
    """The unsigned transaction; `packed` from `operations`, `memo` from `memo_xdr`."""
    head = _HEAD.pack(fee_stroops, sequence, _TIMED, 0, valid_until)
    return b"".join((account(source), head, memo, packed, bytes(4)))


def digest(unsigned: bytes, passphrase: str) -> bytes:
    """What its signers sign; in hex, the transaction's hash."""
    return sha256(_network(passphrase) + b"\0\0\0\2" + unsigned).digest()


def envelope(unsigned: bytes, signatures: list[tuple[bytes, bytes]]) -> str:
    """Base64 XDR of the transaction with (public key, signature) of each signer."""
    signed = [key[-4:] + b"\0\0\0\x40" + signature for key, signature in signatures]
    parts = (b"\0\0\0\2", unsigned, struct.pack(">I", len(signed)), *signed)
    return b64encode(b"".join(parts)).decode()


def unsigned_part(envelope_xdr: str) -> bytes:
    """The transaction of an envelope of ours, without its signatures. `PackUnreadable` for another shape."""
    return _Reader(b64decode(envelope_xdr)).whole()[1]


def opened(envelope_xdr: str) -> Opened:
    """What a transaction of this shape does. `PackUnreadable` for every other one."""
    return _Reader(b64decode(envelope_xdr)).whole()[0]


def balance_id(source: str, sequence: int, position: int) -> str:
    """64 hex digits: the claimable balance that operation `position` of that transaction creates."""
    preimage = struct.pack(">I", 6) + account(source) + struct.pack(">qI", sequence, position)
    return sha256(preimage).hexdigest()


def asset_xdr(asset: Classic) -> bytes:
    if asset.issuer is None:
        return b"\0\0\0\0"
    code = asset.code.encode()
    short = len(code) <= _SHORT_CODE
    return (b"\0\0\0\1" if short else b"\0\0\0\2") + code.ljust(4 if short else 12, b"\0") + account(asset.issuer)


@lru_cache(maxsize=65_536)
def account(address: str) -> bytes:
    """`AccountID`, which is also the `MuxedAccount` of a plain account. `PayeeUnusable` unless it is a G address."""
    raw = _decoded(address)
    if raw[0] != _KIND_G or len(raw) != _G_BYTES:
        raise PayeeUnusable(f"{address[:80]} is no account (G...).")
    return b"\0\0\0\0" + raw[1:-2]


def muxed(address: str) -> bytes:
    """`MuxedAccount` of a G or M address."""
    if not address.startswith("M"):
        return account(address)
    raw = _decoded(address)
    if raw[0] != _KIND_M or len(raw) != _M_BYTES or b32encode(raw).rstrip(b"=") != address.encode():
        raise PayeeUnusable(f"{address[:80]} is no muxed account (M...).")
    return struct.pack(">I", _MUXED) + raw[33:41] + raw[1:33]


def plain(address: str) -> str:
    """The G address of the account behind a G or M address. `PayeeUnusable` for anything else."""
    return _strkey(muxed(address)[-32:])


def contract(address: str) -> str:
    """`address`, when it is that of a contract. `PayeeUnusable` for anything else."""
    raw = _decoded(address)
    if raw[0] != _KIND_C or len(raw) != _G_BYTES:
        raise PayeeUnusable(f"{address[:80]} is no contract (C...).")
    return address


_SHORT_CODE, _G_BYTES, _M_BYTES = 4, 35, 43


def _operation(by: bytes, money: bytes, sender: str, wanted: Operation) -> bytes:
    match wanted:
        case Pay(payee, units):
            return b"".join((by, b"\0\0\0\1", muxed(payee), money, struct.pack(">q", units)))
        case Hold(payee, units, reclaim_at):
            # Claimants: the payee always (predicate 0), the sender not (3) before (4) a moment.
            back = struct.pack(">IIIq", 3, 1, 4, reclaim_at)
            claimants = (b"\0\0\0\2\0\0\0\0", account(payee), b"\0\0\0\0\0\0\0\0", account(sender), back)
            return b"".join((by, struct.pack(">I", _CREATE_BALANCE), money, struct.pack(">q", units), *claimants))
        case TakeBack(balance):
            return by + struct.pack(">II", _CLAIM_BALANCE, 0) + bytes.fromhex(balance)
        case Open(opened_account, units):
            return b"".join((by, b"\0\0\0\0", account(opened_account), struct.pack(">q", units)))
        case Close(closed):
            return b"".join((b"\0\0\0\1", account(closed), struct.pack(">I", _MERGE), account(sender)))


class _Reader:
    """Walks the one shape that is written above; everything else is refused."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def whole(self) -> tuple[Opened, bytes]:
        try:
            return self._whole()
        except (struct.error, IndexError, ValueError) as broken:
            raise PackUnreadable("This is no transaction of packed operations.") from broken

    def _whole(self) -> tuple[Opened, bytes]:
        self._must(self._int() == _ENVELOPE_TX)
        source = self._account()
        fee, sequence, kind, since, until = self._take(_HEAD)
        self._must(kind == _TIMED and since == 0)
        self._memo()
        count = self._int()
        senders, paid = set(), []
        self._must(0 < count <= OPERATIONS_MAX)
        for _ in range(count):
            self._must(self._int() == 1)
            senders.add(self._account())
            paid.append(self._body())
        self._must(self._int() == 0)
        end = self.at
        signatures = self._int()
        self._must(len(self.data) == self.at + signatures * 72)
        told = Opened(source, sequence, fee, until, count, frozenset(senders), tuple(paid), signatures)
        return told, self.data[4:end]

    def _body(self) -> tuple[int, str, int]:
        kind = self._int()
        if kind == _PAYMENT:
            self._skip(32 if self._int() == _ED25519 else 40)
            return kind, self._asset(), self._long()
        if kind == _CREATE_ACCOUNT:
            self._account()
            return kind, "", self._long()
        if kind == _CREATE_BALANCE:
            asset, units = self._asset(), self._long()
            self._skip(4 + 4 + 36 + 4 + 4 + 36 + 20)
            return kind, asset, units
        if kind == _CLAIM_BALANCE:
            self._skip(36)
            return kind, "", 0
        self._must(kind == _MERGE)
        self._account()
        return kind, "", 0

    def _asset(self) -> str:
        start = self.at
        kind = self._int()
        self._must(kind in {0, 1, 2})
        self._skip((0, 40, 48)[kind])
        return self.data[start : self.at].hex()

    def _memo(self) -> None:
        kind = self._int()
        self._must(kind in {0, 1, 2, 3})
        if kind == 1:
            size = self._int()
            self._must(size <= MEMO_BYTES_MAX)
            self._skip(size + -size % 4)
        else:
            self._skip((0, 0, 8, 32)[kind])

    def _account(self) -> str:
        self._must(self._int() == _ED25519)
        start = self.at
        self._skip(32)
        return _strkey(self.data[start : self.at])

    def _int(self) -> int:
        return int(self._take(_U32)[0])

    def _long(self) -> int:
        return int(self._take(_I64)[0])

    def _take(self, form: struct.Struct) -> tuple[int, ...]:
        found = form.unpack_from(self.data, self.at)
        self.at += form.size
        return found

    def _skip(self, size: int) -> None:
        self.at += size
        self._must(self.at <= len(self.data))

    def _must(self, holds: bool) -> None:  # noqa: FBT001 - an assertion of the shape
        if not holds:
            raise ValueError(self.at)


_U32, _I64 = struct.Struct(">I"), struct.Struct(">q")


def _decoded(address: str) -> bytes:
    """Kind, payload and checksum of a strkey."""
    try:
        raw = b32decode(address + "=" * (-len(address) % 8))
    except ValueError as error:
        raise PayeeUnusable(f"{address[:80]!r} is no address of the network.") from error
    if len(raw) < _G_BYTES or crc_hqx(raw[:-2], 0) != int.from_bytes(raw[-2:], "little"):
        raise PayeeUnusable(f"{address[:80]!r} {_BAD_CHECKSUM}")
    return raw


@lru_cache(maxsize=4_096)
def _strkey(key: bytes) -> str:
    raw = bytes([_KIND_G]) + key
    return b32encode(raw + crc_hqx(raw, 0).to_bytes(2, "little")).decode()


@lru_cache(maxsize=8)
def _network(passphrase: str) -> bytes:
    return sha256(passphrase.encode()).digest()
