from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.desk.conversation import Owner, Role
from bot.desk.ticket import EntryAudience, EntryKind, Staff, TicketState
from knowledge.errors import AlreadyClaimed, ThreadNotFound
from tests.unit.bot.stage import ADDRESS, LI, TOPIC, WANG, Stage, message, reply

CUSTOMER, STAFF = ADDRESS.key, "test:staff:"
DAY = 24 * 3600


@pytest.fixture
def waiting(stage: Stage) -> Stage:
    """A ticket waits in its topic, and everything was sent."""
    stage.desk.receive(message("person", "q1"))
    stage.place_ticket()
    stage.sent()
    return stage


def test_a_claim_takes_the_thread_from_the_bot(waiting: Stage) -> None:
    ticket = waiting.desk.claim(waiting.ticket().id, LI)
    assert (ticket.state, ticket.claimed_by, ticket.claimed_by_name) == (
        TicketState.CLAIMED,
        "li",
        "Li",
    )
    conversation = waiting.conversation()
    assert (conversation.owner, conversation.epoch) == (Owner.PERSON, 1)
    assert waiting.sent() == ["now claimed", "now claimed"]


def test_only_one_can_claim(waiting: Stage) -> None:
    ticket = waiting.ticket().id
    waiting.desk.claim(ticket, LI)
    waiting.desk.claim(ticket, LI)
    with pytest.raises(AlreadyClaimed, match="Li already has"):
        waiting.desk.claim(ticket, WANG)
    assert waiting.kinds().count(EntryKind.CLAIMED) == 1


def test_of_many_at_once_one_wins_and_the_others_are_told_who(waiting: Stage) -> None:
    crowd = [Staff(identity=f"s{number}", name=f"S{number}") for number in range(8)]

    def claim(staff: Staff) -> str:
        try:
            return waiting.desk.claim(1, staff).claimed_by_name
        except AlreadyClaimed as refusal:
            return str(refusal)

    with ThreadPoolExecutor(len(crowd)) as pool:
        told = list(pool.map(claim, crowd))
    winner = waiting.ticket().claimed_by_name
    assert sorted(told) == sorted([winner] + [f"{winner} already has this thread."] * 7)
    assert waiting.conversation().epoch == 1
    assert waiting.kinds().count(EntryKind.CLAIMED) == 1


def test_the_first_reply_claims(waiting: Stage) -> None:
    ticket = waiting.desk.staff_wrote(TOPIC, reply("Hello"))
    assert [entry.kind for entry in ticket.entries[-2:]] == [EntryKind.CLAIMED, EntryKind.REPLY]
    assert waiting.sent(CUSTOMER) == ["now claimed", "Li: Hello"]
    assert waiting.turns()[-1].role is Role.STAFF


def test_a_reply_is_taken_once(waiting: Stage) -> None:
    waiting.desk.staff_wrote(TOPIC, reply("Hello", "5"))
    waiting.desk.staff_wrote(TOPIC, reply("Hello", "5"))
    assert waiting.kinds().count(EntryKind.REPLY) == 1
    assert waiting.sent(CUSTOMER) == ["now claimed", "Li: Hello"]


def test_what_the_bot_had_to_say_is_dropped_after_a_claim(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    stage.desk.receive(message("thanks", "2"))
    stage.desk.claim(stage.ticket().id, LI)
    assert stage.sent(CUSTOMER) == ["now claimed"]


def test_a_returned_thread_is_the_bots_again(waiting: Stage) -> None:
    waiting.desk.staff_wrote(TOPIC, reply("Hello"))
    ticket = waiting.desk.return_to_bot(waiting.ticket().id, LI)
    assert ticket.state is TicketState.RETURNED
    assert (waiting.conversation().owner, waiting.conversation().epoch) == (Owner.BOT, 2)
    waiting.sent()
    waiting.desk.receive(message("thanks", "q2"))
    assert waiting.sent() == ["q2: smalltalk/thanks"]
    assert waiting.consultant.asked[-1].history == (), "what needed a person is over"


def test_closing_a_ticket_that_waits_keeps_the_bots_answers(waiting: Stage) -> None:
    waiting.desk.receive(message("thanks", "q2"))
    waiting.desk.close(waiting.ticket().id, LI)
    assert waiting.conversation().epoch == 0
    assert waiting.sent(CUSTOMER) == ["q2: smalltalk/thanks", "now closed"]


@pytest.mark.parametrize("way", ["close", "return_to_bot"])
def test_nothing_happens_in_a_ticket_that_is_over(waiting: Stage, way: str) -> None:
    ticket = waiting.ticket().id
    getattr(waiting.desk, way)(ticket, LI)
    with pytest.raises(ThreadNotFound):
        waiting.desk.staff_wrote(TOPIC, reply("Hello"))
    with pytest.raises(ThreadNotFound):
        waiting.desk.claim(ticket, LI)
    with pytest.raises(ThreadNotFound):
        waiting.desk.close(ticket, LI)
    with pytest.raises(ThreadNotFound):
        waiting.desk.staff_wrote("test:elsewhere", reply("Hello"))


def test_the_next_hand_off_goes_on_with_the_ticket(waiting: Stage) -> None:
    first = waiting.ticket()
    waiting.desk.close(first.id, LI)
    waiting.sent()
    waiting.clock.advance(3 * DAY)
    waiting.desk.receive(message("person", "q2"))
    again = waiting.ticket()
    assert (again.id, again.state, again.topic) == (first.id, TicketState.WAITING, TOPIC)
    assert waiting.sent(STAFF) == ["case 1 again not-covered", "customer: person"]


def test_after_some_days_the_next_hand_off_opens_another_ticket(waiting: Stage) -> None:
    first = waiting.ticket()
    waiting.desk.close(first.id, LI)
    waiting.clock.advance(3 * DAY + 1)
    waiting.desk.receive(message("person", "q2"))
    assert waiting.ticket().id != first.id


def test_staff_see_what_did_not_arrive(waiting: Stage) -> None:
    waiting.desk.staff_wrote(TOPIC, reply("Hello"))
    waiting.next_row()
    row = waiting.next_row()
    assert row is not None
    ticket = waiting.desk.undelivered(row, problem="blocked", blocked=True)
    assert ticket is not None
    assert (ticket.entries[-1].kind, ticket.entries[-1].text) == (EntryKind.UNDELIVERED, "blocked")
    assert ticket.entries[-1].audience is EntryAudience.STAFF
    assert not waiting.conversation().customer.reachable


def test_the_thread_of_a_ticket(waiting: Stage) -> None:
    conversation, ticket = waiting.desk.thread(waiting.ticket().id)
    assert (conversation.address, ticket.topic) == (ADDRESS, TOPIC)
    with pytest.raises(ThreadNotFound):
        waiting.desk.thread(99)
