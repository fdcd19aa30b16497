"""Entries that run out: extended in time, restored by hand, or brought back by the very call that needs them."""

import pytest
from localnet_kit import Net, contract_data_key, error_code, meta_of, result_of, return_value
from stellar_sdk import Keypair, SorobanDataBuilder, scval, xdr

MIN_PERSISTENT = 2_073_600
KEY = scval.to_symbol("k")


@pytest.fixture
def stored(net: Net) -> tuple[Keypair, str, xdr.LedgerKey]:
    owner = net.person()
    contract = net.deploy(owner)
    net.call(owner, contract, "put", [scval.to_address(owner.public_key), KEY, scval.to_uint32(3)])
    return owner, contract, contract_data_key(contract, KEY)


def live_until(net: Net, key: xdr.LedgerKey) -> int:
    found = net.server.get_ledger_entries([key])
    assert found.entries
    assert found.entries[0].live_until_ledger is not None
    return found.entries[0].live_until_ledger


def test_an_extension_sets_the_last_ledger_and_pays_rent(net: Net, stored: tuple[Keypair, str, xdr.LedgerKey]) -> None:
    owner, _, key = stored
    data = SorobanDataBuilder().set_read_only([key]).build()
    builder = net.builder(owner).append_extend_footprint_ttl_op(3_000_000).set_soroban_data(data)
    done = net.submit(builder, owner, prepare=True)
    assert done.status.value == "SUCCESS", result_of(done)
    assert done.ledger is not None
    assert live_until(net, key) == done.ledger + 3_000_000
    soroban = meta_of(done).soroban_meta
    assert soroban is not None
    assert soroban.ext.v1 is not None
    assert soroban.ext.v1.rent_fee_charged.int64 > 0


def test_an_archived_entry_is_restored_by_its_own_operation(
    net: Net, stored: tuple[Keypair, str, xdr.LedgerKey]
) -> None:
    owner, contract, key = stored
    net.control("archive", key=key.to_xdr())
    shown = net.http("/control/entry?key=" + key.to_xdr().replace("+", "%2B"))[1]
    assert shown["live"] is False
    data = SorobanDataBuilder().set_read_write([key]).build()
    builder = net.builder(owner).append_restore_footprint_op().set_soroban_data(data)
    done = net.submit(builder, owner, prepare=True)
    assert done.status.value == "SUCCESS", result_of(done)
    assert done.ledger is not None
    assert live_until(net, key) == done.ledger + MIN_PERSISTENT - 1
    kinds = [change.type.name for change in meta_of(done).operations[0].changes.ledger_entry_changes]
    assert kinds == ["LEDGER_ENTRY_RESTORED", "LEDGER_ENTRY_RESTORED"]
    assert scval.from_uint32(return_value(net.call(owner, contract, "get", [KEY]))) == 3


def test_a_call_brings_archived_entries_back_by_itself(net: Net, stored: tuple[Keypair, str, xdr.LedgerKey]) -> None:
    owner, contract, key = stored
    instance = contract_data_key(contract, xdr.SCVal(xdr.SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE))
    for expired in (key, instance):
        net.control("archive", key=expired.to_xdr())
    envelope = net.builder(owner).append_invoke_contract_function_op(contract, "get", [KEY]).build()
    prepared = net.server.prepare_transaction(envelope)
    data = prepared.transaction.soroban_data
    assert data is not None
    assert data.ext.resource_ext is not None
    assert len(data.ext.resource_ext.archived_soroban_entries) == 2
    prepared.sign(owner)
    done = net.wait(net.send(prepared).hash)
    assert done.status.value == "SUCCESS", result_of(done)
    assert scval.from_uint32(return_value(done)) == 3
    assert done.ledger is not None
    assert live_until(net, key) == live_until(net, instance) == done.ledger + MIN_PERSISTENT - 1


def test_a_footprint_that_does_not_mark_the_archived_entry_fails(
    net: Net, stored: tuple[Keypair, str, xdr.LedgerKey]
) -> None:
    owner, contract, key = stored
    envelope = net.builder(owner).append_invoke_contract_function_op(contract, "get", [KEY]).build()
    prepared = net.server.prepare_transaction(envelope)
    prepared.sign(owner)
    net.control("archive", key=key.to_xdr())
    sent = net.send(prepared)
    assert sent.status.value == "PENDING", error_code(sent)
    results = result_of(net.wait(sent.hash)).result.results
    assert results is not None
    assert results[0].tr is not None
    assert results[0].tr.invoke_host_function_result is not None
    assert results[0].tr.invoke_host_function_result.code.name == "INVOKE_HOST_FUNCTION_ENTRY_ARCHIVED"


def test_extending_an_archived_entry_asks_for_a_restore_first(
    net: Net, stored: tuple[Keypair, str, xdr.LedgerKey]
) -> None:
    owner, _, key = stored
    net.control("archive", key=key.to_xdr())
    data = SorobanDataBuilder().set_read_only([key]).build()
    envelope = net.builder(owner).append_extend_footprint_ttl_op(2_500_000).set_soroban_data(data).build()
    told = net.server.simulate_transaction(envelope)
    assert told.restore_preamble is not None
    restore = xdr.SorobanTransactionData.from_xdr(told.restore_preamble.transaction_data)
    assert [k.to_xdr() for k in restore.resources.footprint.read_write] == [key.to_xdr()]


def test_ledgers_jump_and_with_them_entries_run_out(start_net: object) -> None:
    net = start_net("--close", "instant")  # type: ignore[operator]
    owner = net.person()
    contract = net.deploy(owner)
    net.call(owner, contract, "put", [scval.to_address(owner.public_key), KEY, scval.to_uint32(3)])
    net.call(owner, contract, "brief", [KEY, scval.to_uint32(4)])
    brief = contract_data_key(contract, KEY)
    assert brief.contract_data is not None
    brief.contract_data.durability = xdr.ContractDataDurability.TEMPORARY
    assert net.server.get_ledger_entries([brief]).entries
    before = net.server.get_latest_ledger().sequence
    net.control("advance", ledgers=17_280)
    assert net.server.get_latest_ledger().sequence == before + 17_280
    assert not net.server.get_ledger_entries([brief]).entries
    net.control("advance", ledgers=MIN_PERSISTENT)
    shown = net.http("/control/entry?key=" + contract_data_key(contract, KEY).to_xdr().replace("+", "%2B"))[1]
    assert shown["live"] is False
    done = net.call(owner, contract, "get", [KEY])
    assert scval.from_uint32(return_value(done)) == 3
