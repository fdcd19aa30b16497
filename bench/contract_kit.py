"""What contract calls cost on a ledger: the committed table, after a run that holds the compiled code against it."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEER_FUNDING = 755_350
"""Trustless Work's `fund_escrow`, which mints nothing, measured outside this repository."""
PEER_RELEASE = 421_685
"""Its release, per recipient (1,265,055 for three); the goal is at most 0.7 of it."""
PEER_LIFE = 3_970_000
"""Its five calls from creation to the release to one payee."""

sys.path.insert(0, str(ROOT / "scripts"))

import costs  # noqa: E402 - of scripts, beside which no package stands


def measured() -> dict[str, costs.Cost]:
    """Fails where a call costs more than the table says."""
    found = costs.measure()
    faults = costs.faults(found, costs.committed())
    if faults:
        raise SystemExit("\n".join(faults))
    return found


def wasm_bytes() -> dict[str, int]:
    """Of every compiled contract."""
    folder = ROOT / "build" / "contracts"
    return {path.stem.removeprefix("tenor_"): path.stat().st_size for path in sorted(folder.glob("*.wasm"))}
