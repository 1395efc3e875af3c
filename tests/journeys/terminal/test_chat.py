import pytest

from bot.desk.conversation import Address
from bot.desk.outcomes import DeclineReason, HandOffReason, SmallTalkKind
from handlers import terminal_texts
from handlers import wording_texts as texts
from handlers.wording_texts import DECLINE, HAND_OFF, SMALL_TALK
from tests.fakes.watched_units import Killed
from tests.journeys.terminal.room import Room

THANKS = SMALL_TALK[SmallTalkKind.THANKS]
ILLEGAL = DECLINE[DeclineReason.ILLEGAL]
NOT_COVERED = HAND_OFF[HandOffReason.NOT_COVERED]
ASKED = HAND_OFF[HandOffReason.ASKED_FOR_PERSON]


def test_each_line_gets_its_answer(room: Room) -> None:
    assert room.chat("thanks", "", "  illegal  ", "person") == [THANKS, ILLEGAL, NOT_COVERED]


def test_the_same_line_twice_is_two_questions(room: Room) -> None:
    assert room.chat("thanks", "thanks") == [THANKS, THANKS]


def test_nothing_said_nothing_shown(room: Room) -> None:
    assert room.chat() == []


def test_the_conversation_goes_on_next_time(room: Room) -> None:
    room.chat("thanks")
    room.chat("illegal")
    assert [turn.text for turn in room.consultant.asked[-1].history] == ["thanks", THANKS]


def test_quit_ends_it(room: Room) -> None:
    assert room.chat("/quit", "thanks") == []


def test_the_commands(room: Room) -> None:
    help_text = "\n\n".join(room.chat("/help"))
    assert "/human" in help_text
    assert "/quit" in help_text
    assert "/staff" not in help_text
    status, person, waiting, unknown = room.chat("/status", "/human", "/status", "/dance")
    assert (status, person) == (texts.NO_TICKET, ASKED)
    assert "Ticket 1 is waiting" in waiting
    assert "/dance" in unknown


def test_the_language_is_chosen_and_taken_back(room: Room) -> None:
    room.chat("/language zh-Hans", "thanks", "/language auto")
    assert room.consultant.asked[-1].language == "zh-Hans"
    room.chat("thanks")
    assert room.consultant.asked[-1].language == ""


def test_an_interruption_while_the_desk_thinks_is_polite(room: Room) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    room.consultant.meanwhile = interrupt
    assert room.chat("thanks", "never read") == []
    room.consultant.meanwhile = lambda: None
    assert room.chat() == [THANKS]
    assert room.chat() == []


@pytest.mark.parametrize("tag", ["klingon", "xx-yy-zz", "eo"])
def test_an_unknown_language_is_refused_with_a_list(room: Room, tag: str) -> None:
    (refusal,) = room.chat(f"/language {tag}")
    assert tag in refusal
    assert "en" in refusal


def test_the_languages_are_listed(room: Room) -> None:
    question, listed, how = room.chat("/language")
    assert (question, how) == (texts.CHOOSE_LANGUAGE, terminal_texts.LANGUAGE_LINE)
    assert "en – English" in listed.splitlines()


@pytest.mark.parametrize("step", range(2, 7))
def test_wherever_it_dies_the_answer_is_shown_the_next_time(room: Room, step: int) -> None:
    room.units.die_after = step
    with pytest.raises(Killed):
        room.chat("thanks")
    room.units.die_after = 0
    assert room.chat() == ([THANKS] if step < 6 else [])
    assert room.chat() == []


def test_everything_is_stored_like_at_any_other_door(room: Room) -> None:
    room.chat("person")
    with room.units() as unit:
        conversation = unit.conversations.at(Address(door="terminal", chat="anna"))
        assert conversation is not None
        ticket = unit.tickets.current(conversation.id)
        assert ticket is not None
        assert (ticket.reason, unit.outbox.waiting()) == ("not-covered", 0)
