"""What a node tells developers of a call, beside what everybody hears: the host's diagnostics, and core's figures."""

from localnet_kit import Net, meta_of
from stellar_sdk import scval, xdr

METRICS = [
    "read_entry",
    "write_entry",
    "ledger_read_byte",
    "ledger_write_byte",
    "read_key_byte",
    "write_key_byte",
    "read_data_byte",
    "write_data_byte",
    "read_code_byte",
    "write_code_byte",
    "emit_event",
    "emit_event_byte",
    "cpu_insn",
    "mem_byte",
    "invoke_time_nsecs",
    "max_rw_key_byte",
    "max_rw_data_byte",
    "max_rw_code_byte",
    "max_emit_event_byte",
]


def metrics_of(events: list[xdr.DiagnosticEvent]) -> dict[str, int]:
    """In the order they were told."""
    found = {}
    for event in events:
        assert event.event.body.v0 is not None
        topics = event.event.body.v0.topics
        if topics[0] == scval.to_symbol("core_metrics"):
            found[scval.from_symbol(topics[1])] = scval.from_uint64(event.event.body.v0.data)
    return found


def test_a_call_tells_what_it_took(net: Net) -> None:
    owner = net.person()
    contract = net.deploy(owner)
    put = [scval.to_address(owner.public_key), scval.to_symbol("k"), scval.to_uint32(1)]
    builder = net.builder(owner).append_invoke_contract_function_op(contract, "put", put)
    envelope = net.server.prepare_transaction(builder.build())
    envelope.sign(owner)
    done = net.wait(net.send(envelope).hash)
    events = meta_of(done).diagnostic_events
    told = metrics_of(events)
    assert list(told) == METRICS
    assert all(event.in_successful_contract_call for event in events)
    assert envelope.transaction.soroban_data is not None
    resources = envelope.transaction.soroban_data.resources
    assert 0 < told["cpu_insn"] <= resources.instructions.uint32
    assert told["ledger_write_byte"] == told["write_data_byte"] == resources.write_bytes.uint32
    assert (told["write_entry"], told["read_entry"], told["ledger_read_byte"]) == (1, 0, 0)
    operation = meta_of(done).operations[0].events[0]
    assert (told["emit_event"], told["emit_event_byte"]) == (1, len(operation.to_xdr_bytes()))
    # What everybody hears is the contract's own event alone.
    page = net.rpc("getEvents", {"startLedger": done.ledger, "filters": [{"contractIds": [contract]}]})["result"]
    assert len(page["events"]) == 1


def test_a_transfer_reads_both_balances_from_the_disk(net: Net) -> None:
    giver, taker = net.person(), net.person()
    native = "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4"
    transfer = [scval.to_address(giver.public_key), scval.to_address(taker.public_key), scval.to_int128(5)]
    told = metrics_of(meta_of(net.call(giver, native, "transfer", transfer)).diagnostic_events)
    assert (told["read_entry"], told["write_entry"]) == (2, 2)
    assert told["ledger_read_byte"] == told["ledger_write_byte"] > 0


def test_a_call_that_fails_tells_it_too(net: Net) -> None:
    owner = net.person()
    contract = net.deploy(owner)
    builder = net.builder(owner).append_invoke_contract_function_op(contract, "get", [scval.to_symbol("missing")])
    put = [scval.to_address(owner.public_key), scval.to_symbol("k"), scval.to_uint32(1)]
    ready = net.server.prepare_transaction(
        net.builder(owner).append_invoke_contract_function_op(contract, "put", put).build()
    )
    envelope = builder.build()
    assert ready.transaction.soroban_data is not None
    envelope.transaction.soroban_data = ready.transaction.soroban_data
    envelope.transaction.fee = ready.transaction.fee
    envelope.sign(owner)
    done = net.wait(net.send(envelope).hash)
    assert done.status.value == "FAILED"
    events = meta_of(done).diagnostic_events
    told = metrics_of(events)
    assert list(told) == METRICS
    assert told["emit_event"] == told["write_entry"] == 0
    assert not any(event.in_successful_contract_call for event in events[-len(METRICS) :])
