"""Who asks what when everybody writes at once: no question twice, and some that need a person.

The questions are those of our own suite and wordings of the starter knowledge. The desk is asked
each of them by itself before, in a process of its own: so it is known which go to a person, and
what a customer who asks it first must read.
"""

import csv
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ingest.sync import find_starter

if TYPE_CHECKING:
    from bot.bootstrap import Workplace

_SUITE: Final = Path(__file__).parent / "questions" / "questions.jsonl"
_COLUMN: Final = "question:"
_SPARE: Final = 1.5
"""Times as many questions are tried as are asked: many of the suite's are for a person."""
_SUITE_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the language that the asker's program is set to."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Known:
    """A question with what the desk says when it is asked nothing else.

    ``parts`` are the messages, () where a person is brought: when that one answers is told anew.
    """

    asked: Asked
    needs_person: bool
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """What the desk does without Telegram around it."""

    per_second: float
    processor_seconds: float


Pair = tuple[Known, Known]
"""What one customer asks, in this order and one language."""


def list_candidates(count: int, *, seed: int = 1) -> list[Asked]:
    """Questions to choose ``count`` from, no text twice."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    suite, starter = list(_read_suite()), list(_read_starter())
    chance.shuffle(suite)
    chance.shuffle(starter)
    wanted = round(count * _SPARE)
    found = [*suite[: round(wanted * _SUITE_SHARE)], *starter]
    unlike = {asked.text: asked for asked in found}
    chosen = list(islice(unlike.values(), wanted))
    chance.shuffle(chosen)
    return chosen


def draw_pairs(known: Sequence[Known], customers: int, *, cases: int) -> list[Pair]:
    """Two questions each; of so many customers, spread evenly, the first one needs a person."""
    calm, hard = _by_language(known, needs_person=False), _by_language(known, needs_person=True)
    pairs: list[Pair] = []
    every = customers // cases if cases else 0
    for number in range(customers):
        needs_person = bool(every) and number % every == 0 and number // every < cases
        first = hard if needs_person else calm
        language = max(first, key=lambda tag: (min(len(first[tag]), len(calm[tag])), tag))
        pairs.append((first[language].pop(), calm[language].pop()))
    return pairs


def hear(data: Path, questions: Sequence[Asked]) -> list[Known]:
    """Ask the desk each question by itself."""
    workplace = _open(data)
    return [_hear_one(workplace, asked) for asked in questions]


def time_alone(data: Path, questions: Sequence[Asked], *, threads: int) -> Alone:
    """Have the desk think about all of them, in as many threads as the service has for it."""
    workplace = _open(data)
    _consult(workplace, Asked("?", "en"))
    began, busy = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(partial(_consult, workplace), questions):
            pass
    seconds = time.perf_counter() - began
    return Alone(len(questions) / seconds, time.process_time() - busy)


def _open(data: Path) -> "Workplace":
    from bot.bootstrap import Workplace
    from bot.settings import read_settings

    workplace = Workplace(read_settings(data))
    workplace.warm_up()
    return workplace


def _consult(workplace: "Workplace", asked: Asked) -> object:
    from bot.desk.questions import Question

    return workplace.consultant.consult(Question(text=asked.text, client_language=asked.language))


def _hear_one(workplace: "Workplace", asked: Asked) -> Known:
    from bot.desk.outcomes import HandedOff
    from bot.desk.questions import Question
    from handlers.chat.render import render_reply
    from handlers.wording import Wording

    outcome = workplace.consultant.consult(
        Question(text=asked.text, client_language=asked.language)
    )
    if isinstance(outcome, HandedOff):
        return Known(asked, needs_person=True, parts=())
    wording = Wording(workplace.translations)
    reply = wording.outcome(outcome, language=outcome.language, today=workplace.today())
    parts = tuple(part.text for part in render_reply(reply))
    return Known(asked, needs_person=False, parts=parts)


def _by_language(known: Sequence[Known], *, needs_person: bool) -> dict[str, list[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for one in known:
        if one.needs_person is needs_person:
            found[one.asked.language].append(one)
    return found


def _read_suite() -> Iterator[Asked]:
    for line in _SUITE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Asked(row["question"], row["language"])


def _read_starter() -> Iterator[Asked]:
    for path in sorted((find_starter() / "faq").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                for name, texts in row.items():
                    if name.startswith(_COLUMN):
                        language = name.removeprefix(_COLUMN)
                        yield from (Asked(text, language) for text in texts.splitlines() if text)
