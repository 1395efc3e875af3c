from dataclasses import replace
from datetime import date

import pytest

from bot.desk.faq_entry import FaqContent, is_wider, narrowest
from bot.desk.gap_errors import FaqFieldWrong
from bot.desk.gaps.fields import FieldReader, change_fields
from bot.i18n.translations import Translations
from handlers import wording_gap_texts as texts
from handlers.wording import Wording
from handlers.wording_gaps import GapWording
from knowledge.passage import Audience, QuestionVariant

CONTENT = FaqContent(
    questions=(
        QuestionVariant("May I act with a K visa?", "en"),
        QuestionVariant("K签证可以演戏吗", "zh-Hans"),
    ),
    answer="No.",
    language="en",
    owner="desk lead",
    review_by=date(2026, 9, 1),
    audience=Audience.PUBLIC,
)


def change(text: str, *, widest: Audience = Audience.PUBLIC) -> FaqContent:
    return change_fields(CONTENT, text, widest=widest)


def test_each_field_can_be_changed_and_the_others_stay() -> None:
    changed = change(
        "answer: 不可以。\n要办Z签证。\nowner: visa desk\nReview: 2027-01-31\n"
        "audience: company\njurisdiction: country:CN\nsource: FIL-02"
    )
    assert changed == replace(
        CONTENT,
        answer="不可以。\n要办Z签证。",
        language="zh-Hans",
        owner="visa desk",
        review_by=date(2027, 1, 31),
        audience=Audience.COMPANY,
        jurisdiction="country:CN",
        source="FIL-02",
    )


def test_fields_have_chinese_names() -> None:
    changed = change("答案：不可以。\n负责人：签证组")
    assert (changed.answer, changed.owner) == ("不可以。", "签证组")


def test_a_field_can_be_called_as_the_card_calls_it() -> None:
    for language in ("zh-Hans", "zh-Hant", "en", "ru"):
        labels = GapWording(Wording(Translations()), language).labels()
        assert sorted(labels.values()) == sorted(texts.FIELDS.values())
        called = {field: label for label, field in labels.items()}
        values = {"audience": "company", "jurisdiction": "country:CN", "review": "2027-01-31"}
        lines = [f"{called[field]}：{value}" for field, value in values.items()]
        changed = change_fields(
            CONTENT,
            "\n".join([f"{called['answer']}: Never.", *lines]),
            widest=Audience.PUBLIC,
            reader=FieldReader(labels),
        )
        assert (changed.answer, changed.audience) == ("Never.", Audience.COMPANY)
        assert (changed.jurisdiction, changed.review_by) == ("country:CN", date(2027, 1, 31))


def test_what_only_looks_like_a_field_stays_in_the_answer() -> None:
    reader = FieldReader({"For": "audience"})
    said = change_fields(
        CONTENT, "answer: It costs money.\nFor EU: 5 %.", widest=Audience.PUBLIC, reader=reader
    )
    assert said.answer == "It costs money.\nFor EU: 5 %."


@pytest.mark.parametrize("day", ["2027-01-31", "2027年1月31日", "2027/1/31", "2027.01.31"])
def test_a_day_may_be_written_as_people_write_it(day: str) -> None:
    assert change(f"复核：{day}").review_by == date(2027, 1, 31)


def test_questions_are_added_replaced_and_taken_out() -> None:
    texts = [one.text for one in change("question: Подходит ли виза K?").questions]
    assert texts == ["May I act with a K visa?", "K签证可以演戏吗", "Подходит ли виза K?"]
    changed = change("question 1:\nquestion 2: K字签证能演戏吗").questions
    assert changed == (QuestionVariant("K字签证能演戏吗", "zh-Hans"),)


def test_the_same_question_is_there_once() -> None:
    assert len(change("question: may i act with a k visa?").questions) == 2


def test_an_answer_may_be_given_in_other_languages_too() -> None:
    changed = change("answer zh-hans: 不可以。\n要办Z签证。\nanswer ru: Нет.")
    assert changed.answers == (("en", "No."), ("zh-Hans", "不可以。\n要办Z签证。"), ("ru", "Нет."))
    again = change_fields(changed, "answer ru:\nanswer en: Never.", widest=Audience.PUBLIC)
    assert again.answers == (("en", "Never."), ("zh-Hans", "不可以。\n要办Z签证。"))
    turned = change_fields(again, "answer: 绝对不可以，必须办理Z签证。", widest=Audience.PUBLIC)
    assert turned.answers == (("zh-Hans", "绝对不可以，必须办理Z签证。"),)


def test_a_short_question_may_say_its_language() -> None:
    assert change("question pt-br: visto K?").questions[-1] == QuestionVariant("visto K?", "pt-BR")


@pytest.mark.parametrize(
    "text",
    [
        "it is wrong",
        "answer:",
        f"answer: {'x' * 3001}",
        "review: soon",
        "audience: everybody",
        "jurisdiction: city",
        "language: English!",
        "question 3: no such",
        "question 1:\nquestion 2:",
        "owner: visa desk\nreview: never",
        "\n".join(f"question: visa number {number}?" for number in range(30)),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(FaqFieldWrong) as refused:
        change(text)
    assert str(refused.value.fields["line"])


def test_nobody_gets_wider_than_the_ticket() -> None:
    with pytest.raises(FaqFieldWrong):
        change("audience: public", widest=Audience.COMPANY)
    assert change("audience: staff", widest=Audience.COMPANY).audience is Audience.STAFF


def test_audiences_are_compared_by_their_readers() -> None:
    assert is_wider(Audience.PUBLIC, Audience.COMPANY)
    assert is_wider(Audience.COMPANY, Audience.ACTOR)
    assert not is_wider(Audience.STAFF, Audience.ACTOR)
    assert narrowest(Audience.PUBLIC, Audience.ACTOR) is Audience.ACTOR
    assert narrowest(Audience.COMPANY, Audience.ACTOR) is Audience.STAFF
