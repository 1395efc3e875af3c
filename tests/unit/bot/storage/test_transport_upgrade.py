"""A database of the first version is taken over with what waits in it."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bot.desk.mail import Priority
from bot.storage.database import check, open_database
from bot.storage.schema import APPLICATION_ID
from tests.fakes.clock import START


def _make_first_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "bot.storage:migrations")
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "001")
        connection.exec_driver_sql(
            "INSERT INTO outbox (id, queue, method, payload, state, attempts, mark, result, silent)"
            " VALUES (41, 'telegram:chat:5', 'sendMessage', '{}', 'pending', 0, '', '{}', 0),"
            " (42, 'telegram:chat:6', 'sendMessage', '{}', 'sent', 1, '', '{}', 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO inbox (id, source, number, queue, raw, at, state, attempts, error)"
            " VALUES (7, 's', 7, 'telegram:5:', '{}', '2026-01-01', 'waiting', 0, '')"
        )
    engine.dispose()


def test_what_waited_goes_on_and_numbers_continue(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    _make_first_version(path)
    database = open_database(path)
    assert check(path) == []
    with database() as unit:
        row = unit.outbox.due(now=START, excluding=frozenset())
        assert row is not None
        assert (row.id, row.priority) == (41, Priority.NORMAL)
        assert [each.id for each in unit.inbox.waiting("telegram:5:", limit=9)] == [7]
        later = START + timedelta(days=99)
        assert unit.outbox.sweep(now=later, before=later, limit=9) == 1
        assert unit.outbox.waiting() == 1
        unit.commit()
    database.close()
