"""What customers and staff do on Telegram, and a record of what they have said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.simulation.script import CUSTOMERS, STAFF, Act
from tests.simulation.telegram import SimulatedTelegram

_TICKET = re.compile(r"\d+")


@dataclass
class Said:
    """One message: where, by whom, and each version of its text, as a word found nowhere else."""

    chat: int
    thread: int
    message: int
    author: str
    words: list[str]
    is_note: bool = False


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
        return self._press(user, user, 0, "v1:person:")

    def _claim(self, act: Act) -> bool:
        return self._change(act, "claim")

    def _give_back(self, act: Act) -> bool:
        return self._change(act, "return")

    def _close(self, act: Act) -> bool:
        return self._change(act, "close")

    def _change(self, act: Act, action: str) -> bool:
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
        user, data = self.ids[act.who], f"v1:{action}:{named[0]}"
        self.telegram.people.press_data(user, group, message.id, data)
        return True

    def _press(self, user: int, chat: int, thread: int, data: str) -> bool:
        for message in reversed(self.telegram.people.chat_of(chat).messages.values()):
            rows = (message.content.markup or {}).get("inline_keyboard", [])
            for button in (each for row in rows for each in row):
                found = str(button.get("callback_data", ""))
                if found.startswith(data) and (message.thread_id or 0) == thread:
                    self.telegram.people.press_data(user, chat, message.id, found)
                    return True
        return False

    def _reply(self, act: Act) -> bool:
        return self._write_in_topic(act, f"r{act.number}", is_note=False)

    def _note(self, act: Act) -> bool:
        return self._write_in_topic(act, f"n{act.number}", is_note=True)

    def _write_in_topic(self, act: Act, mark: str, *, is_note: bool) -> bool:
        thread, group = self._thread(act), self.telegram.group
        if not thread or self.telegram.people.chat_of(group).topics[thread].is_closed:
            return False
        text = f"// {mark}" if is_note else f"reply {mark}"
        user = self.ids[act.who]
        message = self.telegram.people.send_text(user, text, chat_id=group, thread_id=thread)
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
