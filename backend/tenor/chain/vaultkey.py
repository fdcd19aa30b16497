"""The vault key in the platform's key file: a new one in front, the one before destroyed. Never touches another key."""

import json
import os
import secrets
from pathlib import Path

from tenor.chain.keys import VAULT_KEY_BEFORE, KeysUnusable, load_keys
from tenor.kernel.errors import Conflict

_KEY_BYTES = 32


class RotationUnfinished(Conflict):
    """A key before this one is still there: documents may be wrapped under it."""


def rotate(path: Path) -> None:
    """A new vault key; the one in use opens on, as `vault_key_before`. `RotationUnfinished`, `KeysUnusable`."""
    if load_keys(path).secrets.vault_key_before is not None:
        raise RotationUnfinished("The last rotation is not over: `tenor keys rewrap --forget` ends it.")
    held = json.loads(path.read_text())
    held["secrets"][VAULT_KEY_BEFORE] = held["secrets"]["vault_key"]
    held["secrets"]["vault_key"] = secrets.token_hex(_KEY_BYTES)
    _replace(path, json.dumps(held, indent=1) + "\n")


def forget(path: Path) -> None:
    """Destroy the key before. Whatever is still wrapped under it is lost: `tenor keys rewrap` looks first."""
    load_keys(path)
    held = json.loads(path.read_text())
    held["secrets"].pop(VAULT_KEY_BEFORE, None)
    _replace(path, json.dumps(held, indent=1) + "\n")


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, readable by the owner alone: a crash leaves the old file or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeysUnusable(f"{draft} is left of a rotation that was cut off: remove it, and try again.") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
