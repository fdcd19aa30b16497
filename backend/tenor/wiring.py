"""Picks the adapters of a running process from its settings: the only place that does. Holds no rule."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx
from arq.connections import ArqRedis
from redis.asyncio import ConnectionPool

from tenor.chain.deployment import load_deployment
from tenor.chain.keys import load_keys
from tenor.chain.nodes import Node, Nodes
from tenor.chain.nudger import ArqNudger
from tenor.chain.rpc import Newest, RpcLedger
from tenor.chain.signer import LocalSigner
from tenor.documents.ipfs import BlockStoreDocuments, KuboDocuments
from tenor.documents.reader import SandboxedReader
from tenor.documents.scan import ClamAv, NotScanned
from tenor.logs import log
from tenor.notices.mail import FolderSender, SmtpSender
from tenor.settings import Settings
from tenor.world import Clock, World


class SystemClock:
    """`world.Clock`: the wall clock."""

    def now(self) -> int:
        return int(time.time())


@asynccontextmanager
async def live_world(settings: Settings) -> AsyncIterator[World]:
    """The world that `settings` describe. Refuses to start on another network than they name (P22)."""
    keys = load_keys(settings.keys_file)
    redis = redis_of(settings)
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=20)) as client:
        clock = SystemClock()
        ledger = nodes_of(settings, client, clock)
        for warning in await ledger.check():
            log.warning("ledger node", reason=warning)
        try:
            yield World(
                ledger=ledger,
                signer=LocalSigner(keys, passphrase=settings.network_passphrase),
                documents=KuboDocuments(settings.ipfs_api)
                if settings.ipfs_api
                else BlockStoreDocuments(settings.data_dir / "documents"),
                reader=SandboxedReader(),
                scanner=ClamAv(settings.clamd) if settings.clamd else NotScanned(),
                sender=SmtpSender(settings.smtp_url, settings.mail_from)
                if settings.smtp_url
                else FolderSender(settings.inbox_dir, settings.mail_from),
                nudger=ArqNudger(redis),
                clock=clock,
                secrets=keys.secrets,
                deployment=load_deployment(settings.deployment_file, network_passphrase=settings.network_passphrase),
            )
        finally:
            await redis.aclose(close_connection_pool=True)


def nodes_of(settings: Settings, client: httpx.AsyncClient, clock: Clock) -> Nodes:
    """Every RPC server of the settings, named by its place and host: an address may hold a provider's key."""
    newest, passphrase = Newest(), settings.network_passphrase
    return Nodes(
        [
            Node(
                f"{number} {urlsplit(url).hostname}",
                RpcLedger(client, url=url, passphrase=passphrase, clock=clock, newest=newest),
            )
            for number, url in enumerate(settings.rpc_urls, 1)
        ],
        clock=clock,
    )


def redis_of(settings: Settings) -> ArqRedis:
    """Connects when it is first used: a process starts and serves without Redis."""
    return ArqRedis(pool_or_conn=ConnectionPool.from_url(settings.redis_url))
