"""A taste of GR15 (bench/gr15.py): layouts the rules were not tuned on. Wrong values are never accepted silently."""

from itertools import islice

import pytest

from corpus import flowing, forms, panels, paper, slips, tuning, unseen
from corpus.judging import judged, specimens, total

ALL = (tuning, flowing, paper, panels, forms, slips, unseen)


@pytest.mark.parametrize("generator", ALL, ids=[module.__name__.split(".")[-1] for module in ALL])
def test_p111_no_wrong_value_is_accepted_in_any_layout(generator):
    """One born-digital invoice of every layout, languages in turn. Of `unseen` nothing but the totals is ever shown."""
    taken = list(specimens(generator, digital=1, scans=0, photos=0, every_language=False))
    table, misses = judged(taken)
    whole = total(table.values())
    assert len(taken) == len(generator.LAYOUTS)
    assert whole.present > 12 * len(taken)
    assert sum("WRONG ACCEPTED" in miss for miss in misses) == 0
    assert whole.accepted_present * 100 >= whole.present * 95
    assert whole.exact * 100 >= whole.present * 98


def test_the_corpus_is_the_same_every_time():
    one, other = ([s.data for s in islice(specimens(unseen, digital=1, scans=0, photos=0), 3)] for _ in range(2))
    assert one == other
