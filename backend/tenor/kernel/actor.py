"""Who asks. Set by the middleware from a verified token, handed to flows; never read from a request body."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tenor.kernel.errors import NotAllowed


class Role(StrEnum):
    SELLER = "seller"
    INVESTOR = "investor"
    ADMIN = "admin"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """`account_id`: row of the account; `address`: the wallet that proved itself (G... or C...)."""

    account_id: UUID
    address: str
    roles: frozenset[Role]

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def require(self, *roles: Role) -> None:
        if not self.has(*roles):
            needed = " or ".join(roles)
            raise NotAllowed(f"This needs the role {needed}; {self.address} does not have it.")
