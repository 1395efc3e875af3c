"""Deleting and pinning messages."""

from tests.telegram_server import errors
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.methods.topics import find_topic
from tests.telegram_server.posting import add_service_message
from tests.telegram_server.shapes import DAY
from tests.telegram_server.state import Chat, Message
from tests.telegram_server.wire import describe_message

_DELETABLE_FOR = 2 * DAY
_MOST_IDS = 100


def _can_delete(call: Call, chat: Chat, message: Message) -> bool:
    if "forum_topic_created" in message.content.extra:
        return False
    age = call.server.clock.now() - message.date
    is_fresh = age < _DELETABLE_FOR
    if chat.is_private:
        # Nobody shall take back a throw at once.
        is_settled = "dice" not in message.content.extra or age > DAY
        return is_fresh and is_settled
    is_own = message.sender.id == call.bot.user.id
    return (is_own and is_fresh) or call.has_right(chat, "can_delete_messages")


def _remove(chat: Chat, message: Message) -> None:
    del chat.messages[message.id]
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    """Delete one message."""
    chat = call.known_chat()
    message = call.message(chat, errors.DELETE_NOT_FOUND)
    if not _can_delete(call, chat, message):
        raise errors.bad_request(errors.CANNOT_DELETE)
    _remove(chat, message)
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    """Delete several messages; what cannot be deleted is passed over."""
    chat = call.known_chat()
    ids: list[int] = call.get("message_ids")
    if not 1 <= len(ids) <= _MOST_IDS:
        text = "too many message identifiers specified"
        raise errors.bad_request(text)
    for number in ids:
        message = chat.messages.get(number)
        if message is not None and _can_delete(call, chat, message):
            _remove(chat, message)
    return True


def check_may_pin(call: Call, chat: Chat) -> None:
    """Refuse pinning to a bot without the right."""
    if not chat.is_private and not call.has_right(chat, "can_pin_messages"):
        text = "not enough rights to manage pinned messages in the chat"
        raise errors.bad_request(text)


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    """Pin a message; Telegram says so with a service message."""
    chat = call.open_chat()
    message = call.message(chat, errors.PIN_NOT_FOUND)
    check_may_pin(call, chat)
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    body = {
        "pinned_message": describe_message(message, call.bot, with_reply=False),
        "thread_id": message.thread_id,
    }
    add_service_message(call.server, call.bot, chat, call.bot.user, body)
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> bool:
    """Unpin a message, or the newest pinned one."""
    chat = call.open_chat()
    check_may_pin(call, chat)
    number = call.get("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        text = "message to unpin not found"
        raise errors.bad_request(text)
    chat.pinned.remove(number)
    return True


@method("unpinAllForumTopicMessages")
def unpin_all_forum_topic_messages(call: Call) -> bool:
    """Unpin everything in one topic."""
    chat = call.open_chat()
    topic = find_topic(call, chat)
    check_may_pin(call, chat)
    inside = {m.id for m in chat.messages.values() if m.thread_id == topic.thread_id}
    chat.pinned = [number for number in chat.pinned if number not in inside]
    return True
