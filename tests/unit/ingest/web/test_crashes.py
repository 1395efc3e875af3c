"""The power goes at every write of a run; the next run ends where it would have ended."""

from collections.abc import Callable
from pathlib import Path

import pytest

import ingest.web.archive
from ingest.web.report import Outcome
from knowledge.durable import write_durably
from tests.unit.ingest.web.desk import FEES, FREE, PAID, VISA, Desk

Write = Callable[[Path, str | bytes], None]


class PowerCut(BaseException):
    """Nothing catches this."""


def cut_at(step: int, *, after: bool) -> Write:
    """Write as ever, but fail before or after the write with this number."""
    left = step

    def write(path: Path, content: str | bytes) -> None:
        nonlocal left
        left -= 1
        if left == 0 and not after:
            raise PowerCut
        write_durably(path, content)
        if left == 0:
            raise PowerCut

    return write


def prepare(folder: Path) -> Desk:
    """Two pages were fetched; one changes, one goes on, a third comes."""
    folder.mkdir()
    desk = Desk(folder)
    third = "https://site.test/new.html"
    desk.list(FEES, VISA)
    desk.put(FEES, FREE)
    desk.put(VISA, FREE.replace("备案".encode(), "签证".encode()))
    desk.run()
    desk.list(FEES, VISA, third)
    desk.put(FEES, PAID)
    desk.put(third, PAID.replace("备案".encode(), "审查".encode()))
    return desk


def count_writes(folder: Path, patch: pytest.MonkeyPatch) -> tuple[int, dict[str, str]]:
    written: list[Path] = []

    def write(path: Path, content: str | bytes) -> None:
        written.append(path)
        write_durably(path, content)

    desk = prepare(folder)
    with patch.context() as patched:
        patched.setattr(ingest.web.archive, "write_durably", write)
        desk.run(days=7)
    return len(written), desk.shelved()


def test_a_run_that_was_cut_off_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    total, expected = count_writes(tmp_path / "whole", monkeypatch)
    assert total >= 8
    for step in range(1, total + 1):
        for after in (False, True):
            folder = tmp_path / f"{step}-{after}"
            desk = prepare(folder)
            before = desk.shelved()
            with monkeypatch.context() as patched:
                patched.setattr(ingest.web.archive, "write_durably", cut_at(step, after=after))
                with pytest.raises(PowerCut):
                    desk.run(days=7)
            assert desk.shelved() == before, "a run that broke off has changed nothing yet"
            report = desk.run()
            assert desk.shelved() == expected
            assert {one.outcome for one in report.visits} <= {
                Outcome.NEW,
                Outcome.CHANGED,
                Outcome.UNCHANGED,
            }
            record = desk.record(FEES)
            assert desk.archive.find_body(record, record.versions[-1]).read_bytes() == PAID
            assert len(record.versions) == 2
