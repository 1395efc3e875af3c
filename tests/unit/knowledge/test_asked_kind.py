import pytest

from knowledge.asked_kind import Kind, asked_kinds, holds


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Z签证要多少钱？", {Kind.MONEY}),
        ("Z簽證的價格", {Kind.MONEY}),
        ("How much does a Z visa cost?", {Kind.MONEY}),
        ("Сколько стоит виза Z?", {Kind.MONEY}),
        ("¿Cuánto cuesta el visado?", {Kind.MONEY}),
        ("办工作许可要多久", {Kind.DURATION}),
        ("How many days does it take?", {Kind.DURATION}),
        ("В течение какого времени надо зарегистрироваться?", {Kind.DURATION}),
        ("前海的电话是多少", {Kind.PHONE}),
        ("Do I need a visa?", set()),
        ("微短剧怎么备案", set()),
    ],
)
def test_what_a_question_asks_for(question: str, kinds: set[Kind]) -> None:
    assert asked_kinds(question) == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("罚款5000元以上2万元以下", Kind.MONEY),
        ("a fine of up to RMB 20,000", Kind.MONEY),
        ("a service fee of 10%", Kind.MONEY),
        ("７个工作日", Kind.DURATION),
        ("within 30 days of entry", Kind.DURATION),
        ("в течение 24 часов", Kind.DURATION),
        ("hotline 12367", Kind.PHONE),
    ],
)
def test_what_a_text_holds(text: str, kind: Kind) -> None:
    assert holds(text, kind)
    assert not holds("It must be filed with the authority.", kind)
