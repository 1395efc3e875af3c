"""An interpreter in the service of a journey."""

from dataclasses import replace

from bot.desk.casework import Casework
from bot.desk.interpreter_desk import InterpreterDesk
from bot.desk.interpreting import Interpreting
from bot.desk.ports import Clock
from bot.desk.support import Support
from handlers.chat.context import ChatSettings, Door
from handlers.chat.interpreter import TelegramInterpreterComposer
from knowledge.translation.interpreter import Interpreter


def interpreted(
    support: Support, settings: ChatSettings, clock: Clock, interpreter: Interpreter | None
) -> Support:
    """Have messages taken in for the interpreter, if there is one."""
    if interpreter is None:
        return support
    taken = Interpreting(staff_language=settings.staff_language, clock=clock)
    return replace(support, interpreting=taken)


def with_interpreter(door: Door, interpreter: Interpreter | None) -> Door:
    """Give the door its interpreter; without one, what waits is refused."""
    composer = TelegramInterpreterComposer(
        wording=door.wording, staff_language=door.settings.staff_language
    )
    desk = InterpreterDesk(
        units=door.units,
        casework=Casework(composer=door.composer, clock=door.clock),
        composer=composer,
        interpreter=interpreter,
    )
    return replace(door, interpreter=desk)
