"""Text without the invisible marks that keep foreign words together."""

from handlers.wording_direction import FIRST_STRONG_ISOLATE, POP_ISOLATE


def without_isolates(text: str) -> str:
    """Return the text as somebody reads it."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")
