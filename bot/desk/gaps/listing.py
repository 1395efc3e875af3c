"""What was asked and not helped, grouped with its like across languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.gaps.ports import Likeness
from bot.desk.ports import UnitOfWork
from bot.desk.unanswered import OpenQuestion, find_unanswered
from knowledge.language import identify_message

_MOST = 1000
"""So many questions are grouped at once, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Questions that ask the same, oldest first; at least one."""

    questions: tuple[OpenQuestion, ...]

    @property
    def waiting(self) -> int:
        """How many people nobody has helped yet."""
        return len(
            {one.conversation.customer.id for one in self.questions if not one.question.helped}
        )

    @property
    def asked(self) -> int:
        """How many people asked."""
        return len({one.conversation.customer.id for one in self.questions})

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it was asked, in the order of their coming."""
        return tuple(dict.fromkeys(one.language for one in self.questions))

    @property
    def first(self) -> OpenQuestion:
        """How it was asked first by somebody who still waits, or else first of all."""
        waiting = (one for one in self.questions if not one.question.helped)
        return next(waiting, self.questions[0])

    @property
    def last_at(self) -> datetime | None:
        """When it was asked last."""
        return self.questions[-1].question.at


def read_questions(unit: UnitOfWork, *, now: datetime, days: int) -> list[OpenQuestion]:
    """What was not helped in the last days, oldest first."""
    found = find_unanswered(unit.faq.unhelped(since=now - timedelta(days=days)))[-_MOST:]
    threads = {number: unit.conversations.get(number) for number in {o.conversation for o in found}}
    return [
        OpenQuestion(
            conversation=threads[one.conversation],
            question=one,
            language=identify_message(
                one.text,
                conversation=threads[one.conversation].language,
                client=threads[one.conversation].customer.client_language,
            ),
        )
        for one in found
        if one.text.strip()
    ]


def group_questions(questions: Sequence[OpenQuestion], likeness: Likeness) -> list[Gap]:
    """Gaps, those first for which most people wait, then most asked, then the newest."""
    groups = likeness.group([one.variant for one in questions])
    gaps = [Gap(questions=tuple(questions[number] for number in group)) for group in groups]
    return sorted(gaps, key=lambda gap: (-gap.waiting, -gap.asked, -_seconds(gap.last_at)))


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
