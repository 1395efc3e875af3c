"""A case that has ended: returned without a loop, rated, spoken about, opened again."""

import pytest

from bot.desk.conversation import Address, Owner
from bot.desk.outcomes import Declined, DeclineReason, HandedOff
from bot.desk.ticket import EntryKind, TicketState
from knowledge.errors import ThreadNotFound
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.bot.stage import ADDRESS, LI, TOPIC, Stage, message, reply

CUSTOMER, STAFF = ADDRESS.key, "test:staff:"
DAY = 24 * 3600


@pytest.fixture
def units() -> MemoryStorage:
    """The contracts hold for both storages; the stories need only one."""
    return MemoryStorage()


@pytest.fixture
def answered(stage: Stage) -> Stage:
    """Li has answered Anna's question."""
    stage.desk.receive(message("person what is the fee?", "q1"))
    stage.place_ticket()
    stage.desk.staff_wrote(TOPIC, reply("400 yuan."))
    stage.sent()
    return stage


@pytest.fixture
def closed(answered: Stage) -> Stage:
    """And has closed the case."""
    answered.desk.close(1, LI)
    answered.sent()
    answered.clock.advance(60)
    return answered


def test_a_promise_is_not_made_twice_for_one_wait(stage: Stage) -> None:
    first = stage.desk.receive(message("person", "q1"))
    second = stage.desk.receive(message("person please", "q2"))
    third = stage.desk.ask_for_person(message("/human", "q3"))
    told = [one.again for one in (first, second, third) if isinstance(one, HandedOff)]
    assert told == [False, True, True]


def test_what_a_person_answered_is_not_handed_over_again(answered: Stage) -> None:
    answered.desk.return_to_bot(1, LI)
    answered.clock.advance(60)
    again = answered.desk.receive(message("person What is the FEE", "q2"))
    assert isinstance(again, Declined)
    assert again.reason is DeclineReason.ANSWERED_BEFORE
    assert answered.ticket().state is TicketState.RETURNED
    other = answered.desk.receive(message("person what is the form?", "q3"))
    assert isinstance(other, HandedOff)


def test_who_wants_a_person_all_the_same_gets_one(answered: Stage) -> None:
    answered.desk.return_to_bot(1, LI)
    answered.clock.advance(60)
    assert isinstance(answered.desk.ask_for_person(message("/human", "q2")), HandedOff)
    assert answered.ticket().state is TicketState.WAITING


def test_a_question_that_nobody_answered_is_handed_over_again(stage: Stage) -> None:
    stage.desk.receive(message("person what is the fee?", "q1"))
    stage.desk.return_to_bot(1, LI)
    stage.clock.advance(60)
    outcome = stage.desk.receive(message("person what is the fee?", "q2"))
    assert isinstance(outcome, HandedOff)
    assert stage.ticket().id == 1


def test_danger_is_never_sent_back(stage: Stage) -> None:
    stage.desk.receive(message("danger", "q1"))
    stage.place_ticket()
    stage.desk.staff_wrote(TOPIC, reply("Call 110."))
    stage.desk.return_to_bot(1, LI)
    stage.clock.advance(60)
    assert isinstance(stage.desk.receive(message("danger", "q2")), HandedOff)
    assert stage.ticket().urgent


def test_the_bot_looks_back_no_further_than_to_the_return(answered: Stage) -> None:
    answered.desk.return_to_bot(1, LI)
    answered.clock.advance(60)
    answered.desk.receive(message("thanks", "q2"))
    answered.clock.advance(60)
    answered.desk.receive(message("and?", "q3"))
    assert [turn.text for turn in answered.consultant.asked[-1].history] == [
        "thanks",
        "smalltalk/thanks",
    ]


def test_a_rating_is_kept_and_may_change(closed: Stage) -> None:
    rate = closed.desk.afterwards.rate
    for stars in (0, 6, 2, 4, 4):
        rate(ADDRESS, 1, stars)
    assert closed.ticket().stars == 4
    assert closed.kinds().count(EntryKind.RATED) == 2
    assert closed.sent() == ["card 1", "card 1"]


def test_nobody_rates_the_case_of_another(closed: Stage) -> None:
    stranger = Address(door="test", chat="boris")
    afterwards = closed.desk.afterwards
    for act in (afterwards.invite, afterwards.reopen):
        with pytest.raises(ThreadNotFound):
            act(stranger, 1)
    with pytest.raises(ThreadNotFound):
        afterwards.rate(stranger, 1, 5)


def test_a_word_is_the_next_message_after_it_was_offered(closed: Stage) -> None:
    closed.desk.afterwards.invite(ADDRESS, 1)
    assert closed.sent() == ["a word on 1?"]
    for _ in range(2):
        assert closed.desk.receive(message("Very kind people!", "w1")) is None
    assert closed.ticket().entries[-1].text == "Very kind people!"
    assert closed.sent() == ["thanks", "word: Very kind people!"]
    closed.desk.receive(message("thanks", "q2"))
    assert closed.sent() == ["q2: smalltalk/thanks"], "one word, and then questions again"


def test_without_the_offer_a_message_is_a_question(closed: Stage) -> None:
    closed.desk.receive(message("Very kind people!", "q2"))
    assert EntryKind.COMMENTED not in closed.kinds()
    assert closed.sent() == ["q2: smalltalk/thanks"]


def test_the_offer_holds_for_a_day(closed: Stage) -> None:
    closed.desk.afterwards.invite(ADDRESS, 1)
    closed.clock.advance(DAY + 1)
    closed.desk.receive(message("thanks", "q2"))
    assert EntryKind.COMMENTED not in closed.kinds()


def test_a_reply_to_the_request_is_a_word_without_an_offer(closed: Stage) -> None:
    for _ in range(2):
        closed.desk.afterwards.comment(message("Too slow.", "w1"), 1)
    assert closed.kinds().count(EntryKind.COMMENTED) == 1
    assert closed.sent() == ["thanks", "word: Too slow."]


def test_the_customer_opens_the_case_again(closed: Stage) -> None:
    for _ in range(2):
        ticket = closed.desk.afterwards.reopen(ADDRESS, 1)
    assert (ticket.state, ticket.reason, ticket.topic) == (TicketState.WAITING, "reopened", TOPIC)
    assert closed.sent() == ["now waiting", "now waiting"]
    assert closed.conversation().owner is Owner.BOT


def test_that_is_possible_for_some_days(closed: Stage) -> None:
    closed.clock.advance(3 * DAY)
    assert closed.desk.afterwards.reopen(ADDRESS, 1).state is TicketState.CLOSED
    assert not closed.desk.afterwards.write_again(message("But…", "q2"), 1)
    assert closed.sent() == []


def test_a_reply_to_the_end_goes_on_with_the_case(closed: Stage) -> None:
    for _ in range(2):
        assert closed.desk.afterwards.write_again(message("But the form?", "q2"), 1)
    assert closed.ticket().state is TicketState.WAITING
    assert closed.sent(STAFF) == ["now waiting", "customer: But the form?"]
    assert closed.kinds().count(EntryKind.REOPENED) == 1


def test_status_knows_what_is_open_or_ended_lately(closed: Stage) -> None:
    assert [one.id for one in closed.desk.on_record(ADDRESS)] == [1]
    closed.clock.advance(3 * DAY)
    assert list(closed.desk.on_record(ADDRESS)) == []
    assert [one.id for one in closed.desk.status(ADDRESS)] == [1]


def test_a_correction_of_an_old_message_is_no_word(closed: Stage) -> None:
    closed.desk.afterwards.invite(ADDRESS, 1)
    closed.desk.edited(message("illegal thing", "q1"))
    assert EntryKind.COMMENTED not in closed.kinds()


@pytest.mark.parametrize("open_again", [False, True])
def test_a_picture_is_shown_to_staff_and_is_no_word_about_the_case(
    closed: Stage, *, open_again: bool
) -> None:
    picture = message("Look at this", "w1", attachment="photo")
    closed.desk.afterwards.invite(ADDRESS, 1)
    if open_again:
        closed.desk.afterwards.reopen(ADDRESS, 1)
    assert closed.desk.afterwards.comment(picture, 1) is False
    closed.desk.receive(picture)
    assert "customer: [photo] Look at this" in closed.sent(STAFF)
    assert EntryKind.COMMENTED not in closed.kinds()


def test_what_is_said_in_a_case_that_is_open_again_is_for_who_has_it(closed: Stage) -> None:
    closed.desk.afterwards.reopen(ADDRESS, 1)
    closed.sent()
    late = message("It still does not work", "w1")
    assert closed.desk.afterwards.comment(late, 1) is False
    assert closed.sent() == []


def test_who_asks_for_a_person_says_no_word_about_the_case(closed: Stage) -> None:
    closed.desk.afterwards.invite(ADDRESS, 1)
    assert isinstance(closed.desk.ask_for_person(message("/human", "h1")), HandedOff)
    assert closed.ticket().state is TicketState.WAITING
    assert EntryKind.COMMENTED not in closed.kinds()


def test_a_danger_is_no_word_about_the_case_though_one_was_asked_for(closed: Stage) -> None:
    closed.desk.afterwards.invite(ADDRESS, 1)
    outcome = closed.desk.receive(message("danger", "w1"))
    assert isinstance(outcome, HandedOff)
    assert closed.ticket().state is TicketState.WAITING
    assert EntryKind.COMMENTED not in closed.kinds()


def test_what_needs_a_person_is_known_without_recording_it(closed: Stage) -> None:
    assert closed.desk.needs_person(message("danger", "w1"))
    assert not closed.desk.needs_person(message("Too slow.", "w2"))
    assert closed.sent() == []
