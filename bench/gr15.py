"""GR15: fields of made-up invoices in layouts that no rule was tuned on, by source, language and field. Never tunes."""

from corpus import unseen
from corpus.judging import judged, printed_table, specimens, summed, total

ID = "GR15"
WHAT = "reading unseen layouts: wrong values among those accepted without a question (24 layouts, five languages)"
UNIT = "%"
GOAL = ("<=", 0.1)
_DIGITAL, _SCANS, _PHOTOS = 3, 3, 1
"""Files of a layout: born-digital in each language, scans and photos in some, turning."""


def run(repeats: int) -> dict[str, object]:
    """One pass over the same corpus every time; `repeats` has nothing to vary. Prints the table."""
    del repeats
    table, misses = judged(specimens(unseen, digital=_DIGITAL, scans=_SCANS, photos=_PHOTOS))
    print(printed_table(table))
    print("\n".join(miss for miss in misses if "WRONG ACCEPTED" in miss))
    whole, sources = total(table.values()), summed(table, 0)
    value = round(whole.wrong * 100 / max(whole.accepted, 1), 3)
    return {
        "value": value,
        "ours": {
            "accepted fields": whole.accepted,
            "auto-accept %": round(whole.accepted_present * 100 / whole.present, 1),
            **{f"{name} exact %": round(count.exact * 100 / count.present, 1) for name, count in sources.items()},
        },
        "yardstick": {"auto-accept %": 90, "born-digital exact %": 99, "scan exact %": 95},
        "spread": [value, value],
        "repeats": 1,
    }
