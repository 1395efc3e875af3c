"""What people see on their screens."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from tests.telegram_server.methods.commands import scope_key
from tests.telegram_server.people.acting import Actor, ImpossibleActionError, synchronised
from tests.telegram_server.people.views import (
    MessageView,
    TopicView,
    view_chat,
    view_topic,
)
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import ActionShown, DraftFrame

T = TypeVar("T")
_POLL_SECONDS = 0.01


class Reading(Actor):
    """Reading chats back, and waiting for what shall appear in them."""

    @synchronised
    def read_chat(self, chat_id: int) -> list[MessageView]:
        """Show a private chat (by the user's id) or a whole group, oldest first."""
        return view_chat(self.chat_of(chat_id))

    @synchronised
    def read_topic(self, chat_id: int, thread_id: int | None) -> list[MessageView]:
        """Show one topic without service messages; no thread id means General."""
        shown = view_chat(self.chat_of(chat_id))
        return [
            view
            for view in shown
            if view.thread_id == thread_id and not view.kind.startswith("service:")
        ]

    @synchronised
    def topics(self, chat_id: int) -> list[TopicView]:
        """List the topics that are not deleted."""
        topics = self.chat_of(chat_id).topics.values()
        return [view_topic(topic) for topic in topics if not topic.is_deleted]

    @synchronised
    def download(self, chat_id: int, message_id: int) -> bytes:
        """Open the file of a message."""
        media = self.message_of(chat_id, message_id).content.media
        if media is None:
            text = f"message {message_id} has no file"
            raise ImpossibleActionError(text)
        return media.file.content

    @synchronised
    def pinned(self, chat_id: int) -> list[int]:
        """List the pinned messages of a chat."""
        return list(self.chat_of(chat_id).pinned)

    @synchronised
    def chat_actions(self, chat_id: int) -> list[ActionShown]:
        """List all chat actions ("typing") shown so far."""
        return list(self.chat_of(chat_id).actions)

    @synchronised
    def drafts(self, chat_id: int) -> list[DraftFrame]:
        """List all draft frames shown so far."""
        return list(self.chat_of(chat_id).drafts)

    @synchronised
    def answer_to(self, query_id: str) -> JsonObject | None:
        """Show how the bot answered a press: text, show_alert, url."""
        return self.server.registers.queries[query_id].answer

    @synchronised
    def commands_for(
        self, user_id: int, language: str | None = None, *, chat_id: int | None = None
    ) -> dict[str, str]:
        """Show the menu of commands a person gets, by Telegram's order of scopes."""
        if language is None:
            language = self.server.find_user(user_id).language_code or ""
        short = language.partition("-")[0]
        known = self.bot.profile.commands
        for scope in _scopes(user_id, chat_id):
            for code in (short, ""):
                commands = known.get((scope_key(scope), code))
                if commands:
                    return {item["command"]: item["description"] for item in commands}
        return {}

    async def wait_for(self, look: Callable[[], T | None], *, seconds: float = 5.0) -> T:
        """Look again and again until there is something (or True); fail after a while."""
        deadline = time.monotonic() + seconds
        while not (found := look()):
            if time.monotonic() > deadline:
                text = f"nothing to see after {seconds} s"
                raise TimeoutError(text)
            await asyncio.sleep(_POLL_SECONDS)
        return found

    def wait_until(self, look: Callable[[], T | None], *, seconds: float = 5.0) -> T:
        """Do the same as `wait_for` in tests without an event loop."""
        deadline = time.monotonic() + seconds
        while not (found := look()):
            if time.monotonic() > deadline:
                text = f"nothing to see after {seconds} s"
                raise TimeoutError(text)
            time.sleep(_POLL_SECONDS)
        return found

    async def wait_for_text(
        self,
        chat_id: int,
        part: str,
        *,
        thread_id: int | None = None,
        after: int = 0,
        seconds: float = 5.0,
    ) -> MessageView:
        """Wait for a text of the bot, newer than `after`; without `thread_id`, anywhere."""
        try:
            return await self.wait_for(
                lambda: self._find_text(chat_id, part, thread_id, after), seconds=seconds
            )
        except TimeoutError:
            seen = [view.text for view in self.read_chat(chat_id)]
            text = f"{part!r} did not appear; the chat shows {seen}"
            raise TimeoutError(text) from None

    def _find_text(
        self, chat_id: int, part: str, thread_id: int | None, after: int
    ) -> MessageView | None:
        for view in reversed(self.read_chat(chat_id)):
            is_there = thread_id in {None, view.thread_id} and view.message_id > after
            if is_there and view.is_bot and part in view.text:
                return view
        return None


def _scopes(user_id: int, chat_id: int | None) -> list[JsonObject]:
    everybody: JsonObject = {"type": "default"}
    if chat_id is None:
        own: JsonObject = {"type": "chat", "chat_id": user_id}
        return [own, {"type": "all_private_chats"}, everybody]
    return [
        {"type": "chat_member", "chat_id": chat_id, "user_id": user_id},
        {"type": "chat_administrators", "chat_id": chat_id},
        {"type": "chat", "chat_id": chat_id},
        {"type": "all_chat_administrators"},
        {"type": "all_group_chats"},
        everybody,
    ]
