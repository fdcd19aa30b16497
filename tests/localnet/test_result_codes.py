"""Every result code of every operation: reached by the least that provokes it, or named with the reason why not."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from localnet_kit import Net, contract_data_key, result_of
from stellar_sdk import Asset, Keypair, Operation, SorobanDataBuilder, TransactionEnvelope, scval, xdr
from stellar_sdk.xdr import OperationType as T

LEDGER = 2**32
NATIVE = Asset.native()
KEY = scval.to_symbol("k")


class Raw(Operation):
    """An operation as its XDR, so that also what the SDK would refuse can be sent."""

    def __init__(self, body: xdr.OperationBody, source: Keypair | None = None) -> None:
        super().__init__(None if source is None else source.public_key)
        self.body = body

    def _to_operation_body(self) -> xdr.OperationBody:
        return self.body


def code_of(result: xdr.TransactionResult) -> str:
    """The first operation's own code, or the one that stands in its place."""
    inner = result.result.inner_result_pair.result if result.result.inner_result_pair else result
    results = inner.result.results
    assert results, inner.result.code
    tr = results[0].tr
    if tr is None:
        return str(results[0].code.name)
    told = next(value for name, value in vars(tr).items() if name.endswith("_result") and value is not None)
    return str(told.code.name)


def told(net: Net, who: Keypair, body: xdr.OperationBody, *signers: Keypair, source: Keypair | None = None) -> str:
    """Sends one operation; its code, whether it was refused at once or failed in a ledger."""
    envelope = net.builder(who).append_operation(Raw(body, source)).build()
    for signer in signers or (who,):
        envelope.sign(signer)
    sent = net.send(envelope)
    if sent.error_result_xdr is not None:
        return code_of(xdr.TransactionResult.from_xdr(sent.error_result_xdr))
    return code_of(result_of(net.wait(sent.hash)))


def create(to: Keypair, stroops: int) -> xdr.OperationBody:
    op = xdr.CreateAccountOp(to.xdr_account_id(), xdr.Int64(stroops))
    return xdr.OperationBody(T.CREATE_ACCOUNT, create_account_op=op)


def pay(to: Keypair, asset: Asset, units: int) -> xdr.OperationBody:
    op = xdr.PaymentOp(to.xdr_muxed_account(), asset.to_xdr_object(), xdr.Int64(units))
    return xdr.OperationBody(T.PAYMENT, payment_op=op)


def trust(asset: Asset, limit: int) -> xdr.OperationBody:
    line = asset.to_change_trust_asset_xdr_object()
    return xdr.OperationBody(T.CHANGE_TRUST, change_trust_op=xdr.ChangeTrustOp(line, xdr.Int64(limit)))


def options(**parts: object) -> xdr.OperationBody:
    names = ("inflation_dest", "clear_flags", "set_flags", "master_weight", "low_threshold", "med_threshold")
    every = dict.fromkeys((*names, "high_threshold", "home_domain", "signer"))
    numbers = {name: xdr.Uint32(value) if isinstance(value, int) else value for name, value in parts.items()}
    op = xdr.SetOptionsOp(**(every | numbers))  # type: ignore[arg-type]
    return xdr.OperationBody(T.SET_OPTIONS, set_options_op=op)


def signer(key: Keypair, weight: int) -> xdr.Signer:
    return xdr.Signer(
        xdr.SignerKey(xdr.SignerKeyType.SIGNER_KEY_TYPE_ED25519, key.xdr_public_key().ed25519), xdr.Uint32(weight)
    )


def line_flags(trustor: Keypair, asset: Asset, clear: int, put: int) -> xdr.OperationBody:
    op = xdr.SetTrustLineFlagsOp(trustor.xdr_account_id(), asset.to_xdr_object(), xdr.Uint32(clear), xdr.Uint32(put))
    return xdr.OperationBody(T.SET_TRUST_LINE_FLAGS, set_trust_line_flags_op=op)


def data(name: bytes, value: bytes | None) -> xdr.OperationBody:
    op = xdr.ManageDataOp(xdr.String64(name), None if value is None else xdr.DataValue(value))
    return xdr.OperationBody(T.MANAGE_DATA, manage_data_op=op)


def bump(to: int) -> xdr.OperationBody:
    op = xdr.BumpSequenceOp(xdr.SequenceNumber(xdr.Int64(to)))
    return xdr.OperationBody(T.BUMP_SEQUENCE, bump_sequence_op=op)


def merge(to: Keypair) -> xdr.OperationBody:
    return xdr.OperationBody(T.ACCOUNT_MERGE, destination=to.xdr_muxed_account())


def claw(holder: Keypair, asset: Asset, units: int) -> xdr.OperationBody:
    op = xdr.ClawbackOp(asset.to_xdr_object(), holder.xdr_muxed_account(), xdr.Int64(units))
    return xdr.OperationBody(T.CLAWBACK, clawback_op=op)


def poor(net: Net) -> Keypair:
    """An account with its reserve, a tenth of a lumen for fees, and nothing else."""
    rich, poor = net.person(), Keypair.random()
    assert told(net, rich, create(poor, 11_000_000)) == "CREATE_ACCOUNT_SUCCESS"
    return poor


def after(net: Net, who: Keypair, *steps: xdr.OperationBody) -> Keypair:
    """Steps that succeed, before the one that does not."""
    for step in steps:
        assert told(net, who, step).endswith("_SUCCESS")
    return who


def held(net: Net, issuer: Keypair, asset: Asset) -> Keypair:
    """A holder of ten units."""
    return after_paid(net, issuer, after(net, net.person(), trust(asset, 100)), asset)


def after_paid(net: Net, issuer: Keypair, holder: Keypair, asset: Asset) -> Keypair:
    after(net, issuer, pay(holder, asset, 10))
    return holder


def eur(issuer: Keypair) -> Asset:
    return Asset("EUR", issuer.public_key)


Case = Callable[[Net, Keypair], str]
"""Gets the network and a fresh account; the code that came of it."""


def many_signers(net: Net, me: Keypair) -> str:
    for _ in range(20):
        after(net, me, options(signer=signer(Keypair.random(), 1)))
    return told(net, me, options(signer=signer(Keypair.random(), 1)))


def clawback_enabled(net: Net, me: Keypair) -> tuple[Keypair, Asset]:
    after(net, me, options(set_flags=2 | 8))
    return held(net, me, eur(me)), eur(me)


def taken_back(net: Net, me: Keypair) -> str:
    holder, asset = clawback_enabled(net, me)
    return told(net, me, claw(holder, asset, 10))


def maintained_twice(net: Net, me: Keypair) -> str:
    return told(net, me, line_flags(held(net, me, eur(me)), eur(me), 0, 2))


def not_revocable(net: Net, me: Keypair) -> str:
    return told(net, me, line_flags(held(net, me, eur(me)), eur(me), 1, 0))


def merged_too_early(net: Net, me: Keypair) -> str:
    far = (net.server.get_latest_ledger().sequence + 1_000) * LEDGER
    return told(net, after(net, me, bump(far)), merge(net.person()))


def of_nobody(net: Net, me: Keypair) -> str:
    nobody = Keypair.random()
    return told(net, me, bump(0), me, nobody, source=nobody)


def full(net: Net, me: Keypair) -> str:
    for batch in range(10):
        builder = net.builder(me)
        for number in range(100):
            builder.append_operation(Raw(data(b"%d" % (batch * 100 + number), b"v")))
        assert net.submit(builder, me).status.value == "SUCCESS"
    return told(net, me, data(b"one more", b"v"))


def merged_with_data(net: Net, me: Keypair) -> str:
    return told(net, after(net, me, data(b"k", b"v")), merge(net.person()))


REACHED: dict[str, Case] = {
    "CREATE_ACCOUNT_SUCCESS": lambda net, me: told(net, me, create(Keypair.random(), 10_000_000)),
    "CREATE_ACCOUNT_MALFORMED": lambda net, me: told(net, me, create(Keypair.random(), -1)),
    "CREATE_ACCOUNT_UNDERFUNDED": lambda net, me: told(net, me, create(Keypair.random(), 10**12)),
    "CREATE_ACCOUNT_LOW_RESERVE": lambda net, me: told(net, me, create(Keypair.random(), 9_999_999)),
    "CREATE_ACCOUNT_ALREADY_EXIST": lambda net, me: told(net, me, create(net.person(), 10_000_000)),
    "PAYMENT_SUCCESS": lambda net, me: told(net, me, pay(net.person(), NATIVE, 1)),
    "PAYMENT_MALFORMED": lambda net, me: told(net, me, pay(net.person(), NATIVE, 0)),
    "PAYMENT_UNDERFUNDED": lambda net, me: told(net, me, pay(net.person(), NATIVE, 10**12)),
    "PAYMENT_SRC_NO_TRUST": lambda net, me: told(net, net.person(), pay(me, eur(me), 1)),
    "PAYMENT_SRC_NOT_AUTHORIZED": lambda net, me: told(
        net, after(net, net.person(), trust(eur(after(net, me, options(set_flags=1))), 9)), pay(me, eur(me), 1)
    ),
    "PAYMENT_NO_DESTINATION": lambda net, me: told(net, me, pay(Keypair.random(), NATIVE, 1)),
    "PAYMENT_NO_TRUST": lambda net, me: told(net, me, pay(net.person(), eur(me), 1)),
    "PAYMENT_NOT_AUTHORIZED": lambda net, me: told(
        net, after(net, me, options(set_flags=1)), pay(after(net, net.person(), trust(eur(me), 9)), eur(me), 1)
    ),
    "PAYMENT_LINE_FULL": lambda net, me: told(net, me, pay(held(net, me, eur(me)), eur(me), 91)),
    "CHANGE_TRUST_SUCCESS": lambda net, me: told(net, me, trust(eur(net.person()), 1)),
    "CHANGE_TRUST_MALFORMED": lambda net, me: told(net, me, trust(eur(me), 1)),
    "CHANGE_TRUST_NO_ISSUER": lambda net, me: told(net, me, trust(eur(Keypair.random()), 1)),
    "CHANGE_TRUST_INVALID_LIMIT": lambda net, me: told(net, held(net, me, eur(me)), trust(eur(me), 9)),
    "CHANGE_TRUST_LOW_RESERVE": lambda net, me: told(net, poor(net), trust(eur(me), 1)),
    "SET_OPTIONS_SUCCESS": lambda net, me: told(net, me, options(home_domain=xdr.String32(b"a.example"))),
    "SET_OPTIONS_LOW_RESERVE": lambda net, me: told(net, poor(net), options(signer=signer(me, 1))),
    "SET_OPTIONS_TOO_MANY_SIGNERS": many_signers,
    "SET_OPTIONS_BAD_FLAGS": lambda net, me: told(net, me, options(set_flags=1, clear_flags=1)),
    "SET_OPTIONS_INVALID_INFLATION": lambda net, me: told(
        net, me, options(inflation_dest=Keypair.random().xdr_account_id())
    ),
    "SET_OPTIONS_CANT_CHANGE": lambda net, me: told(net, after(net, me, options(set_flags=4)), options(set_flags=1)),
    "SET_OPTIONS_UNKNOWN_FLAG": lambda net, me: told(net, me, options(set_flags=16)),
    "SET_OPTIONS_THRESHOLD_OUT_OF_RANGE": lambda net, me: told(net, me, options(low_threshold=256)),
    "SET_OPTIONS_BAD_SIGNER": lambda net, me: told(net, me, options(signer=signer(me, 1))),
    "SET_OPTIONS_INVALID_HOME_DOMAIN": lambda net, me: told(net, me, options(home_domain=xdr.String32(b"a\n"))),
    "SET_OPTIONS_AUTH_REVOCABLE_REQUIRED": lambda net, me: told(net, me, options(set_flags=8)),
    "SET_TRUST_LINE_FLAGS_SUCCESS": lambda net, me: told(
        net, after(net, me, options(set_flags=2)), line_flags(held(net, me, eur(me)), eur(me), 1, 2)
    ),
    "SET_TRUST_LINE_FLAGS_MALFORMED": lambda net, me: told(net, me, line_flags(net.person(), eur(me), 1, 1)),
    "SET_TRUST_LINE_FLAGS_NO_TRUST_LINE": lambda net, me: told(net, me, line_flags(net.person(), eur(me), 0, 1)),
    "SET_TRUST_LINE_FLAGS_CANT_REVOKE": not_revocable,
    "SET_TRUST_LINE_FLAGS_INVALID_STATE": maintained_twice,
    "MANAGE_DATA_SUCCESS": lambda net, me: told(net, me, data(b"k", b"v")),
    "MANAGE_DATA_NAME_NOT_FOUND": lambda net, me: told(net, me, data(b"k", None)),
    "MANAGE_DATA_LOW_RESERVE": lambda net, me: told(net, poor(net), data(b"k", b"v")),
    "MANAGE_DATA_INVALID_NAME": lambda net, me: told(net, me, data(b"a\n", b"v")),
    "BUMP_SEQUENCE_SUCCESS": lambda net, me: told(net, me, bump(0)),
    "BUMP_SEQUENCE_BAD_SEQ": lambda net, me: told(net, me, bump(-1)),
    "ACCOUNT_MERGE_SUCCESS": lambda net, me: told(net, me, merge(net.person())),
    "ACCOUNT_MERGE_MALFORMED": lambda net, me: told(net, me, merge(me)),
    "ACCOUNT_MERGE_NO_ACCOUNT": lambda net, me: told(net, me, merge(Keypair.random())),
    "ACCOUNT_MERGE_IMMUTABLE_SET": lambda net, me: told(net, after(net, me, options(set_flags=4)), merge(net.person())),
    "ACCOUNT_MERGE_HAS_SUB_ENTRIES": merged_with_data,
    "ACCOUNT_MERGE_SEQNUM_TOO_FAR": merged_too_early,
    "CLAWBACK_SUCCESS": taken_back,
    "CLAWBACK_MALFORMED": lambda net, me: told(net, me, claw(net.person(), eur(net.person()), 1)),
    "CLAWBACK_NOT_CLAWBACK_ENABLED": lambda net, me: told(net, me, claw(held(net, me, eur(me)), eur(me), 1)),
    "CLAWBACK_NO_TRUST": lambda net, me: told(net, me, claw(net.person(), eur(me), 1)),
    "CLAWBACK_UNDERFUNDED": lambda net, me: told(net, me, claw(*clawback_enabled(net, me), 11)),
    "opBAD_AUTH": lambda net, me: told(net, me, bump(0), source=net.person()),
    "opNO_ACCOUNT": of_nobody,
    "opTOO_MANY_SUBENTRIES": full,
    "opNOT_SUPPORTED": lambda net, me: told(net, me, xdr.OperationBody(T.INFLATION)),
}

NEVER = {
    "PAYMENT_NO_ISSUER": "not since protocol 13",
    "CHANGE_TRUST_SELF_NOT_ALLOWED": "malformed since protocol 16",
    "CHANGE_TRUST_TRUST_LINE_MISSING": "of pools",
    "CHANGE_TRUST_CANNOT_DELETE": "of pools",
    "CHANGE_TRUST_NOT_AUTH_MAINTAIN_LIABILITIES": "of pools",
    "SET_TRUST_LINE_FLAGS_LOW_RESERVE": "of pools",
    "MANAGE_DATA_NOT_SUPPORTED_YET": "not since protocol 2",
    "ACCOUNT_MERGE_DEST_FULL": "there are fewer lumens than an account can hold",
    "ALLOW_TRUST_TRUST_NOT_REQUIRED": "not since protocol 16",
    "ALLOW_TRUST_SELF_NOT_ALLOWED": "malformed since protocol 16",
    "ALLOW_TRUST_LOW_RESERVE": "of pools",
    "CLAIM_CLAIMABLE_BALANCE_TRUSTLINE_FROZEN": "nothing can be frozen here",
    "INVOKE_HOST_FUNCTION_MALFORMED": "what it was for is refused before, without a code of its own",
    "EXTEND_FOOTPRINT_TTL_RESOURCE_LIMIT_EXCEEDED": "reading live entries costs no resources since protocol 23",
    "opEXCEEDED_WORK_LIMIT": "of offers",
    "opTOO_MANY_SPONSORING": "four thousand million sponsored entries",
}


@pytest.mark.parametrize("code", REACHED)
def test_a_code_is_reached_by_the_least_that_provokes_it(net: Net, code: str) -> None:
    assert REACHED[code](net, net.person()) == code


@pytest.fixture
def stored(net: Net) -> tuple[Keypair, str, xdr.LedgerKey]:
    """An owner, a contract, and the key of a value that the contract keeps."""
    owner = net.person()
    contract = net.deploy(owner)
    net.call(owner, contract, "put", [scval.to_address(owner.public_key), KEY, scval.to_uint32(1)])
    return owner, contract, contract_data_key(contract, KEY)


def sent(net: Net, who: Keypair, envelope: TransactionEnvelope) -> tuple[str, bool]:
    """The operation's code, and whether it was refused before it waited."""
    envelope.signatures = []
    envelope.sign(who)
    answer = net.send(envelope)
    if answer.error_result_xdr is not None:
        return code_of(xdr.TransactionResult.from_xdr(answer.error_result_xdr)), True
    return code_of(result_of(net.wait(answer.hash))), False


def declared(envelope: TransactionEnvelope) -> xdr.SorobanTransactionData:
    assert envelope.transaction.soroban_data is not None
    return envelope.transaction.soroban_data


def halve_the_fee(envelope: TransactionEnvelope) -> None:
    found = declared(envelope)
    found.resource_fee = xdr.Int64(found.resource_fee.int64 // 2)


def read_nothing(envelope: TransactionEnvelope) -> None:
    declared(envelope).resources.disk_read_bytes = xdr.Uint32(0)


def turn_round(envelope: TransactionEnvelope) -> None:
    footprint = declared(envelope).resources.footprint
    footprint.read_only, footprint.read_write = footprint.read_write, footprint.read_only


Change = Callable[[TransactionEnvelope], None]


@pytest.mark.parametrize(
    ("code", "change", "at_once"),
    [
        ("EXTEND_FOOTPRINT_TTL_SUCCESS", lambda _: None, False),
        ("EXTEND_FOOTPRINT_TTL_MALFORMED", turn_round, True),
        ("EXTEND_FOOTPRINT_TTL_INSUFFICIENT_REFUNDABLE_FEE", halve_the_fee, False),
    ],
)
def test_extending(
    net: Net, stored: tuple[Keypair, str, xdr.LedgerKey], code: str, change: Change, at_once: bool
) -> None:
    owner, _, key = stored
    footprint = SorobanDataBuilder().set_read_only([key]).build()
    asked = net.builder(owner).append_extend_footprint_ttl_op(3_000_000).set_soroban_data(footprint).build()
    envelope = net.server.prepare_transaction(asked)
    change(envelope)
    assert sent(net, owner, envelope) == (code, at_once)


def test_extending_beyond_the_longest_life(net: Net, stored: tuple[Keypair, str, xdr.LedgerKey]) -> None:
    owner, _, key = stored
    footprint = SorobanDataBuilder().set_read_only([key]).set_resource_fee(10_000_000).build()
    builder = net.builder(owner, fee=20_000_000).append_extend_footprint_ttl_op(3_110_400)
    assert sent(net, owner, builder.set_soroban_data(footprint).build()) == ("EXTEND_FOOTPRINT_TTL_MALFORMED", True)


@pytest.mark.parametrize(
    ("code", "change", "at_once"),
    [
        ("RESTORE_FOOTPRINT_SUCCESS", lambda _: None, False),
        ("RESTORE_FOOTPRINT_MALFORMED", turn_round, True),
        ("RESTORE_FOOTPRINT_RESOURCE_LIMIT_EXCEEDED", read_nothing, False),
        ("RESTORE_FOOTPRINT_INSUFFICIENT_REFUNDABLE_FEE", halve_the_fee, False),
    ],
)
def test_restoring(
    net: Net, stored: tuple[Keypair, str, xdr.LedgerKey], code: str, change: Change, at_once: bool
) -> None:
    owner, _, key = stored
    net.control("archive", key=key.to_xdr())
    footprint = SorobanDataBuilder().set_read_write([key]).build()
    asked = net.builder(owner).append_restore_footprint_op().set_soroban_data(footprint).build()
    envelope = net.server.prepare_transaction(asked)
    change(envelope)
    assert sent(net, owner, envelope) == (code, at_once)


def test_a_call_whose_rent_is_not_covered(net: Net, stored: tuple[Keypair, str, xdr.LedgerKey]) -> None:
    owner, contract, _ = stored
    arguments = [scval.to_address(owner.public_key), scval.to_symbol("new"), scval.to_uint32(1)]
    asked = net.builder(owner).append_invoke_contract_function_op(contract, "put", arguments).build()
    envelope = net.server.prepare_transaction(asked)
    halve_the_fee(envelope)
    assert sent(net, owner, envelope) == ("INVOKE_HOST_FUNCTION_INSUFFICIENT_REFUNDABLE_FEE", False)


def test_code_above_the_limit_is_refused_before_it_waits(net: Net) -> None:
    """As on the network: the operation has no code for it, and a diagnostic event says what it was."""
    owner = net.person()
    wasm = b"\0asm\1\0\0\0" + bytes(131_072)
    key = xdr.LedgerKey(
        xdr.LedgerEntryType.CONTRACT_CODE,
        contract_code=xdr.LedgerKeyContractCode(xdr.Hash(hashlib.sha256(wasm).digest())),
    )
    footprint = SorobanDataBuilder().set_read_write([key]).set_resource_fee(50_000_000).build()
    builder = net.builder(owner, fee=60_000_000).append_upload_contract_wasm_op(wasm)
    envelope = builder.set_soroban_data(footprint).build()
    envelope.sign(owner)
    answer = net.send(envelope)
    assert answer.error_result_xdr is not None
    assert xdr.TransactionResult.from_xdr(answer.error_result_xdr).result.code.name == "txFAILED"
    assert answer.diagnostic_events_xdr


def test_every_code_is_reached_or_explained() -> None:
    kinds: tuple[str, ...] = (
        "CreateAccount",
        "Payment",
        "ChangeTrust",
        "SetOptions",
        "SetTrustLineFlags",
        "ManageData",
    )
    kinds += ("BumpSequence", "AccountMerge", "Clawback", "")
    elsewhere: tuple[str, ...] = (
        "AllowTrust",
        "CreateClaimableBalance",
        "ClaimClaimableBalance",
        "ClawbackClaimableBalance",
    )
    elsewhere += ("InvokeHostFunction", "ExtendFootprintTTL", "RestoreFootprint")
    text = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))

    def codes(kinds: tuple[str, ...]) -> set[str]:
        return {code.name for kind in kinds for code in getattr(xdr, (kind or "Operation") + "ResultCode")}

    assert codes(kinds) - set(REACHED) - set(NEVER) == {"ACCOUNT_MERGE_IS_SPONSOR", "opINNER"}
    assert {code for code in codes(elsewhere) - set(NEVER) if code not in text} == set()
    assert set(REACHED) & set(NEVER) == set()
