"""The console has a word for everything that the API may say: statuses, statement lines, factors, queues, topics."""

import inspect
import re
from typing import get_args

import pytest

from tenor.accounts.kyc import Details
from tenor.accounts.rules import KYC
from tenor.console.languages import known, texts
from tenor.invoices import offers
from tenor.invoices.debtors import CHANGEABLE
from tenor.invoices.marketplace import MarketStatus
from tenor.invoices.overview import STAGES
from tenor.invoices.rules import FIELDS, INVOICE
from tenor.invoices.worklists import QUEUES
from tenor.kernel.actor import Role
from tenor.ledger.events import Roles
from tenor.notices.rules import TOPICS
from tenor.settlements import statements

STATUSES = {*INVOICE.statuses, *get_args(MarketStatus)}
LINES = set(re.findall(r'_line\(\w+, "(\w+)"', inspect.getsource(statements))) | {"payout_pushed", "payout_claimed"}
FACTORS = set(re.findall(r'steps\.add\(\s*"(\w+)"', inspect.getsource(offers)))
WORDS = {
    "seller.step": STATUSES,
    "shell.status": STATUSES | set(KYC.statuses),
    "seller.stage": {"all", *STAGES},
    "seller.field": set(FIELDS),
    "seller.line": LINES,
    "seller.factor": FACTORS,
    "admin.queue": set(QUEUES),
    "admin.role": set(Role),
    "admin.debtor": set(CHANGEABLE),
    "admin.detail": set(Details.__struct_fields__),
    "admin.operation": {f"role_{name}" for name in Roles.__slots__},
    "notices.topic": set(TOPICS),
}


@pytest.mark.parametrize("language", known())
@pytest.mark.parametrize("table", WORDS)
def test_there_is_a_word_for_everything(table: str, language: str) -> None:
    held = texts(language)
    assert len(WORDS[table]) > 1
    assert {name for name in WORDS[table] if f"{table}.{name}" not in held} == set()
