"""Sentences of an answer that are shown while the rest is still being written."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class LiveText:
    """Shows each sentence once: as it comes, or later as part of the whole text.

    ``write`` puts text where the reader is, as it is, at once.
    """

    write: Callable[[str], None]
    _shown: str = ""
    _in_line: bool = False

    def tell(self, sentence: str) -> None:
        """Show a sentence of the answer that is being written."""
        self.write(f" {sentence}" if self._shown else sentence)
        self._shown = f"{self._shown} {sentence}".lstrip()
        self._in_line = True

    def rest_of(self, text: str) -> str:
        """What of a text still has to be written, so that the reader has read all of it.

        A text without what was shown (something else was decided meanwhile) comes whole.
        """
        gap = "\n\n" if self._in_line else ""
        self._in_line = False
        before, found, after = text.partition(self._shown) if self._shown else (text, "", "")
        if not found:
            return gap + text
        self._shown = ""
        parts = [part for part in (before.strip(), after.strip()) if part]
        return gap + "\n\n".join(parts)

    def forget(self) -> None:
        """Begin anew, for the next question."""
        self._shown = ""
