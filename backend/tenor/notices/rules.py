"""When a message that did not leave is tried again, decided purely. Reads no clock."""

from email.message import EmailMessage
from typing import Literal

from tenor.kernel.errors import Invalid

RETRY_SECONDS = (30, 300, 1_800, 7_200, 36_000)
EMAIL_CHARACTERS_MAX = 254
Topic = Literal["verification", "invoices", "payouts", "settlements", "operation"]
TOPICS: tuple[Topic, ...] = ("verification", "invoices", "payouts", "settlements", "operation")
"""What people may turn off by e-mail. Every kind of notice belongs to one."""
_TOPIC_OF_PREFIX: dict[str, Topic] = {
    "kyc": "verification",
    "payout": "payouts",
    "settlement": "settlements",
    "reconciliation": "operation",
}


class EmailInvalid(Invalid):
    pass


def next_attempt(attempts: int, now: int) -> int | None:
    """When to try again after `attempts` failures (Unix seconds); None when it is time to give up."""
    return now + RETRY_SECONDS[attempts - 1] if attempts <= len(RETRY_SECONDS) else None


def topic_of(kind: str) -> Topic:
    """The topic of a kind such as `payout_deferred`; what has no topic of its own is about an invoice."""
    return _TOPIC_OF_PREFIX.get(kind.partition("_")[0], "invoices")


def email_address(text: str) -> str:
    """As given, if it is one plain address: no display name, no list, no line break."""
    local, _, domain = text.rpartition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(' ,;:<>()[]\\"')
    if not (plain and local and "." in domain and len(text) <= EMAIL_CHARACTERS_MAX) or "@" in local:
        raise EmailInvalid("Give one plain e-mail address, such as name@example.org.", fields={"email": "address"})
    return text


def message(*, sender: str, to: str, title: str, body: str) -> EmailMessage:
    """Plain text, so that a hostile name stays text (P90); line breaks cannot reach a header."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, " ".join(title.split())
    made.set_content(body)
    return made
