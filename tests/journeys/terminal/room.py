"""A terminal whose lines a test writes and reads."""

from io import StringIO

from bot.desk.ports import UnitOfWorkFactory
from bot.desk.questions import Sender
from bot.desk.ticket import Staff
from bot.i18n.translations import Translations
from handlers.terminal import TerminalParts, chat, demo
from handlers.terminal_console import Console
from handlers.wording import Wording
from tests.fakes.clock import SetClock
from tests.fakes.consultants import ScriptedConsultant
from tests.fakes.watched_units import WatchedUnits


class Room:
    """Each call of ``chat`` or ``demo`` is a session of its own on the same data."""

    def __init__(self, units: UnitOfWorkFactory) -> None:
        self.units = WatchedUnits(units)
        self.clock = SetClock()
        self.consultant = ScriptedConsultant(self._assert_no_transaction)
        self.wording = Wording(Translations())
        self.parts = TerminalParts(
            units=self.units,
            consultant=self.consultant,
            wording=self.wording,
            clock=self.clock,
            sender=Sender(identity="anna", name="Anna"),
            staff=Staff(identity="li", name="Li"),
        )

    def chat(self, *lines: str) -> list[str]:
        """The texts that were shown."""
        return self._play(chat, lines)

    def demo(self, *lines: str) -> list[str]:
        return self._play(demo, lines)

    def _play(self, session: object, lines: tuple[str, ...]) -> list[str]:
        assert session in {chat, demo}
        self.clock.advance(60)
        target = StringIO()
        console = Console(StringIO("".join(f"{line}\n" for line in lines)), target)
        code = chat(self.parts, console) if session is chat else demo(self.parts, console)
        assert code == 0
        return [text for text in target.getvalue().split("\n\n") if text]

    def _assert_no_transaction(self) -> None:
        assert self.units.open_here == 0
