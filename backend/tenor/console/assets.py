"""The console's own files and what was fetched from npm, held in memory with their gzip. Serves nothing else."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from tenor.kernel.errors import NotFound

OWN = Path(__file__).parent / "static"
FETCHED = Path(__file__).parents[3] / "build" / "console"
"""Filled by `scripts/console_assets`; without it the pages fall back to the system's font and have no Freighter."""
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
_FOR_EVER = "public, max-age=31536000, immutable"


class FileUnknown(NotFound):
    pass


@dataclass(frozen=True, slots=True)
class Asset:
    media_type: str
    plain: bytes
    packed: bytes | None
    """gzip, where that is smaller."""


@dataclass(frozen=True, slots=True)
class Assets:
    """`version` changes with any byte of any file, and is part of every address: nothing stale is ever mixed in."""

    version: str
    files: dict[str, Asset]


@cache
def assets() -> Assets:
    """Read once; a changed file shows after a restart."""
    found: dict[str, Asset] = {}
    digest = hashlib.sha256()
    for root, below in ((OWN, ""), (FETCHED, "vendor/")):
        for path in sorted(root.rglob("*")) if root.is_dir() else []:
            name = path.relative_to(root).as_posix()
            if path.suffix not in _TYPES or name.startswith("tests/"):
                continue
            content = path.read_bytes()
            digest.update(name.encode() + b"\0" + content)
            packed = None if path.suffix == ".woff2" else gzip.compress(content, 9, mtime=0)
            found[below + name] = Asset(_TYPES[path.suffix], content, packed)
    return Assets(digest.hexdigest()[:12], found)


def address(name: str) -> str:
    """Where a page finds the file `name`."""
    return f"/assets/{assets().version}/{name}"


@get("/assets/{version:str}/{name:path}")
async def asset(request: Request[Any, Any, Any], version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """A file of the console. Another version's address gets today's file, uncached."""
    held = assets()
    found = held.files.get(name.lstrip("/"))
    if found is None:
        raise FileUnknown(f"There is no file {name[:100]} in the console.")
    headers = {"Cache-Control": _FOR_EVER if version == held.version else "no-cache", "Vary": "Accept-Encoding"}
    content = found.plain
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = found.packed, "gzip"
    return Response(content, media_type=found.media_type, headers=headers)
