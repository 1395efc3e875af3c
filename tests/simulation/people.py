"""What customers and staff do on Telegram, and a record of what they have said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.simulation.customers import KINDS, SECOND, Customers, Said
from tests.simulation.script import CUSTOMERS, STAFF, Act
from tests.simulation.telegram import SimulatedTelegram
from tests.telegram_server.people import Attachment
from tests.telegram_server.people.acting import Place
from tests.telegram_server.state import MediaKind, Message

_TICKET = re.compile(r"\d+")
_COPY = re.compile(r"(?:permit|person|/human) q\d+\?")


@dataclass
class Cast(Customers):
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
        found = self.press(self.ids[act.who], self.telegram.group, thread, data) if thread else ""
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

    def _reply(self, act: Act) -> bool:
        return self._write_in_topic(act, f"r{act.number}", is_note=False)

    def _note(self, act: Act) -> bool:
        return self._write_in_topic(act, f"n{act.number}", is_note=True)

    def _reply_file(self, act: Act) -> bool:
        kind = KINDS[act.number % len(KINDS)]
        return self._write_in_topic(act, f"r{act.number}", is_note=False, kind=kind)

    def _reply_album(self, act: Act) -> bool:
        thread = self._open_thread(act)
        marks = [f"r{act.number}", f"r{act.number + SECOND}"]
        if thread:
            parts = [(mark, f"reply {mark}") for mark in marks]
            self.send_album(act, self.telegram.group, thread, parts)
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
