"""What can be done about a refusal, once for each kind of it."""

import logging
from dataclasses import replace
from typing import Final

from telegram.error import TelegramError

from handlers.chat.addressing import Letter
from handlers.chat.api import as_object
from handlers.chat.context import Door, Line
from handlers.chat.errors import Fate
from handlers.chat.letters import WARNING, read_tie, read_ties
from handlers.chat.topics import Topics

_LOG = logging.getLogger(__name__)

REPEATS: Final = 5
"""How often a call is repeated that fails in the same way."""

_KEPT_WHEN_PLAIN: Final = frozenset(
    {"chat_id", "message_id", "message_thread_id", "reply_markup", "link_preview_options"}
)


class Remedies:
    """Mends letters and topics."""

    def __init__(self, door: Door, line: Line, topics: Topics) -> None:
        """Use the line for what has to be done before the letter can go."""
        self._door = door
        self._line = line
        self._topics = topics

    async def mend(self, letter: Letter, fate: Fate) -> Letter | None:
        """Return the letter in a form that may be accepted; None when there is no other."""
        if fate in letter.remedied:
            return None
        letter = replace(letter, remedied=letter.remedied | {fate})
        match fate:
            case Fate.REPLY if "reply_parameters" in letter.parameters:
                return _without_reply(letter)
            case Fate.MARKUP if letter.plain:
                return _as_plain_text(letter)
            case Fate.REFUSED if letter.method == "copyMessage" and letter.ticket and letter.plain:
                # The text was deleted before it was copied; what it said is known.
                return replace(_as_plain_text(letter), method="sendMessage")
            case Fate.TOPIC_CLOSED if "message_thread_id" in letter.parameters:
                await self._reopen(letter)
                return letter
            case _:
                return None

    async def renew_topic(self, letter: Letter) -> bool:
        """Let go of a topic that was deleted.

        A ticket that is closed needs no new one, unless a customer wrote before it was closed or
        did not get what was sent to them: staff have not seen that yet.
        """
        ticket = letter.ticket
        if not ticket or letter.row.silent or letter.row.attempts >= REPEATS:
            return False
        found = await self._door.transact(lambda unit: unit.tickets.get(ticket))
        if not (found.state.open or _is_customers(letter) or letter.row.payload.get(WARNING)):
            return False
        await self._topics.forget(ticket)
        return True

    async def _reopen(self, letter: Letter) -> None:
        thread = letter.parameters["message_thread_id"]
        await self._line.limiter.take(self._door.transact, letter.chat)
        try:
            place = {"chat_id": letter.chat, "message_thread_id": thread}
            await self._line.api("reopenForumTopic", place)
        except TelegramError as error:
            # The message itself will be refused again, and that is then told.
            _LOG.warning("a topic cannot be reopened: %s", error)


def _is_customers(letter: Letter) -> bool:
    """Whether it shows staff what a customer wrote: groups have negative numbers."""
    payload = letter.row.payload
    ties = [read_tie(payload, "mirrors"), *read_ties(payload, "mirrors_each")]
    return any(tie is not None and tie[0].isdigit() for tie in ties)


def _without_reply(letter: Letter) -> Letter:
    """Let go of the quotation, and when that was not it, of the reply."""
    reply = as_object(letter.parameters["reply_parameters"])
    kept = {key: value for key, value in letter.parameters.items() if key != "reply_parameters"}
    if "quote" in reply:
        # It may be tried once more without the reply.
        bare = {"message_id": reply["message_id"]}
        remedied = letter.remedied - {Fate.REPLY}
        return replace(letter, parameters={**kept, "reply_parameters": bare}, remedied=remedied)
    return replace(letter, parameters=kept)


def _as_plain_text(letter: Letter) -> Letter:
    """Let go of markup, and of a quotation, which may hold some; not of what it replies to."""
    kept = {key: value for key, value in letter.parameters.items() if key in _KEPT_WHEN_PLAIN}
    reply = as_object(letter.parameters.get("reply_parameters"))
    if "message_id" in reply:
        # Of several messages that were not sent, staff must see which one is meant.
        kept["reply_parameters"] = {"message_id": reply["message_id"]}
    return replace(letter, parameters={**kept, "text": letter.plain})
