"""Classic operations and the network's verdict on transactions, each refusal by its own code."""

import pytest
from localnet_kit import Net, error_code, meta_of, result_of
from stellar_sdk import (
    Account,
    Asset,
    AuthorizationFlag,
    Keypair,
    LedgerBounds,
    MuxedAccount,
    Network,
    Signer,
    SignerKey,
    TransactionBuilder,
    TrustLineFlags,
    scval,
    xdr,
)
from stellar_sdk.soroban_rpc import GetTransactionResponse

NATIVE = Asset.native()


def inner(done: GetTransactionResponse, at: int = 0) -> object:
    """The result of one operation: the XDR union's arm."""
    results = result_of(done).result.results
    assert results is not None
    tr = results[at].tr
    assert tr is not None
    return next(v for k, v in vars(tr).items() if k.endswith("_result") and v is not None)


def code(done: GetTransactionResponse, at: int = 0) -> str:
    return str(inner(done, at).code.name)  # type: ignore[attr-defined]


def lumens(net: Net, who: Keypair) -> int:
    account = net.server.get_ledger_entries(
        [xdr.LedgerKey(xdr.LedgerEntryType.ACCOUNT, account=xdr.LedgerKeyAccount(who.xdr_account_id()))]
    )
    assert account.entries
    entry = xdr.LedgerEntryData.from_xdr(account.entries[0].xdr).account
    assert entry is not None
    return int(entry.balance.int64)


def test_a_payment_moves_exactly_its_amount_and_the_fee(net: Net) -> None:
    payer, payee = net.person(), net.person()
    done = net.submit(net.builder(payer).append_payment_op(payee.public_key, NATIVE, "12.5"), payer)
    assert code(done) == "PAYMENT_SUCCESS"
    assert result_of(done).fee_charged.int64 == 100
    assert lumens(net, payer) == 100_000_000_000 - 125_000_000 - 100
    assert lumens(net, payee) == 100_000_000_000 + 125_000_000


def test_payment_refusals_carry_their_codes(net: Net) -> None:
    issuer, holder, other = net.person(), net.person(), net.person()
    asset = Asset("EUR", issuer.public_key)
    nobody = Keypair.random().public_key

    def pay(source: Keypair, to: str, what: Asset, amount: str) -> str:
        return code(net.submit(net.builder(source).append_payment_op(to, what, amount), source))

    assert pay(holder, nobody, NATIVE, "1") == "PAYMENT_NO_DESTINATION"
    assert pay(holder, other.public_key, NATIVE, "9999.5") == "PAYMENT_UNDERFUNDED"
    assert pay(issuer, holder.public_key, asset, "1") == "PAYMENT_NO_TRUST"
    net.submit(net.builder(holder).append_change_trust_op(asset, "10"), holder)
    assert pay(issuer, holder.public_key, asset, "11") == "PAYMENT_LINE_FULL"
    assert pay(issuer, holder.public_key, asset, "10") == "PAYMENT_SUCCESS"
    assert pay(other, holder.public_key, asset, "1") == "PAYMENT_LINE_FULL"
    assert pay(other, issuer.public_key, asset, "1") == "PAYMENT_SRC_NO_TRUST"
    assert pay(holder, issuer.public_key, asset, "11") == "PAYMENT_UNDERFUNDED"
    assert pay(holder, nobody, asset, "1") == "PAYMENT_NO_DESTINATION"


def test_an_unauthorised_line_neither_receives_nor_sends(net: Net) -> None:
    issuer, holder = net.person(), net.person()
    asset = Asset("GATED", issuer.public_key)
    flags = AuthorizationFlag.AUTHORIZATION_REQUIRED | AuthorizationFlag.AUTHORIZATION_REVOCABLE
    net.submit(net.builder(issuer).append_set_options_op(set_flags=flags), issuer)
    net.submit(net.builder(holder).append_change_trust_op(asset), holder)
    pay = net.builder(issuer).append_payment_op(holder.public_key, asset, "5")
    assert code(net.submit(pay, issuer)) == "PAYMENT_NOT_AUTHORIZED"
    allow = net.builder(issuer).append_set_trust_line_flags_op(
        holder.public_key, asset, set_flags=TrustLineFlags.AUTHORIZED_FLAG
    )
    done = net.submit(allow, issuer)
    event = meta_of(done).operations[0].events[0].body.v0
    assert event is not None
    assert scval.from_symbol(event.topics[0]) == "set_authorized"
    assert scval.from_bool(event.data) is True
    net.submit(net.builder(issuer).append_payment_op(holder.public_key, asset, "5"), issuer)
    revoke = net.builder(issuer).append_set_trust_line_flags_op(
        holder.public_key, asset, clear_flags=TrustLineFlags.AUTHORIZED_FLAG
    )
    net.submit(revoke, issuer)
    back = net.builder(holder).append_payment_op(issuer.public_key, asset, "5")
    assert code(net.submit(back, holder)) == "PAYMENT_SRC_NOT_AUTHORIZED"


def test_clawback_needs_the_flag_and_emits_its_event(net: Net) -> None:
    issuer, holder = net.person(), net.person()
    plain, held = Asset("PLAIN", issuer.public_key), Asset("HELD", issuer.public_key)
    net.submit(net.builder(holder).append_change_trust_op(plain), holder)
    net.submit(net.builder(issuer).append_payment_op(holder.public_key, plain, "7"), issuer)
    take = net.builder(issuer).append_clawback_op(plain, holder.public_key, "1")
    assert code(net.submit(take, issuer)) == "CLAWBACK_NOT_CLAWBACK_ENABLED"
    flags = AuthorizationFlag.AUTHORIZATION_REVOCABLE | AuthorizationFlag.AUTHORIZATION_CLAWBACK_ENABLED
    net.submit(net.builder(issuer).append_set_options_op(set_flags=flags), issuer)
    net.submit(net.builder(holder).append_change_trust_op(held), holder)
    net.submit(net.builder(issuer).append_payment_op(holder.public_key, held, "7"), issuer)
    too_much = net.builder(issuer).append_clawback_op(held, holder.public_key, "8")
    assert code(net.submit(too_much, issuer)) == "CLAWBACK_UNDERFUNDED"
    done = net.submit(net.builder(issuer).append_clawback_op(held, holder.public_key, "7"), issuer)
    event = meta_of(done).operations[0].events[0].body.v0
    assert event is not None
    assert scval.from_symbol(event.topics[0]) == "clawback"
    assert scval.from_int128(event.data) == 70_000_000


def test_a_trustline_takes_reserve_and_closes_only_when_empty(net: Net) -> None:
    issuer, holder = net.person(), net.person()
    asset = Asset("USD", issuer.public_key)
    ghost = Asset("GHOST", Keypair.random().public_key)
    assert code(net.submit(net.builder(holder).append_change_trust_op(ghost), holder)) == "CHANGE_TRUST_NO_ISSUER"
    net.submit(net.builder(holder).append_change_trust_op(asset), holder)
    net.submit(net.builder(issuer).append_payment_op(holder.public_key, asset, "5"), issuer)
    close = net.builder(holder).append_change_trust_op(asset, "0")
    assert code(net.submit(close, holder)) == "CHANGE_TRUST_INVALID_LIMIT"
    net.submit(net.builder(holder).append_payment_op(issuer.public_key, asset, "5"), holder)
    assert code(net.submit(net.builder(holder).append_change_trust_op(asset, "0"), holder)) == "CHANGE_TRUST_SUCCESS"
    poor = Keypair.random()
    net.submit(net.builder(holder).append_create_account_op(poor.public_key, "1.00002"), holder)
    assert code(net.submit(net.builder(poor).append_change_trust_op(asset), poor)) == "CHANGE_TRUST_LOW_RESERVE"


def test_create_account_refusals(net: Net) -> None:
    source, new = net.person(), Keypair.random()

    def create(to: str, balance: str) -> str:
        return code(net.submit(net.builder(source).append_create_account_op(to, balance), source))

    assert create(new.public_key, "0.9") == "CREATE_ACCOUNT_LOW_RESERVE"
    assert create(new.public_key, "20000") == "CREATE_ACCOUNT_UNDERFUNDED"
    assert create(new.public_key, "1") == "CREATE_ACCOUNT_SUCCESS"
    assert create(new.public_key, "1") == "CREATE_ACCOUNT_ALREADY_EXIST"
    created = net.server.get_latest_ledger().sequence - 1
    assert net.account(new).sequence == created << 32


def test_operations_apply_all_or_none_and_the_sequence_is_used_either_way(net: Net) -> None:
    payer, payee = net.person(), net.person()
    before = net.account(payer).sequence
    both = net.builder(payer).append_payment_op(payee.public_key, NATIVE, "1")
    both.append_payment_op(Keypair.random().public_key, NATIVE, "1")
    done = net.submit(both, payer)
    assert done.status.value == "FAILED"
    assert [code(done, at) for at in (0, 1)] == ["PAYMENT_SUCCESS", "PAYMENT_NO_DESTINATION"]
    assert lumens(net, payee) == 100_000_000_000
    assert lumens(net, payer) == 100_000_000_000 - 200
    assert net.account(payer).sequence == before + 1


def test_two_signers_reach_a_threshold_that_one_does_not(net: Net) -> None:
    account, friend = net.person(), Keypair.random()
    signer = Signer(SignerKey.ed25519_public_key(friend.public_key), 1)
    options = net.builder(account).append_set_options_op(
        med_threshold=2, high_threshold=2, signer=signer, home_domain="tenor.example"
    )
    assert code(net.submit(options, account)) == "SET_OPTIONS_SUCCESS"
    pay = net.builder(account).append_payment_op(friend.public_key, NATIVE, "1").build()
    pay.sign(account)
    refused = net.send(pay)
    assert error_code(refused) == "txFAILED"
    pay = net.builder(account).append_create_account_op(friend.public_key, "5").build()
    pay.sign(account)
    pay.sign(friend)
    assert net.wait(net.send(pay).hash).status.value == "SUCCESS"


def test_data_sequence_and_merge(net: Net) -> None:
    account, heir = net.person(), net.person()
    builder = net.builder(account).append_manage_data_op("k", b"v")
    net.submit(builder, account)
    missing = net.builder(account).append_manage_data_op("none", None)
    assert code(net.submit(missing, account)) == "MANAGE_DATA_NAME_NOT_FOUND"
    merge = net.builder(account).append_account_merge_op(heir.public_key)
    assert code(net.submit(merge, account)) == "ACCOUNT_MERGE_HAS_SUB_ENTRIES"
    net.submit(net.builder(account).append_manage_data_op("k", None), account)
    target = net.account(account).sequence + 50
    net.submit(net.builder(account).append_bump_sequence_op(target), account)
    assert net.account(account).sequence == target
    left = lumens(net, account)
    merged = net.submit(net.builder(account).append_account_merge_op(heir.public_key), account)
    assert code(merged) == "ACCOUNT_MERGE_SUCCESS"
    assert lumens(net, heir) == 100_000_000_000 + left - 100
    assert net.http("/accounts/" + account.public_key)[0] == 404


def test_what_is_not_supported_says_so(net: Net) -> None:
    seller = net.person()
    offer = net.builder(seller).append_manage_sell_offer_op(NATIVE, Asset("USD", seller.public_key), "1", "1").build()
    offer.sign(seller)
    sent = net.send(offer)
    assert sent.error_result_xdr is not None
    result = xdr.TransactionResult.from_xdr(sent.error_result_xdr).result
    assert result.code.name == "txFAILED"
    assert result.results is not None
    assert result.results[0].code.name == "opNOT_SUPPORTED"


def test_transaction_verdicts(net: Net) -> None:
    account, stranger = net.person(), Keypair.random()

    def verdict(builder: TransactionBuilder, *signers: Keypair) -> str | None:
        envelope = builder.build()
        for signer in signers:
            envelope.sign(signer)
        sent = net.send(envelope)
        assert sent.status.value == "ERROR"
        return error_code(sent)

    def pay(fee: int = 100, amount: str = "1") -> TransactionBuilder:
        return net.builder(account, fee=fee).append_payment_op(account.public_key, NATIVE, amount)

    assert verdict(pay(), stranger) == "txBAD_AUTH"
    assert verdict(pay()) == "txBAD_AUTH"
    assert verdict(pay(), account, stranger) == "txBAD_AUTH_EXTRA"
    assert verdict(pay(fee=99), account) == "txINSUFFICIENT_FEE"
    assert verdict(net.builder(account).append_bump_sequence_op(1).set_ledger_bounds(0, 2), account) == "txTOO_LATE"
    early = net.builder(account).append_bump_sequence_op(1)
    early.ledger_bounds = LedgerBounds(4_000_000_000, 0)
    assert verdict(early, account) == "txTOO_EARLY"
    late = pay()
    late.time_bounds = None
    assert verdict(late.add_time_bounds(0, 1), account) == "txTOO_LATE"
    old = pay()
    net.submit(pay(amount="2"), account)
    assert verdict(old, account) == "txBAD_SEQ"
    foreign = TransactionBuilder(net.account(account), Network.PUBLIC_NETWORK_PASSPHRASE, 100)
    foreign.add_time_bounds(0, 0).append_bump_sequence_op(1)
    assert verdict(foreign, account) == "txBAD_AUTH"
    poor = Keypair.random()
    net.submit(net.builder(account).append_create_account_op(poor.public_key, "1"), account)
    assert verdict(net.builder(poor).append_bump_sequence_op(1), poor) == "txINSUFFICIENT_BALANCE"
    nobody = Keypair.random()
    ghost = TransactionBuilder(Account(nobody.public_key, 1), Network.STANDALONE_NETWORK_PASSPHRASE, 100)
    assert verdict(ghost.add_time_bounds(0, 0).append_bump_sequence_op(1), nobody) == "txNO_ACCOUNT"


def test_a_transaction_sent_again_is_told_to_wait_and_later_has_a_bad_sequence(net: Net) -> None:
    account = net.person()
    envelope = net.builder(account).append_bump_sequence_op(1).build()
    envelope.sign(account)
    assert net.send(envelope).status.value == "PENDING"
    assert net.send(envelope).status.value == "TRY_AGAIN_LATER"
    net.control("close", ledgers=10)
    assert error_code(net.send(envelope)) == "txBAD_SEQ"


@pytest.mark.parametrize(("asset_code", "kind"), [("ABC", "mint"), ("ABCDEFGHIJKL", "mint")], ids=["four", "twelve"])
def test_asset_events_name_what_moved(net: Net, asset_code: str, kind: str) -> None:
    issuer, a, b = net.person(), net.person(), net.person()
    asset = Asset(asset_code, issuer.public_key)
    for holder in (a, b):
        net.submit(net.builder(holder).append_change_trust_op(asset), holder)

    def topics(source: Keypair, to: str) -> list[str]:
        done = net.submit(net.builder(source).append_payment_op(to, asset, "1"), source)
        event = meta_of(done).operations[0].events[0].body.v0
        assert event is not None
        return [str(getattr(part, "address", part)) for part in map(scval.to_native, event.topics)]

    name = f"{asset_code}:{issuer.public_key}"

    def plain(parts: list[str]) -> list[str]:
        return [part.removeprefix("b'").removesuffix("'") for part in parts]

    assert plain(topics(issuer, a.public_key)) == [kind, a.public_key, name]
    assert plain(topics(a, b.public_key)) == ["transfer", a.public_key, b.public_key, name]
    assert plain(topics(b, issuer.public_key)) == ["burn", b.public_key, name]


def test_muxed_destinations_and_memos_are_told_in_the_event(net: Net) -> None:
    payer, payee = net.person(), net.person()
    muxed = MuxedAccount(payee.public_key, 77)

    def data(builder: TransactionBuilder) -> xdr.SCVal:
        event = meta_of(net.submit(builder, payer)).operations[0].events[0].body.v0
        assert event is not None
        return event.data

    to_muxed = scval.from_map(data(net.builder(payer).append_payment_op(muxed, NATIVE, "1")))
    assert scval.from_uint64(to_muxed[scval.to_symbol("to_muxed_id")]) == 77
    memo = net.builder(payer).append_payment_op(payee.public_key, NATIVE, "1").add_id_memo(5)
    assert scval.from_uint64(scval.from_map(data(memo))[scval.to_symbol("to_muxed_id")]) == 5
    text = net.builder(payer).append_payment_op(payee.public_key, NATIVE, "1").add_text_memo("hi")
    assert scval.from_string(scval.from_map(data(text))[scval.to_symbol("to_muxed_id")]) == b"hi"
    plain = data(net.builder(payer).append_payment_op(payee.public_key, NATIVE, "1"))
    assert scval.from_int128(plain) == 10_000_000
