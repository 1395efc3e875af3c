"""What askers read, for every outcome, reason and language."""

import re
from dataclasses import replace
from itertools import product

import hanzidentifier
import pytest

from bot.desk.outcomes import Answered, HandedOff, HandOffReason, Outcome
from bot.i18n.locales import KNOWN_LOCALES
from bot.i18n.translations import Translations
from handlers.chat.render import render_reply
from handlers.wording import Wording
from handlers.wording_parts import Reply
from knowledge.dates import PartialDate
from knowledge.passage import Provenance
from tests.unit.i18n.pseudo import PseudoTranslations, strip_bracketed
from tests.unit.i18n.samples import (
    QUOTE,
    TODAY,
    make_answer,
    make_outcomes,
)

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_SCRIPTS = {
    "ar": re.compile(r"[\u0621-\u064a]"),
    "ja": re.compile(r"[\u3041-\u30fa\u4e00-\u9fff]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "ru": re.compile(r"[А-Яа-я]"),
    "th": re.compile(r"[\u0e01-\u0e4f]"),
    "zh-Hans": _HAN,
    "zh-Hant": _HAN,
}
_PLACEHOLDER = re.compile(r"\{\w*\}")


@pytest.mark.parametrize(
    "outcome", make_outcomes(), ids=lambda each: f"{each.outcome}-{each.reason}"
)
def test_is_written_in_the_readers_language(
    wording: Wording, outcome: Outcome, language: str
) -> None:
    reply = wording.outcome(outcome, language=language, today=TODAY)
    own_words = reply.as_of if isinstance(outcome, Answered) else reply.body
    assert reply.body
    assert _SCRIPTS.get(language, _LATIN).search(own_words)
    assert not _PLACEHOLDER.search(reply.text)
    if language != "en":
        english = wording.outcome(outcome, language="en", today=TODAY)
        assert reply.text != english.text


@pytest.mark.parametrize(
    ("tag", "wrong"),
    [("zh-Hans", hanzidentifier.TRADITIONAL), ("zh-Hant", hanzidentifier.SIMPLIFIED)],
)
def test_chinese_keeps_to_its_script(wording: Wording, tag: str, wrong: int) -> None:
    own = [each for each in make_outcomes() if not isinstance(each, Answered)]
    for outcome in own:
        text = wording.outcome(outcome, language=tag, today=TODAY).text
        assert hanzidentifier.identify(text) not in {wrong, hanzidentifier.MIXED}


@pytest.mark.parametrize("number", ["110", "119", "120", "12367"])
def test_danger_shows_the_emergency_numbers(wording: Wording, language: str, number: str) -> None:
    danger = HandedOff(language=language, reason=HandOffReason.DANGER)
    text = wording.outcome(danger, language=language, today=TODAY).text
    assert re.search(rf"^{number} ", text, re.MULTILINE)


def test_only_answers_have_sources(wording: Wording, language: str) -> None:
    for outcome in make_outcomes():
        reply = wording.outcome(outcome, language=language, today=TODAY)
        answered = isinstance(outcome, Answered)
        assert bool(reply.sources) == bool(reply.sources_title) == bool(reply.as_of) == answered
        assert ("http" in reply.text) == answered


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "As of 22 November 2026"),
        ("es", "A fecha de 22 de noviembre de 2026"),
        ("ru", "По состоянию на 22 ноября 2026 г."),
        ("zh-Hans", "截至 2026年11月22日"),
    ],
)
def test_says_for_which_day_it_holds(wording: Wording, language: str, expected: str) -> None:
    reply = wording.outcome(make_answer(), language=language, today=TODAY)
    assert " ".join(reply.as_of.split()) == expected


def test_a_source_line_tells_what_and_when(wording: Wording) -> None:
    reply = wording.outcome(make_answer(), language="en", today=TODAY)
    assert reply.sources[0].text == (
        "外国人在中国就业管理规定 · 劳动部 · 劳部发〔1996〕29号 · 第五条 · "
        "Issued: 22 January 1996 · In force from: May 1996 · In force until: 2030"
    )
    assert (reply.sources[0].quote, reply.sources[0].url) == (QUOTE, "https://example.org/29")


def test_the_day_checked_stands_in_for_the_day_issued(wording: Wording) -> None:
    page = Provenance(title="Hotline 12367", checked=PartialDate(2026, 11))
    reply = wording.outcome(make_answer(provenance=page), language="en", today=TODAY)
    assert reply.sources[0].text == "Hotline 12367 · 第五条 · Checked: November 2026"
    assert reply.text.endswith(f"“{QUOTE}”")


def test_the_original_is_announced(wording: Wording) -> None:
    outcome = make_answer(in_asked_language=False)
    lead = wording.outcome(outcome, language="ru", today=TODAY).lead
    assert "китайский" in lead
    assert wording.outcome(make_answer(), language="ru", today=TODAY).lead == ""


def test_a_translation_says_that_the_chinese_prevails(wording: Wording) -> None:
    outcome = make_answer(language="es", translated=True)
    reply = wording.outcome(outcome, language="es", today=TODAY)
    assert reply.lead == ""
    assert "chino" in reply.caveat
    assert f"{reply.as_of}\n{reply.caveat}" in reply.text
    assert f"<i>{reply.caveat}</i>" in render_reply(reply)[0].html
    assert wording.outcome(make_answer(), language="es", today=TODAY).caveat == ""


def test_what_ai_made_of_a_translation_carries_both_notices(wording: Wording) -> None:
    outcome = make_answer(language="es", translated=True)
    outcome = replace(outcome, found=replace(outcome.found, worded=True))
    reply = wording.outcome(outcome, language="es", today=TODAY)
    generated, translated = reply.caveat.split("\n")
    assert "IA" in generated
    assert "chino" in translated


def test_a_translation_into_another_language_is_not_called_the_original(wording: Wording) -> None:
    outcome = make_answer(language="en", translated=True, in_asked_language=False)
    reply = wording.outcome(outcome, language="de", today=TODAY)
    assert "Englisch" in reply.lead
    assert "Original" not in reply.lead
    assert "chinesische Original" in reply.caveat


def test_the_text_has_the_parts_in_order(wording: Wording) -> None:
    outcome = make_answer(text="Answer. [1]", in_asked_language=False)
    text = wording.outcome(outcome, language="en", today=TODAY).text
    parts = [
        "the original",
        "Answer. [1]",
        "As of",
        "Sources",
        "[1] 外国人",
        f"“{QUOTE}”",
        "https://",
    ]
    assert sorted(parts, key=text.index) == parts


def test_a_quotation_just_read_is_not_repeated() -> None:
    outcome = make_answer(text=f"{QUOTE} [1]")
    text = Wording(Translations()).outcome(outcome, language="en", today=TODAY).text
    assert text.count(QUOTE) == 1


def test_choices_are_numbered() -> None:
    assert Reply(body="Which?", choices=("one", "two")).text == "Which?\n\n1. one\n2. two"


@pytest.mark.parametrize(("outcome", "language"), list(product(make_outcomes(), KNOWN_LOCALES)))
def test_every_word_goes_through_the_catalogs(outcome: Outcome, language: str) -> None:
    reply = Wording(PseudoTranslations()).outcome(outcome, language=language, today=TODAY)
    rest = strip_bracketed(f"{reply.lead} {reply.body} {reply.as_of} {reply.sources_title}")
    assert not re.search(r"[^\W\d]", rest)
    assert set(re.findall(r"⟦(\S+)", reply.text)) == {language}
