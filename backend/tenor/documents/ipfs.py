"""ADAPTERS behind world.Documents: a Kubo node through ipfshttpclient, and the embedded block store. Never trust a
store's word: the CID is computed here (`cid.py`), compared on put, and the content is verified on get.
"""

import asyncio
import contextlib
import ipaddress
import os
import re
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import ipfshttpclient

from tenor.documents.cid import CHUNK_BYTES, LINKS_MAX, cid_of
from tenor.documents.hygiene import SIZE_BYTES_MAX
from tenor.documents.refusals import ContentMismatch, DocumentMissing, StoreExposed, StoreUnavailable

warnings.filterwarnings("ignore", "The 'strict' parameter is no longer needed", FutureWarning)  # the client's own pool
_CID = re.compile(r"b[a-z2-7]{20,120}")
_SEALED_BYTES_MAX = SIZE_BYTES_MAX + 4_096
_TIMEOUT_SECONDS = 30
_ADD = {
    "cid-version": "1",
    "raw-leaves": "true",
    "chunker": f"size-{CHUNK_BYTES}",
    "max-file-links": str(LINKS_MAX),
    "cid-base": "base32",
    "pin": "true",
}
"""Profile unixfs-v1-2025, spelled out: Kubo's own defaults still differ between versions (P117)."""
_Answer = TypeVar("_Answer")


class _NotPinned(StoreUnavailable):
    pass


class KuboDocuments:
    """A Kubo node's RPC at `api`: a multiaddr (`/ip4/127.0.0.1/tcp/5001`) or URL (`http://127.0.0.1:5001`).

    The client is made directly: its `connect()` refuses every current node by version (P116), the calls used here work.
    The RPC administers the node, so anything but loopback needs `auth` (user, password of `API.Authorizations`), else
    StoreExposed is raised (P119). Its calls block and run in a thread, one client each: it is not thread-safe.
    """

    def __init__(self, api: str, *, auth: tuple[str, str] | None = None) -> None:
        host, port, scheme = _address(api)
        if auth is None and not _is_loopback(host):
            raise StoreExposed(
                f"The IPFS API at {host} is not on loopback and has no authorization. Bind it to 127.0.0.1, or set "
                "API.Authorizations on the node and the credentials here."
            )
        self._multiaddr = f"/{_protocol(host)}/{host}/tcp/{port}/{scheme}"
        self._auth = auth

    async def put(self, data: bytes) -> str:
        """Store and pin; its CIDv1. Raises StoreUnavailable, ContentMismatch when the node's CID is another."""
        cid = cid_of(data)
        answered = await self._call(lambda client: client.add_bytes(data, opts=_ADD))
        if answered != cid:
            raise ContentMismatch(f"The IPFS node stored {str(answered)[:80]} where {cid} was due. Check its settings.")
        return cid

    async def get(self, cid: str) -> bytes:
        """The bytes of `cid`. Raises DocumentMissing, StoreUnavailable, ContentMismatch."""
        _check(cid)
        data = await self._call(lambda client: client.cat(cid, length=_SEALED_BYTES_MAX))
        assert isinstance(data, bytes)
        return _verified(cid, data)

    async def drop(self, cid: str) -> None:
        """Let the node forget it at its next collection; copies elsewhere stay. Raises StoreUnavailable.

        What is not pinned is forgotten already.
        """
        _check(cid)
        with contextlib.suppress(_NotPinned):
            await self._call(lambda client: client.pin.rm(cid))

    async def version(self) -> str:
        answer = await self._call(lambda client: client.version())
        return str(answer["Version"])

    async def _call(self, job: Callable[[Any], _Answer]) -> _Answer:
        return await asyncio.to_thread(self._blocking_call, job)

    def _blocking_call(self, job: Callable[[Any], _Answer]) -> _Answer:
        client = ipfshttpclient.Client(self._multiaddr, timeout=_TIMEOUT_SECONDS, auth=self._auth)
        try:
            return job(client)
        except ipfshttpclient.exceptions.ErrorResponse as error:
            kind = _NotPinned if "not pinned" in str(error) else StoreUnavailable
            raise kind(f"The IPFS node refused: {str(error)[:160]}") from error
        except ipfshttpclient.exceptions.Error as error:
            raise StoreUnavailable("The IPFS node does not answer sensibly. Try again later.") from error
        finally:
            client.close()


class BlockStoreDocuments:
    """Content-addressed files in `directory`, found by the CIDs a node would give them. No peers, no network."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    async def put(self, data: bytes) -> str:
        """Store durably; its CIDv1. Raises StoreUnavailable when the disk refuses."""
        return await asyncio.to_thread(self._write, data)

    async def get(self, cid: str) -> bytes:
        """The bytes of `cid`. Raises DocumentMissing, ContentMismatch."""
        _check(cid)
        try:
            data = await asyncio.to_thread(self._path(cid).read_bytes)
        except FileNotFoundError as error:
            raise _missing(cid) from error
        except OSError as error:
            raise StoreUnavailable(f"The document store cannot be read ({error.strerror}).") from error
        return _verified(cid, data)

    async def drop(self, cid: str) -> None:
        _check(cid)
        await asyncio.to_thread(self._path(cid).unlink, missing_ok=True)

    def _path(self, cid: str) -> Path:
        return self._directory / cid[-3:-1] / cid

    def _write(self, data: bytes) -> str:
        """Whole or not at all: written beside, flushed, renamed, and the folder's entry flushed too."""
        cid = cid_of(data)
        path = self._path(cid)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
            _flush_folder(path.parent)
        except OSError as error:
            raise StoreUnavailable(
                f"The document store cannot be written ({error.strerror}). Free some space."
            ) from error
        return cid


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check(cid: str) -> None:
    """A CID is part of a path and of a request: nothing else may pass for one."""
    if _CID.fullmatch(cid) is None:
        raise DocumentMissing(f"{cid[:60]!r} is not a CIDv1 in base32.")


def _verified(cid: str, data: bytes) -> bytes:
    if cid_of(data) != cid:
        raise ContentMismatch(f"The bytes stored under {cid} are not its own. Fetch them from another copy.")
    return data


def _missing(cid: str) -> DocumentMissing:
    return DocumentMissing(f"No document is stored under {cid}.")


def _address(api: str) -> tuple[str, int, str]:
    """Host, port, scheme of a multiaddr or URL."""
    if api.startswith("/"):
        parts = api.strip("/").split("/")
        if len(parts) >= 4 and parts[0] in {"ip4", "ip6", "dns", "dns4", "dns6"} and parts[2] == "tcp":  # noqa: PLR2004
            return parts[1], int(parts[3]), parts[4] if len(parts) > 4 else "http"  # noqa: PLR2004
    else:
        url = urlsplit(api)
        if url.scheme in {"http", "https"} and url.hostname:
            return url.hostname, url.port or (443 if url.scheme == "https" else 80), url.scheme
    raise StoreUnavailable(f"{api!r} is no IPFS API address: write /ip4/127.0.0.1/tcp/5001 or http://127.0.0.1:5001.")


def _protocol(host: str) -> str:
    try:
        return f"ip{ipaddress.ip_address(host).version}"
    except ValueError:
        return "dns"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
