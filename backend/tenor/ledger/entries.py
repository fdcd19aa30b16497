"""What the contracts store, by name. Entries that money calls touch are vectors of fields, in the order of storage.rs.

Mirrors the storage.rs of contracts/escrow, contracts/token and contracts/stream; never reads a ledger itself.
"""

from typing import Any

from stellar_sdk import xdr

from tenor.ledger import scval

_TOTALS = ("supply", "index", "remainder", "unlocked")
_HOLDER = ("balance", "index", "accrued_scaled")
_PARTIES = ("seller", "reference", "terms_hash", "token", "treasury")
_ATTESTATION = ("debtor", "debtor_key", "fingerprint")
_AMOUNTS = ("received", "holders_gross", "fee_taken", "earned", "late", "face", "recourse_paid")
_MOMENTS = ("funded_at", "checkpoint_at", "late_days_charged")
_OPEN, _EXPIRED = 0, 4
_STREAM = (
    *("payer", "recipient", "asset", "deposited", "paid"),
    *("units", "seconds", "ran_seconds", "since", "status"),
)
_DISPUTES = ("disputed_seconds", "dispute_used", "dispute_from", "dispute_until")


def stored(entry: xdr.ContractDataEntry) -> Any:
    """The entry's value with its fields by name. `Undecodable` for another shape.

    Names are those of the contract's own views; an escrow's `money` is None before its release.
    """
    value = scval.native(entry.val.to_xdr_bytes())
    key = scval.native(entry.key.to_xdr_bytes())
    name = key[0] if isinstance(key, list) and key else None
    match name:
        case "Totals":
            return _named(_TOTALS, value)
        case "Holder":
            return _named(_HOLDER, value)
        case "Escrow":
            return _escrow(value)
        case "Stream":
            return _named(_STREAM, value)
    return value


def _escrow(value: Any) -> dict[str, Any]:
    names = ("parties", "terms", "attestation", "acknowledged_at", "status", "funded", "refunded", "money")
    parts = _named(names, value)
    # Open past its deadline is expired; whether its limits were freed since is the contract's own business.
    parts["status"] = _OPEN if parts["status"] == _EXPIRED else parts["status"]
    return {
        **_named(_PARTIES, parts.pop("parties")),
        **_named(_ATTESTATION, parts.pop("attestation") or [None] * len(_ATTESTATION)),
        **parts,
        "money": None if parts["money"] is None else _money(parts["money"]),
    }


def _money(value: Any) -> dict[str, Any]:
    parts = _named(("amounts", "moments", "disputes"), value)
    return {
        **_named(_AMOUNTS, parts["amounts"]),
        **_named(_MOMENTS, parts["moments"]),
        **_named(_DISPUTES, parts["disputes"]),
    }


def _named(names: tuple[str, ...], values: Any) -> dict[str, Any]:
    if not isinstance(values, list) or len(values) != len(names):
        raise scval.Undecodable(f"An entry of {', '.join(names)} was expected.")
    return dict(zip(names, values, strict=True))
