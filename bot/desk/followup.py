"""Questions that only make sense after the one before: "and for three months?"."""

import re
from collections.abc import Sequence

from bot.desk.continuation import continues, is_elliptical
from bot.desk.conversation import Role, Turn
from knowledge.language import identify

_PICK = re.compile(r"^\W*([1-3])\W*$")
_CHOICE = re.compile(r"^\s*(?:[•*-]\s*)?([1-3])[.)、]\s*(.+)$", re.MULTILINE)


def resolve(text: str, history: Sequence[Turn], *, language: str = "") -> tuple[str, ...]:
    """Return the readings of a message, the likeliest first.

    The number of a choice that the bot offered becomes that choice. A short message that continues
    the customer's last question is read together with it, and then by itself. ``language`` is the
    conversation's (BCP 47); what the message and the last one look like is tried as well, because
    few words do not tell a language for sure.
    """
    picked = _PICK.match(text)
    if picked:
        return (_choice(int(picked.group(1)), history) or text,)
    languages = (language, identify(text))
    previous = last_question(history, language)
    if not previous or not continues(text, (*languages, identify(previous))):
        return (text,)
    return (f"{previous} {text}", text)


def stands_alone(text: str, language: str = "") -> bool:
    """Whether a message that goes on may be answered by itself too; few words tell nothing."""
    return not is_elliptical(text, (language, identify(text)))


def last_question(history: Sequence[Turn], language: str = "") -> str:
    """The customer's last message that stands by itself, with what they added to it since."""
    parts: list[str] = []
    for turn in reversed(history):
        if turn.role is not Role.CUSTOMER:
            continue
        parts.insert(0, turn.text)
        if not continues(turn.text, (language, identify(turn.text))):
            break
    return " ".join(parts)


def offers_choices(history: Sequence[Turn]) -> bool:
    """Whether the bot's last message offered choices to pick from."""
    return bool(_choice(1, history))


def _choice(number: int, history: Sequence[Turn]) -> str:
    """The choice with this number in the bot's last message, "" when it offered none."""
    last = next((turn for turn in reversed(history) if turn.role is Role.BOT), None)
    if last is None:
        return ""
    return next((text.strip() for n, text in _CHOICE.findall(last.text) if int(n) == number), "")
