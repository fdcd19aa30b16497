"""Who tests act as: people with wallets who are logged in, and a clock that can be moved."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from stellar_sdk import Keypair


@dataclass
class MovableClock:
    """This machine's clock, `ahead` seconds off."""

    ahead: int = 0

    def now(self) -> int:
        return int(time.time()) + self.ahead


@dataclass
class Person:
    """Somebody with a wallet, logged in. Every POST carries an Idempotency-Key of its own unless one is given."""

    client: httpx.AsyncClient
    wallet: Keypair
    token: str
    refresh_token: str

    @property
    def address(self) -> str:
        return self.wallet.public_key

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.client.get(path, headers=self.headers, **options)

    async def post(self, path: str, *, key: str | None = None, **options: Any) -> httpx.Response:
        headers = self.headers | {"Idempotency-Key": key or uuid4().hex}
        return await self.client.post(path, headers=headers, **options)

    async def put(self, path: str, **options: Any) -> httpx.Response:
        return await self.client.put(path, headers=self.headers, **options)

    async def delete(self, path: str) -> httpx.Response:
        return await self.client.delete(path, headers=self.headers)


LogIn = Callable[..., Awaitable[Person]]
