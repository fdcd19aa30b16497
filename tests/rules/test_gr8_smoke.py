"""A taste of GR8 (bench/gr8.py): no mutated duplicate passes, and other invoices of one seller are never refused."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))


def test_p110_no_mutated_duplicate_passes():
    import gr8

    found = gr8.run(1, mutated=300, on_file=60, recurring=60, stored=0)
    assert found["value"] == 0
    assert found["ours"]["recurring refused %"] == 0
