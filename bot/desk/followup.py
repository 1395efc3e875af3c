"""Questions that only make sense after the one before: "and for three months?"."""

import re
from collections.abc import Sequence

from bot.desk.conversation import Role, Turn

_SHORT = 60
_SHORT_HAN = 16
_OPENING = re.compile(
    r"^\W*(?:and|but|or|what about|how about|what if|then|so|also|same for|"
    r"那|那么|那如果|如果|还有|另外|但是|可是|要是|換成|换成|"
    r"а|и|но|тогда|а если|если|еще|ещё|"
    r"¿?y|¿?pero|¿?entonces|¿?o|¿?si|¿?también)(?=[\s,，:：]|[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"呢\s*[?？]?\s*$")
_POINTING = re.compile(
    r"\b(?:it|that|this|they|them|those|there|it's)\b|[它这那]个?|(?<!\w)(?:это|этого|они|там)(?!\w)"
    r"|(?<!\w)(?:eso|esto|ellos|allí)(?!\w)",
    re.IGNORECASE,
)
_PICK = re.compile(r"^\W*([1-3])\W*$")
_CHOICE = re.compile(r"^\s*(?:[•*-]\s*)?([1-3])[.)、]\s*(.+)$", re.MULTILINE)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def resolve(text: str, history: Sequence[Turn]) -> tuple[str, ...]:
    """Return the readings of a message, the likeliest first.

    The number of a choice that the bot offered becomes that choice. A short message that continues
    the customer's last question is read together with it, and then by itself.
    """
    picked = _PICK.match(text)
    if picked:
        return (_choice(int(picked.group(1)), history) or text,)
    previous = _last_question(history)
    if not previous or not _continues(text):
        return (text,)
    return (f"{previous} {text}", text)


def _continues(text: str) -> bool:
    short = len(text) <= (_SHORT_HAN if _HAN.search(text) else _SHORT)
    return short and bool(_OPENING.search(text) or _CLOSING.search(text) or _POINTING.search(text))


def _last_question(history: Sequence[Turn]) -> str:
    """The customer's last message that stands by itself, with what they added to it since."""
    parts: list[str] = []
    for turn in reversed(history):
        if turn.role is not Role.CUSTOMER:
            continue
        parts.insert(0, turn.text)
        if not _continues(turn.text):
            break
    return " ".join(parts)


def _choice(number: int, history: Sequence[Turn]) -> str:
    """The choice with this number in the bot's last message, "" when it offered none."""
    last = next((turn for turn in reversed(history) if turn.role is Role.BOT), None)
    if last is None:
        return ""
    return next((text.strip() for n, text in _CHOICE.findall(last.text) if int(n) == number), "")
