"""Telegram's messages and people as the desk knows them."""

from collections.abc import Sequence

from telegram import Message as TelegramMessage
from telegram import Update, User

from bot.desk.conversation import Address
from bot.desk.desk import Also
from bot.desk.mail import StaffMessage
from bot.desk.ports import UnitOfWork
from bot.desk.questions import Message, Sender
from bot.desk.relay import is_note
from bot.desk.ticket import Staff
from handlers.chat.letters import DOOR
from handlers.chat.relay.content import attachment_of, content_of, source_of


def address_of(chat: int) -> Address:
    """Return where a private conversation takes place."""
    return Address(door=DOOR, chat=str(chat))


def sender_of(user: User) -> Sender:
    """Return a customer as the desk knows them."""
    return Sender(
        identity=str(user.id), name=user.full_name, client_language=user.language_code or ""
    )


def question_of(
    message: TelegramMessage, parts: Sequence[TelegramMessage] = (), continues: int = 0
) -> Message:
    """Return a customer's message, or an album by its parts; see ``source_of``."""
    if message.from_user is None:
        text = "a private message has no sender"
        raise ValueError(text)
    late = continues and continues != message.message_id
    source = source_of(message, parts)
    if late:
        source["reply"] = {"chat": str(message.chat_id), "message": str(continues), "text": ""}
    return Message(
        address=address_of(message.chat_id),
        sender=sender_of(message.from_user),
        reference=str(message.message_id),
        text=_said(parts or (message,)),
        attachment=attachment_of(message),
        stamp=f"{message.edit_date.timestamp():.0f}" if message.edit_date else "",
        continues=str(continues) if late else "",
        source=source,
    )


def staff_of(message: TelegramMessage) -> Staff:
    """Return who wrote in the staff group; administrators may write in the group's name."""
    if message.sender_chat is not None:
        chat = message.sender_chat
        name = message.author_signature or chat.effective_name or ""
        return Staff(identity=str(chat.id), name=name)
    if message.from_user is None:
        text = "a message in the staff group has no sender"
        raise ValueError(text)
    return staff_named(message.from_user)


def staff_named(user: User) -> Staff:
    """Return a member of staff."""
    return Staff(identity=str(user.id), name=user.full_name)


def reply_of(
    message: TelegramMessage, parts: Sequence[TelegramMessage] = (), continues: int = 0
) -> StaffMessage:
    """Return what staff wrote in a topic, so that it can be passed on as it is."""
    staff = staff_of(message)
    late = continues and continues != message.message_id
    source = source_of(message, parts)
    if late:
        source["reply"] = {"chat": str(message.chat_id), "message": str(continues), "text": ""}
    return StaffMessage(
        author=staff.identity,
        name=staff.name,
        reference=str(message.message_id),
        text=_said(parts or (message,)) or f"[{source['kind']}]",
        source=source,
        parts=tuple(str(part.message_id) for part in parts),
        continues=str(continues) if late else "",
    )


def _said(messages: Sequence[TelegramMessage]) -> str:
    """Return the texts of an album as one; where one of them is a note, it comes first."""
    said = [message.text or message.caption or "" for message in messages]
    return "\n".join(sorted(filter(None, said), key=lambda text: not is_note(text)))


def remembering(messages: Sequence[TelegramMessage], *, also: Also) -> Also:
    """Return ``also``, and what keeps what the messages say, so that a change of it is seen."""
    contents = [content_of(message) for message in messages]

    def keep(unit: UnitOfWork) -> None:
        for content in contents:
            unit.relay.keep_digest(content.place, content.digest)
        if also is not None:
            also(unit)

    return keep


def message_in(update: Update) -> TelegramMessage:
    """Return the message of an update that is routed by having one."""
    message = update.effective_message
    if message is None:
        text = f"update {update.update_id} has no message"
        raise ValueError(text)
    return message
