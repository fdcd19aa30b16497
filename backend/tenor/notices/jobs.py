"""Worker entry of notices: an id in, one message out. Sends outside any transaction, at least once."""

from uuid import UUID

from tenor.db import Maker, transaction
from tenor.logs import log
from tenor.notices import flows
from tenor.notices.rules import message
from tenor.world import World


async def send(maker: Maker, world: World, delivery_id: UUID) -> None:
    """Send one due message, if it still is due."""
    async with transaction(maker) as session:
        due = await flows.take(session, world, delivery_id)
    if due is None:
        return
    mail = message(sender=world.sender.address, to=due.to, title=due.title, body=due.body)
    try:
        await world.sender.send(mail)
    except OSError as error:  # smtplib's own errors are OSErrors too
        log.warning("mail_not_sent", delivery_id=str(delivery_id), error=type(error).__name__)
        async with transaction(maker) as session:
            await flows.not_sent(session, world, delivery_id, f"{type(error).__name__}: {error}")
        return
    async with transaction(maker) as session:
        await flows.sent(session, delivery_id)
