"""A door without Telegram: storage in memory, calls that answer what a test says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from telegram.error import TelegramError, TimedOut

from bot.desk.desk import Desk
from bot.desk.ports import Clock
from bot.desk.schedule.hours import DEFAULT_HOURS, OpeningHours, parse_week
from bot.desk.schedule.queues import default_queues
from bot.desk.support import Support
from bot.desk.timing import Timing
from bot.i18n.translations import Translations
from handlers.chat.boxes import MessageBoxes
from handlers.chat.composer import TelegramComposer
from handlers.chat.context import ChatSettings, Door, Line
from handlers.chat.limiter import Limiter
from handlers.wording import Wording
from tests.fakes.clock import SetClock
from tests.fakes.consultants import ScriptedConsultant
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.timing import Timeline

GROUP = -1001
BOT = 99

Answer = Callable[[Mapping[str, object]], object]


@dataclass
class ScriptedApi:
    """Answers by method; an exception among the answers is raised. All calls are kept."""

    answers: dict[str, Answer] = field(default_factory=dict)
    calls: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)

    async def __call__(
        self, method: str, parameters: Mapping[str, object], *, patience: float | None = None
    ) -> object:
        del patience
        self.calls.append((method, parameters))
        result = self.answers[method](parameters)
        if isinstance(result, Exception):
            raise result
        return result


def make_door(storage: MemoryStorage, *, staff_group: int | None = GROUP) -> Door:
    clock = SetClock()
    wording = Wording(Translations())
    composer = TelegramComposer(wording=wording, staff_language="en", clock=clock)
    return Door(
        settings=ChatSettings(token="1:x", staff_group=staff_group),  # noqa: S106 - made up
        desk=Desk(storage, ScriptedConsultant(), composer, clock),
        units=storage,
        wording=wording,
        composer=composer,
        clock=clock,
    )


def timed_door(storage: MemoryStorage, clock: Clock) -> Door:
    """A door whose desk keeps time, by the ordinary hours."""
    queues = default_queues(OpeningHours(week=parse_week(DEFAULT_HOURS)))
    support = Support(timing=Timing(queues=queues, clock=clock))
    door = make_door(storage)
    desk = Desk(storage, ScriptedConsultant(), door.composer, clock, support)
    return replace(door, desk=desk, clock=clock)


def make_line(api: ScriptedApi, *, caught_up: bool = True) -> Line:
    time = Timeline()
    line = Line(
        api=api,
        bot_id=BOT,
        limiter=Limiter(clock=time, sleep=time.sleep),
        boxes=MessageBoxes(),
        sleep=time.sleep,
        jitter=lambda: 0.5,
    )
    if caught_up:
        line.caught_up.set()
    return line


def lost(cause: Exception | None = None) -> TelegramError:
    """The answer to a call was lost; ``cause`` is what the transport says."""
    error = TimedOut()
    error.__cause__ = cause
    return error
