"""One run of the crash simulator: the production submitter, indexer and projector, twice, under virtual time.

Their processes are cut, doubled and reordered as a seed says. Then the weather calms, and everything must be as if
nothing had happened: every payment once, nothing lost or stuck, log and projection as the ledger has them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any, Literal

import httpx
from chainkit import ASSET, DISTRIBUTOR, ESCROW
from lives import CHANNELS, Network
from node import PASSPHRASE
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from stellar_sdk import Keypair, StrKey, TransactionEnvelope
from submitting import KEYS, NodeClock, Silent
from weather import ACTOR, CRASH_PERCENT, Actor, Crash, Weather, Wire, session_in

from tenor import projector
from tenor.chain import flows, index, jobs, packs
from tenor.chain.keys import PlatformKeys
from tenor.chain.models import ChainTransaction, Channel
from tenor.chain.rpc import RpcLedger
from tenor.chain.signer import LocalSigner
from tenor.db import Maker, create_maker, let_go, transaction
from tenor.edge.asking import asking
from tenor.kernel.actor import Actor as Caller
from tenor.kernel.errors import TenorError
from tenor.kernel.ids import new_id
from tenor.ledger import calls, packing
from tenor.ledger.decoder import Decoder
from tenor.world import Deployment, PlatformRole, Secrets, SettlementAsset, World

ROLES: tuple[PlatformRole, ...] = ("operator", "resolver")
INTENTS = (2, 5)
STEPS_MAX = 240
CALM_LEDGERS_MAX = 200
STUCK_LEDGERS = 3
"""A transaction must have its outcome this many ledgers after its bounds at the latest."""
WRITTEN = (
    *("chain_source_lease", "chain_envelope", "chain_transaction", "contract_event", "chain_cursor", "chain_channel"),
    *("allowed_account", "told"),
)
LINES = ("sweep", "sweep", "sweep", "packs", "packs", "nudge", "index", "index", "request")
"""What a process does next: how often each line of work gets its turn."""
WALLETS = [Keypair.from_raw_ed25519_seed(f"wallet {n}".ljust(32).encode()) for n in range(3)]


class Wrong(AssertionError):
    """An invariant does not hold; the message has the seed and the way there."""


@dataclass
class Intent:
    """One payment. `wallet` None: ordered by the platform's `role`."""

    number: int
    role: PlatformRole
    wallet: Keypair | None
    road: Literal["own", "channel", "pack"]
    """What of the platform carries it: the role's own sequence, a channel's, or a pack of payments on a channel."""

    @property
    def account(self) -> str:
        return StrKey.encode_ed25519_public_key(self.number.to_bytes(32, "big"))

    @property
    def purpose_key(self) -> str:
        return f"simulated:{self.number}"


@dataclass
class Process:
    """What one operating-system process would hold in memory; gone with a crash."""

    name: str
    run: "Run"
    world: World = field(init=False)
    idle: dict[str, Actor | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        run = self.run
        packs.gather = in_turn  # type: ignore[assignment]
        clock = NodeClock(run.network)
        clock.off = run.rng.choice((0, 0, -300, 300, 120))
        client = httpx.AsyncClient(transport=Wire(run.network, run.weather))
        unused: Any = None
        secrets = Secrets(b"1" * 32, b"2" * 32, b"3" * 32)
        keys = PlatformKeys(roles=dict(KEYS), issuer=KEYS["admin"], secrets=secrets)  # type: ignore[arg-type]
        self.world = World(
            ledger=RpcLedger(client, url="http://node", passphrase=PASSPHRASE, clock=clock),
            signer=LocalSigner(keys, passphrase=PASSPHRASE),
            documents=unused,
            reader=unused,
            scanner=unused,
            sender=unused,
            nudger=Silent(),
            clock=clock,
            secrets=secrets,
            deployment=Deployment(ESCROW, DISTRIBUTOR, (SettlementAsset(ASSET, "USDC", None, 7),), 90, {}),
        )
        self.idle = dict.fromkeys(("sweep", "packs", "nudge", "index", "request"))


@dataclass
class Run:
    """`seed` says everything: weather, order, intents. `faults_max`: see `Weather`."""

    seed: int
    engine: AsyncEngine
    faults_max: int = 1_000_000

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.weather = Weather(Random(self.seed ^ 0xFA017), self.faults_max, nodes_lag=self.rng.randrange(3) > 0)
        self.network = Network(rng=Random(self.seed ^ 0x1ED6E4), fail_percent=self.rng.choice((0, 0, 5)))
        for address in [*(key.public_key for key in [*KEYS.values(), *WALLETS]), *CHANNELS.values()]:
            self.network.accounts[address] = 100
        count = self.rng.randint(*INTENTS)
        self.intents = [
            Intent(
                n,
                self.rng.choice(ROLES),
                self.rng.choice(WALLETS) if self.rng.randrange(4) == 0 else None,
                self.rng.choice(("own", "channel", "pack", "pack")),
            )
            for n in range(1, count + 1)
        ]
        self.maker: Maker = create_maker(self.engine)
        self.maker.class_ = session_in(self.weather)
        self.processes = [Process(name, self) for name in ("one", "two")]
        self.asked: list[Intent] = []
        self.handed: list[tuple[Intent, Any, str]] = []

    async def go(self) -> "Run":
        """The whole run; `Wrong` when an invariant does not hold."""
        await self._clear()
        async with create_maker(self.engine).begin() as session:
            session.add_all([Channel(number=n, address=address, state="ready") for n, address in CHANNELS.items()])
        try:
            await self._storm()
            await self._calm()
            await self._judge()
        finally:
            self.weather.calm = True
            for process in self.processes:
                await self._kill(process)
        return self

    # --- the storm

    async def _storm(self) -> None:
        waiting = list(self.intents)
        for _ in range(STEPS_MAX):
            drawn = self.rng.randrange(100)
            if drawn < 5:
                ledgers = self.rng.randint(8, 30) if self.rng.randrange(8) == 0 else 1  # bounds pass, too
                self.network.close(self.rng.choice((4, 5, 6)), ledgers=ledgers)
                self.weather.trace.append(f"-- ledger {self.network.ledger} at {self.network.closed_at}")
            elif drawn == 5 and self.rng.randrange(4) == 0:
                self.network.forget()
            elif drawn < 9 and waiting:
                self.asked.append(waiting.pop())
            else:
                await self._step(self.rng.choice(self.processes), self.rng.choice(LINES))

    async def _step(self, process: Process, line: str) -> None:
        actor = process.idle[line]
        if actor is None:
            await self._begin(process, line)
            return
        assert actor.waiting is not None
        released, actor.waiting = actor.waiting, None
        if self.weather.strikes(f"crash of {process.name} at {actor.name} {actor.label}", CRASH_PERCENT):
            released.set_exception(Crash())
        else:
            released.set_result(None)
        await self._until_it_moves(process, line, actor)

    async def _begin(self, process: Process, line: str) -> None:
        work: dict[str, Callable[[Process], Awaitable[None]]] = {
            "sweep": self._sweep,
            "packs": self._packs,
            "nudge": self._nudge,
            "index": self._index,
            "request": self._request,
        }
        actor = Actor(process, f"{process.name}.{line}")
        process.idle[line] = actor

        async def live() -> None:
            ACTOR.set(actor)
            try:
                await work[line](process)
            except Crash:
                self.weather.note("crashed")
                process.idle["crashed"] = actor
            except (TenorError, OSError) as put_off:
                self.weather.note(f"put off: {type(put_off).__name__}")
            except index.IndexHalted as halted:
                raise Wrong(self.told_of(f"the indexer halted: {halted}")) from halted
            except Exception as failed:
                if "ConnectionResetError" not in str(failed):
                    raise
                self.weather.note("put off: database")

        actor.task = asyncio.create_task(live())
        actor.task.add_done_callback(lambda _: actor.moved.set())
        await self._until_it_moves(process, line, actor)

    async def _until_it_moves(self, process: Process, line: str, actor: Actor) -> None:
        task = actor.task
        assert task is not None
        while actor.waiting is None and not task.done():
            await actor.moved.wait()
            actor.moved.clear()
        if task.done():
            process.idle[line] = None
            await task
            if process.idle.pop("crashed", None) is not None:
                await self._kill(process)
                process.start()

    async def _kill(self, process: Process) -> None:
        """All its lines of work end where they are."""
        for actor in list(process.idle.values()):
            if actor is None or actor.task is None:
                continue
            if actor.waiting is not None and not actor.waiting.done():
                actor.waiting.set_exception(Crash())
            await asyncio.gather(actor.task, return_exceptions=True)

    # --- lines of work

    async def _sweep(self, process: Process) -> None:
        due = await jobs.due(self.maker, process.world)
        self.rng.shuffle(due)
        for row_id in due:
            await self._submit(process, row_id)

    async def _nudge(self, process: Process) -> None:
        """A job that arrives twice, or late."""
        due = await jobs.due(self.maker, process.world)
        if due:
            await self._submit(process, self.rng.choice(due))

    async def _submit(self, process: Process, row_id: str) -> None:
        await jobs.submit(self.maker, process.world, _finished, row_id)

    async def _packs(self, process: Process) -> None:
        await packs.submit(self.maker, process.world, _finished)

    async def _index(self, process: Process) -> None:
        while await index.index(self.maker, process.world, _decoder(), projector.project, page_events=3):
            pass

    async def _request(self, process: Process) -> None:
        """Somebody asks for a payment, perhaps again; a wallet signs what it was handed, or sends it by itself."""
        if self.handed and self.rng.randrange(2):
            intent, row_id, signed = self.rng.choice(self.handed)
            if self.rng.randrange(5) == 0:
                await process.world.ledger.send(signed)
                return
            caller = Caller(_account_id(intent), str(intent.wallet and intent.wallet.public_key), frozenset())
            async with transaction(self.maker) as session:
                world = asking(process.world, lambda: let_go(session))
                await flows.accept_signature(session, world, caller, row_id, signed)
        elif self.asked:
            await self._ask(process, self.rng.choice(self.asked))

    async def _ask(self, process: Process, intent: Intent) -> None:
        call = calls.set_allowed(ESCROW, account=intent.account, allowed=True)
        same = {"purpose": "simulated", "purpose_key": intent.purpose_key, "subject": intent.account, "call": call}
        async with transaction(self.maker) as session:
            if intent.wallet is None and intent.road == "pack":
                await self._order_pack(session, process, intent)
                return
            if intent.wallet is None:
                await flows.order(session, role=intent.role, road=intent.road, **same)  # type: ignore[arg-type]
                return
            world = asking(process.world, lambda: let_go(session))
            address = intent.wallet.public_key
            row = await flows.draft(
                session,
                world,
                actor_address=address,
                account_id=_account_id(intent),
                **same,  # type: ignore[arg-type]
            )
        if row.status == "built" and row.envelope_xdr:
            envelope = TransactionEnvelope.from_xdr(row.envelope_xdr, PASSPHRASE)
            envelope.sign(intent.wallet)
            self.handed.append((intent, row.id, envelope.to_xdr()))

    async def _order_pack(self, session: AsyncSession, process: Process, intent: Intent) -> None:
        """Two payments that happen together or not at all."""
        treasury = process.world.signer.address("treasury")
        second = StrKey.encode_ed25519_public_key((intent.number + 1_000).to_bytes(32, "big"))
        wanted: list[packing.Operation] = [packing.Pay(intent.account, 5), packing.Pay(second, 7)]
        await packs.order(
            session,
            role="treasury",
            purpose="simulated",
            purpose_key=intent.purpose_key,
            subject=intent.account,
            packed=packing.operations(treasury, packing.Classic("XLM", None), wanted),
        )

    # --- the calm, and the judgement

    async def _calm(self) -> None:
        """No fault any more: everything finishes by itself, in time."""
        for process in self.processes:
            await self._kill(process)
            process.start()
        self.weather.calm = self.network.calm = True
        process = self.processes[0]
        for intent in self.intents:
            if intent.wallet is None and intent not in self.asked:
                self.asked.append(intent)
            if intent.wallet is None:
                await self._ask(process, intent)
        for _ in range(CALM_LEDGERS_MAX):
            await self._sweep(process)
            await self._packs(process)
            twice = [account for account, times in self.network.effects.items() if times > 1]
            self._must(not twice, f"paid more than once: {twice}")
            open_rows = await self._rows("WHERE status NOT IN ('confirmed', 'failed', 'expired')")
            late = [
                row for row in open_rows
                if row.valid_until and self.network.closed_at > row.valid_until + 5 * STUCK_LEDGERS
            ]  # fmt: skip
            self._must(not late, f"stuck beyond its bounds: {late}")
            if not open_rows:
                await self._index(process)
                return
            unsigned = all(row.status == "built" for row in open_rows)
            self.network.close(60 if unsigned else 5)  # nothing but time can happen to what nobody signs
        self._must(holds=False, what=f"without an outcome after {CALM_LEDGERS_MAX} calm ledgers: {open_rows}")

    async def _judge(self) -> None:
        network = self.network
        rows = {row.subject: row for row in await self._rows("")}
        for intent in self.intents:
            times, row = network.effects[intent.account], rows.get(intent.account)
            self._must(times <= 1, f"paid {times} times: {intent.purpose_key}")
            if row is None:
                self._must(times == 0 and intent.wallet is not None, f"lost: {intent.purpose_key}")
                continue
            self._must(
                (row.status == "confirmed") == (times == 1), f"{intent.purpose_key} is {row.status}, paid {times}"
            )
            if times:
                self._must(
                    network.landed.get(row.hash) == intent.account, f"{intent.purpose_key} names another envelope"
                )
                self._must(row.ledger == network.included[row.hash].ledger, f"{intent.purpose_key}: another ledger")
            self._must(
                times == 1 or intent.wallet is not None or row.attempts >= 5 or (row.kind == "pack" and row.ledger),
                f"gave up too soon: {intent.purpose_key}",
            )
        await self._judge_tables({row.purpose_key: row for row in rows.values()})

    async def _judge_tables(self, rows: dict[str, Any]) -> None:
        network = self.network
        kept = {row.hash for row in await self._all("SELECT hash FROM chain_envelope")}
        self._must(set(network.received) <= kept, "an envelope was sent that is not in the database")
        told = {row.purpose_key: row for row in await self._all(_LAST_TOLD)}
        for key, row in rows.items():
            self._must(key in told and told[key].status == row.status, f"{key} is {row.status}, and nobody was told")
        leases = await self._all("SELECT source FROM chain_source_lease")
        self._must(not leases, f"still leased: {leases}")
        behind = self.weather.nodes_lag
        self._must(behind or not network.bad_sequences, "a sequence of ours was used twice")
        log = [
            (row.id, row.closed_at) for row in await self._all("SELECT id, closed_at FROM contract_event ORDER BY id")
        ]
        events = sorted(network.events, key=lambda event: event.id)
        self._must(log == [(event.id, event.closed_at) for event in events], "the log is not the ledger's")
        shown = {row.address: row.event_id for row in await self._all("SELECT address, event_id FROM allowed_account")}
        expected = {network.landed[event.tx_hash]: event.id for event in events}
        self._must(shown == expected, f"the projection is {shown}, the ledger's is {expected}")
        (cursor,) = await self._all("SELECT ledger, halted FROM chain_cursor")
        self._must((cursor.ledger, cursor.halted) == (network.ledger, None), f"the cursor stands at {cursor}")

    async def _rows(self, where: str) -> list[Any]:
        columns = "id, subject, purpose_key, status, hash, ledger, valid_until, attempts, role, kind"
        return await self._all(f"SELECT {columns} FROM chain_transaction {where}")

    async def _all(self, query: str) -> list[Any]:
        async with self.engine.connect() as connection:
            return list((await connection.execute(text(query))).all())

    async def _clear(self) -> None:
        async with self.engine.begin() as connection:
            for table in WRITTEN:
                await connection.execute(text(f"DELETE FROM {table}"))

    def _must(self, holds: bool, what: str) -> None:
        if not holds:
            raise Wrong(self.told_of(what))

    def told_of(self, what: str) -> str:
        return f"seed {self.seed}: {what}\n  " + "\n  ".join(self.weather.trace[-60:])


async def in_turn(*work: Coroutine[Any, Any, Any]) -> list[Any]:
    """Instead of `gather`: a gate cuts one line of work at a time."""
    done: list[Any] = []
    try:
        for each in work:
            done.append(await each)  # noqa: PERF401 - how far it came is asked below
        return done
    finally:
        for never in work[len(done) :]:
            never.close()


async def _finished(session: AsyncSession, row: ChainTransaction) -> None:
    await projector.finished(session, row)
    # In the same transaction, as what follows from an outcome is; twice is an error of the key.
    told = text("INSERT INTO told (purpose_key, status, hash) VALUES (:key, :status, :hash)")
    await session.execute(told, {"key": row.purpose_key, "status": row.status, "hash": row.hash or ""})


_LAST_TOLD = "SELECT DISTINCT ON (purpose_key) purpose_key, status FROM told ORDER BY purpose_key, n DESC"


async def prepare(engine: AsyncEngine) -> None:
    """The table of what the features were told: once for every envelope that ended."""
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "CREATE TABLE IF NOT EXISTS told (n bigserial, purpose_key text, status text, hash text,"
                " UNIQUE (purpose_key, hash, status))"
            )
        )


@cache
def _decoder() -> Decoder:
    return Decoder(escrow=ESCROW, distributor=DISTRIBUTOR, assets=(ASSET,), passphrase=PASSPHRASE)


def _account_id(intent: Intent) -> Any:
    return _ACCOUNTS.setdefault(intent.number, new_id())


_ACCOUNTS: dict[int, Any] = {}
