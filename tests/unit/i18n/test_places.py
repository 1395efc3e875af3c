"""A citation says where a rule holds, where that is less than the country, or abroad."""

from dataclasses import replace

import pytest

from bot.i18n.translations import Translations
from handlers.wording_sources import describe_source
from knowledge.answer import Citation
from knowledge.jurisdiction import Jurisdiction
from tests.unit.knowledge.stock import text_document


def _line(place: str, language: str) -> str:
    [passage] = text_document("rule.md", "A rule.").passages
    rule = Jurisdiction.parse(place) if place else None
    passage = replace(passage, provenance=replace(passage.provenance, jurisdiction=rule))
    citation = Citation(number=1, quote="A rule.", passage=passage)
    return describe_source(citation, translations=Translations(), language=language).text


@pytest.mark.parametrize(
    ("place", "language", "said"),
    [
        ("city:深圳", "en", "Shenzhen"),
        ("city:Shenzhen", "zh-Hans", "深圳"),
        ("district:深圳市南山区", "en", "Nanshan, Shenzhen"),
        ("district:深圳市南山区", "zh-Hans", "深圳市南山区"),
        ("province:广东", "de", "Guangdong"),
        ("province:广东省", "ko", "광둥"),
        ("city:湛江市", "en", "湛江市"),
        ("abroad:US", "en", "United States"),
        ("abroad:US/GB/KR/JP", "zh-Hans", "美国 / 英国 / 韩国 / …"),
        ("abroad:KR", "ru", "Республика Корея"),
        ("abroad:EU", "fr", "Union européenne"),
        ("abroad", "en", "other countries"),
    ],
)
def test_the_place_is_said_in_the_readers_language(place: str, language: str, said: str) -> None:
    line = _line(place, language)
    assert said in line
    assert len(line) < len(_line("", language)) + len(said) + 24


@pytest.mark.parametrize("place", ["", "country:CN"])
def test_what_holds_in_the_whole_country_says_nothing(place: str) -> None:
    assert _line(place, "en") == _line("", "en")
