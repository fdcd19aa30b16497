"""The submission engine as a worker runs it: a clock that errs, platform keys, and what features were told."""

from dataclasses import dataclass

from node import Node
from stellar_sdk import Keypair

from tenor.chain import jobs
from tenor.chain.models import ChainTransaction
from tenor.db import Maker, transaction
from tenor.world import World


class NodeClock:
    """The wall clock of this process, wrong by `off` seconds against the node's."""

    def __init__(self, node: Node) -> None:
        self.node, self.off = node, 0

    def now(self) -> int:
        return self.node.closed_at + self.off


class Silent:
    """Nobody is woken: the tests play the sweep."""

    async def nudge(self, job: str, subject: str) -> None: ...


KEYS = {role: Keypair.from_raw_ed25519_seed(role.ljust(32, ".").encode()) for role in (
    "admin", "operator", "resolver", "pauser", "treasury", "web_auth"
)}  # fmt: skip


@dataclass
class Submitter:
    """The submission engine as the worker runs it, and what it told the features."""

    maker: Maker
    world: World
    finished: list[tuple[str, str]]

    async def submit(self, row_id: object) -> None:
        async def on_finished(_: object, row: ChainTransaction) -> None:
            self.finished.append((row.purpose_key, row.status))

        await jobs.submit(self.maker, self.world, on_finished, str(row_id))

    async def sweep(self) -> int:
        due = await jobs.due(self.maker, self.world)
        for row_id in due:
            await self.submit(row_id)
        return len(due)

    async def row(self, row_id: object) -> ChainTransaction:
        async with transaction(self.maker) as session:
            return await session.get_one(ChainTransaction, row_id)
