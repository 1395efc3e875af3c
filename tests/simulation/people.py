"""What customers and staff do on Telegram, and a record of what they have said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.simulation.script import CUSTOMERS, STAFF, Act
from tests.simulation.telegram import SimulatedTelegram
from tests.telegram_server.people import Attachment
from tests.telegram_server.people.acting import Place
from tests.telegram_server.state import MediaKind, Message

_TICKET = re.compile(r"\d+")
_KINDS: tuple[MediaKind, ...] = ("photo", "document", "voice")
_SECOND = 100
"""What is added to the number of an album for the word in its second part."""
_COPY = re.compile(r"(?:permit|person|/human) q\d+\?")


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


@dataclass
class Cast:
    """The people of one world."""

    telegram: SimulatedTelegram
    customers: Sequence[str] = CUSTOMERS
    said: list[Said] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    gone: dict[int, Message] = field(default_factory=dict)
    """What stood in topics that staff have deleted."""
    leavers: set[int] = field(default_factory=set)
    """Customers who have ever blocked the bot."""

    def __post_init__(self) -> None:
        people = self.telegram.people
        self.ids = {name: people.add_user(name.title()) for name in (*self.customers, *STAFF)}
        for name in STAFF:
            people.add_member(self.telegram.group, self.ids[name])

    def written(self) -> Mapping[int, Message]:
        """What stands in the staff group, or stood there until its topic was deleted."""
        return {**self.gone, **self.telegram.people.chat_of(self.telegram.group).messages}

    def ticket_at(self, thread: int) -> int:
        """The number of the ticket that a topic is or was about."""
        named = _TICKET.search(
            self.telegram.people.chat_of(self.telegram.group).topics[thread].name
        )
        return int(named[0]) if named else 0

    def topics_beside(self, thread: int) -> set[int]:
        """The numbers of all the topics that a ticket has had, by one of them."""
        topics, ticket = self.telegram.people.chat_of(self.telegram.group).topics, self.ticket_at
        return {number for number in topics if ticket(number) == ticket(thread)}

    def perform(self, act: Act) -> bool:
        """Do it; False when there is nothing yet to do it with."""
        done = bool(getattr(self, f"_{act.what}")(act))
        if done:
            self.done.append(act.what)
        return done

    def _ask(self, act: Act) -> bool:
        return self._write(act, "permit")

    def _need_person(self, act: Act) -> bool:
        return self._write(act, "person")

    def _human(self, act: Act) -> bool:
        return self._write(act, "/human")

    def _ask_file(self, act: Act) -> bool:
        return self._write(act, "permit", _KINDS[act.number % len(_KINDS)])

    def _ask_album(self, act: Act) -> bool:
        user = self._come_back(act)
        marks = [f"q{act.number}", f"q{act.number + _SECOND}"]
        self._send_album(act, user, 0, [(mark, f"permit {mark}?") for mark in marks])
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

    def _send_album(
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
        return bool(self._press(user, user, 0, "v1:person:"))

    def _claim(self, act: Act) -> bool:
        return self._change(act, "claim")

    def _give_back(self, act: Act) -> bool:
        return self._change(act, "return")

    def _close(self, act: Act) -> bool:
        return self._change(act, "close")

    def _snooze(self, act: Act) -> bool:
        return self._change(act, "snooze", "/1h")

    def _give(self, act: Act) -> bool:
        """Give the ticket to the other one, or into nobody's hands."""
        (other,) = (name for name in STAFF if name != act.who)
        return self._change(act, "give", "/any" if act.number % 2 else f"/{self.ids[other]}")

    def _change_mode(self, act: Act) -> bool:
        return self._change(act, "mode")

    def _reopen(self, act: Act) -> bool:
        user = self.ids[act.who]
        return bool(self._press(user, user, 0, "v1:reopen:"))

    def _let_out(self, act: Act) -> bool:
        """Press the button that sends what was held, be it one's own or a colleague's."""
        pressed = self._decide(act, "v1:hsend:")
        for one in self.said:
            if one.chat == self.telegram.group and one.head == pressed:
                one.released = True
        return bool(pressed)

    def _keep_back(self, act: Act) -> bool:
        return bool(self._decide(act, "v1:hnote:"))

    def _press_undo(self, act: Act) -> bool:
        return bool(self._decide(act, "v1:undo:"))

    def _decide(self, act: Act, data: str) -> int:
        """Press a button about a message of staff; the number of that message, 0 for none."""
        thread = self._thread(act)
        found = self._press(self.ids[act.who], self.telegram.group, thread, data) if thread else ""
        return int(found.removeprefix(data) or 0)

    def _undo(self, act: Act) -> bool:
        """Take back one's last message, or the one replied to; the command itself has no word."""
        thread, group = self._thread(act), self.telegram.group
        own = [one for one in self.said if one.author == act.who and one.thread == thread]
        if not own or self.telegram.people.chat_of(group).topics[thread].is_closed:
            return False
        target = own[-1].message if act.number % 2 else None
        self.telegram.people.send_text(
            self.ids[act.who], "/undo", chat_id=group, thread_id=thread, reply_to=target
        )
        return True

    def _answer(self, act: Act) -> bool:
        """Reply to what the customer said: meant for them, whoever has the ticket."""
        thread = self._thread(act)
        copies = [
            m.id
            for m in self.telegram.people.chat_of(self.telegram.group).messages.values()
            if m.thread_id == thread and m.sender.is_bot and _COPY.fullmatch(m.content.text)
        ]
        return bool(copies) and self._write_in_topic(
            act, f"r{act.number}", is_note=False, reply_to=copies[-1]
        )

    def _change(self, act: Act, action: str, choice: str = "") -> bool:
        """Press a button as a client may that has not yet seen the newest state of it."""
        thread, group = self._thread(act), self.telegram.group
        if not thread:
            return False
        named = _TICKET.search(self.telegram.people.chat_of(group).topics[thread].name)
        messages = self.telegram.people.chat_of(group).messages.values()
        shown = [
            m for m in messages if m.thread_id == thread and m.sender.is_bot and m.content.text
        ]
        if not named or not shown:
            return False
        with_buttons = [m for m in shown if (m.content.markup or {}).get("inline_keyboard")]
        # The case card comes first; nothing else in a topic ever loses its buttons.
        message = (with_buttons or shown[:1])[-1]
        user, data = self.ids[act.who], f"v1:{action}:{named[0]}{choice}"
        self.telegram.people.press_data(user, group, message.id, data)
        return True

    def _press(self, user: int, chat: int, thread: int, data: str) -> str:
        """Press the newest button with such data; what it holds, "" when there is none."""
        for message in reversed(self.telegram.people.chat_of(chat).messages.values()):
            rows = (message.content.markup or {}).get("inline_keyboard", [])
            for button in (each for row in rows for each in row):
                found = str(button.get("callback_data", ""))
                if found.startswith(data) and (message.thread_id or 0) == thread:
                    self.telegram.people.press_data(user, chat, message.id, found)
                    return found
        return ""

    def _reply(self, act: Act) -> bool:
        return self._write_in_topic(act, f"r{act.number}", is_note=False)

    def _note(self, act: Act) -> bool:
        return self._write_in_topic(act, f"n{act.number}", is_note=True)

    def _reply_file(self, act: Act) -> bool:
        kind = _KINDS[act.number % len(_KINDS)]
        return self._write_in_topic(act, f"r{act.number}", is_note=False, kind=kind)

    def _reply_album(self, act: Act) -> bool:
        thread = self._open_thread(act)
        marks = [f"r{act.number}", f"r{act.number + _SECOND}"]
        if thread:
            parts = [(mark, f"reply {mark}") for mark in marks]
            self._send_album(act, self.telegram.group, thread, parts)
        return bool(thread)

    def _delete_topic(self, act: Act) -> bool:
        """Delete a topic, with all that stands there; the bot is not told."""
        thread, group = self._thread(act), self.telegram.group
        if not thread:
            return False
        messages = self.telegram.people.chat_of(group).messages.values()
        self.gone.update({m.id: m for m in messages if m.thread_id == thread})
        self.telegram.people.delete_topic(self.ids[act.who], group, thread)
        return True

    def _write_in_topic(
        self,
        act: Act,
        mark: str,
        *,
        is_note: bool,
        reply_to: int | None = None,
        kind: MediaKind | None = None,
    ) -> bool:
        thread, group = self._open_thread(act), self.telegram.group
        if not thread:
            return False
        text, people = f"// {mark}" if is_note else f"reply {mark}", self.telegram.people
        user, place = self.ids[act.who], Place(chat_id=group, thread_id=thread, reply_to=reply_to)
        message = (
            people.send_text(user, text, **place)
            if kind is None
            else people.send_file(user, Attachment(kind, text), **place)
        )
        self.said.append(Said(group, thread, message, act.who, [mark], is_note))
        return True

    def _edit_reply(self, act: Act) -> bool:
        own = [
            one
            for one in self.said
            if one.author == act.who and not one.is_note and one.message not in self.gone
        ]
        if not own:
            return False
        last, mark = own[-1], f"r{act.number}"
        last.words.append(mark)
        self.telegram.people.edit_text(
            self.ids[act.who], last.message, f"reply {mark}", chat_id=last.chat
        )
        return True

    def _thread(self, act: Act) -> int:
        """The topic that somebody looks at: the newest, or now and then the one before."""
        topics = self.telegram.people.topics(self.telegram.group)
        if not topics:
            return 0
        return topics[-1 - (act.number % 3 == 0 and len(topics) > 1)].thread_id

    def _open_thread(self, act: Act) -> int:
        """The topic that somebody looks at, where it can be written to; otherwise 0."""
        thread = self._thread(act)
        topics = self.telegram.people.chat_of(self.telegram.group).topics
        return 0 if not thread or topics[thread].is_closed else thread
