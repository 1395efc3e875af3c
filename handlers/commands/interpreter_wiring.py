"""The interpreter of a workplace."""

from bot.bootstrap import Workplace
from bot.desk.casework import Casework
from bot.desk.interpreter_desk import InterpreterDesk
from bot.desk.interpreting import Interpreting
from bot.desk.ports import UnitOfWorkFactory
from handlers.chat.composer import TelegramComposer
from handlers.chat.interpreter import TelegramInterpreterComposer


def make_interpreting(workplace: Workplace, *, staff_language: str) -> Interpreting | None:
    """Return what takes in messages to be translated; None where none are."""
    if workplace.interpreter is None:
        return None
    return Interpreting(staff_language=staff_language, clock=workplace.now)


def make_interpreter_desk(
    workplace: Workplace, units: UnitOfWorkFactory, composer: TelegramComposer
) -> InterpreterDesk:
    """Wire it. It is there without an interpreter too, for what waited when there was one."""
    written = TelegramInterpreterComposer(
        wording=composer.wording, staff_language=composer.staff_language
    )
    return InterpreterDesk(
        units=units,
        casework=Casework(composer=composer, clock=workplace.now),
        composer=written,
        interpreter=workplace.interpreter,
    )
