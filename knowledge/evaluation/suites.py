"""The public files, and the cases that are read from them.

One JSON object a line, UTF-8; a file that is missing is skipped.

===============================  ==================================================================
``xquad-r.passages.jsonl``       id (topic-number), lang, text: the same ids in each language
``xquad-r.questions.jsonl``      id, lang, question, passage (an id)
``faquad-pt``, ``cmrc-zh``,      ``.passages.jsonl`` and ``.questions.jsonl`` as above without lang,
``drcd-zh-hant``                 for the language is in the name
``nomiracl.jsonl.gz``            id, lang, question, passages (texts), answerable
``clinc150.jsonl``               split (train, val, oos_train, oos_val), text, intent
``language-short-texts.jsonl``   lang, kind (word, pair, sentence), text
===============================  ==================================================================
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge.evaluation.limits import Limits
from knowledge.evaluation.rows import Row, every, read_rows

XQUAD = "xquad-r"
COLLECTIONS = {"faquad-pt": "pt", "cmrc-zh": "zh-Hans", "drcd-zh-hant": "zh-Hant"}
NEAR_MISSES = "nomiracl.jsonl.gz"
INTENTS = "clinc150.jsonl"
SHORT_TEXTS = "language-short-texts.jsonl"
FILES = (
    *(
        f"{name}.{part}.jsonl"
        for name in (XQUAD, *COLLECTIONS)
        for part in ("passages", "questions")
    ),
    NEAR_MISSES,
    INTENTS,
    SHORT_TEXTS,
)
_OUTSIDE = "oos"


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to put on a shelf; the part of its id before the dash is its topic."""

    id: str
    language: str
    text: str

    @property
    def topic(self) -> str:
        """What the passage is about; passages of one topic stand in one document."""
        return self.id.split("-", maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the id of the passage that answers it."""

    text: str
    language: str
    answer: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages in one language with questions in that language."""

    name: str
    language: str
    passages: tuple[Text, ...]
    questions: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A question with passages found for it, of which one may answer."""

    question: str
    language: str
    passages: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Intents:
    """Examples of each intent, questions inside the intents, and questions outside of all."""

    examples: Mapping[str, tuple[str, ...]]
    inside: tuple[tuple[str, str], ...]
    """Text and intent."""
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShortText:
    """A word, a pair of words or a sentence, and its language."""

    language: str
    kind: str
    text: str


def missing_files(folder: Path) -> tuple[str, ...]:
    """The public files that the folder does not have."""
    return tuple(name for name in FILES if not (folder / name).is_file())


class Part(StrEnum):
    """Half of the topics of XQuAD-R: one that numbers are fitted on, one that is measured with."""

    FITTED = "fitted"
    HELD_OUT = "held-out"

    def holds(self, passage: str) -> bool:
        """Whether a passage's topic (``3`` of ``3-4``) belongs to it."""
        return (int(passage.partition("-")[0]) % 2 == 0) is (self is Part.FITTED)


def read_parallel(
    folder: Path, limits: Limits, part: Part = Part.HELD_OUT
) -> dict[str, Collection]:
    """XQuAD-R by language: the same passages and questions in each, whole topics.

    All passages stand on the shelf; only those of one part are asked about.
    """
    passages, every_question = _read_pair(folder, XQUAD, "lang")
    questions = [row for row in every_question if part.holds(row["passage"])]
    languages = sorted({str(row["lang"]) for row in passages})
    return {
        language: _collection(
            XQUAD,
            language,
            [row for row in passages if row["lang"] == language],
            every([row for row in questions if row["lang"] == language], limits.questions),
        )
        for language in languages
    }


def read_collection(folder: Path, name: str, limits: Limits) -> Collection:
    """One of ``COLLECTIONS``; only questions whose passage is among those taken."""
    passages, questions = _read_pair(folder, name)
    taken = passages[: limits.passages]
    ids = {row["id"] for row in taken}
    asked = [row for row in questions if row["passage"] in ids]
    return _collection(name, COLLECTIONS[name], taken, every(asked, limits.questions))


def read_near_misses(folder: Path, limits: Limits) -> tuple[NearMiss, ...]:
    """NoMIRACL."""
    rows = list(read_rows(folder / NEAR_MISSES, "question", "lang", "passages", "answerable"))
    return tuple(
        NearMiss(row["question"], row["lang"], tuple(row["passages"]), bool(row["answerable"]))
        for row in every(rows, limits.near_misses)
    )


def read_intents(folder: Path, limits: Limits) -> Intents:
    """CLINC150: the first examples of each intent, its validation questions, all outside ones."""
    examples: dict[str, tuple[str, ...]] = {}
    inside: list[tuple[str, str]] = []
    outside: list[str] = []
    for row in read_rows(folder / INTENTS, "split", "text", "intent"):
        intent, text = str(row["intent"]), str(row["text"])
        if intent == _OUTSIDE:
            outside.append(text)
        elif row["split"] != "train":
            inside.append((text, intent))
        elif len(examples.get(intent, ())) < limits.intent_examples:
            examples[intent] = (*examples.get(intent, ()), text)
    return Intents(examples, every(inside, limits.intent_questions), tuple(outside))


def read_short_texts(folder: Path, limits: Limits) -> tuple[ShortText, ...]:
    """The texts whose language is to be told."""
    rows = list(read_rows(folder / SHORT_TEXTS, "lang", "kind", "text"))
    return tuple(
        ShortText(row["lang"], row["kind"], row["text"]) for row in every(rows, limits.short_texts)
    )


def _read_pair(folder: Path, name: str, *also: str) -> tuple[list[Row], list[Row]]:
    """The rows of passages and of questions."""
    return (
        list(read_rows(folder / f"{name}.passages.jsonl", "id", "text", *also)),
        list(read_rows(folder / f"{name}.questions.jsonl", "question", "passage", *also)),
    )


def _collection(
    name: str, language: str, passages: Sequence[Row], questions: Sequence[Row]
) -> Collection:
    return Collection(
        name,
        language,
        tuple(Text(row["id"], language, row["text"]) for row in passages),
        tuple(Query(row["question"], language, row["passage"]) for row in questions),
    )
