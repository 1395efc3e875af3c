"""The terminal door: a conversation with the desk, line by line; in the demo also the staff."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.desk.conversation import Address
from bot.desk.desk import Desk
from bot.desk.outcomes import Clarifying, HandedOff, Outcome
from bot.desk.ports import Clock, Consultant, InboxRow, UnitOfWorkFactory
from bot.desk.questions import Sender
from bot.desk.ticket import Staff, Ticket
from bot.i18n.formats import choosable_languages, language_name, own_name
from bot.i18n.locales import KNOWN_LOCALES
from bot.i18n.negotiation import canonical
from handlers import terminal_texts
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from handlers.terminal_composer import TerminalComposer, reading_language
from handlers.terminal_console import Console
from handlers.terminal_delivery import TerminalDelivery
from handlers.terminal_inbox import TerminalInbox
from handlers.terminal_staff import DOOR, StaffDesk, StaffPrompt
from handlers.wording import Wording

_AUTOMATIC = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalParts:
    """What the door is built from; ``staff`` and their language only matter in the demo."""

    units: UnitOfWorkFactory
    consultant: Consultant
    wording: Wording
    clock: Clock
    sender: Sender
    staff: Staff
    staff_language: str = "en"


def chat(parts: TerminalParts, console: Console) -> int:
    """Talk to the desk until the input ends; returns the exit code."""
    return TerminalDoor(parts, console, with_staff=False).run()


def demo(parts: TerminalParts, console: Console) -> int:
    """Talk to the desk, and play its staff as well; returns the exit code."""
    return TerminalDoor(parts, console, with_staff=True).run()


class TerminalDoor:
    """One customer at one terminal. The conversation goes on where it ended the last time."""

    def __init__(self, parts: TerminalParts, console: Console, *, with_staff: bool) -> None:
        self._parts = parts
        self._console = console
        self._wording = parts.wording
        self._address = Address(door=DOOR, chat=parts.sender.identity)
        composer = TerminalComposer(wording=parts.wording, clock=parts.clock)
        self._desk = Desk(parts.units, parts.consultant, composer, parts.clock)
        self._delivery = TerminalDelivery(
            units=parts.units, clock=parts.clock, queue=self._address.key, show=console.show
        )
        self._with_staff = with_staff
        self._staff = StaffPrompt(_staff_desk(parts, self._desk), console)
        self._choices: Sequence[str] = ()
        self._inbox = TerminalInbox(
            units=parts.units, clock=parts.clock, address=self._address, sender=parts.sender
        )

    def run(self) -> int:
        """Read lines until there are no more; returns the exit code."""
        self._delivery.recover()
        self._delivery.deliver()
        if self._console.interactive:
            self._say(staff_texts.TERMINAL_HINT)
        # Ctrl-C while the desk thinks: the line is kept, and the next session answers it.
        with suppress(KeyboardInterrupt):
            self._answer_waiting()
            while (line := self._read()) is not None and self._take(line):
                pass
            self._delivery.deliver()
        if self._console.interactive:
            self._say(terminal_texts.FAREWELL)
        return 0

    def _read(self) -> str | None:
        prompt = self._wording.phrase(staff_texts.CUSTOMER_PROMPT, language=self._language())
        return self._console.read(prompt)

    def _take(self, line: str) -> bool:
        """Do what the line says; False when it ends the conversation."""
        text = line.strip()
        if not text:
            return True
        if not text.startswith("/"):
            self._ask(text)
            return True
        name, _, rest = text.partition(" ")
        if name == "/quit":
            return False
        if name == "/staff" and self._with_staff:
            return self._play_staff()
        command = self._commands().get(name)
        if command is None:
            self._say(texts.UNKNOWN_COMMAND, command=name)
        else:
            command(rest.strip())
        return True

    def _commands(self) -> Mapping[str, Callable[[str], None]]:
        return {
            "/start": lambda _: self._say(texts.WELCOME),
            "/help": lambda _: self._help(),
            "/language": self._choose_language,
            "/human": self._ask_for_person,
            "/status": lambda _: self._status(),
        }

    def _ask(self, text: str) -> None:
        if text.isdecimal() and 1 <= int(text) <= len(self._choices):
            text = self._choices[int(text) - 1]
        self._inbox.keep(text)
        self._answer_waiting()

    def _answer_waiting(self) -> None:
        while (row := self._inbox.waiting()) is not None:
            self._answer(row)

    def _answer(self, row: InboxRow) -> None:
        message = self._inbox.message(row)
        outcome = self._desk.receive(message, also=lambda unit: unit.inbox.done(row.id))
        self._answered(outcome)

    def _ask_for_person(self, text: str) -> None:
        self._answered(self._desk.ask_for_person(self._inbox.passing(text or "/human")))

    def _answered(self, outcome: Outcome | None) -> None:
        self._choices = outcome.choices if isinstance(outcome, Clarifying) else ()
        self._delivery.deliver()
        if outcome is None:
            # The desk is silent while a person has the thread; at a terminal that looks dead.
            self._status()
        if self._with_staff and isinstance(outcome, HandedOff):
            self._say(terminal_texts.STAFF_AT_HAND)

    def _status(self) -> None:
        self._console.show(self._wording.status(self._newest(), language=self._language()))

    def _help(self) -> None:
        language = self._language()
        lines = [
            self._wording.help(language=language),
            f"/quit – {self._wording.phrase(terminal_texts.QUIT, language=language)}",
        ]
        if self._with_staff:
            play = self._wording.phrase(terminal_texts.PLAY_STAFF, language=language)
            lines.append(f"/staff – {play}")
        self._console.show("\n".join(lines))

    def _choose_language(self, tag: str) -> None:
        chosen = "" if tag == _AUTOMATIC else canonical(tag)
        if not tag:
            self._say(texts.CHOOSE_LANGUAGE)
            lines = (f"{known} – {own_name(known)}" for known in choosable_languages())
            self._console.show("\n".join(lines))
            self._say(terminal_texts.LANGUAGE_LINE)
        elif tag != _AUTOMATIC and chosen not in KNOWN_LOCALES:
            self._say(texts.LANGUAGE_UNKNOWN, tag=tag, known=", ".join(choosable_languages()))
        else:
            self._desk.choose_language(self._parts.sender, self._address, chosen)
            self._confirm_language(chosen)

    def _confirm_language(self, chosen: str) -> None:
        if chosen:
            self._say(texts.LANGUAGE_CHOSEN, chosen=language_name(chosen, language=chosen))
        else:
            self._say(texts.LANGUAGE_AUTOMATIC)

    def _play_staff(self) -> bool:
        goes_on = self._staff.run()
        if goes_on:
            self._say(terminal_texts.CUSTOMER_LINE)
        # Only now: what staff wrote belongs on the customer's side of the screen.
        self._delivery.deliver()
        return goes_on

    def _newest(self) -> Ticket | None:
        return next(iter(self._desk.status(self._address)), None)

    def _language(self) -> str:
        with self._parts.units() as unit:
            conversation = unit.conversations.at(self._address)
        if conversation is None:
            return self._parts.sender.client_language or "en"
        return reading_language(conversation)

    def _say(self, message: str, **fields: object) -> None:
        self._console.show(self._wording.phrase(message, language=self._language(), **fields))


def _staff_desk(parts: TerminalParts, desk: Desk) -> StaffDesk:
    return StaffDesk(
        desk=desk,
        units=parts.units,
        wording=parts.wording,
        clock=parts.clock,
        staff=parts.staff,
        language=parts.staff_language,
    )
