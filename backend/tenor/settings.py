"""What the operator decides, read once at start from the environment. Never read at import, never changed later."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tenor.kernel.errors import Invalid

STANDALONE = "Standalone Network ; February 2017"


class SettingInvalid(Invalid):
    """A sentence that names the variable, what is wrong and what it should look like."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting; `.env.example` explains each. Secrets are files in `data_dir`: no log or dump holds them."""

    data_dir: Path
    database_url: str
    redis_url: str
    rpc_url: str
    network_passphrase: str
    friendbot_url: str | None
    ipfs_api: str | None
    clamd: str | None
    public_url: str
    """Where people reach the API; its host is the home domain of SEP-10."""
    host: str
    port: int
    log_level: str = "INFO"
    smtp_url: str | None = None
    """Without it e-mail becomes files in `inbox_dir`."""
    mail_from: str = "tenor@localhost"
    rpc_urls_more: tuple[str, ...] = ()
    """Further RPC servers of the same network, in the order in which they take over."""

    @property
    def rpc_urls(self) -> tuple[str, ...]:
        """Every RPC server, the one that is asked first in front."""
        return (self.rpc_url, *self.rpc_urls_more)

    @property
    def inbox_dir(self) -> Path:
        """Where e-mail of an installation without SMTP can be read."""
        return self.data_dir / "inbox"

    @property
    def keys_file(self) -> Path:
        """Platform keys and secrets, mode 0600; made by `tenor up` or `tenor keys`."""
        return self.data_dir / "keys.json"

    @property
    def deployment_file(self) -> Path:
        """Contract and asset addresses of this deployment, written by `tenor deploy`."""
        return self.data_dir / "deployment.json"

    @property
    def home_domain(self) -> str:
        return urlsplit(self.public_url).netloc


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ` (default: the process's). `SettingInvalid` for the first wrong one."""
    env = os.environ if environ is None else environ

    def required(name: str, way_out: str) -> str:
        value = env.get(name, "").strip()
        if not value:
            raise SettingInvalid(f"{name} is not set: {way_out}")
        return value

    def url(name: str, value: str, *schemes: str) -> str:
        if urlsplit(value).scheme not in schemes:
            raise SettingInvalid(f"{name} is {value!r}: it must begin with {' or '.join(s + '://' for s in schemes)}.")
        return value

    up = "run `make up`, which sets it, or see .env.example."
    port = env.get("TENOR_PORT", "8080")
    if not port.isascii() or not port.isdigit() or not 0 <= int(port) <= 65535:  # noqa: PLR2004 - the TCP range
        raise SettingInvalid(f"TENOR_PORT is {port!r}: it must be a port number from 0 to 65535.")
    host = env.get("TENOR_HOST", "127.0.0.1")

    def nodes() -> tuple[str, ...]:
        """RPC_URL, with commas between several."""
        given = [each.strip() for each in required("RPC_URL", up).split(",") if each.strip()]
        return tuple(url("RPC_URL", each, "http", "https") for each in given or [""])

    friendbot, ipfs, smtp = (env.get(name) or None for name in ("FRIENDBOT_URL", "IPFS_API", "SMTP_URL"))
    return Settings(
        data_dir=Path(env.get("TENOR_DATA") or ".tenor").resolve(),
        database_url=url("DATABASE_URL", required("DATABASE_URL", up), "postgresql", "postgresql+asyncpg"),
        redis_url=url("REDIS_URL", required("REDIS_URL", up), "redis", "rediss", "unix"),
        rpc_url=nodes()[0],
        network_passphrase=env.get("NETWORK_PASSPHRASE") or STANDALONE,
        friendbot_url=url("FRIENDBOT_URL", friendbot, "http", "https") if friendbot else None,
        ipfs_api=ipfs,
        clamd=env.get("CLAMD") or None,
        public_url=url("PUBLIC_URL", env.get("PUBLIC_URL") or f"http://{host}:{port}", "http", "https").rstrip("/"),
        host=host,
        port=int(port),
        log_level=env.get("LOG_LEVEL", "INFO").upper(),
        smtp_url=url("SMTP_URL", smtp, "smtp", "smtps") if smtp else None,
        mail_from=env.get("MAIL_FROM") or "tenor@localhost",
        rpc_urls_more=nodes()[1:],
    )
