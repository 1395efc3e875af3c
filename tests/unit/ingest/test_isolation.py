"""A document may hang, crash or eat memory: it is named, and the next one is read."""

import os
from collections.abc import Iterator

import pytest

from ingest.documents import Filing
from ingest.isolation import Isolation, Limits, read_apart
from ingest.outcome import Reading
from knowledge.errors import DocumentError, DocumentUnreadable
from tests.unit.ingest.folders import Folder
from tests.unit.ingest.office_files import make_zip

LIMITS = Limits(silence=5.0, total=30.0, memory=600)
PATIENT = Limits(silence=60.0, total=120.0, memory=600)
"""For what is not about time: a busy machine takes long to start a process."""


@pytest.fixture
def isolation() -> Iterator[Isolation]:
    """A process with bad readers in it."""
    one = Isolation(PATIENT, reader="tests.fakes.readers:misbehave")
    yield one
    one.close()


def read(isolation: Isolation, text: str) -> Reading:
    return isolation.read(text.encode(), Filing("a.txt", "hash", None))


def refuse(isolation: Isolation, text: str) -> str:
    with pytest.raises(DocumentUnreadable) as refused:
        read(isolation, text)
    return str(refused.value)


def test_a_document_comes_back_whole(isolation: Isolation) -> None:
    reading = read(isolation, "须备案。")
    assert [passage.text for passage in reading.document.passages] == ["须备案。"]
    assert reading.document.id == "a.txt"


def test_a_refusal_comes_back_with_its_fields(isolation: Isolation) -> None:
    with pytest.raises(DocumentError) as refused:
        read(isolation, " ")
    assert str(refused.value) == "a.txt cannot be read: the file is empty."


def test_one_that_hangs_is_stopped_and_the_next_is_read() -> None:
    isolation = Isolation(LIMITS, reader="tests.fakes.readers:misbehave")
    assert "came to a stop for 5 seconds" in refuse(isolation, "hang")
    assert read(isolation, "Good text.").document.passages
    isolation.close()


def test_one_that_crashes_is_named_and_the_next_is_read(isolation: Isolation) -> None:
    read(isolation, "Good text.")
    assert "broke down; open it, save it anew" in refuse(isolation, "die")
    assert read(isolation, "Good text.").document.passages


def test_one_that_eats_memory_is_stopped(isolation: Isolation) -> None:
    assert "not enough memory" in refuse(isolation, "grow")
    assert read(isolation, "Good text.").document.passages


def test_a_long_document_has_time_while_it_shows_life() -> None:
    isolation = Isolation(Limits(silence=5.0, total=60.0), "tests.fakes.readers:misbehave")
    assert read(isolation, "plod 60").document.passages
    isolation.close()


def test_no_document_has_all_the_time() -> None:
    isolation = Isolation(Limits(silence=5.0, total=7.0), "tests.fakes.readers:misbehave")
    assert "takes more than 7 seconds" in refuse(isolation, "plod 400")


def test_one_process_reads_them_all() -> None:
    isolation = Isolation(PATIENT, reader="tests.fakes.readers:name_process")
    texts = {read(isolation, "Text.").document.passages[-1].text for _ in range(3)}
    isolation.close()
    assert len(texts) == 1
    assert str(os.getpid()) not in texts.pop()


def test_plain_text_is_read_here() -> None:
    filing = Filing("a.md", "hash", None)
    assert read_apart(b"Text.", filing).document.passages[0].text == "Text."


def test_secrets_stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.isolation import _make_environment

    monkeypatch.setenv("HELPDESK_TELEGRAM_TOKEN", "1:secret")
    assert "1:secret" not in _make_environment().values()


def test_long_paragraphs_are_divided_there_as_here(folder: Folder) -> None:
    text = "企业应当在拍摄开始以前向主管部门提交备案材料，并且保存全部合同。" * 60
    passages = folder.ingest("a.zip", make_zip({"a.txt": text.encode()}))
    assert len(passages) > 3
    assert "".join(passage.text for passage in passages) == text
