"""Reads one file from stdin through the confined reader and prints the outcome, peak memory and processor time as JSON.

A small process of its own: what a child is said to have used includes its parent's memory at the fork.
"""

import asyncio
import json
import resource
import sys

from tenor.documents.reader import SandboxedReader
from tenor.documents.refusals import DocumentRefused
from tenor.invoices.extract import extract


def main() -> None:
    data = sys.stdin.buffer.read()
    try:
        extract(asyncio.run(SandboxedReader().read(data)))
        outcome, sentence = "read", ""
    except DocumentRefused as refusal:
        outcome, sentence = refusal.code, str(refusal)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {"mb": used.ru_maxrss / 1024, "cpu": used.ru_utime + used.ru_stime, "outcome": outcome, "sentence": sentence}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
