"""Questions that nobody asked, answered before the first one comes: it would load too much."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Final

from bot.desk.consulting import Shelf
from knowledge.answer import Inquiry
from knowledge.errors import HelpdeskError
from knowledge.language import identify
from knowledge.passage import Audience

_QUESTIONS: Final = (
    "Which visa does a foreign actor need?",
    "Какая виза нужна иностранному актёру?",
    "外国演员需要什么签证？",
)
"""One in each kind of script, as there are detectors of languages for."""


def rehearse(shelf: Shelf, *, readable: Callable[[str], tuple[str, ...]], today: date) -> None:
    """Answer them to nobody. Of several first questions at once, each would load everything.

    What stands in the way is told to whoever asks.
    """
    for text in _QUESTIONS:
        language = identify(text)
        inquiry = Inquiry(
            text=text,
            readable=readable(language),
            audience=Audience.PUBLIC,
            today=today,
            spoken=language,
        )
        with suppress(HelpdeskError):
            shelf.consult(inquiry)
