"""Wakes a worker through Redis. ADAPTER for arq's queue; a lost nudge costs seconds, never correctness (P133)."""

import asyncio

from arq.connections import ArqRedis
from redis.exceptions import RedisError

from tenor.logs import log

SECONDS_MAX = 1.0
"""Nobody waits longer than this for a courtesy."""


class ArqNudger:
    """`world.Nudger`. Failures are logged and swallowed: the row is the queue, the sweep finds it."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis

    async def nudge(self, job: str, subject: str) -> None:
        try:
            async with asyncio.timeout(SECONDS_MAX):
                await self._redis.enqueue_job(job, subject, _job_id=f"{job}:{subject}")
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("nudge lost", job=job, subject=subject, reason=type(error).__name__)
