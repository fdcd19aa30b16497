"""What clients ask first: health, network, ledgers, fees, and the shape of every answer, parsed by the official SDK."""

import urllib.request

from localnet_kit import Net, meta_of
from stellar_sdk import Asset, Keypair, Network, xdr


def test_health_network_and_version_parse(net: Net) -> None:
    health = net.server.get_health()
    assert health.status == "healthy"
    assert health.oldest_ledger == 1
    assert health.ledger_retention_window == 120_960
    network = net.server.get_network()
    assert network.passphrase == Network.STANDALONE_NETWORK_PASSPHRASE
    assert network.protocol_version == 28
    assert network.friendbot_url == net.url + "/friendbot"
    assert net.server.get_version_info().protocol_version == 28


def test_latest_ledger_holds_a_header_whose_hash_is_its_id(net: Net) -> None:
    latest = net.server.get_latest_ledger()
    header = xdr.LedgerHeader.from_xdr(latest.header_xdr)
    assert header.ledger_seq.uint32 == latest.sequence
    meta = xdr.LedgerCloseMeta.from_xdr(latest.metadata_xdr)
    assert meta.v2 is not None
    assert meta.v2.ledger_header.hash.hash.hex() == latest.id


def test_ledgers_chain_by_their_hashes_and_pages_follow_the_cursor(net: Net) -> None:
    net.person()
    first = net.server.get_ledgers(1, limit=2)
    assert [ledger.sequence for ledger in first.ledgers] == [1, 2]
    second = net.server.get_ledgers(cursor=first.cursor, limit=1)
    header = xdr.LedgerHeaderHistoryEntry.from_xdr(second.ledgers[0].header_xdr).header
    assert second.ledgers[0].sequence == 3
    assert header.previous_ledger_hash.hash.hex() == first.ledgers[1].hash


def test_polling_ledgers_at_the_tip_is_an_error_that_names_the_window(net: Net) -> None:
    latest = net.server.get_latest_ledger().sequence
    answer = net.rpc("getLedgers", {"pagination": {"cursor": str(latest)}})
    assert answer["error"]["code"] == -32602
    assert f"the latest ledger: {latest}" in answer["error"]["message"]


def test_transactions_are_listed_once_each_over_all_pages(net: Net) -> None:
    for _ in range(3):
        net.person()
    seen: list[str] = []
    page = net.server.get_transactions(2, limit=2)
    while page.transactions:
        seen += [tx.transaction_hash for tx in page.transactions]
        page = net.server.get_transactions(cursor=page.cursor, limit=2)
    assert len(seen) == len(set(seen)) >= 4


def test_fee_stats_parse_and_speak_of_a_hundred_stroops(net: Net) -> None:
    net.person()
    stats = net.server.get_fee_stats()
    assert stats.inclusion_fee.transaction_count >= 1
    assert stats.inclusion_fee.p50 == 100


def test_json_form_renames_the_fields_and_decodes_the_values(net: Net) -> None:
    person = Keypair.random()
    _, gift = net.fund(person.public_key)
    found = net.rpc("getTransaction", {"hash": gift["hash"], "xdrFormat": "json"})["result"]
    assert "envelopeXdr" not in found
    created = found["envelopeJson"]["tx"]["tx"]["operations"][0]["body"]["create_account"]
    assert created["destination"] == person.public_key
    assert found["events"]["contractEventsJson"][0]
    wrong = net.rpc("getTransaction", {"hash": gift["hash"], "xdrFormat": "yaml"})
    assert wrong["error"]["code"] == -32602


def test_friendbot_answers_three_fields_and_refuses_as_the_real_one(net: Net) -> None:
    person = Keypair.random()
    status, gift = net.fund(person.public_key)
    assert (status, sorted(gift)) == (200, ["envelope_xdr", "hash", "successful"])
    assert net.server.get_transaction(gift["hash"]).status.value == "SUCCESS"
    status, refused = net.fund(person.public_key)
    assert (status, refused["title"]) == (400, "Bad Request")
    assert "already funded" in refused["detail"]
    for address in ("", "nonsense", person.secret, person.public_key[:-1] + "A"):
        status, refused = net.fund(address)
        assert (status, refused["extras"]["invalid_field"]) == (400, "addr")
    assert net.http("/friendbot")[0] == 400


def test_friendbot_takes_a_form_and_pays_contracts_and_tops_up_accounts(net: Net) -> None:
    person = Keypair.random()
    form = urllib.request.Request(
        net.url + "/friendbot",
        data=f"addr={person.public_key}".encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    with urllib.request.urlopen(form, timeout=30) as answer:
        assert answer.status == 200
    poor = net.builder(person).append_payment_op(net.person().public_key, Asset.native(), "50")
    net.submit(poor, person)
    assert net.fund(person.public_key)[0] == 200
    native = Asset.native().contract_id(Network.STANDALONE_NETWORK_PASSPHRASE)
    contract = net.deploy(person)
    assert net.fund(contract)[0] == 200
    balance = net.server.get_sac_balance(contract, Asset.native(), Network.STANDALONE_NETWORK_PASSPHRASE)
    assert balance.balance_entry is not None
    assert balance.balance_entry.amount == 100_000_000_000
    assert native == "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4"


def test_any_origin_may_ask(net: Net) -> None:
    request = urllib.request.Request(net.url + "/rpc", method="OPTIONS", headers={"Origin": "http://elsewhere"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        assert answer.headers["Access-Control-Allow-Headers"] == "*"
    with urllib.request.urlopen(net.url + "/", timeout=30) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_an_account_in_horizons_shape_shows_what_wallets_read(net: Net) -> None:
    issuer, holder = net.person(), net.person()
    asset = Asset("USDC", issuer.public_key)
    trust = net.builder(holder).append_change_trust_op(asset, "500").append_manage_data_op("note", "hello")
    net.submit(trust, holder)
    status, shown = net.http("/accounts/" + holder.public_key)
    assert status == 200
    lines = {balance["asset_type"]: balance for balance in shown["balances"]}
    assert lines["native"]["balance"] == "9999.9999800"
    assert lines["credit_alphanum4"]["limit"] == "500.0000000"
    assert lines["credit_alphanum4"]["asset_issuer"] == issuer.public_key
    assert shown["sequence"] == str(net.account(holder).sequence)
    assert shown["signers"] == [{"weight": 1, "key": holder.public_key, "type": "ed25519_public_key"}]
    assert (shown["subentry_count"], shown["data"]) == (2, {"note": "aGVsbG8="})
    status, missing = net.http("/accounts/" + Keypair.random().public_key)
    assert (status, missing["status"]) == (404, 404)


def test_the_settings_are_ledger_entries_with_mainnets_figures(net: Net) -> None:
    key = xdr.LedgerKey(
        xdr.LedgerEntryType.CONFIG_SETTING,
        config_setting=xdr.LedgerKeyConfigSetting(xdr.ConfigSettingID.CONFIG_SETTING_STATE_ARCHIVAL),
    )
    found = net.server.get_ledger_entries([key])
    assert found.entries
    archival = xdr.LedgerEntryData.from_xdr(found.entries[0].xdr).config_setting.state_archival_settings
    assert archival.min_persistent_ttl.uint32 == 2_073_600
    assert archival.max_entry_ttl.uint32 == 3_110_400


def test_meta_and_result_of_a_payment_agree_with_its_events(net: Net) -> None:
    payer, payee = net.person(), net.person()
    done = net.submit(net.builder(payer).append_payment_op(payee.public_key, Asset.native(), "3"), payer)
    meta = meta_of(done)
    assert len(meta.operations) == 1
    assert done.events is not None
    assert done.events.contract_events_xdr is not None
    assert done.events.contract_events_xdr[0] == [event.to_xdr() for event in meta.operations[0].events]
    assert done.events.transaction_events_xdr is not None
    assert len(done.events.transaction_events_xdr) == 1
