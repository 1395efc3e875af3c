"""Where an official notice holds, told from the name of the body that issued it.

深圳市南山区人民政府 is a district, 深圳市商务局 a city, 广东省广播电视局 a province,
国家广播电视总局 the country. Where a name tells nothing, or bodies of several places issue
together, nothing is said.
"""

import re

from knowledge.jurisdiction import Jurisdiction, Level

_NAME = r"[\u4e00-\u9fff]"
_NATIONAL_BRANCH = re.compile(
    r"^国家(?:税务总局|外汇管理局|统计局)(?=.)|^中华人民共和国(?=.{2,4}(?:海关|边防))"
)
"""Before the place of a branch office: 国家税务总局深圳市税务局."""
_PROVINCE = re.compile(
    rf"^(?P<place>{_NAME}{{2,3}}省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区"
    r"|(?:香港|澳门)特别行政区)"
)
_CITY = re.compile(rf"^(?P<place>{_NAME}{{2,6}}?市)(?!场|政(?!府|务)|民(?!政|族)|区(?!域))")
_DISTRICT = re.compile(
    rf"^(?P<place>{_NAME}{{1,12}}?(?:新区|合作区|自贸区|区|县))(?!域|划|块)(?<!特区)(?<!地区)"
)
_COUNTRY = re.compile(
    r"^(?:国家|国务院|全国|中华人民共和国|中共中央|中央|最高人民|海关总署"
    r"|中国(?:人民银行|证券监督|证监会|民用航空局)"
    r"|(?:公安|外交|财政|商务|教育|司法|民政|科学技术|科技|文化|文化和旅游|工业和信息化"
    r"|自然资源|生态环境|交通运输|住房和城乡建设|人力资源和?社会保障|水利|农业农村"
    r"|应急管理)部)"
)
_LEVELS = ((Level.PROVINCE, _PROVINCE), (Level.CITY, _CITY), (Level.DISTRICT, _DISTRICT))
_BETWEEN = re.compile(r"[、,，;；\s]+")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def find_jurisdiction(issuer: str) -> Jurisdiction | None:
    """Where the rules of a Chinese body hold; ``None`` where its name does not tell."""
    bodies = [one for one in _BETWEEN.split(_BRACKETS.sub("", issuer)) if one]
    found = {_of_body(one) for one in bodies}
    return found.pop() if len(found) == 1 else None


def _of_body(name: str) -> Jurisdiction | None:
    """The narrowest place at the head of a name; a district keeps its city: 深圳市南山区."""
    rest = _NATIONAL_BRANCH.sub("", name)
    found: Jurisdiction | None = None
    city = ""
    for level, pattern in _LEVELS:
        match = pattern.match(rest)
        if match and (found or not _COUNTRY.match(rest)):
            found = Jurisdiction(level, (city + match["place"],))
            city = match["place"] if level is Level.CITY else ""
            rest = rest[match.end() :]
    if found is None and _COUNTRY.match(rest):
        return Jurisdiction.parse(Level.COUNTRY)
    return found
