"""One world: people, Telegram, a storage that lasts, and processes of the service that do not."""

import asyncio
import contextlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.desk.ports import UnitOfWorkFactory
from handlers.chat.api import as_number
from tests.simulation.api import SimulatedApi
from tests.simulation.life import Killed, Ledger, Life
from tests.simulation.people import Cast
from tests.simulation.process import Parts, Process, Thinker, prepare
from tests.simulation.pushing import Pusher
from tests.simulation.script import Act, Script, write_script
from tests.simulation.telegram import SimulatedTelegram
from tests.simulation.virtual_loop import Standstill, VirtualLoop
from tests.simulation.watched_units import WatchedUnits
from tests.simulation.weather import Weather

_LOOK = 0.5
_TRY_AGAIN = 0.7
_TRIES = 8
_NEW_PROCESS = (0.05, 0.5, 3.0)


@dataclass
class Findings:
    """What was seen while the world ran."""

    spoke_out_of_turn: list[str] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)
    steps: int = 0
    calls: int = 0
    seconds: float = 0.0
    ended: str = ""


class World:
    """Everything of one seed; ``longest`` is how many seconds it may take."""

    longest = 3600.0
    start = 0.0

    def __init__(
        self,
        seed: int,
        units: UnitOfWorkFactory,
        *,
        script: Script | None = None,
        storm: float | None = None,
        cast: Cast | None = None,
    ) -> None:
        prepare()
        chance = random.Random(seed)
        self.script = script or write_script(chance)
        self.cast = cast or Cast(SimulatedTelegram())
        self.telegram = self.cast.telegram
        self.weather = Weather(chance, storm=storm)
        self.ledger = Ledger()
        self.findings = Findings()
        self.units = units
        self.trace: list[str] = []
        self._chance = chance
        self._deaths = list(self.script.deaths)
        self._acting = len(self.script.acts)
        self._loop = VirtualLoop(self.weather.delay, start=self.start)
        self.telegram.clock.read = self._loop.time
        self.telegram.on_update(self._hear)
        self._life = Life()
        self._process: Process | None = None
        self._api: SimulatedApi | None = None
        self._pusher: Pusher | None = None

    def run(self) -> Findings:
        """Let everything happen, until nothing is left to do."""
        loop = self._loop
        asyncio.set_event_loop(loop)
        try:
            for act in self.script.acts:
                loop.call_at(max(act.at, loop.time()), self._act, act, _TRIES)
            loop.call_soon(self._start)
            loop.call_later(_LOOK, self._look)
            with contextlib.suppress(Standstill):
                loop.run_forever()
        finally:
            self._bury()
            asyncio.set_event_loop(None)
            loop.close()
        self.findings.seconds = loop.time()
        return self.findings

    @property
    def time(self) -> float:
        """Seconds since the world began."""
        return self._loop.time()

    def _start(self) -> None:
        die_at = self._deaths.pop(0) if self._deaths else 0
        self._life = life = Life(die_at=die_at, kill=lambda: self._died(life))
        units = WatchedUnits(self.units, life, self.ledger, self.weather.delay)
        self._api = api = SimulatedApi(self.telegram, life, self.weather, self._watch)
        self._process = Process(
            Parts(
                units=units,
                api=api,
                life=life,
                chance=self._chance,
                consultant=Thinker(life, self.weather.thinking),
                group=self.telegram.group,
            )
        )
        self._loop.create_task(self._process.run(polls=self.script.polls))
        if not self.script.polls:
            self._pusher = Pusher(self.telegram, self._process, self._chance, self.script.repeats)
            self._pusher.look()

    def _died(self, life: Life) -> None:
        self.findings.deaths.append(life.last)
        self.trace.append(f"{self._loop.time():8.3f} the process dies: {life.last}")
        self._loop.call_soon(self._bury)
        self._loop.call_later(self._chance.choice(_NEW_PROCESS), self._start)

    def _bury(self) -> None:
        """Take away what is left of a process: nothing of it has any effect any more."""
        self._life.alive = False
        if self._api is not None:
            self._api.let_go()
        self.findings.steps += self._life.steps
        self._process = self._pusher = self._api = None
        self._loop.interrupt_strands(Killed)
        self._loop.cancel_tasks()
        if not self._loop.is_running():
            self._loop.call_soon(self._loop.stop)
            self._loop.run_forever()

    def _act(self, act: Act, tries: int) -> None:
        done = self.cast.perform(act)
        if not done and tries > 0:
            self._loop.call_later(_TRY_AGAIN, self._act, act, tries - 1)
            return
        self._acting -= 1
        said = "" if done else " (cannot)"
        self.trace.append(f"{self._loop.time():8.3f} {act.who}: {act.what} {act.number}{said}")
        if not self._acting:
            self.weather.clear()

    def _hear(self) -> None:
        self._loop.call_soon(self._tell)

    def _tell(self) -> None:
        """The updates of what people did are on their way."""
        if self._api is not None:
            self._api.news.set()
        if self._pusher is not None:
            self._pusher.look()

    def _watch(self, method: str, parameters: Mapping[str, object]) -> None:
        """A call leaves: the bot must not speak for itself where a person has the thread."""
        self.findings.calls += 1
        chat, text = parameters.get("chat_id"), str(parameters.get("text", ""))
        self.trace.append(f"{self._loop.time():8.3f} {method} to {chat}: {text[:60]!r}")
        own_words = isinstance(chat, int) and text in self.ledger.fenced.get(chat, ())
        if own_words and self.ledger.has_person(as_number(chat)):
            self.findings.spoke_out_of_turn.append(text)

    def _look(self) -> None:
        """See whether everything is done."""
        if self._loop.broken:
            self.findings.ended = self._loop.broken
        elif self._loop.time() > self.longest:
            self.findings.ended = f"after {self.longest:.0f} s something was still not done"
        elif self._acting or self._process is None or not self._is_quiet():
            self._loop.call_later(_LOOK, self._look)
            return
        self._loop.stop()

    def _is_quiet(self) -> bool:
        under_way = self._api is not None and self._api.under_way
        if self.telegram.waiting() or under_way or self._loop.paused:
            return False
        with self.units() as unit:
            if unit.inbox.next(excluding=frozenset()) is not None or unit.relay.gathered(""):
                return False
            return unit.outbox.waiting() == 0
