"""Progress on stderr: a bar on a terminal; elsewhere a line now and then, if it takes long."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Never, TextIO

from handlers.wording import Wording
from ingest.report import Progress
from knowledge.errors import N_

if TYPE_CHECKING:
    from tqdm import tqdm

_LINE_EVERY = 30.0
"""Seconds between two lines where there is no terminal; a short run says nothing."""
_NAME = 40
_BAR = "{percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt}B, {elapsed}{postfix}"
LEFT = N_("about {time} left")
LINE = N_("{percent} % read, about {time} left: {document}")


@contextmanager
def progress_bar(unit: str) -> Iterator[Callable[[int, int, str], None]]:
    """Give a function (done, total, what) that draws; on no terminal it draws nothing."""
    from tqdm import tqdm

    bar: tqdm[Never] | None = None

    def show(done: int, total: int, what: str) -> None:
        nonlocal bar
        if bar is None:
            bar = tqdm(unit=unit, file=sys.stderr, disable=None, leave=False, dynamic_ncols=True)
        bar.total = total
        bar.set_postfix_str(what[-_NAME:], refresh=False)
        bar.update(done - bar.n)

    try:
        yield show
    finally:
        if bar is not None:
            bar.close()


@contextmanager
def work_bar(wording: Wording, language: str) -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows how far an ingest has come, and how long the rest will take."""
    meter = WorkMeter(wording, language, sys.stderr)
    try:
        yield meter.show
    finally:
        meter.close()


@dataclass(slots=True)
class WorkMeter:
    """Shows progress in bytes; ``clock`` gives seconds from any beginning."""

    wording: Wording
    language: str
    stream: TextIO
    clock: Callable[[], float] = time.perf_counter
    _bar: "tqdm[Never] | None" = None
    _said: float | None = None

    def show(self, progress: Progress) -> None:
        """Draw the bar, or say a line if the last one was long ago."""
        if self.stream.isatty():
            self._draw(progress)
            return
        now = self.clock()
        if self._said is None:
            self._said = now
        elif now - self._said >= _LINE_EVERY and progress.done < progress.total:
            self._said = now
            self.stream.write(f"{self._line(progress)}\n")
            self.stream.flush()

    def _draw(self, progress: Progress) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(
                total=progress.total,
                file=self.stream,
                bar_format=_BAR,
                unit_scale=True,
                leave=False,
                dynamic_ncols=True,
            )
        if progress.remaining is not None:
            left = self._phrase(LEFT, progress)
            self._bar.set_postfix_str(f"{left}: {progress.document[-_NAME:]}", refresh=False)
        self._bar.update(progress.done - self._bar.n)

    def _line(self, progress: Progress) -> str:
        return self._phrase(LINE, progress)

    def _phrase(self, message: str, progress: Progress) -> str:
        return self.wording.phrase(
            message,
            language=self.language,
            time=in_words(progress.remaining or 0.0),
            percent=100 * progress.done // max(progress.total, 1),
            document=progress.document,
        )

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


def in_words(seconds: float) -> str:
    """A duration as a clock shows it: 0:05, 12:30, 2:00:00."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
