from datetime import timedelta

from bot.desk.questions import Message, Sender
from bot.desk.unanswered import UNHELPFUL
from tests.unit.bot.gaps.office import LI, Office


def questions(office: Office) -> list[tuple[str, str, bool]]:
    return [
        (one.question.text, one.question.why, one.question.helped)
        for gap in office.gaps.gaps()
        for one in gap.questions
    ]


def test_what_a_person_was_brought_for_is_not_answered() -> None:
    office = Office()
    office.ask("anna", "en visa?")
    assert questions(office) == [("en visa?", "handed_off/not-covered", False)]


def test_a_reply_of_a_colleague_helps() -> None:
    office = Office()
    office.ask("anna", "en visa?")
    office.reply("anna", "You need a Z visa.")
    assert questions(office) == [("en visa?", "handed_off/not-covered", True)]


def test_a_reply_that_was_taken_back_has_helped_nobody() -> None:
    office = Office()
    office.ask("anna", "en visa?")
    ticket = office.reply("anna", "You need an M visa.")
    office.desk.withdraw(f"topic/{ticket}", LI)
    assert questions(office) == [("en visa?", "handed_off/not-covered", False)]
    office.reply("anna", "You need a Z visa.")
    assert questions(office) == [("en visa?", "handed_off/not-covered", True)]


def test_what_was_answered_well_is_no_gap() -> None:
    office = Office()
    office.ask("anna", "en visa?")
    office.publish(office.reply("anna", "You need a Z visa."))
    office.ask("ben", "en visa?")
    assert [one[0] for one in questions(office)] == ["en visa?"]


def test_an_unhelpful_answer_is_a_gap_until_somebody_helps() -> None:
    office = Office()
    office.ask("anna", "en visa?")
    office.publish(office.reply("anna", "You need a Z visa."))
    reference = office.ask("ben", "and my visa?")
    ben = next(
        one.address
        for one in office.storage.state.conversations.values()
        if one.customer.name == "ben"
    )
    office.desk.rate(ben, reference, helpful=False)
    assert ("and my visa?", UNHELPFUL, False) in questions(office)
    office.desk.rate(ben, reference, helpful=True)
    assert ("and my visa?", UNHELPFUL, False) not in questions(office)


def test_asking_for_a_person_says_that_the_answer_before_was_none() -> None:
    office = Office()
    office.ask("anna", "en visa?")
    office.publish(office.reply("anna", "You need a Z visa."))
    office.ask("ben", "which visa?")
    conversation = office.storage.state.conversations[2]
    message = office.references + 1
    office.desk.ask_for_person(
        Message(
            address=conversation.address,
            sender=Sender(identity="ben", name="ben"),
            reference=str(message),
            text="/human",
        )
    )
    assert ("which visa?", "handed_off/asked-for-person", False) in questions(office)
    assert "/human" not in {one[0] for one in questions(office)}


def test_old_questions_wait_no_more() -> None:
    office = Office()
    office.ask("anna", "en visa?")
    office.clock.now += timedelta(days=91)
    assert questions(office) == []


def test_gaps_are_ranked_by_people_who_wait() -> None:
    office = Office()
    for who in ("anna", "ben"):
        office.ask(who, "en visa?")
    for who in ("carl", "dora", "emil"):
        office.ask(who, f"{who} asks about parking?")
    office.ask("emil", "again: parking?")
    office.reply("anna", "You need a Z visa.", LI)
    gaps = office.gaps.gaps()
    assert [(gap.waiting, gap.asked) for gap in gaps] == [(3, 3), (1, 2)]
    assert gaps[1].first.question.text == "en visa?"
    assert gaps[1].first.conversation.customer.name == "ben"


def test_languages_are_told_for_each_question() -> None:
    office = Office()
    office.ask("anna", "Where may I leave my car, is there parking?")
    office.ask("boris", "Где можно оставить машину, есть ли parking?", language="ru")
    (gap,) = office.gaps.gaps()
    assert gap.languages == ("en", "ru")
