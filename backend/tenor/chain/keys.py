"""The platform's keys and secrets: one file of mode 0600. Never prints, logs or sends one; never replaces one."""

import hmac
import json
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from stellar_sdk import Keypair
from stellar_sdk.exceptions import Ed25519SecretSeedInvalidError

from tenor.kernel.errors import Invalid
from tenor.world import PlatformRole, Secrets

ROLES: tuple[PlatformRole, ...] = get_args(PlatformRole)
_SECRETS = ("token_key", "vault_key", "fingerprint_key")
_SECRET_BYTES = 32
VAULT_KEY_BEFORE = "vault_key_before"


class KeysUnusable(Invalid):
    """The file of platform keys is missing, open to others, or incomplete."""


@dataclass(frozen=True, slots=True)
class PlatformKeys:
    """`issuer`: issues the demo asset on networks of our own; never used where a real asset is configured."""

    roles: Mapping[PlatformRole, Keypair]
    issuer: Keypair
    secrets: Secrets

    def __repr__(self) -> str:
        return "PlatformKeys(...)"


def load_keys(path: Path) -> PlatformKeys:
    """`{"roles": {role: "S..."}, "issuer": "S...", "secrets": {name: 64 hex digits}}`. `KeysUnusable` otherwise."""
    try:
        mode = path.stat().st_mode
        held: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        raise KeysUnusable(f"{path} does not exist: `tenor keys` makes it, once.") from None
    except ValueError:
        raise KeysUnusable(
            f"{path} is no JSON: restore it from your backup; a new one would be other accounts."
        ) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeysUnusable(f"{path} can be read by others: `chmod 600` it.")
    try:
        return PlatformKeys(
            roles={role: Keypair.from_secret(held["roles"][role]) for role in ROLES},
            issuer=Keypair.from_secret(held["issuer"]),
            secrets=Secrets(
                **{name: _secret(held["secrets"][name]) for name in _SECRETS},
                vault_key_before=_secret(before) if (before := held["secrets"].get(VAULT_KEY_BEFORE)) else None,
            ),
        )
    except (KeyError, TypeError, ValueError, Ed25519SecretSeedInvalidError) as broken:
        # The cause could quote a key, so only its kind is told.
        raise KeysUnusable(f"{path} is not complete ({type(broken).__name__}): restore it from your backup.") from None


def ensure_keys(path: Path) -> PlatformKeys:
    """The keys of `path`, made first where there are none. Two processes at once end with the same file."""
    if not path.exists():
        fresh = {
            "roles": {role: Keypair.random().secret for role in ROLES},
            "issuer": Keypair.random().secret,
            "secrets": {name: secrets.token_hex(_SECRET_BYTES) for name in _SECRETS},
        }
        write_secret_file(path, json.dumps(fresh, indent=1) + "\n")
    return load_keys(path)


def channel_key(treasury: Keypair, number: int) -> Keypair:
    """The key of channel account `number`: derived, so that a backup of the treasury's key holds all of them."""
    seed = hmac.digest(treasury.raw_secret_key(), f"tenor channel account {number}".encode(), "sha256")
    return Keypair.from_raw_ed25519_seed(seed)


def write_secret_file(path: Path, text: str) -> None:
    """Write `text` readable by the owner alone, whole or not at all; an existing file stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(draft)  # unlike rename, never replaces
    draft.unlink()


def _secret(digits: str) -> bytes:
    value = bytes.fromhex(digits)
    if len(value) != _SECRET_BYTES:
        raise ValueError(len(value))
    return value
