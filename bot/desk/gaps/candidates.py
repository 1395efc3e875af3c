"""Who may have asked what an entry answers: shown to the editor, who says which of them did."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from bot.desk.faq_entry import FaqEntry, FaqFinding, FindingKind, is_wider
from bot.desk.gaps.ports import Likeness
from bot.desk.gaps.wording import choose_variants
from bot.desk.unanswered import OpenQuestion
from knowledge.passage import QuestionVariant

_SHOWN: Final = 6
"""So many questions an editor reads beside an entry."""


def find_alike(
    entry: FaqEntry, questions: Sequence[OpenQuestion], likeness: Likeness
) -> list[FaqFinding]:
    """The questions that still wait and may ask the same in other words, the nearest first.

    Only those whose words everyone may read whom the entry may ever reach, without what names a
    person, and none that the entry has already.
    """
    waiting = [one for one in questions if _may_show(one, entry)]
    near = likeness.near([one.variant for one in waiting], entry.content.questions)
    shown = _without_names((waiting[one.number] for one in near if one.is_doubtful), entry)
    return [
        FaqFinding(kind=FindingKind.ALIKE, about=one.text, other=one.language)
        for one in islice(shown, _SHOWN)
    ]


def _may_show(one: OpenQuestion, entry: FaqEntry) -> bool:
    audience = one.conversation.customer.audience
    return not one.question.helped and not is_wider(entry.widest, audience)


def _without_names(asked: Iterator[OpenQuestion], entry: FaqEntry) -> Iterator[QuestionVariant]:
    known = {one.text.casefold() for one in entry.content.questions}
    for question in asked:
        for one in choose_variants(question, ()):
            if one.text.casefold() not in known:
                known.add(one.text.casefold())
                yield one
