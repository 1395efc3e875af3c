"""The port to a language model: a prompt in, text out as it is written."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model is asked.

    ``instructions`` are ours. ``data`` is a JSON object with everything that others wrote, so that
    no text can end where it likes and go on as an instruction. ``longest`` is how many tokens the
    reply may have.
    """

    instructions: str
    data: str
    longest: int


class Writer(Protocol):
    """Writes text for a prompt; may be shared between threads. Conformance: tests/contracts."""

    def write(self, prompt: Prompt, *, seconds: float) -> Generator[str, None, None]:
        """Yield the reply in pieces as they come, all of them within ``seconds``.

        Closing the generator ends the request. Whatever goes wrong, time running out included,
        raises ``LanguageModelFailure``; what was yielded before stays yielded.
        """
