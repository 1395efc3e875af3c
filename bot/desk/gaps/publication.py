"""An approved entry becomes part of the shelf, is tried, and is told; every step can be repeated.

What is written down is the last step that is done. A process that ends between two of them begins
again with the next one: publishing the same row twice changes nothing, and nobody is told twice.
"""

import logging
from dataclasses import dataclass, replace

from bot.desk.casework import BOT
from bot.desk.faq_entry import FaqEntry, FaqFinding, FaqState, FindingKind
from bot.desk.gap_errors import FaqRowRefused
from bot.desk.gaps.ports import GapComposer, Place, Publisher
from bot.desk.gaps.telling import Telling, cites
from bot.desk.outcomes import Answered, Outcome
from bot.desk.ports import Clock, Consultant, UnitOfWorkFactory
from bot.desk.questions import Question
from bot.desk.ticket import Entry, EntryAudience, EntryKind
from knowledge.errors import HelpdeskError
from knowledge.passage import QuestionVariant

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Takes approved entries on, one step at a time."""

    units: UnitOfWorkFactory
    consultant: Consultant
    publisher: Publisher
    composer: GapComposer
    telling: Telling
    clock: Clock

    def advance(self) -> bool:
        """Take one step with each entry that is due; whether any was taken.

        Raises ``HelpdeskError`` where nothing could be done that was due, because another process
        writes to the shelf, say; it can be tried again later.
        """
        with self.units() as unit:
            due = unit.faq.in_state(FaqState.APPROVED, FaqState.PUBLISHED)
        troubles = [self._step(entry) for entry in due]
        if due and None not in troubles:
            raise next(one for one in troubles if one)
        return bool(due)

    def _step(self, entry: FaqEntry) -> HelpdeskError | None:
        """Take one step; what hinders it does not hinder the other entries."""
        try:
            if entry.state is FaqState.APPROVED:
                self._publish(entry)
            else:
                self._tell(entry)
        except HelpdeskError as error:
            _LOG.warning("FAQ entry %d stays %s for now: %s", entry.id, entry.state, error)
            return error
        return None

    def _publish(self, entry: FaqEntry) -> None:
        try:
            place = self.publisher.publish(entry)
        except FaqRowRefused as refused:
            problem = str(refused.fields["problem"])
            self._send_back(entry, [FaqFinding(kind=FindingKind.LINT, about="", other=problem)])
            return
        unreached = [
            found for one in entry.content.questions if (found := self._try(one, entry, place))
        ]
        if unreached:
            self.publisher.withdraw(entry)
            self._send_back(entry, unreached)
            return
        self.publisher.keep_questions(entry, place)
        self._settle(entry, FaqState.PUBLISHED)

    def _tell(self, entry: FaqEntry) -> None:
        # Publishing again says where it stands, and mends what was lost meanwhile.
        self.telling.tell_all(entry, self.publisher.publish(entry))
        self._settle(entry, FaqState.TOLD)

    def _try(self, variant: QuestionVariant, entry: FaqEntry, place: Place) -> FaqFinding | None:
        """Ask the desk one of the questions; what is wrong with what it says."""
        outcome = self.consultant.consult(
            Question(
                text=variant.text,
                audience=entry.content.audience,
                conversation_language=variant.language,
            )
        )
        if cites(outcome, place):
            return None
        return FaqFinding(kind=FindingKind.UNREACHED, about=variant.text, other=_describe(outcome))

    def _send_back(self, entry: FaqEntry, findings: list[FaqFinding]) -> None:
        """Make it a draft again, and say why."""
        with self.units() as unit:
            back = replace(entry, state=FaqState.DRAFTED, approved_by="", findings=tuple(findings))
            if unit.faq.change(back, expected=FaqState.APPROVED):
                drafts = self.composer.returned(back, unit.tickets.get(entry.ticket))
                unit.outbox.put(drafts, ticket=entry.ticket)
                unit.commit()

    def _settle(self, entry: FaqEntry, state: FaqState) -> None:
        with self.units() as unit:
            done = replace(unit.faq.get(entry.id), state=state)
            if not unit.faq.change(done, expected=entry.state):
                return
            if state is FaqState.PUBLISHED:
                text = f"{entry.key}: {entry.content.questions[0].text}"
                line = Entry(
                    kind=EntryKind.PUBLISHED,
                    author=BOT,
                    text=text,
                    audience=EntryAudience.STAFF,
                    at=self.clock(),
                )
                unit.tickets.add(entry.ticket, line)
            else:
                # The step between is over in a moment, and each change of a message costs.
                drafts = self.composer.changed(done, unit.tickets.get(entry.ticket))
                unit.outbox.put(drafts, ticket=entry.ticket)
            unit.commit()


def _describe(outcome: Outcome) -> str:
    """What answered instead: the sources, or what the desk did."""
    if isinstance(outcome, Answered):
        places = (f"{o.passage.document} {o.passage.locator}" for o in outcome.found.citations)
        return "; ".join(dict.fromkeys(places))
    return f"{outcome.outcome}/{outcome.reason}"
