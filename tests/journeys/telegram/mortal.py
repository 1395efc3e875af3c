"""The service in a process of its own that kills itself where it is told to.

``python -m tests.journeys.telegram.mortal DATABASE URL TOKEN GROUP [METHOD NUMBER WHEN]`` dies at
the given call of a method, ``before`` it or ``after`` Telegram has carried it out; the method
``consult`` is the thinking. SIGKILL leaves no time for anything.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.desk.outcomes import Outcome
from bot.desk.questions import Question
from bot.storage.database import open_database
from handlers.chat import app
from handlers.chat.api import BotApi
from handlers.chat.context import ChatSettings
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.wiring import make_door


@dataclass
class Doom:
    """When to die."""

    method: str = ""
    number: int = 0
    when: str = ""
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def at(self, method: str, when: str) -> None:
        """Die if it is time."""
        self.seen[method, when] += 1
        if (method, when) == (self.method, self.when) and self.seen[method, when] == self.number:
            os.kill(os.getpid(), signal.SIGKILL)


class MortalAdvisor(Advisor):
    """May die while it thinks."""

    def __init__(self, doom: Doom) -> None:
        super().__init__(seconds=0.02)
        self._doom = doom

    def consult(self, question: Question) -> Outcome:
        self._doom.at("consult", "before")
        outcome = super().consult(question)
        self._doom.at("consult", "after")
        return outcome


def make_api(doom: Doom) -> type[BotApi]:
    class MortalApi(BotApi):
        async def __call__(
            self, method: str, parameters: Mapping[str, object], *, patience: float | None = None
        ) -> object:
            doom.at(method, "before")
            result = await super().__call__(method, parameters, patience=patience)
            doom.at(method, "after")
            return result

    return MortalApi


def main(arguments: list[str]) -> None:
    database, url, token, group, *rest = arguments
    doom = Doom(rest[0], int(rest[1]), rest[2]) if rest else Doom()
    # The process is ours alone, and the one place that talks to Telegram is replaced as a whole.
    vars(app)["BotApi"] = make_api(doom)
    settings = ChatSettings(token=token, base_url=url, staff_group=int(group))
    app.run(make_door(settings, open_database(Path(database)), MortalAdvisor(doom)))


if __name__ == "__main__":
    main(sys.argv[1:])
