"""GP14: how large the compiled contracts are, and the events of a page (the network takes 16,384 bytes)."""

from typing import Any

from contract_kit import measured, wasm_bytes

ID = "GP14"
WHAT = "Bytes of the compiled escrow (the others and the events of a page beside)"
UNIT = "bytes"
GOAL = ("<=", 32_768)
PAGE, EVENT_BYTES_MAX = 30, 16_384


def run(_repeats: int) -> dict[str, Any]:
    """Bytes are exact: one run says it all."""
    sizes = wasm_bytes()
    events = measured()[f"distribute, {PAGE} holders"].event_bytes
    return {
        "value": sizes["escrow"],
        "ours": {
            **sizes,
            f"event bytes, {PAGE} holders": events,
            "holders whose events fit a page": EVENT_BYTES_MAX * PAGE // events,
        },
        "yardstick": None,
        "spread": None,
        "repeats": 1,
    }
