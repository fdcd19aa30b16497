"""Who somebody is and what may become of his details, decided purely. Reads no clock, no ledger, no session."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stellar_sdk import MuxedAccount, StrKey, xdr
from stellar_sdk.sep.ed25519_public_key_signer import Ed25519PublicKeySigner

from tenor.kernel.actor import Role
from tenor.kernel.errors import Conflict, Invalid, NotAllowed
from tenor.kernel.state import Machine

Decision = Literal["approve", "reject", "revoke"]

KYC = Machine(
    name="KYC submission",
    start="submitted",
    moves={
        "approve": (frozenset({"submitted"}), "approved"),
        "reject": (frozenset({"submitted"}), "rejected"),
        "revoke": (frozenset({"approved"}), "revoked"),
    },
)
KYC_OPEN = ("submitted", "approved")
"""While one of these stands, no other submission of the account is taken."""

MEMO_MAX = 2**64 - 1
EARNED = frozenset({Role.SELLER, Role.INVESTOR})
"""Roles that an approved KYC gives; the others are given by an admin alone."""


class AccountInvalid(Invalid):
    status = 400


class MemoInvalid(Invalid):
    status = 400


class SharedAccount(NotAllowed):
    """Contracts know addresses, not memos: what one customer of a pooled account may do, all could."""


class OwnKyc(NotAllowed):
    pass


class KycOpen(Conflict):
    pass


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a token speaks for (SEP-10 `sub`): an account, one of its muxed ids, or one of its memos.

    `address` is always the G... account that signs; two memos of one account are two users (P80).
    """

    address: str
    muxed: str | None = None
    memo: int | None = None

    def __str__(self) -> str:
        return self.muxed or (self.address if self.memo is None else f"{self.address}:{self.memo}")

    @property
    def shared(self) -> bool:
        return self.muxed is not None or self.memo is not None


def subject_of(account: str, memo: str | None) -> Subject:
    """From the parameters of a challenge. A memo is a 64-bit number and goes with a G... account only (SEP-10)."""
    if StrKey.is_valid_med25519_public_key(account):
        if memo is not None:
            raise MemoInvalid("A muxed account (M...) already names the user: leave `memo` out.")
        return Subject(MuxedAccount.from_account(account).account_id, muxed=account)
    if not StrKey.is_valid_ed25519_public_key(account):
        raise AccountInvalid("`account` must be a Stellar account (G... or M...) with a correct checksum.")
    if memo is None:
        return Subject(account)
    if not re.fullmatch(r"0|[1-9][0-9]{0,19}", memo, re.ASCII) or int(memo) > MEMO_MAX:
        raise MemoInvalid(f"`memo` must be a number from 0 to {MEMO_MAX}.")
    return Subject(account, memo=int(memo))


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may speak for an account, and with what weight together: its medium threshold, which moves money (SEP-10)."""

    signers: tuple[Ed25519PublicKeySigner, ...]
    threshold: int


def authority_of(address: str, entry: xdr.LedgerEntryData | None) -> Authority:
    """As the ledger says now; an account that does not exist is its master key's (SEP-10)."""
    if entry is None or entry.account is None:
        return Authority((Ed25519PublicKeySigner(address, 1),), 1)
    account = entry.account
    master, _low, medium, _high = account.thresholds.thresholds
    found = [Ed25519PublicKeySigner(address, master)]
    for signer in account.signers:
        if signer.key.ed25519 is not None:
            key = StrKey.encode_ed25519_public_key(signer.key.ed25519.uint256)
            found.append(Ed25519PublicKeySigner(key, signer.weight.uint32))
    return Authority(tuple(signer for signer in found if signer.weight > 0), medium)


def granted_roles(wanted: Sequence[str]) -> frozenset[Role]:
    """What a submission may ask for: seller, investor or both."""
    roles = frozenset(Role(role) for role in wanted)
    if not roles or not roles <= EARNED:
        raise Invalid("Say what you want to be: seller, investor or both.", fields={"roles": "seller, investor"})
    return roles


def check_decider(decider: str, subject: str) -> None:
    """Nobody decides on himself."""
    if decider == subject:
        raise OwnKyc("Another admin must decide on your own details.")
