"""Claimable balances and AllowTrust: every refusal by its own code, reserves held and given back, events of CAP-67."""

from collections.abc import Callable

import pytest
from localnet_kit import Net, result_of
from stellar_sdk import (
    Asset,
    AuthorizationFlag,
    Claimant,
    ClaimPredicate,
    Keypair,
    Operation,
    TrustLineEntryFlag,
    scval,
    xdr,
)
from stellar_sdk.soroban_rpc import GetTransactionResponse


def code(done: GetTransactionResponse) -> str:
    """The first operation's own code."""
    results = result_of(done).result.results
    assert results is not None
    inner = results[0].tr
    if inner is None:
        return str(results[0].code.name)
    told = next(value for name, value in vars(inner).items() if name.endswith("_result") and value is not None)
    return str(told.code.name)


def balance_id(done: GetTransactionResponse) -> str:
    results = result_of(done).result.results
    assert results is not None
    assert results[0].tr is not None
    created = results[0].tr.create_claimable_balance_result
    assert created is not None
    assert created.balance_id is not None
    return created.balance_id.to_xdr_bytes().hex()


def submit(net: Net, source: Keypair, operation: Operation) -> GetTransactionResponse:
    return net.submit(net.builder(source).append_operation(operation), source)


def sponsoring(net: Net, keypair: Keypair) -> int:
    return int(net.http("/accounts/" + keypair.public_key)[1]["num_sponsoring"])


def create(net: Net, source: Keypair, *claimants: Claimant, asset: Asset, amount: str = "5") -> GetTransactionResponse:
    return net.submit(net.builder(source).append_create_claimable_balance_op(asset, amount, list(claimants)), source)


def topics_of(done: GetTransactionResponse) -> list[str]:
    assert done.events is not None
    assert done.events.contract_events_xdr is not None
    event = xdr.ContractEvent.from_xdr(done.events.contract_events_xdr[0][0])
    assert event.body.v0 is not None
    topics = event.body.v0.topics
    return [scval.from_symbol(topics[0]), *[topic.address.type.name for topic in topics[1:-1] if topic.address]]


def test_a_native_balance_is_set_aside_and_claimed(net: Net) -> None:
    giver, taker, stranger = net.person(), net.person(), net.person()
    done = create(net, giver, Claimant(taker.public_key), Claimant(giver.public_key), asset=Asset.native())
    assert code(done) == "CREATE_CLAIMABLE_BALANCE_SUCCESS"
    assert topics_of(done) == ["transfer", "SC_ADDRESS_TYPE_ACCOUNT", "SC_ADDRESS_TYPE_CLAIMABLE_BALANCE"]
    assert sponsoring(net, giver) == 2
    name = balance_id(done)
    refused = net.submit(net.builder(stranger).append_claim_claimable_balance_op(name), stranger)
    assert code(refused) == "CLAIM_CLAIMABLE_BALANCE_CANNOT_CLAIM"
    claimed = net.submit(net.builder(taker).append_claim_claimable_balance_op(name), taker)
    assert code(claimed) == "CLAIM_CLAIMABLE_BALANCE_SUCCESS"
    assert topics_of(claimed) == ["transfer", "SC_ADDRESS_TYPE_CLAIMABLE_BALANCE", "SC_ADDRESS_TYPE_ACCOUNT"]
    assert sponsoring(net, giver) == 0
    shown = net.http("/accounts/" + taker.public_key)[1]["balances"]
    assert shown[0]["balance"] == "10004.9999900"
    again = net.submit(net.builder(taker).append_claim_claimable_balance_op(name), taker)
    assert code(again) == "CLAIM_CLAIMABLE_BALANCE_DOES_NOT_EXIST"


def test_predicates_follow_ledger_time(start_net: Callable[..., Net]) -> None:
    net = start_net("--close", "instant")
    giver, early, late = net.person(), net.person(), net.person()
    within = ClaimPredicate.predicate_before_relative_time(100)
    after = ClaimPredicate.predicate_not(within)
    done = create(
        net, giver, Claimant(early.public_key, within), Claimant(late.public_key, after), asset=Asset.native()
    )
    name = balance_id(done)
    too_soon = net.submit(net.builder(late).append_claim_claimable_balance_op(name), late)
    assert code(too_soon) == "CLAIM_CLAIMABLE_BALANCE_CANNOT_CLAIM"
    net.control("clock", advance_seconds=200)
    too_late = net.submit(net.builder(early).append_claim_claimable_balance_op(name), early)
    assert code(too_late) == "CLAIM_CLAIMABLE_BALANCE_CANNOT_CLAIM"
    assert code(net.submit(net.builder(late).append_claim_claimable_balance_op(name), late)).endswith("SUCCESS")


@pytest.fixture
def issued(net: Net) -> tuple[Keypair, Keypair, Asset]:
    """An issuer who can revoke and claw back, and a holder with 100 of the asset."""
    issuer, holder = net.person(), net.person()
    flags = AuthorizationFlag.AUTHORIZATION_REVOCABLE | AuthorizationFlag.AUTHORIZATION_CLAWBACK_ENABLED
    asset = Asset("EUR", issuer.public_key)
    net.submit(net.builder(issuer).append_set_options_op(set_flags=flags), issuer)
    net.submit(net.builder(holder).append_change_trust_op(asset), holder)
    net.submit(net.builder(issuer).append_payment_op(holder.public_key, asset, "100"), issuer)
    return issuer, holder, asset


def test_refusals_of_an_issued_balance(net: Net, issued: tuple[Keypair, Keypair, Asset]) -> None:
    issuer, holder, asset = issued
    stranger = net.person()
    me = Claimant(stranger.public_key)
    assert code(create(net, stranger, me, asset=asset)) == "CREATE_CLAIMABLE_BALANCE_NO_TRUST"
    assert code(create(net, holder, me, asset=asset, amount="101")) == "CREATE_CLAIMABLE_BALANCE_UNDERFUNDED"
    poor = Keypair.random()
    net.submit(net.builder(holder).append_create_account_op(poor.public_key, "1.5000100"), holder)
    assert code(create(net, poor, me, asset=Asset.native(), amount="1")) == "CREATE_CLAIMABLE_BALANCE_UNDERFUNDED"
    assert code(create(net, poor, me, asset=Asset.native(), amount="0.1")) == "CREATE_CLAIMABLE_BALANCE_LOW_RESERVE"
    name = balance_id(create(net, holder, me, asset=asset))
    claim = net.builder(stranger).append_claim_claimable_balance_op(name)
    assert code(net.submit(claim, stranger)) == "CLAIM_CLAIMABLE_BALANCE_NO_TRUST"
    net.submit(net.builder(stranger).append_change_trust_op(asset, "1"), stranger)
    claim = net.builder(stranger).append_claim_claimable_balance_op(name)
    assert code(net.submit(claim, stranger)) == "CLAIM_CLAIMABLE_BALANCE_LINE_FULL"
    net.submit(net.builder(stranger).append_change_trust_op(asset, "10"), stranger)
    deny = net.builder(issuer).append_set_trust_line_flags_op(
        stranger.public_key, asset, clear_flags=TrustLineEntryFlag.AUTHORIZED_FLAG
    )
    assert code(net.submit(deny, issuer)) == "SET_TRUST_LINE_FLAGS_SUCCESS"
    claim = net.builder(stranger).append_claim_claimable_balance_op(name)
    assert code(net.submit(claim, stranger)) == "CLAIM_CLAIMABLE_BALANCE_NOT_AUTHORIZED"
    denied = create(net, stranger, Claimant(holder.public_key), asset=asset)
    assert code(denied) == "CREATE_CLAIMABLE_BALANCE_NOT_AUTHORIZED"


def test_clawback_of_a_balance(net: Net, issued: tuple[Keypair, Keypair, Asset]) -> None:
    issuer, holder, asset = issued
    name = balance_id(create(net, holder, Claimant(holder.public_key), asset=asset))
    claw = net.builder(holder).append_clawback_claimable_balance_op(name)
    assert code(net.submit(claw, holder)) == "CLAWBACK_CLAIMABLE_BALANCE_NOT_ISSUER"
    done = net.submit(net.builder(issuer).append_clawback_claimable_balance_op(name), issuer)
    assert code(done) == "CLAWBACK_CLAIMABLE_BALANCE_SUCCESS"
    assert topics_of(done) == ["clawback", "SC_ADDRESS_TYPE_CLAIMABLE_BALANCE"]
    assert sponsoring(net, holder) == 0
    again = net.submit(net.builder(issuer).append_clawback_claimable_balance_op(name), issuer)
    assert code(again) == "CLAWBACK_CLAIMABLE_BALANCE_DOES_NOT_EXIST"
    free = net.person()
    plain = Asset("PLAIN", free.public_key)
    minted = create(net, free, Claimant(holder.public_key), asset=plain)
    assert topics_of(minted) == ["mint", "SC_ADDRESS_TYPE_CLAIMABLE_BALANCE"]
    claw = net.builder(free).append_clawback_claimable_balance_op(balance_id(minted))
    assert code(net.submit(claw, free)) == "CLAWBACK_CLAIMABLE_BALANCE_NOT_CLAWBACK_ENABLED"


def test_malformed_balances_are_refused_before_they_wait(net: Net) -> None:
    giver = net.person()
    same = Claimant(giver.public_key)
    deep = ClaimPredicate.predicate_unconditional()
    for _ in range(4):
        deep = ClaimPredicate.predicate_not(deep)
    for claimants in ([same, same], [Claimant(giver.public_key, deep)]):
        builder = net.builder(giver).append_create_claimable_balance_op(Asset.native(), "1", claimants)
        envelope = builder.build()
        envelope.sign(giver)
        sent = net.send(envelope)
        assert sent.status.value == "ERROR"
        assert sent.error_result_xdr is not None
        results = xdr.TransactionResult.from_xdr(sent.error_result_xdr).result.results
        assert results is not None
        assert results[0].tr is not None
        refused = results[0].tr.create_claimable_balance_result
        assert refused is not None
        assert refused.code.name == "CREATE_CLAIMABLE_BALANCE_MALFORMED"


def test_a_sponsor_cannot_merge(net: Net) -> None:
    giver, heir = net.person(), net.person()
    create(net, giver, Claimant(heir.public_key), asset=Asset.native())
    done = net.submit(net.builder(giver).append_account_merge_op(heir.public_key), giver)
    assert code(done) == "ACCOUNT_MERGE_IS_SPONSOR"


def allow(trustor: Keypair, authorize: int) -> Operation:
    """AllowTrust is gone from the SDK's builder, not from the network."""

    class AllowTrust(Operation):
        _XDR_OPERATION_TYPE = xdr.OperationType.ALLOW_TRUST

        def _to_operation_body(self) -> xdr.OperationBody:
            op = xdr.AllowTrustOp(
                trustor.xdr_account_id(),
                xdr.AssetCode(xdr.AssetType.ASSET_TYPE_CREDIT_ALPHANUM4, asset_code4=xdr.AssetCode4(b"EUR\0")),
                xdr.Uint32(authorize),
            )
            return xdr.OperationBody(self._XDR_OPERATION_TYPE, allow_trust_op=op)

    return AllowTrust()


def test_allow_trust(net: Net, issued: tuple[Keypair, Keypair, Asset]) -> None:
    issuer, holder, _asset = issued
    done = submit(net, issuer, allow(holder, 0))
    assert (code(done), topics_of(done)) == ("ALLOW_TRUST_SUCCESS", ["set_authorized", "SC_ADDRESS_TYPE_ACCOUNT"])
    line = net.http("/accounts/" + holder.public_key)[1]["balances"][0]
    assert (line["is_authorized"], line["is_clawback_enabled"]) == (False, True)
    assert code(submit(net, issuer, allow(holder, 1))) == "ALLOW_TRUST_SUCCESS"
    assert code(submit(net, issuer, allow(net.person(), 1))) == "ALLOW_TRUST_NO_TRUST_LINE"
    free = net.person()
    net.submit(net.builder(holder).append_change_trust_op(Asset("EUR", free.public_key)), holder)
    assert code(submit(net, free, allow(holder, 0))) == "ALLOW_TRUST_CANT_REVOKE"
    assert code(submit(net, free, allow(holder, 2))) == "ALLOW_TRUST_CANT_REVOKE"


@pytest.mark.parametrize("authorize", [3, 4])
def test_allow_trust_of_unknown_flags_or_oneself_is_malformed(net: Net, authorize: int) -> None:
    issuer = net.person()
    for trustor, flags in ((net.person(), authorize), (issuer, 1)):
        envelope = net.builder(issuer).append_operation(allow(trustor, flags)).build()
        envelope.sign(issuer)
        sent = net.send(envelope)
        assert sent.error_result_xdr is not None
        results = xdr.TransactionResult.from_xdr(sent.error_result_xdr).result.results
        assert results is not None
        assert results[0].tr is not None
        assert results[0].tr.allow_trust_result is not None
        assert results[0].tr.allow_trust_result.code.name == "ALLOW_TRUST_MALFORMED"


def test_inflation_is_over(net: Net) -> None:
    person = net.person()
    envelope = net.builder(person).append_operation(inflation()).build()
    envelope.sign(person)
    sent = net.send(envelope)
    assert sent.error_result_xdr is not None
    results = xdr.TransactionResult.from_xdr(sent.error_result_xdr).result.results
    assert results is not None
    assert results[0].code.name == "opNOT_SUPPORTED"


def inflation() -> Operation:
    class Inflation(Operation):
        _XDR_OPERATION_TYPE = xdr.OperationType.INFLATION

        def _to_operation_body(self) -> xdr.OperationBody:
            return xdr.OperationBody(self._XDR_OPERATION_TYPE)

    return Inflation()
