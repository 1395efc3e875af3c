"""What customers do on Telegram, and a record of what has been said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.simulation.script import Act
from tests.simulation.telegram import SimulatedTelegram
from tests.telegram_server.people import Attachment
from tests.telegram_server.people.acting import Place
from tests.telegram_server.state import MediaKind

KINDS: tuple[MediaKind, ...] = ("photo", "document", "voice")
SECOND = 100
"""What is added to the number of an album for the word in its second part."""


@dataclass
class Said:
    """One message: where, by whom, and each version of its text, as a word found nowhere else."""

    chat: int
    thread: int
    message: int
    author: str
    words: list[str]
    is_note: bool = False
    released: bool = False
    """Somebody has pressed the button that lets out what was held."""
    album: int = 0
    """For a part of an album, the number of the first."""

    @property
    def is_album(self) -> bool:
        """Whether it is a part of an album."""
        return bool(self.album)

    @property
    def head(self) -> int:
        """The message that stands for all of it."""
        return self.album or self.message


class Customers:
    """What they do; a part of :class:`tests.simulation.people.Cast`."""

    telegram: SimulatedTelegram
    ids: Mapping[str, int]
    said: list[Said]
    leavers: set[int]

    def _ask(self, act: Act) -> bool:
        return self._write(act, "permit")

    def _need_person(self, act: Act) -> bool:
        return self._write(act, "person")

    def _human(self, act: Act) -> bool:
        return self._write(act, "/human")

    def _ask_file(self, act: Act) -> bool:
        return self._write(act, "permit", KINDS[act.number % len(KINDS)])

    def _ask_album(self, act: Act) -> bool:
        user = self._come_back(act)
        marks = [f"q{act.number}", f"q{act.number + SECOND}"]
        self.send_album(act, user, 0, [(mark, f"permit {mark}?") for mark in marks])
        return True

    def _write(self, act: Act, word: str, kind: MediaKind | None = None) -> bool:
        user, mark = self._come_back(act), f"q{act.number}"
        text, people = f"{word} {mark}?", self.telegram.people
        message = (
            people.send_text(user, text)
            if kind is None
            else people.send_file(user, Attachment(kind, text))
        )
        self.said.append(Said(user, 0, message, act.who, [mark]))
        return True

    def _come_back(self, act: Act) -> int:
        """Who writes to a bot that they have blocked unblocks it first."""
        user = self.ids[act.who]
        self.telegram.people.unblock(user)
        return user

    def _block(self, act: Act) -> bool:
        user = self.ids[act.who]
        if self.telegram.people.chat_of(user).is_blocked:
            return False
        self.telegram.people.block(user)
        self.leavers.add(user)
        return True

    def send_album(
        self, act: Act, chat: int, thread: int, parts: Sequence[tuple[str, str]]
    ) -> None:
        files = [Attachment("photo", caption) for _, caption in parts]
        user, place = self.ids[act.who], Place(chat_id=chat, thread_id=thread or None)
        numbers = self.telegram.people.send_album(user, files, **place)
        for number, (mark, _) in zip(numbers, parts, strict=True):
            self.said.append(Said(chat, thread, number, act.who, [mark], album=numbers[0]))

    def _edit(self, act: Act) -> bool:
        own = [one for one in self.said if one.author == act.who]
        if not own or self.telegram.people.chat_of(self.ids[act.who]).is_blocked:
            return False
        last = own[-1]
        mark = f"q{act.number}"
        last.words.append(mark)
        self.telegram.people.edit_text(last.chat, last.message, f"permit {mark}?")
        return True

    def _press_person(self, act: Act) -> bool:
        user = self.ids[act.who]
        return bool(self.press(user, user, 0, "v1:person:"))

    def _reopen(self, act: Act) -> bool:
        user = self.ids[act.who]
        return bool(self.press(user, user, 0, "v1:reopen:"))

    def press(self, user: int, chat: int, thread: int, data: str) -> str:
        """Press the newest button with such data; what it holds, "" when there is none."""
        for message in reversed(self.telegram.people.chat_of(chat).messages.values()):
            rows = (message.content.markup or {}).get("inline_keyboard", [])
            for button in (each for row in rows for each in row):
                found = str(button.get("callback_data", ""))
                if found.startswith(data) and (message.thread_id or 0) == thread:
                    self.telegram.people.press_data(user, chat, message.id, found)
                    return found
        return ""
