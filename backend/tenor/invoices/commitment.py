"""PURE: one hash that commits to an invoice's fields and file, and proofs that show some and hide the rest.

Encoding, so that anybody can check it without this code (H is SHA-256, strings are UTF-8, lengths 4 bytes big-endian):

    leaf  = H(0x00 | len(name) | name | len(value) | value | salt)      salt: 32 random bytes of the field's own
    node  = H(0x01 | left | right)
    root  = H(0x02 | number of leaves (4 bytes) | top of the tree)

Leaves are ordered by name (bytewise); an odd one at a level's end moves up unchanged. Values are text: amounts in minor
units as decimal digits, dates ISO 8601, the file as `file_sha256` in lower-case hex. 0x00/0x01/0x02 keep a node from
passing for a leaf and a subtree for a tree. Salts are per field: showing one field gives nothing to guess others with.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from tenor.kernel.errors import Invalid

FORMAT = "tenor-commitment-1"
SALT_BYTES = 32
FIELDS_MAX = 1_024


class CommitmentInvalid(Invalid):
    """A commitment or proof that cannot be made or read as asked."""


class ProofInvalid(Invalid):
    """The proof does not lead to the root it names."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What the platform keeps: the root goes on chain; values and salts are needed to make proofs later."""

    root: bytes
    values: dict[str, str]
    salts: dict[str, bytes]

    def __repr__(self) -> str:
        return f"Committed({self.root.hex()}, {len(self.values)} fields)"


def commit(values: Mapping[str, str], *, file_sha256: bytes, random: Callable[[int], bytes]) -> Committed:
    """Commit to the fields that are known and to the file; `random(n)` gives n unpredictable bytes."""
    named = dict(values) | {"file_sha256": file_sha256.hex()}
    if "file_sha256" in values or not all(named) or len(named) > FIELDS_MAX:
        raise CommitmentInvalid(f"{len(named)} fields cannot be committed: names must be unique, not empty, <= 1,024.")
    salts = {name: random(SALT_BYTES) for name in named}
    return Committed(root_of(named, salts), named, salts)


def root_of(values: Mapping[str, str], salts: Mapping[str, bytes]) -> bytes:
    """The root of these fields under these salts, 32 bytes."""
    leaves = [_leaf(name, values[name], salts[name]) for name in _ordered(values)]
    return _root(_levels(leaves)[-1][0], len(leaves))


def disclose(committed: Committed, names: Collection[str], *, ledger: Mapping[str, str] | None = None) -> str:
    """A JSON proof that shows `names` and hides every other field; check it with `verify`.

    `ledger`: where the root can be looked up (network, escrow, invoice), for whoever has nothing but the proof.
    """
    ordered = _ordered(committed.values)
    unknown = set(names) - set(ordered)
    if unknown or not names:
        raise CommitmentInvalid(f"No committed field is named {sorted(unknown)}; there are {ordered}.")
    levels = _levels([_leaf(name, committed.values[name], committed.salts[name]) for name in ordered])
    shown = [
        {
            "name": name,
            "value": committed.values[name],
            "salt": committed.salts[name].hex(),
            "index": ordered.index(name),
            "path": [sibling.hex() for sibling in _path(levels, ordered.index(name))],
        }
        for name in sorted(names)
    ]
    proof = {"format": FORMAT, "root": committed.root.hex(), "leaves": len(ordered), "fields": shown}
    return json.dumps(proof if ledger is None else proof | {"ledger": dict(ledger)}, ensure_ascii=False)


def verify(proof: str, *, root: bytes) -> dict[str, str]:
    """The fields that `proof` shows, each proven to be under `root` (the one on chain). Raises ProofInvalid."""
    try:
        told = json.loads(proof)
        leaves = told["leaves"]
        if told["format"] != FORMAT or not isinstance(leaves, int) or not 1 <= leaves <= FIELDS_MAX:
            raise ProofInvalid(f"This is no {FORMAT} proof.")
        shown: dict[str, str] = {}
        for field in told["fields"]:
            name, value = str(field["name"]), str(field["value"])
            if name in shown:
                raise ProofInvalid(f"The proof shows {name!r} twice.")
            top = _climb(
                _leaf(name, value, bytes.fromhex(field["salt"])),
                index=int(field["index"]),
                count=leaves,
                path=[bytes.fromhex(sibling) for sibling in field["path"]],
            )
            if not hmac.compare_digest(_root(top, leaves), root):
                raise ProofInvalid(f"The proof of {name!r} does not lead to the root {root.hex()}.")
            shown[name] = value
    except (CommitmentInvalid, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProofInvalid("The proof cannot be read; ask for a new copy.") from error
    if not shown:
        raise ProofInvalid("The proof shows no field.")
    return shown


def _ordered(values: Mapping[str, str]) -> list[str]:
    return sorted(values, key=str.encode)


def _leaf(name: str, value: str, salt: bytes) -> bytes:
    if len(salt) != SALT_BYTES:
        raise CommitmentInvalid(f"The salt of {name!r} has {len(salt)} bytes; 32 are due.")
    return hashlib.sha256(b"\x00" + _sized(name.encode()) + _sized(value.encode()) + salt).digest()


def _sized(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _root(top: bytes, count: int) -> bytes:
    return hashlib.sha256(b"\x02" + count.to_bytes(4, "big") + top).digest()


def _levels(leaves: list[bytes]) -> list[list[bytes]]:
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [_node(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        levels.append(pairs + ([below[-1]] if len(below) % 2 else []))
    return levels


def _path(levels: list[list[bytes]], index: int) -> list[bytes]:
    path = []
    for level in levels[:-1]:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        index //= 2
    return path


def _climb(node: bytes, *, index: int, count: int, path: list[bytes]) -> bytes:
    """From a leaf to the top; the tree's shape follows from `count`, so a path of another length is no proof."""
    if not 0 <= index < count:
        raise ProofInvalid(f"There is no leaf {index} among {count}.")
    rest = list(path)
    while count > 1:
        if index ^ 1 < count:
            if not rest:
                raise ProofInvalid("The path is too short.")
            sibling = rest.pop(0)
            node = _node(sibling, node) if index % 2 else _node(node, sibling)
        index, count = index // 2, (count + 1) // 2
    if rest:
        raise ProofInvalid("The path is too long.")
    return node
