"""Bytes to text: the encodings that documents in this field come in.

A mark at the head or strict UTF-8 decides. After that every candidate that can decode the bytes
is judged by how its text reads, because GB18030 gives *some* Chinese for nearly any bytes.
"""

import codecs
import re
from dataclasses import dataclass

from ingest.hanzi import is_noise, judge
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN = ("gb18030", "big5", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
_ALPHABETS = ["cp1252", "cp1251", "koi8_r", "shift_jis", "euc_kr"]
_GOOD_ENOUGH = 0.35
# dйjа: no word is half Latin and half Cyrillic, but a wrong decoding makes it so.
_MIXED_WORD = re.compile(r"[A-Za-z][а-яё]|[а-яё][A-Za-z]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the encoding that gave it."""

    text: str
    encoding: str


def decode(data: bytes, *, document: str, declared: str = "") -> Decoded:
    """Find the encoding; :class:`DocumentUnreadable` for what is no text.

    ``declared`` is what the file itself says (HTML): it is believed if it fits. A few bytes that
    do not fit become replacement characters, and the quality gate takes their paragraphs away.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, document)
    text = _try(data, "utf-8")
    if text is not None and "\0" not in text:
        return _refuse_noise(Decoded(text, "utf-8"), document)
    found = (
        _declared(data, declared)
        or _mend(data)
        or _guess(data, "strict")
        or _detect(data)
        or _guess(data, "replace")
    )
    if found is None:
        problem = Problem(N_("it is not text, or in an encoding that is not known here."))
        raise DocumentUnreadable(document=document, problem=problem)
    return found


def _decode_marked(data: bytes, encoding: str, document: str) -> Decoded:
    text = data.decode(encoding, "replace")
    if _is_mostly_lost(text):
        form = N_("it begins as {encoding} but does not go on so; the file is damaged.")
        problem = Problem(form, {"encoding": encoding.upper()})
        raise DocumentUnreadable(document=document, problem=problem)
    return _refuse_noise(Decoded(text, encoding), document)


def _refuse_noise(decoded: Decoded, document: str) -> Decoded:
    if is_noise(decoded.text):
        problem = Problem(N_("it is not text."))
        raise DocumentUnreadable(document=document, problem=problem)
    return decoded


def _is_mostly_lost(text: str) -> bool:
    """Whether more than a twentieth of what is not ASCII could not be decoded."""
    lost = text.count(_REPLACEMENT)
    return lost > 0 and lost * 20 > sum(sign > "~" for sign in text)


def _mend(data: bytes) -> Decoded | None:
    """The text if all but a few bytes are UTF-8."""
    text = data.decode("utf-8", "replace")
    return None if "\0" in text or _is_mostly_lost(text) else Decoded(text, "utf-8")


def _declared(data: bytes, encoding: str) -> Decoded | None:
    try:
        name = codecs.lookup(encoding).name if encoding else ""
    except LookupError:
        return None
    # Pages that say GB2312 hold characters which only its successor knows.
    name = "gb18030" if name in {"gb2312", "gbk"} else name
    text = _try(data, name) if name and name != "utf-8" else None
    return Decoded(text, name) if text is not None and judge(text) > 0 else None


def _guess(data: bytes, errors: str) -> Decoded | None:
    """The encoding whose text reads best, if it reads well."""
    encodings = _HAN if b"\0" not in data else ()
    if len(data) % 2 == 0:
        encodings = (*_WIDE, *encodings)
    texts = [(encoding, _try(data, encoding, errors)) for encoding in encodings]
    judged = [(judge(text), encoding, text) for encoding, text in texts if text]
    best = max(judged, key=lambda one: one[0], default=None)
    return Decoded(best[2], best[1]) if best and best[0] >= _GOOD_ENOUGH else None


def _detect(data: bytes) -> Decoded | None:
    """Leave the alphabets to the detector."""
    from charset_normalizer import from_bytes

    if b"\0" in data:
        return None
    for match in from_bytes(data[:_SAMPLE], cp_isolation=_ALPHABETS, threshold=0.3):
        text = _try(data, match.encoding)
        if text and judge(text) >= _GOOD_ENOUGH and not _MIXED_WORD.search(text):
            return Decoded(text, match.encoding)
    return None


def _try(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError:
        return None
