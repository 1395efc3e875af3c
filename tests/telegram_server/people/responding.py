"""How people respond to a bot: presses, reactions, blocking."""

from tests.telegram_server.people.acting import (
    Actor,
    ImpossibleActionError,
    synchronised,
)
from tests.telegram_server.people.views import inline_buttons
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import Chat, Member, Message, Query
from tests.telegram_server.wire import (
    describe_chat,
    describe_member,
    describe_message,
    describe_user,
)


class Responding(Actor):
    """Responses of users and staff; without `chat_id`, in the private chat with the bot."""

    @synchronised
    def press(
        self,
        user_id: int,
        label: str,
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
        message_id: int | None = None,
    ) -> str:
        """Press a button on the newest message that has it; return the query's id."""
        chat = self.chat_of(user_id if chat_id is None else chat_id)
        shown = [m for m in reversed(chat.messages.values()) if message_id in {None, m.id}]
        if thread_id is not None:
            shown = [message for message in shown if message.thread_id == thread_id]
        for message in shown:
            for button in (button for row in inline_buttons(message) for button in row):
                if button["text"] == label:
                    return self._press(user_id, message, button)
        labels = [b["text"] for m in shown for row in inline_buttons(m) for b in row]
        text = f"there is no button {label!r}, only {labels}"
        raise ImpossibleActionError(text)

    def _press(self, user_id: int, message: Message, button: dict[str, str]) -> str:
        if "callback_data" not in button:
            text = f"the button {button['text']!r} calls no bot"
            raise ImpossibleActionError(text)
        return self.press_data(user_id, message.chat.id, message.id, button["callback_data"])

    @synchronised
    def press_data(self, user_id: int, chat_id: int, message_id: int, data: str) -> str:
        """Send callback data as a (perhaps hostile) client; return the query's id."""
        message = self.message_of(chat_id, message_id)
        self.server.counters.queries += 1
        number = str(4_000_000_000_000_000_000 + self.server.counters.queries)
        query = Query(number, self.bot.user.id, user_id, self.server.clock.now(), data)
        self.server.registers.queries[number] = query
        body = {
            "id": number,
            # Whoever presses is named, anonymous administrators too.
            "from": describe_user(self.server.find_user(user_id)),
            "message": describe_message(message, self.bot),
            "chat_instance": str(-chat_id),
            "data": data,
        }
        self.tell_bot("callback_query", body, user_id)
        return number

    @synchronised
    def react(
        self, user_id: int, message_id: int, emoji: str | None, *, chat_id: int | None = None
    ) -> None:
        """React to a message, with an emoji or the number of a custom one; None takes it back.

        Bots hear of it only as administrators of a group, and if they asked for it. In private
        chats nothing comes, unless `server.tells_private_reactions`: sources disagree.
        """
        chat = self.chat_of(user_id if chat_id is None else chat_id)
        message = self.message_of(chat.id, message_id)
        if message.content.is_service:
            text = f"message {message_id} is a service message"
            raise ImpossibleActionError(text)
        old = message.reactions.pop(user_id, None)
        if emoji is not None:
            message.reactions[user_id] = emoji
        if old != emoji and self._hears_reactions(chat):
            body = self._describe_reactor(chat, user_id) | {
                "chat": describe_chat(chat),
                "message_id": message_id,
                "date": self.server.clock.seconds(),
                "old_reaction": _describe_reaction(old),
                "new_reaction": _describe_reaction(emoji),
            }
            self.tell_bot("message_reaction", body, chat.id)

    def _hears_reactions(self, chat: Chat) -> bool:
        if chat.is_private:
            return self.server.tells_private_reactions
        member = chat.members.get(self.bot.user.id)
        return member is not None and member.status == "administrator"

    def _describe_reactor(self, chat: Chat, user_id: int) -> JsonObject:
        member = chat.members.get(user_id)
        if member is not None and member.is_anonymous:
            return {"actor_chat": describe_chat(chat)}
        return {"user": describe_user(self.server.find_user(user_id))}

    @synchronised
    def block(self, user_id: int) -> None:
        """Block the bot."""
        self._set_blocked(user_id, blocked=True)

    @synchronised
    def unblock(self, user_id: int) -> None:
        """Unblock the bot, if it was blocked."""
        self._set_blocked(user_id, blocked=False)

    @synchronised
    def deactivate(self, user_id: int) -> None:
        """Delete one's account; no bot is told, but writing there fails from now on."""
        self.server.find_user(user_id).is_deactivated = True

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        chat = self.chat_of(user_id)
        if chat.is_blocked == blocked:
            return
        chat.is_blocked = blocked
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        old, new = (describe_member(Member(self.bot.user, status)) for status in statuses)
        body = {
            "chat": describe_chat(chat),
            "from": describe_user(self.server.find_user(user_id)),
            "date": self.server.clock.seconds(),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        self.tell_bot("my_chat_member", body, user_id)


def _describe_reaction(emoji: str | None) -> list[JsonObject]:
    if emoji is None:
        return []
    if emoji.isdecimal():
        return [{"type": "custom_emoji", "custom_emoji_id": emoji}]
    return [{"type": "emoji", "emoji": emoji}]
