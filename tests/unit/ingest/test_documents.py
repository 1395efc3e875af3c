"""Ids, titles, languages and hashes."""

import re

import pytest

from ingest.documents import hash_source
from knowledge.passage import Audience
from tests.unit.ingest.folders import Folder

GUIDE = "# Guide\n\n## One\n\nFirst text.\n\n## Two\n\nSecond text.\n"


def test_ids_name_document_place_and_content(folder: Folder) -> None:
    first, second = folder.ingest("en/guide.md", GUIDE)
    assert re.fullmatch(r"en/guide\.md#0-[0-9a-f]{8}", first.id)
    assert re.fullmatch(r"en/guide\.md#1-[0-9a-f]{8}", second.id)


def test_only_a_changed_passage_gets_a_new_id(folder: Folder) -> None:
    before = folder.ingest("guide.md", GUIDE)
    after = folder.ingest("guide.md", GUIDE.replace("Second", "Other"))
    assert after[0].id == before[0].id
    assert after[1].id != before[1].id


def test_changed_metadata_give_new_ids(folder: Folder) -> None:
    before = folder.ingest("guide.md", GUIDE)
    after = folder.ingest("guide.md", f"---\naudience: staff\n---\n{GUIDE}")
    assert {one.id for one in before}.isdisjoint(one.id for one in after)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "---\ntitle: Given\n---\n# Heading\n\nText.", "Given"),
        ("a.md", "# Heading\n\nText.", "Heading"),
        ("visa-guide.md", "Text alone.", "visa-guide"),
        ("a.txt", "Short line\n\nThen a sentence.", "Short line"),
        ("b.txt", "A sentence ends here.\nThen another.", "b"),
    ],
)
def test_the_title_comes_from_the_best_place(
    folder: Folder, name: str, text: str, title: str
) -> None:
    assert folder.ingest(name, text)[0].provenance.title == title


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("外籍演员需要工作许可。", "zh-Hans"),
        ("外籍演員需要工作許可。", "zh-Hant"),
        ("Foreign actors need a work permit for every job.", "en"),
        ("Иностранным актёрам нужно разрешение на работу.", "ru"),
        ("Los actores extranjeros necesitan un permiso de trabajo.", "es"),
        ("123 – 456", "und"),
    ],
)
def test_the_language_is_found(folder: Folder, text: str, language: str) -> None:
    assert folder.ingest("a.md", text)[0].language == language


def test_a_declared_language_wins_and_a_bare_zh_is_made_exact(folder: Folder) -> None:
    assert folder.ingest("a.md", "---\nlanguage: pt\n---\nUm texto.")[0].language == "pt"
    assert folder.ingest("a.md", "---\nlanguage: zh\n---\n需要簽證。")[0].language == "zh-Hant"


def test_the_hash_covers_bytes_id_and_audience() -> None:
    hashes = {
        hash_source(b"a", document="x", audience=None),
        hash_source(b"b", document="x", audience=None),
        hash_source(b"a", document="y", audience=None),
        hash_source(b"a", document="x", audience=Audience.STAFF),
    }
    assert len(hashes) == 4
    assert hash_source(b"a", document="x", audience=None) in hashes
