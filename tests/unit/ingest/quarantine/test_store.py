"""Records on the disk: whole after every crash, and gone with what they are about."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

import ingest.quarantine.store as store_module
from ingest.held import HeldPart, Verdict
from ingest.problems import Problem
from ingest.quarantine.records import Entry, Record, Ruling, from_json, to_json
from ingest.quarantine.store import QuarantineStore

DAY = datetime(2026, 11, 23, tzinfo=UTC)
PNG = b"\x89PNG picture"


def make_record(text: str = "签\ufffd证", picture: str = "a.png", **more: str) -> Record:
    reason = Problem("most of its text is damaged: {reason}.", {"reason": Problem("lost")})
    part = HeldPart(
        key="k",
        place="b.pdf > p. 2–3",
        reason=reason,
        text=text,
        doubts=((1, 2),),
        tried=(Problem("page {page} was read", {"page": 2}),),
        before="前",
        after="后",
        pages=(2, 3),
        pictures=(picture,),
        acceptable=False,
    )
    ruling = Ruling(verdict=Verdict.CORRECT, by="王敏", at=DAY, text="签证")
    entry = Entry(number=7, part=part, since=DAY, ruling=ruling, stands=False)
    return Record(document="a.zip", root="/srv", entries=(entry,), repairs=((reason, 3),), **more)


@pytest.fixture
def store(tmp_path: Path) -> QuarantineStore:
    return QuarantineStore(tmp_path / "quarantine")


def test_a_record_comes_back_as_it_was_kept(store: QuarantineStore) -> None:
    record = make_record(audience="company", seen_by="company")
    assert from_json(to_json(record)) == record
    store.save(record, {"a.png": PNG})
    assert store.record("a.zip") == record
    assert store.homes() == {"a.zip": "/srv"}


@pytest.mark.parametrize("step", ["write_durably", "_write_picture"])
def test_a_crash_at_any_step_leaves_the_record_before(
    store: QuarantineStore, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make_record()
    store.save(before, {"a.png": PNG})

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store_module, step, crash)
        with pytest.raises(KeyboardInterrupt):
            store.save(make_record("新\ufffd", "b.png"), {"b.png": PNG})
    assert store.record("a.zip") == before
    assert store.picture("a.zip", "a.png").read_bytes() == PNG


def test_pictures_that_no_part_has_any_more_are_removed(store: QuarantineStore) -> None:
    store.save(make_record(), {"a.png": PNG})
    store.save(make_record(picture="b.png"), {"b.png": PNG, "stray.png": PNG})
    folder = store.picture("a.zip", "b.png").parent
    assert sorted(path.name for path in folder.glob("*.png")) == ["b.png"]


def test_a_document_takes_everything_along(store: QuarantineStore, tmp_path: Path) -> None:
    store.save(make_record(), {"a.png": PNG})
    store.keep_recognised("a.zip", "/srv", {"key": (1.0, 2.0, 0.9, (("行", 0.0, 0.0, 1.0, 1.0),))})
    store.drop("a.zip")
    assert list((tmp_path / "quarantine").glob("*/*")) == []
    assert store.homes() == {}


def test_recognised_lines_that_cannot_be_read_back_are_read_anew(store: QuarantineStore) -> None:
    lines = {"key": (800, 600, 0.97, (("行", 0.5, 1.0, 2.0, 3.0),))}
    store.keep_recognised("a.pdf", "/srv", lines)
    assert store.recognised("a.pdf") == lines
    path = store.picture("a.pdf", "recognised.json")
    for content in ("", "[]", '{"pictures": {"key": [1]}}'):
        path.write_text(content, encoding="utf-8")
        assert store.recognised("a.pdf") == {}


def test_numbers_are_given_once_also_to_threads(store: QuarantineStore) -> None:
    taken: list[int] = []
    threads = [
        threading.Thread(target=lambda: taken.extend(store.take_numbers(3))) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 16))
    assert list(store.take_numbers(0)) == []


def test_numbers_go_on_where_their_count_was_lost(store: QuarantineStore, tmp_path: Path) -> None:
    store.save(make_record(), {"a.png": PNG})
    (tmp_path / "quarantine" / "last").write_text("x", encoding="utf-8")
    assert list(store.take_numbers(1)) == [8]


def test_names_of_documents_make_no_paths(store: QuarantineStore, tmp_path: Path) -> None:
    name = "../../etc/" + "长" * 200 + ".pdf"
    assert tmp_path / "quarantine" in store.picture(name, "a.png").parents
