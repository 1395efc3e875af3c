"""Telegram's messages and people as the desk knows them."""

from typing import Final

from telegram import Message as TelegramMessage
from telegram import Update, User

from bot.desk.conversation import Address
from bot.desk.mail import StaffMessage
from bot.desk.questions import Message, Sender
from bot.desk.ticket import Staff
from handlers.chat.letters import DOOR

# An animation is a document too, and a venue has a location: the particular one comes first.
_ATTACHMENTS: Final = (
    "animation",
    "photo",
    "video",
    "video_note",
    "voice",
    "audio",
    "sticker",
    "document",
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "checklist",
    "paid_media",
    "invoice",
    "giveaway",
)


def address_of(chat: int) -> Address:
    """Return where a private conversation takes place."""
    return Address(door=DOOR, chat=str(chat))


def sender_of(user: User) -> Sender:
    """Return a customer as the desk knows them."""
    return Sender(
        identity=str(user.id), name=user.full_name, client_language=user.language_code or ""
    )


def question_of(message: TelegramMessage) -> Message:
    """Return a customer's message."""
    if message.from_user is None:
        text = "a private message has no sender"
        raise ValueError(text)
    return Message(
        address=address_of(message.chat_id),
        sender=sender_of(message.from_user),
        reference=str(message.message_id),
        text=message.text or message.caption or "",
        attachment=attachment_of(message),
    )


def attachment_of(message: TelegramMessage) -> str:
    """Return what kind of thing came with a message; "" for none."""
    return next((kind for kind in _ATTACHMENTS if getattr(message, kind, None)), "")


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


def reply_of(message: TelegramMessage) -> StaffMessage:
    """Return what staff wrote in a topic, so that it can be passed on as it is."""
    staff = staff_of(message)
    kind = attachment_of(message)
    source = {
        "chat": message.chat_id,
        "message": message.message_id,
        "kind": kind or "text",
        "entities": [entity.to_dict() for entity in message.entities],
    }
    said = message.text or message.caption or ""
    return StaffMessage(
        author=staff.identity,
        name=staff.name,
        reference=str(message.message_id),
        text=said or f"[{kind}]",
        source=source,
    )


def message_in(update: Update) -> TelegramMessage:
    """Return the message of an update that is routed by having one."""
    message = update.effective_message
    if message is None:
        text = f"update {update.update_id} has no message"
        raise ValueError(text)
    return message
