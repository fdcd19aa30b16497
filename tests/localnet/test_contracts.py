"""Contracts: upload, deploy, call, authorise, pay; and how a call that cannot succeed says so."""

import pytest
from localnet_kit import WASM, Net, error_code, meta_of, result_of, return_value
from stellar_sdk import Asset, Keypair, Network, StrKey, TransactionBuilder, scval, xdr
from stellar_sdk.auth import authorize_entry
from stellar_sdk.soroban_rpc import AuthMode, GetTransactionResponse
from stellar_sdk.utils import sha256

PASSPHRASE = Network.STANDALONE_NETWORK_PASSPHRASE


@pytest.fixture(scope="module")
def owner(net: Net) -> Keypair:
    return net.person()


@pytest.fixture(scope="module")
def contract(net: Net, owner: Keypair) -> str:
    return net.deploy(owner)


def call_result(done: GetTransactionResponse) -> xdr.InvokeHostFunctionResult:
    results = result_of(done).result.results
    assert results is not None
    assert results[0].tr is not None
    found = results[0].tr.invoke_host_function_result
    assert found is not None
    return found


def put(net: Net, owner: Keypair, contract: str, key: str, value: int) -> GetTransactionResponse:
    arguments = [scval.to_address(owner.public_key), scval.to_symbol(key), scval.to_uint32(value)]
    return net.call(owner, contract, "put", arguments)


def test_a_call_returns_writes_and_emits(net: Net, owner: Keypair, contract: str) -> None:
    done = put(net, owner, contract, "a", 5)
    assert scval.from_uint32(return_value(done)) == 5
    assert scval.from_uint32(return_value(net.call(owner, contract, "get", [scval.to_symbol("a")]))) == 5
    entry = net.server.get_contract_data(contract, scval.to_symbol("a"))
    assert entry is not None
    assert entry.live_until_ledger == entry.last_modified_ledger + 2_073_600 - 1
    event = meta_of(done).operations[0].events[0]
    assert event.contract_id is not None
    assert StrKey.encode_contract(event.contract_id.contract_id.hash) == contract
    success = call_result(done)
    assert success.code.name == "INVOKE_HOST_FUNCTION_SUCCESS"
    image = xdr.InvokeHostFunctionSuccessPreImage(return_value(done), meta_of(done).operations[0].events)
    assert success.success is not None
    assert success.success.hash == sha256(image.to_xdr_bytes())


@pytest.mark.parametrize("upgraded", [False, True], ids=["address", "address_v2"])
def test_a_second_signer_authorises_with_either_kind_of_credentials(
    net: Net, owner: Keypair, contract: str, upgraded: bool
) -> None:
    second = net.person()
    arguments = [scval.to_address(second.public_key), scval.to_symbol("s"), scval.to_uint32(9)]
    envelope = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
    recorded = net.server.simulate_transaction(envelope, use_upgraded_auth=upgraded)
    assert recorded.results
    assert recorded.results[0].auth
    entry = xdr.SorobanAuthorizationEntry.from_xdr(recorded.results[0].auth[0])
    kind = "SOROBAN_CREDENTIALS_ADDRESS_V2" if upgraded else "SOROBAN_CREDENTIALS_ADDRESS"
    assert entry.credentials.type.name == kind
    latest = net.server.get_latest_ledger().sequence
    operation = envelope.transaction.operations[0]
    operation.auth = [authorize_entry(entry, second, latest + 100, PASSPHRASE)]
    prepared = net.server.prepare_transaction(envelope)
    prepared.sign(owner)
    done = net.wait(net.send(prepared).hash)
    assert done.status.value == "SUCCESS", result_of(done)
    assert scval.from_uint32(return_value(done)) == 9
    # The same signed authorisation counts once.
    again = (
        net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments, auth=operation.auth).build()
    )
    replay = net.server.simulate_transaction(again)
    assert replay.error is not None
    assert "nonce already exists" in replay.error


def test_a_foreign_or_expired_authorisation_is_refused(net: Net, owner: Keypair, contract: str) -> None:
    second, thief = net.person(), Keypair.random()
    arguments = [scval.to_address(second.public_key), scval.to_symbol("s"), scval.to_uint32(9)]
    envelope = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
    recorded = net.server.simulate_transaction(envelope)
    assert recorded.results
    assert recorded.results[0].auth
    entry = xdr.SorobanAuthorizationEntry.from_xdr(recorded.results[0].auth[0])
    latest = net.server.get_latest_ledger().sequence

    def refusal(signer: Keypair, until: int) -> str:
        with_auth = authorize_entry(entry, signer, until, PASSPHRASE, for_address=second.public_key)
        envelope.transaction.operations[0].auth = [with_auth]
        error = net.server.simulate_transaction(envelope).error
        assert error is not None
        return error

    assert "Error(Auth, InvalidAction)" in refusal(thief, latest + 10)
    assert "signature has expired" in refusal(second, latest - 1)


def test_an_asset_contract_moves_trustline_balances_and_mints(net: Net) -> None:
    issuer, a, b = net.person(), net.person(), net.person()
    asset = Asset("USDC", issuer.public_key)
    contract = net.deploy_asset(issuer, asset)
    assert contract == asset.contract_id(PASSPHRASE)
    for holder in (a, b):
        net.submit(net.builder(holder).append_change_trust_op(asset), holder)
    net.call(issuer, contract, "mint", [scval.to_address(a.public_key), scval.to_int128(500)])
    move = [scval.to_address(a.public_key), scval.to_address(b.public_key), scval.to_int128(200)]
    done = net.call(a, contract, "transfer", move)
    assert done.status.value == "SUCCESS"
    event = meta_of(done).operations[0].events[0].body.v0
    assert event is not None
    assert scval.from_symbol(event.topics[0]) == "transfer"
    balances = [
        scval.from_int128(return_value(net.call(a, contract, "balance", [scval.to_address(who.public_key)])))
        for who in (a, b)
    ]
    assert balances == [300, 200]
    # Without a trustline there is no way in.
    move[1] = scval.to_address(net.person().public_key)
    envelope = net.builder(a).append_invoke_contract_function_op(contract, "transfer", move).build()
    assert "Error(Contract, #13)" in (net.server.simulate_transaction(envelope).error or "")


def test_the_fee_in_the_end_is_what_was_used_and_the_rest_comes_back(net: Net, owner: Keypair, contract: str) -> None:
    arguments = [scval.to_address(owner.public_key), scval.to_symbol("fee"), scval.to_uint32(1)]
    envelope = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
    simulated = net.server.simulate_transaction(envelope)
    assert simulated.min_resource_fee is not None
    prepared = net.server.prepare_transaction(envelope, simulated)
    prepared.sign(owner)
    done = net.wait(net.send(prepared).hash)
    soroban = meta_of(done).soroban_meta
    assert soroban is not None
    assert soroban.ext.v1 is not None
    fees = soroban.ext.v1
    kept = fees.total_non_refundable_resource_fee_charged.int64 + fees.total_refundable_resource_fee_charged.int64
    charged = result_of(done).fee_charged.int64
    assert charged == kept + 100
    assert 0 < charged < simulated.min_resource_fee + 100
    assert fees.rent_fee_charged.int64 > 0
    assert done.events is not None
    events = [xdr.TransactionEvent.from_xdr(e) for e in done.events.transaction_events_xdr or []]
    amounts = [scval.from_int128(e.event.body.v0.data) for e in events if e.event.body.v0]
    assert amounts == [simulated.min_resource_fee + 100, charged - simulated.min_resource_fee - 100]


def test_a_failed_call_pays_without_rent_and_leaves_nothing(net: Net, owner: Keypair, contract: str) -> None:
    arguments = [scval.to_address(owner.public_key), scval.to_symbol("never"), scval.to_uint32(1)]
    envelope = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
    prepared = net.server.prepare_transaction(envelope)
    data = prepared.transaction.soroban_data
    assert data is not None
    data.resources.write_bytes = xdr.Uint32(10)
    prepared.sign(owner)
    done = net.wait(net.send(prepared).hash)
    assert done.status.value == "FAILED"
    assert call_result(done).code.name == "INVOKE_HOST_FUNCTION_RESOURCE_LIMIT_EXCEEDED"
    assert net.server.get_contract_data(contract, scval.to_symbol("never")) is None
    soroban = meta_of(done).soroban_meta
    assert soroban is not None
    assert soroban.ext.v1 is not None
    assert soroban.ext.v1.total_refundable_resource_fee_charged.int64 == 0
    assert not meta_of(done).operations


def test_a_trap_and_an_endless_loop_fail_alone(net: Net, owner: Keypair, contract: str) -> None:
    for function in ("trap", "spin"):
        envelope = net.builder(owner).append_invoke_contract_function_op(contract, function).build()
        failed = net.server.simulate_transaction(envelope)
        assert failed.error is not None
        assert "HostError" in failed.error
    # Sent all the same, with the resources of a harmless call, it fails in its ledger.
    arguments = [scval.to_symbol("absent")]
    harmless = net.builder(owner).append_invoke_contract_function_op(contract, "brief", arguments + arguments).build()
    prepared = net.server.prepare_transaction(harmless)
    # Out of fuel is a trap too: the machine stops just below the declared instructions, as on the real network.
    for function in ("trap", "spin"):
        builder = net.builder(owner, fee=prepared.transaction.fee).append_invoke_contract_function_op(
            contract, function
        )
        data = prepared.transaction.soroban_data
        assert data is not None
        envelope = builder.set_soroban_data(data).build()
        envelope.transaction.fee = prepared.transaction.fee
        envelope.sign(owner)
        done = net.wait(net.send(envelope).hash)
        assert call_result(done).code.name == "INVOKE_HOST_FUNCTION_TRAPPED"
        assert done.diagnostic_events_xdr
    assert net.server.get_health().status == "healthy"


def test_declared_resources_are_held_against_the_limits(net: Net, owner: Keypair, contract: str) -> None:
    arguments = [scval.to_address(owner.public_key), scval.to_symbol("lim"), scval.to_uint32(1)]

    def verdict(change: str, value: int) -> str | None:
        envelope = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
        prepared = net.server.prepare_transaction(envelope)
        data = prepared.transaction.soroban_data
        assert data is not None
        setattr(data.resources, change, xdr.Uint32(value))
        prepared.sign(owner)
        return error_code(net.send(prepared))

    assert verdict("instructions", 400_000_001) == "txSOROBAN_INVALID"
    assert verdict("write_bytes", 132_097) == "txSOROBAN_INVALID"
    assert verdict("disk_read_bytes", 200_001) == "txSOROBAN_INVALID"
    # Within the limits, but the fee does not pay for it.
    assert verdict("instructions", 390_000_000) == "txSOROBAN_INVALID"


def test_contract_calls_take_no_memo_and_no_company(net: Net, owner: Keypair, contract: str) -> None:
    arguments = [scval.to_symbol("absent"), scval.to_uint32(1)]
    prepared = net.server.prepare_transaction(
        net.builder(owner).append_invoke_contract_function_op(contract, "brief", arguments).build()
    )
    data = prepared.transaction.soroban_data
    assert data is not None

    def verdict(builder: TransactionBuilder) -> str | None:
        envelope = builder.set_soroban_data(data).build()
        envelope.transaction.fee = prepared.transaction.fee
        envelope.sign(owner)
        return error_code(net.send(envelope))

    call = net.builder(owner).append_invoke_contract_function_op(contract, "brief", arguments)
    assert verdict(call.add_text_memo("no")) == "txSOROBAN_INVALID"
    two = net.builder(owner).append_invoke_contract_function_op(contract, "brief", arguments)
    assert verdict(two.append_bump_sequence_op(1)) == "txMALFORMED"
    assert verdict(net.builder(owner).append_bump_sequence_op(1)) == "txMALFORMED"


def test_simulation_tells_changes_and_refuses_in_its_answer(net: Net, owner: Keypair, contract: str) -> None:
    arguments = [scval.to_address(owner.public_key), scval.to_symbol("sim"), scval.to_uint32(1)]
    envelope = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
    told = net.server.simulate_transaction(envelope)
    assert told.state_changes is not None
    created = [change for change in told.state_changes if change.type == "created"]
    assert created[0].before is None
    raw = net.rpc("simulateTransaction", {"transaction": envelope.to_xdr()})["result"]
    assert raw["stateChanges"][0].keys() == {"type", "key", "before", "after"}
    assert net.server.get_contract_data(contract, scval.to_symbol("sim")) is None
    with_leeway = net.rpc(
        "simulateTransaction", {"transaction": envelope.to_xdr(), "resourceConfig": {"instructionLeeway": 5_000_000}}
    )["result"]
    base, more = (
        xdr.SorobanTransactionData.from_xdr(x["transactionData"]).resources.instructions.uint32
        for x in (raw, with_leeway)
    )
    assert more > base + 4_000_000
    payment = net.builder(owner).append_bump_sequence_op(1).build()
    assert "unsupported operation type" in (net.server.simulate_transaction(payment).error or "")
    two = net.builder(owner).append_bump_sequence_op(1).append_bump_sequence_op(2).build()
    assert net.server.simulate_transaction(two).error == "Transaction contains more than one operation"
    garbage = net.rpc("simulateTransaction", {"transaction": "AAAA"})["result"]
    assert garbage["error"] == "Could not unmarshal transaction"
    unknown = StrKey.encode_contract(b"\x01" * 32)
    missing = net.builder(owner).append_invoke_contract_function_op(unknown, "get", []).build()
    assert "MissingValue" in (net.server.simulate_transaction(missing).error or "")


def test_auth_modes(net: Net, owner: Keypair, contract: str) -> None:
    second = net.person()
    arguments = [scval.to_address(second.public_key), scval.to_symbol("m"), scval.to_uint32(1)]
    envelope = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
    enforced = net.server.simulate_transaction(envelope, auth_mode=AuthMode.ENFORCE)
    assert enforced.error is not None
    assert "Error(Auth, InvalidAction)" in enforced.error
    recorded = net.server.simulate_transaction(envelope, auth_mode=AuthMode.RECORD)
    assert recorded.results
    assert recorded.results[0].auth
    envelope.transaction.operations[0].auth = [xdr.SorobanAuthorizationEntry.from_xdr(recorded.results[0].auth[0])]
    refused = net.server.simulate_transaction(envelope, auth_mode=AuthMode.RECORD)
    assert "non-empty auth" in (refused.error or "")


def test_uploads_are_checked(net: Net, owner: Keypair) -> None:
    for bad in (b"", b"\x00asm", WASM[:-5], b"\x00asm\x01\x00\x00\x00"):
        envelope = net.builder(owner).append_upload_contract_wasm_op(bad).build()
        assert net.server.simulate_transaction(envelope).error is not None
    assert net.upload(owner) == sha256(WASM)
