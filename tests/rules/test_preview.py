"""What a person reads before signing: golden sentences per call, and a warning for whatever was not asked for."""

from collections.abc import Callable

import pytest
from chainkit import ALICE, ASSET, BOB, DISTRIBUTOR, ESCROW, INVOICE, PASSPHRASE
from stellar_sdk import Address, StrKey, scval, xdr

from tenor.ledger import calls, offers
from tenor.ledger.assembly import unsimulated
from tenor.ledger.calls import Accrual, Invocation, Terms
from tenor.ledger.preview import Names, preview

TOKEN, KNOWN, MARKET = [StrKey.encode_contract(letter * 32) for letter in (b"t", b"k", b"m")]
NAMES = Names(
    escrow=ESCROW,
    distributor=DISTRIBUTOR,
    assets={ASSET: ("USDC", 7)},
    market=MARKET,
    shares={KNOWN: (INVOICE, 7)},
)
VALID_UNTIL = 1_800_000_300
TERMS = Terms(
    asset=ASSET, advance=9_000_000_000, claim=9_300_000_000, face=10_000_000_000, funding_deadline=1_800_864_000,
    due=1_805_184_000, accrual=Accrual.LINEAR, min_earned_days=0, late_bps_per_day=0, late_days_max=0, grace_days=0,
    origination_fee_bps=0, profit_fee_bps=0, min_ticket=1, min_payment=1, recourse=False, restricted=True,
    document="00" * 32,
)  # fmt: skip
FUND = calls.fund_escrow(
    ESCROW, INVOICE, investor=ALICE, max_units=4_000_000_000, min_units=1_000_000_000, terms_hash=b"h" * 32
)
PAY = calls.transfer(ASSET, sender=ALICE, receiver=ESCROW, units=4_000_000_000)


def invocation(call: Invocation, *below: xdr.SorobanAuthorizedInvocation) -> xdr.SorobanAuthorizedInvocation:
    function = xdr.SorobanAuthorizedFunction(
        xdr.SorobanAuthorizedFunctionType.SOROBAN_AUTHORIZED_FUNCTION_TYPE_CONTRACT_FN,
        contract_fn=xdr.InvokeContractArgs(
            Address(call.contract).to_xdr_sc_address(), scval.to_symbol(call.function).sym, list(call.args)
        ),
    )
    return xdr.SorobanAuthorizedInvocation(function, list(below))


def by_source(tree: xdr.SorobanAuthorizedInvocation) -> xdr.SorobanAuthorizationEntry:
    kind = xdr.SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT
    return xdr.SorobanAuthorizationEntry(xdr.SorobanCredentials(kind), tree)


def by_other(tree: xdr.SorobanAuthorizedInvocation, *, upgraded: bool) -> xdr.SorobanAuthorizationEntry:
    held = xdr.SorobanAddressCredentials(Address(BOB).to_xdr_sc_address(), xdr.Int64(1), xdr.Uint32(9), scval.to_void())
    kinds = xdr.SorobanCredentialsType
    credentials = (
        xdr.SorobanCredentials(kinds.SOROBAN_CREDENTIALS_ADDRESS_V2, address_v2=held)
        if upgraded
        else xdr.SorobanCredentials(kinds.SOROBAN_CREDENTIALS_ADDRESS, address=held)
    )
    return xdr.SorobanAuthorizationEntry(credentials, tree)


def envelope(call: Invocation, *auth: xdr.SorobanAuthorizationEntry, valid_until: int = VALID_UNTIL) -> str:
    built = unsimulated(
        call,
        source=ALICE,
        account_sequence=1,
        valid_until=valid_until,
        passphrase=PASSPHRASE,
        inclusion_stroops=200_000,
    )
    built.transaction.operations[0].auth = list(auth)  # type: ignore[attr-defined]
    return built.to_xdr()


FEE = "Network fee at most 0.0200000 XLM; expires 2027-01-15 08:05:00 UTC."
GOLDEN = [
    (
        calls.create_escrow(ESCROW, seller=ALICE, reference="11" * 32, terms=TERMS),
        (
            "Lists an invoice of 1000.0000000 USDC for you, due 2027-03-16 08:00:00 UTC: investors may put in"
            " 900.0000000 USDC until 2027-01-25 08:00:00 UTC and are owed 930.0000000 USDC at the due date;"
            " the seller does not answer for a customer who cannot pay."
        ),
    ),
    (
        calls.acknowledge(ESCROW, INVOICE),
        "Confirms as its debtor that invoice 1f1f1f1f…1f1f is owed in full at its due date.",
    ),
    (calls.cancel_escrow(ESCROW, INVOICE, by=ALICE), "Cancels invoice 1f1f1f1f…1f1f; investors get their money back."),
    (calls.refund(ESCROW, INVOICE, holder=BOB), f"Pays {BOB} back what the shares of invoice 1f1f1f1f…1f1f cost."),
    (
        calls.declare_default(ESCROW, INVOICE),
        "Declares that invoice 1f1f1f1f…1f1f was not paid in time; no amount changes.",
    ),
    (calls.withdraw_owed(ESCROW, owner=ALICE, asset=ASSET), "Pays you what the escrow owes in USDC."),
    (
        calls.set_allowed(ESCROW, account=BOB, allowed=False),
        f"Blocks {BOB} on the platform's list of verified accounts.",
    ),
    (calls.set_asset(ESCROW, asset=ASSET, allowed=True), "Accepts USDC for new invoices."),
    (
        calls.resolve_dispute(ESCROW, INVOICE, reduction_units=None),
        "Decides the dispute about invoice 1f1f1f1f…1f1f: rejected.",
    ),
    (
        calls.schedule(ESCROW, calls.upgrade(INVOICE)),
        "Announces a change of the contract (Upgrade), which waits two days.",
    ),
    (calls.accept_admin(ESCROW), "Takes over as admin of the contract."),
    (calls.pause(ESCROW, calls.Scope.FUND), "Pauses new funding."),
    (calls.unpause(ESCROW, calls.Scope.CREATE), "Lifts the pause on new invoices."),
    (
        calls.attest(ESCROW, INVOICE, debtor=BOB, debtor_key="22" * 32, fingerprint="33" * 32),
        f"Confirms that {BOB} is the verified debtor of invoice 1f1f1f1f…1f1f.",
    ),
    (
        calls.claim(DISTRIBUTOR, token=TOKEN, holder=ALICE),
        f"Pays you what has accrued on the shares of {TOKEN[:8]}…{TOKEN[-4:]}.",
    ),
    (calls.claim_many(DISTRIBUTOR, holder=ALICE, tokens=[TOKEN] * 3), "Pays you what has accrued on 3 share tokens."),
    (
        calls.distribute(DISTRIBUTOR, token=TOKEN, holders=[ALICE, BOB]),
        f"Pays 2 holders what has accrued on the shares of {TOKEN[:8]}…{TOKEN[-4:]}.",
    ),
    (
        calls.transfer(TOKEN, sender=ALICE, receiver=BOB, units=5),
        f"Sends 5 shares of {TOKEN[:8]}…{TOKEN[-4:]} from you to {BOB}.",
    ),
    (
        calls.transfer(KNOWN, sender=ALICE, receiver=BOB, units=5),
        f"Sends 0.0000005 shares of invoice 1f1f1f1f…1f1f from you to {BOB}.",
    ),
    (
        offers.allow(KNOWN, market=MARKET, seller=ALICE, shares=4_000_000_000, live_until_ledger=77),
        (
            "Lets the share market move at most 400.0000000 shares of invoice 1f1f1f1f…1f1f of you until ledger 77;"
            " nothing moves now."
        ),
    ),
    (
        offers.offer(
            MARKET,
            seller=ALICE,
            reference="22" * 32,
            ask=offers.Ask(INVOICE, 4_000_000_000, 3_900_000_000, ASSET, 1_800_864_000),
        ),
        (
            "Offers 400.0000000 shares of invoice 1f1f1f1f…1f1f of you to anybody for 390.0000000 USDC in all, or a"
            " part for its part of the price, until 2027-01-25 08:00:00 UTC. They stay yours until somebody buys."
        ),
    ),
    (offers.cancel(MARKET, INVOICE), "Withdraws offer 1f1f1f1f…1f1f; the shares stay with their owner."),
]


@pytest.mark.parametrize(("call", "sentence"), GOLDEN, ids=[call.function for call, _ in GOLDEN])
def test_p099_the_sentence_of_a_call(call: Invocation, sentence: str) -> None:
    shown = preview(envelope(call, by_source(invocation(call))), asked=call, names=NAMES)
    assert shown.sentences == (sentence, FEE)
    assert shown.warnings == ()


def test_p099_a_payer_reads_what_is_invested_and_what_the_signature_allows() -> None:
    shown = preview(envelope(FUND, by_source(invocation(FUND, invocation(PAY)))), asked=FUND, names=NAMES)
    assert shown.sentences == (
        (
            "Invests at most 400.0000000 USDC from you in invoice 1f1f1f1f…1f1f, at least 100.0000000 USDC,"
            " one share a unit; the rest comes back at once."
        ),
        "By signing you agree that it sends 400.0000000 USDC from you to the escrow.",
        FEE,
    )
    assert shown.warnings == ()


@pytest.mark.parametrize("make", [calls.record_payment, None])
def test_p099_payments(make: Callable[..., Invocation] | None) -> None:
    if make is None:
        call = calls.pay_off(ESCROW, INVOICE, payer=ALICE, max_units=4_000_000_000, payment_id="44" * 32)
        said = "Pays off invoice 1f1f1f1f…1f1f for at most 400.0000000 USDC from you; the rest comes back at once."
    else:
        call = make(ESCROW, INVOICE, payer=ALICE, units=4_000_000_000, payment_id="44" * 32)
        said = "Pays 400.0000000 USDC from you on invoice 1f1f1f1f…1f1f; it cannot be taken back."
    shown = preview(envelope(call, by_source(invocation(call, invocation(PAY)))), asked=call, names=NAMES)
    assert shown.sentences[0] == said
    assert shown.warnings == ()


BUY = offers.buy(MARKET, INVOICE, buyer=ALICE, shares=3_000_000_000, max_price_units=4_000_000_000)


@pytest.mark.parametrize(
    ("units", "payer", "is_fine"), [(4_000_000_000, ALICE, True), (4_000_000_001, ALICE, False), (1, BOB, False)]
)
def test_p099_a_buyer_of_shares_reads_who_is_paid_and_never_pays_more(units: int, payer: str, *, is_fine: bool) -> None:
    paid = calls.transfer(ASSET, sender=payer, receiver=BOB, units=units)
    shown = preview(envelope(BUY, by_source(invocation(BUY, invocation(paid)))), asked=BUY, names=NAMES)
    assert shown.sentences[0] == (
        "Buys 300.0000000 of its shares from offer 1f1f1f1f…1f1f for you, for at most 400.0000000 USDC:"
        " payment and shares change hands together."
    )
    assert (shown.warnings == ()) == is_fine
    assert BOB in shown.sentences[1]


MORE = calls.transfer(ASSET, sender=ALICE, receiver=ESCROW, units=4_000_000_001)
ELSEWHERE = calls.transfer(ASSET, sender=ALICE, receiver=BOB, units=4_000_000_000)
OTHER_CALL = calls.fund_escrow(
    ESCROW, INVOICE, investor=ALICE, max_units=9_000_000_000, min_units=1_000_000_000, terms_hash=b"h" * 32
)


@pytest.mark.parametrize(
    ("text", "warns"),
    [
        (envelope(FUND, by_source(invocation(FUND, invocation(MORE)))), "also allows transfer"),
        (envelope(FUND, by_source(invocation(FUND, invocation(ELSEWHERE)))), "also allows transfer"),
        (envelope(FUND, by_source(invocation(FUND, invocation(PAY), invocation(ELSEWHERE)))), "also allows transfer"),
        (envelope(FUND, by_source(invocation(OTHER_CALL, invocation(PAY)))), "allow another call"),
        (envelope(OTHER_CALL), "does not do what was asked"),
        (envelope(FUND, by_source(invocation(FUND)), by_source(invocation(ELSEWHERE))), "allow another call"),
        (envelope(FUND, by_other(invocation(FUND), upgraded=False)), f"signature of {BOB}"),
        (envelope(FUND, by_other(invocation(FUND), upgraded=True)), f"signature of {BOB}"),
        (envelope(FUND, valid_until=0), "never expires"),
    ],
)
def test_p028_p025_more_than_was_asked_for_is_said(text: str, warns: str) -> None:
    shown = preview(text, asked=FUND, names=NAMES)
    assert any(warns in warning for warning in shown.warnings), shown


def test_a_contract_that_is_not_ours_is_named_as_such() -> None:
    call = Invocation(TOKEN, "drain", ())
    shown = preview(envelope(call), asked=call, names=NAMES)
    assert "not one of Tenor's" in shown.sentences[0]
