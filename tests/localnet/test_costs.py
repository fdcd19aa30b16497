"""What calls cost on a ledger is what is committed, and far from the network's limits."""

from dataclasses import replace

import costs


def test_h125_h127_h132_calls_cost_what_is_committed() -> None:
    assert costs.faults(costs.measure(), costs.committed()) == []


def test_h127_what_is_dearer_too_large_or_without_a_reason_is_told() -> None:
    before = costs.committed()
    claim = before["claim"]

    def told(now: costs.Cost) -> list[str]:
        return costs.faults({**before, "claim": now}, before)

    assert told(replace(claim, instructions=claim.instructions + claim.instructions // 60)) == []
    dearer = claim.instructions + claim.instructions // 40
    assert told(replace(claim, instructions=dearer)) == [f"claim: {claim.instructions} instructions became {dearer}."]
    (unexplained, _) = told(replace(claim, entries_written=6))
    assert unexplained == "claim writes 6 entries and has 4 reasons."
    (large, _) = told(replace(claim, event_bytes=8_193))
    assert large == "claim: 8193 event_bytes is more than 1/2 of the network's 16384."
    assert costs.faults({}, before) == ["The calls are not those of the table; write it again."]
