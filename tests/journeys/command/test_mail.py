"""``helpdesk mail``: what could not be handled is seen, tried again and dismissed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.mail import Delivery, Draft
from bot.storage.database import Database, open_database
from handlers.cli import main
from tests.fakes.clock import START

_RAW = '{"update_id": 7, "message": "一封"}'


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "desk.db")
    with opened() as unit:
        unit.inbox.put(source="s", number=7, queue="telegram:5:", raw=_RAW, at=START)
        unit.inbox.failed(1, "ValueError: no date", park=True)
        parameters = {"chat_id": 5, "text": "hello"}
        draft = Draft(
            queue="telegram:chat:5", method="sendMessage", payload={"parameters": parameters}
        )
        for fate in (Delivery.FAILED, Delivery.UNKNOWN, Delivery.SENT):
            (row,) = unit.outbox.put([draft])
            unit.outbox.begin(row, mark="")
            unit.outbox.settle(row, fate, result={"problem": "blocked"})
        unit.commit()
    yield opened
    opened.close()


@pytest.fixture
def helpdesk(database: Database, capsys: pytest.CaptureFixture[str]) -> "_Command":
    return _Command(database.path.parent, capsys)


class _Command:
    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data = data
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        assert main(["--data", str(self._data), "mail", *words]) == code
        shown = self._capsys.readouterr()
        return shown.err if code else shown.out


def test_everything_that_needs_a_look_is_listed(helpdesk: _Command) -> None:
    lines = helpdesk("list").splitlines()
    assert [line.split()[0] for line in lines] == ["in-1", "out-1", "out-2"]
    assert "no date" in lines[0]
    listed = json.loads(helpdesk("list", "--json"))["mail"]
    assert [each["fate"] for each in listed] == ["parked", "failed", "unknown"]


def test_one_is_shown_with_all_that_is_in_it(helpdesk: _Command) -> None:
    shown = [json.loads(line) for line in helpdesk("show", "in-1", "out-1").splitlines()]
    assert json.loads(shown[0]["content"]) == json.loads(_RAW)
    assert shown[1]["content"]["payload"]["parameters"]["text"] == "hello"


def test_what_is_tried_again_waits_for_the_service(helpdesk: _Command, database: Database) -> None:
    said = helpdesk("retry", "in-1", "out-1", "out-2").splitlines()
    assert said[0].startswith("in-1")
    assert said[1] != said[2].replace("out-2", "out-1"), "it says that it may be there twice"
    with database() as unit:
        assert [row.number for row in unit.inbox.waiting("telegram:5:", limit=9)] == [7]
        assert unit.outbox.waiting() == 2
    assert "in-1" in helpdesk("show", "in-1", code=1), "it is no longer put aside"


def test_what_was_dismissed_is_not_shown_again(helpdesk: _Command) -> None:
    helpdesk("dismiss", "in-1", "out-1", "out-2")
    assert helpdesk("list").strip() == "Nothing was put aside, and nothing failed."


def test_what_is_not_there_changes_nothing(helpdesk: _Command) -> None:
    assert "out-3" in helpdesk("dismiss", "out-1", "out-3", code=1)
    assert "out-1" in helpdesk("list")
