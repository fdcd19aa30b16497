"""GP14: how large the compiled contracts are, and the events of a page of sixty (the network takes 16,384 bytes)."""

from typing import Any

from contract_kit import costs

ID = "GP14"
WHAT = "Bytes of the compiled escrow (share token, distributor and the events of a page of 60 beside)"
UNIT = "bytes"
GOAL = ("<=", 32_768)


def run(_repeats: int) -> dict[str, Any]:
    """Bytes are exact: one run says it all."""
    rows = costs()
    return {
        "value": rows["tenor_escrow"][0],
        "ours": {
            "token": rows["tenor_token"][0],
            "distributor": rows["tenor_distributor"][0],
            "event bytes, 60 holders": rows["distribute, 60 holders"][5],
        },
        "yardstick": None,
        "spread": None,
        "repeats": 1,
    }
