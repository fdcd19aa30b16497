"""Which pages the sidebar offers to whom, in order. Grants nothing: each page and each call checks for itself."""

from dataclasses import dataclass

from tenor.kernel.actor import Actor, Role

EVERYBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """`text`: key of its name; `icon`: a symbol of templates/icons.svg; `roles`: empty for everybody."""

    path: str
    text: str
    icon: str
    roles: frozenset[Role] = EVERYBODY
    logged_in: bool = False
    local_only: bool = False


ENTRIES: tuple[Entry, ...] = (
    Entry("/market", "shell.nav.market", "market"),
    Entry("/shares", "shell.nav.shares", "share"),
    Entry("/portfolio", "shell.nav.portfolio", "portfolio", logged_in=True),
    Entry("/invoices", "shell.nav.invoices", "seller", logged_in=True),
    Entry("/bills", "shell.nav.bills", "bill", logged_in=True),
    Entry("/desk", "shell.nav.desk", "desk", roles=frozenset({Role.ADMIN, Role.OPERATOR})),
    Entry("/account", "shell.nav.account", "account", logged_in=True),
    Entry("/explorer", "shell.nav.explorer", "explorer", local_only=True),
)


def offered(actor: Actor | None, *, local: bool) -> list[Entry]:
    return [
        entry
        for entry in ENTRIES
        if (local or not entry.local_only)
        and (actor is not None or not (entry.logged_in or entry.roles))
        and (not entry.roles or (actor is not None and actor.has(*entry.roles)))
    ]
