"""Lines that mix Arabic with names, numbers and quotations of other scripts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.outcomes import Answered
from handlers.chat.render import render_reply, render_rows
from handlers.chat.rich_text import utf16_length
from handlers.wording import Wording
from handlers.wording_direction import FIRST_STRONG_ISOLATE, POP_ISOLATE, fill, isolate
from knowledge.errors import DatabaseError, HelpdeskError, PortInUse, UsageError
from tests.unit.i18n.directions import without_isolates
from tests.unit.i18n.samples import QUOTE, TODAY, make_answer, make_conversation, make_ticket


def wrapped(text: str) -> str:
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("ar", "ReelShort", True),
        ("ar", "劳动部", True),
        ("ar", "Ольга", True),
        ("ar", "0755 8888 6666", True),
        ("ar", "12", False),
        ("ar", "علي", False),
        ("ar", "22 نوفمبر 2026", False),
        ("ar-EG", "ReelShort", True),
        ("ar", "", False),
        ("en", "ReelShort", False),
        ("zh-Hans", "劳动部 2026", False),
        ("zh-Hans", "علي", True),
        ("de", "محمد علي", True),
        # Hebrew readers are written to in English.
        ("he", "ReelShort", False),
    ],
)
def test_marks_what_runs_the_other_way(language: str, text: str, marked: bool) -> None:  # noqa: FBT001 - a column of the table
    assert isolate(text, language=language) == (wrapped(text) if marked else text)


def test_every_line_is_marked_by_itself() -> None:
    assert isolate("one\n\ntwo", language="ar") == f"{wrapped('one')}\n\n{wrapped('two')}"


@given(st.text(), st.sampled_from(["ar", "en", "zh-Hans"]))
def test_nothing_but_the_marks_is_added(text: str, language: str) -> None:
    assert without_isolates(isolate(text, language=language)) == without_isolates(text)


def test_numbers_stand_as_they_are() -> None:
    assert fill("الطلب {ticket}: {name}", {"ticket": 12, "name": "Li"}, language="ar") == (
        f"الطلب 12: {wrapped('Li')}"
    )


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (PortInUse(address="127.0.0.1:8443"), "127.0.0.1:8443"),
        (DatabaseError(path="/srv/desk/desk.db", problem="locked."), "/srv/desk/desk.db"),
        (UsageError(problem="q/a.jsonl:3: no."), "q/a.jsonl:3: no."),
    ],
)
def test_paths_and_addresses_stay_in_one_piece(
    wording: Wording, error: HelpdeskError, kept: str
) -> None:
    assert wrapped(kept) in wording.error(error, language="ar")
    assert kept in wording.error(error, language="de")
    assert FIRST_STRONG_ISOLATE not in wording.error(error, language="de")


def test_each_part_of_a_source_is_one_piece(wording: Wording) -> None:
    reply = wording.outcome(make_answer(), language="ar", today=TODAY)
    title, issuer, number, locator = reply.sources[0].text.split(" · ")[:4]
    assert [title, issuer, number, locator] == list(
        map(wrapped, ("外国人在中国就业管理规定", "劳动部", "劳部发〔1996〕29号", "第五条"))
    )


def test_answers_quotations_and_addresses_stay_as_they_are_stored(wording: Wording) -> None:
    outcome = make_answer(text=f"{QUOTE} [1]")
    assert isinstance(outcome, Answered)
    reply = wording.outcome(outcome, language="ar", today=TODAY)
    source = reply.sources[0]
    assert reply.body == f"{QUOTE} [1]"
    assert source.quote in outcome.found.citations[0].passage.text
    assert source.url == "https://example.org/29"
    # The quotation is known to have been read, so it is not shown a second time.
    assert reply.text.count(QUOTE) == 1
    assert "\n    https://example.org/29" in reply.text


def test_marks_do_not_shift_what_telegram_formats(wording: Wording) -> None:
    reply = wording.outcome(make_answer(in_asked_language=False), language="ar", today=TODAY)
    (part,) = render_reply(replace(reply, body="😀 نص"))
    start, end = next(
        (m.start, m.end) for m in part.marks if m.opening == '<a href="https://example.org/29">'
    )
    assert part.text[start:end] == reply.sources[0].text
    assert utf16_length(part.text) == len(part.text.encode("utf-16-le")) // 2
    opening = '<a href="https://example.org/29">'
    assert f"{opening}{reply.sources[0].text}</a>" in part.html


def test_a_case_card_keeps_names_together(wording: Wording) -> None:
    ticket = make_ticket()
    arabic = wording.staff_card(make_conversation(), ticket, language="ar")
    chinese = wording.staff_card(make_conversation(name="علي"), ticket, language="zh-Hans")
    assert wrapped("Ольга") in arabic.title
    assert wrapped("Вопрос?") in {row.value for row in arabic.rows}
    assert wrapped("علي") in chinese.title
    assert wrapped("Вопрос?") in render_rows(arabic).text
