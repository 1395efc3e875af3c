"""Lines in and lines out: a person at a terminal, or a pipe."""

from contextlib import suppress
from typing import TextIO

from handlers.live_text import LiveText


class Console:
    """Reads lines from one stream and writes to another.

    A person is prompted and can edit the line; a pipe is only read.
    """

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target
        self.interactive = source.isatty() and target.isatty()
        self._live = LiveText(self._write)
        if self.interactive:
            with suppress(ImportError):
                # Being there is enough: input() then knows the arrow keys and earlier lines.
                import readline  # noqa: F401 - not on every system

    def read(self, prompt: str) -> str | None:
        """The next line without its end; None when there are no more, or on Ctrl-C or Ctrl-D."""
        self._live.forget()
        try:
            line = input(f"{prompt}> ") if self.interactive else self._source.readline()
        except (EOFError, KeyboardInterrupt):
            self._target.write("\n")
            return None
        if not line and not self.interactive:
            return None
        return line.rstrip("\r\n")

    def tell(self, sentence: str) -> None:
        """Show a sentence of an answer that is still being written; ``show`` gives the rest."""
        self._live.tell(sentence)

    def show(self, text: str) -> None:
        """Write a text and an empty line; what the terminal cannot show becomes “?”."""
        self._write(f"{self._live.rest_of(text)}\n\n")

    def _write(self, text: str) -> None:
        encoding = self._target.encoding or "utf-8"
        self._target.write(text.encode(encoding, "replace").decode(encoding))
        self._target.flush()
