"""What is damaged in a text: what was lost before it came to us must never be quoted.

Three kinds of damage can be undone. Pages whose conversion between Simplified and Traditional went
wrong carry the reading of a character behind it, 當(dāng): dropping the brackets gives back the
text. Text that was decoded with the wrong encoding, and text of two encodings in one file, give
back their bytes (:mod:`ingest.redecoding`). Everything else (characters that were lost or
replaced) takes the whole paragraph away, because nobody can know what stood there.
"""

import re
from collections.abc import Iterator

from ingest.held import UNSURE
from ingest.mixture import find_mixture
from ingest.problems import Problem
from ingest.redecoding import undo
from knowledge.errors import N_

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = rf"[a-züɡ]{{0,3}}[{_TONES}][a-zɡ]{{0,3}}"
_READING = re.compile(rf"(?<=[{_HAN}])[(（]{_SYLLABLE}[)）]")

_LOST = N_("characters were replaced by others that say nothing")
_MARKS = N_("question marks stand where characters were lost")
_PINYIN = N_("readings of characters are mixed into the text")
_MOJIBAKE = N_("it was decoded with the wrong encoding")
_HARDLY = N_("a line of it could hardly be read")
_MIXED = N_("letters of different scripts are mixed as in no language")

DROPPED = N_("readings behind characters were dropped")
DECODED = N_("the wrong encoding was undone")
BULLETS = N_("bullets of a symbol font were replaced")
_UNKNOWN = N_("nothing tells which characters stood there")
_NOT_DECODED = N_("undoing the wrong encoding was tried and gave no text")

_LOST_MARKS = "???"
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
    (_MOJIBAKE, re.compile(r"(?:[РС][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u2018-\u2122]){3}")),
    (_MOJIBAKE, re.compile(r"(?:[äåæçèé][\u0080-\u00bf\u0152-\u017e\u02c6-\u2122]{2}){2}")),
)
_NEEDED = {
    _MARKS: "?",
    _PINYIN: ")）",
}
"""Signs of which one at least is in a text that has this damage: looking for them is quicker."""
# Word's symbol fonts keep their bullets among private signs.
_BULLET = re.compile(r"^\s*[\uf020-\uf0ff](?=\s+\S)")
_STOP = re.compile(r"[。！？；!?;\n]")
_TIMESTAMP = re.compile(
    r"[-•·*\s]*\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?\s*\d{1,2}:\d{2}(?::\d{2})?\s*"
)
_REGISTRATION = re.compile(
    rf"[{_HAN}]{{0,2}}(?:公[网網]安[备備]|ICP[备備证證])\s*[\w\s()（）-]{{4,40}}号?"
)


def repair(text: str) -> str:
    """Undo what can be undone: 當(dāng) becomes 當, and Ã© becomes é."""
    return undo(_READING.sub("", _BULLET.sub("•", text)))


def explain_repair(text: str) -> Iterator[str]:
    """Yield what :func:`repair` did to the text, in English."""
    listed = _BULLET.sub("•", text)
    dropped = _READING.sub("", listed)
    if listed != text:
        yield BULLETS
    if dropped != listed:
        yield DROPPED
    if undo(dropped) != dropped:
        yield DECODED


def explain_failure(reason: str) -> tuple[Problem, ...]:
    """What was tried in vain against damage of this kind."""
    tried = {_MOJIBAKE: _NOT_DECODED, _PINYIN: _UNKNOWN, _MARKS: _UNKNOWN, _LOST: _UNKNOWN}
    return (Problem(tried[reason]),) if reason in tried else ()


def find_damage(text: str) -> str:
    """What is wrong with the text beyond repair, as a message in English; empty if nothing is."""
    if UNSURE in text:
        return _HARDLY
    if text.isascii():  # all else takes signs beyond
        return _MARKS if _LOST_MARKS in text else ""
    possible = (one for one in _PATTERNS if _has_any(text, _NEEDED.get(one[0], "")))
    found = next((reason for reason, pattern in possible if pattern.search(text)), "")
    return found or (_MIXED if find_mixture(text) else "")


def _has_any(text: str, signs: str) -> bool:
    return not signs or any(one in text for one in signs)


def find_lost(text: str) -> bool:
    """Whether it holds signs that stand for others and were never written by anybody."""
    return UNSURE in text or _PATTERNS[0][1].search(text) is not None


def find_doubts(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a text that make no sense, as (start, end), in order and apart."""
    spans = [one.span() for _, pattern in _PATTERNS for one in pattern.finditer(text)]
    spans += [*find_mixture(text), *_find_hardly_read(text)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _find_hardly_read(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches before our marks, back to the end of the sentence before."""
    start = 0
    for one in re.finditer(UNSURE, text):
        stops = [stop.end() for stop in _STOP.finditer(text, start, one.start())]
        yield (stops[-1] if stops else start), one.end()
        start = one.end()


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page rather than to its text: a timestamp, a registration."""
    return bool(_TIMESTAMP.fullmatch(text) or _REGISTRATION.fullmatch(text.strip()))
