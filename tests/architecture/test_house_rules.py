"""The rules of the house hold, and each rule catches what it is there to catch."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house_rules import BROAD, HEAVY, RULES, NoBroadExcept, Rule
from tests.architecture.sources import EVERYTHING, ROOMS, ROOT, Source, read_sources

# Fewer would mean that the test has looked past the code.
_LEAST_MODULES = 200
_LEAST_IMPORTED = 100

_rules = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@_rules
def test_the_rule_holds(rule: Rule) -> None:
    sources = read_sources(*EVERYTHING)
    assert len(sources) >= _LEAST_MODULES
    assert [f"{each.path}:{line}" for each in sources for line in rule.find(each)] == []


@_rules
def test_the_rule_lets_good_lines_pass(rule: Rule) -> None:
    for text in rule.good:
        assert list(rule.find(_example(rule, text))) == [], text


@_rules
def test_the_rule_catches_bad_lines(rule: Rule) -> None:
    assert rule.bad
    for text in rule.bad:
        assert list(rule.find(_example(rule, text))), text


@pytest.mark.parametrize("path", BROAD)
def test_each_broad_except_is_still_there(path: str) -> None:
    source = next(each for each in read_sources(*EVERYTHING) if each.path == path)
    assert list(NoBroadExcept().find_all(source)), f"take {path} off the list"


def test_importing_the_rooms_opens_nothing(tmp_path: Path) -> None:
    *opened, count = _run(["-m", "tests.architecture.import_watch", *ROOMS], tmp_path)
    assert opened == []
    assert int(count) >= _LEAST_IMPORTED
    assert list(tmp_path.iterdir()) == []


def test_the_watch_sees_what_is_opened(tmp_path: Path) -> None:
    package = tmp_path / "leaky"
    package.mkdir()
    package.joinpath("__init__.py").touch()
    package.joinpath("opener.py").write_text(
        "import socket, sqlite3\n"
        "sqlite3.connect(':memory:').close()\n"
        "socket.socket().close()\n"
        "open('left.txt', 'w').close()\n"
    )
    *opened, _ = _run(["-m", "tests.architecture.import_watch", "leaky"], tmp_path)
    seen = {line.split()[0] for line in opened}
    assert {"sqlite3.connect", "socket.__new__", "open"} <= seen


def test_help_waits_for_no_heavy_library(tmp_path: Path) -> None:
    program = (
        "import sys; from contextlib import suppress\n"
        "from handlers.cli import main\n"
        "with suppress(SystemExit): main(['--help'])\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    *shown, loaded = _run(["-c", program], tmp_path)
    assert any("helpdesk" in line for line in shown)
    assert HEAVY & set(loaded.split()) == set()


def _example(rule: Rule, text: str) -> Source:
    return Source(rule.path, text, ast.parse(text))


def _run(arguments: list[str], folder: Path) -> list[str]:
    """Run a fresh interpreter in an empty folder; the lines that it prints."""
    surroundings = {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PATH": os.environ.get("PATH", ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(folder))),
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
