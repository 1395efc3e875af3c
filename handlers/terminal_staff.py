"""The staff's side of the terminal: who is waiting, and what to tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from bot.desk.conversation import Conversation
from bot.desk.desk import Desk
from bot.desk.ports import Clock, StaffMessage, UnitOfWorkFactory
from bot.desk.ticket import EntryKind, Staff, Ticket
from handlers import terminal_texts
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from handlers.terminal_console import Console
from handlers.wording import Wording
from handlers.wording_direction import isolate
from knowledge.errors import DeskError, ThreadNotFound

DOOR = "terminal"
_LONGEST_NUMBER = 18
"""Digits that a database can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDesk:
    """What a colleague at the terminal works with."""

    desk: Desk
    units: UnitOfWorkFactory
    wording: Wording
    clock: Clock
    staff: Staff
    language: str


class StaffPrompt:
    """A colleague at the terminal; goes on until ``/customer``, ``/quit`` or the end of input."""

    def __init__(self, place: StaffDesk, console: Console) -> None:
        self._place = place
        self._console = console
        self._taken: int | None = None
        self._session = f"{place.clock():%Y%m%dT%H%M%S.%f}"
        self._numbers = count(1)

    def run(self) -> bool:
        """Work; False when the whole program is to end."""
        self._say(terminal_texts.STAFF_LINE)
        self._list()
        while (line := self._console.read(self._prompt())) is not None:
            command, _, rest = line.strip().partition(" ")
            if command in {"/customer", "/quit"}:
                return command == "/customer"
            try:
                self._act(command, rest, line)
            except DeskError as error:
                self._show(self._place.wording.error(error, language=self._place.language))
        return False

    def _act(self, command: str, rest: str, line: str) -> None:
        match command:
            case "":
                return
            case "/staff":
                self._list()
            case "/take":
                self._take(rest)
            case "/return" | "/close":
                self._release(command)
            case _ if command.startswith("/") and not command.startswith("//"):
                self._say(texts.UNKNOWN_COMMAND, command=command)
                self._say(terminal_texts.STAFF_LINE)
            case _:
                self._write(line)

    def _list(self) -> None:
        tickets = self._waiting()
        self._show(self._place.wording.waiting(len(tickets), language=self._place.language))
        for conversation, ticket in tickets:
            self._show(self._card(conversation, ticket))

    def _take(self, number: str) -> None:
        if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
            self._say(terminal_texts.TAKE_FIRST)
            return
        conversation, _ = self._place.desk.thread(int(number))
        if conversation.address.door != DOOR:
            # Its customer is not here: whoever takes it must be able to reach them.
            raise ThreadNotFound(ticket=number)
        ticket = self._place.desk.claim(int(number), self._place.staff)
        with self._place.units() as unit:
            unit.tickets.set_topic(ticket.id, _topic(ticket.id))
            unit.commit()
        self._taken = ticket.id
        self._show("\n".join([self._card(conversation, ticket), "", *self._timeline(ticket)]))

    def _write(self, line: str) -> None:
        if self._taken is None:
            self._say(terminal_texts.TAKE_FIRST)
            return
        staff = self._place.staff
        message = StaffMessage(
            author=staff.identity,
            name=staff.name,
            reference=f"{self._session}-{next(self._numbers)}",
            text=line,
        )
        ticket = self._place.desk.staff_wrote(_topic(self._taken), message)
        if ticket.entries[-1].kind is EntryKind.NOTE:
            self._say(staff_texts.NOTE_KEPT)
        else:
            self._say(staff_texts.REPLY_SENT, customer=self._customer())

    def _release(self, command: str) -> None:
        if self._taken is None:
            self._say(terminal_texts.TAKE_FIRST)
            return
        desk = self._place.desk
        end = desk.close if command == "/close" else desk.return_to_bot
        ticket = end(self._taken, self._place.staff)
        self._taken = None
        self._show(self._place.wording.staff_change(ticket, language=self._place.language))

    def _waiting(self) -> Sequence[tuple[Conversation, Ticket]]:
        threads = (self._place.desk.thread(ticket.id) for ticket in self._place.desk.tickets())
        return [(talk, ticket) for talk, ticket in threads if talk.address.door == DOOR]

    def _card(self, conversation: Conversation, ticket: Ticket) -> str:
        language = self._place.language
        return self._place.wording.staff_card(conversation, ticket, language=language).text

    def _timeline(self, ticket: Ticket) -> list[str]:
        wording, language = self._place.wording, self._place.language
        labels = terminal_texts.ENTRIES
        said = (
            (entry.kind, isolate(entry.text, language=language))
            for entry in ticket.entries
            if entry.kind is not EntryKind.OPENED and entry.kind in labels
        )
        return [
            f"{wording.phrase(labels[kind], language=language)}: {text}".rstrip(": ")
            for kind, text in said
        ]

    def _prompt(self) -> str:
        if self._taken is None:
            return "/staff"
        return self._place.wording.phrase(
            staff_texts.STAFF_PROMPT, language=self._place.language, customer=self._customer()
        )

    def _customer(self) -> str:
        if self._taken is None:
            return ""
        return self._place.desk.thread(self._taken)[0].customer.name

    def _say(self, message: str, **fields: object) -> None:
        self._show(self._place.wording.phrase(message, language=self._place.language, **fields))

    def _show(self, text: str) -> None:
        self._console.show(text)


def _topic(ticket: int) -> str:
    return f"{DOOR}:{ticket}"
