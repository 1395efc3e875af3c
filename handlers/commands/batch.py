"""Questions a line: reading ``--batch`` files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.desk.conversation import Role, Turn
from bot.i18n.negotiation import canonical
from knowledge.errors import N_, UsageError
from knowledge.passage import Audience
from knowledge.problem import FILE_UNREADABLE, Problem

_NO_QUESTION = N_("{place}: a JSON object with id and question is expected ({error}).")


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchQuestion:
    """One line of a batch."""

    id: object
    text: str
    language: str
    audience: Audience
    history: tuple[Turn, ...]


def read_batch(path: Path, *, audience: Audience, language: str = "") -> Iterator[BatchQuestion]:
    """Read all lines before the first is used, so that a bad one is found before any work."""
    try:
        # Not splitlines: JSON may have other line separators, such as U+2028, inside a string.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = Problem(FILE_UNREADABLE, {"path": path, "reason": reason})
        raise UsageError(problem=problem) from error
    numbered = [(n, line) for n, line in enumerate(lines, start=1) if line.strip()]
    yield from [_read_line(line, f"{path}:{n}", audience, language) for n, line in numbered]


def _read_line(line: str, place: str, audience: Audience, language: str) -> BatchQuestion:
    try:
        row = json.loads(line)
        history = tuple(
            Turn(role=_role(turn["role"]), text=str(turn["text"]))
            for turn in row.get("history") or ()
        )
        return BatchQuestion(
            id=row["id"],
            text=str(row["question"]),
            language=_tag(str(row.get("language") or language)),
            audience=Audience(row["audience"]) if row.get("audience") else audience,
            history=history,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = Problem(_NO_QUESTION, {"place": place, "error": error})
        raise UsageError(problem=problem) from error


def _tag(language: str) -> str:
    if language and not canonical(language):
        message = f"“{language}” is not a language tag such as zh-Hans or en"
        raise ValueError(message)
    return language


def _role(name: str) -> Role:
    """Accept the names that other programs use for the two sides."""
    return Role({"user": "customer", "assistant": "bot"}.get(name, name))
