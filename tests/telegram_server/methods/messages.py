"""Sending text, chat actions and drafts."""

from tests.telegram_server import errors
from tests.telegram_server.methods.composition import (
    TEXT_LIMIT,
    deliver,
    find_place,
    find_thread,
    read_formatted,
    read_markup,
    read_text,
)
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.shapes import JsonObject, utf16_length
from tests.telegram_server.state import ActionShown, Content, DraftFrame

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@method("sendMessage")
def send_message(call: Call) -> JsonObject:
    """Send a text."""
    place = find_place(call)
    formatted = read_text(call)
    markup = read_markup(call)
    return deliver(call, place, Content(formatted.text, formatted.entities, markup=markup))


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    """Show "typing…"."""
    chat = call.open_chat()
    thread_id = find_thread(call, chat)
    action = str(call.get("action"))
    if action not in _ACTIONS:
        text = "wrong parameter action in request"
        raise errors.bad_request(text)
    chat.actions.append(ActionShown(action, call.server.clock.now(), thread_id))
    return True


@method("sendMessageDraft")
def send_message_draft(call: Call) -> bool:
    """Show a part of a message that is still being written."""
    chat = call.open_chat()
    if not chat.is_private:
        text = "message drafts can be sent only to private chats"
        raise errors.bad_request(text)
    thread_id = find_thread(call, chat)
    draft_id = int(call.get("draft_id"))
    if draft_id == 0:
        text = "draft_id must be non-zero"
        raise errors.bad_request(text)
    formatted = read_formatted(call, "text", "entities")
    if utf16_length(formatted.text) > TEXT_LIMIT:
        raise errors.bad_request(errors.TEXT_TOO_LONG)
    chat.drafts.append(DraftFrame(draft_id, formatted.text, call.server.clock.now(), thread_id))
    return True
