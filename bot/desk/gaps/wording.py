"""The customers' own words as ways to ask, and a colleague's words as an answer for everybody."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from bot.desk.gaps.fields import LONGEST_ANSWER, MOST_QUESTIONS
from bot.desk.redaction import redact
from bot.desk.unanswered import OpenQuestion
from knowledge.passage import QuestionVariant

_LONGEST: Final = 300
"""Characters of a way to ask; who writes more tells a story."""
_EACH: Final = 6
"""Ways to ask that are taken in one language."""
_GREETING: Final = (
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|您好|你好|大家好|здравствуйте|"
    r"добрый (?:день|вечер)|привет|hola|buen[oa]s (?:días|tardes)|olá|bom dia|bonjour|hallo|"
    r"guten tag|halo|selamat \w+|xin chào|merhaba|こんにちは|안녕하세요|สวัสดี\w*|مرحبا)"
)
_TITLE: Final = r"(?:dear|尊敬的|уважаем\w+|estimad\w+|cher|chère|liebe[r]?|sayın)"
_PAUSE: Final = r"\n.!?,，。！？:："
_GREETED: Final = re.compile(
    rf"\A{_GREETING}(?: there| all| team| everyone)?\s*[,，!！.。:：;、…\n]+\s*(?=\S)",
    re.IGNORECASE,
)
_ADDRESSED: Final = re.compile(
    rf"\A\s*(?:{_GREETING}|{_TITLE})?\s*[,，]?[^{_PAUSE}]{{0,30}}\x00"
    rf"[^{_PAUSE}]{{0,20}}(?:[,，。.!！:：;、]|\n|\Z)\s*",
    re.IGNORECASE,
)


def choose_variants(
    asked: OpenQuestion, alike: Iterable[OpenQuestion]
) -> tuple[QuestionVariant, ...]:
    """Ways to ask, that of ``asked`` first, without what names a person; () when none is left."""
    questions = [asked, *alike]
    names = {one.conversation.customer.name for one in questions}
    found: dict[str, QuestionVariant] = {}
    for one in _vary(questions, names):
        found.setdefault(one.text.casefold(), one)
    return tuple(found.values())[:MOST_QUESTIONS]


def _vary(questions: Iterable[OpenQuestion], names: set[str]) -> Iterator[QuestionVariant]:
    taken: Counter[str] = Counter()
    for place, one in enumerate(questions):
        text = redact(one.question.text, names=names).replace(" | ", " / ")
        text = _begin(_GREETED.sub("", text), text)
        if len(text) > _LONGEST and place:
            continue
        if text and taken[one.language] < _EACH:
            taken[one.language] += 1
            yield QuestionVariant(text[:_LONGEST].rstrip(), one.language)


def make_answer(text: str, *, names: Iterable[str]) -> str:
    """A colleague's reply without whom it was written to; its lines stay as they are."""
    said = text.strip()
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 1}
    for part in sorted(parts, key=lambda one: (-len(one), one)):
        ends = (r"(?<!\w)", r"(?!\w)") if part.isascii() else ("", "")
        said = re.sub(f"{ends[0]}{re.escape(part)}{ends[1]}", "\x00", said, flags=re.IGNORECASE)
    said = _begin(_ADDRESSED.sub("", said), said)
    return re.sub("\x00(?:[ ]*\x00)*", "…", said).strip()[:LONGEST_ANSWER]


def _begin(rest: str, whole: str) -> str:
    """What is left behind a greeting, which begins the sentence now; all of it if that is none."""
    if not rest or rest == whole:
        return whole
    return rest[0].upper() + rest[1:]
