"""What Tenor asks contracts to do, as values: one function per entry point. Builds no transaction, knows no network.

Argument order is the contracts' own (contracts/*/src/contract.rs). Ids and hashes are 64 hex digits, addresses strkeys,
amounts integer units, times Unix seconds of ledger time.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

from stellar_sdk import Address, StrKey, scval, xdr

from tenor.ledger.shapes import Count, Flag, Hex32, Seconds, Strkey, Units


@dataclass(frozen=True, slots=True)
class Invocation:
    """One contract call: `contract` is a strkey C..., `args` are ScVals in the order of the contract's spec."""

    contract: str
    function: str
    args: tuple[xdr.SCVal, ...]


class Accrual(IntEnum):
    """How holders earn the discount: all at funding, or with time on what is unpaid."""

    FLAT = 0
    LINEAR = 1


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed, frozen at creation. Mirrors `Terms` of contracts/escrow/src/types.rs."""

    asset: Strkey
    advance: Units
    claim: Units
    face: Units
    funding_deadline: Seconds
    due: Seconds
    accrual: Accrual
    min_earned_days: Count
    late_bps_per_day: Count
    late_days_max: Count
    grace_days: Count
    origination_fee_bps: Count
    profit_fee_bps: Count
    min_ticket: Units
    min_payment: Units
    recourse: Flag
    restricted: Flag
    document: Hex32

    def to_scval(self) -> xdr.SCVal:
        """A map whose keys are sorted, as the contract's struct is."""
        written = {
            "asset": scval.to_address(self.asset),
            "funding_deadline": scval.to_uint64(self.funding_deadline),
            "due": scval.to_uint64(self.due),
            "recourse": scval.to_bool(self.recourse),
            "restricted": scval.to_bool(self.restricted),
            "document": scval.to_bytes(bytes.fromhex(self.document)),
        }
        for name in ("advance", "claim", "face", "min_ticket", "min_payment"):
            written[name] = scval.to_int128(getattr(self, name))
        for field in fields(self):
            if field.name not in written:
                written[field.name] = scval.to_uint32(int(getattr(self, field.name)))
        return scval.to_struct(dict(sorted(written.items())))


def terms_hash(terms: Terms) -> bytes:
    """sha256 of the terms' XDR as an ScVal, as `terms::hash` of the escrow contract."""
    return hashlib.sha256(terms.to_scval().to_xdr_bytes()).digest()


def chain_id(seller: str, reference: str) -> str:
    """An invoice's id on chain: sha256(xdr(seller) ‖ reference), as `terms::invoice_id` of the escrow contract."""
    return hashlib.sha256(_address_bytes(seller) + bytes.fromhex(reference)).hexdigest()


def payment_key(invoice: str, payer: str, payment_id: str) -> str:
    """A payment's key: sha256(id ‖ xdr(payer) ‖ payment_id), as `terms::payment_key` of the escrow contract."""
    return hashlib.sha256(bytes.fromhex(invoice) + _address_bytes(payer) + bytes.fromhex(payment_id)).hexdigest()


def token_address(escrow: str, invoice: str, passphrase: str) -> str:
    """The share token's contract, deployed by `escrow` with the invoice's id as salt: nobody else can stand there."""
    return contract_address(escrow, bytes.fromhex(invoice), passphrase)


def contract_address(deployer: str, salt: bytes, passphrase: str) -> str:
    """Where `deployer` deploys with `salt`, on the network of `passphrase`."""
    preimage = xdr.HashIDPreimage(
        type=xdr.EnvelopeType.ENVELOPE_TYPE_CONTRACT_ID,
        contract_id=xdr.HashIDPreimageContractID(
            network_id=xdr.Hash(hashlib.sha256(passphrase.encode()).digest()),
            contract_id_preimage=xdr.ContractIDPreimage(
                type=xdr.ContractIDPreimageType.CONTRACT_ID_PREIMAGE_FROM_ADDRESS,
                from_address=xdr.ContractIDPreimageFromAddress(
                    address=Address(deployer).to_xdr_sc_address(), salt=xdr.Uint256(salt)
                ),
            ),
        ),
    )
    return StrKey.encode_contract(hashlib.sha256(preimage.to_xdr_bytes()).digest())


# --- escrow: the life of an invoice


def create_escrow(escrow: str, *, seller: str, reference: str, terms: Terms) -> Invocation:
    return _call(escrow, "create_escrow", scval.to_address(seller), _hash(reference), terms.to_scval())


def attest(escrow: str, invoice: str, *, debtor: str, debtor_key: str, fingerprint: str) -> Invocation:
    return _call(escrow, "attest", _hash(invoice), scval.to_address(debtor), _hash(debtor_key), _hash(fingerprint))


def acknowledge(escrow: str, invoice: str) -> Invocation:
    return _call(escrow, "acknowledge", _hash(invoice))


def fund_escrow(
    escrow: str, invoice: str, *, investor: str, max_units: int, min_units: int, terms_hash: bytes
) -> Invocation:
    return _call(
        escrow,
        "fund_escrow",
        scval.to_address(investor),
        _hash(invoice),
        scval.to_int128(max_units),
        scval.to_int128(min_units),
        scval.to_bytes(terms_hash),
    )


def cancel_escrow(escrow: str, invoice: str, *, by: str) -> Invocation:
    return _call(escrow, "cancel_escrow", scval.to_address(by), _hash(invoice))


def refund(escrow: str, invoice: str, *, holder: str) -> Invocation:
    return _call(escrow, "refund", scval.to_address(holder), _hash(invoice))


def declare_default(escrow: str, invoice: str) -> Invocation:
    return _call(escrow, "declare_default", _hash(invoice))


# --- escrow: money from the debtor


def record_payment(escrow: str, invoice: str, *, payer: str, units: int, payment_id: str) -> Invocation:
    return _call(
        escrow,
        "record_payment",
        scval.to_address(payer),
        _hash(invoice),
        scval.to_int128(units),
        _hash(payment_id),
    )


def pay_off(escrow: str, invoice: str, *, payer: str, max_units: int, payment_id: str) -> Invocation:
    return _call(
        escrow,
        "pay_off",
        scval.to_address(payer),
        _hash(invoice),
        scval.to_int128(max_units),
        _hash(payment_id),
    )


def withdraw_owed(escrow: str, *, owner: str, asset: str) -> Invocation:
    return _call(escrow, "withdraw_owed", scval.to_address(owner), scval.to_address(asset))


def pay_recourse(escrow: str, invoice: str, *, payer: str, units: int, payment_id: str) -> Invocation:
    return _call(
        escrow,
        "pay_recourse",
        scval.to_address(payer),
        _hash(invoice),
        scval.to_int128(units),
        _hash(payment_id),
    )


# --- escrow: what the debtor objects to


def open_dispute(escrow: str, invoice: str, *, by: str, reason: str) -> Invocation:
    """`reason`: a salted hash."""
    return _call(escrow, "open_dispute", scval.to_address(by), _hash(invoice), _hash(reason))


def resolve_dispute(escrow: str, invoice: str, *, reduction_units: int | None) -> Invocation:
    """Rejected without a reduction, otherwise upheld with it."""
    rejected = [scval.to_symbol("Rejected")]
    upheld = [scval.to_symbol("Upheld"), scval.to_int128(reduction_units or 0)]
    outcome = rejected if reduction_units is None else upheld
    return _call(escrow, "resolve_dispute", _hash(invoice), scval.to_vec(outcome))


def reduce_face(escrow: str, invoice: str, *, reduction_units: int) -> Invocation:
    return _call(escrow, "reduce_face", _hash(invoice), scval.to_int128(reduction_units))


# --- escrow: views


def get_escrow(escrow: str, invoice: str) -> Invocation:
    return _call(escrow, "get_escrow", _hash(invoice))


def get_config(escrow: str) -> Invocation:
    return _call(escrow, "get_config")


def is_allowed(escrow: str, *, account: str) -> Invocation:
    return _call(escrow, "is_allowed", scval.to_address(account))


def get_status(escrow: str, invoice: str) -> Invocation:
    return _call(escrow, "get_status", _hash(invoice))


def payoff(escrow: str, invoice: str, *, at: int) -> Invocation:
    return _call(escrow, "payoff", _hash(invoice), scval.to_uint64(at))


def recourse_due(escrow: str, invoice: str, *, at: int) -> Invocation:
    return _call(escrow, "recourse_due", _hash(invoice), scval.to_uint64(at))


def quote(escrow: str, invoice: str, *, units: int, at: int) -> Invocation:
    return _call(escrow, "quote", _hash(invoice), scval.to_int128(units), scval.to_uint64(at))


def owed(escrow: str, *, owner: str, asset: str) -> Invocation:
    return _call(escrow, "owed", scval.to_address(owner), scval.to_address(asset))


# --- escrow: the platform


def set_allowed(escrow: str, *, account: str, allowed: bool) -> Invocation:
    return _call(escrow, "set_allowed", scval.to_address(account), scval.to_bool(allowed))


def set_asset(escrow: str, *, asset: str, allowed: bool) -> Invocation:
    return _call(escrow, "set_asset", scval.to_address(asset), scval.to_bool(allowed))


def debtor_limit(debtor_key: str, asset: str) -> xdr.SCVal:
    """Advances of one debtor's invoices in `asset`, in its units."""
    return scval.to_vec([scval.to_symbol("Debtor"), _hash(debtor_key), scval.to_address(asset)])


def seller_limit(seller: str, asset: str) -> xdr.SCVal:
    """Advances of one seller's invoices in `asset`, in its units."""
    return scval.to_vec([scval.to_symbol("Seller"), scval.to_address(seller), scval.to_address(asset)])


def investor_limit(account: str) -> xdr.SCVal:
    """What `account` may hold of one invoice, in basis points of its advance."""
    return _variant("Investor", scval.to_address(account))


def set_limit(escrow: str, subject: xdr.SCVal, *, most: int | None) -> Invocation:
    """By the admin. `most` None lifts the limit; what stands already goes on."""
    return _call(escrow, "set_limit", subject, scval.to_void() if most is None else scval.to_int128(most))


def limits(escrow: str, subject: xdr.SCVal) -> Invocation:
    """A view: the limit, and the units that count towards it."""
    return _call(escrow, "limits", subject)


def share_limit(escrow: str, invoice: str, *, account: str) -> Invocation:
    """A view: the most shares of the invoice that `account` may hold; 0 for one that may hold none."""
    return _call(escrow, "share_limit", _hash(invoice), scval.to_address(account))


def free_limits(escrow: str, invoice: str) -> Invocation:
    """By anyone, of an expired invoice that nobody has had refunded."""
    return _call(escrow, "free_limits", _hash(invoice))


class Scope(IntEnum):
    """What can be paused. Refunds, payments and claims cannot."""

    CREATE = 0
    FUND = 1


def pause(escrow: str, scope: Scope) -> Invocation:
    return _call(escrow, "pause", scval.to_uint32(scope))


def unpause(escrow: str, scope: Scope) -> Invocation:
    return _call(escrow, "unpause", scval.to_uint32(scope))


def propose_admin(escrow: str, *, candidate: str) -> Invocation:
    return _call(escrow, "propose_admin", scval.to_address(candidate))


def accept_admin(escrow: str) -> Invocation:
    return _call(escrow, "accept_admin")


def extend(escrow: str, invoices: Sequence[str]) -> Invocation:
    return _call(escrow, "extend", scval.to_vec([_hash(invoice) for invoice in invoices]))


# --- escrow: changes that wait two days; an operation is one of the four values below


def schedule(escrow: str, operation: xdr.SCVal) -> Invocation:
    return _call(escrow, "schedule", operation)


def execute(escrow: str, operation: xdr.SCVal) -> Invocation:
    return _call(escrow, "execute", operation)


def withdraw_op(escrow: str, operation: xdr.SCVal) -> Invocation:
    return _call(escrow, "withdraw_op", operation)


def upgrade(wasm_hash: str) -> xdr.SCVal:
    return _variant("Upgrade", _hash(wasm_hash))


def set_token_wasm(wasm_hash: str) -> xdr.SCVal:
    """Share tokens of invoices created from then on."""
    return _variant("SetTokenWasm", _hash(wasm_hash))


def set_fees(*, origination_bps: int, profit_bps: int) -> xdr.SCVal:
    """For invoices created from then on."""
    fees = {"origination_bps": scval.to_uint32(origination_bps), "profit_bps": scval.to_uint32(profit_bps)}
    return _variant("SetFees", scval.to_struct(fees))


def set_roles(*, admin: str, operator: str, resolver: str, pauser: str, treasury: str) -> xdr.SCVal:
    """Everybody but the admin, who must stay the present one."""
    roles = {"admin": admin, "operator": operator, "pauser": pauser, "resolver": resolver, "treasury": treasury}
    return _variant("SetRoles", scval.to_struct({name: scval.to_address(who) for name, who in roles.items()}))


# --- shares and payouts


def transfer(token: str, *, sender: str, receiver: str, units: int) -> Invocation:
    """SEP-41, of a share token or of a settlement asset."""
    return _call(token, "transfer", scval.to_address(sender), scval.to_address(receiver), scval.to_int128(units))


def balance(token: str, *, owner: str) -> Invocation:
    return _call(token, "balance", scval.to_address(owner))


def claim(distributor: str, *, token: str, holder: str) -> Invocation:
    return _call(distributor, "claim", scval.to_address(token), scval.to_address(holder))


def claim_many(distributor: str, *, holder: str, tokens: Sequence[str]) -> Invocation:
    return _call(distributor, "claim_many", scval.to_address(holder), _addresses(tokens))


def distribute(distributor: str, *, token: str, holders: Sequence[str]) -> Invocation:
    return _call(distributor, "distribute", scval.to_address(token), _addresses(holders))


def calculate(distributor: str, *, token: str, holder: str) -> Invocation:
    return _call(distributor, "calculate", scval.to_address(token), scval.to_address(holder))


def get_summary(distributor: str, *, token: str) -> Invocation:
    return _call(distributor, "get_summary", scval.to_address(token))


def _call(contract: str, function: str, *args: xdr.SCVal) -> Invocation:
    return Invocation(contract, function, args)


def _variant(name: str, value: xdr.SCVal) -> xdr.SCVal:
    return scval.to_vec([scval.to_symbol(name), value])


def _hash(digits: str) -> xdr.SCVal:
    return scval.to_bytes(bytes.fromhex(digits))


def _addresses(strkeys: Sequence[str]) -> xdr.SCVal:
    return scval.to_vec([scval.to_address(strkey) for strkey in strkeys])


def _address_bytes(strkey: str) -> bytes:
    return scval.to_address(strkey).to_xdr_bytes()
