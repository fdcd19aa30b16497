"""The Horizon-shaped addresses, judged by the SDK's Horizon client: lists, pages, streams, handing in, problems."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from localnet_kit import Net, contract_data_key
from stellar_sdk import Asset, Claimant, ClaimPredicate, Keypair, Server, TransactionEnvelope, scval
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
    assert (op["type"], op["function"]) == ("invoke_host_function", "invoke_contract")
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
