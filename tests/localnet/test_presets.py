"""Other settings, another passphrase, and the SDK's own contract client from end to end."""

from collections.abc import Callable

import pytest
from localnet_kit import Net, contract_data_key
from stellar_sdk import Account, Keypair, Network, SorobanDataBuilder, TransactionBuilder, scval, xdr
from stellar_sdk.contract import ContractClient

Start = Callable[..., Net]


@pytest.mark.parametrize(("preset", "min_persistent"), [("testnet", 120_960), ("unlimited", 120_960)])
def test_presets_differ_in_the_life_of_an_entry(start_net: Start, preset: str, min_persistent: int) -> None:
    net = start_net("--close", "instant", "--limits", preset)
    owner = net.person()
    contract = net.deploy(owner)
    key = scval.to_symbol("k")
    done = net.call(owner, contract, "put", [scval.to_address(owner.public_key), key, scval.to_uint32(1)])
    entry = net.server.get_ledger_entries([contract_data_key(contract, key)]).entries
    assert entry
    assert done.ledger is not None
    assert entry[0].live_until_ledger == done.ledger + min_persistent - 1


def test_another_passphrase_is_another_network(start_net: Start) -> None:
    net = start_net("--close", "instant", "--passphrase", Network.TESTNET_NETWORK_PASSPHRASE)
    assert net.server.get_network().passphrase == Network.TESTNET_NETWORK_PASSPHRASE
    person = net.person()
    builder = TransactionBuilder(net.account(person), Network.TESTNET_NETWORK_PASSPHRASE, 100)
    envelope = builder.add_time_bounds(0, 0).append_bump_sequence_op(1).build()
    envelope.sign(person)
    assert net.wait(net.send(envelope).hash).status.value == "SUCCESS"


def test_the_sdks_contract_client_signs_submits_and_reads_the_result(net: Net) -> None:
    owner = net.person()
    contract = net.deploy(owner)
    with ContractClient(contract, net.url + "/rpc", Network.STANDALONE_NETWORK_PASSPHRASE) as client:
        arguments = [scval.to_address(owner.public_key), scval.to_symbol("c"), scval.to_uint32(11)]
        written = client.invoke("put", arguments, owner.public_key, owner, scval.from_uint32)
        assert written.result() == 11
        assert written.sign_and_submit() == 11
        read = client.invoke("get", [scval.to_symbol("c")], owner.public_key, parse_result_xdr_fn=scval.from_uint32)
        assert read.is_read_call()
        assert read.result() == 11


def test_simulating_needs_no_funded_source(net: Net) -> None:
    owner, nobody = net.person(), Keypair.random()
    contract = net.deploy(owner)
    net.call(owner, contract, "put", [scval.to_address(owner.public_key), scval.to_symbol("r"), scval.to_uint32(2)])
    builder = TransactionBuilder(Account(nobody.public_key, 0), Network.STANDALONE_NETWORK_PASSPHRASE, 100)
    builder.add_time_bounds(0, 0).append_invoke_contract_function_op(contract, "get", [scval.to_symbol("r")])
    told = net.server.simulate_transaction(builder.build())
    assert told.results
    assert scval.from_uint32(told.results[0].xdr) == 2


def test_sums_that_overflow_are_refused_and_not_fatal(net: Net) -> None:
    owner = net.person()
    contract = net.deploy(owner)
    instance = contract_data_key(contract, xdr.SCVal(xdr.SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE))
    data = SorobanDataBuilder().set_read_only([instance]).build()
    envelope = net.builder(owner).append_extend_footprint_ttl_op(2**32 - 1).set_soroban_data(data).build()
    assert envelope.transaction.soroban_data is not None
    envelope.transaction.soroban_data.resource_fee = xdr.Int64(2**63 - 1)
    assert net.server.simulate_transaction(envelope).error is not None
    envelope.sign(owner)
    assert net.send(envelope).status.value == "ERROR"
    bump = TransactionBuilder.build_fee_bump_transaction(owner, 100, envelope, Network.STANDALONE_NETWORK_PASSPHRASE)
    bump.transaction.fee = 2**63 - 1
    bump.sign(owner)
    assert net.send(bump).status.value == "ERROR"
    assert net.server.get_health().status == "healthy"
