"""Our event classes, Terms and entry points against the interfaces compiled into the contracts, none listed twice."""

from dataclasses import fields, is_dataclass
from enum import IntEnum
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from stellar_sdk import StrKey, xdr
from stellar_sdk.sep.contract_spec import ContractSpec

from tenor.ledger import calls, shapes
from tenor.ledger.decoder import name_of
from tenor.ledger.events import DISTRIBUTOR_EVENTS, ESCROW_EVENTS, TOKEN_EVENTS, Event
from tenor.ledger.market_events import MARKET_EVENTS

WASM = Path(__file__).parents[2] / "build" / "contracts"
KINDS = {
    "i128": xdr.SCSpecType.SC_SPEC_TYPE_I128,
    "u64": xdr.SCSpecType.SC_SPEC_TYPE_U64,
    "u32": xdr.SCSpecType.SC_SPEC_TYPE_U32,
    "bytes32": xdr.SCSpecType.SC_SPEC_TYPE_BYTES_N,
    "address": xdr.SCSpecType.SC_SPEC_TYPE_ADDRESS,
    "string": xdr.SCSpecType.SC_SPEC_TYPE_STRING,
    "bool": xdr.SCSpecType.SC_SPEC_TYPE_BOOL,
}


class Interface:
    def __init__(self, name: str) -> None:
        entries = ContractSpec.from_wasm_file(str(WASM / f"tenor_{name}.wasm")).entries
        self.events = {
            _text(entry.event_v0.prefix_topics[0]): entry.event_v0 for entry in entries if entry.event_v0 is not None
        }
        self.structs = {
            _text(entry.udt_struct_v0.name): entry.udt_struct_v0 for entry in entries if entry.udt_struct_v0
        }
        self.enums = {_text(entry.udt_enum_v0.name): entry.udt_enum_v0 for entry in entries if entry.udt_enum_v0}
        self.unions = {_text(entry.udt_union_v0.name) for entry in entries if entry.udt_union_v0}
        self.functions = {
            entry.function_v0.name.sc_symbol.decode(): entry.function_v0 for entry in entries if entry.function_v0
        }

    def same(self, hint: Any, spec: xdr.SCSpecTypeDef) -> bool:
        if get_origin(hint) is Annotated and get_args(hint)[-1] == "variant":
            return spec.udt is not None and _text(spec.udt.name) in self.unions
        if get_origin(hint) is Annotated:
            return spec.type == KINDS[get_args(hint)[-1]]
        if NoneType in get_args(hint):
            (inner,) = [part for part in get_args(hint) if part is not NoneType]
            return spec.option is not None and self.same(inner, spec.option.value_type)
        if spec.udt is None:
            return False
        if issubclass(hint, IntEnum):
            cases = self.enums[_text(spec.udt.name)].cases
            return {case.value.uint32 for case in cases} == {int(member) for member in hint}
        return self.same_struct(hint, _text(spec.udt.name))

    def same_struct(self, kind: type, name: str) -> bool:
        hints = get_type_hints(kind, include_extras=True)
        theirs = {_text(field.name): field.type for field in self.structs[name].fields}
        assert is_dataclass(kind)
        assert set(theirs) == {field.name for field in fields(kind)}, name
        return all(self.same(hints[field], spec) for field, spec in theirs.items())


def _text(raw: Any) -> str:
    value = getattr(raw, "sc_symbol", raw)
    return value.decode() if isinstance(value, bytes) else str(value)


@pytest.fixture(scope="module")
def interfaces() -> dict[str, Interface]:
    return {name: Interface(name) for name in ("escrow", "distributor", "token", "market")}


@pytest.mark.parametrize(
    ("contract", "kind"),
    [
        *(("escrow", kind) for kind in ESCROW_EVENTS),
        *(("distributor", kind) for kind in DISTRIBUTOR_EVENTS),
        *(("token", kind) for kind in TOKEN_EVENTS),
        *(("market", kind) for kind in MARKET_EVENTS),
    ],
)
def test_an_event_has_the_fields_of_the_contract(
    interfaces: dict[str, Interface], contract: str, kind: type[Event]
) -> None:
    interface = interfaces[contract]
    spec = interface.events[name_of(kind)]
    hints = get_type_hints(kind, include_extras=True)
    own = {field.metadata.get("wire", field.name): hints[field.name] for field in fields(kind) if field.name != "raw"}
    params = {_text(param.name): param for param in spec.params}
    assert set(params) == set(own)
    for name, param in params.items():
        is_topic = param.location == xdr.SCSpecEventParamLocationV0.SC_SPEC_EVENT_PARAM_LOCATION_TOPIC_LIST
        assert shapes.is_topic(own[name]) == is_topic, name
        hint = shapes.without_topic(own[name]) if is_topic else own[name]
        assert interface.same(hint, param.type), name
    topics = [_text(p.name) for p in spec.params if shapes.is_topic(own[_text(p.name)])]
    assert topics == [field.name for field in fields(kind) if field.name in topics]
    assert spec.data_format == xdr.SCSpecEventDataFormat.SC_SPEC_EVENT_DATA_FORMAT_MAP


@pytest.mark.parametrize(
    ("contract", "known"),
    [("escrow", ESCROW_EVENTS), ("distributor", DISTRIBUTOR_EVENTS), ("market", MARKET_EVENTS)],
)
def test_p064_no_event_of_a_contract_is_unknown_here(
    interfaces: dict[str, Interface], contract: str, known: tuple[type[Event], ...]
) -> None:
    assert set(interfaces[contract].events) == {name_of(kind) for kind in known}


def test_every_tenor_topic_of_the_token_is_known(interfaces: dict[str, Interface]) -> None:
    ours = {name for name in interfaces["token"].events if name.startswith("tenor_")}
    assert ours == {name_of(kind) for kind in TOKEN_EVENTS}


def test_terms_mirror_the_contract(interfaces: dict[str, Interface]) -> None:
    assert interfaces["escrow"].same_struct(calls.Terms, "Terms")


HASH = "ab" * 32
ADDRESS, CONTRACT = StrKey.encode_ed25519_public_key(b"1" * 32), StrKey.encode_contract(b"2" * 32)
TERMS = calls.Terms(
    asset=CONTRACT, advance=1, claim=2, face=3, funding_deadline=4, due=5, accrual=calls.Accrual.LINEAR,
    min_earned_days=6, late_bps_per_day=7, late_days_max=8, grace_days=9, origination_fee_bps=10, profit_fee_bps=11,
    min_ticket=12, min_payment=13, recourse=True, restricted=False, document=HASH,
)  # fmt: skip
CALLS = [
    ("escrow", calls.create_escrow(CONTRACT, seller=ADDRESS, reference=HASH, terms=TERMS)),
    ("escrow", calls.attest(CONTRACT, HASH, debtor=ADDRESS, debtor_key=HASH, fingerprint=HASH)),
    ("escrow", calls.acknowledge(CONTRACT, HASH)),
    ("escrow", calls.fund_escrow(CONTRACT, HASH, investor=ADDRESS, max_units=2, min_units=1, terms_hash=b"1" * 32)),
    ("escrow", calls.cancel_escrow(CONTRACT, HASH, by=ADDRESS)),
    ("escrow", calls.refund(CONTRACT, HASH, holder=ADDRESS)),
    ("escrow", calls.declare_default(CONTRACT, HASH)),
    ("escrow", calls.record_payment(CONTRACT, HASH, payer=ADDRESS, units=1, payment_id=HASH)),
    ("escrow", calls.pay_off(CONTRACT, HASH, payer=ADDRESS, max_units=1, payment_id=HASH)),
    ("escrow", calls.withdraw_owed(CONTRACT, owner=ADDRESS, asset=CONTRACT)),
    ("escrow", calls.open_dispute(CONTRACT, HASH, by=ADDRESS, reason=HASH)),
    ("escrow", calls.resolve_dispute(CONTRACT, HASH, reduction_units=5)),
    ("escrow", calls.reduce_face(CONTRACT, HASH, reduction_units=5)),
    ("escrow", calls.pay_recourse(CONTRACT, HASH, payer=ADDRESS, units=1, payment_id=HASH)),
    ("escrow", calls.recourse_due(CONTRACT, HASH, at=1)),
    ("escrow", calls.schedule(CONTRACT, calls.upgrade(HASH))),
    ("escrow", calls.execute(CONTRACT, calls.set_fees(origination_bps=1, profit_bps=2))),
    ("escrow", calls.withdraw_op(CONTRACT, calls.set_token_wasm(HASH))),
    ("escrow", calls.propose_admin(CONTRACT, candidate=ADDRESS)),
    ("escrow", calls.accept_admin(CONTRACT)),
    ("escrow", calls.extend(CONTRACT, [HASH])),
    ("escrow", calls.get_escrow(CONTRACT, HASH)),
    ("escrow", calls.get_config(CONTRACT)),
    ("escrow", calls.is_allowed(CONTRACT, account=ADDRESS)),
    ("escrow", calls.get_status(CONTRACT, HASH)),
    ("escrow", calls.payoff(CONTRACT, HASH, at=1)),
    ("escrow", calls.quote(CONTRACT, HASH, units=1, at=1)),
    ("escrow", calls.owed(CONTRACT, owner=ADDRESS, asset=CONTRACT)),
    ("escrow", calls.set_allowed(CONTRACT, account=ADDRESS, allowed=True)),
    ("escrow", calls.set_asset(CONTRACT, asset=CONTRACT, allowed=True)),
    ("escrow", calls.pause(CONTRACT, calls.Scope.FUND)),
    ("escrow", calls.unpause(CONTRACT, calls.Scope.CREATE)),
    ("token", calls.balance(CONTRACT, owner=ADDRESS)),
    ("distributor", calls.claim(CONTRACT, token=CONTRACT, holder=ADDRESS)),
    ("distributor", calls.claim_many(CONTRACT, holder=ADDRESS, tokens=[CONTRACT])),
    ("distributor", calls.distribute(CONTRACT, token=CONTRACT, holders=[ADDRESS])),
    ("distributor", calls.calculate(CONTRACT, token=CONTRACT, holder=ADDRESS)),
    ("distributor", calls.get_summary(CONTRACT, token=CONTRACT)),
]
VALUE_TYPES = {
    xdr.SCSpecType.SC_SPEC_TYPE_ADDRESS: xdr.SCValType.SCV_ADDRESS,
    xdr.SCSpecType.SC_SPEC_TYPE_BYTES_N: xdr.SCValType.SCV_BYTES,
    xdr.SCSpecType.SC_SPEC_TYPE_I128: xdr.SCValType.SCV_I128,
    xdr.SCSpecType.SC_SPEC_TYPE_U64: xdr.SCValType.SCV_U64,
    xdr.SCSpecType.SC_SPEC_TYPE_BOOL: xdr.SCValType.SCV_BOOL,
    xdr.SCSpecType.SC_SPEC_TYPE_VEC: xdr.SCValType.SCV_VEC,
}


@pytest.mark.parametrize(("contract", "call"), CALLS, ids=[call.function for _, call in CALLS])
def test_a_call_has_the_arguments_of_the_contract(
    interfaces: dict[str, Interface], contract: str, call: calls.Invocation
) -> None:
    interface = interfaces[contract]
    wanted = [param.type for param in interface.functions[call.function].inputs]
    assert len(call.args) == len(wanted)
    for arg, spec in zip(call.args, wanted, strict=True):
        if spec.udt is not None:
            is_enum = _text(spec.udt.name) in interface.enums
            is_union = _text(spec.udt.name) in interface.unions
            struct = xdr.SCValType.SCV_VEC if is_union else xdr.SCValType.SCV_MAP
            assert arg.type == (xdr.SCValType.SCV_U32 if is_enum else struct)
        else:
            assert arg.type == VALUE_TYPES[spec.type]
