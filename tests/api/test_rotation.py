"""The vault key is changed while documents lie under it: nothing is lost, nothing opens under the key before."""

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update
from trade import Trade

from invoice_files import born_digital
from tenor.chain.keys import ensure_keys, load_keys
from tenor.chain.vaultkey import RotationUnfinished, forget, rotate
from tenor.cli import tenor
from tenor.db import Maker, transaction
from tenor.documents.refusals import SealBroken
from tenor.documents.vault import seal
from tenor.invoices import intake
from tenor.invoices.models import Invoice
from tenor.migrations.upgrade import all_tables
from tenor.rotation import rewrap

NEW = b"n" * 32


def test_a_new_vault_key_stands_in_front_and_everything_else_stays(tmp_path: Path):
    path = tmp_path / "keys.json"
    ensure_keys(path)
    before = json.loads(path.read_text())
    rotate(path)
    found = load_keys(path).secrets
    assert found.vault_keys == (found.vault_key, bytes.fromhex(before["secrets"]["vault_key"]))
    assert found.vault_key != found.vault_key_before
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(RotationUnfinished):
        rotate(path)
    assert load_keys(path).secrets.vault_keys == found.vault_keys
    forget(path)
    assert load_keys(path).secrets.vault_keys == (found.vault_key,)
    after = json.loads(path.read_text())
    after["secrets"]["vault_key"] = before["secrets"]["vault_key"]
    assert after == before
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]


async def sealed_things(trade: Trade) -> Invoice:
    """An invoice, somebody's details and an e-mail address; another invoice that was erased."""
    seller = await trade.person("seller")
    first = await trade.uploaded(seller, born_digital(await trade.sample()), "invoice.pdf")
    second = await trade.uploaded(seller, born_digital(await trade.sample()), "invoice.pdf")
    (await seller.put("/v1/me/contact", json={"email": "seller@example.org"})).raise_for_status()
    async with transaction(trade.database) as session:
        await session.execute(update(Invoice).where(Invoice.id == second["id"]).values(wrapped_key=b""))
        found = await session.get(Invoice, first["id"])
    assert found is not None
    return found


async def read(trade: Trade, invoice: Invoice, *keys: bytes) -> bytes:
    async with transaction(trade.database) as session:
        found = await session.get_one(Invoice, invoice.id)
    secrets = replace(trade.world.secrets, vault_key=keys[0], vault_key_before=keys[1] if keys[1:] else None)
    return await intake.original(replace(trade.world, secrets=secrets), found)


async def test_everything_is_wrapped_anew_and_opens_under_the_new_key_alone(trade: Trade, database: Maker):
    old = trade.world.secrets.vault_key
    invoice = await sealed_things(trade)
    clear = await read(trade, invoice, old)
    assert await read(trade, invoice, NEW, old) == clear, "before it is wrapped anew, both keys are known"
    done = await rewrap(database, all_tables(), old_key=old, new_key=NEW)
    assert (done.rewrapped, done.already, done.unknown) == (2, 0, [])
    assert await read(trade, invoice, NEW) == clear
    assert await read(trade, invoice, NEW, old) == clear
    with pytest.raises(SealBroken):
        await read(trade, invoice, old)
    again = await rewrap(database, all_tables(), old_key=old, new_key=NEW)
    assert (again.rewrapped, again.already, again.unknown) == (0, 2, [])
    stray = seal(b"x", document_id="another", platform_key=NEW).wrapped_key
    async with transaction(database) as session:
        await session.execute(update(Invoice).where(Invoice.id == invoice.id).values(wrapped_key=stray))
    assert (await rewrap(database, all_tables(), old_key=old, new_key=NEW)).unknown == [f"invoice {invoice.id}"]


async def test_the_commands_end_with_the_key_before_destroyed(trade: Trade, tmp_path: Path):
    invoice = await sealed_things(trade)
    shutil.copy(trade.settings.keys_file, tmp_path / "keys.json")
    shutil.copy(trade.settings.deployment_file, tmp_path / "deployment.json")
    environment = {
        "TENOR_DATA": str(tmp_path),
        "DATABASE_URL": trade.settings.database_url,
        "REDIS_URL": trade.settings.redis_url,
        "RPC_URL": trade.settings.rpc_url,
        "NETWORK_PASSPHRASE": trade.settings.network_passphrase,
    }

    async def run(*arguments: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, tenor, ["keys", *arguments], env=environment)

    assert "`tenor keys rotate` makes a new one first" in str((await run("rewrap")).exception)
    assert (await run("rotate")).exit_code == 0
    first = await run("rewrap", "--forget")
    assert "2 wrapped anew" in first.output
    assert "restart" in str(first.exception), "the key before is kept as long as somebody still wrapped under it"
    assert load_keys(tmp_path / "keys.json").secrets.vault_key_before is not None
    last = await run("rewrap", "--forget")
    assert last.exit_code == 0, last.output
    assert "the key before is destroyed" in last.output
    held = load_keys(tmp_path / "keys.json").secrets
    assert held.vault_key_before is None
    assert (await read(trade, invoice, held.vault_key)).startswith(b"%PDF")
