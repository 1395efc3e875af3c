"""Shapes that all modules share."""

from typing import Any

JsonObject = dict[str, Any]
"""A JSON object of the Bot API; its shape is checked by aiogram and PTB in the tests."""

GENERAL_TOPIC = 1
ANONYMOUS_ADMIN_ID = 1087968824
DAY = 86400


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, the unit of all Telegram limits and offsets."""
    return len(text.encode("utf-16-le")) // 2


def slice_utf16(text: str, offset: int, length: int) -> str:
    """Cut a piece by UTF-16 offsets."""
    raw = text.encode("utf-16-le")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", errors="ignore")
