"""What every writer promises."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

import pytest

from knowledge.errors import LanguageModelFailure
from knowledge.generation.writer import Prompt, Writer

ASKED = "Anna's visa of two months"
DATA = json.dumps({"question": f"{ASKED}?", "language": "English (en)", "sources": []})
PROMPT = Prompt(instructions="Answer.", data=DATA, longest=100)
REPLY = 'Here: {"sentence": "外国演员 need a Z visa.", "source": 1, "quote": "Z."}\n' * 3
PATIENCE = 20.0
_SLACK = 1.5
"""Seconds; machines that run tests are busy."""


@dataclass(frozen=True)
class WriterStage:
    """A writer, and ways to make it reply, break off after a piece, and never end."""

    writer: Writer
    replies: Callable[[str], None]
    breaks_off: Callable[[], None]
    hangs: Callable[[], None]


class WriterContract:
    """Inherit, and give a fixture ``stage``."""

    def test_the_pieces_are_the_reply(self, stage: WriterStage) -> None:
        stage.replies(REPLY)
        pieces = list(stage.writer.write(PROMPT, seconds=PATIENCE))
        assert "".join(pieces) == REPLY
        assert len(pieces) > 1
        assert "" not in pieces

    def test_it_can_be_asked_again(self, stage: WriterStage) -> None:
        for text in ("one", "two two", "one"):
            stage.replies(text)
            assert "".join(stage.writer.write(PROMPT, seconds=PATIENCE)) == text

    def test_a_reader_may_stop(self, stage: WriterStage) -> None:
        stage.replies(REPLY)
        with closing(stage.writer.write(PROMPT, seconds=PATIENCE)) as reply:
            [first] = islice(reply, 1)
        assert REPLY.startswith(first)
        assert list(reply) == []
        assert "".join(stage.writer.write(PROMPT, seconds=PATIENCE)) == REPLY

    def test_an_empty_reply_is_no_failure(self, stage: WriterStage) -> None:
        stage.replies("")
        assert "".join(stage.writer.write(PROMPT, seconds=PATIENCE)) == ""

    def test_what_came_before_it_broke_off_stays(self, stage: WriterStage) -> None:
        stage.breaks_off()
        pieces: list[str] = []
        with pytest.raises(LanguageModelFailure) as caught:
            pieces.extend(stage.writer.write(PROMPT, seconds=PATIENCE))
        assert ASKED not in str(caught.value)

    def test_time_runs_out(self, stage: WriterStage) -> None:
        stage.hangs()
        began = time.monotonic()
        with pytest.raises(LanguageModelFailure) as caught:
            list(stage.writer.write(PROMPT, seconds=0.4))
        assert time.monotonic() - began < 0.4 + _SLACK
        assert ASKED not in str(caught.value)

    def test_threads_do_not_meet(self, stage: WriterStage) -> None:
        stage.replies(REPLY)
        with ThreadPoolExecutor(4) as pool:
            done = pool.map(
                lambda _: "".join(stage.writer.write(PROMPT, seconds=PATIENCE)), range(8)
            )
        assert set(done) == {REPLY}
