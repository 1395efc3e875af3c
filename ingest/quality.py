"""The first quality gate: what was damaged before it came to us must never be quoted.

One kind of damage can be undone. Pages whose conversion between Simplified and Traditional went
wrong carry the reading of a character behind it, 當(dāng): dropping the brackets gives back the
text. Everything else (characters that were lost or replaced) takes the whole paragraph away,
because nobody can know what stood there.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.drafts import Block
from ingest.problems import Loss, Problem
from knowledge.errors import N_

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = rf"[a-züɡ]{{0,3}}[{_TONES}][a-zɡ]{{0,3}}"
_READING = re.compile(rf"(?<=[{_HAN}])[(（]{_SYLLABLE}[)）]")

_LOST = N_("characters were replaced by others that say nothing")
_MARKS = N_("question marks stand where characters were lost")
_PINYIN = N_("readings of characters are mixed into the text")
_MOJIBAKE = N_("it was decoded with the wrong encoding")

_WRONG = "锛銆鈥鐨"  # what Chinese punctuation becomes when UTF-8 is read as GBK
_PATTERNS = (
    (_LOST, re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]|ï¿½|锟斤拷|烫烫烫|屯屯屯")),
    (
        _MARKS,
        re.compile(rf"\?{{3,}}|(?<=[{_HAN}])(?:\?{{1,2}}(?=[;:,，、。；：])|\?\?(?=[{_HAN}]))"),
    ),
    (_PINYIN, re.compile(rf"(?:^|[^(（a-z{_TONES}]){_SYLLABLE}[)）](?=[{_HAN}])")),
    (_MOJIBAKE, re.compile(rf"[{_WRONG}].{{0,80}}[{_WRONG}]", re.DOTALL)),
    (_MOJIBAKE, re.compile(r"[ÃÂ][\x80-\xbf]|â€[\x80-\xbf™œ¦“”˜]")),
    (_MOJIBAKE, re.compile(r"(?:[ÐÑ][\u0080-\u00bf\u0152-\u0178\u2018-\u2122]){3}")),
    (_MOJIBAKE, re.compile(r"(?:[äåæçèé][\u0080-\u00bf\u0152-\u017e\u02c6-\u2122]{2}){2}")),
)
_TIMESTAMP = re.compile(
    r"[-•·*\s]*\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?\s*\d{1,2}:\d{2}(?::\d{2})?\s*"
)
_REGISTRATION = re.compile(
    rf"[{_HAN}]{{0,2}}(?:公[网網]安[备備]|ICP[备備证證])\s*[\w\s()（）-]{{4,40}}号?"
)


@dataclass(frozen=True, slots=True)
class Inspected:
    """The blocks with gaps where something was lost; ``share`` is how much of the text that is."""

    blocks: tuple[Block, ...]
    losses: tuple[Loss, ...]
    share: float


def repair(text: str) -> str:
    """Drop the bracketed reading of a character: 當(dāng) becomes 當."""
    return _READING.sub("", text)


def find_damage(text: str) -> str:
    """What is wrong with the text beyond repair, as a message in English; empty if nothing is."""
    return next((reason for reason, pattern in _PATTERNS if pattern.search(text)), "")


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page rather than to its text: a timestamp, a registration."""
    return bool(_TIMESTAMP.fullmatch(text) or _REGISTRATION.fullmatch(text.strip()))


def inspect(blocks: Iterable[Block]) -> Inspected:
    """Repair what can be repaired, and leave gaps for what cannot."""
    kept: list[Block] = []
    reasons: Counter[str] = Counter()
    lost = total = 0
    for block in _tidy(blocks):
        reason = find_damage(block.text)
        total += len(block.text)
        if reason:
            reasons[reason] += 1
            lost += len(block.text)
        kept.append(block.lose() if reason else block)
    losses = tuple(Loss(Problem(reason), count) for reason, count in reasons.items())
    return Inspected(tuple(kept), losses, lost / total if total else 0.0)


def _tidy(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        kept = [at for at, row in enumerate(block.rows) if not is_furniture(row)]
        if kept:
            rows = tuple(repair(block.rows[at]) for at in kept)
            places = tuple(block.row_places[at] for at in kept) if block.row_places else ()
            yield replace(block, rows=rows, row_places=places)
