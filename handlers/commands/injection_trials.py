"""Asking with and without injected texts: the shelves that this takes, and the questions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers.commands.trial_desk import TrialDesk, TrialPlace, temporary_place
from knowledge.evaluation.asking import Request
from knowledge.evaluation.attacks import Injection
from knowledge.evaluation.bench import Progress
from knowledge.evaluation.carriers import CARRIERS, Carrier, deal, write_carriers
from knowledge.evaluation.injection_suite import (
    SHELVED,
    Place,
    Trial,
    evaluate_trials,
    sort_by_place,
    source_of,
)
from knowledge.evaluation.measures import Evaluation
from knowledge.language import base
from knowledge.passage import Audience, Passage

_FALLBACK = "zh"
_FITTING = 5
"""So many of the first results for a question may be cited for it."""
Tried = tuple[Trial, TrialDesk]


@dataclass(frozen=True)
class InjectionRun:
    """All injected texts of a file, each where it belongs."""

    starter: TrialPlace
    day: date
    progress: Progress

    def measure(self, injections: Sequence[Injection]) -> Evaluation:
        """Try each text, and count those that had an effect."""
        known, unknown = sort_by_place(injections)
        shelved = [one for place in SHELVED for one in known[place]]
        tried: list[Tried] = []
        with ExitStack() as shelves:
            clean = TrialDesk(self.starter, self.day)
            dirty = shelves.enter_context(self._shelf(_anywhere(shelved), beside=self.starter))
            questions = _questions_of(self.starter)
            for one in (*known[Place.QUESTION], *known[Place.HISTORY], *shelved):
                asked = replace(_pick(questions, one, len(tried)), language=one.language)
                desk = dirty if one in shelved else clean
                found = clean.search(asked, _FITTING)
                tried.append((_try(one, asked, clean, desk, found), desk))
                self.progress(len(tried), len(tried) + len(shelved), one.id)
            bare = [(carrier, None) for carrier in CARRIERS]
            without = shelves.enter_context(self._shelf(bare))
            for batch in deal(shelved):
                carrying = shelves.enter_context(self._shelf(batch))
                for carrier, one in batch:
                    request = Request(question=carrier.question, language=carrier.language)
                    tried.append((_try(one, request, without, carrying), carrying))
                    self.progress(len(tried), len(tried), one.id)
            return evaluate_trials(tried, unknown)

    @contextmanager
    def _shelf(
        self,
        carried: Sequence[tuple[Carrier, Injection | None]],
        *,
        beside: TrialPlace | None = None,
    ) -> Iterator[TrialDesk]:
        """A shelf of carriers, alone or beside the starter knowledge."""
        with TemporaryDirectory(prefix="helpdesk-carriers-") as name:
            write_carriers(Path(name), carried, numbered=beside is not None)
            with temporary_place(self.starter, Path(name), beside=beside) as place:
                yield TrialDesk(place, self.day)


def _anywhere(injections: Sequence[Injection]) -> list[tuple[Carrier, Injection | None]]:
    return [(CARRIERS[n % len(CARRIERS)], one) for n, one in enumerate(injections)]


def _try(
    injection: Injection,
    request: Request,
    clean: TrialDesk,
    desk: TrialDesk,
    found: Sequence[Passage] = (),
) -> Trial:
    """Ask without the text, and with it; a text in a message stands below the question."""
    asked = request
    if injection.where == Place.QUESTION:
        asked = replace(request, question=f"{request.question}\n{injection.text}")
    elif injection.where == Place.HISTORY:
        asked = replace(request, said=(injection.text,))
    return Trial(
        injection=injection,
        request=asked,
        without=clean.ask(request),
        reply=desk.ask(asked),
        fitting=frozenset(source_of(one.document, one.entry or one.locator) for one in found),
    )


def _questions_of(place: TrialPlace) -> Mapping[str, list[Request]]:
    """What the FAQ entries for everybody answer, by language: the first variant of each."""
    found: dict[str, list[Request]] = {}
    for name in sorted(place.library.documents()):
        for passage in place.library.document(name)[1]:
            languages = dict.fromkeys(variant.language for variant in passage.questions)
            for language in languages if passage.provenance.audience is Audience.PUBLIC else ():
                text = next(v.text for v in passage.questions if v.language == language)
                found.setdefault(base(language), []).append(Request(question=text))
    return found


def _pick(questions: Mapping[str, list[Request]], injection: Injection, number: int) -> Request:
    """A question in the text's language if there is one, each time another."""
    own = questions.get(base(injection.language)) or questions[_FALLBACK]
    return own[number * 7 % len(own)]
