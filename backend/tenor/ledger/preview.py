"""What a transaction will do, in plain words, decoded from the XDR itself (P99). Trusts nothing that it was told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from stellar_sdk import Address, Keypair, StrKey, xdr

from tenor.kernel.money import to_decimal
from tenor.ledger import scval
from tenor.ledger.calls import Invocation

_XLM_DECIMALS = 7
_AUTH_DEPTH_MAX = 16


@dataclass(frozen=True, slots=True)
class Names:
    """What the reader calls things: the platform's contracts, and assets by contract as (code, decimals)."""

    escrow: str
    distributor: str
    assets: Mapping[str, tuple[str, int]]
    stream: str | None = None
    market: str | None = None
    shares: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Share tokens that the call is about, as (invoice, decimals); what is not here is shown in units."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`warnings`: what signing allows beyond the call that was asked for. Empty for everything Tenor builds."""

    sentences: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Call:
    contract: str
    function: str
    args: list[Any]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One envelope, read; `trees`: who else must sign (None: the source) and what those signatures allow."""

    source: str
    operation_source: str | None
    call: _Call | None
    trees: tuple[tuple[str | None, "_Node"], ...]
    fee_stroops: int
    valid_until: int
    operations: int


@dataclass(frozen=True, slots=True)
class _Node:
    call: _Call | None
    below: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class Authorisation:
    """One call that signing allows, with the calls below it. `signer`: None when it is the transaction's own source.

    `move`: what it moves, as (amount, from, to), when it is a transfer.
    """

    signer: str | None
    contract: str
    function: str
    args: tuple[str, ...]
    move: tuple[str, str, str] | None
    below: tuple["Authorisation", ...]


def authorisations(envelope_xdr: str, names: Names) -> tuple[Authorisation, ...]:
    """Everything that the signatures of an envelope allow, as trees. Unreadable calls are named as such."""
    read = _read(envelope_xdr)
    reader = _Reader(read.source, names, None)
    return tuple(_authorisation(tree, signer, reader) for signer, tree in read.trees)


def preview(envelope_xdr: str, *, asked: Invocation, names: Names) -> Preview:
    """Sentences for the person who signs, and warnings where the envelope asks for more than `asked`."""
    read = _read(envelope_xdr)
    transfers = [
        node.call
        for _, tree in read.trees
        for node in _walk(tree)
        if node is not tree and node.call is not None and node.call.function == "transfer"
    ]
    reader = _Reader(read.source, names, transfers[0].contract if transfers else None)
    what = "Does something that Tenor cannot read." if read.call is None else _sentence(read.call, reader)
    signs = [f"By signing you agree that it {_lower(_transfer(call, reader))}" for call in transfers]
    fee = to_decimal(read.fee_stroops, _XLM_DECIMALS)
    until = "never expires" if read.valid_until == 0 else f"expires {_moment(read.valid_until)}"
    return Preview((what, *signs, f"Network fee at most {fee} XLM; {until}."), _warnings(read, asked))


def _authorisation(node: _Node, signer: str | None, reader: "_Reader") -> Authorisation:
    below = tuple(_authorisation(inner, signer, reader) for inner in node.below)
    call = node.call
    if call is None:
        return Authorisation(signer, "?", "?", (), None, below)
    move = None
    if call.function == "transfer" and call.contract in reader.names.assets:
        giver, taker, units = call.args[:3]
        move = (reader.amount_of(units, call.contract), reader.who(giver), reader.who(taker))
    args = tuple(_argument(arg, reader) for arg in call.args)
    return Authorisation(signer, reader.contract(call.contract), call.function, args, move, below)


def _argument(value: Any, reader: "_Reader") -> str:
    """A value of a call as a person can compare it: whole where that is short, addresses always whole or named."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, str):
        return reader.who(value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_argument(inner, reader)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_argument(inner, reader) for inner in value) + "]"
    return str(value)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _warnings(read: _Reading, asked: Invocation) -> tuple[str, ...]:
    found: list[str] = []
    wanted = _Call(asked.contract, asked.function, [scval.native(arg.to_xdr_bytes()) for arg in asked.args])
    if read.operations != 1:
        found.append(f"It has {read.operations} operations; one was asked for.")
    if read.call != wanted:
        found.append(f"It does not do what was asked for ({asked.function}).")
    if read.operation_source not in (None, read.source):
        found.append(f"It acts for another account, {read.operation_source}.")
    if read.valid_until == 0:
        found.append("It never expires.")
    for signer, tree in read.trees:
        if tree.call != wanted:
            found.append("The signatures it asks for allow another call than the one asked for.")
        if signer is not None and signer != read.source:
            found.append(f"It also needs a signature of {signer}.")
        for node in _walk(tree):
            if node is not tree and not _is_expected(node.call, wanted, read.source):
                inner = "an unreadable call" if node.call is None else f"{node.call.function} on {node.call.contract}"
                found.append(f"It also allows {inner}, which was not asked for.")
    return tuple(found)


_PAYS: dict[str, tuple[int, int, str | None]] = {
    **dict.fromkeys(("fund_escrow", "record_payment", "pay_off", "pay_recourse"), (0, 2, None)),
    "create": (0, 2, "total"),
    "open_ended": (0, 2, "deposit"),
}
"""Entry points that move the signer's money: positions of payer and of the most that may be taken, with its field."""


def _is_expected(inner: _Call | None, wanted: _Call, source: str) -> bool:
    """A payer signs one thing: `transfer(payer, escrow, amount)` of exactly the amount in the call (P28)."""
    if inner is not None and (inner.function, wanted.function) == ("transfer", "top_up"):
        return inner.args == [source, wanted.contract, wanted.args[1]]
    if inner is not None and (inner.function, wanted.function) == ("transfer", "buy"):
        # To the seller of the offer, which its id stands for; never more than the maximum that was asked for.
        payer, _, units = inner.args
        return bool(payer == source == wanted.args[0] and units <= wanted.args[3])
    if inner is None or inner.function != "transfer" or wanted.function not in _PAYS:
        return False
    payer, amount, field = _PAYS[wanted.function]
    most = wanted.args[amount] if field is None else wanted.args[amount][field]
    return inner.args == [wanted.args[payer], wanted.contract, most] and wanted.args[payer] == source


# --- sentences, one per entry point


@dataclass(frozen=True, slots=True)
class _Reader:
    """Words for values, as the person behind `source` reads them. `asset`: what the call moves, from its own tree."""

    source: str
    names: Names
    asset: str | None

    def who(self, address: str) -> str:
        known = {self.source: "you", self.names.escrow: "the escrow", self.names.market: "the share market"}
        return known.get(address, address)

    def amount(self, units: int) -> str:
        return self.amount_of(units, self.asset)

    def amount_of(self, units: int, asset: str | None) -> str:
        if asset is None or asset not in self.names.assets:
            return f"{units} units of {'an asset' if asset is None else 'the unknown asset ' + asset}"
        code, decimals = self.names.assets[asset]
        return f"{to_decimal(units, decimals)} {code}"

    def contract(self, address: str) -> str:
        """A contract of Tenor's or an asset by name, any other by its whole address."""
        known = {
            self.names.escrow: "escrow",
            self.names.distributor: "distributor",
            self.names.stream: "stream",
            self.names.market: "share market",
        }
        return known.get(address) or (self.asset_name(address) if address in self.names.assets else address)

    def shares(self, units: int, token: str) -> str:
        """Of an invoice that is known here; in units of the token otherwise."""
        if token not in self.names.shares:
            return f"{units} shares of {_short(token)}"
        invoice, decimals = self.names.shares[token]
        return f"{to_decimal(units, decimals)} shares of invoice {_short(invoice)}"

    def part(self, units: int) -> str:
        """Shares of an offer, which have the decimals of the asset that is paid."""
        known = self.names.assets.get(self.asset or "")
        return f"{units} units of its shares" if known is None else f"{to_decimal(units, known[1])} of its shares"

    def asset_name(self, contract: str) -> str:
        return self.names.assets[contract][0] if contract in self.names.assets else f"the unknown asset {contract}"


_Word = Callable[[_Reader, Any], str]
_WORDS: dict[str, _Word] = {
    "who": _Reader.who,
    "units": _Reader.amount,
    "asset": _Reader.asset_name,
    "invoice": lambda _, value: _short(value.hex()),
    "token": lambda _, value: _short(value),
    "count": lambda _, value: str(len(value)),
    "approves": lambda _, value: "Approves" if value else "Blocks",
    "accepts": lambda _, value: "Accepts" if value else "Stops accepting",
    "operation": lambda _, value: value[0],
    "outcome": lambda reader, value: f"upheld, {reader.amount(value[1])} less" if value[1:] else "rejected",
    "part": _Reader.part,
    "scope": lambda _, value: ("new invoices", "new funding")[value],
    "-": lambda _, value: "",  # noqa: ARG005 - not told: a hash, or told by another argument
}

_ESCROW = {
    "fund_escrow": (
        "Invests at most {2} from {0} in invoice {1}, at least {3}, one share a unit; the rest comes back at once.",
        "who invoice units units -",
    ),
    "record_payment": ("Pays {2} from {0} on invoice {1}; it cannot be taken back.", "who invoice units -"),
    "pay_off": (
        "Pays off invoice {1} for at most {2} from {0}; the rest comes back at once.",
        "who invoice units -",
    ),
    "pay_recourse": (
        "Brings in {2} from {0} for the holders of invoice {1}; it cannot be taken back.",
        "who invoice units -",
    ),
    "open_dispute": ("Disputes invoice {1}; it lapses by itself.", "who invoice -"),
    "resolve_dispute": ("Decides the dispute about invoice {0}: {1}.", "invoice outcome"),
    "reduce_face": ("Lowers what the debtor of invoice {0} owes by {1}.", "invoice units"),
    "schedule": ("Announces a change of the contract ({0}), which waits two days.", "operation"),
    "execute": ("Carries out the announced change of the contract ({0}).", "operation"),
    "withdraw_op": ("Takes back the announced change of the contract ({0}).", "operation"),
    "propose_admin": ("Proposes {0} as the next admin of the contract.", "who"),
    "accept_admin": ("Takes over as admin of the contract.", ""),
    "attest": ("Confirms that {1} is the verified debtor of invoice {0}.", "invoice who - -"),
    "acknowledge": ("Confirms as its debtor that invoice {0} is owed in full at its due date.", "invoice"),
    "cancel_escrow": ("Cancels invoice {1}; investors get their money back.", "who invoice"),
    "refund": ("Pays {0} back what the shares of invoice {1} cost.", "who invoice"),
    "declare_default": ("Declares that invoice {0} was not paid in time; no amount changes.", "invoice"),
    "withdraw_owed": ("Pays {0} what the escrow owes in {1}.", "who asset"),
    "set_allowed": ("{1} {0} on the platform's list of verified accounts.", "who approves"),
    "set_asset": ("{1} {0} for new invoices.", "asset accepts"),
    "pause": ("Pauses {0}.", "scope"),
    "unpause": ("Lifts the pause on {0}.", "scope"),
}
_DISTRIBUTOR = {
    "claim": ("Pays {1} what has accrued on the shares of {0}.", "token who"),
    "claim_many": ("Pays {0} what has accrued on {1} share tokens.", "who count"),
    "distribute": ("Pays {1} holders what has accrued on the shares of {0}.", "token count"),
}

_STREAM = {
    "top_up": ("Adds {1} to stream {0}.", "invoice units"),
    "withdraw_owed": ("Pays {0} what waits in the stream contract in {1}.", "who asset"),
    "settle": ("Pays the recipient what has accrued in stream {0}.", "invoice"),
    "pause": ("Pauses stream {0}: nothing accrues until it is resumed.", "invoice"),
    "resume": ("Resumes stream {0}.", "invoice"),
    "cancel": ("Ends stream {1} by {0}: what has accrued is paid, the rest goes back to its payer.", "who invoice"),
}


_MARKET = {
    "buy": (
        "Buys {2} from offer {1} for {0}, for at most {3}: payment and shares change hands together.",
        "who invoice part units",
    ),
    "cancel": ("Withdraws offer {0}; the shares stay with their owner.", "invoice"),
}


def _sentence(call: _Call, reader: _Reader) -> str:
    whole = {
        (reader.names.escrow, "create_escrow"): _listing,
        (reader.names.stream, "create"): _opening,
        (reader.names.stream, "open_ended"): _opening,
        (reader.names.market, "offer"): _asking,
    }
    told = whole.get((call.contract, call.function))
    if told is not None:
        return told(call.args, reader)
    tables = {
        reader.names.escrow: _ESCROW,
        reader.names.distributor: _DISTRIBUTOR,
        reader.names.stream: _STREAM,
        reader.names.market: _MARKET,
    }
    table = tables.get(call.contract, {})
    if call.function in table:
        template, words = table[call.function]
        pairs = zip(words.split(), call.args, strict=True)
        return template.format(*(_WORDS[word](reader, value) for word, value in pairs))
    if call.function in {"transfer", "approve"}:
        return (_transfer if call.function == "transfer" else _allowing)(call, reader)
    return f"Calls {call.function} of the contract {call.contract}, which is not one of Tenor's."


def _opening(args: list[Any], reader: _Reader) -> str:
    payer, _, terms = args
    kind, target = terms["recipient"]
    receiver = reader.who(target) if kind == "Account" else f"invoice {_short(target.hex())}"
    start = "now" if terms["start"] == 0 else _moment(terms["start"])
    if "total" in terms:
        locked = reader.amount_of(terms["total"], terms["asset"])
        return (
            f"Locks {locked} from {reader.who(payer)} and pays them to {receiver}, second by second from {start}"
            f" until {_moment(terms['end'])}."
        )
    locked, rate = (reader.amount_of(terms[name], terms["asset"]) for name in ("deposit", "rate_per_second"))
    return (
        f"Locks {locked} from {reader.who(payer)} and pays {receiver} {rate} a second from {start},"
        " until they are used up."
    )


def _listing(args: list[Any], reader: _Reader) -> str:
    terms = args[2]
    advance, claim, face = (reader.amount_of(terms[name], terms["asset"]) for name in ("advance", "claim", "face"))
    answers = "answers" if terms["recourse"] else "does not answer"
    return (
        f"Lists an invoice of {face} for {reader.who(args[0])}, due {_moment(terms['due'])}: investors may put in"
        f" {advance} until {_moment(terms['funding_deadline'])} and are owed {claim} at the due date;"
        f" the seller {answers} for a customer who cannot pay."
    )


def _asking(args: list[Any], reader: _Reader) -> str:
    seller, _, ask = args
    decimals = reader.names.assets.get(ask["asset"], ("", 0))[1]
    whom = "anybody" if ask["buyer"] is None else reader.who(ask["buyer"])
    return (
        f"Offers {to_decimal(ask['shares'], decimals)} shares of invoice {_short(ask['invoice_id'].hex())} of"
        f" {reader.who(seller)} to {whom} for {reader.amount_of(ask['price'], ask['asset'])} in all, or a part for its"
        f" part of the price, until {_moment(ask['expires'])}. They stay yours until somebody buys."
    )


def _allowing(call: _Call, reader: _Reader) -> str:
    owner, spender, units, until = call.args
    assets = reader.names.assets
    what = reader.amount_of(units, call.contract) if call.contract in assets else reader.shares(units, call.contract)
    owns = reader.who(owner)
    return f"Lets {reader.who(spender)} move at most {what} of {owns} until ledger {until}; nothing moves now."


def _transfer(call: _Call, reader: _Reader) -> str:
    sender, receiver, units = call.args[:3]
    shares = call.contract not in reader.names.assets
    amount = reader.shares(units, call.contract) if shares else reader.amount_of(units, call.contract)
    return f"Sends {amount} from {reader.who(sender)} to {reader.who(receiver)}."


def _short(text: str) -> str:
    return f"{text[:8]}…{text[-4:]}"


def _moment(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S} UTC"


# --- reading the envelope


def _read(envelope_xdr: str) -> _Reading:
    envelope = xdr.TransactionEnvelope.from_xdr(envelope_xdr)
    if envelope.v1 is None:
        raise ValueError("Only a transaction of the present form is previewed.")
    tx = envelope.v1.tx
    operation = tx.operations[0]
    invoke = operation.body.invoke_host_function_op
    call, trees = None, []
    if invoke is not None:
        function = invoke.host_function.invoke_contract
        call = None if function is None else _call(function)
        trees = [(_signer(entry.credentials), _node(entry.root_invocation, 0)) for entry in invoke.auth]
    bounds = tx.cond.time_bounds or (tx.cond.v2.time_bounds if tx.cond.v2 else None)
    return _Reading(
        source=_account(tx.source_account),
        operation_source=None if operation.source_account is None else _account(operation.source_account),
        call=call,
        trees=tuple(trees),
        fee_stroops=tx.fee.uint32,
        valid_until=0 if bounds is None else bounds.max_time.time_point.uint64,
        operations=len(tx.operations),
    )


def _call(function: xdr.InvokeContractArgs) -> _Call:
    return _Call(
        Address.from_xdr_sc_address(function.contract_address).address,
        function.function_name.sc_symbol.decode("ascii"),
        [scval.native(arg.to_xdr_bytes()) for arg in function.args],
    )


def _node(invocation: xdr.SorobanAuthorizedInvocation, depth: int) -> _Node:
    if depth > _AUTH_DEPTH_MAX:
        raise ValueError("The authorisation is nested too deep to be shown.")
    function = invocation.function.contract_fn
    below = tuple(_node(inner, depth + 1) for inner in invocation.sub_invocations)
    return _Node(None if function is None else _call(function), below)


def _walk(node: _Node) -> list[_Node]:
    return [node, *(found for inner in node.below for found in _walk(inner))]


def _signer(credentials: xdr.SorobanCredentials) -> str | None:
    """Whose extra signature the entry needs; None when the transaction's own counts (P25: both address arms)."""
    held = credentials.address or credentials.address_v2
    if held is None and credentials.address_with_delegates is not None:
        held = credentials.address_with_delegates.address_credentials
    return None if held is None else Address.from_xdr_sc_address(held.address).address


def _account(muxed: xdr.MuxedAccount) -> str:
    if muxed.ed25519 is not None:
        return StrKey.encode_ed25519_public_key(muxed.ed25519.uint256)
    assert muxed.med25519 is not None
    return Keypair.from_raw_ed25519_public_key(muxed.med25519.ed25519.uint256).public_key
