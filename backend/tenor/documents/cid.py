"""PURE: the CIDv1 of bytes under the profile unixfs-v1-2025 (IPIP-499). Never asks a node, so it can check one (P117).

Profile: CIDv1, base32, sha2-256, raw leaves of 1 MiB, balanced tree of at most 1,024 links a node.
"""

import base64
import hashlib
from dataclasses import dataclass

CHUNK_BYTES = 1_048_576
LINKS_MAX = 1_024
_CIDV1, _RAW, _DAG_PB, _SHA2_256 = 1, 0x55, 0x70, 0x12
_UNIXFS_FILE = 2
_LOW_BITS = 0x7F


@dataclass(frozen=True, slots=True)
class Block:
    """One stored piece: its binary CID, its bytes, the file bytes below it and the stored bytes of its whole tree."""

    cid: bytes
    data: bytes
    content_bytes: int
    tree_bytes: int


def cid_of(data: bytes) -> str:
    """The address of `data`, `b...` in base32. Up to 1 MiB it is the hash of the bytes themselves."""
    return to_text(root_of(data).cid)


def root_of(data: bytes) -> Block:
    level = [_leaf(data[start : start + CHUNK_BYTES]) for start in range(0, max(len(data), 1), CHUNK_BYTES)]
    while len(level) > 1:
        level = [_node(level[start : start + LINKS_MAX]) for start in range(0, len(level), LINKS_MAX)]
    return level[0]


def to_text(cid: bytes) -> str:
    return "b" + base64.b32encode(cid).decode().rstrip("=").lower()


def _leaf(data: bytes) -> Block:
    return Block(_cid(_RAW, data), data, len(data), len(data))


def _node(children: list[Block]) -> Block:
    """A dag-pb node: its links (field 2) precede its UnixFS data (field 1), as the canonical form demands."""
    links = b"".join(
        _field(2, _field(1, child.cid) + _field(2, b"") + b"\x18" + _varint(child.tree_bytes)) for child in children
    )
    size = sum(child.content_bytes for child in children)
    unixfs = (
        b"\x08" + _varint(_UNIXFS_FILE) + b"\x18" + _varint(size)
        + b"".join(b"\x20" + _varint(child.content_bytes) for child in children)
    )  # fmt: skip
    data = links + _field(1, unixfs)
    return Block(_cid(_DAG_PB, data), data, size, len(data) + sum(child.tree_bytes for child in children))


def _cid(codec: int, data: bytes) -> bytes:
    return bytes((_CIDV1, codec, _SHA2_256, 32)) + hashlib.sha256(data).digest()


def _field(number: int, data: bytes) -> bytes:
    return bytes((number << 3 | 2,)) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > _LOW_BITS:
        out.append(value & _LOW_BITS | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
