"""How far an ingest has come: a bar on a terminal, a line now and then elsewhere."""

import io

from bot.i18n.translations import Translations
from handlers.commands.progress import WorkMeter, in_words
from handlers.wording import Wording
from ingest.report import Progress


class Terminal(io.StringIO):
    """A stream that says that it is one."""

    def isatty(self) -> bool:
        return True


class Watch:
    """A clock that is set by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def make(stream: io.StringIO, watch: Watch) -> WorkMeter:
    return WorkMeter(Wording(Translations()), "en", stream, watch)


def test_a_short_run_says_nothing_where_nobody_looks() -> None:
    stream, watch = io.StringIO(), Watch()
    meter = make(stream, watch)
    for done in range(5):
        watch.seconds = 5.0 * done
        meter.show(Progress(done, 5, "a.md", 1.0))
    meter.close()
    assert stream.getvalue() == ""


def test_a_long_run_says_a_line_now_and_then() -> None:
    stream, watch = io.StringIO(), Watch()
    meter = make(stream, watch)
    for done in range(100):
        watch.seconds = 1.0 * done
        meter.show(Progress(done, 200, f"{done}.md", 200.0 - done))
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3
    assert "15 %" in lines[0]
    assert "2:50" in lines[0]
    assert "30.md" in lines[0]


def test_a_terminal_shows_a_bar_with_the_time_that_is_left() -> None:
    stream = Terminal()
    meter = make(stream, Watch())
    meter.show(Progress(0, 4000, "a.pdf", None))
    meter.show(Progress(4000, 4000, "b.pdf", 75.0))
    meter.close()
    shown = stream.getvalue()
    assert "0%" in shown
    assert "\n" not in shown.strip("\r\n "), "one line, drawn again"


def test_durations_are_shown_as_a_clock_does() -> None:
    assert [in_words(one) for one in (0.2, 5, 65, 3600, 7325)] == [
        "0:00",
        "0:05",
        "1:05",
        "1:00:00",
        "2:02:05",
    ]
