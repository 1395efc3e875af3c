"""A model within its limits."""

import logging
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from knowledge.generation.budget import count_tokens
from knowledge.generation.writer import Prompt
from tests.fakes.writers import ScriptedWriter
from tests.unit.knowledge.generation.answers import make_model

PROMPT = Prompt(instructions="Answer.", data='{"question": "Anna?"}', longest=100)
NEEDED = count_tokens(PROMPT.instructions) + count_tokens(PROMPT.data)


def read_all(pieces: Iterator[str]) -> bool:
    return bool("".join(pieces))


def test_what_was_used_is_counted_and_no_more(tmp_path: Path) -> None:
    writer = ScriptedWriter(["one", "two"])
    model = make_model(writer, tmp_path, tokens=2 * (NEEDED + 2) + 98)
    assert model.ask(PROMPT, read_all)
    assert model.ask(PROMPT, read_all)
    assert not model.ask(PROMPT, read_all)
    assert len(writer.prompts) == 2


def test_a_failure_costs_what_came(tmp_path: Path) -> None:
    model = make_model(ScriptedWriter(["one"], "it broke off."), tmp_path, tokens=NEEDED + 101)
    assert not model.ask(PROMPT, read_all)
    assert model.budget.take(100)
    assert not model.budget.take(1)


def test_an_error_of_the_reader_is_not_the_models(tmp_path: Path) -> None:
    writer = ScriptedWriter(["one", "two"])
    model = make_model(writer, tmp_path, tokens=NEEDED + 100)

    def break_pipe(pieces: Iterator[str]) -> bool:
        next(pieces)
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        model.ask(PROMPT, break_pipe)
    assert writer.closed == 1
    assert model.budget.take(99), "what was not needed is back"


def test_a_reader_may_stop(tmp_path: Path) -> None:
    writer = ScriptedWriter(["one", "two", "three"])
    model = make_model(writer, tmp_path)
    assert model.ask(PROMPT, lambda pieces: list(islice(pieces, 1)) == ["one"])
    assert writer.closed == 1


def test_a_part_of_the_time(tmp_path: Path) -> None:
    writer = ScriptedWriter(["one"])
    model = make_model(writer, tmp_path, seconds=20)
    model.ask(PROMPT, read_all)
    model.ask(PROMPT, read_all, share=0.25)
    assert writer.seconds == [20, 5]


def test_failures_in_a_row_end_the_asking(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    writer = ScriptedWriter(failure="it answered with HTTP 401.")
    model = make_model(writer, tmp_path)
    with caplog.at_level(logging.DEBUG, logger="knowledge"):
        assert not any(model.ask(PROMPT, read_all) for _ in range(6))
    assert len(writer.prompts) == 3
    assert "HTTP 401" in caplog.text
    assert "Anna" not in caplog.text
