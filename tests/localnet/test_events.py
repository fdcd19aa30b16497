"""getEvents: filters, pages, cursors that move over nothing, and the window that can be asked for."""

from collections.abc import Callable

import pytest
from localnet_kit import Net
from stellar_sdk import Asset, Keypair, scval, xdr
from stellar_sdk.soroban_rpc import EventFilter, EventFilterType

EMITTED = 7


@pytest.fixture(scope="module")
def emitted(net: Net) -> tuple[str, int]:
    """A contract that emitted seven events, one a ledger, and the ledger of the first."""
    owner = net.person()
    contract = net.deploy(owner)
    first = 0
    for number in range(EMITTED):
        arguments = [scval.to_address(owner.public_key), scval.to_symbol(f"n{number % 2}"), scval.to_uint32(number)]
        done = net.call(owner, contract, "put", arguments)
        first = first or done.ledger or 0
    return contract, first


def of(contract: str, *topics: list[str]) -> list[EventFilter]:
    return [EventFilter(event_type=EventFilterType.CONTRACT, contract_ids=[contract], topics=list(topics) or None)]


def numbers(values: list[str]) -> list[int]:
    return [scval.from_uint32(xdr.SCVal.from_xdr(value)) for value in values]


def test_pages_tell_every_event_once_in_order(net: Net, emitted: tuple[str, int]) -> None:
    contract, first = emitted
    page = net.server.get_events(first, filters=of(contract), limit=3)
    values, ids = [], []
    while page.events:
        values += [event.value for event in page.events]
        ids += [event.id for event in page.events]
        page = net.server.get_events(cursor=page.cursor, filters=of(contract), limit=3)
    assert numbers(values) == list(range(EMITTED))
    assert ids == sorted(set(ids))


def test_an_event_names_its_place(net: Net, emitted: tuple[str, int]) -> None:
    contract, first = emitted
    event = net.server.get_events(first, filters=of(contract), limit=1).events[0]
    assert event.ledger == first
    assert (event.transaction_index, event.operation_index) == (1, 0)
    assert event.id == f"{(first << 32) + (1 << 12):019}-{0:010}"
    assert net.server.get_transaction(event.transaction_hash).ledger == first
    assert event.ledger_close_at.timestamp() == net.server.get_transaction(event.transaction_hash).create_at


def test_topics_match_exactly_or_by_star(net: Net, emitted: tuple[str, int]) -> None:
    contract, first = emitted
    even = scval.to_symbol("n0").to_xdr()

    def count(*topics: list[str]) -> int:
        return len(net.server.get_events(first, filters=of(contract, *topics)).events)

    assert count([even]) == 4
    assert count(["*"]) == EMITTED
    assert count(["**"]) == EMITTED
    assert count([even, "*"]) == 0
    assert count([even, "**"]) == 4
    assert count([even], [scval.to_symbol("n1").to_xdr()]) == EMITTED


def test_an_empty_page_moves_the_cursor_to_the_tip(net: Net, emitted: tuple[str, int]) -> None:
    _, first = emitted
    quiet = of("CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM")
    page = net.server.get_events(first, filters=quiet)
    assert page.events == []
    assert int(page.cursor.split("-")[0]) >> 32 == page.latest_ledger
    again = net.server.get_events(cursor=page.cursor, filters=quiet)
    assert again.cursor == page.cursor
    net.control("close", ledgers=3)
    assert int(net.server.get_events(cursor=page.cursor, filters=quiet).cursor.split("-")[0]) >> 32 == (
        page.latest_ledger + 3
    )


def test_the_last_ledger_is_exclusive(net: Net, emitted: tuple[str, int]) -> None:
    contract, first = emitted
    assert len(net.server.get_events(first, end_ledger=first + 2, filters=of(contract)).events) == 2


def test_fee_events_stand_before_and_refunds_after_all_transactions(net: Net, emitted: tuple[str, int]) -> None:
    _, first = emitted
    events = net.server.get_events(first, end_ledger=first + 1).events
    names = [event.topic[0] for event in events]
    fee = scval.to_symbol("fee").to_xdr()
    assert names == [fee, scval.to_symbol("n0").to_xdr(), fee]
    assert [event.transaction_index for event in events] == [0, 1, 0xFFFFF]


@pytest.mark.parametrize(
    ("params", "code", "words"),
    [
        ({"startLedger": 0}, -32602, "startLedger must be positive"),
        ({"startLedger": 4_000_000_000}, -32600, "startLedger must be within the ledger range: "),
        ({"startLedger": 2, "pagination": {"cursor": "0000000012884901888-0000000000"}}, -32602, "cannot both be set"),
        ({"pagination": {"cursor": "nonsense"}}, -32602, "invalid cursor"),
        ({"startLedger": 2, "pagination": {"limit": 10_001}}, -32602, "limit must not exceed 10000"),
        ({"startLedger": 2, "filters": [{}] * 6}, -32602, "maximum 5 filters"),
        ({"startLedger": 2, "filters": [{"contractIds": ["C"] * 6}]}, -32602, "maximum 5 contract IDs"),
        ({"startLedger": 2, "filters": [{"contractIds": ["C"]}]}, -32602, "contract ID C invalid"),
        ({"startLedger": 2, "filters": [{"topics": [["*"]] * 6}]}, -32602, "maximum 5 topics"),
        ({"startLedger": 2, "filters": [{"topics": [["*"] * 5]}]}, -32602, "more than 4 segments"),
        ({"startLedger": 2, "filters": [{"topics": [["**", "*"]]}]}, -32602, "only allowed as the last"),
        ({"startLedger": 2, "filters": [{"topics": [["!"]]}]}, -32602, "topic segment"),
        ({"startLedger": 2, "filters": [{"type": "diagnostic"}]}, -32602, "filter type invalid"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_requests_are_told_what_is_wrong(net: Net, params: dict[str, object], code: int, words: str) -> None:
    error = net.rpc("getEvents", params)["error"]
    assert error["code"] == code
    assert words in error["message"]
    assert "data" not in error


def test_ten_thousand_ledgers_are_scanned_a_call(start_net: object) -> None:
    net: Net = start_net("--close", "instant")  # type: ignore[operator]
    person = Keypair.random()
    net.fund(person.public_key)
    net.control("advance", ledgers=25_000)
    late = net.person()
    to_late = ["*", "*", scval.to_address(late.public_key).to_xdr(), "*"]
    filters = [EventFilter(topics=[to_late])]
    page, calls = net.server.get_events(1, filters=filters), 1
    while not page.events:
        before = page.cursor
        page, calls = net.server.get_events(cursor=before, filters=filters), calls + 1
        assert page.cursor > before
    assert calls == 3


def test_filters_by_index_find_what_a_walk_over_everything_finds(start_net: Callable[..., Net]) -> None:
    """Each mix of contracts, topics and wildcards, against the same filter applied here to all events."""
    net = start_net("--close", "instant")
    people = [net.person() for _ in range(3)]
    contracts = [net.deploy(people[0]) for _ in range(2)]
    for number in range(12):
        owner, name = people[number % 3], scval.to_symbol(f"k{number % 4}")
        put = [scval.to_address(owner.public_key), name, scval.to_uint32(number)]
        net.call(owner, contracts[number % 2], "put", put)
        net.submit(net.builder(owner).append_payment_op(people[0].public_key, Asset.native(), "1"), owner)

    def ask(filters: list[dict[str, object]], cursor: str | None = None) -> dict[str, object]:
        wanted = {"pagination": {"limit": 7, "cursor": cursor}} if cursor else {"startLedger": 1}
        answer = net.rpc("getEvents", {"filters": filters, **({"pagination": {"limit": 7}} | wanted)})
        result: dict[str, object] = answer["result"]
        return result

    def every(filters: list[dict[str, object]]) -> list[dict[str, object]]:
        page = ask(filters)
        found = list(page["events"])  # type: ignore[call-overload]
        while page["events"]:
            page = ask(filters, str(page["cursor"]))
            found += page["events"]  # type: ignore[operator]
        return found

    def fits(event: dict[str, object], wanted: dict[str, object]) -> bool:
        contract_ids, topics = wanted.get("contractIds", []), wanted.get("topics", [])
        if contract_ids and event["contractId"] not in contract_ids:  # type: ignore[operator]
            return False
        return not topics or any(topic_fits(event["topic"], topic) for topic in topics)  # type: ignore[attr-defined,arg-type]

    def topic_fits(topics: list[str], wanted: list[str]) -> bool:
        head = wanted[:-1] if wanted[-1] == "**" else wanted
        if len(topics) < len(head) or (wanted[-1] != "**" and len(topics) != len(head)):
            return False
        return all(segment in ("*", topic) for segment, topic in zip(head, topics, strict=False))

    everything = every([])
    k1, transfer = scval.to_symbol("k1").to_xdr(), scval.to_symbol("transfer").to_xdr()
    to_first = scval.to_address(people[0].public_key).to_xdr()
    mixes: list[list[dict[str, object]]] = [
        [{"contractIds": contracts[:1]}],
        [{"contractIds": contracts, "topics": [[k1]]}],
        [{"topics": [[k1], [transfer, "**"]]}],
        [{"topics": [["*", "*", to_first, "*"]]}],
        [{"topics": [[transfer, "**"], ["**"]]}],
        [{"topics": [[k1]]}, {"contractIds": contracts[1:]}, {"topics": [["*", to_first]]}],
        [{"type": "contract"}],
        [{"topics": [[scval.to_symbol("nobody").to_xdr()]]}],
    ]
    for filters in mixes:
        expected = [event for event in everything if any(fits(event, wanted) for wanted in filters)]
        assert every(filters) == expected, filters
    assert len(everything) > 60
