import logging
from dataclasses import replace

import pytest

from bot.desk.conversation import Owner, Role
from bot.desk.outcomes import Declined, HandedOff, HandOffReason, SmallTalk
from bot.desk.ports import UnitOfWork
from bot.desk.ticket import EntryAudience, EntryKind, TicketState
from knowledge.errors import ThreadNotFound
from tests.unit.bot.stage import ADDRESS, ANNA, LI, TOPIC, Stage, message, reply
from tests.unit.i18n.samples import QUOTE, make_citation

CUSTOMER, STAFF = ADDRESS.key, "test:staff:"


def test_the_bot_answers_and_remembers(stage: Stage) -> None:
    outcome = stage.desk.receive(message("thanks"))
    assert isinstance(outcome, SmallTalk)
    assert stage.sent() == ["1: smalltalk/thanks"]
    assert [(turn.role, turn.text) for turn in stage.turns()] == [
        (Role.CUSTOMER, "thanks"),
        (Role.BOT, "smalltalk/thanks"),
    ]
    assert stage.conversation().language == "en"
    assert stage.desk.tickets() == []


def test_a_message_is_answered_once(stage: Stage) -> None:
    stage.desk.receive(message("thanks"))
    assert stage.desk.receive(message("thanks")) is None
    assert stage.sent() == ["1: smalltalk/thanks"]
    assert len(stage.consultant.asked) == 1


def test_the_consultant_knows_what_was_said_before(stage: Stage) -> None:
    for number in range(6):
        stage.desk.receive(message(f"thanks {number}", str(number)))
    stage.desk.choose_language(ANNA, ADDRESS, "zh")
    stage.desk.receive(message("last", "9"))
    question = stage.consultant.asked[-1]
    assert (question.text, question.language) == ("last", "zh")
    assert [turn.text for turn in question.history[::2]] == [f"thanks {n}" for n in (2, 3, 4, 5)]
    assert len(question.history) == 8


def test_a_hand_off_opens_a_ticket(stage: Stage) -> None:
    stage.desk.receive(message("thanks", "1"))
    outcome = stage.desk.receive(message("person please", "2"))
    assert isinstance(outcome, HandedOff)
    ticket = stage.ticket()
    assert (ticket.reason, ticket.urgent, ticket.state) == (
        "not-covered",
        False,
        TicketState.WAITING,
    )
    assert [(entry.kind, entry.text) for entry in ticket.entries] == [
        (EntryKind.OPENED, "not-covered"),
        (EntryKind.QUESTION, "thanks"),
        (EntryKind.ANSWER, "smalltalk/thanks"),
        (EntryKind.QUESTION, "person please"),
    ]
    assert stage.sent(STAFF) == ["case 1 not-covered", "customer: person please"]


def test_a_second_hand_off_uses_the_open_ticket(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    stage.desk.receive(message("person again", "2"))
    assert len(stage.desk.status(ADDRESS)) == 1
    assert stage.kinds() == [EntryKind.OPENED, EntryKind.QUESTION, EntryKind.QUESTION]
    assert stage.sent(STAFF) == ["case 1 not-covered", "customer: person", "customer: person again"]


def test_staff_alone_see_which_sources_disagree(stage: Stage) -> None:
    stage.consultant.quotes = (make_citation(),)
    stage.desk.receive(message("conflict", "1"))
    ticket = stage.ticket()
    assert ticket.reason == "conflict"
    [note] = [entry for entry in ticket.entries if entry.kind is EntryKind.NOTE]
    assert (note.text, note.author, note.audience) == (QUOTE, "bot", EntryAudience.STAFF)
    assert stage.sent(CUSTOMER) == ["1: handed_off/conflict"]
    assert QUOTE not in str(stage.turns())


def test_a_disagreement_in_an_open_ticket_is_shown_too(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    stage.consultant.quotes = (make_citation(),)
    stage.desk.receive(message("conflict", "2"))
    assert len(stage.desk.status(ADDRESS)) == 1
    assert stage.kinds()[-1] is EntryKind.NOTE
    assert stage.sent(STAFF)[2:] == ["customer: conflict", f"note: {QUOTE}"]


def test_a_case_that_goes_on_tells_what_does_not_agree(stage: Stage) -> None:
    stage.consultant.quotes = (make_citation(),)
    stage.desk.receive(message("person", "q1"))
    stage.desk.close(1, LI)
    stage.sent()
    stage.desk.receive(message("conflict here", "q2"))
    assert stage.ticket().id == 1, "it was closed a moment ago"
    assert f"note: {make_citation().quote}" in stage.sent()
    assert stage.kinds()[-1] is EntryKind.NOTE


def test_danger_in_an_open_ticket_puts_it_first(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    stage.desk.receive(message("danger", "2"))
    assert (stage.ticket().urgent, stage.ticket().reason) == (True, "danger")
    assert stage.sent(STAFF)[2:] == ["urgent", "customer: danger"]
    stage.desk.receive(message("danger", "3"))
    assert stage.sent(STAFF) == ["customer: danger"]


def test_while_a_ticket_waits_staff_see_the_whole_thread(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    stage.sent()
    stage.desk.receive(message("thanks", "2"))
    assert stage.sent(STAFF) == ["customer: thanks", "bot: smalltalk/thanks"]
    assert stage.kinds()[2:] == [EntryKind.QUESTION, EntryKind.ANSWER]


def test_the_bot_is_silent_while_a_person_has_the_thread(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    stage.desk.claim(stage.ticket().id, LI)
    stage.sent()
    assert stage.desk.receive(message("thanks", "2")) is None
    assert stage.desk.receive(message("thanks", "2")) is None
    assert stage.desk.ask_for_person(message("/human", "3")) is None
    assert stage.sent() == ["customer: thanks", "customer: /human"]
    assert len(stage.consultant.asked) == 1


def test_a_claim_while_the_consultant_thinks_wins(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    stage.sent()
    stage.consultant.meanwhile = lambda: void(stage.desk.claim(stage.ticket().id, LI))
    assert stage.desk.receive(message("thanks", "2")) is None
    assert stage.sent(CUSTOMER) == ["now claimed"]
    assert stage.kinds()[-1] is EntryKind.QUESTION


def test_a_thread_that_came_back_meanwhile_is_thought_about_again(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    ticket = stage.ticket().id

    def claim_and_return() -> None:
        stage.consultant.meanwhile = lambda: None
        stage.desk.claim(ticket, LI)
        stage.desk.return_to_bot(ticket, LI)

    stage.consultant.meanwhile = claim_and_return
    assert isinstance(stage.desk.receive(message("thanks", "2")), SmallTalk)
    assert [q.text for q in stage.consultant.asked] == ["person", "thanks", "thanks"]
    assert stage.sent(CUSTOMER)[-1] == "2: smalltalk/thanks"


def test_a_broken_consultant_brings_a_person(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        outcome = stage.desk.receive(message("break"))
    assert isinstance(outcome, HandedOff)
    assert outcome.reason is HandOffReason.FAILURE
    assert "the shelf fell over" in caplog.text
    assert stage.ticket().reason == "failure"


def test_a_known_trouble_brings_a_person_and_one_line_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        outcome = stage.desk.receive(message("away"))
    assert isinstance(outcome, HandedOff)
    assert stage.ticket().reason == "failure"
    [record] = caplog.records
    assert "It does not answer." in record.getMessage()
    assert record.exc_info is None


def test_asking_for_a_person_needs_no_thinking(stage: Stage) -> None:
    stage.desk.choose_language(ANNA, ADDRESS, "th")
    outcome = stage.desk.ask_for_person(message("/human"))
    assert isinstance(outcome, HandedOff)
    assert (outcome.reason, outcome.language) == (HandOffReason.ASKED_FOR_PERSON, "th")
    assert stage.desk.ask_for_person(message("/human")) is None
    assert stage.consultant.asked == []
    assert len(stage.desk.tickets()) == 1


@pytest.mark.parametrize(
    ("text", "attachment", "outcome", "reason"),
    [
        ("", "photo", HandedOff, "attachment"),
        ("thanks for this", "document", HandedOff, "attachment"),
        ("danger", "photo", HandedOff, "danger"),
        ("illegal", "photo", Declined, "illegal"),
        ("", "sticker", Declined, "no-text"),
    ],
)
def test_what_a_person_must_look_at(
    stage: Stage, text: str, attachment: str, outcome: type, reason: str
) -> None:
    found = stage.desk.receive(message(text, attachment=attachment))
    assert isinstance(found, outcome)
    assert found is not None
    assert found.reason == reason
    assert stage.turns()[0].text == f"[{attachment}] {text}".strip()


def test_the_door_settles_its_row_in_the_same_transaction(stage: Stage) -> None:
    done: list[str] = []

    def note(word: str) -> None:
        def also(unit: UnitOfWork) -> None:
            assert stage.units.open_here == 1
            unit.feedback.rate(conversation=1, reference=word, helpful=True, at=stage.clock())
            done.append(word)

        stage.desk.receive(message(word, word), also=also)

    for word in ("thanks", "thanks", "person"):
        note(word)
    stage.desk.claim(stage.ticket().id, LI)
    note("more")
    assert done == ["thanks", "thanks", "person", "more"]


def test_status_language_and_rating(stage: Stage) -> None:
    assert stage.desk.status(ADDRESS) == ()
    with pytest.raises(ThreadNotFound):
        stage.desk.rate(ADDRESS, "1", helpful=True)
    assert stage.desk.choose_language(ANNA, ADDRESS, "zh").customer.language == "zh"
    stage.desk.receive(message("thanks"))
    assert stage.desk.rate(ADDRESS, "1", helpful=False).id == stage.conversation().id
    assert stage.desk.choose_language(ANNA, ADDRESS, "").customer.language == ""


def test_an_edit_that_changes_nothing_is_ignored(stage: Stage) -> None:
    stage.desk.receive(message("thanks"))
    assert stage.desk.edited(message("thanks")) is None
    assert stage.sent() == ["1: smalltalk/thanks"]


def test_a_changed_text_is_answered_once(stage: Stage) -> None:
    stage.desk.receive(message("thanks"))
    assert stage.desk.edited(message("illegal")) is not None
    assert stage.desk.edited(message("illegal")) is None
    assert stage.desk.edited(message("thanks")) is not None
    assert stage.sent() == [
        "1: smalltalk/thanks",
        "1: declined/illegal",
        "1: smalltalk/thanks",
    ]


def test_staff_see_an_edit_while_a_ticket_is_open(stage: Stage) -> None:
    stage.desk.receive(message("person"))
    stage.sent()
    for text in ("person", "person now", "person now", "person"):
        assert stage.desk.edited(message(text)) is None
    assert stage.sent() == ["customer: edited: person now", "customer: edited: person"]
    last = stage.ticket().entries[-1]
    assert (last.kind, last.text) == (EntryKind.EDITED, "person")
    assert len(stage.consultant.asked) == 1


def test_notes_and_replies_do_not_mix(stage: Stage) -> None:
    stage.desk.receive(message("person"))
    stage.place_ticket()
    stage.sent()
    for number, text in enumerate(("// one", " ／／two", "、、three")):
        stage.desk.staff_wrote(TOPIC, reply(text, str(number)))
    assert stage.sent(ADDRESS.key) == []
    notes = stage.ticket().entries[-3:]
    assert [note.text for note in notes] == ["one", "two", "three"]
    assert {note.audience for note in notes} == {EntryAudience.STAFF}
    assert stage.conversation().owner is Owner.BOT
    assert all(turn.role is not Role.STAFF for turn in stage.turns())


def test_the_customer_comes_back_after_blocking(stage: Stage) -> None:
    stage.desk.receive(message("thanks"))
    row = stage.next_row()
    assert row is not None
    assert stage.desk.undelivered(row, problem="blocked", blocked=True) is None
    assert not stage.conversation().customer.reachable
    stage.desk.receive(replace(message("thanks"), reference="2"))
    assert stage.conversation().customer.reachable


def void(_: object) -> None:
    """Throw a result away."""
