"""Sketches of documents: alike for copies, unlike for others, and found again through their bands."""

import random
from dataclasses import replace

from corpus import tuning
from corpus.facts import Facts
from tenor.documents import reading
from tenor.invoices.likeness import Sketch, bands, compare_sketches, packed, sketch, unpacked

TOLD = tuning.facts(random.Random(3), "de")


def sketched(told: Facts, layout: str = "tuning-03") -> Sketch:
    data, _ = tuning.sheet(layout, told, 1)
    found = sketch(reading.read(data).pages)
    assert found is not None
    return found


def test_a_renumbered_copy_is_alike_and_shares_a_band():
    copy = sketched(replace(TOLD, invoice=replace(TOLD.invoice, number="X-99")))
    assert compare_sketches(copy, sketched(TOLD)).outcome == "review"
    assert set(bands(copy)) & set(bands(sketched(TOLD)))


def test_other_invoices_are_unlike_and_share_hardly_a_band():
    for seed in range(10, 20):
        other = sketched(tuning.facts(random.Random(seed), "de"))
        assert compare_sketches(other, sketched(TOLD)).outcome == "pass"
        assert len(set(bands(other)) & set(bands(sketched(TOLD)))) <= 6, "of 64"


def test_a_sketch_survives_storage_and_few_words_have_none():
    assert unpacked(packed(sketched(TOLD))) == sketched(TOLD)
    assert all(-(2**63) <= key < 2**63 for key in bands(sketched(TOLD)))
    page = reading.read(tuning.sheet("tuning-03", TOLD, 1)[0]).pages[0]
    assert sketch([replace(page, words=page.words[:5])]) is None
