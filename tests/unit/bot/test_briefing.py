"""What is found out before a case is handed over, and what staff do with the draft."""

from collections.abc import Sequence

import pytest

from bot.desk.briefing import Briefing, DraftReply, DraftState, Findings, Gap, SolvedCase
from bot.desk.desk import Desk
from bot.desk.outcomes import HandedOff
from bot.desk.questions import Question
from bot.desk.support import Support
from bot.desk.ticket import EntryKind, TicketState
from knowledge.answer import Citation, Found
from knowledge.errors import AlreadyClaimed, DeskError
from tests.fakes.composer import PlainComposer
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.scripted_desk import make_passage
from tests.unit.bot.stage import ADDRESS, LI, TOPIC, WANG, Stage, message, reply

CUSTOMER, STAFF = ADDRESS.key, "test:staff:"
PASSAGE = make_passage("fees", "The fee is 400 yuan.")
FOUND = Found(
    text="The fee is 400 yuan. [1]",
    language="en",
    citations=(Citation(number=1, quote=PASSAGE.text, passage=PASSAGE),),
    confidence=0.4,
    in_asked_language=True,
)


class ScriptedBriefer:
    """Finds what a test has written down, and keeps what it was asked."""

    def __init__(self, stage: Stage) -> None:
        self.findings = Findings(country="BR", gaps=(Gap.PLACE,), proposed=FOUND)
        self.asked: list[tuple[str, Sequence[SolvedCase]]] = []
        self.trouble: Exception | None = None
        self._stage = stage

    def brief(
        self, question: Question, outcome: HandedOff, solved: Sequence[SolvedCase]
    ) -> Findings:
        assert self._stage.units.open_here == 0, "a search runs while a transaction is open"
        assert outcome.briefing is None
        self.asked.append((question.text, solved))
        if self.trouble is not None:
            raise self.trouble
        return self.findings


@pytest.fixture
def units() -> MemoryStorage:
    """The contracts hold for both storages; the stories need only one."""
    return MemoryStorage()


@pytest.fixture
def briefer(stage: Stage) -> ScriptedBriefer:
    """The desk of the stage has a briefer."""
    found = ScriptedBriefer(stage)
    support = Support(briefer=found)
    stage.desk = Desk(stage.units, stage.consultant, PlainComposer(), stage.clock, support)
    return found


def hand_over(stage: Stage, text: str = "person what is the fee?", reference: str = "q1") -> None:
    stage.desk.receive(message(text, reference))
    stage.place_ticket()
    stage.sent()


def offered(stage: Stage) -> DraftReply:
    briefing = stage.ticket().briefing
    assert briefing is not None
    assert briefing.offered is not None
    return briefing.offered


def draft_state(stage: Stage) -> DraftState:
    briefing = stage.ticket().briefing
    assert briefing is not None
    assert briefing.draft is not None
    return briefing.draft.state


def test_a_case_comes_with_a_briefing(stage: Stage, briefer: ScriptedBriefer) -> None:
    hand_over(stage)
    briefing = stage.ticket().briefing
    assert briefing is not None
    assert (briefing.country, briefing.gaps) == ("BR", (Gap.PLACE,))
    assert briefing.offered is not None
    assert briefer.asked == [("person what is the fee?", [])]


def test_where_nothing_was_found_there_is_no_draft(stage: Stage, briefer: ScriptedBriefer) -> None:
    briefer.findings = Findings()
    hand_over(stage)
    briefing = stage.ticket().briefing
    assert briefing is not None
    assert briefing.draft is None
    stage.desk.drafts.send(1, LI)
    assert stage.sent(CUSTOMER) == []


def test_a_search_that_fails_holds_nothing_up(stage: Stage, briefer: ScriptedBriefer) -> None:
    briefer.trouble = RuntimeError("the shelf fell over")
    hand_over(stage)
    assert (stage.ticket().state, stage.ticket().briefing) == (TicketState.WAITING, None)


def test_nobody_waits_for_a_search_in_danger(stage: Stage, briefer: ScriptedBriefer) -> None:
    hand_over(stage, "danger")
    assert briefer.asked == []


def test_whoever_asks_for_a_person_is_briefed_about_their_question(
    stage: Stage, briefer: ScriptedBriefer
) -> None:
    stage.desk.receive(message("what is the fee?", "q1"))
    stage.desk.ask_for_person(message("/human", "q2"))
    assert [text for text, _ in briefer.asked] == ["what is the fee?"]
    assert stage.ticket().briefing is not None
    stage.desk.ask_for_person(message("/human", "q3"))
    assert len(briefer.asked) == 1, "the case knows it already"


def test_a_closed_case_helps_with_the_next(stage: Stage, briefer: ScriptedBriefer) -> None:
    hand_over(stage)
    stage.desk.staff_wrote(TOPIC, reply("400 yuan."))
    stage.desk.close(1, LI)
    stage.clock.advance(30 * 24 * 3600)
    hand_over(stage, "person the fee again", "q2")
    (_, solved) = briefer.asked[-1]
    assert [(one.ticket, one.reply) for one in solved] == [(1, "400 yuan.")]


def test_what_was_taken_back_helps_with_nothing(stage: Stage, briefer: ScriptedBriefer) -> None:
    hand_over(stage)
    stage.desk.staff_wrote(TOPIC, reply("400 yuan."))
    stage.desk.withdraw(TOPIC, LI)
    stage.desk.close(1, LI)
    stage.clock.advance(30 * 24 * 3600)
    hand_over(stage, "person the fee again", "q2")
    (_, solved) = briefer.asked[-1]
    assert solved == []


def test_what_was_made_of_a_draft_and_taken_back_helps_with_nothing(
    stage: Stage, briefer: ScriptedBriefer
) -> None:
    hand_over(stage)
    stage.desk.drafts.replace(1, reply("400 yuan."))
    stage.desk.staff_edited(TOPIC, reply("500 yuan."))
    assert stage.ticket().answered == "500 yuan."
    stage.desk.withdraw(TOPIC, LI)
    assert stage.ticket().answered == ""
    del briefer


def test_a_draft_is_sent_once_and_claims(stage: Stage, briefer: ScriptedBriefer) -> None:
    del briefer
    hand_over(stage)
    for _ in range(2):
        ticket = stage.desk.drafts.send(1, LI)
    assert (ticket.claimed_by, draft_state(stage)) == ("li", DraftState.SENT)
    assert [entry.kind for entry in ticket.entries[-2:]] == [EntryKind.CLAIMED, EntryKind.REPLY]
    assert stage.sent(CUSTOMER) == ["now claimed", "Li: answered/found"]


def test_a_draft_in_a_colleagues_case_stays(stage: Stage, briefer: ScriptedBriefer) -> None:
    del briefer
    hand_over(stage)
    stage.desk.claim(1, WANG)
    stage.sent()
    with pytest.raises(AlreadyClaimed, match="Wang"):
        stage.desk.drafts.send(1, LI)
    with pytest.raises(AlreadyClaimed, match="Wang"):
        stage.desk.drafts.replace(1, reply("Hello", "7"))
    assert stage.sent(CUSTOMER) == []
    assert draft_state(stage) is DraftState.OFFERED


def test_a_draft_is_changed_and_sent(stage: Stage, briefer: ScriptedBriefer) -> None:
    del briefer
    hand_over(stage)
    stage.desk.drafts.show(1, LI)
    assert stage.sent() == ["edit, Li: answered/found"]
    for _ in range(2):
        stage.desk.drafts.replace(1, reply("It is 400 yuan.", "7"))
    assert draft_state(stage) is DraftState.EDITED
    assert stage.sent(CUSTOMER) == ["now claimed", "Li: It is 400 yuan."]
    stage.desk.drafts.send(1, LI)
    assert stage.sent(CUSTOMER) == [], "what was decided is decided"


def test_nobody_sends_a_draft_that_they_have_not_read(
    stage: Stage, briefer: ScriptedBriefer
) -> None:
    del briefer
    hand_over(stage)
    read = offered(stage).digest
    with stage.units() as unit:
        unit.tickets.brief(1, Briefing(draft=DraftReply(text="Quite another answer.")))
        unit.commit()
    with pytest.raises(DeskError, match="another draft"):
        stage.desk.drafts.send(1, LI, shown=read)
    assert stage.sent(CUSTOMER) == []
    stage.desk.drafts.send(1, LI, shown=offered(stage).digest)
    assert stage.sent(CUSTOMER) == ["now claimed", "Li: Quite another answer."]


def test_a_discarded_draft_is_gone(stage: Stage, briefer: ScriptedBriefer) -> None:
    del briefer
    hand_over(stage)
    stage.desk.drafts.discard(1, LI)
    stage.desk.drafts.send(1, LI)
    assert draft_state(stage) is DraftState.DISCARDED
    assert stage.sent() == ["card 1"]


def test_a_newer_question_brings_a_newer_draft(stage: Stage, briefer: ScriptedBriefer) -> None:
    hand_over(stage)
    stage.desk.drafts.discard(1, LI)
    stage.sent()
    stage.desk.receive(message("person and how long?", "q2"))
    assert draft_state(stage) is DraftState.OFFERED
    assert "card 1" in stage.sent(STAFF)
    briefer.findings = Findings()
    stage.desk.receive(message("person and who?", "q3"))
    assert draft_state(stage) is DraftState.OFFERED, "what helps is not taken away"
