"""Which message numbers are taken.

Telegram numbers messages one by one: over all private chats of a bot together, and within each
supergroup. What we have seen of these numbers bounds where a message of ours can have ended up.
"""

from collections import defaultdict
from collections.abc import Mapping

from handlers.chat.api import as_number, as_object

_KEPT = 2000


def box_of(chat: int) -> str:
    """Return which series of numbers a chat uses."""
    return "private" if chat > 0 else str(chat)


class MessageBoxes:
    """The numbers seen by this process, received or sent."""

    def __init__(self) -> None:
        """Know nothing."""
        self._seen: defaultdict[str, set[int]] = defaultdict(set)
        self._highest: defaultdict[str, int] = defaultdict(int)

    def note(self, chat: int, message: int) -> None:
        """A message with this number exists."""
        box = box_of(chat)
        seen = self._seen[box]
        seen.add(message)
        self._highest[box] = max(self._highest[box], message)
        if len(seen) > _KEPT:
            self._seen[box] = set(sorted(seen)[_KEPT // 2 :])

    def observe(self, update: Mapping[str, object]) -> None:
        """Note every message that an update speaks of.

        A pressed button stands under a message of ours, which may be the very one whose arrival
        nobody confirmed: its number is known to be taken, but not by another message.
        """
        pressed = as_object(update.get("callback_query")).get("message")
        for found in (update.get("message"), update.get("edited_message"), pressed):
            message = as_object(found)
            chat = as_number(as_object(message.get("chat")).get("id"))
            number = as_number(message.get("message_id"))
            if chat and number and found is not pressed:
                self.note(chat, number)
            elif chat and number:
                box = box_of(chat)
                self._highest[box] = max(self._highest[box], number)

    def highest(self, chat: int) -> int:
        """The highest number known in the chat's box; 0 when nothing is."""
        return self._highest[box_of(chat)]

    def seen(self, chat: int, message: int) -> bool:
        """Whether this number is known to be another message's."""
        return message in self._seen[box_of(chat)]
