"""Deployment against the local network: what stands is left alone, what is missing is done, what differs is told."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from stellar_sdk import Asset, Keypair, SorobanServerAsync, scval, xdr

from tenor.chain import deploy as steps
from tenor.chain.deploy import DeployedDifferently, Plan, deploy, read_wasm
from tenor.chain.deployment import DeploymentUnusable, load_deployment, load_record
from tenor.chain.direct import Direct, LedgerSilent, TransactionRefused, data_key, instance_key, trustline_key
from tenor.chain.keys import KeysUnusable, PlatformKeys, ensure_keys, load_keys
from tenor.kernel.errors import Invalid
from tenor.settings import STANDALONE, Settings, load
from tenor.up.start import wasm_folder


@pytest.fixture
def settings(localnet: str, tmp_path: Path) -> Settings:
    return load(
        {
            "TENOR_DATA": str(tmp_path),
            "DATABASE_URL": "postgresql://unused",
            "REDIS_URL": "redis://unused",
            "RPC_URL": f"{localnet}/rpc",
            "FRIENDBOT_URL": f"{localnet}/friendbot",
        }
    )


@pytest.fixture
def keys(settings: Settings) -> PlatformKeys:
    return ensure_keys(settings.keys_file)


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan(wasm=read_wasm(wasm_folder()))


def quiet(_: str) -> None:
    """Progress is for terminals."""


async def newest(settings: Settings) -> int:
    async with SorobanServerAsync(settings.rpc_url) as server:
        return (await server.get_latest_ledger()).sequence


async def test_a_second_deployment_changes_nothing(settings: Settings, keys: PlatformKeys, plan: Plan) -> None:
    first = await deploy(settings, keys, plan, say=quiet)
    before = await newest(settings)
    assert await deploy(settings, keys, plan, say=quiet) == first
    assert await newest(settings) == before
    assert load_deployment(settings.deployment_file, network_passphrase=STANDALONE) == first.deployment


async def test_a_lost_record_is_found_again_on_the_ledger(settings: Settings, keys: PlatformKeys, plan: Plan) -> None:
    first = await deploy(settings, keys, plan, say=quiet)
    settings.deployment_file.unlink()
    again = await deploy(settings, keys, plan, say=quiet)
    assert again.deployment.escrow == first.deployment.escrow
    assert again.deployment.first_ledger <= first.deployment.first_ledger


@pytest.mark.parametrize("done", range(0, 15, 2))
async def test_it_goes_on_where_it_was_cut_off(
    settings: Settings, keys: PlatformKeys, plan: Plan, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process is gone after `done` transactions of the admin; the next one finishes."""
    submit, sent = Direct.submit, 0

    async def cut_off(self: Direct, signer: Keypair, compose: object, *, contract: bool = False) -> object:
        nonlocal sent
        if signer == keys.roles["admin"]:
            if sent == done:
                raise KeyboardInterrupt
            sent += 1
        return await submit(self, signer, compose, contract=contract)  # type: ignore[arg-type]

    # Other tests may have uploaded the code already, so that fewer transactions are needed than we let pass.
    monkeypatch.setattr(Direct, "submit", cut_off)
    try:
        await deploy(settings, keys, plan, say=quiet)
    except KeyboardInterrupt:
        assert load_record(settings.deployment_file) is None
    monkeypatch.setattr(Direct, "submit", submit)
    record = await deploy(settings, keys, plan, say=quiet)
    async with Direct(rpc_url=settings.rpc_url, network_passphrase=STANDALONE, friendbot_url=None) as ledger:
        made = record.deployment
        others = (made.distributor, made.registry, made.stream, made.market, made.assets[0].contract)
        for contract in (made.escrow, *others):
            assert contract is not None
            assert await ledger.entry(instance_key(contract)) is not None
        usdc = Asset("USDC", keys.issuer.public_key)
        assert await ledger.entry(trustline_key(keys.roles["treasury"].public_key, usdc)) is not None


async def test_the_addresses_are_those_of_the_ledger_and_the_roles_stand_in_the_contract(
    settings: Settings, keys: PlatformKeys, plan: Plan
) -> None:
    record = await deploy(settings, keys, plan, say=quiet)
    async with Direct(rpc_url=settings.rpc_url, network_passphrase=STANDALONE, friendbot_url=None) as ledger:
        entry = await ledger.entry(instance_key(record.deployment.escrow))
    assert entry is not None
    stored = entry.contract_data.val.instance.storage.to_xdr_bytes()
    for role in steps.ON_LEDGER:
        assert xdr.Uint256(keys.roles[role].raw_public_key()).to_xdr_bytes() in stored
    assert bytes.fromhex(record.deployment.wasm_hashes["token"]) in stored


async def test_platforms_share_one_registry(settings: Settings, keys: PlatformKeys, plan: Plan, tmp_path: Path) -> None:
    """The second platform makes none of its own, and its escrow waits to be admitted by the first one's admin."""
    first = (await deploy(settings, keys, plan, say=quiet)).deployment
    neighbour = replace(settings, data_dir=tmp_path / "neighbour")
    theirs = replace(plan, registry=first.registry)
    second = (await deploy(neighbour, ensure_keys(neighbour.keys_file), theirs, say=quiet)).deployment
    assert second.registry == first.registry
    assert second.escrow != first.escrow
    async with Direct(rpc_url=settings.rpc_url, network_passphrase=STANDALONE, friendbot_url=None) as ledger:
        assert [await is_member(ledger, first.registry, escrow) for escrow in (first.escrow, second.escrow)] == [
            True,
            False,
        ]


async def is_member(ledger: Direct, registry: str | None, escrow: str) -> bool:
    assert registry is not None
    key = scval.to_vec([scval.to_symbol("Member"), scval.to_address(escrow)])
    return await ledger.entry(data_key(registry, key)) is not None


async def test_a_record_made_before_there_was_a_market_is_read(
    settings: Settings, keys: PlatformKeys, plan: Plan
) -> None:
    now = await deploy(settings, keys, plan, say=quiet)
    held = json.loads(settings.deployment_file.read_text())
    for name in ("registry", "stream", "market"):
        del held["deployment"][name]
    settings.deployment_file.write_text(json.dumps(held))
    before = load_deployment(settings.deployment_file, network_passphrase=STANDALONE)
    assert (before.escrow, before.market) == (now.deployment.escrow, None)
    # Deploying again finds what stands and completes the record.
    assert await deploy(settings, keys, plan, say=quiet) == now


async def test_other_code_at_the_address_is_told(settings: Settings, keys: PlatformKeys, plan: Plan) -> None:
    await deploy(settings, keys, plan, say=quiet)
    other = replace(plan, wasm={**plan.wasm, "escrow": plan.wasm["distributor"]})
    with pytest.raises(DeployedDifferently, match="make clean"):
        await deploy(settings, keys, other, say=quiet)
    assert (await deploy(settings, keys, replace(plan, name="second"), say=quiet)).name == "second"


async def test_a_wrong_network_or_none_is_one_sentence(settings: Settings, keys: PlatformKeys, plan: Plan) -> None:
    with pytest.raises(Invalid, match="serves 'Standalone"):
        await deploy(replace(settings, network_passphrase="Another"), keys, plan, say=quiet)
    with pytest.raises(LedgerSilent, match="does not answer"):
        await deploy(replace(settings, rpc_url="http://127.0.0.1:9/rpc"), keys, plan, say=quiet)
    with pytest.raises(Invalid, match="CODE:ISSUER"):
        await deploy(settings, keys, replace(plan, asset="USDC"), say=quiet)
    await deploy(settings, keys, plan, say=quiet)
    with pytest.raises(DeploymentUnusable, match="TENOR_DATA"):
        load_deployment(settings.deployment_file, network_passphrase="Another")


async def test_a_refused_transaction_is_told_with_the_ledgers_words(settings: Settings, keys: PlatformKeys) -> None:
    async with Direct(
        rpc_url=settings.rpc_url, network_passphrase=STANDALONE, friendbot_url=settings.friendbot_url
    ) as ledger:
        poor = Keypair.random()
        await ledger.ensure_account(poor.public_key)
        with pytest.raises(TransactionRefused):
            await ledger.submit(
                poor,
                lambda builder: builder.append_payment_op(
                    keys.roles["admin"].public_key, Asset("USDC", keys.issuer.public_key), "1"
                ),
            )


def test_keys_are_made_once_and_open_to_nobody(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    first = ensure_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ensure_keys(path).secrets.vault_key == first.secrets.vault_key
    assert len({key.public_key for key in first.roles.values()}) == len(first.roles)
    assert all(key.secret not in repr(first) for key in first.roles.values())


def test_unusable_keys_are_told_without_quoting_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(KeysUnusable, match="does not exist"):
        load_keys(path)
    ensure_keys(path)
    whole = path.read_text()
    path.chmod(0o644)
    with pytest.raises(KeysUnusable, match="chmod 600"):
        load_keys(path)
    path.chmod(0o600)
    held = json.loads(whole)
    for broken in (
        whole[:40],
        json.dumps({**held, "issuer": held["issuer"][:-1] + "!"}),
        json.dumps({**held, "roles": {}}),
    ):
        path.write_text(broken)
        with pytest.raises(KeysUnusable) as refused:
            load_keys(path)
        assert held["issuer"][:10] not in str(refused.value)
