"""What the alignment is fitted on: texts that say the same, or ask for the same, in languages."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from babel.messages.pofile import read_po

from benchmarks.fit_decision import read_starter
from knowledge.embedding import Embedder, Vectors
from knowledge.evaluation.limits import Limits
from knowledge.evaluation.suites import Part, read_parallel
from knowledge.language import base
from knowledge.normalisation import fold
from knowledge.shelf import searchable

Vector = npt.NDArray[np.float32]
_EUROPE = ("de", "el", "en", "es", "fr", "it", "pt", "ru", "tr", "uk")
LANGUAGES = (*_EUROPE, "ar", "hi", "id", "ja", "ko", "th", "vi", "zh")
_TAGS = {**{tag: tag for tag in LANGUAGES}, "pt_BR": "pt", "pt-BR": "pt"} | {
    "zh_Hans": "zh",
    "zh-Hans": "zh",
}
_MESSAGES = 500
_SHORTEST = 18
"""Characters of the English message; shorter ones are words out of context."""


@dataclass
class Pool:
    """What belongs together: questions by language, and what answers them by language."""

    questions: dict[str, list[Vector]] = field(default_factory=dict)
    passages: dict[str, Vector] = field(default_factory=dict)


def read_messages(folders: Iterable[Path]) -> dict[str, list[str]]:
    """Messages by language, of those that are translated most the first five hundred."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for folder in folders:
        for path in sorted(folder.rglob("*.po")):
            language = _TAGS.get(_language_of(path))
            if language:
                _read_catalog(path, language, found)
    times = Counter(message for texts in found.values() for message in texts)
    chosen = {message for message, _ in times.most_common(_MESSAGES)}
    return {
        language: [text for message, text in sorted(texts.items()) if message in chosen]
        for language, texts in found.items()
    }


def _language_of(path: Path) -> str:
    parent = path.parent
    return parent.parent.name if parent.name == "LC_MESSAGES" else parent.name


def _read_catalog(path: Path, language: str, found: Mapping[str, dict[str, str]]) -> None:
    with path.open("rb") as file:
        for message in read_po(file):
            source, text = message.id, message.string
            if not isinstance(source, str) or not isinstance(text, str) or message.fuzzy:
                continue
            if len(source) >= _SHORTEST:
                found["en"].setdefault(source, fold(source))
                if text:
                    found[language].setdefault(source, fold(text))


def parallel_pools(folder: Path, embedder: Embedder, part: Part, questions: int) -> list[Pool]:
    """XQuAD-R, one pool a passage, of the topics of one part; every ``questions``-th question."""
    pools: dict[str, Pool] = {}
    for language, texts in read_parallel(folder, Limits(questions=questions), part).items():
        asked = embedder.embed_questions([fold(query.text) for query in texts.questions])
        for query, vector in zip(texts.questions, asked, strict=True):
            pool = pools.setdefault(query.answer, Pool())
            pool.questions.setdefault(language, []).append(vector)
        stored = embedder.embed_passages([fold(f"\n\n{text.text}") for text in texts.passages])
        for text, vector in zip(texts.passages, stored, strict=True):
            if text.id in pools:
                pools[text.id].passages[language] = vector
    return list(pools.values())


def starter_pools(embedder: Embedder) -> list[Pool]:
    """The starter knowledge, one pool a FAQ entry."""
    pools: dict[str, Pool] = {}
    for document in read_starter():
        for passage in (one for one in document.passages if one.entry):
            pool = pools.setdefault(passage.entry, Pool())
            pool.passages[passage.language] = _one(embedder.embed_passages, searchable(passage))
            for variant in passage.questions:
                vector = _one(embedder.embed_questions, variant.text)
                pool.questions.setdefault(base(variant.language), []).append(vector)
    return [pool for pool in pools.values() if pool.questions and pool.passages]


def _one(embed: Callable[[Sequence[str]], Vectors], text: str) -> Vector:
    vector: Vector = embed([fold(text)])[0]
    return vector


def vectors_of(embedder: Embedder, texts: Sequence[str]) -> Vector:
    """Half of the texts as questions, half as passages."""
    halves = embedder.embed_questions(texts[::2]), embedder.embed_passages(texts[1::2])
    return np.concatenate(halves)
