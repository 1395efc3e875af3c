"""The file: new, old, damaged, somebody else's, and newer than we are."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from bot.desk.ticket import TicketState
from bot.storage.database import check, open_database, upgrade
from bot.storage.engine import create_database_engine
from bot.storage.schema import APPLICATION_ID
from knowledge.errors import DatabaseError
from tests.contracts.unit_of_work import ADDRESS, open_conversation
from tests.fakes.clock import START

TABLES = {
    "customers",
    "conversations",
    "turns",
    "tickets",
    "entries",
    "inbox",
    "outbox",
    "links",
    "feedback",
    "members",
    "timers",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "100% ours, 我们的.db"


def execute(path: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return [row for statement in statements for row in connection.execute(statement)]


def test_a_new_file_gets_all_tables(path: Path) -> None:
    assert upgrade(path) == "008"
    names = execute(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    assert {str(name) for (name,) in names} >= TABLES
    assert execute(path, "PRAGMA journal_mode") == [("wal",)]
    assert check(path) == []


def test_an_empty_file_counts_as_new(path: Path) -> None:
    path.touch()
    open_database(path).close()
    assert check(path) == []


def test_what_was_written_is_there_when_it_is_opened_again(path: Path) -> None:
    first = open_database(path)
    with first() as unit:
        opened = open_conversation(unit)
        unit.commit()
    first.close()
    again = open_database(path)
    with again() as unit:
        assert unit.conversations.at(ADDRESS) == opened
    again.close()


def test_an_older_file_is_upgraded(path: Path) -> None:
    execute(path, f"PRAGMA application_id = {APPLICATION_ID}", "CREATE TABLE scrap (x)")
    assert check(path) == ["schema: revision None, expected 008"]
    open_database(path).close()
    problems = check(path)
    assert len(problems) == 1
    assert "scrap" in problems[0]


def create_older(path: Path, revision: str) -> None:
    """Make a file as the program of that revision left it, with one open ticket."""
    engine = create_database_engine(path)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "bot.storage:migrations")
        config.set_main_option("path_separator", "os")
        command.upgrade(config, revision)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    engine.dispose()
    execute(
        path,
        "INSERT INTO customers VALUES (1, 'test', 'anna', 'Anna', 'public', '', '', 1)",
        "INSERT INTO conversations VALUES (1, 1, 'test:1:', 'test', '1', '', 'bot', 0, '')",
        "INSERT INTO tickets VALUES (1, 1, 'unsure', 0, '5', 1)",
        "INSERT INTO entries VALUES (1, 1, 'opened', '', '', 'unsure', 'thread', '2026-03-02')",
    )


def test_cases_from_before_are_as_they_were(path: Path) -> None:
    create_older(path, "001")
    database = open_database(path)
    with database() as unit:
        ticket = unit.tickets.get(1)
    database.close()
    assert (ticket.state, ticket.topic, ticket.briefing) == (TicketState.WAITING, "5", None)
    assert (ticket.snoozed_until, ticket.entries[0].target) == (None, "")
    assert check(path) == []


def test_a_newer_file_is_refused(path: Path) -> None:
    upgrade(path)
    execute(path, "UPDATE alembic_version SET version_num = '999'")
    with pytest.raises(DatabaseError, match="newer version of the program"):
        open_database(path)


def test_a_file_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    execute(path, "CREATE TABLE theirs (x)")
    before = path.read_bytes()
    for use in (open_database, upgrade, check):
        with pytest.raises(DatabaseError, match="belongs to another program"):
            use(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"These are the minutes of the meeting. " * 100)
    for use in (open_database, check):
        with pytest.raises(DatabaseError, match="file is not a database"):
            use(path)


def test_a_damaged_file_is_noticed(path: Path) -> None:
    database = open_database(path)
    with database() as unit:
        for number in range(500):
            unit.inbox.put(source="s", number=number, queue="q:1", raw="x" * 500, at=START)
        unit.commit()
    database.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    assert any(problem.startswith("integrity: ") for problem in check(path))


def test_broken_references_are_noticed(path: Path) -> None:
    upgrade(path)
    execute(path, "INSERT INTO feedback VALUES (7, '1', 1, '2026-01-01 00:00:00.000000')")
    assert check(path) == ["feedback: row 1 refers to a row of conversations that is gone"]


def test_a_table_that_lost_a_column_is_noticed(path: Path) -> None:
    upgrade(path)
    execute(path, "ALTER TABLE entries DROP COLUMN author")
    assert any("author" in problem for problem in check(path))


def test_a_missing_file_and_a_place_that_is_none(path: Path) -> None:
    with pytest.raises(DatabaseError, match="db upgrade"):
        check(path)
    with pytest.raises(DatabaseError, match="unable to open"):
        open_database(path / "below" / "desk.db")
    path.mkdir()
    with pytest.raises(DatabaseError, match="unable to open"):
        open_database(path)


def test_open_tickets_of_an_older_file_are_timed(path: Path) -> None:
    create_older(path, "001")
    execute(path, "INSERT INTO tickets VALUES (2, 1, 'unsure', 0, '6', 0)")
    again = open_database(path)
    with again() as unit:
        assert unit.schedule.unseen(limit=9) == [1]
        assert unit.tickets.get(1).queue == ""
    again.close()
    assert check(path) == []
