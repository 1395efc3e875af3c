"""A customer's message out of the JSON of an update, when nothing else can read it."""

from collections.abc import Mapping
from typing import Final

from bot.desk.questions import Message, Sender
from handlers.chat.api import as_number, as_object
from handlers.chat.reading import address_of

_UNREADABLE: Final = "unreadable"


def message_of_raw(update: Mapping[str, object]) -> Message | None:
    """Return what a customer said in private, as far as it can be told; None for all else.

    The library refuses an update as a whole when one field is not as it expects. A person can still
    read the message, which Telegram copies by its number.
    """
    edited = as_object(update.get("edited_message"))
    message = as_object(update.get("message")) or edited
    chat, asker = as_object(message.get("chat")), as_object(message.get("from"))
    numbers = [as_number(place.get("id")) for place in (chat, asker)]
    reference = as_number(message.get("message_id"))
    if chat.get("type") != "private" or not all((*numbers, reference)):
        return None
    text = message.get("text") or message.get("caption")
    names = (asker.get("first_name"), asker.get("last_name"))
    return Message(
        address=address_of(numbers[0]),
        sender=Sender(
            identity=str(numbers[1]),
            name=" ".join(name for name in names if isinstance(name, str)),
            client_language=str(asker.get("language_code") or ""),
        ),
        reference=str(reference),
        text=text if isinstance(text, str) else "",
        attachment="" if text else _UNREADABLE,
        edited=bool(edited),
    )
