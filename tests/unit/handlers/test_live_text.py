"""Sentences are shown once, whatever becomes of the answer."""

import pytest

from handlers.live_text import LiveText


def show(told: list[str], *texts: str) -> str:
    written: list[str] = []
    live = LiveText(written.append)
    for sentence in told:
        live.tell(sentence)
    written.extend(live.rest_of(text) for text in texts)
    return "".join(written)


@pytest.mark.parametrize(
    ("told", "text", "seen"),
    [
        ([], "All of it.", "All of it."),
        (["A. [1]", "B. [1]"], "A. [1] B. [1]\n\nAs of today", "A. [1] B. [1]\n\nAs of today"),
        (["A. [1]"], "A. [1]\n\nThe quote. [1]", "A. [1]\n\nThe quote. [1]"),
        (["A. [1]"], "Notice\n\nA. [1]\n\nThe quote.", "A. [1]\n\nNotice\n\nThe quote."),
        (["A. [1]"], "A colleague will answer.", "A. [1]\n\nA colleague will answer."),
    ],
)
def test_the_reader_sees_all_of_it_once(told: list[str], text: str, seen: str) -> None:
    assert show(told, text) == seen


def test_another_text_in_between_does_no_harm() -> None:
    assert show(["A. [1]"], "Ticket 3.", "A. [1]\n\nAs of") == "A. [1]\n\nTicket 3.As of"


def test_the_next_question_begins_anew() -> None:
    written: list[str] = []
    live = LiveText(written.append)
    live.tell("A.")
    live.forget()
    assert live.rest_of("A. B.") == "\n\nA. B."
    assert live.rest_of("A. B.") == "A. B."
