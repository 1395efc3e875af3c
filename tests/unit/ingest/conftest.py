"""Fixtures of the ingest room."""

from pathlib import Path

import pytest

from tests.unit.ingest.folders import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder and an empty shelf."""
    path = tmp_path / "documents"
    path.mkdir()
    return Folder(path)
