"""How a method of the Bot API is found, and what it is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_server import errors
from tests.telegram_server.forms import Upload
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import BotAccount, Chat, Message


@dataclass
class Call:
    """One request, decoded and checked."""

    server: TelegramServer
    bot: BotAccount
    method: str
    values: JsonObject
    files: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return a parameter, or nothing."""
        return self.values.get(name)

    def known_chat(self, name: str = "chat_id") -> Chat:
        """Return a chat the bot can see."""
        chat = self._find_chat(self.values[name])
        if chat.is_private:
            if not chat.is_started:
                # The bot never met this person, so it has no way to name the chat.
                raise errors.bad_request(errors.CHAT_NOT_FOUND)
            return chat
        if chat.migrated_to is not None:
            raise errors.migrated(chat.migrated_to)
        member = chat.members.get(self.bot.user.id)
        if member is None or member.status == "left":
            raise errors.forbidden(errors.BOT_NOT_MEMBER)
        if member.status == "kicked":
            raise errors.forbidden(errors.BOT_KICKED)
        return chat

    def open_chat(self) -> Chat:
        """Return the chat the bot wants to write to, if it may."""
        chat = self._find_chat(self.values["chat_id"])
        if chat.peer is None:
            return self.known_chat()
        if chat.peer.is_deactivated:
            raise errors.forbidden(errors.USER_DEACTIVATED)
        if not chat.is_started:
            raise errors.forbidden(errors.CANNOT_INITIATE)
        if chat.is_blocked:
            raise errors.forbidden(errors.BOT_BLOCKED)
        return chat

    def find_source(self, chat_id: int | str) -> Chat:
        """Return a chat from which a message is answered, as if it were the parameter."""
        return Call(self.server, self.bot, self.method, {"chat_id": chat_id}).known_chat()

    def _find_chat(self, chat_id: int | str) -> Chat:
        if isinstance(chat_id, int):
            return self.server.find_chat(self.bot, chat_id)
        for chat in self.server.registers.groups.values():
            if chat.username is not None and f"@{chat.username}" == chat_id:
                return chat
        raise errors.bad_request(errors.CHAT_NOT_FOUND)

    def message(self, chat: Chat, missing: str) -> Message:
        """Return the message the request names, or answer that it is missing."""
        found = chat.messages.get(self.values.get("message_id", 0))
        if found is None:
            raise errors.bad_request(missing)
        return found

    def has_right(self, chat: Chat, right: str) -> bool:
        """Tell whether the bot has an administrator's right in a group."""
        member = chat.members.get(self.bot.user.id)
        if member is None:
            return False
        return member.status == "creator" or (
            member.status == "administrator" and right in member.rights
        )


Handler = Callable[[Call], object | Awaitable[object]]
HANDLERS: dict[str, Handler] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of one method."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name.lower()] = handler
        return handler

    return register
