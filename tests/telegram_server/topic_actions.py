"""What happens to topics, whoever does it: bots and staff share these actions."""

from dataclasses import dataclass

from tests.telegram_server.posting import add_service_message
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import BotAccount, Chat, Topic, User

DEFAULT_COLOR = 7322096


@dataclass(frozen=True)
class TopicPlan:
    """How a new topic shall look."""

    name: str
    icon_color: int = DEFAULT_COLOR
    icon: str | None = None


def open_topic(
    server: TelegramServer, bot: BotAccount, chat: Chat, creator: User, plan: TopicPlan
) -> Topic:
    """Open a topic; the service message about it gives the topic its id."""
    thread_id = chat.last_message_id + 1
    if thread_id == 1:
        # Message 1 of a forum is always taken: its number is that of General.
        chat.last_message_id = 1
        thread_id = 2
    topic = Topic(thread_id, plan.name, plan.icon_color, creator.id, plan.icon or None)
    chat.topics[thread_id] = topic
    body: JsonObject = {"name": plan.name, "icon_color": plan.icon_color}
    if topic.icon_custom_emoji_id is not None:
        body["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    add_service_message(
        server, bot, chat, creator, {"forum_topic_created": body, "thread_id": thread_id}
    )
    return topic


def _add_notice(
    server: TelegramServer, chat: Chat, topic: Topic, actor: User, body: JsonObject
) -> None:
    # Groups do not belong to a bot; any bot will do for numbering.
    bot = next(iter(server.bots.values()))
    add_service_message(server, bot, chat, actor, body | {"thread_id": topic.thread_id})


def rename_topic(
    server: TelegramServer, chat: Chat, topic: Topic, actor: User, changes: JsonObject
) -> None:
    """Change the name or the icon of a topic."""
    topic.name = changes.get("name", topic.name)
    if "icon_custom_emoji_id" in changes:
        topic.icon_custom_emoji_id = changes["icon_custom_emoji_id"] or None
    _add_notice(server, chat, topic, actor, {"forum_topic_edited": changes})


def toggle_topic(
    server: TelegramServer, chat: Chat, topic: Topic, actor: User, *, closed: bool
) -> None:
    """Close or reopen a topic."""
    topic.is_closed = closed
    name = "forum_topic_closed" if closed else "forum_topic_reopened"
    _add_notice(server, chat, topic, actor, {name: {}})


def delete_topic(chat: Chat, topic: Topic) -> None:
    """Delete a topic with its messages; Telegram tells no bot about it."""
    topic.is_deleted = True
    for number in [m.id for m in chat.messages.values() if m.thread_id == topic.thread_id]:
        del chat.messages[number]
