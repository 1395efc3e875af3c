"""Language models that lie, in the process, before the desk and before the check of sentences."""

import csv
import io
import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from handlers.commands.trial_desk import TrialDesk, TrialPlace, starter_place
from knowledge.answer import Citation
from knowledge.evaluation.asking import Request
from knowledge.evaluation.attacks import AttackedSentence
from knowledge.evaluation.bench import Progress
from knowledge.evaluation.endpoint_suite import LyingDesk, evaluate_endpoint
from knowledge.evaluation.measures import Evaluation, merge
from knowledge.evaluation.sentence_suite import Check, Entries, evaluate_sentences
from knowledge.generation.adversary import Adversary, Attack
from knowledge.generation.assembly import limit, make_rewording, measure_nearness
from knowledge.generation.checking import SentenceCheck
from knowledge.generation.drafts import Draft
from knowledge.generation.writer import Prompt
from knowledge.grounding import examine
from knowledge.language import base
from knowledge.passage import Audience, Passage
from knowledge.spans import split_sentences

Phrasebook = Mapping[tuple[str, str], str]
"""A sentence and a language (BCP 47) to the same sentence in that language."""

_ANSWER, _ORIGINAL = "answer:", "zh-Hans"
_ASKED = 12
"""Questions that are asked in every way to misbehave."""
_SECONDS, _TOKENS = 20.0, 1_000_000_000


def measure_model(
    starter: TrialPlace, day: date, sentences: Sequence[AttackedSentence], progress: Progress
) -> Evaluation:
    """Check every sentence, then ask questions of desks whose model lies."""
    entries = entries_of(starter)
    checked = evaluate_sentences(sentences, entries, make_check(starter), progress=progress)
    with starter_place(starter, revise=keep_originals) as foreign, _quiet("knowledge.generation"):
        book = read_phrasebook(entries)
        endpoints = AdversaryEndpoints(foreign, day, book)
        trials = evaluate_endpoint(make_requests(entries, book), endpoints, progress=progress)
    return merge([checked, trials])


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """No warnings of a part of the program: here a model fails because it is made to."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def entries_of(place: TrialPlace) -> Entries:
    """The FAQ passages of a shelf by entry and language."""
    return {
        (passage.entry, passage.language): passage
        for name in place.library.documents()
        for passage in place.library.document(name)[1]
        if passage.entry
    }


def make_check(place: TrialPlace) -> Check:
    """The check that stands before every model, for a question that the passage answers."""
    nearness = measure_nearness(place.embedder)

    def check(sentence: AttackedSentence, passage: Passage) -> tuple[str, ...]:
        gate = SentenceCheck(
            citations=[Citation(number=1, quote=passage.text, passage=passage)],
            question=next((asked.text for asked in passage.questions), passage.provenance.title),
            language=sentence.language,
            examine=examine,
            nearness=nearness,
        )
        checked = gate.check(Draft(sentence=sentence.sentence, source=1, quote=sentence.quote))
        return (checked,) if isinstance(checked, str) else ()

    return check


def keep_originals(name: str, data: bytes) -> bytes:
    """A FAQ table without the answers that are translations, so that a model has work to do."""
    if not name.endswith(".csv"):
        return data
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    translated = [
        column
        for column in rows[0]
        if column.startswith(_ANSWER) and column != f"{_ANSWER}{_ORIGINAL}"
    ]
    kept = io.StringIO(newline="")
    writer = csv.DictWriter(kept, [column for column in rows[0] if column not in translated])
    writer.writeheader()
    writer.writerows(
        {column: text for column, text in row.items() if column not in translated} for row in rows
    )
    return kept.getvalue().encode()


def read_phrasebook(entries: Entries) -> Phrasebook:
    """The sentences of original answers in the languages of their translations.

    Only where both have as many sentences, so that each is known to be the other.
    """
    book = {}
    for (entry, language), passage in entries.items():
        original = entries.get((entry, _ORIGINAL))
        if original is None or original is passage:
            continue
        here, there = split_sentences(original.text), split_sentences(passage.text)
        if len(here) == len(there):
            for one, other in zip(here, there, strict=True):
                book[one.of(original.text), language] = other.of(passage.text)
    return book


def make_requests(entries: Entries, book: Phrasebook) -> list[Request]:
    """Questions in many languages about answers that the phrasebook has whole, and only there."""
    own: dict[str, list[str]] = {}
    for (entry, language), passage in sorted(entries.items()):
        original = entries.get((entry, _ORIGINAL))
        foreign = base(language) != base(_ORIGINAL)
        public = passage.provenance.audience is Audience.PUBLIC
        if not (original and passage.questions and foreign and public):
            continue
        sentences = (span.of(original.text) for span in split_sentences(original.text))
        if all((sentence, language) in book for sentence in sentences):
            own.setdefault(language, []).append(passage.questions[0].text)
    turns = zip_longest(*(own[language] for language in sorted(own)))
    asked = [
        Request(question=text, language=language)
        for turn in turns
        for language, text in zip(sorted(own), turn, strict=True)
        if text
    ]
    return asked[:_ASKED]


@dataclass
class _Watched:
    """A writer, and whether it was asked."""

    writer: Adversary
    asked: bool = False

    def write(self, prompt: Prompt, *, seconds: float) -> Generator[str, None, None]:
        """Write as the other does."""
        self.asked = True
        return self.writer.write(prompt, seconds=seconds)


@dataclass(frozen=True)
class _Lying:
    """A desk with an adversary."""

    desk: TrialDesk
    watched: _Watched

    @property
    def lies(self) -> Sequence[str]:
        """What it wrote and must not be shown."""
        return self.watched.writer.lies

    @property
    def written(self) -> bool:
        """Whether it was asked."""
        return self.watched.asked


@dataclass(frozen=True)
class AdversaryEndpoints:
    """Desks whose model misbehaves; what it would say honestly is in the phrasebook."""

    place: TrialPlace
    day: date
    book: Phrasebook

    @property
    def attacks(self) -> Sequence[str]:
        """All ways, the honest one too."""
        return [str(attack) for attack in Attack]

    def open(self, attack: str) -> LyingDesk:
        """A new desk, for what fails once is not asked again so soon."""
        writer = _Watched(Adversary(Attack(attack), self._translate))
        model = limit(
            writer,
            folder=self.place.folder,
            seconds=_SECONDS,
            tokens=_TOKENS,
            today=lambda: self.day,
        )
        wording = make_rewording(model, self.place.embedder)
        return _Lying(TrialDesk(self.place, self.day, wording=wording), writer)

    def _translate(self, sentence: str, language: str) -> str:
        return self.book.get((sentence, language), sentence)
