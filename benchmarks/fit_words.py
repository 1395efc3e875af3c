"""Collect in which languages words are usual, for messages of a few words.

    python -m benchmarks.fit_words

Reads what the program itself says and is asked in languages with Latin letters (catalogs, starter
knowledge, examples of intents) and the most frequent words in benchmarks/frequent_words.json;
writes knowledge/language_words.json. A word counts by how often it stands there, by logarithm; a
frequent one like five. Words are kept as they are and without their accents, which people leave
out.
"""

import csv
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

import bot
import knowledge
from bot.desk.intent import read_examples
from knowledge.language import LATIN, base
from knowledge.word_languages import LEVELS, WORDS, bare, words_of

FREQUENT = Path(__file__).with_name("frequent_words.json")
_FREQUENT = 5
_BARE = 0.5
"""What a word counts without its accents."""
_NOT_SAID = re.compile(r"\{[^}]*\}|<[^>]*>|https?://\S+")


def main() -> None:
    """Count, and write the file."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for language, text in own_texts():
        if base(language) in LATIN:
            counts[base(language)].update(words_of(_NOT_SAID.sub(" ", text)))
    usual = {language: weigh(counts[language], frequent(language)) for language in LATIN}
    levels = {language: _levelled(weights) for language, weights in usual.items()}
    WORDS.write_text(json.dumps(levels, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print({language: len(weights) for language, weights in usual.items()})


def own_texts() -> Iterator[tuple[str, str]]:
    """Texts of the program with their languages."""
    for path in sorted(Path(bot.__file__).parent.rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and isinstance(message.string, str):
                    yield path.parts[-3], message.string
    for path in sorted((Path(knowledge.__file__).parent / "starter" / "faq").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                for column, text in row.items():
                    if column.startswith(("question:", "answer:")):
                        yield column.partition(":")[2], text
    for example in read_examples():
        yield example.language, example.text


def frequent(language: str) -> set[str]:
    """The most frequent words of a language."""
    return set(words_of(json.loads(FREQUENT.read_text("utf-8")).get(language, "")))


def weigh(counts: Counter[str], often: set[str]) -> dict[str, float]:
    """How usual each word is, with and without its accents."""
    weights: dict[str, float] = defaultdict(float)
    for word in {*counts, *often}:
        weight = (1 + math.log(counts[word]) if counts[word] else 0) + _FREQUENT * (word in often)
        weights[word] += weight
        if bare(word) != word:
            weights[bare(word)] += _BARE * weight
    return weights


def _levelled(weights: dict[str, float]) -> list[str]:
    """Words in lines, each with those that are about as usual as the level says."""
    lines: list[list[str]] = [[] for _ in LEVELS]
    for word, weight in sorted(weights.items()):
        nearest = min(range(len(LEVELS)), key=lambda n: abs(math.log(LEVELS[n] / weight)))
        lines[nearest].append(word)
    return [" ".join(line) for line in lines]


if __name__ == "__main__":
    main()
