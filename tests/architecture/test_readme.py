"""README and docs say what is so: files that exist, commands that work."""

import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from handlers.cli import build_parser
from tests.architecture.sources import ROOT

_README = ROOT / "README.md"
_PAGES: Final = tuple(sorted([_README, *(ROOT / "docs").rglob("*.md")]))
_JOURNEY_LIMIT = 15
# Fewer would mean that the test has looked past the text.
_LEAST_STEPS = 10
_LEAST_COMMANDS = 10
_LEAST_PAGES = 8

_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
_COMMAND = re.compile(r"^\.venv/bin/helpdesk (.+)$|`\.venv/bin/helpdesk ([^`]+)`", re.MULTILINE)
_HELPDESK = re.compile(r"`helpdesk ([a-z]+)[^`]*`")
_TARGET = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)

# The rooms in the order in which a question goes through them.
_ORDER: Final = (
    "handlers/chat/inbox.py",
    "handlers/chat/workers.py",
    "bot/desk/desk.py",
    "bot/desk/reception.py",
    "bot/desk/consulting.py",
    "knowledge/retrieval.py",
    "knowledge/decision.py",
    "knowledge/answering.py",
    "handlers/chat/composer.py",
    "handlers/chat/outbox.py",
    "handlers/chat/courier.py",
)


def test_the_journey_is_short_and_names_files_in_order() -> None:
    steps = _section("The journey of a question")
    assert _LEAST_STEPS <= len(steps) <= _JOURNEY_LIMIT
    assert all(_PATH.search(step) for step in steps)
    named = _PATH.findall("\n".join(steps))
    assert len(named) == len(set(named))
    assert all((ROOT / path).is_file() for path in named), named
    assert all(named.index(one) < named.index(next_) for one, next_ in pairwise(_ORDER))


def test_the_journey_comes_first() -> None:
    headings = re.findall(r"^## (.+)$", _read(_README), re.MULTILINE)
    assert headings[:2] == ["The journey of a question", "Try it"]


def test_every_command_shown_can_be_typed() -> None:
    shown = ["".join(each) for each in _COMMAND.findall(_read(_README))]
    assert len(shown) >= _LEAST_COMMANDS
    parser = build_parser()
    for command in shown:
        assert parser.parse_args(shlex.split(command)).module, command


def test_every_command_is_shown() -> None:
    shown = set(re.findall(r"helpdesk(?: --data \S+)? ([a-z]+)", _read(_README)))
    # `make demo` is how the README shows the demo.
    assert _commands() - {"demo"} <= shown


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_is_there(page: Path) -> None:
    text = _read(page)
    folders = {each.name for each in ROOT.iterdir() if each.is_dir()} - {".venv"}
    assert text.startswith("# ")
    for path in _PATH.findall(text):
        if path.split("/", 1)[0] in folders:
            assert (ROOT / path).exists(), path
    for link in _LINK.findall(text):
        assert (page.parent / link).exists(), link
    for name in _HELPDESK.findall(text):
        assert name in _commands(), name


def test_the_make_targets_exist() -> None:
    makefile = _read(ROOT / "Makefile")
    shown = set(_TARGET.findall(_read(_README)))
    assert {"demo", "test", "check", "help"} <= shown
    for name in shown:
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name


def test_every_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    decisions = {path.name for path in folder.glob("0*.md")}
    assert decisions
    assert decisions == set(_LINK.findall(_read(folder / "README.md")))
    for name in decisions:
        headings = re.findall(r"^## (.+)$", _read(folder / name), re.MULTILINE)
        assert headings == ["Context", "Choice", "Consequence", "Check"], name


def test_the_pages_were_looked_at() -> None:
    assert len(_PAGES) >= _LEAST_PAGES


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _commands() -> set[str]:
    """The names under which the command lists its forms."""
    found = set(re.findall(r"^    ([a-z]+)\b", build_parser().format_help(), re.MULTILINE))
    assert {"ask", "demo", "ingest", "run"} <= found
    return found


def _section(heading: str) -> list[str]:
    """The lines below a heading of the README that are not empty."""
    _, found, rest = _read(_README).partition(f"## {heading}\n")
    assert found
    return [line for line in rest.split("\n## ", 1)[0].splitlines() if line.strip()]
