"""`tenor doctor`: a healthy installation passes, and each thing that is broken is named with its way out."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tenor import doctor, projector, reconcile
from tenor.chain import index, landmark
from tenor.db import Maker
from tenor.doctor import Finding, examine
from tenor.settings import Settings
from tenor.wiring import live_world


@pytest.fixture
def fresh_ledger(localnet: str) -> None:
    """An instant network has no new ledger by itself; a look at the clock wants one."""
    httpx.post(f"{localnet}/control/close", timeout=30).raise_for_status()


async def seen(settings: Settings) -> dict[str, Finding]:
    found = await examine(settings)
    assert all((each.way_out is None) == each.ok for each in found), "every finding has its way out"
    return {each.name: each for each in found}


def wrong(found: dict[str, Finding]) -> set[str]:
    return {name for name, each in found.items() if not each.ok}


@pytest.mark.usefixtures("fresh_ledger")
async def test_p070_p150_a_healthy_installation_passes_and_a_new_one_says_what_is_missing(
    settings: Settings, database: Maker
) -> None:
    assert wrong(await seen(settings)) == {"indexer", "reconciliation"}
    async with live_world(settings) as world:
        await landmark.watch(database, world)
        decoder = index.decoder_of(world)
        while await index.index(database, world, decoder, projector.project, post=projector.post):
            pass
        await reconcile.keep(database, world)
    assert wrong(await seen(settings)) == set()


@pytest.mark.usefixtures("fresh_ledger")
async def test_p150_what_is_broken_does_not_hide_the_rest(settings: Settings, tmp_path: Path) -> None:
    broken = replace(
        settings, database_url="postgresql://127.0.0.1:1/x", redis_url="redis://127.0.0.1:1", data_dir=tmp_path
    )
    found = await seen(broken)
    assert {"keys", "deployment", "redis", "database"} <= wrong(found)
    assert found["ledger"].ok
    assert "tenor deploy" in str(found["deployment"].way_out)
    assert found["waiting"].told == "not looked at"


@pytest.mark.usefixtures("fresh_ledger")
async def test_p022_p024_each_node_is_told_by_name(settings: Settings) -> None:
    found = await seen(replace(settings, rpc_urls_more=("http://127.0.0.1:1",)))
    assert found["ledger"].ok
    assert found["node 1 127.0.0.1"].ok
    assert "did not answer" in found["node 2 127.0.0.1"].told
    other = await seen(replace(settings, network_passphrase="Test SDF Network ; September 2015"))
    assert "NETWORK_PASSPHRASE" in other["ledger"].told


async def test_p018_limits_are_looked_at(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "DISK_FREE_BYTES_MIN", 1 << 62)
    monkeypatch.setattr(doctor, "BALANCE_STROOPS_MIN", 1 << 62)
    found = await seen(settings)
    assert {"disk", "balances"} <= wrong(found)
    assert "operator" in found["balances"].told
