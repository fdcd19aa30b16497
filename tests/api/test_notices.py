"""The outbox: what is told leaves once for those who want it, is tried again when it does not, and stays text."""

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from people import LogIn, MovableClock, Person
from sqlalchemy import select, text

from tenor.db import Maker, transaction
from tenor.notices import flows, jobs
from tenor.notices.models import Delivery
from tenor.notices.rules import RETRY_SECONDS, EmailInvalid, email_address, message, next_attempt
from tenor.world import World


async def tell(database: Maker, person: Person) -> None:
    account = UUID((await person.get("/v1/me")).json()["id"])
    async with transaction(database) as session:
        await flows.notify(
            session,
            account_id=account,
            key="k",
            kind="invoice_funded",
            subject="i",
            title="Funded",
            body="All of it.",
        )


async def sweep(database: Maker, world: World) -> int:
    """What the worker does every few seconds."""
    async with transaction(database) as session:
        due = await flows.due_ids(session, world.clock.now())
    for delivery_id in due:
        await jobs.send(database, world, delivery_id)
    return len(due)


def mailbox(tmp_path: Path) -> list[EmailMessage]:
    found = sorted((tmp_path / "inbox").glob("*.eml"))
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in found]  # type: ignore[misc]


async def test_mail_goes_to_those_who_asked_for_it(
    log_in: LogIn, database: Maker, world: World, tmp_path: Path
) -> None:
    person, quiet = await log_in(), await log_in()
    assert (await person.put("/v1/me/contact", json={"email": "ada@example.org"})).status_code == 204
    await tell(database, person)
    await tell(database, quiet)
    assert await sweep(database, world) == 1
    assert await sweep(database, world) == 0
    (mail,) = mailbox(tmp_path)
    assert (mail["To"], mail["Subject"], mail.get_content().strip()) == ("ada@example.org", "Funded", "All of it.")


async def test_the_address_is_sealed_and_can_be_taken_back(log_in: LogIn, database: Maker, world: World) -> None:
    person = await log_in()
    await person.put("/v1/me/contact", json={"email": "ada@example.org"})
    async with transaction(database) as session:
        sealed = await session.scalar(text("SELECT sealed_email FROM contact"))
        assert b"ada" not in bytes(sealed)  # type: ignore[arg-type]
    await tell(database, person)
    await person.put("/v1/me/contact", json={"email": None})
    await sweep(database, world)
    async with transaction(database) as session:
        assert (await session.scalars(select(Delivery.status))).all() == ["unwanted"]


async def test_p131_a_job_run_twice_sends_once(log_in: LogIn, database: Maker, world: World, tmp_path: Path) -> None:
    person = await log_in()
    await person.put("/v1/me/contact", json={"email": "ada@example.org"})
    await tell(database, person)
    async with transaction(database) as session:
        (delivery,) = await flows.due_ids(session, world.clock.now())
    for _ in range(2):
        await jobs.send(database, world, delivery)
    assert len(mailbox(tmp_path)) == 1


class Refusing:
    address = "tenor@localhost"

    async def send(self, message: EmailMessage) -> None:
        raise ConnectionRefusedError("nobody listens")


async def test_a_server_that_refuses_is_tried_again_then_given_up(
    log_in: LogIn, database: Maker, world: World, clock: MovableClock
) -> None:
    person = await log_in()
    await person.put("/v1/me/contact", json={"email": "ada@example.org"})
    await tell(database, person)
    broken = replace(world, sender=Refusing())
    for wait in (0, *RETRY_SECONDS):
        clock.ahead += wait
        assert await sweep(database, broken) == 1
        assert await sweep(database, broken) == 0, "not before its time"
    async with transaction(database) as session:
        (delivery,) = (await session.scalars(select(Delivery))).all()
        assert (delivery.status, delivery.attempts) == ("failed", len(RETRY_SECONDS) + 1)
        assert "nobody listens" in str(delivery.error)


def test_waits_grow_and_end() -> None:
    waits = [next_attempt(attempts, 1000) for attempts in range(1, len(RETRY_SECONDS) + 2)]
    assert waits == [1000 + seconds for seconds in RETRY_SECONDS] + [None]


def test_p090_a_hostile_name_stays_text() -> None:
    mail = message(sender="a@b", to="c@d.e", title="Hi\r\nBcc: x@y.z", body="<script>alert(1)</script>")
    assert mail["Bcc"] is None
    assert mail.get_content_type() == "text/plain"
    assert mail["Subject"] == "Hi Bcc: x@y.z"


@pytest.mark.parametrize(
    "text", ["", "a", "a@b", "a b@c.de", "a@b.de,c@d.ef", "A <a@b.de>", "a@b.de\nBcc: x", "a@@b.de"]
)
def test_addresses_that_are_none(text: str) -> None:
    with pytest.raises(EmailInvalid):
        email_address(text)


async def test_unread_notices_are_counted_and_read_at_once(log_in: LogIn, database: Maker) -> None:
    person, other = await log_in(), await log_in()
    await tell(database, person)
    await tell(database, other)
    assert (await person.get("/v1/notices/unread")).json() == {"count": 1}
    assert (await person.put("/v1/notices/read")).status_code == 204
    assert (await person.get("/v1/notices/unread")).json() == {"count": 0}
    assert (await other.get("/v1/notices/unread")).json() == {"count": 1}


async def test_a_topic_can_be_kept_out_of_the_mail(log_in: LogIn, database: Maker, world: World) -> None:
    person = await log_in()
    assert (await person.put("/v1/me/contact", json={"email": "ada@example.org"})).status_code == 204
    before = (await person.get("/v1/notices/preferences")).raise_for_status().json()
    topics = ["verification", "invoices", "payouts", "settlements", "operation"]
    assert before == {"email": "ada@example.org", "topics": dict.fromkeys(topics, True)}
    wanted = [topic for topic in topics if topic != "invoices"]
    assert (await person.put("/v1/notices/preferences", json={"topics": wanted})).status_code == 204
    assert (await person.get("/v1/notices/preferences")).json()["topics"]["invoices"] is False
    await tell(database, person)
    assert await sweep(database, world) == 0
    assert (await person.get("/v1/notices/unread")).json() == {"count": 1}
    assert (await person.put("/v1/notices/preferences", json={"topics": ["everything"]})).status_code == 400
