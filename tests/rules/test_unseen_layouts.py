"""A taste of GR15 (bench/gr15.py): layouts the rules were not tuned on. Wrong values are never accepted silently."""

from itertools import islice

import pytest

from corpus import flowing, heldout, tuning
from corpus.judging import judged, specimens, total


@pytest.mark.parametrize("generator", [tuning, flowing, heldout], ids=["tuning", "flowing", "heldout"])
def test_p111_no_wrong_value_is_accepted_in_any_layout(generator):
    """One born-digital invoice of every layout, languages in turn."""
    taken = list(specimens(generator, digital=1, scans=0, photos=0, every_language=False))
    table, misses = judged(taken)
    whole = total(table.values())
    assert len(taken) == len(generator.LAYOUTS)
    assert whole.present > 12 * len(taken)
    assert [miss for miss in misses if "WRONG ACCEPTED" in miss] == []
    assert whole.accepted_present * 100 >= whole.present * 88, misses
    assert whole.exact * 100 >= whole.present * 96, misses


def test_the_corpus_is_the_same_every_time():
    one, other = ([s.data for s in islice(specimens(heldout, digital=1, scans=0, photos=0), 3)] for _ in range(2))
    assert one == other
