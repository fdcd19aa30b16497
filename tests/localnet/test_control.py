"""The control path: when ledgers close, what time it is, going back, and faults on demand."""

import http.client
from collections.abc import Callable

import pytest
from localnet_kit import Net, error_code, wait_until
from stellar_sdk import Asset, Keypair, Network, TransactionBuilder

Start = Callable[..., Net]
DAY = 86_400


def test_ninety_days_pass_at_once(start_net: Start) -> None:
    net = start_net("--close", "instant")
    before = net.server.get_latest_ledger()
    net.control("clock", advance_seconds=90 * DAY)
    after = net.server.get_latest_ledger()
    assert after.sequence == before.sequence + 1
    assert 90 * DAY <= after.close_time - before.close_time <= 90 * DAY + 60
    status, refused = net.http("/control/clock", {"set": 1_000})
    assert (status, refused["detail"]) == (400, "ledger time cannot run backwards")
    net.control("clock", set=after.close_time + 1_000)
    assert net.server.get_latest_ledger().close_time == after.close_time + 1_000


def test_close_times_never_fall_and_stay_near_the_clock(start_net: Start) -> None:
    net = start_net("--close", "instant")
    net.control("close", ledgers=50)
    times = [int(ledger.ledger_close_time) for ledger in net.server.get_ledgers(2, limit=60).ledgers]
    assert times == sorted(times)
    assert times[-1] <= net.control("close", ledgers=1)["clock"] + 5


def test_manual_mode_shows_what_instant_close_hides(start_net: Start) -> None:
    net = start_net("--close", "instant")
    payer, payee, sponsor = net.person(), net.person(), net.person()
    net.control("mode", close="manual")
    first = net.builder(payer).append_payment_op(payee.public_key, Asset.native(), "1").build()
    first.sign(payer)
    sent = net.send(first)
    assert sent.status.value == "PENDING"
    assert net.server.get_transaction(sent.hash).status.value == "NOT_FOUND"
    assert net.send(first).status.value == "DUPLICATE"
    other = net.builder(payer).append_payment_op(payee.public_key, Asset.native(), "2").build()
    other.sign(payer)
    assert net.send(other).status.value == "TRY_AGAIN_LATER"

    def bump(fee: int) -> str | None:
        bumped = TransactionBuilder.build_fee_bump_transaction(
            sponsor, fee, first, Network.STANDALONE_NETWORK_PASSPHRASE
        )
        bumped.sign(sponsor)
        answer = net.send(bumped)
        return error_code(answer) or answer.status.value

    assert bump(999) == "txINSUFFICIENT_FEE"
    assert bump(1_000) == "PENDING"
    net.control("close")
    done = net.server.get_transaction(sent.hash)
    assert (done.status.value, done.fee_bump) == ("SUCCESS", True)


def test_interval_mode_closes_ledgers_by_itself(start_net: Start) -> None:
    net = start_net("--close", "50")
    start = net.server.get_latest_ledger().sequence
    wait_until(lambda: net.server.get_latest_ledger().sequence >= start + 5)
    people = [Keypair.random() for _ in range(3)]
    for person in people:
        assert net.fund(person.public_key)[0] == 200


def test_a_snapshot_brings_everything_back(start_net: Start) -> None:
    net = start_net("--close", "instant")
    person = net.person()
    net.control("snapshot", name="before")
    latest = net.server.get_latest_ledger()
    stranger = net.person()
    net.control("clock", advance_seconds=DAY)
    net.control("restore", name="before")
    again = net.server.get_latest_ledger()
    assert (again.sequence, again.id) == (latest.sequence, latest.id)
    assert net.http("/accounts/" + stranger.public_key)[0] == 404
    net.submit(net.builder(person).append_bump_sequence_op(1), person)
    assert net.http("/control/restore", {"name": "never"})[0] == 400
    assert net.http("/control/snapshot", {"name": "../up"})[0] == 400


def test_a_dropped_answer_leaves_the_transaction_applied(net: Net) -> None:
    payer = net.person()
    envelope = net.builder(payer).append_bump_sequence_op(1).build()
    envelope.sign(payer)
    net.control("faults", method="sendTransaction", kind="drop_after_accept")
    # Not through the SDK: its synchronous client silently sends the request again.
    with pytest.raises(http.client.RemoteDisconnected):
        net.rpc("sendTransaction", {"transaction": envelope.to_xdr()})
    assert net.server.get_transaction(envelope.hash_hex()).status.value == "SUCCESS"


def test_faults_refuse_delay_and_are_spent(net: Net) -> None:
    payer = net.person()
    envelope = net.builder(payer).append_bump_sequence_op(1).build()
    envelope.sign(payer)
    net.control("faults", method="sendTransaction", kind="try_again_later", times=2)
    for _ in range(2):
        sent = net.send(envelope)
        assert (sent.status.value, sent.hash) == ("TRY_AGAIN_LATER", envelope.hash_hex())
    assert net.server.get_transaction(envelope.hash_hex()).status.value == "NOT_FOUND"
    assert net.send(envelope).status.value == "PENDING"
    net.control("faults", method="getHealth", kind="error")
    assert net.rpc("getHealth")["error"]["code"] == -32603
    net.control("faults", method="getHealth", kind="delay", ms=1)
    assert net.rpc("getHealth")["result"]["status"] == "healthy"
    assert net.http("/control/faults")[1] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("mode", {"close": "never"}),
        ("mode", {"close": 0}),
        ("mode", {}),
        ("clock", {}),
        ("clock", {"set": 1 << 60}),
        ("advance", {"ledgers": 0}),
        ("advance", {"ledgers": 4_294_967_295}),
        ("close", {"ledgers": 100_001}),
        ("faults", {"method": "getHealth", "kind": "explode"}),
        ("archive", {"key": "AAAA"}),
    ],
)
def test_wrong_control_requests_change_nothing(net: Net, path: str, body: dict[str, object]) -> None:
    before = net.server.get_latest_ledger().sequence
    status, refused = net.http("/control/" + path, body)
    assert (status, bool(refused["detail"])) == (400, True)
    assert net.server.get_latest_ledger().sequence == before
