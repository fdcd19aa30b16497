"""GP13: what a funding costs on a ledger, beside a peer's that mints nothing, a bare transfer, and a page's payees."""

from typing import Any

from contract_kit import PEER_FUNDING, PEER_LIFE, PEER_RELEASE, measured

ID = "GP13"
WHAT = "Instructions of fund_escrow with its mint, over Trustless Work's, which mints nothing (other calls beside)"
UNIT = "times"
GOAL = ("<=", 1.0)
PAGE = 30
LIFE = (
    "create_escrow",
    "fund_escrow, first",
    "fund_escrow, second",
    "fund_escrow, completing",
    "record_payment, settling",
    "distribute, 3 holders",
)


def run(_repeats: int) -> dict[str, Any]:
    """The meter is exact: one run says it all."""
    spent = {name: cost.instructions for name, cost in measured().items()}
    funding, called = spent["fund_escrow, second"], spent["for comparison: the same, called from a contract"]
    payee = spent[f"distribute, {PAGE} holders"] / PAGE
    life = sum(spent[name] for name in LIFE)
    return {
        "value": funding / PEER_FUNDING,
        "ours": {
            "funding": funding,
            "completing funding": spent["fund_escrow, completing"],
            "funding over a bare transfer called from a contract": funding / called,
            f"a payee of a page of {PAGE}": payee,
            "payee over the peer's": payee / PEER_RELEASE,
            "a life with three investors": life,
            "life over the peer's": life / PEER_LIFE,
        },
        "yardstick": {
            "the peer's funding": PEER_FUNDING,
            "its five calls": PEER_LIFE,
            "asset transfer": spent["for comparison: transfer of the asset alone"],
            "asset transfer called from a contract": called,
        },
        "spread": None,
        "repeats": 1,
    }
