"""Lines in and lines out: a person at a terminal, or a pipe."""

from contextlib import suppress
from typing import TextIO


class Console:
    """Reads lines from one stream and writes to another.

    A person is prompted and can edit the line; a pipe is only read.
    """

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target
        self.interactive = source.isatty() and target.isatty()
        if self.interactive:
            with suppress(ImportError):
                # Being there is enough: input() then knows the arrow keys and earlier lines.
                import readline  # noqa: F401 - not on every system

    def read(self, prompt: str) -> str | None:
        """The next line without its end; None when there are no more, or on Ctrl-C or Ctrl-D."""
        try:
            line = input(f"{prompt}> ") if self.interactive else self._source.readline()
        except (EOFError, KeyboardInterrupt):
            self._target.write("\n")
            return None
        if not line and not self.interactive:
            return None
        return line.rstrip("\r\n")

    def show(self, text: str) -> None:
        """Write a text and an empty line; what the terminal cannot show becomes “?”."""
        encoding = self._target.encoding or "utf-8"
        shown = text.encode(encoding, "replace").decode(encoding)
        self._target.write(f"{shown}\n\n")
        self._target.flush()
