"""Whether two texts that are nearly the same say the same.

A misread sign of a scan is no difference. A figure, a date, a word that denies, allows or limits, a
place, a name, or the same exchange of words twice makes two editions, or two rules from one
template, of what looks like a copy.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from knowledge.duplicates.signs import Signs

_NUMERALS = frozenset(
    "〇零一二两三四五六七八九十百千万亿半双单壹贰叁肆伍陆柒捌玖拾佰仟元角分厘年月日时周天岁季旬秒"
)
_BINDING = frozenset("不无非未没勿莫免禁否除仅只限须需应必可得准许美欧英澳韩俄泰港台")
"""One of these more, less or exchanged denies, allows or limits something else."""
_OPPOSED = frozenset(
    "前后内外上下左右大小多少高低长短早晚始终起止初末新旧男女老幼父母子夫妻甲乙丙丁戊己庚辛壬癸"
    "进出收支买卖借贷增减升降加东西南北中正副主次优超达和或及且与每各全"
)
"""One of these exchanged for another, more or less, says something else."""
_NAMED = re.compile(r"[省市区县镇乡村街路州国岛湾局委厅院]|公司|集团|银行|中心|协会|大学|平台")
"""What follows a name within three signs."""
_WORDS = frozenset(
    """
    not no nor never none without except unless only must may shall should can cannot will
    before after until since from to within over under above below more less than least most at
    all any every each and or if free paid million billion thousand hundred one two three four
    five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty
    ninety january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday day days week weeks month months
    year years hour hours percent yuan dollar dollars euro euros rmb usd north south east west
    include exclude including excluding first second third last prohibited forbidden required
    exempt allowed permitted apply applies
    """.split()  # noqa: SIM905 - a list of words is read as one
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_SPELLED = re.compile(r"[a-zà-ɏа-яёα-ω]")
_LONG_WORD = 6
_APART = 3
"""Between two misread signs stand at least so many that agree."""
_SENTENCE = 30
"""So many signs more are something else that is said, not the same said otherwise."""
_UNIT = 2
"""So many signs behind a figure are its unit."""

Operation = tuple[str, int, int, int, int]
"""What was done (replace, insert, delete) from where to where in one text and in the other."""


class Difference(StrEnum):
    """What sets two texts apart."""

    NONE = "none"
    MISREAD = "misread"
    FIGURE = "figure"
    FORCE = "force"
    NAME = "name"
    WORDING = "wording"

    @property
    def is_copy(self) -> bool:
        """Whether both say the same."""
        return self in {Difference.NONE, Difference.MISREAD}

    @property
    def is_rival(self) -> bool:
        """Whether they are two editions, or two rules."""
        return self in {Difference.FIGURE, Difference.FORCE, Difference.NAME}


@dataclass(frozen=True, slots=True)
class Limits:
    """How many signs of a text may be misread: a share of them, from a length on."""

    share: float
    least: int

    def allow(self, count: int, length: int) -> bool:
        """Whether so many are not too many."""
        return length >= self.least and count <= max(1, int(self.share * length))


PASSAGE, TITLE = Limits(0.03, 40), Limits(0.1, 8)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts side by side."""

    one: Signs
    other: Signs

    def judge(self, operations: Sequence[Operation], limits: "Limits | None") -> Difference:
        """What their differences amount to; only in a scan are signs misread, within limits."""
        if not operations:
            return Difference.NONE
        found = {self._judge(one) for one in operations}
        for grave in (Difference.FIGURE, Difference.FORCE, Difference.NAME):
            if grave in found:
                return grave
        if self._exchanged_twice(operations):
            return Difference.NAME
        few = limits is not None and limits.allow(len(operations), len(self.one.text))
        if Difference.WORDING in found or not few or _crowded(operations):
            return Difference.WORDING
        return Difference.MISREAD

    def exchanges(self, operations: Sequence[Operation]) -> Iterator[tuple[str, str]]:
        """What stands in one text and, in its place, in the other; not single letters."""
        for _, start, end, first, last in operations:
            mine, theirs = self.one.text[start:end], self.other.text[first:last]
            if _HAN.search(mine + theirs) or max(len(mine), len(theirs)) > 1:
                yield mine, theirs

    def _exchanged_twice(self, operations: Sequence[Operation]) -> bool:
        pairs = list(self.exchanges(operations))
        return len(pairs) > len(set(pairs))

    def _judge(self, operation: Operation) -> Difference:
        _, start, end, first, last = operation
        mine, theirs = self.one.text[start:end], self.other.text[first:last]
        if max(len(mine), len(theirs)) > _SENTENCE:
            return Difference.WORDING
        if self._touches_figure(start, end, first, last):
            return Difference.FIGURE
        opposed = all(set(each) <= _OPPOSED for each in (mine, theirs))
        if opposed or set(mine + theirs) & _BINDING or self._touches_word(start, end, first, last):
            return Difference.FORCE
        if self._touches_name(start, end, first, last):
            return Difference.NAME
        return Difference.MISREAD if self._is_misread(operation) else Difference.WORDING

    def _touches_figure(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether digits or numerals differ, or what stands at a figure, such as its unit."""
        changed = self.one.text[start:end] + self.other.text[first:last]
        if any(sign.isdigit() or sign in _NUMERALS or not sign.isalpha() for sign in changed):
            return True
        around = self.one.text[max(start - _UNIT, 0) : start] + self.one.text[end : end + 1]
        return any(map(str.isdigit, around))

    def _touches_word(self, start: int, end: int, first: int, last: int) -> bool:
        return any(
            word.lower() in _WORDS
            for word in (*_words(self.one, start, end), *_words(self.other, first, last))
        )

    def _touches_name(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether it is in a name: before 区 or 公司."""
        for signs, begin, after in ((self.one, start, end), (self.other, first, last)):
            changed = signs.text[begin:after]
            if _HAN.search(changed) and _NAMED.search(signs.text[after : after + _APART]):
                return True
        return False

    def _is_misread(self, operation: Operation) -> bool:
        _, start, end, first, last = operation
        mine, theirs = self.one.text[start:end], self.other.text[first:last]
        if max(len(mine), len(theirs)) > 1:
            return False
        if all(_HAN.match(sign) for sign in mine + theirs):
            return True
        spelled = all(_SPELLED.match(sign) for sign in mine + theirs)
        words = (*_words(self.one, start, end), *_words(self.other, first, last))
        named = all(word[0].isupper() for word in words)
        return spelled and not named and all(len(word) >= _LONG_WORD for word in words)


def _words(signs: Signs, start: int, end: int) -> Iterator[str]:
    """The spelled words that signs belong to; for none, the one that they would stand in."""
    last = max(end, min(start + 1, len(signs.places)))
    spans = dict.fromkeys(signs.word(place) for place in range(start, last))
    for begin, after in spans:
        word = signs.written[begin:after]
        if word and not _HAN.search(word):
            yield word


def _crowded(operations: Sequence[Operation]) -> bool:
    return any(later[1] - earlier[2] < _APART for earlier, later in pairwise(operations))
