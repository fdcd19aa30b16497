"""GR11: over two hundred hostile files through the confined reader, one after the other. Never inside this process."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from corpus.hostile import hostile_files

ID = "GR11"
WHAT = "hostile files: resident memory of the hungriest reading process (files survived, processor time beside)"
UNIT = "MB"
GOAL = ("<=", 512.0)
_WALL_SECONDS = 240
_WORDS_OF_A_SENTENCE = 4


def run(repeats: int) -> dict[str, object]:
    """One pass; anything but a reading or a refusal with a sentence ends the proof."""
    del repeats
    outcomes: Counter[str] = Counter()
    peak, slowest = (0.0, ""), (0.0, "")
    for name, data in hostile_files():
        one = _read(name, data)
        outcomes[one["outcome"]] += 1
        peak, slowest = max(peak, (one["mb"], name)), max(slowest, (one["cpu"], name))
    print(f"      hungriest: {peak[1]}; slowest: {slowest[1]}; {dict(outcomes.most_common())}")
    return {
        "value": round(peak[0], 1),
        "ours": {"files": sum(outcomes.values()), "slowest CPU s": round(slowest[0], 1)},
        "yardstick": {"files": 200, "slowest CPU s": 20},
        "spread": [round(peak[0], 1), round(peak[0], 1)],
        "repeats": 1,
    }


def _read(name: str, data: bytes) -> dict[str, object]:
    kit = Path(__file__).with_name("reader_kit.py")
    done = subprocess.run([sys.executable, kit], input=data, capture_output=True, timeout=_WALL_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr.decode()[-400:]}")
    one: dict[str, object] = json.loads(done.stdout)
    if one["outcome"] != "read" and len(str(one["sentence"]).split()) < _WORDS_OF_A_SENTENCE:
        raise RuntimeError(f"{name}: no sentence a seller can act on: {one['sentence']}")
    return one
