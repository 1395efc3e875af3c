import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk.conversation import Address, Role, Turn
from bot.desk.questions import Sender
from bot.storage.database import open_database
from handlers.cli import main


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", "hash")
    monkeypatch.setenv("HELPDESK_LANGUAGE", "en")
    return tmp_path / "data"


def ask(data: Path, who: str, text: str, *, replied: bool = False) -> None:
    data.mkdir(exist_ok=True)
    database = open_database(data / "desk.db")
    now = datetime.now(UTC)  # noqa: TID251 - the command looks at the last days
    with database() as unit:
        customer = unit.customers.meet(Sender(identity=who, name=who), "test")
        thread = unit.conversations.open(customer, Address(door="test", chat=who)).id
        turns = [(Role.CUSTOMER, text, "1", ""), (Role.BOT, "?", "answer/1", "handed_off/unsure")]
        if replied:
            turns.append((Role.STAFF, "Yes.", "staff/1", ""))
        for role, words, reference, detail in turns:
            turn = Turn(role=role, text=words, at=now)
            unit.conversations.remember(thread, turn, reference=reference, detail=detail)
        unit.commit()
    database.close()


def test_gaps_are_listed_with_who_waits(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask(data, "anna", "Where may I park my car?")
    ask(data, "ben", "Where may I park my car?")
    ask(data, "carl", "Do you lend out cameras?", replied=True)
    assert main(["--data", str(data), "gaps"]) == 0
    shown = capsys.readouterr().out
    assert shown == "1. 2 waiting, 2 asked (English): “Where may I park my car?”\n"
    assert main(["--data", str(data), "gaps", "--json", "--all"]) == 0
    gaps = json.loads(capsys.readouterr().out)["gaps"]
    assert [(one["waiting"], one["asked"]) for one in gaps] == [(2, 2), (0, 1)]
    assert gaps[1]["questions"][0]["why"] == "handed_off/unsure"
    assert "anna" not in json.dumps(gaps)


def test_a_look_makes_no_database(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.mkdir()
    assert main(["--data", str(data), "gaps"]) == 0
    assert "Nobody waits" in capsys.readouterr().out
    assert not list(data.iterdir())
