"""Bytes to text: the encodings that documents in this field come in.

A mark at the head or strict UTF-8 decides. After that every candidate that can decode the bytes
is judged by how its text reads, because GB18030 gives *some* Chinese for nearly any bytes.
"""

import codecs
import re
from dataclasses import dataclass

from ingest.alphabets import find_alphabet, settle_latin
from ingest.hanzi import is_noise, judge
from ingest.problems import EncodingUnknown, Problem
from knowledge.errors import N_, DocumentUnreadable

PLAIN = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".xhtml", ".csv", ".tsv"})
"""The endings of text, for which no foreign code runs that text could lead astray."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN = ("gb18030", "big5", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
_OTHERS = ["cp1252", "shift_jis", "euc_kr"]
_ESCAPED = ((b"\x1b$", "iso2022_jp"), (b"~{", "hz"))
_GOOD_ENOUGH = 0.35
_KANA = re.compile(r"[\u3041-\u30ff]")
_MUCH_KANA = 0.2
_CONTROLS = 0.02
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
        return _refuse_noise(_escaped(data) or Decoded(text, "utf-8"), document)
    found = (
        _declared(data, declared)
        or _mend(data)
        or _guess(data, "strict")
        or _spell(data)
        or _detect(data)
        or _guess(data, "replace")
    )
    if found is None and _is_binary(data):
        problem = Problem(N_("it is not text, or in an encoding that is not known here."))
        raise DocumentUnreadable(document=document, problem=problem)
    if found is None:
        problem = Problem(N_("it is in an encoding that is not known here; save it as UTF-8."))
        raise EncodingUnknown(document=document, problem=problem)
    return found


def _is_binary(data: bytes) -> bool:
    """Whether there are signs in it that no text has, in whatever encoding."""
    wrong = sum(data.count(code) for code in (*range(9), *range(14, 21), *range(22, 32)))
    return b"\0" in data or wrong > _CONTROLS * len(data)


def _escaped(data: bytes) -> Decoded | None:
    """Japanese and Chinese that is written with ASCII alone."""
    for mark, encoding in _ESCAPED:
        text = _try(data, encoding) if mark in data else None
        if text and not text.isascii() and judge(text) >= _GOOD_ENOUGH:
            return Decoded(text, encoding)
    return None


def _spell(data: bytes) -> Decoded | None:
    """Text in an alphabet, if it reads well in one encoding alone."""
    encoding = find_alphabet(data) if b"\0" not in data else ""
    text = _try(data, encoding) if encoding else None
    return Decoded(text, encoding) if text else None


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
    if best is None or best[0] < _GOOD_ENOUGH:
        return None
    # Chinese and Japanese have their kana in common; with many of them it is no Chinese.
    if best[1] == "gb18030" and len(_KANA.findall(best[2])) > _MUCH_KANA * len(best[2]):
        japanese = _try(data, "euc_jp", errors)
        return Decoded(japanese, "euc_jp") if japanese else None
    return Decoded(best[2], best[1])


def _detect(data: bytes) -> Decoded | None:
    """Leave the others to the detector."""
    from charset_normalizer import from_bytes

    if b"\0" in data:
        return None
    for match in from_bytes(data[:_SAMPLE], cp_isolation=_OTHERS, threshold=0.3):
        text, encoding = _try(data, match.encoding), match.encoding
        if text and encoding == "cp1252":
            text, encoding = settle_latin(data, text)
        if text and judge(text) >= _GOOD_ENOUGH:
            return Decoded(text, encoding)
    return None


def _try(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError:
        return None
