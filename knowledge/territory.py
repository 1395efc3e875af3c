"""Whether a rule holds somewhere else than where a question asks about.

A rule of Nanshan does not answer for Futian, one of Guangzhou not for Shenzhen, one of Korea not
for Brazil. What a place contains counts for it: a question about Shenzhen may be answered by a rule
of Guangdong or of China. Where somebody comes from is not where a question is about.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from knowledge.jurisdiction import Jurisdiction, Level
from knowledge.subjects import Named, name_subjects

_SHENZHEN: Final = "home:shenzhen"
_CHINA: Final = "CN"
_REGIONS: Final = {"EU": "region:eu", "EEA": "region:eu"}
_CITIES: Final = {
    "place:guangdong": frozenset(
        {
            _SHENZHEN,
            "place:guangzhou",
            "place:dongguan",
            "place:zhuhai",
            "place:foshan",
            "place:huizhou",
            "place:zhongshan",
        }
    ),
    "place:zhejiang": frozenset({"place:hangzhou", "place:ningbo", "place:yiwu", "place:hengdian"}),
    "place:jiangsu": frozenset({"place:nanjing", "place:suzhou", "place:wuxi"}),
    "place:shandong": frozenset({"place:qingdao", "place:jinan"}),
    "place:fujian": frozenset({"place:xiamen"}),
    "place:hunan": frozenset({"place:changsha"}),
    "place:hubei": frozenset({"place:wuhan"}),
    "place:henan": frozenset({"place:zhengzhou"}),
    "place:sichuan": frozenset({"place:chengdu"}),
    "place:anhui": frozenset({"place:hefei"}),
    "place:liaoning": frozenset({"place:shenyang"}),
    "place:shaanxi": frozenset({"place:xian"}),
}
"""The cities that we know of each province."""


def is_elsewhere(
    rule: Jurisdiction | None, asked: Named, about: Callable[[], frozenset[str]] = frozenset
) -> bool:
    """Whether a question asks about another place than that of a rule.

    ``about`` gives the tags that the titles and questions of the rule's own text name, and is
    called only where they decide: co-productions with Hong Kong may be a matter of a rule of
    Qianhai. An unknown place is nowhere else.
    """
    if rule is None:
        return False
    named = asked.tags - asked.origins
    wanted = _wanted(rule.level, named)
    own = _tags(rule)
    if not wanted or not own:
        return False
    if rule.level is Level.ABROAD:
        apart = all(one.startswith("country:") for one in own) and not wanted & own
    elif rule.level is Level.COUNTRY:
        apart = not any(one.startswith(("home:", "place:", "district:")) for one in named)
    else:
        apart = not wanted & _reached(rule.level, own, wanted)
    return apart and not wanted <= about()


def _wanted(level: Level, named: Iterable[str]) -> frozenset[str]:
    """The places of a question that can be compared with a rule of this level."""
    if level in {Level.ABROAD, Level.COUNTRY}:
        return frozenset(one for one in named if one.startswith("country:"))
    districts = frozenset(one for one in named if one.startswith("district:"))
    if level is Level.DISTRICT and districts:
        return districts
    return frozenset(one for one in named if one.startswith("place:") or one == _SHENZHEN)


def _reached(level: Level, own: frozenset[str], wanted: frozenset[str]) -> frozenset[str]:
    """Every place for which a rule of these places may answer."""
    cities = frozenset[str]().union(*(_CITIES.get(one, ()) for one in own))
    provinces = frozenset(one for one, some in _CITIES.items() if some & own)
    districts = any(one.startswith("district:") for one in own)
    around = {_SHENZHEN, "place:guangdong"} if level is Level.DISTRICT and districts else set()
    # A question about a province may mean what its cities do, but not one that names another too.
    return own | cities | around | (provinces if wanted <= provinces else frozenset())


@lru_cache(maxsize=256)
def _tags(rule: Jurisdiction) -> frozenset[str]:
    """The tags by which :mod:`knowledge.subjects` knows the places of a rule."""
    if rule.level in {Level.ABROAD, Level.COUNTRY}:
        return frozenset(_country(code) for code in rule.places)
    named = frozenset[str]().union(*(name_subjects(one, "zh").tags for one in rule.places))
    kinds = ("district:",) if rule.level is Level.DISTRICT else ("place:", _SHENZHEN)
    return frozenset(one for one in named if one.startswith(kinds))


def _country(code: str) -> str:
    return "home:china" if code == _CHINA else _REGIONS.get(code, f"country:{code}")
