"""Promises in Chinese, in both scripts."""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Final

from bot.desk.promises.days import Day, Standpoint, number_of

_DOING: Final = (
    r"(?:答[复復覆]|回[复復覆电電访訪]|[联聯][系繫络絡]|致[电電]|打[电電]话|打電話|通知|告知|告[诉訴]|反[馈饋]|回音|[处處]理|"
    r"[发發](?:给|給|送|[邮郵]件)|寄|提供|安排|[确確][认認]|跟[进進]|解[决決]|完成|[办辦](?:好|完|理)|出[结結]果|出具|"
    r"[准準][备備]好|[给給](?:您|你|到|[贵貴])|[转轉]交|[补補][发發]|上[门門]|拜[访訪]|提交|更新|[发發]您|[发發]你|回您|回你|"
    r"答您|有(?:[结結]果|消息|答[复復]))"
)
COMMITMENT: Final = re.compile(
    rf"(?:会|會|将|將|一定|保[证證]|承[诺諾]|[争爭]取|必定|尽快|[儘盡]快|就|再|来|來|[给給]|向|能)[^，。；]{{0,16}}?{_DOING}"
    rf"|^\W*(?:最[迟遲晚]|[预預][计計]|大[概约約])[^，。；]{{0,12}}?{_DOING}"
    rf"|{_DOING}(?:您|你|[贵貴]司|[贵貴]公司|大家)"
    rf"|(?:我|我们|我們|同事|老[师師]|律[师師]|[专專]家|本中心|中心|[这這][边邊]|工作人[员員])[^，。；您你]{{0,16}}?{_DOING}"
    rf"|(?:内|前|之前|以内|[时時])[^，。；]{{0,6}}?{_DOING}"
    r"|(?:您|你)(?:会|會|将|將|就能|可)[^，。；]{0,8}?(?:收到|得到|接到)"
)
REFUSAL: Final = re.compile(
    r"[请請]|麻[烦煩]|[务務]必|不会|不會|[无無]法|不能|不[确確]定|没有|沒有|未能|如果|若|如[您你]|假如|可能|也[许許]|昨天|已[经經]|已[于於]|"
    r"(?:您|你)(?:们|們)?(?:需要?|要|得|必[须須]|[应應][该當当]|可以)|[应應][当當]|[须須]|[规規]定|"
    r"(?:您|你)(?:们|們|方)?[^，。；]{0,8}(?:[给給]我|[联聯][系繫]我|回[复復]我|告[诉訴]我|[发發][给給]我)|休息|放假|[闭閉][馆館]|"
    r"吗|嗎|几时|什么时候|什麼時候|"
    # What others will do is theirs to promise.
    r"(?:局|出入境|移民管理|[签簽][证證]中心|部[门門]|机关|機關|使[馆館]|[领領][馆館]|[银銀]行|法院|公安|政府|[对對]方|系[统統])"
    r"[^，。；]{0,12}(?:会|會|将|將|内|內|[给給]|出|通知|答|回)"
)

_NUMBER: Final = r"(\d{1,2}|[一二两兩三四五六七八九十]{1,3})"
_WEEK: Final = r"(?:周|週|星期|[礼禮]拜)"
_WEEKDAY: Final = re.compile(
    rf"((?:上|下)*)([本这這])?(?:个|個)?{_WEEK}([一二三四五六日天末])(?!\s*[至到])"
)
_WITHIN: Final = re.compile(
    rf"{_NUMBER}\s*(?:个|個)?\s*(半)?(工作日|工作天|自然日|天|日|小[时時]|[钟鐘][头頭]|分[钟鐘]|{_WEEK}|月)"
    r"(?:之?内|以?内|之?後|之?后|以?后|以?後|左右|內|之內|以內)"
)
_HALF: Final = re.compile(r"半(?:个|個)?(?:小[时時]|[钟鐘][头頭])(?:之?内|以内|后|後|之后|以后|內)")
_FULL: Final = re.compile(r"(?:(20\d\d)\s*年\s*)?(\d{1,2}|十[一二]|[一二三四五六七八九十])\s*月\s*"
                          r"(\d{1,2}|[一二三]?十?[一二三四五六七八九十])\s*[日号號]")  # fmt: skip
_NTH: Final = re.compile(r"(?<![月\d一二三四五六七八九十])(\d{1,2})\s*[号號]")
_PHRASES: Final[tuple[tuple[str, Callable[[Standpoint], Day | None]], ...]] = (
    (r"大[后後]天", lambda at: at.after(days=3)),
    (r"(?<!大)[后後]天", lambda at: at.after(days=2)),
    (r"明(?:天|日|早|晚)", lambda at: at.after(days=1)),
    (r"(?:今(?:天|日|晚|早)|下班前|稍[后後]|待会|待會)", lambda at: at.after(days=0)),
    (rf"(?<!下)[本这這](?:个|個)?{_WEEK}(?![一二三四五六日天末])", lambda at: at.end_of_week()),
    (rf"(?<!下)下(?:个|個)?{_WEEK}(?![一二三四五六日天末])", lambda at: at.end_of_week(1)),
    (r"(?:[本这這](?:个|個)?月(?!\d)|(?<!下)(?<!个)(?<!個)月底)", lambda at: at.end_of_month()),
    (r"下(?:个|個)?月", lambda at: at.end_of_month(1)),
    (r"年底", lambda at: at.on(month=12, day=31)),
)
_CLOCK: Final = re.compile(
    rf"(上午|早上|中午|下午|晚上|今晚|明晚)?\s*{_NUMBER}\s*(?:[点點时時](?![内内])|[:：])\s*(半|\d{{1,2}})?"
)
_DAYS: Final = "一二三四五六日"
_SATURDAY: Final = 5
_NOON, _HOURS, _MINUTES = 12, 24, 60


def days(text: str, at: Standpoint) -> Iterator[tuple[int, Day]]:
    """Yield the days that a text names, with where each stands."""
    for pattern, resolve in _PHRASES:
        for match in re.finditer(pattern, text):
            day = resolve(at)
            if day is not None:
                yield match.start(), day
    for match in _WEEKDAY.finditer(text):
        if "上" not in match[1]:
            number = {"天": 6, "末": _SATURDAY}.get(match[3], _DAYS.find(match[3]))
            week = len(match[1]) or (0 if match[2] else None)
            yield match.start(), at.weekday(number, week)
    for match in _HALF.finditer(text):
        yield match.start(), at.after_time(timedelta(minutes=30))
    for match in _WITHIN.finditer(text):
        yield match.start(), _within(match, at)
    yield from _dates(text, at)


def _dates(text: str, at: Standpoint) -> Iterator[tuple[int, Day]]:
    for match in _FULL.finditer(text):
        year = int(match[1]) if match[1] else None
        day = at.on(month=number_of(match[2]), day=number_of(match[3]), year=year)
        if day:
            yield match.start(), day
    for match in _NTH.finditer(text):
        day = at.on_day(int(match[1]))
        if day:
            yield match.start(), day


def clock(text: str) -> time | None:
    """The time that a text names, None for none."""
    for match in _CLOCK.finditer(text):
        hour = number_of(match[2])
        late = (match[1] or "") in {"下午", "晚上", "今晚", "明晚"}
        hour += _NOON * (late and hour < _NOON)
        minute = 30 if match[3] == "半" else int(match[3] or 0)
        if hour < _HOURS and minute < _MINUTES:
            return time(hour, minute)
    return None


def _within(match: re.Match[str], at: Standpoint) -> Day:
    count, unit = number_of(match[1]), match[3]
    if unit.startswith("工作"):
        return at.after_working_days(count)
    half = 0.5 if match[2] else 0.0
    if unit == "月":
        return at.after(days=30 * count)
    if unit in {"天", "日", "自然日"}:
        return at.after(days=count)
    if unit.startswith("分"):
        return at.after_time(timedelta(minutes=count))
    if unit[0] in "小钟鐘":
        return at.after_time(timedelta(hours=count + half))
    return at.after(days=7 * count)
