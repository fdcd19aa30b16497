"""GP13: what a funding costs on compiled code, against a peer's that mints nothing, a transfer, and a page's payees."""

from typing import Any

from contract_kit import PEER_FUNDING, PEER_RELEASE, costs

ID = "GP13"
WHAT = "Instructions of fund_escrow with its mint, over Trustless Work's, which mints nothing (other calls beside)"
UNIT = "times"
GOAL = ("<=", 1.0)


def run(_repeats: int) -> dict[str, Any]:
    """The meter is exact: one run says it all."""
    rows = costs()
    funding = rows["fund_escrow, second"][0]
    transfer = rows["for comparison: transfer of the asset alone"][0]
    payee = rows["distribute, 60 holders"][0] / 60
    return {
        "value": funding / PEER_FUNDING,
        "ours": {
            "funding": funding,
            "completing funding": rows["fund_escrow, completing"][0],
            "funding over a transfer": funding / transfer,
            "a payee of a page of 60": payee,
            "payee over the peer's": payee / PEER_RELEASE,
        },
        "yardstick": {"the peer's funding": PEER_FUNDING, "asset transfer": transfer},
        "spread": None,
        "repeats": 1,
    }
