"""Changes of a FAQ entry as staff write them: a line ``field: value`` for each.

A value goes on until the next line that begins with a field. ``question: …`` adds a way to ask;
``question 2: …`` puts another in the place of the second, and ``question 2:`` takes it out.
``answer en: …`` is the answer in another language, and ``answer en:`` takes that out. ``same: 1 3``
adds those of the questions that wait and may be the same, as they were numbered for the editor.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.desk.faq_entry import FaqContent, is_wider
from bot.desk.gap_errors import FaqFieldWrong
from knowledge.errors import N_
from knowledge.jurisdiction import Jurisdiction
from knowledge.language import identify
from knowledge.passage import Audience, QuestionVariant

LONGEST_ANSWER: Final = 3000
"""Characters of an answer; the whole entry must fit messages that people read."""
MOST_QUESTIONS: Final = 24

_NAMES: Final = {
    "question": "question",
    "questions": "question",
    "问题": "question",
    "問題": "question",
    "问法": "question",
    "answer": "answer",
    "答案": "answer",
    "回答": "answer",
    "答复": "answer",
    "language": "language",
    "语言": "language",
    "語言": "language",
    "source": "source",
    "来源": "source",
    "來源": "source",
    "owner": "owner",
    "负责人": "owner",
    "負責人": "owner",
    "review": "review",
    "review_by": "review",
    "review by": "review",
    "复核": "review",
    "複核": "review",
    "复核日期": "review",
    "audience": "audience",
    "受众": "audience",
    "對象": "audience",
    "对象": "audience",
    "jurisdiction": "jurisdiction",
    "适用地": "jurisdiction",
    "適用地": "jurisdiction",
    "same": "same",
    "相同": "same",
    "同问": "same",
    "同問": "same",
}
_COUNTED: Final = frozenset({"question", "answer"})
"""Fields of which there may be several, told apart by a number or a language."""
_DAY: Final = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_SHOWN: Final = 60
_UNKNOWN: Final = "und"
_REGION: Final = 2

NO_FIELD: Final = N_("write a line such as “answer: …” for each thing to change.")
NO_SUCH_QUESTION: Final = N_("there is no question with this number.")
LAST_QUESTION: Final = N_("an entry needs a question.")
NO_ANSWER: Final = N_("an entry needs an answer.")
TOO_LONG: Final = N_("an answer may have 3,000 characters.")
TOO_MANY: Final = N_("an entry may have 24 questions.")
NO_DAY: Final = N_("write the day as 2027-05-31.")
NO_AUDIENCE: Final = N_("write “public”, “company”, “actor” or “staff”.")
TOO_WIDE: Final = N_("more people could read it than the ticket or its source allows.")
NO_PLACE: Final = N_("write a place such as city:深圳, country:CN or abroad:US.")
NO_LANGUAGE: Final = N_("write a language tag such as zh-Hans or en.")
NO_SUCH_ALIKE: Final = N_("write the numbers of questions that may be the same, such as 1 3.")


@dataclass(frozen=True, slots=True)
class _Change:
    field: str
    number: int
    language: str
    value: str
    line: str

    def refuse(self, problem: str) -> FaqFieldWrong:
        return FaqFieldWrong(line=self.line[:_SHOWN], problem=problem)


class FieldReader:
    """Reads the lines of a change; ``labels`` are further names of fields, such as a card shows.

    A name that is not known would end up in the text of the field before it.
    """

    def __init__(self, labels: Mapping[str, str] | None = None) -> None:
        """Know the fields by these names too, in capitals or not."""
        own = {label.casefold(): field for label, field in (labels or {}).items()}
        self._names = {**own, **_NAMES}
        listed = sorted(map(re.escape, self._names), key=len, reverse=True)
        self._line = re.compile(
            rf"\s*({'|'.join(listed)})"
            r"\s*(?:(\d{1,2})|([a-z]{2}(?:-[a-z]{2,4})?))?\s*[:：]\s*(.*)",
            re.IGNORECASE | re.DOTALL,
        )

    def read(self, text: str) -> Iterator["_Change"]:
        """The changes in their order; raises ``FaqFieldWrong`` for what begins with no field."""
        current: list[str] = []
        for line in text.split("\n"):
            if current and self._parse(line) is not None:
                yield self._as_change("\n".join(current))
                current = []
            if current or line.strip():
                current.append(line)
        if current:
            yield self._as_change("\n".join(current))

    def _parse(self, lines: str) -> "_Change | None":
        found = self._line.fullmatch(lines)
        if found is None:
            return None
        name, number, tag, value = found.groups()
        field = self._names[name.casefold()]
        if (number or tag) and field not in _COUNTED:
            return None
        language = _write_tag(tag or "")
        return _Change(field, int(number or 0), language, value.strip(), lines.strip())

    def _as_change(self, lines: str) -> "_Change":
        change = self._parse(lines)
        if change is None:
            raise FaqFieldWrong(line=lines.strip()[:_SHOWN], problem=NO_FIELD)
        return change


_PLAIN: Final = FieldReader()


def change_fields(
    content: FaqContent,
    text: str,
    *,
    widest: Audience,
    alike: Sequence[QuestionVariant] = (),
    reader: FieldReader = _PLAIN,
) -> FaqContent:
    """Return the content with all the changes, or raise ``FaqFieldWrong`` and change nothing.

    ``alike`` are the questions that ``same: …`` names by their numbers.
    """
    changes = list(reader.read(text))
    if not changes:
        raise FaqFieldWrong(line=text.strip()[:_SHOWN], problem=NO_FIELD)
    # Questions are numbered as they were shown: those that go, go last.
    for change in changes:
        content = _apply(content, change, widest, alike)
    kept = tuple({one.text.casefold(): one for one in content.questions if one.text}.values())
    if not kept:
        raise changes[-1].refuse(LAST_QUESTION)
    if len(kept) > MOST_QUESTIONS:
        raise changes[-1].refuse(TOO_MANY)
    return replace(content, questions=kept)


def _write_tag(tag: str) -> str:
    """A language tag as others write it: zh-Hans, pt-BR."""
    first, _, rest = tag.lower().partition("-")
    if not rest:
        return first
    return f"{first}-{rest.upper() if len(rest) == _REGION else rest.title()}"


def _apply(
    content: FaqContent, change: _Change, widest: Audience, alike: Sequence[QuestionVariant]
) -> FaqContent:
    if change.field == "audience":
        return replace(content, audience=_read_audience(change, widest))
    if change.field == "same":
        return replace(content, questions=(*content.questions, *_choose(change, alike)))
    return _APPLIED[change.field](content, change)


def _change_question(content: FaqContent, change: _Change) -> FaqContent:
    text = " ".join(change.value.replace(" | ", " / ").split())
    questions = list(content.questions)
    if not change.number:
        if text:
            language = change.language or _language_of(text, content.language)
            questions.append(QuestionVariant(text, language))
        return replace(content, questions=tuple(questions))
    if change.number > len(questions):
        raise change.refuse(NO_SUCH_QUESTION)
    language = _language_of(text, content.language)
    questions[change.number - 1] = QuestionVariant(text, language)
    return replace(content, questions=tuple(questions))


def _choose(change: _Change, alike: Sequence[QuestionVariant]) -> list[QuestionVariant]:
    """Those of the questions that are named by number, from 1."""
    numbers = [int(one) for one in re.findall(r"\d+", change.value)]
    if not numbers or not all(1 <= number <= len(alike) for number in numbers):
        raise change.refuse(NO_SUCH_ALIKE)
    return [alike[number - 1] for number in numbers]


def _change_answer(content: FaqContent, change: _Change) -> FaqContent:
    if len(change.value) > LONGEST_ANSWER:
        raise change.refuse(TOO_LONG)
    if change.language and change.language != content.language:
        others = dict(content.translations) | {change.language: change.value}
        kept = tuple((tag, text) for tag, text in others.items() if text)
        return replace(content, translations=kept)
    if not change.value:
        raise change.refuse(NO_ANSWER)
    language = change.language or _language_of(change.value, content.language)
    others = {tag: text for tag, text in content.translations if tag != language}
    return replace(
        content, answer=change.value, language=language, translations=tuple(others.items())
    )


def _language_of(text: str, fallback: str) -> str:
    found = identify(text)
    return fallback if found in {"", _UNKNOWN} else found


def _read_language(change: _Change) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", change.value):
        raise change.refuse(NO_LANGUAGE)
    return change.value


def _read_day(change: _Change) -> date:
    found = _DAY.fullmatch(change.value)
    try:
        if found is None:
            return date.fromisoformat(change.value)
        return date(*map(int, found.groups()))
    except ValueError as error:
        raise change.refuse(NO_DAY) from error


def _read_audience(change: _Change, widest: Audience) -> Audience:
    try:
        audience = Audience(change.value.lower())
    except ValueError as error:
        raise change.refuse(NO_AUDIENCE) from error
    if is_wider(audience, widest):
        raise change.refuse(TOO_WIDE)
    return audience


def _read_place(change: _Change) -> str:
    try:
        Jurisdiction.parse(change.value)
    except ValueError as error:
        if change.value:
            raise change.refuse(NO_PLACE) from error
    return change.value


def _change_line(content: FaqContent, change: _Change) -> FaqContent:
    """The owner and the source: anything that fits a line; there is always an owner."""
    value = " ".join(change.value.split())
    if change.field == "owner":
        return replace(content, owner=value or content.owner)
    return replace(content, source=value)


_APPLIED: Final[dict[str, Callable[[FaqContent, _Change], FaqContent]]] = {
    "question": _change_question,
    "answer": _change_answer,
    "owner": _change_line,
    "source": _change_line,
    "language": lambda content, change: replace(content, language=_read_language(change)),
    "review": lambda content, change: replace(content, review_by=_read_day(change)),
    "jurisdiction": lambda content, change: replace(content, jurisdiction=_read_place(change)),
}
