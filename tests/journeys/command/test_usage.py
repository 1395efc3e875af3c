"""The forms of the command, and what happens when one is used wrongly."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.command.running import PROGRAM, Helpdesk, assert_refused

HEAVY = ("torch", "chromadb", "telegram", "sqlalchemy", "llama_index", "numpy", "babel", "pydantic")
CODE = f"""
import json, sys
from handlers.cli import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    code = left.code
loaded = [name for name in {HEAVY!r} if name in sys.modules]
sys.stderr.write(json.dumps([code, loaded]))
"""


@pytest.mark.parametrize("form", [[], ["ingest"], ["ask"], ["documents", "list"], ["run"], ["db"]])
def test_help_comes_at_once(form: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, *form, "--help"], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stderr) == [0, []]
    assert "usage: helpdesk" in done.stdout


def test_the_installed_program(tmp_path: Path) -> None:
    done = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True)
    for form in ("ingest", "ask", "search", "chat", "demo", "run", "documents", "db", "evaluate"):
        assert form in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["ask", "a?", "b?"],
        ["ask", "a?", "--as", "visitor"],
        ["search", "a?", "--k", "0"],
        ["search", "a?", "--k", "many"],
        ["ingest", "folder", "--audience", "everybody"],
        ["documents"],
        ["documents", "show"],
        ["db", "drop"],
        ["ask"],
        ["ask", ""],
        ["search", ""],
        ["ask", "a?", "--batch", "file.jsonl"],
        ["ask", "a?", "--language", "not a tag"],
        ["ingest"],
        ["ingest", "folder", "--starter"],
        ["ingest", "no-such-folder"],
    ],
)
def test_wrong_usage_ends_with_2(helpdesk: Helpdesk, arguments: list[str]) -> None:
    assert_refused(helpdesk(*arguments), 2, "helpdesk")


@pytest.mark.parametrize("form", ["ask", "search"])
def test_an_empty_shelf_says_how_to_fill_it(helpdesk: Helpdesk, form: str) -> None:
    assert_refused(helpdesk(form, "What does it cost?"), 1, "helpdesk ingest --starter")
    assert not helpdesk.data.exists() or not any(helpdesk.data.rglob("*.md"))


@pytest.mark.parametrize(
    "arguments",
    [["ask", "a?"], ["ingest", "--starter"], ["documents", "list"], ["db", "check"], ["chat"]],
)
def test_a_data_folder_that_is_a_file(helpdesk: Helpdesk, arguments: list[str]) -> None:
    helpdesk.data.write_text("not a folder")
    assert_refused(helpdesk(*arguments), 1, str(helpdesk.data), "--data")
    assert helpdesk.data.read_text() == "not a folder"


def test_a_data_folder_below_a_file(helpdesk: Helpdesk) -> None:
    helpdesk.data.write_text("not a folder")
    below = Helpdesk(helpdesk.data / "below")
    source = helpdesk.write("a.md", "Text.")
    assert_refused(below("ingest", source), 1, str(below.data), "--data")
    assert_refused(below("ask", "What does it cost?"), 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HELPDESK_TIME_ZONE", "Mars/Olympus"),
        ("HELPDESK_LOG_LEVEL", "LOUD"),
        ("HELPDESK_WEBHOOK_PORT", "0"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    helpdesk: Helpdesk, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert_refused(helpdesk("documents", "list"), 1, name)


def test_a_model_that_is_not_there(stocked: Helpdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", str(stocked.data / "no-model"))
    source = stocked.write("a.md", "Text.")
    assert_refused(stocked("ingest", source), 1, "HELPDESK_EMBEDDING_MODEL", "no-model")


def test_the_service_needs_a_token(stocked: Helpdesk) -> None:
    assert_refused(stocked("run"), 1, "HELPDESK_TELEGRAM_TOKEN", "@BotFather")


def test_errors_speak_the_language_of_the_terminal(
    helpdesk: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = helpdesk("ask", "费用？").err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    chinese = helpdesk("ask", "费用？").err
    assert chinese != english
    assert "helpdesk ingest --starter" in chinese
    monkeypatch.setenv("HELPDESK_LANGUAGE", "en")
    assert helpdesk("ask", "费用？").err == english


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_whoever_stops_reading_gets_no_traceback(stocked: Helpdesk, unbuffered: str) -> None:
    arguments = [str(PROGRAM), "--data", str(stocked.data), "documents", "list"]
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
