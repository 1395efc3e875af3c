"""The same chat with a person at a real (pseudo) terminal."""

import os
import pty
import selectors
import subprocess
import sys
from contextlib import ExitStack
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from handlers.terminal_console import Console

# The new process makes the pseudo terminal its own, so that it is prompted.
SCRIPT = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from pathlib import Path
from bot.storage.database import open_database
from handlers.terminal import chat
from handlers.terminal_console import Console
from tests.journeys.terminal.room import Room

room = Room(open_database(Path(sys.argv[1])))
sys.exit(chat(room.parts, Console(sys.stdin, sys.stdout)))
"""


def test_a_person_is_prompted_and_ends_politely(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with (
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tmp_path / "desk.db")],
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.STDOUT,
        ) as process,
        ExitStack() as stack,
    ):
        os.close(theirs)
        # Without this a failure below would wait for the process for ever.
        stack.callback(process.kill)
        shown = read_until(ours, "You> ")
        os.write(ours, b"thanks\n")
        shown += read_until(ours, "just ask.")
        shown += read_until(ours, "You> ")
        os.write(ours, b"\x04")
        shown += read_until(ours, "Goodbye! The conversation is kept.")
        assert process.wait(timeout=30) == 0
    os.close(ours)
    assert "Write your question and press Enter." in shown
    assert "You are welcome." in shown
    assert "Traceback" not in shown


def read_until(terminal: int, mark: str) -> str:
    shown = ""
    with selectors.DefaultSelector() as selector:
        selector.register(terminal, selectors.EVENT_READ)
        while mark not in shown:
            assert selector.select(timeout=60), f"no {mark} in {shown!r}"
            shown += os.read(terminal, 4096).decode("utf-8", "replace")
    return shown


class Interrupted(StringIO):
    """Somebody presses Ctrl-C while a line is awaited."""

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed
        raise KeyboardInterrupt


def test_an_interruption_ends_the_conversation_like_its_end() -> None:
    target = StringIO()
    assert Console(Interrupted(), target).read("You") is None
    assert target.getvalue() == "\n"


def test_a_pipe_is_read_without_prompts() -> None:
    target = StringIO()
    console = Console(StringIO("one\r\ntwo"), target)
    assert [console.read("You"), console.read("You"), console.read("You")] == ["one", "two", None]
    assert target.getvalue() == ""


def test_what_the_terminal_cannot_show_does_not_stop_it() -> None:
    raw = BytesIO()
    target = TextIOWrapper(raw, encoding="ascii")
    Console(StringIO(), target).show("你好 Anna")
    assert raw.getvalue() == b"?? Anna\n\n"
