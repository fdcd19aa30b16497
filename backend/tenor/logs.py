"""Logs: one JSON object a line on standard error, with the request or job it belongs to. Never a secret."""

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, TextIO

import structlog

log: structlog.typing.FilteringBoundLogger = structlog.get_logger("tenor")

_SECRET_NAMES = re.compile(
    r"authorization|cookie|passw(or)?d|secret|seed|(access|refresh)_token|private|mnemonic|(api|vault|token)_?key"
    r"|signed_xdr",
    re.IGNORECASE,
)
_SECRET_VALUES = re.compile(
    r"\bS[A-Z2-7]{55}\b"  # a Stellar secret seed
    r"|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"  # a JWT
    r"|\btnr_[A-Za-z0-9_-]{20,}"  # a refresh token of ours
    r"|(?<=://)[^\s:/@]+:[^\s@/]+(?=@)"  # credentials in a URL
)
_HIDDEN = "[hidden]"


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Once per process, before the first line. The libraries' own records take the same road."""
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[*processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                redact,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in ("uvicorn.access", "httpx", "httpcore", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.WARNING)


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hides values by the name they stand under and by what they look like, however deep (P102)."""
    return {name: _redacted(name, value) for name, value in event.items()}


def _redacted(name: str, value: Any) -> Any:
    if _SECRET_NAMES.search(name):
        return _HIDDEN
    if isinstance(value, str):
        return _SECRET_VALUES.sub(_HIDDEN, value)
    if isinstance(value, dict):
        return {key: _redacted(str(key), item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
        return [_redacted("", item) for item in value]
    return value
