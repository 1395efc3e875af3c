"""Fingerprints name what would change the passages, and nothing else."""

import hashlib
import importlib.metadata

import pytest

from ingest import fingerprints
from ingest.fingerprints import (
    FORMATS,
    HOLDING_OTHERS,
    fingerprint_parser,
    fingerprint_splitter,
    make_origin,
)
from ingest.loaders import LOADERS
from knowledge.passage import Audience
from tests.unit.ingest.folders import Folder


@pytest.fixture(autouse=True)
def forgetting() -> object:
    """What is remembered between calls is forgotten before and after."""
    fingerprint_parser.cache_clear()
    fingerprint_splitter.cache_clear()
    yield
    fingerprint_parser.cache_clear()
    fingerprint_splitter.cache_clear()


def _all() -> dict[str, str]:
    return {ending: fingerprint_parser(ending) for ending in LOADERS}


def test_every_format_that_is_read_has_a_number() -> None:
    assert FORMATS.keys() | HOLDING_OTHERS == LOADERS.keys()
    for _, libraries in FORMATS.values():
        for library in libraries:
            assert importlib.metadata.version(library)


def test_a_format_changes_itself_and_what_may_hold_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _all()
    monkeypatch.setitem(FORMATS, ".pdf", ("new", ()))
    fingerprint_parser.cache_clear()
    after = _all()
    assert {ending for ending in before if before[ending] != after[ending]} == {
        ".pdf",
        *HOLDING_OTHERS,
    }


def test_another_version_of_a_library_changes_what_it_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = _all()
    monkeypatch.setattr(fingerprints, "_version", lambda name: "99" if name == "openpyxl" else "1")
    fingerprint_parser.cache_clear()
    first = _all()
    monkeypatch.setattr(fingerprints, "_version", lambda _: "1")
    fingerprint_parser.cache_clear()
    second = _all()
    changed = {ending for ending in before if first[ending] != second[ending]}
    assert changed == {".xlsx", ".xlsm", *HOLDING_OTHERS}


@pytest.mark.parametrize("name", ["READING", "SPLITTING"])
def test_what_all_share_changes_all(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = {ending: make_origin(f"a{ending}", "hash") for ending in LOADERS}
    monkeypatch.setattr(fingerprints, name, "new")
    fingerprint_parser.cache_clear()
    fingerprint_splitter.cache_clear()
    after = {ending: make_origin(f"a{ending}", "hash") for ending in LOADERS}
    for ending, old in before.items():
        new = after[ending]
        changed = (old.parser != new.parser, old.splitter != new.splitter)
        assert changed == (name == "READING", name == "SPLITTING")


def test_what_a_document_is_made_from_and_by_goes_with_it(folder: Folder) -> None:
    folder.write("a.md", "Text.")
    folder.run(audience=Audience.STAFF)
    origin = folder.shelf.documents["a.md"].origin
    assert origin.source_hash == hashlib.sha256(b"Text.").hexdigest()
    assert (origin.parser, origin.splitter) == (fingerprint_parser(".md"), fingerprint_splitter())
    assert (origin.audience, origin.complete) == ("staff", True)


def test_another_parser_reads_only_its_own_documents_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.md", "Text.")
    folder.write("b.txt", "Text.")
    folder.run()
    fingerprint_parser.cache_clear()
    monkeypatch.setitem(FORMATS, ".txt", ("new", ()))
    report = folder.run()
    fingerprint_parser.cache_clear()
    assert (report.changed, report.unchanged, report.embedded) == (("b.txt",), ("a.md",), 0)
