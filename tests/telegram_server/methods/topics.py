"""Topics of forums."""

from tests.telegram_server import errors
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import Chat, Topic
from tests.telegram_server.topic_actions import (
    DEFAULT_COLOR,
    TopicPlan,
    delete_topic,
    open_topic,
    rename_topic,
    toggle_topic,
)
from tests.telegram_server.wire import describe_topic, file_id_for

_COLORS = frozenset({DEFAULT_COLOR, 16766590, 13338331, 9367192, 16749490, 16478047})
_NAME_LIMIT = 128
TOPIC_ICONS = {
    "5312536423851630001": "💡",
    "5312016608254762256": "⚡️",
    "5377544228505134960": "💬",
    "5418085807791545980": "🔝",
    "5379748062124056162": "❗️",
    "5237699328843200968": "✅",
    "5377316857231450742": "❓",
    "5417915203100613993": "💬",
    "5312241539987020022": "🔥",
    "5350554349074391003": "💻",
}


def _find_forum(call: Call) -> Chat:
    chat = call.known_chat()
    if not chat.is_forum:
        raise errors.bad_request(errors.NOT_A_FORUM)
    return chat


def find_topic(call: Call, chat: Chat) -> Topic:
    """Find the topic that a request names."""
    topic = chat.topics.get(call.get("message_thread_id"))
    if topic is None:
        raise errors.bad_request(errors.THREAD_NOT_FOUND)
    if topic.is_deleted:
        raise errors.bad_request(errors.TOPIC_DELETED)
    return topic


def _check_manager(call: Call, chat: Chat, topic: Topic) -> None:
    if topic.creator_id != call.bot.user.id and not call.has_right(chat, "can_manage_topics"):
        raise errors.bad_request(errors.NO_RIGHTS_IN_TOPIC)


def _check_icon(call: Call) -> str | None:
    icon: str | None = call.get("icon_custom_emoji_id")
    if icon and icon not in TOPIC_ICONS:
        text = "DOCUMENT_INVALID"
        raise errors.bad_request(text)
    return icon


def _check_name(name: str) -> str:
    if not name.strip() or len(name) > _NAME_LIMIT:
        raise errors.bad_request(errors.TOPIC_NAME_INVALID)
    return name.strip()


@method("createForumTopic")
def create_forum_topic(call: Call) -> JsonObject:
    """Open a topic."""
    chat = _find_forum(call)
    if not call.has_right(chat, "can_manage_topics"):
        raise errors.bad_request(errors.NO_TOPIC_RIGHTS)
    color = int(call.get("icon_color") or DEFAULT_COLOR)
    if color not in _COLORS:
        text = f"createForumTopic: icon_color {color} is not one of the six"
        raise errors.violation(text)
    plan = TopicPlan(_check_name(str(call.get("name"))), color, _check_icon(call))
    return describe_topic(open_topic(call.server, call.bot, chat, call.bot.user, plan))


@method("editForumTopic")
def edit_forum_topic(call: Call) -> bool:
    """Rename a topic or change its icon; an omitted name is kept."""
    chat = _find_forum(call)
    topic = find_topic(call, chat)
    _check_manager(call, chat, topic)
    icon = _check_icon(call)
    changes: JsonObject = {}
    if call.get("name"):
        name = _check_name(str(call.get("name")))
        if name != topic.name:
            changes["name"] = name
    if icon is not None and (icon or None) != topic.icon_custom_emoji_id:
        changes["icon_custom_emoji_id"] = icon
    if not changes:
        raise errors.bad_request(errors.TOPIC_NOT_MODIFIED)
    rename_topic(call.server, chat, topic, call.bot.user, changes)
    return True


def _toggle(call: Call, *, closed: bool) -> bool:
    chat = _find_forum(call)
    topic = find_topic(call, chat)
    _check_manager(call, chat, topic)
    if topic.is_closed == closed:
        raise errors.bad_request(errors.TOPIC_NOT_MODIFIED)
    toggle_topic(call.server, chat, topic, call.bot.user, closed=closed)
    return True


@method("closeForumTopic")
def close_forum_topic(call: Call) -> bool:
    """Close a topic."""
    return _toggle(call, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(call: Call) -> bool:
    """Open a closed topic again."""
    return _toggle(call, closed=False)


@method("deleteForumTopic")
def delete_forum_topic(call: Call) -> bool:
    """Delete a topic with its messages."""
    chat = _find_forum(call)
    topic = find_topic(call, chat)
    if not call.has_right(chat, "can_delete_messages"):
        raise errors.bad_request(errors.NO_RIGHTS_IN_TOPIC)
    delete_topic(chat, topic)
    return True


@method("getForumTopicIconStickers")
def get_forum_topic_icon_stickers(call: Call) -> list[JsonObject]:
    """List the emoji that may be topic icons."""
    return [
        {
            "file_id": file_id_for(call.bot, f"ICON{number}"),
            "file_unique_id": f"ICON{number}",
            "type": "custom_emoji",
            "width": 100,
            "height": 100,
            "is_animated": True,
            "is_video": False,
            "emoji": emoji,
            "set_name": "Topics",
            "custom_emoji_id": number,
        }
        for number, emoji in TOPIC_ICONS.items()
    ]
