"""Credentials with delegates (CAP-71): an account that is a contract lets another key sign for it."""

from contract_wasm import assemble_delegating_account
from localnet_kit import Net, result_of, return_value
from stellar_sdk import InvokeHostFunction, Keypair, Network, TransactionEnvelope, scval, xdr
from stellar_sdk.auth import DelegateSignature, authorize_entry, build_with_delegates_entry

PASSPHRASE = Network.STANDALONE_NETWORK_PASSPHRASE


def call_for(net: Net, payer: Keypair, wallet: str, contract: str, delegate: Keypair) -> TransactionEnvelope:
    """A call that needs the wallet's authorisation, which `delegate` gives."""
    arguments = [scval.to_address(wallet), scval.to_symbol("d"), scval.to_uint32(7)]
    envelope = net.builder(payer).append_invoke_contract_function_op(contract, "put", arguments).build()
    simulated = net.server.simulate_transaction(envelope)
    assert simulated.results is not None, simulated.error
    assert simulated.results[0].auth is not None
    until = simulated.latest_ledger + 100
    named = [DelegateSignature(delegate.public_key)]
    entry = build_with_delegates_entry(simulated.results[0].auth[0], until, named)
    signed = authorize_entry(entry, delegate, until, PASSPHRASE, for_address=delegate.public_key)
    operation = envelope.transaction.operations[0]
    assert isinstance(operation, InvokeHostFunction)
    operation.auth = [signed]
    return envelope


def test_a_delegate_signs_for_a_contract_account(net: Net) -> None:
    payer, delegate = net.person(), net.person()
    contract = net.deploy(payer)
    wallet = net.deploy(payer, assemble_delegating_account())
    envelope = net.server.prepare_transaction(call_for(net, payer, wallet, contract, delegate))
    operation = envelope.transaction.operations[0]
    assert isinstance(operation, InvokeHostFunction)
    kind = xdr.SorobanCredentialsType.SOROBAN_CREDENTIALS_ADDRESS_WITH_DELEGATES
    assert operation.auth[0].credentials.type is kind
    envelope.sign(payer)
    done = net.wait(net.send(envelope).hash)
    assert done.status.value == "SUCCESS", result_of(done)
    assert scval.from_uint32(return_value(done)) == 7


def test_a_key_that_is_no_delegate_does_not_sign(net: Net) -> None:
    payer, delegate = net.person(), net.person()
    contract = net.deploy(payer)
    wallet = net.deploy(payer, assemble_delegating_account())
    good = net.server.prepare_transaction(call_for(net, payer, wallet, contract, delegate))
    operation = good.transaction.operations[0]
    assert isinstance(operation, InvokeHostFunction)
    credentials = operation.auth[0].credentials.address_with_delegates
    assert credentials is not None
    assert credentials.delegates[0].signature.vec is not None
    signature = credentials.delegates[0].signature.vec.sc_vec[0].map
    assert signature is not None
    spoilt = signature.sc_map[1].val.bytes
    assert spoilt is not None
    spoilt.sc_bytes = bytes([spoilt.sc_bytes[0] ^ 1]) + spoilt.sc_bytes[1:]
    good.sign(payer)
    done = net.wait(net.send(good).hash)
    assert done.status.value == "FAILED"
    results = result_of(done).result.results
    assert results is not None
    assert results[0].tr is not None
    assert results[0].tr.invoke_host_function_result is not None
    assert results[0].tr.invoke_host_function_result.code.name == "INVOKE_HOST_FUNCTION_TRAPPED"


def test_a_delegate_named_twice_is_refused(net: Net) -> None:
    payer, delegate = net.person(), net.person()
    contract = net.deploy(payer)
    wallet = net.deploy(payer, assemble_delegating_account())
    envelope = call_for(net, payer, wallet, contract, delegate)
    operation = envelope.transaction.operations[0]
    assert isinstance(operation, InvokeHostFunction)
    credentials = operation.auth[0].credentials.address_with_delegates
    assert credentials is not None
    credentials.delegates = [credentials.delegates[0]] * 2
    simulated = net.server.simulate_transaction(envelope)
    assert simulated.error is not None
