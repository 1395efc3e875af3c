"""Texts as calls: one ``sendMessage`` for each part that fits a message."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft
from handlers.chat.buttons import Markup
from handlers.chat.letters import FOLD, OUTBOX, WARNING, to_chat, to_topic
from handlers.chat.render import render_text
from handlers.chat.rich_text import RichText

Parameters = dict[str, object]


def message_parameters(
    parts: Sequence[RichText], markup: Markup | None = None
) -> list[tuple[Parameters, str]]:
    """Return the parameters and the plain text of each part; only the last has the buttons."""
    messages: list[tuple[Parameters, str]] = []
    for part in parts:
        parameters: Parameters = {
            "text": part.html,
            "parse_mode": "HTML",
            # Several sources would show one preview, of the first, larger than the answer.
            "link_preview_options": {"is_disabled": True},
        }
        messages.append((parameters, part.text))
    if messages and markup:
        messages[-1][0]["reply_markup"] = markup
    return messages


def customer_text(chat: str, text: str, markup: Markup | None = None) -> list[Draft]:
    """Write plain words to a customer."""
    return [
        to_chat(chat, "sendMessage", parameters, extra={"plain": plain})
        for parameters, plain in message_parameters(render_text(text), markup)
    ]


def topic_text(ticket: int, text: str, markup: Markup | None = None) -> list[Draft]:
    """Write plain words to staff, in a ticket's topic."""
    return [
        to_topic(ticket, "sendMessage", parameters, extra={"plain": plain, FOLD: plain})
        for parameters, plain in message_parameters(render_text(text), markup)
    ]


def warning_text(ticket: int, text: str) -> list[Draft]:
    """Write to staff that somebody did not get something: they learn it in an ended case, too."""
    drafts = topic_text(ticket, f"⚠️ {text}")
    return [replace(draft, payload={**draft.payload, WARNING: True}) for draft in drafts]


def reading_language(conversation: Conversation) -> str:
    """Return the language to write to a customer in when there is no answer to go by."""
    customer = conversation.customer
    return customer.language or conversation.language or customer.client_language


def to_thread(chat: int, thread: int, text: str) -> list[Draft]:
    """Write to a topic that need not belong to a ticket; 0 is the general one, of everybody."""
    place = {"chat_id": chat, **({"message_thread_id": thread} if thread else {})}
    return [
        Draft(
            queue=f"{OUTBOX}topic:{chat}/{thread}",
            method="sendMessage",
            payload={"parameters": {**place, **parameters}, "plain": plain},
        )
        for parameters, plain in message_parameters(render_text(text))
    ]
