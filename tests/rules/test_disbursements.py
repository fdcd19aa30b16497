"""Files of payments and rules of batches: every bad line is named, nobody jumps the queue, tables say what moves."""

import csv
import io
from random import Random

import pytest
from chainkit import ALICE, ASSET, BOB, ESCROW
from stellar_sdk import MuxedAccount, StrKey

from tenor.disbursements import rules
from tenor.disbursements.parse import LINES_MAX, BatchRefused, Expected, from_csv, lines_of
from tenor.disbursements.rules import BATCH, LINE, Due, Holding, Payee
from tenor.kernel.money import UNITS_MAX
from tenor.kernel.state import MoveRefused

EXPECTED = Expected("USDC", 7, frozenset({BOB, ESCROW}), repeats=False)
CAROL = StrKey.encode_ed25519_public_key(b"C" * 32)


def refusal(text: str, expected: Expected = EXPECTED) -> dict[str, str]:
    with pytest.raises(BatchRefused) as refused:
        lines_of(from_csv(text.encode()), expected)
    return refused.value.fields


def test_p040_a_file_becomes_lines_exactly() -> None:
    muxed = MuxedAccount(ALICE, 77).account_muxed
    text = f"\ufeffPayee,amount,memo,memo_type,id\r\n{ALICE},950.05,Salary,,a1\r\n\r\n{muxed},0.0000001,,,\r\n"
    text += f'{CAROL},1,{2**64 - 1},id,a2\r\n{ASSET},3,,,"a,3"\r\n'
    lines = lines_of(from_csv(text.encode()), EXPECTED)
    assert [(each.number, each.payee, each.units) for each in lines] == [
        (2, ALICE, 9_500_500_000), (4, muxed, 1), (5, CAROL, 10**7), (6, ASSET, 3 * 10**7),
    ]  # fmt: skip
    assert [(each.memo_kind, each.memo_value, each.external_id) for each in lines] == [
        ("text", "Salary", "a1"), ("none", "", None), ("id", str(2**64 - 1), "a2"), ("none", "", "a,3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("=cmd|'/c calc'!A1,1,,,", "payee"),
        (f"{ALICE},+5,,,", "amount"),
        (f"{ALICE},-1,,,", "amount"),
        (f"{ALICE},1e3,,,", "amount"),
        (f'{ALICE},"1,000.00",,,', "amount"),
        (f"{ALICE},1.00000001,,,", "amount"),
        (f"{ALICE},0,,,", "amount"),
        (f"{ALICE},0.0,,,", "amount"),
        (f"{ALICE},922337203685.4775808,,,", "amount"),
        (f"{ALICE},,,,", "amount"),
        (f"{ALICE[:-1]},1,,,", "payee"),
        (f"{ALICE[:-1]}{'A' if ALICE[-1] != 'A' else 'B'},1,,,", "payee"),
        (f"{BOB},1,,,", "payee"),
        (f"{MuxedAccount(BOB, 5).account_muxed},1,,,", "payee"),
        (f"{ESCROW},1,,,", "payee"),
        ("alice*example.org,1,,,", "payee"),
        (f"{ALICE},1,EURC,,", "asset"),
        (f"{ALICE},1,,words,x", "memo_type"),
        (f"{ALICE},1,,id,18446744073709551616", "memo"),
        (f"{ALICE},1,,id,", "memo"),
        (f"{ALICE},1,,hash,00ff", "memo"),
        (f"{ALICE},1,,,{'ä' * 15}", "memo"),
        (f"{ASSET},1,,,hello", "memo"),
        (f"{ALICE},1,,,a\tb", "memo"),
    ],
)
def test_p040_p043_p053_every_bad_line_is_named(row: str, column: str) -> None:
    text = f"payee,amount,asset,memo_type,memo\n{CAROL},1,USDC,,\n{row}\n"
    assert list(refusal(text)) == [f"line 3, {column}"]


@pytest.mark.parametrize(
    "text",
    ["", "payee\nx\n", "payee,amount,sum\n", "amount,payee,payee\n", "payee,amount\n", f"payee,amount\n{ALICE}\n",
     f'payee,amount\n"{ALICE},1\n', "payee,amount\n\0,1\n"],
)  # fmt: skip
def test_p040_what_is_no_such_file_is_refused_as_a_whole(text: str) -> None:
    assert refusal(text) == {}


def test_p040_ten_thousand_lines_are_read_and_one_more_is_refused() -> None:
    rng, held = Random(1), io.StringIO()
    writer = csv.writer(held)
    writer.writerow(("payee", "amount"))
    for n in range(LINES_MAX):
        writer.writerow((StrKey.encode_ed25519_public_key(rng.randbytes(32)), f"{n + 1}.5"))
    assert len(lines_of(from_csv(held.getvalue().encode()), EXPECTED)) == LINES_MAX
    writer.writerow((ALICE, "1"))
    with pytest.raises(BatchRefused, match="more than 10,000"):
        from_csv(held.getvalue().encode())
    with pytest.raises(BatchRefused, match="bytes"):
        from_csv(b"x" * 4_000_001)
    with pytest.raises(BatchRefused, match="UTF-8"):
        from_csv("payee,amount\nä,1".encode("latin-1"))


def test_p041_repeats_are_flagged_and_ids_never_doubled() -> None:
    text = f"payee,amount,id\n{ALICE},1,a\n{CAROL},2,b\n{ALICE},3,b\n"
    assert list(refusal(text)) == ["line 4, id", "line 4, payee"]
    meant = Expected("USDC", 7, frozenset(), repeats=True)
    assert list(refusal(text, meant)) == ["line 4, id"]
    half = f"{UNITS_MAX // 10**7}.0"
    assert "amount" in refusal(f"payee,amount\n{ALICE},{half}\n{CAROL},{half}\n")


def test_p033_the_pre_flight_names_what_the_ledger_would_say() -> None:
    fits = Holding(0, 10, authorized=True)
    assert rules.obstacle(Payee(True, fits), 10) is None
    assert rules.obstacle(Payee(True, fits), 11) == "LINE_FULL"
    assert rules.obstacle(Payee(True, Holding(0, 10, authorized=False)), 1) == "NOT_AUTHORIZED"
    assert rules.obstacle(Payee(True, None), 1) == "NO_TRUST"
    assert rules.obstacle(Payee(False, None), 1) == "NO_DESTINATION"
    assert rules.obstacle(Payee(True, None, issuer=True), 1) is None
    assert rules.obstacle(Payee(False, None, issuer=True), 1) == "NO_DESTINATION"


def due(number: int, units: int, memo: tuple[str, str] = ("none", ""), payee: str = ALICE) -> Due:
    return Due(number, payee, units, memo)


def test_p037_nobody_jumps_the_queue_because_it_is_small() -> None:
    wanted = [due(1, 5), due(2, 6), due(3, 1)]
    assert [each.number for each in rules.affordable(wanted, 10)] == [1]
    assert [each.number for each in rules.affordable(wanted, 11)] == [1, 2]
    assert rules.affordable(wanted, 4) == []


def test_a_pack_has_one_memo_and_a_contract_stands_alone() -> None:
    many = [due(n, 1) for n in range(205)]
    other = [due(300, 1, ("text", "x")), due(301, 1, payee=ASSET), due(302, 1, ("text", "x"))]
    made = rules.packs([*many, *other])
    assert [len(pack) for pack in made] == [100, 100, 5, 2, 1]
    assert sorted(each.number for pack in made for each in pack) == sorted(each.number for each in [*many, *other])


def test_p033_p045_a_refused_pack_frees_the_innocent_and_ends_somewhere() -> None:
    assert rules.after_refusal("NO_TRUST", blamed=True, tries=1) == "be_parked"
    assert rules.after_refusal("MALFORMED", blamed=True, tries=1) == "fail"
    assert rules.after_refusal("NO_TRUST", blamed=False, tries=1) == "go_again"
    assert rules.after_refusal(None, blamed=False, tries=rules.TRIES_MAX) == "fail"


def test_p047_statuses_move_as_their_tables_say_and_not_otherwise() -> None:
    for machine in (BATCH, LINE):
        for move, (sources, _) in machine.moves.items():
            for status in set(machine.statuses) - sources:
                with pytest.raises(MoveRefused):
                    machine.after(move, status)
    assert LINE.terminal == {"paid", "claimed", "reclaimed", "cancelled"}
    assert "sending" not in LINE.moves["be_cancelled"][0], "what is under way is never cancelled"
