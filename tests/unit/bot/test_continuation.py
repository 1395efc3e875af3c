"""Short messages in every language that we ship: which go on, and which stand by themselves."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.desk.continuation import continues, known_languages, light_words
from bot.i18n.locales import KNOWN_LOCALES
from knowledge.language import base

_CASES = json.loads(Path(__file__).with_name("followup_cases.json").read_text("utf-8"))
GO_ON: Mapping[str, Sequence[str]] = _CASES["go_on"]
ALONE: Mapping[str, Sequence[str]] = _CASES["alone"]
"""Written before the lists were tried on them; a few words were added where they failed."""


def cases(texts: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, some in texts.items() for text in some]


@pytest.mark.parametrize(("language", "text"), cases(GO_ON))
def test_it_goes_on(language: str, text: str) -> None:
    assert continues(text, [language])
    assert continues(text.upper(), [language])


@pytest.mark.parametrize(("language", "text"), cases(ALONE))
def test_it_stands_by_itself(language: str, text: str) -> None:
    assert not continues(text, [language])


def test_every_language_that_we_ship_has_its_lists_and_its_cases() -> None:
    shipped = {base(tag) for tag in KNOWN_LOCALES}
    assert shipped <= set(known_languages())
    assert set(GO_ON) == set(ALONE) == set(known_languages())


def test_a_language_without_lists_never_goes_on() -> None:
    assert not continues("And for four months?", ["xx"])
    assert not continues("And for four months?", [])
    assert light_words("xx") == frozenset()


def test_what_is_long_stands_by_itself() -> None:
    assert not continues(f"And {'for it ' * 30}?", ["en"])


@pytest.mark.parametrize("text", ["", " ", "?", "…", "123", "👍", "a" * 90, "(" * 80, "\\d*+" * 20])
def test_any_text_can_be_judged(text: str) -> None:
    for language in known_languages():
        assert continues(text, [language]) in {True, False}
