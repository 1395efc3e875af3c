"""Nothing is passed over in silence: a part of the relay matrix; the whole is a benchmark."""

import pytest

from tests.journeys.telegram.relay_kinds import KINDS
from tests.journeys.telegram.relay_matrix import ACTS, REFUSED, RELAYED, SILENT, play_matrix
from tests.journeys.telegram.service import Scene

pytestmark = pytest.mark.asyncio

_PART = ("text", "photo", "voice", "poll", "story")


async def test_each_cell_is_relayed_or_visibly_refused(scene: Scene) -> None:
    cells = await play_matrix(scene, [kind for kind in KINDS if kind.name in _PART])
    assert len(cells) == len(_PART) * len(ACTS) * 2
    assert [cell for cell in cells if cell.result == SILENT] == []
    results = {(cell.kind, cell.act, cell.direction): cell.result for cell in cells}
    for (kind, act, _), result in results.items():
        if act == "new":
            assert result == (REFUSED if kind == "story" else RELAYED)
        if kind == "text" and act != "album":
            assert result == RELAYED
