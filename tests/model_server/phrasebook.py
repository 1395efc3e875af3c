"""Translations that are known to be right: answers of the starter knowledge.

They stand in its tables; translations.json has some in languages that it does not have, sentence by
sentence of the English answer.
"""

import csv
import json
from collections.abc import Mapping
from functools import cache
from itertools import permutations
from pathlib import Path

from knowledge.language import base, identify
from knowledge.spans import split_sentences
from tests.architecture.sources import ROOT

_ANSWER = "answer:"


def translate(sentence: str, language: str) -> str:
    """A sentence of the starter knowledge in another language, itself where there is none."""
    if base(identify(sentence)) == base(language):
        return sentence
    return _load().get((sentence, language)) or _load().get((sentence, base(language))) or sentence


@cache
def _load() -> Mapping[tuple[str, str], str]:
    """Whole answers, and their sentences where there are as many in both languages."""
    found: dict[tuple[str, str], str] = {}
    more = json.loads(Path(__file__).with_name("translations.json").read_text(encoding="utf-8"))
    for path in sorted((ROOT / "knowledge/starter/faq").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                answers = {
                    column.removeprefix(_ANSWER): text.strip()
                    for column, text in row.items()
                    if column.startswith(_ANSWER) and text and text.strip()
                }
                for one, other in permutations(answers, 2):
                    found |= _pairs(answers[one], answers[other], other)
                for language, sentences in more.get(row["id"], {}).items():
                    found |= _by_sentence(answers["en"], sentences, language)
    return found


def _pairs(text: str, other: str, language: str) -> dict[tuple[str, str], str]:
    pairs = {(text, language): other, (text, base(language)): other}
    here, there = split_sentences(text), split_sentences(other)
    if len(here) == len(there):
        for one, two in zip(here, there, strict=True):
            pairs[one.of(text), language] = two.of(other)
            pairs[one.of(text), base(language)] = two.of(other)
    return pairs


def _by_sentence(text: str, sentences: list[str], language: str) -> dict[tuple[str, str], str]:
    """Nothing where the answer has changed since it was translated."""
    spans = split_sentences(text)
    if len(spans) != len(sentences):
        return {}
    return {
        (span.of(text), language): sentence for span, sentence in zip(spans, sentences, strict=True)
    }
