"""Threads and processes share the file; what was committed survives a kill."""

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.desk.conversation import Owner
from bot.desk.ports import Draft
from bot.storage import schema
from bot.storage.database import check, open_database, upgrade
from tests.contracts.mail import NOBODY
from tests.contracts.unit_of_work import ADDRESS, open_conversation
from tests.fakes.clock import START

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bot.storage.database import open_database

database = open_database(Path(sys.argv[1]))
for number in range(40):
    with database() as unit:
        unit.inbox.put(
            source=sys.argv[2], number=number, queue="q:1", raw="{}", at=datetime.now(UTC)
        )
        unit.commit()
"""

VICTIM = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from bot.storage.database import open_database

database = open_database(Path(sys.argv[1]))
with database() as unit:
    unit.inbox.put(source="s", number=1, queue="q:1", raw="kept", at=datetime.now(UTC))
    unit.commit()
with database() as unit:
    unit.inbox.put(source="s", number=2, queue="q:1", raw="lost", at=datetime.now(UTC))
    print("written", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def test_threads_wait_for_each_other(path: Path) -> None:
    database = open_database(path)

    def raise_epoch(_: int) -> bool:
        with database() as unit:
            conversation = open_conversation(unit)
            changed = unit.conversations.set_owner(
                conversation.id, Owner.BOT, expected_epoch=conversation.epoch
            )
            unit.commit()
            return changed

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(raise_epoch, range(200)))
    with database() as unit:
        conversation = unit.conversations.at(ADDRESS)
    assert conversation is not None
    assert conversation.epoch == 200
    database.close()


def test_a_row_is_begun_by_one_sender_only(path: Path) -> None:
    database = open_database(path)
    with database() as unit:
        drafts = [Draft(queue=f"q:{n}", method="say", payload={}) for n in range(50)]
        unit.outbox.put(drafts, conversation=open_conversation(unit))
        unit.commit()

    def send(_: int) -> list[int]:
        begun: list[int] = []
        while True:
            with database() as unit:
                row = unit.outbox.due(now=START, excluding=NOBODY)
            if row is None:
                return begun
            with database() as unit:
                if unit.outbox.begin(row.id, mark=""):
                    begun.append(row.id)
                unit.commit()

    with ThreadPoolExecutor(8) as pool:
        all_begun = [row for rows in pool.map(send, range(8)) for row in rows]
    assert sorted(all_begun) == list(range(1, 51))
    database.close()


def test_processes_create_and_fill_one_file(path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(number)])
        for number in range(6)
    ]
    assert [process.wait(timeout=120) for process in processes] == [0] * 6
    assert check(path) == []
    database = open_database(path)
    seen = 0
    with database() as unit:
        while (row := unit.inbox.next(excluding=NOBODY)) is not None:
            unit.inbox.done(row.id)
            seen += 1
    assert seen == 240
    database.close()


class Interrupted:
    """A connection between whose first two statements another process makes the database."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection, self.path, self.asked = connection, path, 0

    def execute(self, statement: str) -> sqlite3.Cursor:
        self.asked += 1
        if self.asked == 2:
            upgrade(self.path)
        return self.connection.execute(statement)

    def close(self) -> None:
        self.connection.close()


def test_a_database_that_is_being_made_is_no_strangers(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.prepare(path)
    connect = schema._connect  # noqa: SLF001 - the moment between its two statements is the matter

    def interrupted(place: Path, *, mode: str) -> Interrupted:
        monkeypatch.setattr(schema, "_connect", connect)
        return Interrupted(connect(place, mode=mode), place)

    monkeypatch.setattr(schema, "_connect", interrupted)
    schema.recognise(path)
    assert check(path) == []


def test_what_was_committed_survives_a_kill(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", VICTIM, str(path)], stdout=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "written\n"
        victim.send_signal(signal.SIGKILL)
    database = open_database(path)
    with database() as unit:
        row = unit.inbox.next(excluding=NOBODY)
        assert row is not None
        assert row.raw == "kept"
        unit.inbox.done(row.id)
        assert unit.inbox.next(excluding=NOBODY) is None
    database.close()
    assert check(path) == []
