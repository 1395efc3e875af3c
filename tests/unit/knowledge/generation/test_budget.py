import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from knowledge.generation.budget import DailyBudget, count_tokens

DAY = date(2026, 11, 22)


@dataclass
class Today:
    """A day that a test turns."""

    day: date = DAY

    def __call__(self) -> date:
        return self.day


def test_what_is_used_up_is_used_up_until_the_next_day(tmp_path: Path) -> None:
    today = Today()
    budget = DailyBudget(path=tmp_path / "deep" / "budget.json", tokens=100, today=today)
    assert budget.take(60)
    assert not budget.take(60)
    assert budget.take(40)
    assert not budget.take(1)
    budget.put_back(10)
    assert budget.take(10)
    assert not budget.take(1)
    today.day = date(2026, 11, 23)
    assert budget.take(100)


def test_another_process_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "budget.json"
    assert DailyBudget(path=path, tokens=100, today=Today()).take(70)
    assert not DailyBudget(path=path, tokens=100, today=Today()).take(70)


def take_ones(path: Path) -> int:
    budget = DailyBudget(path=path, tokens=50, today=Today())
    return sum(budget.take(1) for _ in range(40))


def test_two_processes_do_not_exceed_it_together(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        taken = list(pool.map(take_ones, [tmp_path / "budget.json"] * 2))
    assert sum(taken) == 50


def test_more_is_never_put_back_than_was_taken(tmp_path: Path) -> None:
    budget = DailyBudget(path=tmp_path / "budget.json", tokens=100, today=Today())
    budget.put_back(1000)
    assert not budget.take(101)


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"day": "2026-11-22"}', '{"tokens": 1}'])
def test_what_cannot_be_read_is_not_spent(tmp_path: Path, text: str) -> None:
    path = tmp_path / "budget.json"
    path.write_text(text, "utf-8")
    assert not DailyBudget(path=path, tokens=100, today=Today()).take(1)


def test_a_folder_that_cannot_be_written_to_means_no_model(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert not DailyBudget(path=tmp_path / "file" / "budget.json", tokens=9, today=Today()).take(1)


def test_the_file_says_no_more_than_the_day_and_the_number(tmp_path: Path) -> None:
    path = tmp_path / "budget.json"
    DailyBudget(path=path, tokens=100, today=Today()).take(7)
    assert json.loads(path.read_text("utf-8")) == {"day": "2026-11-22", "tokens": 7}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("", 0, 0), ("备案不收费", 5, 5), ("Filing is free of charge", 5, 10)],
)
def test_tokens_are_counted_rather_too_high(text: str, least: int, most: int) -> None:
    assert least <= count_tokens(text) <= most
