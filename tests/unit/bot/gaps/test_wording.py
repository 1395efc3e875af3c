import pytest

from bot.desk.conversation import Address, Conversation, Customer, Owner
from bot.desk.gaps.wording import choose_variants, make_answer
from bot.desk.unanswered import OpenQuestion, Unanswered
from knowledge.passage import Audience


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("Dear Anna, yes. Write to us.", "Yes. Write to us."),
        ("您好，王伟：可以的。\n请来信。", "可以的。\n请来信。"),
        ("Здравствуйте, Борис! нужна виза Z.", "Нужна виза Z."),
        ("Anna, you need a visa. Anna must apply.", "You need a visa. … must apply."),
        ("The fee is 300 yuan.", "The fee is 300 yuan."),
    ],
)
def test_an_answer_speaks_to_everybody(reply: str, answer: str) -> None:
    assert make_answer(reply, names=["Anna Lee", "王伟", "Борис"]) == answer


def asked(text: str, language: str = "en", name: str = "Anna") -> OpenQuestion:
    customer = Customer(
        id=1,
        door="test",
        identity="1",
        name=name,
        audience=Audience.PUBLIC,
        language="",
        client_language="",
        reachable=True,
    )
    conversation = Conversation(
        id=1,
        customer=customer,
        address=Address(door="test", chat="1"),
        owner=Owner.BOT,
        epoch=0,
        language="",
    )
    question = Unanswered(
        conversation=1, reference="1", text=text, at=None, why="unhelpful", helped=False
    )
    return OpenQuestion(conversation=conversation, question=question, language=language)


def test_a_way_to_ask_begins_with_the_question() -> None:
    (variant,) = choose_variants(asked("Good morning! is Anna's visa enough?"), [])
    assert variant.text == "Is …'s visa enough?"


def test_the_same_words_count_once_and_one_language_leaves_room() -> None:
    others = [asked(f"visa question {number}?") for number in range(9)]
    variants = choose_variants(
        asked("visa?"), [asked("VISA?"), *others, asked("签证？", "zh-Hans")]
    )
    assert [one.language for one in variants].count("en") <= 6
    assert variants[-1].text == "签证？"


def test_stories_are_no_way_to_ask() -> None:
    story = "I came to Shenzhen. " * 40
    assert [one.text for one in choose_variants(asked("visa?"), [asked(story)])] == ["visa?"]
    (first,) = choose_variants(asked(story), [])
    assert len(first.text) <= 300
