"""Follow-up questions put in full by a language model, believed only as far as they can be checked.

What comes back is read beside the readings that the rules give, never instead of them. It may use
only words of the last question, of the answer to it and of the message itself; it keeps every word
of content, every number and every negation of the message; its language is that of the message.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.desk.continuation import fold_words, is_form_of_any, light_words
from bot.desk.conversation import Role, Turn
from bot.desk.followup import last_question
from knowledge.asked_kind import asked_kinds
from knowledge.generation.drafts import read_objects, tidy
from knowledge.generation.model import UNDERSTANDING, LanguageModel
from knowledge.generation.prompts import rewrite_prompt
from knowledge.language import base, identify

LONGEST_MESSAGE = 90
_LONGEST_TURN = 400
_ROOM = 60
"""Characters that a question in full may have more than both questions together."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNSPACED = re.compile(r"[\u4e00-\u9fff\u30a0-\u30ff\u0e00-\u0e7f]")
_KANA = re.compile(r"[\u3040-\u309f]+")
_LINK = re.compile(r"https?:|www\.|@\w|[{}<>\[\]]")
_NEGATIONS = frozenset(
    fold_words(
        "not no without never cannot нет не без нельзя никогда sin nunca "
        "não sem pas sans jamais nicht kein keine keinen ohne değil yok tanpa tidak bukan "
        "không chưa لا ليس بدون لم لن"
    ).split()
)
_EITHER_OR = re.compile(r"(.)[不没]\1")
_NEGATED = re.compile(r"[不没沒未無无非]|ない|ません|ずに|안\s|없|않|못|ไม่|n't\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRewriting:
    """Asks a model; see ``QuestionRewriting``."""

    model: LanguageModel

    def rewrite(self, text: str, history: Sequence[Turn], *, language: str) -> str:
        """Return the question as it can be understood by itself, "" when that fails."""
        previous = last_question(history, language)
        if not previous or len(text) > LONGEST_MESSAGE:
            return ""
        answer = next((turn.text for turn in reversed(history) if turn.role is Role.BOT), "")
        before = [("customer", previous[-_LONGEST_TURN:]), ("desk", answer[:_LONGEST_TURN])]
        found: list[str] = []

        def read(pieces: Iterator[str]) -> bool:
            found.extend(_questions(pieces))
            return bool(found)

        self.model.ask(rewrite_prompt(text, before, language=language), read, share=UNDERSTANDING)
        question = tidy(found[0]) if found else ""
        return question if stands_for(question, text, previous, answer, language) else ""


def stands_for(question: str, text: str, previous: str, answer: str, language: str) -> bool:
    """Whether ``question`` may be what ``text`` means after ``previous`` and its ``answer``."""
    said = f"{previous} {answer[:_LONGEST_TURN]} {text}"
    if not question or _LINK.search(question) or len(question) > len(previous + text) + _ROOM:
        return False
    spoken = {base(language), base(identify(text)), base(identify(previous))}
    if base(identify(question)) not in spoken:
        return False
    if not _numbers(text) <= _numbers(question) <= _numbers(said):
        return False
    if _is_negated(question) != (_is_negated(text) or _is_negated(previous)):
        return False
    if not asked_kinds(text) <= asked_kinds(question):
        return False
    return _is_said(question, said, language) and _is_said(text, question, language)


def _is_said(text: str, said: str, language: str) -> bool:
    """Whether every word of content in a text stands in what was said, in some form of it."""
    folded, known = fold_words(text), fold_words(said)
    light = {word for entry in light_words(language) for word in entry.split()}
    stems = tuple(word.rstrip("*") for word in light if word.endswith("*"))
    others = set(_WORD.findall(known))
    unspaced = set(_UNSPACED.findall(folded)) - set("".join(light))
    words = _WORD.findall(_UNSPACED.sub(" ", _KANA.sub(" ", folded)))
    return unspaced <= set(known) and all(
        word in light or word.startswith(stems) or is_form_of_any(word, others) for word in words
    )


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(unicodedata.normalize("NFKC", text)))


def _is_negated(text: str) -> bool:
    folded = _EITHER_OR.sub(r"\1", fold_words(text))
    return bool(_NEGATED.search(folded)) or not _NEGATIONS.isdisjoint(_WORD.findall(folded))


def _questions(pieces: Iterator[str]) -> Iterator[str]:
    """The question in the first object that has one."""
    for written in read_objects(pieces):
        try:
            question = json.loads(written, strict=False).get("question")
        except (ValueError, RecursionError):
            continue
        if isinstance(question, str):
            yield question
            return
