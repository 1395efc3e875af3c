import inspect
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import exc

from bot.desk.conversation import Role, Turn
from bot.storage.database import Database, open_database
from bot.storage.errors import FOREIGN, as_database_error
from knowledge.errors import DatabaseError
from tests.contracts.unit_of_work import ADDRESS, open_conversation, said
from tests.fakes.clock import START
from tests.unit.bot.storage.test_database import execute


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(tmp_path / "desk.db")


def test_every_exception_of_sqlalchemy_is_mapped() -> None:
    visited = [
        kind
        for _, kind in inspect.getmembers(exc, inspect.isclass)
        if issubclass(kind, Exception)
        and not issubclass(kind, Warning)
        # Only drivers that SQLAlchemy builds itself raise this; SQLite's comes with Python.
        and kind is not exc.EmulatedDBAPIException
    ]
    assert len(visited) > 30
    assert [kind for kind in visited if not issubclass(kind, FOREIGN)] == []


def test_what_the_driver_says_leaves_as_our_error(database: Database) -> None:
    execute(database.path, "DROP TABLE links")
    with pytest.raises(DatabaseError, match="no such table: links") as caught, database() as unit:
        unit.links.add(("a", "1"), ("b", "2"))
    assert str(database.path) in str(caught.value)
    with database() as unit:
        assert unit.conversations.at(ADDRESS) is None, "the connection is free again"


def test_a_transaction_that_cannot_begin(database: Database) -> None:
    database.close()
    database.path.unlink()
    database.path.mkdir()
    with pytest.raises(DatabaseError, match="unable to open"), database():
        pass


def test_no_private_text_gets_into_an_error(database: Database) -> None:
    with pytest.raises(DatabaseError) as caught, database() as unit:
        unit.conversations.remember(99, said("my passport number"))
    shown = f"{caught.value} {caught.value.__cause__}"
    assert "passport" not in shown


def test_an_error_that_says_nothing_still_has_a_name(tmp_path: Path) -> None:
    assert "OperationalError" in str(as_database_error(sqlite3.OperationalError(), tmp_path))


def test_a_moment_without_zone_is_refused(database: Database) -> None:
    naive = START.replace(tzinfo=None)
    assert isinstance(naive, datetime)
    turn = Turn(role=Role.BOT, text="", at=naive)
    with pytest.raises(DatabaseError, match="without a time zone"), database() as unit:
        unit.conversations.remember(open_conversation(unit).id, turn)


def test_half_a_character_does_not_lose_the_message(database: Database) -> None:
    with database() as unit:
        conversation = open_conversation(unit).id
        unit.conversations.remember(conversation, said("a\ud800b\0c"))
        (kept,) = unit.conversations.recent(conversation, 1)
        unit.commit()
    with database() as unit:
        (kept,) = unit.conversations.recent(conversation, 1)
    assert kept.text in {"a?b\0c", "a\ufffdb\0c"}
