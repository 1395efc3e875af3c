"""Wrong decodings undone: bytes that were UTF-8 and were read as something else.

The text is encoded again as it was wrongly decoded; if that gives UTF-8 without one wrong byte, it
was UTF-8. Other text gives that by accident only where it is very short.
"""

import re
from collections.abc import Mapping
from functools import cache

from ingest.hanzi import judge

_FEWEST = 2
_CERTAIN = 6
_GOOD = 0.5
_ODD = re.compile(r"[\u0080-\uffff]+")
# A single pair is enough for these: nobody writes them.
_TELLING = re.compile(r"[ÃÂ][\x80-\xbf]|â€[\x80-\xbf™œ¦“”˜]")
_WINDOWS = ("cp1252", "cp1251")


def undo(text: str) -> str:
    """The text as it was before a wrong decoding; the same text where there was none."""
    signs = 0 if text.isascii() else sum(map(len, _ODD.findall(text)))
    if signs < _FEWEST:
        return text
    telling = _TELLING.search(text) is not None
    for encoding in (*_WINDOWS, "gb18030"):
        if signs < _CERTAIN and not (telling and encoding == "cp1252"):
            continue
        found = _decode(_encode(text, encoding))
        if found and len(found) < len(text) and judge(found) >= _GOOD:
            return found
    return text


def _encode(text: str, encoding: str) -> bytes:
    """The bytes that were read; none where others were read than could be."""
    if encoding in _WINDOWS:
        table = _table(encoding)
        if not _may_begin(text, table) or not table.keys() >= set(text):
            return b""
        return b"".join(table[sign] for sign in text)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b""


def _may_begin(text: str, table: Mapping[str, bytes]) -> bool:
    """Whether the first signs beyond ASCII can be the first two bytes of one in UTF-8."""
    odd = _ODD.search(text)
    if odd is None:
        return True
    start = odd.start()
    first, second = table.get(text[start], b""), table.get(text[start + 1 : start + 2], b"")
    return b"\xc2" <= first <= b"\xf4" and b"\x80" <= second <= b"\xbf"


@cache
def _table(encoding: str) -> dict[str, bytes]:
    """Each sign of a Windows encoding with its byte; those without one stand for themselves."""
    signs = {chr(code): bytes((code,)) for code in range(256)}
    named = {bytes((code,)).decode(encoding, "ignore"): bytes((code,)) for code in range(0x80, 256)}
    own = {sign: code for sign, code in named.items() if sign}
    if encoding == "cp1252":
        return signs | own
    return {chr(code): bytes((code,)) for code in range(0x80)} | own


def _decode(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


def mend_lines(data: bytes) -> tuple[bytes, int]:
    """Bring lines that were wrongly decoded, or are in another encoding, to UTF-8; how many.

    Only in a file of which some line beyond ASCII is UTF-8; all of another encoding is whole.
    """
    if data.isascii() or b"\0" in data:
        return data, 0
    lines = data.split(b"\n")
    if not any(_decode(line) for line in lines if not line.isascii()):
        return data, 0
    mended = [line if line.isascii() else _mend(line) for line in lines]
    changed = sum(one != other for one, other in zip(lines, mended, strict=True))
    return (b"\n".join(mended), changed) if changed else (data, 0)


def _mend(line: bytes) -> bytes:
    text = _decode(line)
    if text:
        return undo(text).encode()
    for encoding in ("gb18030", "big5"):
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(map(len, _ODD.findall(text))) >= _CERTAIN and judge(text) >= _GOOD:
            return text.encode()
    return line
