"""What everybody does: write, edit, react, press buttons, block."""

import re
from collections.abc import Sequence

from tests.telegram_server.entities import FormattedText, detect_entities
from tests.telegram_server.people.acting import (
    Actor,
    ImpossibleActionError,
    Where,
    synchronised,
)
from tests.telegram_server.people.attachments import Attachment, contact, location
from tests.telegram_server.people.views import inline_buttons
from tests.telegram_server.posting import announce
from tests.telegram_server.state import Content, Member, Message, Query, User
from tests.telegram_server.wire import (
    describe_chat,
    describe_member,
    describe_message,
    describe_user,
)

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Writing(Actor):
    """Actions of users and staff alike; without `chat_id`, in the private chat with the bot."""

    @synchronised
    def add_user(
        self,
        name: str,
        *,
        user_id: int = 0,
        language_code: str | None = "en",
        username: str | None = None,
    ) -> int:
        """Create a person and return the id."""
        user = User(user_id, name, username=username, language_code=language_code)
        return self.server.add_user(user).id

    @synchronised
    def start(self, user_id: int, payload: str = "") -> int:
        """Press Start, perhaps through a deep link; unblocks the bot when it was blocked."""
        if payload and not _PAYLOAD.fullmatch(payload):
            error = f"a deep link cannot carry {payload!r}"
            raise ImpossibleActionError(error)
        if self.chat_of(user_id).is_blocked:
            self.unblock(user_id)
        return self.send_text(user_id, f"/start {payload}".strip())

    @synchronised
    def send_text(
        self,
        user_id: int,
        text: str,
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Send a text or command and return its message id."""
        where = Where(chat_id, thread_id, reply_to)
        return self.write(user_id, Content(text), where).id

    @synchronised
    def send_file(
        self,
        user_id: int,
        attachment: Attachment,
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Send a photo, document, voice message, sticker, … and return its message id."""
        where = Where(chat_id, thread_id, reply_to)
        return self.write(user_id, attachment.store(self.server.files), where).id

    @synchronised
    def send_album(
        self,
        user_id: int,
        attachments: Sequence[Attachment],
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> list[int]:
        """Send several files as one album; each is a message of its own."""
        where = Where(chat_id, thread_id, reply_to)
        album = self.server.next_album_id()
        contents = [attachment.store(self.server.files) for attachment in attachments]
        return [self.write(user_id, content, where, album=album).id for content in contents]

    @synchronised
    def send_location(self, user_id: int, latitude: float = 35.6, longitude: float = 139.7) -> int:
        """Send a point on the map to the bot."""
        return self.write(user_id, location(latitude, longitude), Where()).id

    @synchronised
    def send_contact(
        self, user_id: int, phone_number: str = "+15550100", first_name: str = "Friend"
    ) -> int:
        """Send a card to the bot."""
        return self.write(user_id, contact(phone_number, first_name), Where()).id

    @synchronised
    def edit_text(
        self, user_id: int, message_id: int, text: str, *, chat_id: int | None = None
    ) -> None:
        """Change the text or caption of one's own message; the same text is allowed."""
        message = self.message_of(user_id if chat_id is None else chat_id, message_id)
        if message.sender.id != user_id and message.sender_chat is None:
            error = f"message {message_id} was not written by user {user_id}"
            raise ImpossibleActionError(error)
        message.content.text = text
        message.content.entities = detect_entities(FormattedText(text)).entities
        message.edit_date = self.server.clock.seconds()
        announce(self.server, message, kind="edited_message")

    @synchronised
    def delete_message(self, user_id: int, message_id: int, *, chat_id: int | None = None) -> None:
        """Delete a message; no bot is told."""
        chat = self.chat_of(user_id if chat_id is None else chat_id)
        self.message_of(chat.id, message_id)
        del chat.messages[message_id]

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
        """React to a message; bots hear of it only as administrators of a group."""
        chat = self.chat_of(user_id if chat_id is None else chat_id)
        message = self.message_of(chat.id, message_id)
        old = message.reactions.pop(user_id, None)
        if emoji is not None:
            message.reactions[user_id] = emoji
        member = chat.members.get(self.bot.user.id)
        if member is None or member.status != "administrator":
            return
        body = {
            "chat": describe_chat(chat),
            "message_id": message_id,
            "user": describe_user(self.server.find_user(user_id)),
            "date": self.server.clock.seconds(),
            "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        self.tell_bot("message_reaction", body, chat.id)

    @synchronised
    def block(self, user_id: int) -> None:
        """Block the bot."""
        self._set_blocked(user_id, blocked=True)

    @synchronised
    def unblock(self, user_id: int) -> None:
        """Unblock the bot."""
        self._set_blocked(user_id, blocked=False)

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
