"""A contract call that is refused before it waits says which declared resource was at fault."""

from collections.abc import Callable

import pytest
from localnet_kit import Net, error_code
from stellar_sdk import Keypair, TransactionEnvelope, scval, xdr
from stellar_sdk.soroban_rpc import SendTransactionResponse

Change = Callable[[TransactionEnvelope, xdr.SorobanTransactionData], None]


def instructions(_: TransactionEnvelope, data: xdr.SorobanTransactionData) -> None:
    data.resources.instructions = xdr.Uint32(400_000_001)


def written(_: TransactionEnvelope, data: xdr.SorobanTransactionData) -> None:
    data.resources.write_bytes = xdr.Uint32(132_097)


def twice(_: TransactionEnvelope, data: xdr.SorobanTransactionData) -> None:
    footprint = data.resources.footprint
    footprint.read_only = [*footprint.read_only, *footprint.read_write]


def cheap(_: TransactionEnvelope, data: xdr.SorobanTransactionData) -> None:
    data.resource_fee = xdr.Int64(1)


@pytest.mark.parametrize(
    ("change", "sentence", "figures"),
    [
        (instructions, "instructions above", [400_000_001, 400_000_000]),
        (written, "written bytes above", [132_097, 132_096]),
        (twice, "twice", []),
        (cheap, "does not cover", None),
    ],
)
def test_the_reason_comes_as_a_diagnostic_event(
    net: Net, change: Change, sentence: str, figures: list[int] | None
) -> None:
    owner = net.person()
    sent = refused(net, owner, change)
    assert (sent.status.value, error_code(sent)) == ("ERROR", "txSOROBAN_INVALID")
    assert sent.diagnostic_events_xdr
    event = xdr.DiagnosticEvent.from_xdr(sent.diagnostic_events_xdr[0]).event
    assert event.type is xdr.ContractEventType.DIAGNOSTIC
    assert event.body.v0 is not None
    assert scval.from_symbol(event.body.v0.topics[0]) == "error"
    assert event.body.v0.topics[1].error is not None
    data = event.body.v0.data
    told = [data] if data.vec is None else data.vec.sc_vec
    assert sentence.encode() in scval.from_string(told[0])
    if figures is not None:
        assert [scval.from_uint64(value) for value in told[1:]] == figures


def test_a_resource_fee_above_the_whole_fee_is_malformed_before_it_is_looked_at(net: Net) -> None:
    def too_much(envelope: TransactionEnvelope, data: xdr.SorobanTransactionData) -> None:
        data.resource_fee = xdr.Int64(envelope.transaction.fee + 1)

    assert error_code(refused(net, net.person(), too_much)) == "txMALFORMED"


def test_a_second_call_of_the_same_account_is_judged_before_it_is_told_to_wait(start_net: Callable[..., Net]) -> None:
    net = start_net("--close", "instant")
    owner = net.person()
    contract = net.deploy(owner)
    net.control("mode", close="manual")
    first = net.builder(owner).append_bump_sequence_op(0).build()
    first.sign(owner)
    assert net.send(first).status.value == "PENDING"
    assert error_code(refused(net, owner, instructions, contract)) == "txSOROBAN_INVALID"
    assert refused(net, owner, lambda *_: None, contract).status.value == "TRY_AGAIN_LATER"


def refused(net: Net, owner: Keypair, change: Change, contract: str = "") -> SendTransactionResponse:
    contract = contract or net.deploy(owner)
    arguments = [scval.to_address(owner.public_key), scval.to_symbol("k"), scval.to_uint32(1)]
    call = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments)
    envelope = net.server.prepare_transaction(call.build())
    assert envelope.transaction.soroban_data is not None
    change(envelope, envelope.transaction.soroban_data)
    envelope.sign(owner)
    return net.send(envelope)
