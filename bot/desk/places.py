"""Where a customer is, for the times that they are told: what they said, else their language.

Names of countries and cities are CLDR's, through Babel, in the customer's language and in English.
Only statements count ("I am in …"): a company that asks about Thailand need not be there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.conversation import Conversation
from bot.desk.expectation import Place
from knowledge.language import base

# What somebody says just before the place where they are. What follows is one to three words.
_NOW: Final = (
    r"(?:now |currently |still |here |based |located |living |staying |right now |already )*"
)
_BEFORE: Final[Mapping[str, str]] = {
    "en": rf"\b(?:i['’]?m|i am|we['’]?re|we are|i|we|it['’]?s|based|located) {_NOW}"
    r"(?:live in|are in|in|calling from|writing from|stay in) (?:the )?",
    "zh": r"(?:我|我们|我們|本人)(?:现在|目前|現在|人|正|都|住|一直)*(?:在|位于|位於)",
    "ru": r"\b(?:я|мы) (?:(?:сейчас|уже|пока|живу|живем|нахожусь|находимся) )*(?:в|во|на) ",
    "de": r"\b(?:ich bin|wir sind|ich wohne|wir wohnen|ich lebe|wir sitzen) "
    r"(?:(?:gerade|derzeit|zurzeit|jetzt) )?in (?:der |den )?",
    "fr": r"(?:\b(?:je suis|nous sommes|je vis)|j['’]habite) (?:actuellement )?"
    r"(?:à |a |en |aux? )",
    "es": r"\b(?:estoy|estamos|vivo|vivimos) (?:\w+ )?en ",
    "pt": r"\b(?:estou|estamos|moro|moramos|vivo) (?:agora )?(?:em|no|na|nos|nas) ",
    "id": r"\b(?:saya|kami) (?:(?:sekarang|sedang|berada|tinggal) )*di ",
    "vi": r"\b(?:tôi|chúng tôi|mình|em) (?:(?:đang|hiện|sống) )*(?:ở|tại) ",
    "th": r"อยู่(?:ที่|ใน)?(?:ประเทศ)?\s?",
    "ar": r"(?:أنا|نحن) (?:(?:الآن|حاليا|أعيش|نعيش|مقيم) )*في ",
}
# The same where the place stands first.
_AFTER: Final[Mapping[str, str]] = {
    "ja": r"([^\s、。]{2,10}?)(?:に(?:い(?:ます|る)|住ん|おります)|在住)",
    "ko": r"(\S{2,10}?)에 ?(?:있|살|거주)",
    "tr": r"(\w{3,20})['’]?[dt][ae](?:y[ıi][mz]|y[uü][mz]| yaş\w+)",
}
# A place with which somebody goes on is none where they are: "we are in Thailand with a game".
_END: Final = re.compile(
    r"\s*(?:$|[.,;!?。，；！？、)\n]|(?:now|right now|at the moment|and|but|time|这边|這邊|这里"
    r"|时间|現在|现在|сейчас"
    r"|и|но|jetzt|und|maintenant|et|ahora|y|agora|e|sekarang|dan|ครับ|ค่ะ|นะ|的|呢|了)(?!\w))"
)
_UNSPACED: Final = frozenset({"zh", "ja", "th"})
_LONGEST: Final = 3
# Countries with several zones of which nearly everybody there uses one.
_MAIN: Final = {
    "CN": "Asia/Shanghai",
    "ES": "Europe/Madrid",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
}
# Languages that are written in one zone by nearly all who write them.
_OF_LANGUAGE: Final = {
    "de": "Europe/Berlin",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "pl": "Europe/Warsaw",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "vi": "Asia/Ho_Chi_Minh",
}
_WINTER, _SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)


def place_of(conversation: Conversation) -> Place | None:
    """Where a customer is: told, or from a language that leaves no doubt; None when unknown."""
    customer = conversation.customer
    if customer.zone:
        return Place(zone=customer.zone, told=True)
    for tag in (customer.client_language, customer.language, conversation.language):
        country = _country_in(tag)
        zone = zone_of_country(country) if country else _OF_LANGUAGE.get(base(tag), "")
        if zone:
            return Place(zone=zone, told=False)
    return None


def zone_told(text: str, language: str) -> str:
    """The time zone of the place where somebody says that they are, "" when they do not."""
    folded = " ".join(text.split()).casefold()
    spoken = base(language)
    for each in dict.fromkeys((spoken, "en")):
        names = _names(each)
        for said in _statements(folded, each):
            zone = next((names[name] for name in said if name in names), "")
            if zone:
                return zone
    return ""


def zone_of_country(code: str) -> str:
    """The time zone of a country (ISO 3166), "" where its clocks differ."""
    from babel.core import get_global

    if code in _MAIN:
        return _MAIN[code]
    zones = [zone for zone in get_global("territory_zones").get(code, ()) if _known(zone)]
    clocks = {(_offset(zone, _WINTER), _offset(zone, _SUMMER)) for zone in zones}
    return str(zones[0]) if len(clocks) == 1 else ""


def _statements(text: str, language: str) -> Iterator[Iterable[str]]:
    """For each statement of a place, what may be its name, the longest first."""
    for match in re.finditer(_AFTER.get(language, r"(?!)"), text):
        yield _stems(match[1])
    for match in re.finditer(_BEFORE.get(language, r"(?!)"), text):
        rest = text[match.end() :]
        if language in _UNSPACED:
            ends = (size for size in range(min(12, len(rest)), 1, -1) if _END.match(rest[size:]))
            yield [rest[:size] for size in ends]
            continue
        words = re.findall(r"\S+", rest)[:_LONGEST]
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            bare = name.rstrip(".,;!?)")
            if bare != name or _END.match(rest[len(name) :]):
                yield _stems(bare)


def _stems(name: str) -> list[str]:
    """A name as it is, and without an ending of one or two letters: в Москве, в Казахстане."""
    cut = [name[: len(name) - each] + "*" for each in (0, 1, 2) if len(name) - each > _LONGEST]
    return [name, *cut]


@lru_cache(maxsize=32)
def _names(language: str) -> Mapping[str, str]:
    """Zones by the names of places in a language, also without their endings."""
    from babel.core import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, str] = {}
    countries = ((str(name), zone_of_country(code)) for code, name in locale.territories.items())
    cities = ((_city(zone, shown), zone) for zone, shown in _exemplars(locale.time_zones))
    for name, zone in (*cities, *((n, z) for n, z in countries if z), *_more(language)):
        folded = name.casefold()
        if zone and _known(zone):
            found.setdefault(folded, zone)
            for cut in (0, 1, 2):
                if language not in _UNSPACED and len(folded) - cut > _LONGEST:
                    found.setdefault(f"{folded[: len(folded) - cut]}*", zone)
    return found


def _more(language: str) -> Iterator[tuple[str, str]]:
    """Capitals and short names that CLDR has no zone for."""
    if language == "zh":
        yield from (("北京", _MAIN["CN"]), ("深圳", _MAIN["CN"]), ("广州", _MAIN["CN"]))
        yield from (("俄罗斯莫斯科", "Europe/Moscow"), ("美国纽约", "America/New_York"))
    if language == "en":
        yield from (("beijing", _MAIN["CN"]), ("shenzhen", _MAIN["CN"]), ("uk", "Europe/London"))
        yield from (("england", "Europe/London"), ("hanoi", "Asia/Ho_Chi_Minh"))
        yield from (("guangzhou", _MAIN["CN"]), ("mumbai", "Asia/Kolkata"))


def _exemplars(zones: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, str]]:
    from babel.core import get_global

    listed = get_global("territory_zones").values()
    for zone in {each for some in listed for each in some}:
        yield zone, str(zones.get(zone, {}).get("city", ""))


def _city(zone: str, shown: str) -> str:
    return shown or zone.rpartition("/")[2].replace("_", " ")


def _country_in(tag: str) -> str:
    """The country that a tag of a language names: pt-PT."""
    parts = tag.replace("_", "-").split("-")[1:]
    return next((each.upper() for each in parts if len(each) == 2 and each.isalpha()), "")  # noqa: PLR2004 - ISO 3166


@lru_cache(maxsize=1024)
def _known(zone: str) -> bool:
    from zoneinfo import ZoneInfoNotFoundError

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _offset(zone: str, moment: datetime) -> object:
    return moment.astimezone(ZoneInfo(zone)).utcoffset()
