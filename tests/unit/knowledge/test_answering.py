"""What may be said, and what may not, whatever the probability is."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.answer import Found, Inquiry, Unclear
from knowledge.decision import FACTS, Judge, Line, Scale
from knowledge.embedding import HashEmbedder
from knowledge.library import Library
from knowledge.passage import Audience, Trust
from tests.unit.knowledge.asking import TODAY, answered, ask, refused
from tests.unit.knowledge.judges import make_judge, make_scale
from tests.unit.knowledge.stock import about, faq_document, stock, text_document

FEE = {
    "zh-Hans": ("备案要多少钱？", "备案不收费。"),
    "en": ("What does filing cost?", "Filing is free of charge."),
    "ru": ("Сколько стоит регистрация?", "Регистрация бесплатна."),
}
_EVEN = 4.36
"""What makes the guide of the test below as strong as the entry."""
TIME = {
    "zh-Hans": ("备案要多久？", "备案需要十个工作日。"),
    "en": ("How long does filing take?", "Filing takes ten working days."),
}


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


@pytest.mark.parametrize(
    ("spoken", "lead", "enough", "language"),
    [
        ("ru", -1.0, True, "ru"),
        ("ru", 1.0, True, "ru"),
        ("ru", 4.0, True, "en"),  # far better is better, in whatever language
        ("ru", 1.0, False, "en"),  # the entry would not have answered by itself
        ("en", 1.0, True, "en"),
    ],
)
def test_of_two_that_are_about_as_good_the_entry_in_the_askers_language_answers(
    tmp_path: Path,
    spoken: str,
    lead: float,
    enough: bool,  # noqa: FBT001
    language: str,
) -> None:
    guide = text_document("guide.md", "Filing is free. Сколько стоит регистрация?")
    stock(tmp_path, faq_document("faq.csv", {"ru": FEE["ru"]}), guide)
    curated = make_scale(answer_from=0.0 if enough else 0.9)
    judge = Judge(curated=curated, texts=make_scale(bonus=_EVEN + lead))
    found = ask(tmp_path, FEE["ru"][0], spoken, judge=judge)
    assert answered(found).language == language


CLASSES = {"en": ("Signs on trucks, which class?", "Trucks above nine tons are heavy.")}
SIGNS = {"en": ("Must trucks have signs?", "Signs go on both doors of the trucks.")}


@pytest.mark.parametrize(("entries", "answer"), [([CLASSES, SIGNS], SIGNS), ([CLASSES], None)])
def test_a_text_that_is_sure_is_a_witness_against_an_entry_that_tells_something_else(
    tmp_path: Path, entries: list[dict[str, tuple[str, str]]], answer: dict[str, tuple[str, str]]
) -> None:
    guide = text_document("guide.md", f"Signs on trucks: {SIGNS['en'][1]}")
    stock(tmp_path, faq_document("faq.csv", *entries), guide)
    by_lead = np.asarray([float(name == "lead") for name in FACTS])
    texts = make_scale(answer_from=0.9, bonus=4.0)
    texts = replace(texts, answering=Line(by_lead, -3.0))
    finding = ask(tmp_path, "Signs on trucks?", judge=Judge(curated=make_scale(), texts=texts))
    if answer:
        assert answered(finding).text == f"{answer['en'][1]} [1]"
    else:
        refused(finding)


def test_a_text_in_another_language_is_marked(tmp_path: Path) -> None:
    stock(tmp_path, text_document("fees.md", "备案费用是 300 yuan。", language="zh-Hans"))
    found = answered(ask(tmp_path, "300 yuan?", "en", "zh-Hans"))
    assert (found.language, found.in_asked_language) == ("zh-Hans", False)


@pytest.mark.parametrize(
    ("trust", "answers"), [("H", True), ("M", True), ("L", False), ("R", False)]
)
def test_only_what_has_a_source_answers(tmp_path: Path, trust: str, answers: bool) -> None:  # noqa: FBT001
    source = replace(about(), title="Rule", trust=Trust(trust))
    stock(tmp_path, text_document("rule.md", "The fee is ten yuan.", source=source))
    finding = ask(tmp_path, "The fee is ten yuan?")
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
    old = about(begins="2024-06-01", ends="2025-12-31")
    stock(
        tmp_path,
        text_document("old.md", "The filing threshold is one million yuan.", source=old),
        text_document("guess.md", "The threshold may be two million yuan.", source=recalled),
    )
    refused(ask(tmp_path, "The filing threshold is one million yuan?"))


def test_of_a_long_text_only_what_answers_is_quoted(tmp_path: Path) -> None:
    text = (
        "The bureau takes the application. The hotline of the bureau is 0755-88121678. "
        "Ask for Li. Parking is behind the house. In summer it is closed. Dogs stay outside."
    )
    stock(tmp_path, text_document("guide.md", text), text_document("fish.md", "Fish swim."))
    found = answered(ask(tmp_path, "What is the hotline of the bureau?"))
    assert found.text == "The hotline of the bureau is 0755-88121678. Ask for Li. [1]"


def test_what_is_hardly_likely_is_not_offered(tmp_path: Path) -> None:
    never = make_scale(answer_from=0.9, ask_back_from=0.0)
    stock(tmp_path, faq_document("faq.csv", FEE, TIME))
    finding = ask(tmp_path, "filing?", "en", judge=Judge(curated=_doubtful(never), texts=never))
    assert refused(finding).reason == "unsure"


def _doubtful(scale: Scale) -> Scale:
    """The same, but every probability is a third."""
    return replace(scale, answering=Line(scale.answering.weights, -0.7))
