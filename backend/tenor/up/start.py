"""One installation, started in order and stopped in reverse. Starts nothing that the environment names."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

import httpx

from tenor import settings as settings_of
from tenor.chain.deploy import Plan, deploy, read_wasm
from tenor.chain.deployment import Record
from tenor.chain.direct import Direct
from tenor.chain.keys import PlatformKeys, ensure_keys
from tenor.kernel.errors import TenorError
from tenor.settings import STANDALONE, Settings
from tenor.up.children import Children, check_tools
from tenor.up.localnet import PORT as LOCALNET_PORT
from tenor.up.localnet import start_localnet, tick
from tenor.up.people import fund_people, load_people
from tenor.up.ports import free_port
from tenor.up.postgres import Cluster, start_postgres
from tenor.up.progress import Progress
from tenor.up.redis import start_redis
from tenor.up.running import alone, announce
from tenor.up.tables import bring_up_to_date

STEPS = 8
API_PORT = 8080

Then = Callable[["Installation"], Awaitable[int]]
"""What to do once everything serves; its answer is the exit code."""


class Installation:
    """One running set of processes: what was started, and the settings under which all of it was."""

    def __init__(self, data_dir: Path, environ: Mapping[str, str], sockets: Path) -> None:
        self.data_dir, self.sockets = data_dir, sockets
        self.environment = {**environ, "TENOR_DATA": str(data_dir)}
        self.children = Children(data_dir / "logs")
        self.progress = Progress(STEPS)
        self.own_ledger = "RPC_URL" not in environ
        self.record: Record
        self._ticking: asyncio.Task[None] | None = None

    @property
    def settings(self) -> Settings:
        return settings_of.load(self.environment)

    @property
    def url(self) -> str:
        return self.settings.public_url

    @property
    def people_file(self) -> Path:
        return self.data_dir / "people.json"

    @property
    def control_url(self) -> str | None:
        """Where the local network's clock is set; None on a network that is not ours."""
        return self.environment["RPC_URL"].removesuffix("/rpc") + "/control" if self.own_ledger else None

    async def start(self) -> None:
        """Every step, in order. Whatever fails raises with its reason; the caller stops what was started."""
        keys = ensure_keys(self.data_dir / "keys.json")
        step = self.progress.step
        await step("PostgreSQL", self._postgres())
        await step("Redis", self._redis())
        await step("ledger", self._ledger())
        self._choose_port()
        await step("tables", self._tables())
        await step("contracts", self._contracts(keys))
        await step("demo people", self._people(keys))
        await step("worker", self._worker())
        await step("API", self._api())
        announce(self.data_dir, self.url, {k: v for k, v in self.environment.items() if os.environ.get(k) != v})

    async def stop(self) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
        await self.children.stop_all()

    async def _postgres(self) -> str:
        if "DATABASE_URL" in self.environment:
            return "as DATABASE_URL says"
        cluster = Cluster(self.data_dir / "postgres", self.sockets)
        self.environment["DATABASE_URL"] = await start_postgres(self.children, cluster)
        return f"in {cluster.data}"

    async def _redis(self) -> str:
        if "REDIS_URL" in self.environment:
            return "as REDIS_URL says"
        self.environment["REDIS_URL"] = await start_redis(self.children, self.sockets, self.environment)
        return self.environment["REDIS_URL"]

    async def _ledger(self) -> str:
        if not self.own_ledger:
            return f"{self.environment['RPC_URL']}, as RPC_URL says"
        self.environment.setdefault("NETWORK_PASSPHRASE", STANDALONE)
        base = await start_localnet(
            self.children, self.data_dir / "ledger", self.environment["NETWORK_PASSPHRASE"], self.environment
        )
        self._ticking = asyncio.create_task(tick(base))
        self.environment |= {"RPC_URL": f"{base}/rpc", "FRIENDBOT_URL": f"{base}/friendbot"}
        if not base.endswith(f":{LOCALNET_PORT}"):
            self.progress.say(
                f"        port {LOCALNET_PORT} is taken; the local network takes {base.rpartition(':')[2]}"
            )
        return f"{base}/rpc"

    def _choose_port(self) -> None:
        host = self.environment.setdefault("TENOR_HOST", "127.0.0.1")
        wanted = self.environment.get("TENOR_PORT", str(API_PORT))
        port = free_port(host, int(wanted) if wanted.isdigit() else API_PORT)
        if str(port) != wanted:
            self.progress.say(f"        port {wanted} is taken; the API takes {port}")
        self.environment["TENOR_PORT"] = str(port)
        self.environment.setdefault("PUBLIC_URL", f"http://{host}:{port}")

    async def _tables(self) -> str:
        await bring_up_to_date(self.settings)
        return "at the newest migration"

    async def _contracts(self, keys: PlatformKeys) -> str:
        plan = Plan(wasm=read_wasm(wasm_folder()))
        self.record = await deploy(self.settings, keys, plan, say=lambda line: self.progress.say(f"        {line}"))
        return f"escrow {self.record.deployment.escrow}"

    async def _people(self, keys: PlatformKeys) -> str:
        if self.settings.friendbot_url is None:
            return "none on this network"
        settings = self.settings
        people = load_people(self.people_file)
        async with Direct(
            rpc_url=settings.rpc_url,
            network_passphrase=settings.network_passphrase,
            friendbot_url=settings.friendbot_url,
        ) as ledger:
            new = await fund_people(ledger, people, keys, self.record.deployment.assets[0])
        return f"{len(people)}, {new} of them new"

    async def _worker(self) -> str:
        child = await self.children.start("worker", [*_TENOR, "worker"], env=self.environment)
        return f"process {child.process.pid}"

    async def _api(self) -> str:
        await self.children.start("api", [*_TENOR, "serve"], env=self.environment)
        await self._answers(f"http://{self.settings.host}:{self.settings.port}/ready")
        return self.url

    async def _answers(self, url: str) -> None:
        async with httpx.AsyncClient(timeout=5) as client:
            while True:
                if (ended := self.children.ended()) is not None:
                    raise ended
                with suppress(httpx.TransportError):
                    if (await client.get(url)).is_success:
                        return
                await asyncio.sleep(0.05)


async def up(data_dir: Path, environ: Mapping[str, str], then: Then) -> int:
    """Start everything, do `then`, stop everything. SIGINT and SIGTERM cut in at any moment; nothing is left behind.

    `data_dir` is absolute. What `environ` names (DATABASE_URL, REDIS_URL, RPC_URL) is used and not started.
    """
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    check_tools()
    sockets = Path(tempfile.mkdtemp(prefix="tenor-"))
    try:
        with alone(data_dir):
            installation = Installation(data_dir, environ, sockets)
            try:
                return await _until_stopped(installation, then, stop)
            finally:
                await installation.stop()
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


async def _until_stopped(installation: Installation, then: Then, stop: asyncio.Event) -> int:
    async def all_of_it() -> int:
        await installation.start()
        return await then(installation)

    work, stopped = asyncio.create_task(all_of_it()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return work.result()
        installation.progress.say("\nstopping ...")
        return 0
    finally:
        for task in (work, stopped):
            task.cancel()
            with suppress(asyncio.CancelledError, TenorError):
                await task


async def serve_on(installation: Installation) -> int:
    """Go on until a child ends by itself; raises why."""
    raise await installation.children.first_to_end()


def wasm_folder() -> Path:
    """Where `make contracts` leaves the compiled contracts; `TENOR_WASM` names another folder."""
    return Path(os.environ.get("TENOR_WASM") or "build/contracts").resolve()


_TENOR = (sys.executable, "-m", "tenor.cli")
