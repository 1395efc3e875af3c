"""Prepared statements in one transaction with a session, and what ends it."""

import importlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.desk.roster import EVERYBODY, EVERYTHING, Member
from bot.storage.database import Database, open_database
from bot.storage.statements import Statement
from tests.fakes.clock import START

_RARE = {"SOLVED", "_ALL", "_ALL_OPEN", "_FORGET"}
"""For lists that people ask for, and for tidying up."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "desk.db")
    yield opened
    opened.close()


def test_a_session_and_prepared_statements_are_one_transaction(database: Database) -> None:
    member = Member(
        door="chat",
        identity="7",
        name="Li",
        present=True,
        anonymous=False,
        checked=None,
        seen=START,
        rights=EVERYTHING,
        audiences=EVERYBODY,
    )
    with database() as unit:
        unit.links.add(("a", "1"), ("b", "2"))
        unit.roster.keep(member)
    with database() as unit:
        assert unit.links.find(("a", "1")) is None, "neither was committed"
        assert unit.roster.find("chat", "7") is None
        unit.links.add(("a", "1"), ("b", "2"))
        unit.roster.keep(member)
        unit.commit()
    with database() as unit:
        assert unit.links.find(("a", "1")) == ("b", "2")
        assert unit.roster.find("chat", "7") == member


def test_nothing_is_written_once_a_transaction_is_over(database: Database) -> None:
    with database() as unit:
        unit.links.add(("a", "1"), ("b", "2"))
        unit.commit()
        with pytest.raises(sqlite3.ProgrammingError, match="over"):
            unit.links.add(("c", "3"), ("d", "4"))
    with database() as unit:
        assert unit.links.find(("c", "3")) is None


def test_what_fails_gives_up_its_turn(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database():
        raise ZeroDivisionError
    with database() as unit:
        unit.commit()
        other = threading.Thread(target=_write, args=(database,))
        other.start()
        other.join(5)
        assert not other.is_alive(), "after the commit it is somebody else's turn"
    with database() as unit:
        assert unit.links.find(("a", "1")) == ("b", "2")


@pytest.mark.parametrize(
    "room", ["conversations", "customers", "inbox", "links", "meters", "outbox", "relay", "tickets"]
)
def test_what_every_message_needs_is_found_by_an_index(database: Database, room: str) -> None:
    module = importlib.import_module(f"bot.storage.repositories.{room}")
    statements = {n: v for n, v in vars(module).items() if isinstance(v, Statement)}
    assert statements
    with closing(sqlite3.connect(database.path)) as connection:
        for name, statement in statements.items():
            values = [None] * statement.sql.count("?")
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values)
            read_whole = [
                step
                for *_, step in plan
                if step.startswith("SCAN") and "INDEX" not in step and "anon_" not in step
            ]
            assert not read_whole or name in _RARE, (name, read_whole)


def _write(database: Database) -> None:
    with database() as unit:
        unit.links.add(("a", "1"), ("b", "2"))
        unit.commit()
