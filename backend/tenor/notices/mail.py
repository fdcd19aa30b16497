"""E-mail leaves here (ADAPTER for smtplib): by SMTP where a server is set, else into a folder that people can open."""

import asyncio
import smtplib
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tenor.kernel.ids import new_id

TIMEOUT_SECONDS = 20
STARTTLS_PORT = 587


class SmtpSender:
    """`url`: smtp://user:password@host:port (STARTTLS on port 587) or smtps://... Errors are those of smtplib."""

    def __init__(self, url: str, address: str) -> None:
        self.address = address
        self._url = urlsplit(url)

    async def send(self, message: EmailMessage) -> None:
        await asyncio.to_thread(self._send, message)

    def _send(self, message: EmailMessage) -> None:
        kind = smtplib.SMTP_SSL if self._url.scheme == "smtps" else smtplib.SMTP
        with kind(self._url.hostname or "", self._url.port or 0, timeout=TIMEOUT_SECONDS) as server:
            if self._url.scheme == "smtp" and self._url.port == STARTTLS_PORT:
                server.starttls()
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(message)


class FolderSender:
    """Each message becomes one .eml file of `folder`; nothing leaves the machine."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        self._folder = folder

    async def send(self, message: EmailMessage) -> None:
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{new_id()}.eml").write_bytes(message.as_bytes())
