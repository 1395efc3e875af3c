from dataclasses import replace

from bot.desk.questions import Sender
from handlers import terminal_texts
from handlers import wording_staff_texts as staff_texts
from tests.journeys.terminal.room import Room
from tests.journeys.terminal.test_chat import NOT_COVERED, THANKS


def test_a_case_from_the_question_to_the_end(room: Room) -> None:
    asked = ("thanks", "person please")
    helped = ("/staff", "/take 1", "//secret", "Hello Anna", "/customer")
    shown = room.demo(*asked, *helped, "thanks, Li", "/staff", "/return", "/customer", "thanks")
    assert shown[:3] == [THANKS, NOT_COVERED, terminal_texts.STAFF_AT_HAND]
    line, waiting, card, card_again, timeline, note, sent, back, *rest = shown[3:]
    assert (line, waiting) == (terminal_texts.STAFF_LINE, "1 ticket is waiting.")
    for said in ("Ticket 1", "Anna", "no source", "person please"):
        assert said in card
    assert card.splitlines()[0] == card_again.splitlines()[0]
    assert timeline.splitlines() == [
        "Customer: thanks",
        f"Desk: {THANKS}",
        "Customer: person please",
        "Claimed",
    ]
    assert (note, sent, back) == (
        staff_texts.NOTE_KEPT,
        "Your reply was sent to Anna.",
        terminal_texts.CUSTOMER_LINE,
    )
    assert rest[:3] == [
        "A colleague has taken over and will answer you here.",
        "Colleague: Hello Anna",
        "A colleague is looking after ticket 1 and will answer you here.",
    ]
    assert rest[-2:] == [
        "The bot answers you again. You can ask for a person at any time.",
        THANKS,
    ]
    assert not any("secret" in text for text in shown)


def test_the_customer_reads_their_own_language(room: Room) -> None:
    shown = room.demo(
        "/language zh-Hans", "person", "/staff", "/take 1", "您好", "/close", "/customer"
    )
    wording = room.wording
    colleague = wording.phrase("Colleague", language="zh-Hans")
    closed = wording.phrase(
        "Your ticket is closed. If anything is still open, write it here.", language="zh-Hans"
    )
    assert shown[-2:] == [f"{colleague}: 您好", closed]
    assert "Ticket 1 is closed." in shown


def test_what_staff_cannot_do_is_said(room: Room) -> None:
    shown = room.demo(
        "person",
        "/staff",
        "Hello",
        "/return",
        "/take x",
        f"/take {10**30}",
        "/take 7",
        "/dance",
        "",
        "/take 1",
        "/close",
        "/take 1",
        "/staff",
        "/quit",
        "never read",
    )
    assert shown.count(terminal_texts.TAKE_FIRST) == 4
    assert "There is no open ticket 7." in shown
    assert "There is no open ticket 1." in shown
    assert any("/dance" in text for text in shown)
    assert "No ticket is waiting." in shown
    assert len(room.consultant.asked) == 1


def test_a_reply_to_somebody_else_waits_for_them(room: Room) -> None:
    room.chat("person")
    anna = room.parts
    room.parts = replace(anna, sender=Sender(identity="ben", name="Ben"))
    shown = room.demo("/staff", "/take 1", "Hello Anna")
    assert "Colleague: Hello Anna" not in shown
    room.parts = anna
    assert room.chat()[-1] == "Colleague: Hello Anna"


def test_the_chat_has_no_staff(room: Room) -> None:
    (answer,) = room.chat("/staff")
    assert "I do not know the command /staff" in answer
