"""Fee bumps: another account pays, and the transaction is found by both its hashes."""

from localnet_kit import Net, error_code, result_of, return_value
from stellar_sdk import Asset, Keypair, Network, TransactionBuilder, scval

PASSPHRASE = Network.STANDALONE_NETWORK_PASSPHRASE


def test_a_fee_bump_is_found_by_outer_and_inner_hash(net: Net) -> None:
    sender, payer = net.person(), net.person()
    inner = net.builder(sender).append_payment_op(payer.public_key, Asset.native(), "1").build()
    inner.sign(sender)
    bump = TransactionBuilder.build_fee_bump_transaction(payer, 200, inner, PASSPHRASE)
    bump.sign(payer)
    sent = net.send(bump)
    done = net.wait(sent.hash)
    assert (done.status.value, done.fee_bump) == ("SUCCESS", True)
    by_inner = net.server.get_transaction(inner.hash_hex())
    assert by_inner.envelope_xdr == done.envelope_xdr
    result = result_of(done)
    assert result.result.code.name == "txFEE_BUMP_INNER_SUCCESS"
    assert result.fee_charged.int64 == 200
    pair = result.result.inner_result_pair
    assert pair is not None
    assert pair.transaction_hash.hash == inner.hash()
    _, shown = net.http("/accounts/" + sender.public_key)
    assert shown["balances"][0]["balance"] == "9999.0000000"


def test_a_fee_bump_around_a_contract_call_refunds_its_payer(net: Net) -> None:
    owner, payer = net.person(), net.person()
    contract = net.deploy(owner)
    arguments = [scval.to_address(owner.public_key), scval.to_symbol("b"), scval.to_uint32(1)]
    call = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
    inner = net.server.prepare_transaction(call)
    inner.sign(owner)
    _, before = net.http("/accounts/" + owner.public_key)
    bump = TransactionBuilder.build_fee_bump_transaction(payer, 1_000, inner, PASSPHRASE)
    bump.sign(payer)
    done = net.wait(net.send(bump).hash)
    assert done.status.value == "SUCCESS", result_of(done)
    assert scval.from_uint32(return_value(done)) == 1
    _, after = net.http("/accounts/" + owner.public_key)
    assert after["balances"] == before["balances"]
    _, paid = net.http("/accounts/" + payer.public_key)
    charged = result_of(done).fee_charged.int64
    whole, part = divmod(100_000_000_000 - charged, 10_000_000)
    assert paid["balances"][0]["balance"] == f"{whole}.{part:07}"


def test_a_failed_inner_transaction_says_so_inside(net: Net) -> None:
    sender, payer = net.person(), net.person()
    nobody = Keypair.random().public_key
    inner = net.builder(sender).append_payment_op(nobody, Asset.native(), "1").build()
    inner.sign(sender)
    bump = TransactionBuilder.build_fee_bump_transaction(payer, 200, inner, PASSPHRASE)
    bump.sign(payer)
    done = net.wait(net.send(bump).hash)
    assert done.status.value == "FAILED"
    result = result_of(done).result
    assert result.code.name == "txFEE_BUMP_INNER_FAILED"
    assert result.inner_result_pair is not None
    assert result.inner_result_pair.result.result.code.name == "txFAILED"


def test_fee_bump_refusals(net: Net) -> None:
    sender, payer = net.person(), net.person()
    inner = net.builder(sender, fee=500).append_bump_sequence_op(1).build()
    inner.sign(sender)
    unsigned = TransactionBuilder.build_fee_bump_transaction(payer, 500, inner, PASSPHRASE)
    assert error_code(net.send(unsigned)) == "txBAD_AUTH"
    ghost = Keypair.random()
    no_account = TransactionBuilder.build_fee_bump_transaction(ghost, 500, inner, PASSPHRASE)
    no_account.sign(ghost)
    assert error_code(net.send(no_account)) == "txNO_ACCOUNT"
    cheap = TransactionBuilder.build_fee_bump_transaction(payer, 500, inner, PASSPHRASE)
    cheap.transaction.fee = 600
    cheap.sign(payer)
    assert error_code(net.send(cheap)) == "txINSUFFICIENT_FEE"
