"""The desk as the suites of ``helpdesk evaluate`` and ``calibrate`` ask it; it keeps nothing."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.bootstrap import Workplace
from bot.desk.conversation import Role, Turn
from bot.desk.outcomes import Answered, Clarifying, Outcome
from bot.desk.questions import Question
from bot.i18n.negotiation import canonical
from bot.i18n.translations import nearest_locale
from handlers.commands.ask import present
from handlers.wording import Wording
from ingest.shelving import WrittenShelf
from ingest.sync import Revise, leave, synchronise, synchronise_starter
from knowledge.alignment import AlignedEmbedder
from knowledge.decision import Judge, load_judge
from knowledge.embedding import BUNDLED, Embedder
from knowledge.errors import DocumentUnknown, UsageError
from knowledge.evaluation.asking import Cited, Reply, Request
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.language import identify
from knowledge.library import Library
from knowledge.models import load_engine
from knowledge.passage import Passage
from knowledge.shelf import writing

if TYPE_CHECKING:
    from knowledge.generation.rewording import Rewording

_NEVER = 2.0
"""No probability reaches it."""


class TrialDesk:
    """The consultant of a workplace, on a day and with thresholds of one's choice."""

    def __init__(
        self,
        workplace: Workplace,
        day: date,
        judge: Judge | None = None,
        *,
        wording: "Rewording | None" = None,
    ) -> None:
        """Ask as on ``day``; without a ``judge`` with the thresholds that the workplace has.

        ``wording`` stands where a model would be.
        """
        self._day = day
        self._library = workplace.library
        self._consultant = workplace.consultant
        if judge:
            self._library = Library(workplace.index, workplace.embedder, judge, workplace.reranker)
            self._consultant = replace(self._consultant, shelf=self._library)
        if wording:
            self._consultant = replace(self._consultant, wording=wording)
        self._wording = Wording(workplace.translations)
        self._passages: dict[str, Sequence[Passage]] = {}

    def ask(self, request: Request) -> Reply:
        """Think about a question as the desk does."""
        day = request.today or self._day
        outcome = replace(self._consultant, today=lambda: day).consult(
            Question(
                text=request.question,
                audience=request.audience,
                language=canonical(request.language),
                history=tuple(Turn(role=Role.CUSTOMER, text=text) for text in request.said),
            )
        )
        shown = present(outcome, self._wording, day)
        return Reply(
            outcome=outcome.outcome,
            reason=str(outcome.reason),
            spoken=nearest_locale(outcome.language),
            language=str(shown["language"]),
            text=outcome.found.text if isinstance(outcome, Answered) else str(shown["text"]),
            confidence=outcome.confidence,
            citations=_citations(outcome),
            choices=outcome.choices if isinstance(outcome, Clarifying) else (),
            shown=json.dumps(shown, ensure_ascii=False),
            year=outcome.found.year if isinstance(outcome, Answered) else None,
            worded=isinstance(outcome, Answered) and outcome.found.worded,
        )

    def search(self, request: Request, limit: int) -> Sequence[Passage]:
        """The best passages for a question that the asker may see."""
        found = self._library.search(
            request.question,
            language=request.language or identify(request.question),
            audience=request.audience,
            limit=limit,
        )
        return [one.passage for one in found]

    def passages(self, document: str) -> Sequence[Passage]:
        """A document as it is stored; none when there is no such document."""
        if document not in self._passages:
            try:
                self._passages[document] = self._library.document(document)[1]
            except DocumentUnknown:
                self._passages[document] = ()
        return self._passages[document]


def _citations(outcome: Outcome) -> tuple[Cited, ...]:
    if not isinstance(outcome, Answered):
        return ()
    return tuple(
        Cited(
            document=one.passage.document,
            entry=one.passage.entry or one.passage.locator,
            quote=one.quote,
            passage=one.passage.id,
            audience=one.passage.provenance.audience,
        )
        for one in outcome.found.citations
    )


@dataclass(frozen=True)
class OpenDesks:
    """A workplace's desk with its thresholds taken away, in two ways."""

    workplace: Workplace
    day: date

    @cached_property
    def open(self) -> TrialDesk:
        """It answers whatever it finds."""
        return self._desk(curated=0.0, texts=0.0)

    @cached_property
    def open_to_entries(self) -> TrialDesk:
        """It answers whatever FAQ entry it finds, and from no text."""
        return self._desk(curated=0.0, texts=_NEVER)

    @property
    def thresholds(self) -> tuple[float, float]:
        """Those that come with the program: FAQ entries, texts."""
        shipped = load_judge()
        return shipped.curated.answer_from, shipped.texts.answer_from

    def _desk(self, *, curated: float, texts: float) -> TrialDesk:
        shipped = load_judge()
        judge = replace(
            shipped,
            curated=replace(shipped.curated, answer_from=curated, ask_back_from=0.0),
            texts=replace(shipped.texts, answer_from=texts, ask_back_from=0.0),
        )
        return TrialDesk(self.workplace, self.day, judge)


@dataclass(frozen=True)
class TrialPlace(Workplace):
    """A workplace whose embedder remembers, also between runs; ``plain`` is the model alone."""

    plain: RememberingEmbedder

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder that the settings name, which asks ``plain``."""
        bundled = self.settings.embedding_model == BUNDLED
        return AlignedEmbedder(self.plain) if bundled else self.plain


def trial_place(workplace: Workplace) -> TrialPlace:
    """The same data folder, with vectors kept there between runs, and no language model."""
    bundled = workplace.settings.embedding_model == BUNDLED
    model = load_engine() if bundled else workplace.embedder
    cache = workplace.folder / "evaluation-cache"
    settings = workplace.settings.model_copy(update={"model_url": ""})
    return TrialPlace(settings, RememberingEmbedder(model, cache))


@contextmanager
def temporary_place(
    place: TrialPlace, *folders: Path, beside: TrialPlace | None = None
) -> Iterator[TrialPlace]:
    """A shelf of the documents in ``folders``, alone or ``beside`` what another shelf holds.

    It is gone afterwards. A document that cannot be read raises ``UsageError``.
    """
    with _elsewhere(place) as other:
        if beside:
            copytree(beside.index, other.index)
        with writing(other.index, lambda: other.embedder) as writer:
            report = synchronise(folders, WrittenShelf(writer))
        if report.failed:
            raise UsageError(problem=report.failed[0].error)
        yield other


@contextmanager
def starter_place(place: TrialPlace, revise: Revise = leave) -> Iterator[TrialPlace]:
    """A shelf of the starter knowledge; ``revise`` may change its documents."""
    with _elsewhere(place) as other:
        with writing(other.index, lambda: other.embedder) as writer:
            synchronise_starter(WrittenShelf(writer), revise=revise)
        yield other


@contextmanager
def _elsewhere(place: TrialPlace) -> Iterator[TrialPlace]:
    with TemporaryDirectory(prefix="helpdesk-trial-") as name:
        settings = place.settings.model_copy(update={"data": Path(name)})
        yield TrialPlace(settings, place.plain)
