"""Where a rule holds: in a district, a city, a province, the country, or abroad.

Written as ``level:place``: ``district:南山区``, ``city:Shenzhen``, ``province:广东``,
``country:CN``, ``abroad:US``. Several places of one level stand with ``/`` between them
(``abroad:US/GB``); ``abroad`` alone is any other country, ``country`` alone is China.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_PARTS = re.compile(r"\s*(?P<level>[^\s:：/]+)\s*(?:[:：]\s*(?P<places>.*\S))?\s*", re.DOTALL)
_BETWEEN = re.compile(r"\s*/\s*")
_CODE = re.compile(r"[A-Za-z]{2,3}")
_CHINA = "CN"


class Level(StrEnum):
    """How far a rule reaches, from near to far."""

    DISTRICT = "district"
    CITY = "city"
    PROVINCE = "province"
    COUNTRY = "country"
    ABROAD = "abroad"


_LEVELS = {str(level): level for level in Level} | {
    "区": Level.DISTRICT,
    "區": Level.DISTRICT,
    "市": Level.CITY,
    "省": Level.PROVINCE,
    "全国": Level.COUNTRY,
    "国家": Level.COUNTRY,
    "國家": Level.COUNTRY,
    "境外": Level.ABROAD,
    "海外": Level.ABROAD,
}
_UNNAMED = frozenset({Level.COUNTRY, Level.ABROAD})
"""What needs no place."""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A level and its places, as the source names them; countries by their ISO codes."""

    level: Level
    places: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``city:Shenzhen``; ``ValueError`` for another form or a level without its place."""
        match = _PARTS.fullmatch(text)
        level = _LEVELS.get(match["level"].lower()) if match else None
        places = tuple(filter(None, _BETWEEN.split(match["places"] or ""))) if match else ()
        if level is None or not (places or level in _UNNAMED):
            message = f"“{text}” is not a level with its place, like city:Shenzhen"
            raise ValueError(message)
        if level is Level.COUNTRY and not places:
            places = (_CHINA,)
        return cls(level, tuple(_as_code(one) if level in _UNNAMED else one for one in places))

    def __str__(self) -> str:
        """The form that :meth:`parse` reads."""
        return f"{self.level}:{'/'.join(self.places)}" if self.places else str(self.level)


def _as_code(place: str) -> str:
    return place.upper() if _CODE.fullmatch(place) else place
