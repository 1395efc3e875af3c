"""Where a rule holds, as it is written."""

import pytest

from knowledge.jurisdiction import Jurisdiction, Level


@pytest.mark.parametrize(
    ("text", "level", "places"),
    [
        ("city:Shenzhen", Level.CITY, ("Shenzhen",)),
        ("city: 深圳", Level.CITY, ("深圳",)),
        ("市：深圳", Level.CITY, ("深圳",)),
        ("区:南山区", Level.DISTRICT, ("南山区",)),
        ("Province:Guangdong", Level.PROVINCE, ("Guangdong",)),
        ("country", Level.COUNTRY, ("CN",)),
        ("国家", Level.COUNTRY, ("CN",)),
        ("abroad", Level.ABROAD, ()),
        ("abroad:us / gb/EEA", Level.ABROAD, ("US", "GB", "EEA")),
    ],
)
def test_a_level_and_its_places(text: str, level: Level, places: tuple[str, ...]) -> None:
    read = Jurisdiction.parse(text)
    assert (read.level, read.places) == (level, places)
    assert Jurisdiction.parse(str(read)) == read


@pytest.mark.parametrize("text", ["", "Shenzhen", "city", "city:", "town:Shenzhen", "district: /"])
def test_what_names_no_level_or_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="city:Shenzhen"):
        Jurisdiction.parse(text)
