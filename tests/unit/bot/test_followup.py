import pytest

from bot.desk.conversation import Role, Turn
from bot.desk.followup import resolve

VISA = "Which visa do I need for two months?"
VIZA = "Какая виза нужна на два месяца?"
QIANZHENG = "拍戏两个月要什么签证？"


def said(*texts: str, bot: str = "A Z visa. [1]") -> tuple[Turn, ...]:
    """What the customer said, each time answered by the bot."""
    return tuple(
        Turn(role=role, text=one)
        for text in texts
        for role, one in ((Role.CUSTOMER, text), (Role.BOT, bot))
    )


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (VISA, "And for four months?"),
        (VISA, "What about my children?"),
        (VISA, "How long does it take?"),
        (VISA, "how much is that"),
        (VIZA, "А на четыре месяца?"),
        (VIZA, "и сколько это стоит?"),
        (QIANZHENG, "那四个月呢？"),
        (QIANZHENG, "四个月呢"),
        (QIANZHENG, "如果是四个月"),
        (QIANZHENG, "它要多少钱？"),
        ("¿Qué visa necesito?", "¿Y para cuatro meses?"),
        ("¿Qué visa necesito?", "y cuánto cuesta eso?"),
    ],
)
def test_a_message_that_goes_on_is_read_with_the_question_before(before: str, text: str) -> None:
    assert resolve(text, said(before)) == (f"{before} {text}", text)


@pytest.mark.parametrize(
    "text",
    [
        "Which platform takes the smallest share of payments?",
        "Android apps: which store is best?",
        "Order of filing?",
        "微短剧备案要多少钱？",
        "Сколько стоит регистрация микродрамы?",
        "Ольга приедет позже",
        "¿Cuánto cuesta registrar una serie?",
        "And besides all of what I asked before, which documents does the company need to bring?",
    ],
)
def test_a_message_that_stands_by_itself_is_read_alone(text: str) -> None:
    assert resolve(text, said(VISA)) == (text,)


def test_without_a_question_before_there_is_nothing_to_go_on_from() -> None:
    assert resolve("And for four months?", ()) == ("And for four months?",)
    greeting = (Turn(role=Role.BOT, text="Welcome! What about a question?"),)
    assert resolve("And for four months?", greeting) == ("And for four months?",)


def test_a_chain_of_follow_ups_goes_back_to_the_first_question() -> None:
    history = said("Where do I file?", VISA, "And for four months?")
    likeliest = resolve("And with children?", history)[0]
    assert likeliest == f"{VISA} And for four months? And with children?"


CHOICES = "Do you mean:\n1. What does filing cost?\n2. How long does filing take?\n3) Who files?"


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", "What does filing cost?"),
        ("2.", "How long does filing take?"),
        (" (3) ", "Who files?"),
        ("2？", "How long does filing take?"),
        ("№2", "How long does filing take?"),
        ("4", "4"),
        ("12", "12"),
        ("1 and 2", "1 and 2"),
    ],
)
def test_the_number_of_a_choice_becomes_the_choice(text: str, choice: str) -> None:
    assert resolve(text, said("filing?", bot=CHOICES))[0] == choice


def test_chinese_choices() -> None:
    offered = "您是想问：\n1、备案要多少钱？\n2、备案要多久？"
    assert resolve("2", said("备案？", bot=offered)) == ("备案要多久？",)


def test_a_number_without_choices_stays_a_number() -> None:
    assert resolve("2", said(VISA)) == ("2",)
    assert resolve("2", ()) == ("2",)


def test_only_the_last_message_of_the_bot_offers() -> None:
    history = (*said("filing?", bot=CHOICES), *said(VISA))
    assert resolve("1", history) == ("1",)
