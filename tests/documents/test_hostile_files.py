"""A taste of GR11 (bench/gr11.py): hostile files through the confined reader end in a reading or in a sentence."""

import pytest

from corpus.hostile import hostile_files
from tenor.documents.reader import SandboxedReader
from tenor.documents.refusals import DocumentRefused

EVERY_FILE = list(hostile_files())
TASTED = ("flate-bomb", "page-tree-loop", "picture-60000", "png-text-bomb", "tiff-loop", "laughs", "deep",
          "open-launch", "attached-program", "xref-loop", "form-loop", "text-flood", "pdf-flipped-20")  # fmt: skip


def test_there_are_over_two_hundred_and_no_two_alike():
    assert len(EVERY_FILE) >= 200
    assert len({data for _, data in EVERY_FILE}) >= 0.98 * len(EVERY_FILE)


@pytest.mark.parametrize("name", TASTED)
async def test_p105_a_hostile_file_is_read_or_refused_in_words(name: str):
    data = dict(EVERY_FILE)[name]
    try:
        found = await SandboxedReader().read(data)
    except DocumentRefused as refusal:
        assert len(str(refusal).split()) >= 4  # noqa: PT017
    else:
        assert found.size_bytes == len(data)
