"""The gap loop as the doors know it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.faq_entry import FaqEntry
from bot.desk.gaps.drafting import Drafting
from bot.desk.gaps.listing import Gap, group_questions, read_questions
from bot.desk.gaps.ports import Likeness
from bot.desk.gaps.publication import Publication
from bot.desk.ports import Clock, UnitOfWorkFactory


def list_gaps(
    units: UnitOfWorkFactory, likeness: Likeness, clock: Clock, *, days: int
) -> list[Gap]:
    """What was asked and not helped in the last days, those first for which most people wait."""
    with units() as unit:
        questions = read_questions(unit, now=clock(), days=days)
    return group_questions(questions, likeness)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapDesk:
    """Everything that staff can do about what the shelf lacks; safe to call from several threads.

    ``drafting`` is what people do with an entry, ``publication`` what follows of itself.
    """

    drafting: Drafting
    publication: Publication

    def gaps(self) -> list[Gap]:
        """What was asked and not helped, those first for which most people wait."""
        work = self.drafting
        return list_gaps(work.units, work.likeness, work.clock, days=work.days)

    def entries(self, ticket: int) -> Sequence[FaqEntry]:
        """The entries that were made from a ticket."""
        with self.drafting.units() as unit:
            return unit.faq.of_ticket(ticket)

    def advance(self) -> bool:
        """Take approved entries a step further; see ``Publication``."""
        return self.publication.advance()
