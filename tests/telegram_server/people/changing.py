"""How people change what was sent: edits, moves, deletions, votes."""

from typing import Any

from tests.telegram_server.entities import FormattedText, detect_entities, parse_html
from tests.telegram_server.people.acting import Actor, ImpossibleActionError, synchronised
from tests.telegram_server.people.attachments import Attachment
from tests.telegram_server.polls import tell_of_vote, vote
from tests.telegram_server.posting import announce
from tests.telegram_server.state import Message


class Changing(Actor):
    """Changes of messages; without `chat_id`, in the private chat with the bot."""

    def _own_message(self, user_id: int, message_id: int, chat_id: int | None) -> Message:
        message = self.message_of(user_id if chat_id is None else chat_id, message_id)
        if message.sender.id != user_id and message.sender_chat is None:
            error = f"message {message_id} was not written by user {user_id}"
            raise ImpossibleActionError(error)
        return message

    def _tell_of_edit(self, message: Message) -> None:
        message.edit_date = self.server.clock.seconds()
        announce(self.server, message, kind="edited_message")

    def _replace_text(self, message: Message, formatted: FormattedText) -> None:
        message.content.text = formatted.text
        message.content.entities = detect_entities(formatted).entities
        self._tell_of_edit(message)

    @synchronised
    def edit_text(
        self, user_id: int, message_id: int, text: str, *, chat_id: int | None = None
    ) -> None:
        """Change the text or caption of one's own message.

        The same text is allowed: Telegram tells bots of changes that nobody sees, too.
        """
        message = self._own_message(user_id, message_id, chat_id)
        self._replace_text(message, FormattedText(text))

    @synchronised
    def edit_html(
        self, user_id: int, message_id: int, source: str, *, chat_id: int | None = None
    ) -> None:
        """Change the text or caption of one's own message to a formatted one."""
        message = self._own_message(user_id, message_id, chat_id)
        self._replace_text(message, parse_html(source))

    @synchronised
    def edit_media(
        self,
        user_id: int,
        message_id: int,
        attachment: Attachment,
        *,
        chat_id: int | None = None,
    ) -> None:
        """Put another file, with its caption, into one's own message."""
        message = self._own_message(user_id, message_id, chat_id)
        if message.content.media is None:
            error = f"message {message_id} has no file"
            raise ImpossibleActionError(error)
        markup = message.content.markup
        message.content = attachment.store(self.server.files)
        message.content.markup = markup
        self._replace_text(message, FormattedText(message.content.text))

    @synchronised
    def move_location(
        self,
        user_id: int,
        message_id: int,
        latitude: float,
        longitude: float,
        *,
        chat_id: int | None = None,
    ) -> None:
        """Move a live location, which makes it an edited message."""
        message = self._own_message(user_id, message_id, chat_id)
        location: dict[str, Any] = message.content.extra.get("location", {})
        if "live_period" not in location:
            error = f"message {message_id} is no live location"
            raise ImpossibleActionError(error)
        moved = location | {"latitude": latitude, "longitude": longitude}
        message.content.extra = message.content.extra | {"location": moved}
        self._tell_of_edit(message)

    @synchronised
    def delete_message(self, user_id: int, message_id: int, *, chat_id: int | None = None) -> None:
        """Delete a message; no bot is told."""
        chat = self.chat_of(user_id if chat_id is None else chat_id)
        self.message_of(chat.id, message_id)
        del chat.messages[message_id]

    @synchronised
    def vote(
        self, user_id: int, message_id: int, options: list[int], *, chat_id: int | None = None
    ) -> None:
        """Vote in a poll, by the numbers of the options; none takes the vote back."""
        message = self.message_of(user_id if chat_id is None else chat_id, message_id)
        poll = message.content.extra.get("poll")
        if poll is None or poll["is_closed"]:
            error = f"message {message_id} is no open poll"
            raise ImpossibleActionError(error)
        vote(self.server, poll, user_id, options)
        tell_of_vote(self.server, poll, self.server.find_user(user_id), options)
