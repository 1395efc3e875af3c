"""What everybody sends: texts, files, albums, and all the other kinds of messages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

from tests.telegram_server.entities import parse_html
from tests.telegram_server.kinds import (
    make_contact,
    make_location,
    make_poll,
    make_rarity,
    make_venue,
    roll_dice,
)
from tests.telegram_server.people.acting import (
    ImpossibleActionError,
    Place,
    Where,
    synchronised,
)
from tests.telegram_server.people.attachments import Attachment
from tests.telegram_server.people.responding import Responding
from tests.telegram_server.state import Content, User
from tests.telegram_server.wire import describe_chat

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Writing(Responding):
    """Sending, for users and staff alike; without `chat_id`, in the private chat with the bot.

    Each action returns the id of its message and takes the keywords of `Place`.
    """

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
        self.unblock(user_id)
        return self.send_text(user_id, f"/start {payload}".strip())

    @synchronised
    def send_text(self, user_id: int, text: str, **place: Unpack[Place]) -> int:
        """Send a text or a command."""
        return self.write(user_id, Content(text), Where(**place)).id

    @synchronised
    def send_html(self, user_id: int, source: str, **place: Unpack[Place]) -> int:
        """Send a formatted text, given as HTML."""
        formatted = parse_html(source)
        return self.write(user_id, Content(formatted.text, formatted.entities), Where(**place)).id

    @synchronised
    def send_file(self, user_id: int, attachment: Attachment, **place: Unpack[Place]) -> int:
        """Send a photo, document, voice message, video note, sticker, …."""
        return self.write(user_id, attachment.store(self.server.files), Where(**place)).id

    @synchronised
    def next_album(self) -> str:
        """Name a new album, to be given to `send_file` for each of its parts."""
        return self.server.next_album_id()

    @synchronised
    def send_album(
        self, user_id: int, attachments: Sequence[Attachment], **place: Unpack[Place]
    ) -> list[int]:
        """Send several files as one album at once; each is a message of its own."""
        where = replace(Where(**place), album=self.next_album())
        contents = [attachment.store(self.server.files) for attachment in attachments]
        return [self.write(user_id, content, where).id for content in contents]

    @synchronised
    def send_location(
        self,
        user_id: int,
        latitude: float = 35.6,
        longitude: float = 139.7,
        *,
        live_period: int | None = None,
        **place: Unpack[Place],
    ) -> int:
        """Send a point on the map; one with a `live_period` (seconds) can be moved."""
        more = {} if live_period is None else {"live_period": live_period}
        return self.write(user_id, make_location(latitude, longitude, **more), Where(**place)).id

    @synchronised
    def send_venue(
        self,
        user_id: int,
        title: str = "Service centre",
        address: str = "Shenzhen, Nanshan",
        **place: Unpack[Place],
    ) -> int:
        """Send a place with a name."""
        venue = make_venue(title, address, latitude=22.5, longitude=113.9)
        return self.write(user_id, venue, Where(**place)).id

    @synchronised
    def send_contact(
        self,
        user_id: int,
        phone_number: str = "+15550100",
        first_name: str = "Friend",
        **place: Unpack[Place],
    ) -> int:
        """Send a card."""
        return self.write(user_id, make_contact(phone_number, first_name), Where(**place)).id

    @synchronised
    def send_poll(
        self,
        user_id: int,
        question: str = "When?",
        options: Sequence[str] = ("Monday", "Friday"),
        *,
        is_quiz: bool = False,
        is_anonymous: bool = True,
        **place: Unpack[Place],
    ) -> int:
        """Send a poll; of a quiz the bot does not know the right answer."""
        number = self.server.next_poll_number()
        kind = "quiz" if is_quiz else "regular"
        poll = make_poll(number, question, list(options), type=kind, is_anonymous=is_anonymous)
        return self.write(user_id, poll, Where(**place)).id

    @synchronised
    def send_dice(self, user_id: int, emoji: str = "🎲", **place: Unpack[Place]) -> int:
        """Throw a dice."""
        dice = roll_dice(emoji, self.server.chance.random())
        return self.write(user_id, dice, Where(**place)).id

    @synchronised
    def send_rarity(self, user_id: int, kind: str, **place: Unpack[Place]) -> int:
        """Send what no bot can copy: story, paid_media, giveaway, checklist, game, invoice, …."""
        chat = describe_chat(self.chat_of(user_id))
        rarity = make_rarity(kind, chat, self.server.clock.seconds())
        return self.write(user_id, rarity, Where(**place)).id
