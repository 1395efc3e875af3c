"""Writers that say what a test wants to hear."""

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from knowledge.errors import LanguageModelFailure
from knowledge.generation.writer import Prompt


@dataclass(slots=True)
class ScriptedWriter:
    """Yields ``pieces`` to every prompt, then fails if ``failure`` says why; keeps the prompts.

    ``closed`` counts the replies that were not read to their end.
    """

    pieces: Sequence[str] = ()
    failure: str = ""
    prompts: list[Prompt] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    closed: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, prompt: Prompt, *, seconds: float) -> Generator[str, None, None]:
        """Yield what was scripted."""
        with self._lock:
            self.prompts.append(prompt)
            self.seconds.append(seconds)
        try:
            yield from self.pieces
        except GeneratorExit:
            self.closed += 1
            raise
        if self.failure:
            raise LanguageModelFailure(problem=self.failure)
