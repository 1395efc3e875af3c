"""How the command speaks to whoever typed it: language, errors, logs, JSON."""

import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from bot.bootstrap import Workplace
from bot.i18n.negotiation import negotiate
from bot.i18n.translations import Translations
from bot.settings import read_settings
from handlers.wording import Wording
from knowledge.errors import N_, HelpdeskError, SettingsError

EMBEDDING = N_(
    "The embedding model reads the examples of what people want. This happens once and takes up "
    "to a minute."
)


def terminal_language(chosen: str = "") -> str:
    """The language that was chosen, or that the terminal is set to, or English."""
    tags = [chosen, *(os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))]
    known = [tag.partition(".")[0] for tag in tags if tag and tag not in {"C", "POSIX", "C.UTF-8"}]
    return negotiate(known) if known else "en"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things in the language of whoever typed the command."""

    wording: Wording
    language: str

    def __call__(self, message: str, /, **fields: object) -> str:
        """A text of the catalogs with its fields filled in."""
        return self.wording.phrase(message, language=self.language, **fields)


def speaker_of(translations: Translations, chosen: str) -> Speaker:
    """A speaker of the chosen language, or of the terminal's."""
    return Speaker(Wording(translations), terminal_language(chosen))


def speak_error(error: HelpdeskError, data: Path | None) -> str:
    """The error as a sentence in the language of whoever typed the command."""
    try:
        chosen = read_settings(data).language
    except SettingsError:
        chosen = ""
    return Wording(Translations()).error(error, language=terminal_language(chosen))


@contextmanager
def saying_if_slow(text: str, *, seconds: float = 2.0) -> Iterator[None]:
    """Write a text to stderr if what is done takes longer than so many seconds."""
    timer = Timer(seconds, lambda: print(text, file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def having_patience(workplace: Workplace) -> AbstractContextManager[None]:
    """Say why it takes so long where the embedding model meets the examples for the first time."""
    if workplace.intents.is_warm():
        return nullcontext()
    spoken = terminal_language(workplace.settings.language)
    return saying_if_slow(Wording(workplace.translations).phrase(EMBEDDING, language=spoken))


def start_logging(level: str) -> None:
    """Send logs to stderr; other people's libraries only speak up when something is wrong."""
    logging.basicConfig(
        stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for name in ("httpx", "httpcore", "chromadb", "telegram", "alembic", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)


def write_json(value: Mapping[str, object]) -> None:
    """Write one object as one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def use_utf8() -> None:
    """Write UTF-8 whatever the terminal is set to; most answers are in no other encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
