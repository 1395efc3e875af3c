"""Finding out what a person should know of a question, before it is handed over.

It is done while no transaction is open, as all thinking is. Whatever goes wrong with it is raised;
the question is then handed over without.
"""

from dataclasses import dataclass, replace
from typing import Final

from bot.desk.briefing import Briefing, DraftReply, Findings
from bot.desk.casework import MEMORY
from bot.desk.conversation import Address, Conversation, Role
from bot.desk.outcomes import Answered, HandedOff, HandOffReason, Outcome
from bot.desk.ports import Briefer, Composer, UnitOfWorkFactory
from bot.desk.questions import Question

_COMPARED: Final = 300
"""How many ended cases a new one is compared with."""

# A picture cannot be looked up, and with somebody in danger nobody waits for a search.
_NOTHING_TO_FIND: Final = frozenset({HandOffReason.ATTACHMENT, HandOffReason.DANGER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Makes briefings; without a ``briefer`` there are none."""

    units: UnitOfWorkFactory
    composer: Composer
    briefer: Briefer | None = None

    def prepare(self, conversation: Conversation, question: Question, outcome: Outcome) -> Outcome:
        """Return the outcome, a hand-over with what is worth knowing of its question."""
        if not isinstance(outcome, HandedOff):
            return outcome
        return replace(outcome, briefing=self._brief(conversation, question, outcome))

    def prepare_for_person(self, address: Address, outcome: HandedOff) -> HandedOff:
        """Return the hand-over of somebody who just asks for a person.

        What they asked before is looked up; a case that is open knows it already.
        """
        with self.units() as unit:
            conversation = unit.conversations.at(address)
            if conversation is None or unit.tickets.current(conversation.id) is not None:
                return outcome
            turns = unit.conversations.recent(conversation.id, MEMORY)
        asked = [turn for turn in turns if turn.role is Role.CUSTOMER]
        if not asked:
            return outcome
        customer = conversation.customer
        question = Question(
            text=asked[-1].text,
            audience=customer.audience,
            language=customer.language,
            conversation_language=conversation.language,
            client_language=customer.client_language,
            history=turns,
        )
        return replace(outcome, briefing=self._brief(conversation, question, outcome))

    def _brief(
        self, conversation: Conversation, question: Question, outcome: HandedOff
    ) -> Briefing | None:
        if self.briefer is None or outcome.reason in _NOTHING_TO_FIND or not question.text.strip():
            return None
        with self.units() as unit:
            solved = unit.tickets.solved(_COMPARED)
        findings = self.briefer.brief(question, outcome, solved)
        return self._written(conversation, outcome, findings)

    def _written(
        self, conversation: Conversation, outcome: HandedOff, findings: Findings
    ) -> Briefing:
        draft = None
        if findings.proposed is not None:
            proposed = Answered(language=outcome.language, found=findings.proposed)
            draft = DraftReply(text=self.composer.plain_text(conversation, proposed))
        return Briefing(
            country=findings.country, gaps=findings.gaps, solved=findings.solved, draft=draft
        )
