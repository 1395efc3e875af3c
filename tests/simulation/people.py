"""What customers and staff do on Telegram, and a record of what they have said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.simulation.script import CUSTOMERS, STAFF, Act
from tests.simulation.telegram import SimulatedTelegram

_TICKET = re.compile(r"\d+")
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


@dataclass
class Cast:
    """The people of one world."""

    telegram: SimulatedTelegram
    customers: Sequence[str] = CUSTOMERS
    said: list[Said] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        people = self.telegram.people
        self.ids = {name: people.add_user(name.title()) for name in (*self.customers, *STAFF)}
        for name in STAFF:
            people.add_member(self.telegram.group, self.ids[name])

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

    def _write(self, act: Act, word: str) -> bool:
        user, mark = self.ids[act.who], f"q{act.number}"
        message = self.telegram.people.send_text(user, f"{word} {mark}?")
        self.said.append(Said(user, 0, message, act.who, [mark]))
        return True

    def _edit(self, act: Act) -> bool:
        own = [one for one in self.said if one.author == act.who]
        if not own:
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
            if one.chat == self.telegram.group and one.message == pressed:
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

    def _write_in_topic(
        self, act: Act, mark: str, *, is_note: bool, reply_to: int | None = None
    ) -> bool:
        thread, group = self._thread(act), self.telegram.group
        if not thread or self.telegram.people.chat_of(group).topics[thread].is_closed:
            return False
        text = f"// {mark}" if is_note else f"reply {mark}"
        user = self.ids[act.who]
        message = self.telegram.people.send_text(
            user, text, chat_id=group, thread_id=thread, reply_to=reply_to
        )
        self.said.append(Said(group, thread, message, act.who, [mark], is_note))
        return True

    def _edit_reply(self, act: Act) -> bool:
        own = [one for one in self.said if one.author == act.who and not one.is_note]
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
