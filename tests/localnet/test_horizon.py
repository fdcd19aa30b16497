"""The Horizon-shaped addresses, judged by the SDK's Horizon client: lists, pages, streams, handing in, problems."""

import json
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from localnet_kit import Net, contract_data_key
from stellar_sdk import (
    Asset,
    AuthorizationFlag,
    Claimant,
    ClaimPredicate,
    Keypair,
    Server,
    Signer,
    SignerKey,
    TransactionEnvelope,
    TrustLineFlags,
    scval,
    xdr,
)
from stellar_sdk.exceptions import BadRequestError, NotFoundError


@pytest.fixture
def horizon(net: Net) -> Iterator[Server]:
    server = Server(net.url)
    yield server
    server.close()


def payment(net: Net, source: Keypair, to: str, amount: str) -> TransactionEnvelope:
    envelope = net.builder(source).append_payment_op(to, Asset.native(), amount).add_text_memo("rent").build()
    envelope.sign(source)
    return envelope


def records(page: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page["_embedded"]["records"]
    return found


def test_a_transaction_is_handed_in_and_told(net: Net, horizon: Server) -> None:
    giver, taker = net.person(), net.person()
    envelope = payment(net, giver, taker.public_key, "3")
    told = horizon.submit_transaction(envelope)
    assert (told["hash"], told["successful"], told["memo"]) == (envelope.hash_hex(), True, "rent")
    assert told["source_account"] == told["fee_account"] == giver.public_key
    assert (told["fee_charged"], told["max_fee"], told["operation_count"]) == ("100", "100", 1)
    assert told["created_at"] < told["valid_before"]
    assert horizon.transactions().transaction(envelope.hash_hex()).call() == told
    assert horizon.submit_transaction(envelope) == told


def test_refusals_name_their_codes(net: Net, horizon: Server) -> None:
    giver = net.person()
    with pytest.raises(BadRequestError) as poor:
        horizon.submit_transaction(payment(net, giver, net.person().public_key, "99999"))
    assert poor.value.type == "https://stellar.org/horizon-errors/transaction_failed"
    assert poor.value.extras is not None
    codes = {"transaction": "tx_failed", "operations": ["op_underfunded"]}
    assert poor.value.extras["result_codes"] == codes
    late = payment(net, giver, giver.public_key, "1")
    late.transaction.sequence += 5
    late.signatures = []
    late.sign(giver)
    with pytest.raises(BadRequestError) as unordered:
        horizon.submit_transaction(late)
    assert unordered.value.extras is not None
    assert unordered.value.extras["result_codes"] == {"transaction": "tx_bad_seq"}
    status, told = net.http("/transactions", raw=b"tx=nonsense")
    assert (status, told["type"]) == (400, "https://stellar.org/horizon-errors/transaction_malformed")
    assert told["extras"]["envelope_xdr"] == "nonsense"


def test_what_is_not_there_or_not_asked_rightly_has_horizons_shape(net: Net, horizon: Server) -> None:
    with pytest.raises(NotFoundError) as missing:
        horizon.accounts().account_id(Keypair.random().public_key).call()
    assert missing.value.type == "https://stellar.org/horizon-errors/not_found"
    with pytest.raises(NotFoundError):
        horizon.transactions().transaction("0" * 64).call()
    for path, field in (
        ("/accounts/GNOBODY", "account_id"),
        ("/transactions/xyz", "tx_id"),
        ("/transactions?limit=201", "limit"),
        ("/operations?order=up", "order"),
        ("/payments?cursor=-1", "cursor"),
    ):
        status, told = net.http(path)
        assert (status, told["type"]) == (400, "https://stellar.org/horizon-errors/bad_request"), path
        assert told["extras"]["invalid_field"] == field


def test_an_accounts_history_is_paged_both_ways(net: Net, horizon: Server) -> None:
    giver, taker = net.person(), net.person()
    for number in range(7):
        horizon.submit_transaction(payment(net, giver, taker.public_key, f"{number + 1}"))
    # 7 payments and the one operation that funded it
    for builder in (
        horizon.payments().for_account(taker.public_key),
        horizon.operations().for_account(taker.public_key),
    ):
        found: list[dict[str, Any]] = []
        page = records(builder.limit(3).call())
        while page:
            found += page
            page = records(builder.cursor(page[-1]["paging_token"]).call())
        assert [op["type"] for op in found] == ["create_account"] + ["payment"] * 7
        assert [op["amount"] for op in found[1:]] == [f"{number + 1}.0000000" for number in range(7)]
    newest = records(horizon.payments().for_account(taker.public_key).order(desc=True).limit(2).call())
    assert [op["amount"] for op in newest] == ["7.0000000", "6.0000000"]
    before = horizon.payments().for_account(taker.public_key).order(desc=True).cursor(newest[1]["paging_token"])
    assert records(before.limit(1).call())[0]["amount"] == "5.0000000"
    assert len(records(horizon.transactions().for_account(taker.public_key).call())) == 8
    assert records(horizon.payments().for_account(taker.public_key).cursor("now").call()) == []
    stranger = Keypair.random().public_key
    assert records(horizon.payments().for_account(stranger).call()) == []


def test_failed_transactions_are_told_when_asked_for(net: Net, horizon: Server) -> None:
    giver = net.person()
    with pytest.raises(BadRequestError):
        horizon.submit_transaction(payment(net, giver, Keypair.random().public_key, "1"))
    assert len(records(horizon.transactions().for_account(giver.public_key).call())) == 1
    both = records(horizon.transactions().for_account(giver.public_key).include_failed(True).call())
    assert [tx["successful"] for tx in both] == [True, False]


def test_a_contract_call_shows_its_call_and_the_balances_it_moved(net: Net, horizon: Server) -> None:
    giver, taker = net.person(), net.person()
    _, found = net.http("/control/entry?key=")
    assert found["status"] == 400
    contract = Asset.native().contract_id("Standalone Network ; February 2017")
    arguments = [scval.to_address(giver.public_key), scval.to_address(taker.public_key), scval.to_int128(25)]
    done = net.call(giver, contract, "transfer", arguments)
    assert done.status.value == "SUCCESS"
    op = records(horizon.payments().for_account(taker.public_key).order(desc=True).limit(1).call())[0]
    assert op["type"] == "invoke_host_function"
    assert op["call"]["invoke_contract"]["function_name"] == "transfer"
    moved = {"type": "transfer", "from": giver.public_key, "to": taker.public_key, "amount": "0.0000025"}
    assert op["asset_balance_changes"] == [moved | {"asset_type": "native"}]
    key = contract_data_key(contract, scval.to_symbol("none"))
    assert net.server.get_ledger_entries([key]).entries == []


def test_ledgers_assets_and_fees(net: Net, horizon: Server) -> None:
    issuer, holder = net.person(), net.person()
    asset = Asset("WHEAT", issuer.public_key)
    net.submit(net.builder(holder).append_change_trust_op(asset), holder)
    net.submit(net.builder(issuer).append_payment_op(holder.public_key, asset, "12.5"), issuer)
    latest = records(horizon.ledgers().order(desc=True).limit(1).call())[0]
    assert latest["hash"] == net.server.get_latest_ledger().id
    assert (latest["successful_transaction_count"], latest["operation_count"]) == (1, 1)
    assert horizon.ledgers().ledger(latest["sequence"]).call() == latest
    found = records(horizon.assets().for_code("WHEAT").for_issuer(issuer.public_key).call())
    assert len(found) == 1
    assert found[0]["accounts"]["authorized"] == 1
    assert found[0]["balances"]["authorized"] == "12.5000000"
    assert found[0]["contract_id"] == asset.contract_id("Standalone Network ; February 2017")
    stats = horizon.fee_stats().call()
    assert (stats["last_ledger"], stats["fee_charged"]["p50"]) == (str(latest["sequence"]), "100")
    assert horizon.fetch_base_fee() == 100
    assert horizon.load_account(holder.public_key).sequence == net.account(holder).sequence


def test_a_stream_from_now_tells_the_next_payment(net: Net) -> None:
    giver, taker = net.person(), net.person()
    address = f"{net.url}/accounts/{taker.public_key}/payments?cursor=now"
    request = urllib.request.Request(address, headers={"Accept": "text/event-stream"})
    with urllib.request.urlopen(request, timeout=30) as news:
        assert news.headers["Content-Type"] == "text/event-stream"
        assert [news.readline() for _ in range(4)] == [b"retry: 1000\n", b"event: open\n", b'data: "hello"\n', b"\n"]
        builder = net.builder(giver).append_payment_op(taker.public_key, Asset.native(), "4")
        paid = threading.Thread(target=net.submit, args=(builder, giver))
        paid.start()
        name, data = news.readline(), news.readline()
        paid.join()
    told = json.loads(data.removeprefix(b"data: "))
    assert (told["amount"], told["to"]) == ("4.0000000", taker.public_key)
    assert name.decode().strip() == f"id: {told['paging_token']}"


def test_people_get_a_page_and_programs_the_root(net: Net) -> None:
    request = urllib.request.Request(net.url + "/", headers={"Accept": "text/html,application/xhtml+xml"})
    with urllib.request.urlopen(request) as answer:
        page = answer.read().decode()
        policy = answer.headers["Content-Security-Policy"]
    assert "<title>Local Stellar network</title>" in page
    assert "default-src 'none'" in policy
    assert "http://" not in page
    assert "https://" not in page
    _, root = net.http("/")
    assert root["network_passphrase"] == "Standalone Network ; February 2017"


def test_claimable_balances_are_found_by_their_claimant(net: Net, horizon: Server) -> None:
    giver, taker, other = net.person(), net.person(), net.person()
    soon = ClaimPredicate.predicate_before_relative_time(3_600)
    claimants = [Claimant(taker.public_key, ClaimPredicate.predicate_not(soon)), Claimant(other.public_key)]
    net.submit(net.builder(giver).append_create_claimable_balance_op(Asset.native(), "12.5", claimants), giver)
    for address in (taker.public_key, other.public_key):
        found = horizon.claimable_balances().for_claimant(address).call()["_embedded"]["records"]
        assert [(one["amount"], one["asset"], one["sponsor"]) for one in found] == [
            ("12.5000000", "native", giver.public_key)
        ]
    told = horizon.claimable_balances().claimable_balance(found[0]["id"]).call()
    assert told == found[0]
    predicates = {one["destination"]: one["predicate"] for one in told["claimants"]}
    assert predicates[other.public_key] == {"unconditional": True}
    assert list(predicates[taker.public_key]["not"]) == ["abs_before", "abs_before_epoch"]
    balance_id = told["id"]
    assert horizon.claimable_balances().for_sponsor(taker.public_key).call()["_embedded"]["records"] == []
    net.submit(net.builder(other).append_claim_claimable_balance_op(balance_id), other)
    assert horizon.claimable_balances().for_claimant(other.public_key).call()["_embedded"]["records"] == []
    assert net.http("/claimable_balances/" + balance_id)[0] == net.http("/claimable_balances/zz")[0] == 404


def test_what_one_transaction_and_one_ledger_hold(net: Net, horizon: Server) -> None:
    giver, taker = net.person(), net.person()
    envelope = payment(net, giver, taker.public_key, "3")
    told = horizon.submit_transaction(envelope)
    for builder in (
        horizon.operations().for_transaction(told["hash"]),
        horizon.payments().for_transaction(told["hash"]),
        horizon.operations().for_ledger(told["ledger"]),
    ):
        assert [op["amount"] for op in records(builder.call())] == ["3.0000000"]
    op = records(horizon.operations().for_transaction(told["hash"]).call())[0]
    assert horizon.operations().operation(int(op["id"])).call() == op
    assert [tx["hash"] for tx in records(horizon.transactions().for_ledger(told["ledger"]).call())] == [told["hash"]]
    joined = records(horizon.payments().for_account(taker.public_key).join("transactions").order(desc=True).call())
    assert joined[0]["transaction"] == told
    for path in ("/transactions/" + "0" * 64 + "/operations", "/ledgers/4000000000/payments", "/operations/4096"):
        assert net.http(path)[0] == 404, path
    assert net.http("/operations/x")[0] == net.http("/ledgers/x/payments")[0] == 400
    assert net.http("/payments?join=effects")[1]["extras"]["invalid_field"] == "join"


def test_every_link_of_a_record_leads_somewhere(net: Net, horizon: Server) -> None:
    """But for effects, which do not exist here."""
    giver, taker = net.person(), net.person()
    tx = horizon.submit_transaction(payment(net, giver, taker.public_key, "3"))
    op = records(horizon.operations().for_transaction(tx["hash"]).call())[0]
    for record in (tx, op, horizon.ledgers().ledger(tx["ledger"]).call(), net.http("/accounts/" + giver.public_key)[1]):
        for name, link in record["_links"].items():
            path = link["href"].removeprefix(net.url).partition("{")[0].removesuffix("/data/")
            assert net.http(path)[0] == (404 if name == "effects" else 200), link


def test_a_page_of_failed_ones_leads_to_the_next(net: Net, horizon: Server) -> None:
    giver = net.person()
    for _ in range(3):
        with pytest.raises(BadRequestError):
            horizon.submit_transaction(payment(net, giver, Keypair.random().public_key, "1"))
    page = net.http(f"/accounts/{giver.public_key}/transactions?include_failed=true&limit=2")[1]
    seen = [tx["successful"] for tx in records(page)]
    page = net.http(page["_links"]["next"]["href"].removeprefix(net.url))[1]
    assert seen + [tx["successful"] for tx in records(page)] == [True, False, False, False]
    end = net.http(page["_links"]["next"]["href"].removeprefix(net.url))[1]
    assert records(end) == []
    assert end["_links"]["next"] == end["_links"]["self"]


def test_options_and_flags_are_told_in_words(net: Net, horizon: Server) -> None:
    issuer, holder = net.person(), net.person()
    flags = AuthorizationFlag.AUTHORIZATION_REQUIRED | AuthorizationFlag.AUTHORIZATION_REVOCABLE
    signer = Signer(SignerKey.sha256_hash(b"7" * 32), 3)
    options = net.builder(issuer).append_set_options_op(
        set_flags=flags,
        clear_flags=AuthorizationFlag.AUTHORIZATION_IMMUTABLE,
        master_weight=9,
        low_threshold=1,
        home_domain="a.example",
        signer=signer,
    )
    assert net.submit(options, issuer).status.value == "SUCCESS"
    asset = Asset("WORDS", issuer.public_key)
    net.submit(net.builder(holder).append_change_trust_op(asset), holder)
    allow = net.builder(issuer).append_set_trust_line_flags_op(holder.public_key, asset, set_flags=TrustLineFlags(1))
    net.submit(allow, issuer)
    told = records(horizon.operations().for_account(issuer.public_key).call())
    option, line = told[1], told[-1]
    assert (option["set_flags"], option["set_flags_s"]) == ([1, 2], ["auth_required", "auth_revocable"])
    assert (option["clear_flags"], option["clear_flags_s"]) == ([4], ["auth_immutable"])
    assert (option["master_key_weight"], option["low_threshold"]) == (9, 1)
    assert (option["signer_key"][0], option["signer_weight"], option["home_domain"]) == ("X", 3, "a.example")
    assert (line["set_flags"], line["set_flags_s"], line["trustor"]) == ([1], ["authorized"], holder.public_key)
    assert "clear_flags" not in line


def test_a_call_names_its_function_and_its_parameters(net: Net, horizon: Server) -> None:
    owner = net.person()
    contract = net.deploy(owner)
    net.call(owner, contract, "put", [scval.to_address(owner.public_key), scval.to_symbol("k"), scval.to_uint32(1)])
    created, called = records(horizon.operations().for_account(owner.public_key).limit(200).call())[-2:]
    assert called["function"] == "HostFunctionTypeHostFunctionTypeInvokeContract"
    assert [one["type"] for one in called["parameters"]] == ["Address", "Sym", "Address", "Sym", "U32"]
    values = [xdr.SCVal.from_xdr(one["value"]) for one in called["parameters"]]
    assert scval.from_address(values[0]).address == contract
    assert [scval.from_symbol(values[1]), scval.from_uint32(values[4])] == ["put", 1]
    assert created["function"].startswith("HostFunctionTypeHostFunctionTypeCreateContract")
    assert (created["from"], created["address"]) == ("address", owner.public_key)
    assert 0 <= int(created["salt"]) < 2**256


def test_preconditions_are_told(net: Net, horizon: Server) -> None:
    giver = net.person()
    builder = net.builder(giver).append_bump_sequence_op(0).set_ledger_bounds(1, 4_000_000_000)
    builder.set_min_sequence_number(5).set_min_sequence_age(0).set_min_sequence_ledger_gap(1)
    net.control("close")
    net.submit(builder, giver)
    told = records(horizon.transactions().for_account(giver.public_key).order(desc=True).call())[0]["preconditions"]
    assert told["ledgerbounds"] == {"min_ledger": 1, "max_ledger": 4_000_000_000}
    assert (told["min_account_sequence"], told["min_account_sequence_ledger_gap"]) == ("5", 1)
    assert set(told["timebounds"]) == {"min_time", "max_time"}


def test_accounts_are_found_by_signer_and_by_asset(net: Net, horizon: Server) -> None:
    issuer, holder, friend = net.person(), net.person(), Keypair.random()
    asset = Asset("FIND", issuer.public_key)
    signer = Signer(SignerKey.ed25519_public_key(friend.public_key), 1)
    net.submit(net.builder(holder).append_change_trust_op(asset).append_set_options_op(signer=signer), holder)
    for builder in (horizon.accounts().for_signer(friend.public_key), horizon.accounts().for_asset(asset)):
        assert [one["id"] for one in records(builder.call())] == [holder.public_key]
    assert records(horizon.accounts().for_sponsor(holder.public_key).call()) == []
    assert net.http("/accounts")[0] == net.http(f"/accounts?signer={friend.public_key}&sponsor=x")[0] == 400


def test_whole_lists_are_paged_too(net: Net, horizon: Server) -> None:
    giver, taker = net.person(), net.person()
    assets = [Asset(code, giver.public_key) for code in ("PA", "PB", "PC")]
    for asset in assets:
        net.submit(net.builder(taker).append_change_trust_op(asset), taker)
    for number in range(1, 4):
        claimants = [Claimant(taker.public_key)]
        net.submit(net.builder(giver).append_create_claimable_balance_op(Asset.native(), str(number), claimants), giver)

    def walked(path: str, order: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        page = net.http(f"{path}&limit=2&order={order}")[1]
        while records(page):
            found += records(page)
            page = net.http(page["_links"]["next"]["href"].removeprefix(net.url))[1]
        return found

    by_issuer, by_claimant = (
        f"/assets?asset_issuer={giver.public_key}",
        f"/claimable_balances?claimant={taker.public_key}",
    )
    assert [one["asset_code"] for one in walked(by_issuer, "asc")] == ["PA", "PB", "PC"]
    assert [one["asset_code"] for one in walked(by_issuer, "desc")] == ["PC", "PB", "PA"]
    assert [one["amount"][0] for one in walked(by_claimant, "asc")] == ["1", "2", "3"]
    assert [one["amount"][0] for one in walked(by_claimant, "desc")] == ["3", "2", "1"]
    for path in ("/offers", "/trades", "/liquidity_pools", f"/accounts/{giver.public_key}/offers"):
        assert records(net.http(path)[1]) == []


def test_handing_in_without_waiting(start_net: Callable[..., Net]) -> None:
    net = start_net("--close", "manual")
    given = Keypair.random()
    net.control("fund", address=given.public_key, amount="100")
    envelope = payment(net, given, given.public_key, "1")
    with Server(net.url) as horizon:
        first = horizon.submit_transaction_async(envelope)
        assert (first["tx_status"], first["hash"]) == ("PENDING", envelope.hash_hex())
    body = urllib.parse.urlencode({"tx": envelope.to_xdr()}).encode()
    assert (net.http("/transactions_async", raw=body)[0], net.http("/transactions_async", raw=b"tx=x")[0]) == (409, 400)
    net.control("close")
    assert net.http("/transactions_async", raw=body)[1]["tx_status"] == "DUPLICATE"
    envelope.transaction.sequence += 7
    wrong = urllib.parse.urlencode({"tx": envelope.to_xdr()}).encode()
    status, refused = net.http("/transactions_async", raw=wrong)
    assert (status, refused["tx_status"]) == (400, "ERROR")
    result = xdr.TransactionResult.from_xdr(refused["error_result_xdr"])
    assert result.result.code.name in ("txBAD_SEQ", "txBAD_AUTH")
