"""Text as it is stored: composed (NFC), without what cannot be seen, full-width left as it is."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\xa0\u2000-\u200a\u202f\u205f]")
# Texts that call themselves Latin-1 are Windows-1252: \x92 was meant as an apostrophe.
_WINDOWS = {
    code: bytes((code,)).decode("cp1252", "ignore")
    for code in (*range(0x80, 0x85), *range(0x86, 0xA0))
}
_CONTROL = re.compile(r"[\x80-\x9f]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f\xad\u034f\u061c\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Persian, the Indic scripts and emoji are spelled with joiners; elsewhere they are leftovers.
_STRAY_JOINER = re.compile(
    r"(?<![\u0590-\u1fff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
_HAN = r"\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[ ]*\n[ ]*(?=[{_HAN}])")


def clean(text: str) -> str:
    r"""Return the text in NFC with ``\n`` line ends and plain spaces, without invisible marks."""
    text = _LINE_ENDS.sub("\n", text)
    if _CONTROL.search(text):
        text = text.translate(_WINDOWS)
    text = _SPACES.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", text))


def join_lines(text: str) -> str:
    """Undo the wrapping of one paragraph: Han characters meet, other words keep a space."""
    return re.sub(r"\s*\n\s*", " ", _BETWEEN_HAN.sub("", text.strip()))
