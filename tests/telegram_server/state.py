"""What the server remembers: accounts, chats, topics, messages and files."""

from dataclasses import dataclass, field
from typing import Literal

from tests.telegram_server.shapes import JsonObject

MediaKind = Literal[
    "photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker"
]
WITHOUT_CAPTION = frozenset({"sticker", "video_note"})
"""Kinds of files below which nothing can be written."""
ABSENT = frozenset({"left", "kicked"})
"""What those are who are no longer in a group."""
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass
class User:
    """An account, of a person or of a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    is_deactivated: bool = False


@dataclass
class StoredFile:
    """Bytes under the id that all chats share."""

    unique_id: str
    name: str
    mime_type: str
    content: bytes
    path: str
    # Tests of the 20 MB limit should not need 20 MB of memory.
    claimed_size: int | None = None

    @property
    def size(self) -> int:
        """The size told to bots."""
        return len(self.content) if self.claimed_size is None else self.claimed_size


@dataclass
class Media:
    """A file as one message shows it."""

    kind: MediaKind
    file: StoredFile
    attributes: JsonObject = field(default_factory=dict)


@dataclass
class Content:
    """What a message says; the text is the caption when there is media."""

    text: str = ""
    entities: list[JsonObject] = field(default_factory=list)
    media: Media | None = None
    # Fields the server does not look into: location, contact, service messages.
    extra: JsonObject = field(default_factory=dict)
    is_service: bool = False
    markup: JsonObject | None = None


@dataclass
class Message:
    """One message in one chat."""

    id: int
    chat: "Chat"
    sender: User
    date: int
    content: Content
    sender_chat: "Chat | None" = None
    thread_id: int | None = None
    reply_to: int | None = None
    quote: JsonObject | None = None
    album: str | None = None
    origin: JsonObject | None = None
    external_reply: JsonObject | None = None
    edit_date: int | None = None
    reactions: dict[int, str] = field(default_factory=dict)
    is_protected: bool = False


@dataclass
class Topic:
    """A topic of a forum; its id is the id of the service message that opened it."""

    thread_id: int
    name: str
    icon_color: int
    creator_id: int
    icon_custom_emoji_id: str | None = None
    is_closed: bool = False
    is_deleted: bool = False


@dataclass
class Member:
    """Somebody's place in a group."""

    user: User
    status: str = "member"
    rights: set[str] = field(default_factory=set)
    is_anonymous: bool = False


@dataclass
class DraftFrame:
    """One frame of a streamed draft, and when it was shown."""

    draft_id: int
    text: str
    date: float
    thread_id: int | None = None


@dataclass
class ActionShown:
    """One chat action ("typing…") and when it was shown."""

    action: str
    date: float
    thread_id: int | None = None


@dataclass
class Chat:
    """A private chat with one bot, or a supergroup."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    peer: User | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    actions: list[ActionShown] = field(default_factory=list)
    drafts: list[DraftFrame] = field(default_factory=list)
    last_message_id: int = 0
    # The supergroup that a basic group has become.
    migrated_to: int | None = None
    # Only private chats use these two.
    is_started: bool = False
    is_blocked: bool = False
    # Telegram may spare administrators with can_manage_topics; to be refused is the harder case.
    admins_write_in_closed_topics: bool = False

    @property
    def is_private(self) -> bool:
        """Whether this is a one-to-one chat with a bot."""
        return self.type == "private"


@dataclass
class BotProfile:
    """The texts and commands a bot has set, by language and scope."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    menu_buttons: dict[int, JsonObject] = field(default_factory=dict)


@dataclass
class BotAccount:
    """A bot: its token, its private chats and its profile."""

    token: str
    user: User
    private_chats: dict[int, Chat] = field(default_factory=dict)
    profile: BotProfile = field(default_factory=BotProfile)
    # Telegram gives every account one message box for all its private chats.
    last_private_message_id: int = 0
    is_revoked: bool = False
    can_read_all_group_messages: bool = False


@dataclass
class Query:
    """A press on an inline button, waiting for its answer."""

    id: str
    bot_id: int
    user_id: int
    date: float
    data: str
    answer: JsonObject | None = None
