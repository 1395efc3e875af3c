"""The errors of the Bot API, in the exact words bots match on."""

from tests.telegram_server.shapes import JsonObject

CHAT_NOT_FOUND = "chat not found"
USER_NOT_FOUND = "user not found"
THREAD_NOT_FOUND = "message thread not found"
EDIT_NOT_FOUND = "message to edit not found"
COPY_NOT_FOUND = "message to copy not found"
FORWARD_NOT_FOUND = "message to forward not found"
DELETE_NOT_FOUND = "message to delete not found"
REACT_NOT_FOUND = "message to react not found"
REPLY_NOT_FOUND = "message to be replied not found"
PIN_NOT_FOUND = "message to pin not found"
NOTHING_TO_COPY = "there are no messages to copy"
NOTHING_TO_FORWARD = "there are no messages to forward"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
CANNOT_EDIT = "message can't be edited"
CANNOT_DELETE = "message can't be deleted"
CANNOT_COPY = "the message can't be copied"
CANNOT_FORWARD = "the message can't be forwarded"
NO_TEXT_TO_EDIT = "there is no text in the message to edit"
NO_CAPTION_TO_EDIT = "there is no caption in the message to edit"
PARSE_MODE_UNKNOWN = "unsupported parse_mode"
TEXT_EMPTY = "message text is empty"
TEXT_BLANK = "text must be non-empty"
TEXT_TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ANSWER_TOO_LONG = "MESSAGE_TOO_LONG"
QUOTE_TOO_LONG = "MESSAGE_QUOTE_TOO_LONG"
QUOTE_INVALID = "QUOTE_TEXT_INVALID"
REACTION_INVALID = "REACTION_INVALID"
NO_TOPIC_RIGHTS = "not enough rights to create a topic"
NO_RIGHTS_IN_TOPIC = "not enough rights"
NOT_A_FORUM = "the chat is not a forum"
TOPIC_CLOSED = "TOPIC_CLOSED"
TOPIC_DELETED = "TOPIC_DELETED"
TOPIC_NOT_MODIFIED = "TOPIC_NOT_MODIFIED"
TOPIC_NAME_INVALID = "TOPIC_TITLE_EMPTY"
FILE_TOO_BIG = "file is too big"
FILE_INVALID = "wrong file identifier/HTTP URL specified"
FILE_ID_INVALID = "invalid file_id"
IDS_NOT_INCREASING = "message identifiers must be in a strictly increasing order"
BOT_BLOCKED = "bot was blocked by the user"
USER_DEACTIVATED = "user is deactivated"
BOT_KICKED = "bot was kicked from the supergroup chat"
BOT_NOT_MEMBER = "bot is not a member of the supergroup chat"
CANNOT_INITIATE = "bot can't initiate conversation with a user"
DICE_INVALID = "wrong dice emoji specified"
QUIZ_WITHOUT_ANSWER = "wrong correct option ID specified"
STOP_NOT_FOUND = "message with poll to stop not found"
NOT_A_POLL = "message is not a poll"
CANNOT_STOP = "poll can't be stopped"
ALREADY_STOPPED = "poll has already been closed"
GROUP_UPGRADED = "group chat was upgraded to a supergroup chat"
NO_MEDIA_TO_EDIT = "there is no media in the message to edit"
ALBUM_KIND = "can't change media type in the album"
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
POLLER_REPLACED_BY_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_IS_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class ApiError(Exception):
    """An answer with `ok: false`."""

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after: int | None = None,
        migrate_to: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def payload(self) -> JsonObject:
        """Return the body of the answer."""
        body: JsonObject = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return body


class ViolationError(ApiError):
    """A request that no correct bot makes; the server also writes it down."""


def bad_request(text: str) -> ApiError:
    """Build the common 400."""
    return ApiError(400, f"Bad Request: {text}")


def migrated(new_id: int) -> ApiError:
    """Build the 400 of a basic group that has become a supergroup."""
    return ApiError(400, f"Bad Request: {GROUP_UPGRADED}", migrate_to=new_id)


def forbidden(text: str) -> ApiError:
    """Build a 403."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """Build a 409."""
    return ApiError(409, f"Conflict: {text}")


def unauthorized() -> ApiError:
    """Build the 401 of an unknown or revoked token."""
    return ApiError(401, "Unauthorized")


def too_many_requests(seconds: int) -> ApiError:
    """Build a 429 that asks for a pause."""
    description = f"Too Many Requests: retry after {seconds}"
    return ApiError(429, description, retry_after=seconds)


def too_large() -> ApiError:
    """Build the 413 of an upload that no bot may make."""
    return ApiError(413, "Request Entity Too Large")


def unparsable_entities(problem: str, offset: int | None = None) -> ApiError:
    """Build the 400 of broken markup; offsets count bytes of UTF-8."""
    place = "" if offset is None else f" at byte offset {offset}"
    return bad_request(f"can't parse entities: {problem}{place}")


def violation(text: str, *, code: int = 400) -> ViolationError:
    """Build the answer to a request that a correct bot never makes."""
    prefix = "Bad Request: " if code < 500 else "Not Implemented: "  # noqa: PLR2004
    return ViolationError(code, prefix + text)
