"""Every page of the console that is photographed and looked over: who opens it, and where. One line a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from people import Person

Who = Literal["nobody", "newcomer", "investor", "seller", "debtor", "admin"]


@dataclass
class Scene:
    """People, and invoices in every state, by the ids that pages take."""

    people: dict[Who, Person]
    open_id: str
    offer_id: str
    funded_id: str
    settled_id: str
    invoice_id: str
    """The row of an invoice of the seller's that the debtor owes."""
    paper_id: str
    """One on paper, read and not confirmed yet."""
    quoted_id: str
    draft_id: str
    """A transaction that waits for the investor's signature."""
    tx_hash: str
    ledger: int
    escrow: str


@dataclass(frozen=True)
class Screen:
    """`wait`: a text that is there once the page is whole."""

    name: str
    who: Who
    path: Callable[[Scene], str]


PAGES: tuple[Screen, ...] = (
    Screen("landing", "nobody", lambda _: "/"),
    Screen("demo", "nobody", lambda _: "/demo"),
    Screen("login", "nobody", lambda _: "/login"),
    Screen("market", "nobody", lambda _: "/market"),
    Screen("market-table", "nobody", lambda _: "/market?view=table&sort=yield"),
    Screen("market-empty", "nobody", lambda _: "/market?grade=E"),
    Screen("invoice", "investor", lambda scene: f"/market/{scene.open_id}"),
    Screen("invoice-settled", "nobody", lambda scene: f"/market/{scene.settled_id}"),
    Screen("portfolio", "investor", lambda _: "/portfolio"),
    Screen("portfolio-empty", "newcomer", lambda _: "/portfolio"),
    Screen("shares", "newcomer", lambda _: "/shares"),
    Screen("shares-mine", "investor", lambda _: "/shares?sort=cheapest"),
    Screen("share-offer", "newcomer", lambda scene: f"/shares/{scene.offer_id}"),
    Screen("position", "investor", lambda scene: f"/portfolio/{scene.funded_id}"),
    Screen("signing", "investor", lambda scene: f"/transactions/{scene.draft_id}"),
    Screen("account", "investor", lambda _: "/account"),
    Screen("account-new", "newcomer", lambda _: "/account"),
    Screen("seller", "seller", lambda _: "/invoices"),
    Screen("seller-new", "newcomer", lambda _: "/invoices"),
    Screen("seller-review", "seller", lambda scene: f"/invoices/{scene.paper_id}/review"),
    Screen("seller-price", "seller", lambda scene: f"/invoices/{scene.quoted_id}"),
    Screen("seller-repaid", "seller", lambda scene: f"/invoices/{scene.invoice_id}"),
    Screen("desk", "admin", lambda _: "/desk"),
    Screen("desk-people", "admin", lambda _: "/desk/kyc?status=approved"),
    Screen("desk-invoices", "admin", lambda _: "/desk/invoices?queue=repaying"),
    Screen("desk-invoice", "admin", lambda scene: f"/desk/invoices/{scene.paper_id}"),
    Screen("desk-customers", "admin", lambda _: "/desk/debtors"),
    Screen("desk-prices", "admin", lambda _: "/desk/prices"),
    Screen("desk-settlements", "admin", lambda _: "/desk/settlements"),
    Screen("desk-overdue", "admin", lambda _: "/desk/overdue"),
    Screen("desk-disputes", "admin", lambda _: "/desk/disputes"),
    Screen("desk-changes", "admin", lambda _: "/desk/changes"),
    Screen("desk-operation", "admin", lambda _: "/desk/operation"),
    Screen("notices", "seller", lambda _: "/notices"),
    Screen("inbox", "seller", lambda _: "/inbox"),
    Screen("bills", "debtor", lambda _: "/bills"),
    Screen("bill", "debtor", lambda scene: f"/bills/{scene.invoice_id}"),
    Screen("explorer", "nobody", lambda _: "/explorer"),
    Screen("explorer-ledger", "nobody", lambda scene: f"/explorer/ledgers/{scene.ledger}"),
    Screen("explorer-transaction", "nobody", lambda scene: f"/explorer/transactions/{scene.tx_hash}"),
    Screen("explorer-contract", "nobody", lambda scene: f"/explorer/contracts/{scene.escrow}"),
    Screen("error", "nobody", lambda _: "/market/" + "ab" * 32),
)
