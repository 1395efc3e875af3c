"""Everything the page shows, as one JSON object."""

import hashlib
import json

from tests.telegram_server.kinds import kind_of
from tests.telegram_server.methods.topics import TOPIC_ICONS
from tests.telegram_server.people.views import inline_buttons
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import ABSENT, BotAccount, Chat, Member, Message, Topic, User

_TYPING_SECONDS = 5.0
_DRAFT_SECONDS = 30.0
_PREVIEW = 80


def describe_screen(server: TelegramServer, bot: BotAccount) -> JsonObject:
    """Write what all customers and the staff of all groups see now, with a version of it."""
    with server.lock:
        groups = list(server.registers.groups.values())
        working = {id_ for group in groups for id_ in group.members}
        customers = [user for user in server.registers.users.values() if user.id not in working]
        screen: JsonObject = {
            "bot": bot.user.first_name,
            "bot_id": bot.user.id,
            "violations": server.violations,
            "limits": server.limits.is_on,
            "customers": [_describe_customer(server, bot, user) for user in customers],
            "groups": [_describe_group(server, group) for group in groups],
        }
    text = json.dumps(screen, sort_keys=True, ensure_ascii=False, default=str)
    screen["version"] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return screen


def _describe_customer(server: TelegramServer, bot: BotAccount, user: User) -> JsonObject:
    chat = server.find_chat(bot, user.id)
    return {
        "id": user.id,
        "name": user.first_name,
        "language": user.language_code or "",
        "is_blocked": chat.is_blocked,
        "is_started": chat.is_started,
        "messages": [_describe_message(m) for m in chat.messages.values()],
        **_describe_activity(server, chat, None),
    }


def _describe_activity(server: TelegramServer, chat: Chat, thread: int | None) -> JsonObject:
    """Write whether the bot types, and what it is writing; both end with its next message."""
    now = server.clock.now()
    last = max((m.date for m in chat.messages.values() if m.sender.is_bot), default=0)
    typing = any(
        shown.thread_id == thread and now - shown.date < _TYPING_SECONDS and shown.date > last
        for shown in chat.actions
    )
    frames = [frame for frame in chat.drafts if frame.thread_id == thread]
    is_live = bool(frames) and now - frames[-1].date < _DRAFT_SECONDS and frames[-1].date > last
    return {"is_typing": typing, "draft": frames[-1].text if is_live else None}


def _describe_group(server: TelegramServer, chat: Chat) -> JsonObject:
    topics = [topic for topic in chat.topics.values() if not topic.is_deleted]
    return {
        "id": chat.id,
        "title": chat.title,
        "members": [_describe_member(member) for member in chat.members.values()],
        "general": [_describe_message(m) for m in chat.messages.values() if m.thread_id is None],
        "topics": [_describe_topic(server, chat, topic) for topic in topics],
    }


def _describe_member(member: Member) -> JsonObject:
    return {
        "id": member.user.id,
        "name": member.user.first_name,
        "status": member.status,
        "is_bot": member.user.is_bot,
        "is_anonymous": member.is_anonymous,
        "is_here": member.status not in ABSENT,
    }


def _describe_topic(server: TelegramServer, chat: Chat, topic: Topic) -> JsonObject:
    messages = [m for m in chat.messages.values() if m.thread_id == topic.thread_id]
    return {
        "id": topic.thread_id,
        "name": topic.name,
        "icon": TOPIC_ICONS.get(topic.icon_custom_emoji_id or ""),
        "color": f"#{topic.icon_color:06x}",
        "is_closed": topic.is_closed,
        "messages": [_describe_message(m) for m in messages],
        **_describe_activity(server, chat, topic.thread_id),
    }


def _describe_message(message: Message) -> JsonObject:
    content = message.content
    shown_as = message.sender_chat
    return {
        "id": message.id,
        "date": message.date,
        "sender": message.sender.first_name if shown_as is None else str(shown_as.title),
        "sender_id": message.sender.id if shown_as is None else shown_as.id,
        "is_bot": message.sender.is_bot and shown_as is None,
        "kind": kind_of(content),
        "text": content.text,
        "entities": content.entities,
        "extra": content.extra,
        "file": _describe_file(message),
        "buttons": inline_buttons(message),
        "reply": _describe_reply(message),
        "album": message.album,
        "forwarded": None if message.origin is None else _name_origin(message.origin),
        "is_edited": message.edit_date is not None,
        "is_pinned": message.id in message.chat.pinned,
        "reactions": list(message.reactions.items()),
    }


def _describe_file(message: Message) -> JsonObject | None:
    media = message.content.media
    if media is None:
        return None
    file = media.file
    return {
        "id": file.unique_id,
        "name": file.name,
        "size": file.size,
        "mime": file.mime_type,
        "emoji": media.attributes.get("emoji"),
    }


def _describe_reply(message: Message) -> JsonObject | None:
    replied = None if message.reply_to is None else message.chat.messages.get(message.reply_to)
    if replied is None:
        return None if message.external_reply is None else {"sender": "…", "text": "…"}
    shown = message.quote["text"] if message.quote else replied.content.text
    return {
        "id": replied.id,
        "sender": replied.sender.first_name,
        "text": str(shown)[:_PREVIEW] or f"[{kind_of(replied.content)}]",
        "is_quote": message.quote is not None,
    }


def _name_origin(origin: JsonObject) -> str:
    who: JsonObject = origin.get("sender_user") or origin.get("sender_chat") or {}
    return str(who.get("first_name") or who.get("title") or "…")
