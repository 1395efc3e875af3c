import json
from typing import Any

import pytest

from tests.journeys.command.running import Helpdesk

ANSWER = {"outcome", "reason", "language", "text", "citations", "confidence", "elapsed_ms"}
CITATION = {
    "n", "document", "title", "locator", "quote", "language", "url", "issued", "effective_from",
    "effective_to", "jurisdiction",
}  # fmt: skip
OUTCOMES = {"answered", "clarify", "handed_off", "declined", "smalltalk"}


def check(answer: dict[str, Any]) -> dict[str, Any]:
    """The object has exactly the promised keys, with sensible values."""
    assert set(answer) == ANSWER
    assert answer["outcome"] in OUTCOMES
    assert answer["text"].strip()
    assert 0 <= answer["confidence"] <= 1
    assert answer["elapsed_ms"] >= 0
    assert bool(answer["citations"]) is (answer["outcome"] == "answered")
    for number, citation in enumerate(answer["citations"], start=1):
        assert set(citation) == CITATION
        assert citation["n"] == number
        assert f"[{number}]" in answer["text"]
    return answer


def ask(helpdesk: Helpdesk, *arguments: str) -> dict[str, Any]:
    run = helpdesk("ask", *arguments, "--json")
    assert (run.code, run.err) == (0, "")
    return check(run.json)


@pytest.mark.parametrize(
    "question",
    [
        "   ",
        "\t\n",
        "🎬",
        "🎬🎉",
        "?!…",
        "\x01\x02\x1b",
        "\u200b\u202e",
        "签" * 20000,
        "visa " * 4000,
    ],
)
def test_what_is_no_question_is_declined(stocked: Helpdesk, question: str) -> None:
    answer = ask(stocked, question)
    assert answer["outcome"] == "declined"
    assert answer["reason"] == ("too-long" if len(question) > 4000 else "no-text")


@pytest.mark.parametrize("sign", ["👍", "👍🏽 🎉", "👋"])
def test_a_sign_of_courtesy_is_answered_as_one(stocked: Helpdesk, sign: str) -> None:
    assert ask(stocked, sign)["outcome"] == "smalltalk"


@pytest.mark.parametrize(
    "question",
    ["What does fil\x01ing\x1b[31m cost?", "<script>alert(1)</script> fees?", "' OR 1=1 --",
     "{0} {title} %s", "fee" * 1000, "a"],
)  # fmt: skip
def test_odd_questions_get_an_outcome(stocked: Helpdesk, question: str) -> None:
    answer = ask(stocked, question)
    assert not set(answer["text"]) & {"\x01", "\x1b"}


def test_a_look_opens_no_ticket_and_says_so(stocked: Helpdesk) -> None:
    run = stocked("ask", "I want to talk to a person, please.")
    assert run.code == 0
    assert run.out.strip()
    assert "no ticket" in run.err
    assert not (stocked.data / "desk.db").exists()


def test_courtesies(stocked: Helpdesk) -> None:
    assert ask(stocked, "Thank you!")["outcome"] == "smalltalk"
    assert ask(stocked, "谢谢！")["language"] == "zh-Hans"


def test_the_chosen_language_wins(stocked: Helpdesk) -> None:
    assert ask(stocked, "Thank you!", "--language", "ru")["language"] == "ru"
    assert ask(stocked, "Спасибо!", "--language", "zh-TW")["language"] == "zh-Hant"


def test_a_batch_keeps_order_ids_and_languages(stocked: Helpdesk) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "b", "question": "Thank you!"},
        {"id": 1, "question": "👍", "language": "es"},
        {"id": {"of": "mine"}, "question": "Спасибо!", "language": "en"},
        {
            "id": 2.5,
            "question": "OK",
            "history": [
                {"role": "user", "text": "Сколько стоит регистрация?"},
                {"role": "assistant", "text": "Бесплатно."},
            ],
        },
    ]
    path = stocked.write("batch.jsonl", "\n".join(json.dumps(row) for row in rows))
    run = stocked("ask", "--batch", path, "--language", "zh-Hans")
    assert (run.code, run.err) == (0, "")
    assert [line.pop("id") for line in run.lines] == [row["id"] for row in rows]
    answers = [check({k: v for k, v in line.items() if k != "id"}) for line in run.lines]
    assert [one["language"] for one in answers] == ["zh-Hans", "es", "en", "zh-Hans"]
    plain = stocked("ask", "--batch", path)
    assert [line["language"] for line in plain.lines] == ["en", "es", "en", "ru"]
