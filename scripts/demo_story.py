"""How the demo is told: lines for people, records for programs, and the final count. Decides nothing of the story."""

from dataclasses import dataclass, field
from typing import Any

from demo_ledger import Sent, decimal

NAME_CHARACTERS = 22


@dataclass
class Check:
    """One comparison to the unit: what the API says (database) against what the ledger's entries say."""

    what: str
    database: int
    ledger: int

    @property
    def equal(self) -> bool:
        return self.database == self.ledger


@dataclass
class Story:
    """Everything told so far. `names`: address -> who that is."""

    names: dict[str, str] = field(default_factory=dict)
    transactions: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def chapter(self, title: str) -> None:
        print(f"\n== {title} ==", flush=True)

    def say(self, line: str) -> None:
        print(f"  {line}", flush=True)

    def happened(self, who: str, what: str, transaction: dict[str, Any] | Sent) -> None:
        """A transaction that is in a ledger."""
        if isinstance(transaction, Sent):
            transaction = {"purpose": transaction.what, "ledger": transaction.ledger, "hash": transaction.hash}
        self.transactions.append(
            {"who": who, "what": what} | {k: transaction[k] for k in ("purpose", "ledger", "hash")}
        )
        print(f"  {who:8} {what}\n           ledger {transaction['ledger']}, {transaction['hash']}", flush=True)

    def refused(self, who: str, what: str, code: str | None, sentence: str | None) -> None:
        self.refusals.append({"who": who, "what": what, "code": code, "sentence": sentence})
        print(f"  {who:8} {what}: refused, {code}\n           {sentence}", flush=True)

    def name(self, address: str) -> str:
        return self.names.get(address, address[:6])

    def balances(self, before: dict[str, int], after: dict[str, int]) -> None:
        print(f"  {'':{NAME_CHARACTERS}}{'before':>20}{'after':>20}{'difference':>20}")
        for address, had in before.items():
            has = after[address]
            print(
                f"  {self.name(address):{NAME_CHARACTERS}}{decimal(had):>20}{decimal(has):>20}{decimal(has - had):>20}",
                flush=True,
            )

    def compare(self, what: str, *, database: int, ledger: int) -> None:
        self.checks.append(Check(what, database, ledger))

    def verdict(self) -> bool:
        """Print every comparison; True when all are equal."""
        for check in self.checks:
            mark = "=" if check.equal else "DIFFERS FROM"
            print(f"  {check.what:44}{decimal(check.database):>18} {mark} {decimal(check.ledger)}")
        wrong = sum(not check.equal for check in self.checks)
        if wrong:
            print(f"\n  {wrong} of {len(self.checks)} comparisons differ.", flush=True)
        else:
            print(f"\n  All {len(self.checks)} comparisons are equal to the unit.", flush=True)
        return not wrong

    def report(self) -> dict[str, Any]:
        return {
            "transactions": self.transactions,
            "refusals": self.refusals,
            "checks": [
                {"what": c.what, "database": str(c.database), "ledger": str(c.ledger), "equal": c.equal}
                for c in self.checks
            ],
            "equal": all(check.equal for check in self.checks),
        }
