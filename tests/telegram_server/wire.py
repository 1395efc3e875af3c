"""Bot API objects as one bot sees them."""

from copy import deepcopy

from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import (
    ADMIN_RIGHTS,
    BotAccount,
    Chat,
    Media,
    Member,
    Message,
    Topic,
    User,
)

_IMAGE_SIDE = 320
_ONLY_MOVING = frozenset({"width", "height", "duration"})


def describe_user(user: User) -> JsonObject:
    """Write a User."""
    body: JsonObject = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    for name in ("last_name", "username", "language_code"):
        value = getattr(user, name)
        if value is not None:
            body[name] = value
    return body


def describe_bot(bot: BotAccount) -> JsonObject:
    """Write the answer to getMe."""
    body = describe_user(bot.user)
    body |= {
        "can_join_groups": True,
        "can_read_all_group_messages": bot.can_read_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }
    return body


def describe_chat(chat: Chat) -> JsonObject:
    """Write a Chat, as it stands inside messages."""
    body: JsonObject = {"id": chat.id, "type": chat.type}
    if chat.peer is not None:
        body["first_name"] = chat.peer.first_name
        if chat.peer.last_name is not None:
            body["last_name"] = chat.peer.last_name
    username = chat.peer.username if chat.peer is not None else chat.username
    if username is not None:
        body["username"] = username
    if chat.title is not None:
        body["title"] = chat.title
    if chat.is_forum:
        body["is_forum"] = True
    return body


def file_id_for(bot: BotAccount, unique_id: str) -> str:
    """Name a file to one bot: ids given to one bot mean nothing to another."""
    return f"F{bot.user.id}-{unique_id}"


def describe_media(media: Media, bot: BotAccount) -> JsonObject:
    """Write the field that carries a file."""
    file = media.file
    body: JsonObject = {
        "file_id": file_id_for(bot, file.unique_id),
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }
    if media.kind in {"photo", "sticker", "video", "animation"}:
        body |= {"width": _IMAGE_SIDE, "height": _IMAGE_SIDE}
    if media.kind == "video_note":
        body["length"] = _IMAGE_SIDE
    if media.kind in {"voice", "audio", "video", "video_note", "animation"}:
        body["duration"] = 1
    if media.kind in {"document", "audio", "video", "animation"}:
        body |= {"file_name": file.name, "mime_type": file.mime_type}
    if media.kind == "voice":
        body["mime_type"] = file.mime_type
    if media.kind == "sticker":
        body |= {"type": "regular", "is_animated": False, "is_video": False}
    if media.kind == "photo":
        return {"photo": [body]}
    described: JsonObject = {media.kind: body | media.attributes}
    if media.kind == "animation":
        # Old bots know animations only as documents.
        described["document"] = {k: v for k, v in body.items() if k not in _ONLY_MOVING}
    return described


def _describe_content(message: Message, bot: BotAccount) -> JsonObject:
    content = message.content
    # Polls change later, and an update tells how they were.
    body: JsonObject = deepcopy(content.extra)
    prefix = ""
    if content.media is not None:
        body |= describe_media(content.media, bot)
        prefix = "caption_"
    if content.text:
        body["caption" if prefix else "text"] = content.text
        if content.entities:
            body[f"{prefix}entities"] = content.entities
    if content.markup is not None and "inline_keyboard" in content.markup:
        body["reply_markup"] = content.markup
    return body


def _describe_place(message: Message) -> JsonObject:
    body: JsonObject = {}
    if message.sender_chat is not None:
        body["sender_chat"] = describe_chat(message.sender_chat)
    if message.thread_id is not None:
        body["message_thread_id"] = message.thread_id
        body["is_topic_message"] = True
    elif message.reply_to is not None and not message.chat.is_private:
        # Telegram numbers reply threads too: in General a reply carries a thread id
        # although it belongs to no topic.
        body["message_thread_id"] = message.reply_to
    if message.album is not None:
        body["media_group_id"] = message.album
    if message.edit_date is not None:
        body["edit_date"] = message.edit_date
    if message.origin is not None:
        body["forward_origin"] = message.origin
    if message.external_reply is not None:
        body["external_reply"] = message.external_reply
    if message.is_protected:
        body["has_protected_content"] = True
    return body


def _find_replied(message: Message) -> Message | None:
    replied = message.reply_to
    if replied is None and message.thread_id != message.id:
        # A message in a topic answers, for want of another, the message that opened it.
        replied = message.thread_id
    return None if replied is None else message.chat.messages.get(replied)


def describe_message(message: Message, bot: BotAccount, *, with_reply: bool = True) -> JsonObject:
    """Write a Message; a replied message is written without its own reply."""
    body: JsonObject = {
        "message_id": message.id,
        "from": describe_user(message.sender),
        "chat": describe_chat(message.chat),
        "date": message.date,
    }
    body |= _describe_place(message)
    body |= _describe_content(message, bot)
    replied = _find_replied(message) if with_reply else None
    if replied is not None:
        body["reply_to_message"] = describe_message(replied, bot, with_reply=False)
    if with_reply and message.quote is not None:
        body["quote"] = message.quote
    return body


def describe_member(member: Member) -> JsonObject:
    """Write a ChatMember."""
    body: JsonObject = {"status": member.status, "user": describe_user(member.user)}
    if member.status == "creator":
        body["is_anonymous"] = member.is_anonymous
    elif member.status == "administrator":
        body |= {right: right in member.rights for right in ADMIN_RIGHTS}
        body |= {"can_be_edited": False, "is_anonymous": member.is_anonymous}
        # Newer than Bot API 10.0, but today's servers send it and aiogram insists on it.
        body["can_send_welcome_messages"] = False
    elif member.status == "kicked":
        body["until_date"] = 0
    return body


def describe_topic(topic: Topic) -> JsonObject:
    """Write a ForumTopic."""
    body: JsonObject = {
        "message_thread_id": topic.thread_id,
        "name": topic.name,
        "icon_color": topic.icon_color,
    }
    if topic.icon_custom_emoji_id is not None:
        body["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return body
