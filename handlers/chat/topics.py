"""Where tickets stand in the staff group: each has a topic, and only one.

Creating a topic cannot be repeated safely. But Telegram tells the bot of each topic it made, in an
update that waits until it is fetched; so a topic whose number we never heard is found again there.
"""

import logging
import re
from collections.abc import Mapping
from contextlib import suppress

from telegram.error import TelegramError

from bot.desk.conversation import Address
from bot.desk.ports import UnitOfWork
from bot.desk.ticket import Ticket
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door, Line
from handlers.chat.errors import Fate, judge
from handlers.chat.letters import CREATE_TOPIC, DOOR, OUTBOX, Tie, read_role
from knowledge.errors import DeskError, ThreadNotFound

_LOG = logging.getLogger(__name__)
_ECHO_CHECKS = 10
_ECHO_PAUSE = 0.5


def topic_key(chat: int, thread: int) -> str:
    """Return how a topic is written down: the group may be another one some day."""
    return f"{chat}/{thread}"


def thread_in(chat: int, topic: str) -> int:
    """Return the number of a topic in this group; 0 when it stands elsewhere or nowhere."""
    group, _, thread = topic.partition("/")
    return int(thread) if group == str(chat) and thread.isdigit() else 0


def group_in(topic: str) -> int:
    """Return the group that a topic stands in; 0 for a ticket without one."""
    group = topic.partition("/")[0]
    return int(group) if group.lstrip("-").isdigit() else 0


def topic_of(unit: UnitOfWork, message: Tie) -> str:
    """Return the topic that a message in a staff group stands in; "" when that is not known."""
    mirror = unit.links.find(message)
    if mirror is None:
        return ""
    place, number = mirror
    with suppress(DeskError):
        if place == f"{OUTBOX}outbox":
            ticket = as_number(unit.outbox.get(int(number)).payload.get("ticket"))
            return unit.tickets.get(ticket).topic if ticket else ""
        if place.startswith(OUTBOX):
            ticket, _ = read_role(mirror)
            return unit.tickets.get(ticket).topic if ticket else ""
        conversation = unit.conversations.at(Address(door=DOOR, chat=place))
        ticket_there = unit.tickets.current(conversation.id) if conversation else None
        return ticket_there.topic if ticket_there else ""
    return ""


def adopt_topic(unit: UnitOfWork, update: Mapping[str, object], *, bot_id: int) -> None:
    """Give a topic that the bot made to the ticket it was made for, if that has none yet."""
    message = as_object(update.get("message"))
    created = as_object(message.get("forum_topic_created"))
    if not created or as_number(as_object(message.get("from")).get("id")) != bot_id:
        return
    chat = as_number(as_object(message.get("chat")).get("id"))
    topic = topic_key(chat, as_number(message.get("message_thread_id")))
    if unit.tickets.at_topic(topic) is None:
        ticket = _named_in(unit, str(created.get("name")))
        if ticket is not None:
            unit.tickets.set_topic(ticket.id, topic)


def _named_in(unit: UnitOfWork, name: str) -> Ticket | None:
    """Return the ticket whose number stands first in the name of a topic, if it has no place."""
    number = re.search(r"\d{1,15}", name)
    if number is None:
        return None
    try:
        ticket = unit.tickets.get(int(number[0]))
    except ThreadNotFound:
        return None
    return None if ticket.topic else ticket


def _settle_place(unit: UnitOfWork, ticket: int, group: int, thread: int) -> int:
    """Give the ticket its new topic, unless an earlier one was found while it was made.

    The update about that one came late, and staff may have written there already.
    """
    known = thread_in(group, unit.tickets.get(ticket).topic)
    if not known:
        unit.tickets.set_topic(ticket, topic_key(group, thread))
    return known or thread


class Topics:
    """Finds and makes the topics of tickets."""

    def __init__(self, door: Door, line: Line, group: int) -> None:
        """Work in one group, where no other is named."""
        self._door = door
        self._line = line
        self._group = group

    async def find(self, ticket: int, *, group: int = 0) -> int:
        """Return the number of a ticket's topic in a group; 0 when it has none there."""
        return thread_in(group or self._group, await self._topic_of(ticket))

    async def ensure(self, ticket: int, *, group: int = 0) -> int:
        """Return the number of a ticket's topic, which is made if there is none; errors pass."""
        group = group or self._group
        # What was made just before the last process ended must be known first.
        await self._line.caught_up.wait()
        topic = await self._topic_of(ticket)
        if topic and not self._door.settings.is_staff(group_in(topic)):
            # A group that moved, or is no staff group any more, cannot be written to.
            await self.forget(ticket)
        elif thread := thread_in(group, topic):
            return thread
        await self._line.limiter.take(self._door.transact, group)
        try:
            thread = await self._create(ticket, group)
        except TelegramError as error:
            if judge(error).fate is not Fate.UNKNOWN:
                raise
            thread = await self._await_echo(ticket, group)
            if not thread:
                raise
        known = await self._door.transact(lambda unit: _settle_place(unit, ticket, group, thread))
        if known != thread:
            # It is not removed: somebody may have written there, and is told that it is no place.
            _LOG.warning("ticket %d has topic %d; topic %d is left over", ticket, known, thread)
        return known

    async def _topic_of(self, ticket: int) -> str:
        return await self._door.transact(lambda unit: unit.tickets.get(ticket).topic)

    async def forget(self, ticket: int) -> None:
        """The topic was deleted: the ticket has none, and its card must be shown again."""
        _LOG.warning("the topic of ticket %d is gone; it gets a new one", ticket)
        await self._door.transact(lambda unit: self._forget(unit, ticket))

    def _forget(self, unit: UnitOfWork, ticket: int) -> None:
        unit.tickets.set_topic(ticket, "")
        found = unit.tickets.get(ticket)
        conversation = unit.conversations.get(found.conversation)
        drafts = self._door.composer.case_opened(conversation, found)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket)

    async def _create(self, ticket: int, group: int) -> int:
        parameters = await self._door.transact(lambda unit: self._draft(unit, ticket))
        result = await self._line.api(CREATE_TOPIC, {"chat_id": group, **parameters})
        thread = as_number(as_object(result).get("message_thread_id"))
        self._line.boxes.note(group, thread)
        return thread

    def _draft(self, unit: UnitOfWork, ticket: int) -> Mapping[str, object]:
        found = unit.tickets.get(ticket)
        conversation = unit.conversations.get(found.conversation)
        first = self._door.composer.case_opened(conversation, found)[0]
        return as_object(first.payload["parameters"])

    async def _await_echo(self, ticket: int, group: int) -> int:
        """Nobody answered whether the topic was made; the update about it would come soon."""
        for _ in range(_ECHO_CHECKS):
            await self._line.sleep(_ECHO_PAUSE)
            if thread := await self.find(ticket, group=group):
                return thread
        return 0
