"""A difference from the ledger raises an alarm: /ready, the figures and a notice say it, and the API serves on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from people import MovableClock, Person
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import delete, func, select, update
from trade import Trade

from tenor import metrics, reconcile
from tenor.chain import comparison
from tenor.chain.models import Cursor, Reconciliation
from tenor.db import Maker, transaction
from tenor.invoices.models import Escrow
from tenor.kernel.ids import new_id
from tenor.world import World


async def ready(client: httpx.AsyncClient) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """Status, answer, and its check of the reconciliation."""
    answer = await client.get("/ready")
    (check,) = [each for each in answer.json()["checks"] if each["name"] == "reconciliation"]
    return answer.status_code, answer.json(), check


async def figures(client: httpx.AsyncClient) -> dict[str, float]:
    """What /metrics says of the figures that have no label, and of each check as `check name`."""
    families = text_string_to_metric_families((await client.get("/metrics")).raise_for_status().text)
    samples = [sample for family in families for sample in family.samples]
    checks = {f"check {each.labels['check']}": each.value for each in samples if each.name == "tenor_check_passed"}
    return checks | {each.name: each.value for each in samples if not each.labels}


async def seen(database: Maker, world: World, clock: MovableClock) -> None:
    """A worker that is up to date, on a clock that is the ledger's."""
    tip = await world.ledger.tip()
    clock.ahead += tip.closed_at - clock.now()
    async with transaction(database) as session:
        held = await session.scalar(select(func.count()).select_from(Cursor))
        if held:
            await session.execute(update(Cursor).values(ledger=tip.sequence, halted=None))
        else:
            session.add(Cursor(name="index", position=None, ledger=tip.sequence, closed_at=0, halted=None))


async def compared(database: Maker, world: World, *findings: str, ago: timedelta = timedelta()) -> datetime:
    """One more comparison, as the worker stores it."""
    at = datetime.fromtimestamp(world.clock.now(), UTC) - ago
    async with transaction(database) as session:
        session.add(Reconciliation(id=new_id(), at=at, ledger=1, compared=7, findings=list(findings)))
    return at


async def test_p063_a_difference_degrades_and_says_since_when_how_many_and_the_way_out(
    client: httpx.AsyncClient, database: Maker, world: World, clock: MovableClock
) -> None:
    await seen(database, world, clock)
    await compared(database, world, "an old one, long put right", ago=timedelta(hours=3))
    await compared(database, world, ago=timedelta(hours=2))
    status, answer, check = await ready(client)
    assert (status, answer["ready"], answer["status"], check["ok"]) == (200, True, "ready", True)
    assert (await figures(client))["tenor_reconciliation_differences"] == 0

    since = await compared(database, world, "escrow e: funded is 1 here", ago=timedelta(hours=1))
    await compared(database, world, "escrow e: funded is 1 here", "holder h: balance is 2 here")
    status, answer, check = await ready(client)
    assert (status, answer["ready"], answer["status"], check["ok"]) == (200, True, "degraded", False)
    assert check["why"].startswith("2 values differ from the ledger")
    assert f"since {since:%Y-%m-%dT%H:%M:%SZ}" in check["why"]
    assert "`tenor reconcile`" in check["why"]
    assert "holder h" not in check["why"], "whoever is not logged in hears numbers, not names"
    assert (await client.get("/health")).status_code == 200
    found = await figures(client)
    assert found["tenor_reconciliation_differences"] == 2
    assert found["tenor_reconciliation_age_seconds"] < 60
    assert (found["check reconciliation"], found["check database"], found["check indexer"]) == (0, 1, 1)

    await compared(database, world)
    assert (await ready(client))[1]["status"] == "ready"
    found = await figures(client)
    assert (found["tenor_reconciliation_differences"], found["check reconciliation"]) == (0, 1)


async def test_p063_a_comparison_that_is_old_or_missing_is_said_too(
    client: httpx.AsyncClient, database: Maker, world: World, clock: MovableClock
) -> None:
    await seen(database, world, clock)
    status, answer, check = await ready(client)
    assert (status, answer["status"]) == (200, "degraded")
    assert "never been compared" in check["why"]
    assert (await figures(client))["tenor_reconciliation_age_seconds"] == float("inf")

    await compared(database, world, ago=comparison.STALE - timedelta(minutes=1))
    assert (await ready(client))[1]["status"] == "ready"
    async with transaction(database) as session:
        await session.execute(delete(Reconciliation))
    await compared(database, world, ago=comparison.STALE + timedelta(seconds=1))
    status, answer, check = await ready(client)
    assert (status, answer["status"]) == (200, "degraded")
    assert "worker" in check["why"]
    assert (await figures(client))["tenor_reconciliation_age_seconds"] >= comparison.STALE.total_seconds()
    await compared(database, world, "one", ago=comparison.STALE + timedelta(seconds=1))
    why = (await ready(client))[2]["why"]
    assert "1 value differs" in why
    assert "worker" in why


async def test_a_halted_indexer_is_in_the_figures_of_the_api(
    client: httpx.AsyncClient, database: Maker, world: World, clock: MovableClock
) -> None:
    await seen(database, world, clock)
    found = await figures(client)
    assert (found["tenor_indexer_halted"], found["check indexer"]) == (0, 1)
    async with transaction(database) as session:
        await session.execute(update(Cursor).values(halted="Event 7 is not known."))
    found = await figures(client)
    assert (found["tenor_indexer_halted"], found["check indexer"]) == (1, 0)


async def test_p063_p097_admins_are_told_once_of_what_the_worker_found(trade: Trade, clock: MovableClock) -> None:
    admin, other, seller = await trade.platform("admin"), await trade.person("admin"), await trade.person("seller")
    await trade.card()
    await trade.debtor(address=(await trade.wallet()).public_key)
    listed = await trade.listed(seller)
    await reconcile.keep(trade.database, trade.world)
    assert await alarms(admin) == []
    wrong = update(Escrow).where(Escrow.chain_id == listed["chain_id"])
    for _ in range(2):
        async with transaction(trade.database) as session:
            await session.execute(wrong.values(funded_units=1))
        clock.ahead += 1
        await reconcile.keep(trade.database, trade.world)
    for person in (admin, other):
        (told,) = await alarms(person)
        assert "`tenor reconcile`" in told["body"]
    assert await alarms(seller) == []
    assert await alarms(await trade.platform("operator")) == []

    async with transaction(trade.database) as session:
        await session.execute(wrong.values(funded_units=0))
    await reconcile.keep(trade.database, trade.world)
    async with transaction(trade.database) as session:
        await session.execute(wrong.values(funded_units=1))
    clock.ahead += 1
    await reconcile.keep(trade.database, trade.world)
    assert len(await alarms(admin)) == 2, "what comes again is told again"


async def alarms(person: Person) -> list[dict[str, Any]]:
    found = (await person.get("/v1/notices")).raise_for_status().json()["items"]
    return [each for each in found if each["kind"] == "reconciliation_differs"]


async def test_p063_a_run_of_differences_keeps_its_beginning(
    database: Maker, world: World, clock: MovableClock
) -> None:
    await compared(database, world, "one", ago=reconcile.KEPT + timedelta(days=2))
    await compared(database, world, ago=reconcile.KEPT + timedelta(days=1))
    began = await compared(database, world, "one", ago=reconcile.KEPT + timedelta(hours=1))
    await compared(database, world, "one")
    async with transaction(database) as session:
        await reconcile.forget_old(session, datetime.fromtimestamp(world.clock.now(), UTC))
    async with transaction(database) as session:
        found = await comparison.newest(session)
        kept = await session.scalar(select(func.count()).select_from(Reconciliation))
    assert found is not None
    assert (found.since, kept) == (began, 2)


async def test_every_figure_has_a_unit_and_is_served(client: httpx.AsyncClient) -> None:
    text = (await client.get("/metrics")).text
    declared = [each for each in vars(metrics).values() if isinstance(each, Counter | Gauge | Histogram)]
    assert len(declared) >= 12
    for each in declared:
        assert metrics.UNITS[each]
        assert f"# HELP {metrics.name_of(each)} " in text
