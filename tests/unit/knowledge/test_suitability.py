"""What a question is limited to, a text that answers it is about."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answer import Found
from knowledge.passage import Trust
from tests.unit.knowledge.asking import answered, ask, refused
from tests.unit.knowledge.stock import about, faq_document, stock, text_document


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("May a Russian actor work on a tourist visa?", "Nobody may work on a tourist visa.", True),
        ("May I work on a student visa?", "Nobody may work on a tourist visa.", False),
        ("May Brazilians enter visa-free?", "Visa-free entry is for up to 30 days.", False),
        (
            "How long may I stay for 120 days of shooting?",
            "Stays of up to 90 days are short.",
            False,
        ),
        ("What is the GRAC fee? 韩国GRAC收费", "Fees are 300 yuan in Korea 韩国.", False),
        ("Is class B open to actors?", "Class A is open to actors.", False),
        ("What are the rules in Lagos?", "The rules are strict.", False),
    ],
)
def test_what_a_question_is_limited_to(
    tmp_path: Path,
    question: str,
    text: str,
    answers: bool,  # noqa: FBT001
) -> None:
    stock(tmp_path, text_document("rule.md", text))
    assert isinstance(ask(tmp_path, question), Found) is answers


def test_a_country_in_a_list_is_only_mentioned(tmp_path: Path) -> None:
    bodies = (
        "Games are rated by USK in Germany, ClassInd in Brazil, GRAC in Korea and ACB in Australia."
    )
    stock(tmp_path, text_document("bodies.md", bodies))
    refused(ask(tmp_path, "What are the content rules for games in Australia?"))
    answered(ask(tmp_path, "Which body rates games in Australia?"))


def test_people_from_a_place_are_not_what_is_done_there(tmp_path: Path) -> None:
    text = "Actors from Hong Kong need no work permit in Shenzhen."
    stock(tmp_path, text_document("permits.md", text))
    answered(ask(tmp_path, "Do actors from Hong Kong need a work permit?"))
    refused(ask(tmp_path, "Do foreign actors need a work permit in Hong Kong?"))


def test_a_rule_abroad_is_none_at_home(tmp_path: Path) -> None:
    text = "In Vietnam minors may play for 180 minutes a day."
    title = replace(about(), title="Minors in Vietnam")
    stock(tmp_path, text_document("vietnam.md", text, source=title))
    answered(ask(tmp_path, "How many minutes a day may minors play in Vietnam?"))
    answered(ask(tmp_path, "How many minutes a day may minors play?"))
    refused(ask(tmp_path, "How many minutes a day may minors play in China?"))


def test_what_is_beside_the_field_must_be_named(tmp_path: Path) -> None:
    entry = ("Do I have to carry a passport in China?", "Yes. Ask a lawyer in case of doubt.")
    stock(tmp_path, faq_document("faq.csv", {"en": entry}))
    answered(ask(tmp_path, "Do I have to carry a passport?"))
    refused(ask(tmp_path, "How do I get a driving licence in China?"))
    refused(ask(tmp_path, "Do I have to pay a lawyer in China?"))
    stock(tmp_path, text_document("law.md", "Lawyers are paid by the hour. A lawyer helps."))
    answered(ask(tmp_path, "Do I have to pay a lawyer in China?"))


def test_figures_of_another_month_or_quarter_do_not_answer(tmp_path: Path) -> None:
    figures = "In the first quarter of 2025 there were 21 titles, in April 2025 there were 30."
    stock(tmp_path, text_document("figures.md", figures))
    answered(ask(tmp_path, "How many titles were there in April 2025?"))
    answered(ask(tmp_path, "How many titles were there in the first quarter of 2025?"))
    refused(ask(tmp_path, "How many titles were there in January 2025?"))
    refused(ask(tmp_path, "How many titles were there in the second quarter of 2025?"))


def test_how_long_a_procedure_takes_is_not_how_long_a_thing_is(tmp_path: Path) -> None:
    definition = "A micro-drama is a web drama whose episodes last up to 15 minutes."
    stock(tmp_path, faq_document("what.csv", {"en": ("How long is a micro-drama?", definition)}))
    answered(ask(tmp_path, "How long is a micro-drama episode?"))
    refused(ask(tmp_path, "How long does filing a micro-drama take?"))
    review = "The bureau reviews the filing of a micro-drama within 15 working days."
    stock(tmp_path, text_document("review.md", review))
    found = answered(ask(tmp_path, "How long does filing a micro-drama take?"))
    assert "15 working days" in found.text


def test_what_is_invested_is_not_what_a_procedure_costs(tmp_path: Path) -> None:
    text = "The filing of a micro-drama depends on its investment: RMB 3 million makes it key."
    stock(tmp_path, text_document("tiers.md", text))
    refused(ask(tmp_path, "How much does filing a micro-drama cost?"))
    stock(tmp_path, text_document("fees.md", "The filing of a micro-drama costs RMB 200."))
    answered(ask(tmp_path, "How much does filing a micro-drama cost?"))


@pytest.mark.parametrize(
    "question", ["How does ReelShort split revenue?", "What tax treaty binds ReelShort?"]
)
def test_the_term_that_a_question_is_about_must_be_met(tmp_path: Path, question: str) -> None:
    text = "ReelShort is run by Crazy Maple Studio; COL holds about 49.24% of it."
    stock(tmp_path, text_document("owners.md", text))
    answered(ask(tmp_path, "Who runs ReelShort?"))
    refused(ask(tmp_path, question))


def test_a_paragraph_says_it_of_the_name_that_is_asked_about(tmp_path: Path) -> None:
    text = "ReelShort is run by Crazy Maple Studio. GoodShort had USD 104 million of revenue."
    stock(tmp_path, text_document("apps.md", text))
    answered(ask(tmp_path, "Which company is behind ReelShort?"))
    refused(ask(tmp_path, "Which company is behind GoodShort?"))


def test_a_drama_is_named_without_asking_about_it(tmp_path: Path) -> None:
    stock(tmp_path, text_document("passport.md", "Foreigners must carry their passport."))
    answered(ask(tmp_path, "Must foreigners on a micro-drama carry their passport?"))


RULE = "Foreigners may not act in China on a tourist visa, and may sing in no live show."


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("May I sing in a live show in Guangzhou?", "en"),
        ("¿Puedo cantar en un show (live show) en Cantón?", "es"),
        ("我可以在广州唱 live show 吗？", "zh-Hans"),
    ],
)
def test_what_the_country_forbids_a_city_does_not_allow(
    tmp_path: Path, question: str, language: str
) -> None:
    stock(tmp_path, text_document("rule.md", RULE))
    answered(ask(tmp_path, question, language))


@pytest.mark.parametrize(
    "question",
    [
        "May I sing in a live show in Hong Kong?",
        "May I sing in a live show in Japan?",
        "How much does a live show in Guangzhou pay?",
        "What live shows are there in Guangzhou?",
    ],
)
def test_another_place_stays_another_place(tmp_path: Path, question: str) -> None:
    stock(tmp_path, text_document("rule.md", f"{RULE} A fine is RMB 500."))
    refused(ask(tmp_path, question))


def test_what_one_city_allows_another_may_not(tmp_path: Path) -> None:
    stock(tmp_path, text_document("city.md", "In Shenzhen you may sing in a live show."))
    refused(ask(tmp_path, "May I sing in a live show in Guangzhou?"))


def test_what_could_not_answer_anyway_stands_in_nobodys_way(tmp_path: Path) -> None:
    recalled = replace(about(), trust=Trust.RECALLED)
    guess = "The hotline of the film bureau is at the film bureau in Japan."
    stock(
        tmp_path,
        text_document("guess.md", guess, source=recalled),
        text_document("rule.md", "Ask the bureau: its hotline is 0755-12345678."),
    )
    found = answered(ask(tmp_path, "What is the hotline of the film bureau?"))
    assert "0755-12345678" in found.text
    recalled_number = f"{guess} It is 0755-87654321."
    stock(tmp_path, text_document("guess.md", recalled_number, source=recalled))
    refused(ask(tmp_path, "What is the hotline of the film bureau?"))


def test_a_refusal_says_how_sure_it_would_have_been(tmp_path: Path) -> None:
    stock(tmp_path, text_document("rule.md", "Class A is open to actors."))
    sure = answered(ask(tmp_path, "Is class A open to actors?"))
    doubt = refused(ask(tmp_path, "Is class B open to actors?"))
    assert 0 < doubt.confidence < sure.confidence


PAPERS = (
    ("Which documents are needed for a work permit?", "Passport and contract."),
    ("How long does a work permit take?", "The work permit takes 7 working days."),
    ("How do I apply for a work permit?", "Apply for the work permit at the bureau."),
)


@pytest.mark.parametrize("entry", PAPERS)
def test_how_a_permit_is_got_does_not_say_who_needs_one(
    tmp_path: Path, entry: tuple[str, str]
) -> None:
    stock(tmp_path, faq_document("how.csv", {"en": entry}))
    answered(ask(tmp_path, entry[0]))
    refused(ask(tmp_path, "I am here for 20 days of shooting - do I need a work permit?"))
    needed = ("Do I need a work permit for shooting?", "Yes, shooting takes a work permit.")
    stock(tmp_path, faq_document("whether.csv", {"en": needed}))
    found = answered(ask(tmp_path, "I am here for shooting - do I need a work permit?"))
    assert found.citations[0].passage.document == "whether.csv"


@pytest.mark.parametrize(
    ("special", "others", "own"),
    [
        (
            "Do actors from Hong Kong or Macao need a work permit?",
            "Do actors need a work permit?",
            "Do actors from Hong Kong need a work permit?",
        ),
        (
            "Can an actor under 18 get a work permit?",
            "Can an actor get a work permit?",
            "Can a 16-year-old actor get a work permit?",
        ),
    ],
)
def test_a_rule_for_some_people_does_not_answer_for_all(
    tmp_path: Path, special: str, others: str, own: str
) -> None:
    stock(tmp_path, faq_document("some.csv", {"en": (special, "No, there is no work permit.")}))
    refused(ask(tmp_path, others))
    answered(ask(tmp_path, own))


def test_a_rule_for_all_does_not_answer_for_somebody_of_16(tmp_path: Path) -> None:
    rule = ("Can an actor get a work permit?", "Yes, an actor can get a work permit.")
    stock(tmp_path, faq_document("all.csv", {"en": rule}))
    answered(ask(tmp_path, "Can an actor get a work permit?"))
    refused(ask(tmp_path, "Can a 16-year-old actor get a work permit?"))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How much does a Google Play developer account cost?", "en"),
        ("注册Google Play开发者账号要多少钱？", "zh-Hans"),
        ("Сколько стоит аккаунт разработчика Google Play?", "ru"),
        ("¿Cuánto cuesta una cuenta de desarrollador en Google Play?", "es"),
        ("How much does it cost to put an app on Google Play?", "en"),
    ],
)
def test_a_share_of_the_revenue_is_no_price(tmp_path: Path, question: str, language: str) -> None:
    fee = "Google Play charges developers a service fee of 10% on the first USD 1 million a year."
    entry = ("What fee does Google Play charge developers for an app, how much does it cost?", fee)
    stock(tmp_path, faq_document("fees.csv", {"en": entry}))
    answered(ask(tmp_path, "What fee does Google Play charge?"))
    refused(ask(tmp_path, question, language))


def test_what_is_known_to_be_unknown_is_not_guessed_from_the_next_best(tmp_path: Path) -> None:
    gap = ("How much does Qianhai pay for micro-dramas?", "The shelf has no amount for these.")
    weak = replace(about(), trust=Trust.RECALLED)
    stock(
        tmp_path,
        faq_document("games.csv", {"en": ("Qianhai games", "Qianhai pays RMB 500,000 a game.")}),
        faq_document("gaps.csv", {"en": gap}, source=weak),
    )
    refused(ask(tmp_path, "How much does Qianhai pay for micro-dramas?"))


def test_what_something_costs_abroad_is_not_what_it_costs_here(tmp_path: Path) -> None:
    text = (
        "Registration of a work in China is voluntary. "
        "Registration of a work in the United States costs about USD 65."
    )
    stock(tmp_path, text_document("copyright.md", text))
    refused(ask(tmp_path, "What does registration of a work cost in China?"))
    answered(ask(tmp_path, "What does registration of a work cost in the United States?"))


APPLYING = (
    "Can an actor in China apply for a work permit?",
    "May an actor apply for a work permit in China?",
    "Can I apply for a work permit in China as an actor?",
)


def test_who_may_apply_is_not_who_must(tmp_path: Path) -> None:
    entry = faq_document(
        "apply.csv", *({"en": (one, "Only class A may apply.")} for one in APPLYING)
    )
    whole = entry.passages[0]
    asked = tuple(variant for one in entry.passages for variant in one.questions)
    stock(tmp_path, replace(entry, passages=(replace(whole, questions=asked),)))
    answered(ask(tmp_path, "I act in China. May I apply for a work permit?"))
    refused(ask(tmp_path, "I act in China. Do I need a work permit?"))
