"""When a rule holds, in its own words: 自…起施行, 有效期三年, 试行两年, 至…止, 同时废止.

A sentence about the whole rule gives its dates, one about 本条 or 第五条 those of that article
alone; how long a certificate is good for (证书有效期三年) gives none. Times that begin with the
issue need its day; working days give none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from ingest.chinese_dates import (
    Duration,
    day_pattern,
    duration_pattern,
    last_day,
    later,
    read_day,
    read_duration,
)
from ingest.numbering import read_numeral
from knowledge.dates import PartialDate

_RULE = (
    r"(?:本(?:办法|通知|规定|措施|细则|条例|意见|方案|指引|规则|规程|计划|政策|公告|通告|决定|标准"
    r"|辦法|規定|細則|條例|意見|規則|規程|計劃))"
)
_ARTICLE = r"第[零〇一二三四五六七八九十百两\d]{1,5}[条條]"
_HOLD = r"(?:正式)?(?:施行|实施|實施|实行|生效|执行|執行|适用|試行|试行|有效)"
_TERM = r"(?:有效期(?:限)?|试行期(?:限)?|試行期(?:限)?|实施期(?:限)?|执行期(?:限)?)"
_FROM = rf"自\s*{day_pattern('b_')}\s*起(?={_HOLD}|\s*(?:截?至|到))"
_ISSUED = (
    r"自(?:发布|發布|公布|印发|印發|颁布|签发)之日起\s*"
    rf"(?:满?\s*{duration_pattern('w_')}\s*(?:之?后|之?後)?起?\s*)?(?={_HOLD})"
)
_UNTIL = (
    rf"(?:{_TERM}\s*(?:为)?|{_HOLD}|起)\s*(?:截?至|到)\s*{day_pattern('e_')}"
    rf"|截?至\s*{day_pattern('u_')}\s*(?:止|为止|终止|失效)"
)
_LASTING = rf"(?:{_TERM}\s*(?:为|為|是)?|试行|試行|暂行)\s*{duration_pattern('l_')}"
_SPAN = (
    rf"{_TERM}\s*(?:为|為)?\s*(?:自|从)?\s*{day_pattern('b_')}\s*起?\s*(?:至|到|[—–-]+)\s*"
    rf"{day_pattern('e_')}"
)
_HEAD = rf"(?:^|[，,；;]|{_RULE}的?|起|并|且)\s*"
"""What stands before words about the rule itself, where 证书有效期 has another subject."""

_BEGIN = re.compile(_FROM)
_BEGIN_BY_ISSUE = re.compile(_ISSUED)
_RULE_BEGINS = re.compile(rf"(?:^|[，,；;]|{_RULE}[^，,。；;]{{0,12}})\s*{_FROM}")
_END = re.compile(_UNTIL)
_LASTS = re.compile(_LASTING)
_SPANS = re.compile(_SPAN)
_HEADED = {one: re.compile(_HEAD + rf"(?:{one.pattern})") for one in (_END, _LASTS, _SPANS)}
_OWN = re.compile(rf"{_RULE}的?\s*{_TERM}|{_RULE}(?:试行|試行|暂行)|^\s*{_TERM}[^，,]*$")
_SENTENCE = re.compile(r"[^。\n]+")
_LABEL = re.compile(rf"^\s*{_ARTICLE}[\s　:：]+")
_HERE = re.compile(r"本[条條](?P<said>[^。；;\n]*)")
_NAMED = re.compile(
    rf"(?<=[^\n》）)法定则例知程原])(?P<articles>{_ARTICLE}(?:(?:至|到|、|和|及|与|[—–-])+{_ARTICLE})*)"
    r"(?P<said>[^。；;\n]*)"
)
_OTHERS = re.compile(rf"[，,](?=其余|其他|其它|{_RULE})")
_RANGE = re.compile(rf"({_ARTICLE})(?:至|到|[—–-])({_ARTICLE})")
_LONGEST_RANGE = 40
_REPEALED = re.compile(
    r"(?P<rules>(?:原?《[^》]{2,80}》(?:[（(][^（()）]{2,40}[)）])?[、和及与]?)+)"
    r"(?:自[^。；]{2,24}起)?\s*(?:同时|同時|即行|予以|一并|相应)?(?:废止|廢止)"
    r"|(?:废止|廢止)(?P<named>《[^》]{2,80}》(?:[（(][^（()）]{2,40}[)）])?)"
)
_TITLE = re.compile(r"《([^》]+)》")
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Z]{1,20}\s*[〔\[［](?:19|20)\d{2}[〕\]］]\s*\d{1,5}\s*[号號]"
)


@dataclass(frozen=True, slots=True)
class Validity:
    """The first and the last day; ``None`` where the words give none."""

    begins: PartialDate | None = None
    ends: PartialDate | None = None

    def over(self, base: Self) -> Self:
        """What is said here, else what ``base`` says; an end before the beginning is none."""
        begins, ends = self.begins or base.begins, self.ends or base.ends
        wrong = begins is not None and ends is not None and ends.last_day < begins.first_day
        return type(self)(begins, None if wrong else ends)


def read_validity(text: str, *, issued: PartialDate | None) -> Validity:
    """When the rule as a whole holds; what is said of one article does not count."""
    found = Validity()
    for match in _SENTENCE.finditer(text):
        sentence = _about_the_rule(match.group())
        begins = _begin(sentence, issued, _RULE_BEGINS) or _span_begin(sentence)
        if begins or _OWN.search(sentence):
            start = begins or found.begins or issued
            ends = _end(sentence, start, _HEADED)
            found = found.over(Validity(begins, ends))
    return found


def read_articles(
    text: str, *, base: Validity, issued: PartialDate | None
) -> Mapping[int, Validity]:
    """What is said elsewhere of single articles (其中第五条至…止), by number, over the rule's own.

    The label at the head of an article is no such mention.
    """
    found: dict[int, Validity] = {}
    for match in _NAMED.finditer(text):
        said = _read(_OTHERS.split(match["said"])[0], base, issued)
        for number in _numbers(match["articles"]) if said != Validity() else ():
            found[number] = found.get(number, Validity()).over(said)
    return {number: one.over(base) for number, one in found.items()}


def read_own(text: str, *, base: Validity, issued: PartialDate | None) -> Validity:
    """What an article says of itself (本条自…起施行), over the rule's own dates."""
    found = Validity()
    for match in _HERE.finditer(text):
        found = found.over(_read(match["said"], base, issued))
    return found.over(base)


def read_repealed(text: str) -> tuple[str, ...]:
    """The titles and numbers of the rules that a text does away with (《…》同时废止)."""
    names: list[str] = []
    for match in _REPEALED.finditer(text):
        rules = match["rules"] or match["named"]
        names += [*_TITLE.findall(rules), *("".join(one.split()) for one in _NUMBER.findall(rules))]
    return tuple(dict.fromkeys(names))


def _read(said: str, base: Validity, issued: PartialDate | None) -> Validity:
    """The dates in words whose subject is known."""
    begins = _begin(said, issued, _BEGIN)
    start = begins or base.begins or issued
    return Validity(begins, _end(said, start, {one: one for one in _HEADED}))


def _begin(text: str, issued: PartialDate | None, pattern: re.Pattern[str]) -> PartialDate | None:
    match = pattern.search(text)
    if match:
        return read_day(match, "b_")
    after = _BEGIN_BY_ISSUE.search(text)
    if after is None or issued is None:
        return None
    delay = read_duration(after, "w_")
    if delay == Duration():
        return issued
    return later(issued, delay) if issued.day else None


def _span_begin(text: str) -> PartialDate | None:
    """Where a term is given from day to day: 本政策有效期自…至…."""
    span = _HEADED[_SPANS].search(text)
    return read_day(span, "b_") if span else None


def _end(
    text: str, start: PartialDate | None, patterns: Mapping[re.Pattern[str], re.Pattern[str]]
) -> PartialDate | None:
    span = patterns[_SPANS].search(text)
    if span:
        return read_day(span, "e_")
    until = patterns[_END].search(text)
    if until:
        return read_day(until, "e_") or read_day(until, "u_")
    lasting = patterns[_LASTS].search(text)
    if lasting and start and start.day:
        return last_day(start, read_duration(lasting, "l_"))
    return None


def _about_the_rule(sentence: str) -> str:
    """The sentence without its label and without what it says of single articles."""
    sentence = _LABEL.sub("", sentence)
    return re.sub(r"本[条條款項项][^；;]*", "", _NAMED.sub("", sentence))


def _numbers(articles: str) -> Iterator[int]:
    for first, last in _RANGE.findall(articles):
        start, end = _number(first), _number(last)
        yield from range(start, min(end, start + _LONGEST_RANGE) + 1)
    yield from map(_number, re.findall(_ARTICLE, articles))


def _number(label: str) -> int:
    return read_numeral(label[1:-1])
