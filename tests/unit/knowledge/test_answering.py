"""What may be said, and what may not, whatever the probability is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import Finding, Found, Inquiry, NotFound, Unclear
from knowledge.decision import Judge
from knowledge.embedding import HashEmbedder
from knowledge.library import Library
from knowledge.passage import Audience, Document, Provenance, Trust
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import about, faq_document, stock, text_document

TODAY = date(2026, 11, 22)
FEE = {
    "zh-Hans": ("备案要多少钱？", "备案不收费。"),
    "en": ("What does filing cost?", "Filing is free of charge."),
    "ru": ("Сколько стоит регистрация?", "Регистрация бесплатна."),
}
TIME = {
    "zh-Hans": ("备案要多久？", "备案需要十个工作日。"),
    "en": ("How long does filing take?", "Filing takes ten working days."),
}


def ask(
    folder: Path,
    text: str,
    *readable: str,
    audience: Audience = Audience.PUBLIC,
    judge: Judge | None = None,
) -> Finding:
    library = Library(folder, HashEmbedder(), judge or make_judge())
    inquiry = Inquiry(text=text, readable=readable or ("en",), audience=audience, today=TODAY)
    return library.consult(inquiry)


def answered(finding: Finding) -> Found:
    assert isinstance(finding, Found), finding
    for number, citation in enumerate(finding.citations, start=1):
        assert citation.number == number
        assert citation.quote in citation.passage.text
        assert f"[{number}]" in finding.text
    assert finding.citations
    assert 0 <= finding.confidence <= 1
    return finding


def refused(finding: Finding) -> NotFound:
    assert isinstance(finding, NotFound), finding
    assert not hasattr(finding, "citations")
    assert 0 <= finding.confidence <= 1
    return finding


def test_an_answer_quotes_the_passage_that_it_cites(tmp_path: Path) -> None:
    document = text_document("fees.md", "The fee is 300 yuan.", "The office opens at nine.")
    stock(tmp_path, document)
    found = answered(ask(tmp_path, "What is the fee in yuan?"))
    assert found.text == "The fee is 300 yuan. [1]"
    [citation] = found.citations
    assert citation.passage == document.passages[0]
    assert (citation.passage.locator, citation.passage.provenance.title) == ("§ 1", "fees.md")


@pytest.mark.parametrize(
    ("readable", "language", "own"),
    [
        (("en",), "en", True),
        (("zh-Hans", "en"), "zh-Hans", True),
        (("zh-Hant", "zh-Hans", "en"), "zh-Hans", True),
        (("ru", "en"), "ru", True),
        (("es", "en", "zh-Hans", "ru"), "en", False),
        (("uk", "ru", "en"), "ru", False),
    ],
)
@pytest.mark.parametrize("asked_in", ["en", "zh-Hans", "ru"])
def test_a_faq_answers_in_the_best_language_for_the_asker(
    tmp_path: Path,
    readable: tuple[str, ...],
    language: str,
    own: bool,  # noqa: FBT001
    asked_in: str,
) -> None:
    stock(tmp_path, faq_document("faq.csv", FEE, TIME))
    found = answered(ask(tmp_path, FEE[asked_in][0], *readable))
    assert (found.language, found.in_asked_language) == (language, own)
    assert found.text == f"{FEE[language][1]} [1]"


def test_a_text_in_another_language_is_marked(tmp_path: Path) -> None:
    stock(tmp_path, text_document("fees.md", "备案费用是 300 yuan。", language="zh-Hans"))
    found = answered(ask(tmp_path, "300 yuan?", "en", "zh-Hans"))
    assert (found.language, found.in_asked_language) == ("zh-Hans", False)


OLD = about(begins="2024-06-01", ends="2025-12-31")
NEW = about(begins="2026-01-01")
COMING = about(begins="2027-01-01")
THRESHOLD = "The filing threshold is {} yuan."


def _threshold(name: str, amount: str, source: Provenance) -> Document:
    return text_document(name, THRESHOLD.format(amount), source=source)


@pytest.mark.parametrize(
    ("question", "amount", "year"),
    [
        ("What is the filing threshold?", "two million", None),
        ("What is the filing threshold in 2026?", "two million", None),
        ("What was the filing threshold in 2024?", "one million", 2024),
        ("What was the filing threshold in 2025?", "one million", 2025),
    ],
)
def test_a_rule_answers_for_the_time_in_which_it_held(
    tmp_path: Path, question: str, amount: str, year: int | None
) -> None:
    new = replace(NEW, title="Thresholds of 2026")
    stock(
        tmp_path,
        _threshold("old.md", "one million", OLD),
        _threshold("new.md", "two million", new),
        _threshold("coming.md", "three million", COMING),
    )
    found = answered(ask(tmp_path, question))
    assert found.text == f"{THRESHOLD.format(amount)} [1]"
    assert found.year == year


@pytest.mark.parametrize("source", [OLD, COMING])
def test_what_does_not_hold_today_is_no_answer_for_today(
    tmp_path: Path, source: Provenance
) -> None:
    stock(tmp_path, _threshold("rule.md", "one million", source))
    assert refused(ask(tmp_path, THRESHOLD.format("one million"))).reason == "not-covered"


@pytest.mark.parametrize(
    ("trust", "answers"), [("H", True), ("M", True), ("L", False), ("R", False)]
)
def test_only_what_has_a_source_answers(tmp_path: Path, trust: str, answers: bool) -> None:  # noqa: FBT001
    stock(tmp_path, _threshold("rule.md", "ten", replace(about(), trust=Trust(trust))))
    finding = ask(tmp_path, THRESHOLD.format("ten"))
    assert isinstance(finding, Found) is answers
    if not answers:
        refused(finding)


@pytest.mark.parametrize(
    ("question", "language", "answers"),
    [
        ("How is the rating in Brazil?", "en", True),
        ("How is the rating in Japan?", "en", False),
        ("巴西的分级？", "zh-Hans", True),
        ("巴西的分級？", "zh-Hant", True),
        ("印度的分级？", "zh-Hans", False),
        ("Рейтинг в Бразилии?", "ru", True),
        ("Рейтинг в Японии?", "ru", False),
        ("¿Cómo es la clasificación en Brasil?", "es", True),
        ("¿Cómo es la clasificación en Brasil y en Japón?", "es", False),
    ],
)
def test_an_answer_about_one_country_does_not_answer_for_another(
    tmp_path: Path,
    question: str,
    language: str,
    answers: bool,  # noqa: FBT001
) -> None:
    rating = "In Brazil the rating of a drama is free of charge."
    stock(tmp_path, text_document("brazil.md", rating))
    finding = ask(tmp_path, question, language, "en")
    assert isinstance(finding, Found) is answers


def test_a_place_that_the_shelf_does_not_know(tmp_path: Path) -> None:
    stock(tmp_path, text_document("a.md", "In Shenzhen the subsidy is one million yuan."))
    answered(ask(tmp_path, "How high is the subsidy in Shenzhen?"))
    refused(ask(tmp_path, "How high is the subsidy in Beijing?"))


def test_an_uncertain_question_offers_what_the_shelf_can_answer(tmp_path: Path) -> None:
    stock(tmp_path, faq_document("faq.csv", FEE, TIME))
    unsure = make_judge(answers=False, asks_back=True)
    finding = ask(tmp_path, "filing?", "en", judge=unsure)
    assert isinstance(finding, Unclear)
    assert set(finding.choices) == {FEE["en"][0], TIME["en"][0]}
    chinese = ask(tmp_path, "备案？", "zh-Hans", judge=unsure)
    assert isinstance(chinese, Unclear)
    assert set(chinese.choices) == {FEE["zh-Hans"][0], TIME["zh-Hans"][0]}


def test_one_choice_is_no_choice(tmp_path: Path) -> None:
    stock(tmp_path, faq_document("faq.csv", FEE, TIME))
    unsure = make_judge(answers=False, asks_back=True)
    finding = ask(tmp_path, "Регистрация?", "ru", judge=unsure)
    assert refused(finding).reason == "unsure"


def test_at_most_three_choices(tmp_path: Path) -> None:
    entries = [{"en": (f"What does form {n} cost?", f"Form {n} is free.")} for n in "ABCDE"]
    stock(tmp_path, faq_document("faq.csv", *entries))
    finding = ask(tmp_path, "form?", judge=make_judge(answers=False, asks_back=True))
    assert isinstance(finding, Unclear)
    assert len(set(finding.choices)) == len(finding.choices) == 3


def test_little_evidence_hands_over(tmp_path: Path) -> None:
    stock(tmp_path, faq_document("faq.csv", FEE))
    finding = ask(tmp_path, "filing?", judge=make_judge(answers=False))
    assert refused(finding).reason == "not-covered"


@pytest.mark.parametrize("reader", [Audience.PUBLIC, Audience.ACTOR])
def test_neither_answers_nor_choices_show_what_is_for_others(
    tmp_path: Path, reader: Audience
) -> None:
    walls = [Audience.COMPANY, Audience.STAFF]
    stock(
        tmp_path,
        *(
            faq_document(
                f"{wall}.csv",
                {"en": (f"What is the secret of {wall}?", f"The secret of {wall} is here.")},
                {"en": (f"Who knows the secret of {wall}?", f"All of {wall} know.")},
                source=about(audience=wall),
            )
            for wall in walls
        ),
    )
    for wall in walls:
        question = f"What is the secret of {wall}?"
        refused(ask(tmp_path, question, audience=reader))
        asking = make_judge(answers=False, asks_back=True)
        refused(ask(tmp_path, question, audience=reader, judge=asking))
        answered(ask(tmp_path, question, audience=wall))


def test_whoever_chose_a_language_may_ask_in_another(tmp_path: Path) -> None:
    stock(tmp_path, faq_document("faq.csv", FEE, TIME))
    library = Library(tmp_path, HashEmbedder(), make_judge(answers=False, asks_back=True))
    question, readable = "Tell me about the filing.", ("zh-Hans", "en")
    plain, chosen = (
        Inquiry(text=question, readable=order, audience=Audience.PUBLIC, today=TODAY, spoken="en")
        for order in (("en",), readable)
    )
    english, chinese = library.consult(plain), library.consult(chosen)
    assert isinstance(english, Unclear)
    assert isinstance(chinese, Unclear)
    assert english.confidence == chinese.confidence
    assert set(chinese.choices) == {FEE["zh-Hans"][0], TIME["zh-Hans"][0]}
    generous = Library(tmp_path, HashEmbedder(), make_judge())
    found = answered(generous.consult(chosen))
    assert (found.language, found.in_asked_language) == ("zh-Hans", True)


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("What does filing cost?", "Filing a drama is free of charge.", True),
        ("What does filing cost?", "Filing a drama costs 300 yuan.", True),
        ("What does filing cost?", "Filing a drama is done online.", False),
        ("How long does filing take?", "Filing a drama takes ten working days.", True),
        ("How long does filing take?", "Filing a drama takes 10 days.", True),
        ("How long does filing take?", "Filing a drama is done online.", False),
    ],
)
def test_a_text_without_a_price_or_a_time_does_not_say_one(
    tmp_path: Path,
    question: str,
    text: str,
    answers: bool,  # noqa: FBT001
) -> None:
    stock(tmp_path, text_document("filing.md", text))
    assert isinstance(ask(tmp_path, question), Found) is answers


def test_a_guess_does_not_step_in_where_the_best_may_not_answer(tmp_path: Path) -> None:
    recalled = replace(about(), trust=Trust.RECALLED)
    stock(
        tmp_path,
        text_document("old.md", "The filing threshold is one million yuan.", source=OLD),
        text_document("guess.md", "The threshold may be two million yuan.", source=recalled),
    )
    refused(ask(tmp_path, "The filing threshold is one million yuan?"))
