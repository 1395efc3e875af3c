"""A scene for each journey."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.telegram.service import Scene, set_scene
from tests.telegram_server.running import RunningServer


@pytest.fixture
def scene(tmp_path: Path, socket_enabled: None) -> Iterator[Scene]:
    """The local Bot API server with people around it; it must have nothing to complain about."""
    del socket_enabled
    with RunningServer() as running:
        scene = set_scene(running, tmp_path)
        yield scene
        assert running.server.violations == []
        scene.database.close()
