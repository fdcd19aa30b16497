"""The worker's part in disbursements, played by a test: packs, calls and batches, until nothing moves any more."""

from uuid import UUID

from people import Person
from stage import Stage
from stellar_sdk import Keypair

from tenor import projector
from tenor.chain import channels, jobs, packs
from tenor.db import transaction
from tenor.disbursements import flows
from tenor.disbursements import jobs as paying
from tenor.disbursements.models import DisbursementLine


async def open_channels(stage: Stage, count: int) -> None:
    """More of them, opened by the treasury and verified on the ledger."""
    async with transaction(stage.maker) as session:
        await channels.open_more(session, stage.world, count)
    await work(stage)
    assert {each.state for each in await channels.verify(stage.maker, stage.world)} == {"ready"}


async def work(stage: Stage) -> None:
    """Everything that is due now, until nothing moves; the ledger closes by itself."""
    still = 0
    while still < 3:
        moved = await packs.submit(stage.maker, stage.world, projector.finished)
        for row_id in await jobs.due(stage.maker, stage.world):
            await jobs.submit(stage.maker, stage.world, projector.finished, row_id)
            moved += 1
        for batch_id in await paying.due(stage.maker, stage.world):
            before = await standing(stage, batch_id)
            await paying.pay(stage.maker, stage.world, str(batch_id))
            moved += before != await standing(stage, batch_id)
        still = 0 if moved else still + 1


async def standing(stage: Stage, batch_id: UUID) -> dict[str, tuple[int, int]]:
    async with transaction(stage.maker) as session:
        return await flows.sums(session, batch_id)


async def lines(stage: Stage, batch_id: UUID) -> list[DisbursementLine]:
    async with transaction(stage.maker) as session:
        return list(await flows.lines_of(session, batch_id))


async def payee(stage: Stage, *, trustline: bool = True) -> Keypair:
    """An account of its own."""
    wallet = Keypair.random()
    await stage.direct.ensure_account(wallet.public_key)
    if trustline:
        await stage.open_trustline(wallet)
    return wallet


def rows(*wanted: tuple[str, str], **more: str) -> list[dict[str, str]]:
    return [{"payee": address, "amount": amount, **more} for address, amount in wanted]


async def approved(stage: Stage, proposer: Person, approver: Person, **body: object) -> UUID:
    """A batch through the API, proposed by one and approved by another of the platform's people."""
    answer = await proposer.post("/v1/disbursements", json={"name": "Payouts", "asset": "USDC", **body})
    assert answer.status_code == 201, answer.text
    batch = answer.json()["id"]
    done = await approver.post(f"/v1/disbursements/{batch}/approval")
    assert done.status_code == 200, done.text
    return UUID(batch)
