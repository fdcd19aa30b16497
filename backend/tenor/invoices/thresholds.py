"""PURE: from which of the recogniser's figures on a value of a scan counts as read clearly. Chosen, never felt.

`scripts/thresholds.py` chooses them on the tuning layouts and writes this page; held-out layouts have no say in it.
"""

CLEAR_TWICE_BPS = 8_600
"""Of a value that stands twice on the page, read alike each time."""
CLEAR_BPS: dict[str, int] = {
    "number": 9_200,
    "type": 8_600,
    "issue_date": 8_600,
    "due_date": 8_600,
    "currency": 8_600,
    "seller_name": 9_200,
    "debtor_name": 9_300,
}
"""Of a value that stands once, by field. The recogniser's own figure is no probability."""
