"""Several customers write at once to the installed program; a full crowd is a benchmark."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Final

import pytest

from benchmarks.reliability_rush import Played, describe, play, stock
from benchmarks.rush_audit import judge
from benchmarks.rush_crowd import Asked, Known

_PAIRS: Final = (
    ("en", "Which visa does a foreign actor need?", "What is this desk for?"),
    ("zh-Hans", "你好，我想了解一下这个服务台是干嘛用的？", "外国演员来华拍戏需要什么签证？"),
    ("es", "¿Para qué sirve este bot?", "¿Quién eres?"),
    ("ru", "Для чего нужен этот бот?", "Кто ты?"),
    ("en", "I want to talk to a person, please.", "Which visa does a foreign actor need?"),
)
_NEEDS_PERSON: Final = 4

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    data = tmp_path_factory.mktemp("rush") / "data"
    stock(data)
    pairs = [(_known(first, tag), _known(second, tag)) for tag, first, second in _PAIRS]
    found = play(data, pairs)
    yield found
    found.scene.units.close()


def _known(text: str, language: str) -> Known:
    return Known(Asked(text, language), needs_person=False, parts=())


def test_everybody_is_answered_once_and_in_order(played: Played) -> None:
    found = describe(played)
    assert found["faults"] == []
    assert found["messages"] == found["answered"] == 2 * len(_PAIRS)
    assert (found["cases"], found["before_staff"]) == (1, 2)
    assert 0 < found["median_wait"] <= found["p95_wait"] <= found["longest_wait"]
    assert found["desk_processor_seconds"] > 0


def test_an_answer_that_is_missing_is_noticed(played: Played) -> None:
    chat = played.scene.people.chat_of(played.scene.sent[0].customer)
    gone = next(number for number, one in chat.messages.items() if one.sender.is_bot)
    kept = dict(chat.messages)
    del chat.messages[gone]
    assert any(fault.startswith("lost") for fault in judge(played.scene).faults)
    chat.messages = kept


def test_an_answer_that_came_twice_is_noticed(played: Played) -> None:
    chat = played.scene.people.chat_of(played.scene.sent[0].customer)
    last = chat.messages[max(chat.messages)]
    chat.messages[last.id + 10_000] = replace(last, id=last.id + 10_000)
    assert any(fault.startswith("doubled") for fault in judge(played.scene).faults)
    del chat.messages[last.id + 10_000]


def test_another_answer_than_that_of_the_desk_alone_is_noticed(played: Played) -> None:
    first = played.scene.sent[0]
    sent = [replace(first, known=replace(first.known, parts=("Something else.",)))]
    scene = replace(played.scene, sent=[*sent, *played.scene.sent[1:]])
    assert any("another answer" in fault for fault in judge(scene).faults)


def test_a_case_that_staff_do_not_see_is_noticed(played: Played) -> None:
    group = played.scene.people.chat_of(played.group)
    kept = dict(group.messages)
    asked = _PAIRS[_NEEDS_PERSON][1]
    group.messages = {n: one for n, one in kept.items() if one.content.text != asked}
    assert any("before staff" in fault for fault in judge(played.scene).faults)
    group.messages = kept


def test_answers_in_the_wrong_order_are_noticed(played: Played) -> None:
    customer = played.scene.sent[0].customer
    numbers = [one.message for one in played.scene.sent if one.customer == customer]
    with closing(sqlite3.connect(played.scene.units.path)) as connection, connection:
        rows = connection.execute("SELECT id, payload FROM outbox").fetchall()
        for row, text in rows:
            payload = json.loads(text)
            if payload.get("after") in numbers:
                payload["after"] = sum(numbers) - payload["after"]
                changed = (json.dumps(payload), row)
                connection.execute("UPDATE outbox SET payload = ? WHERE id = ?", changed)
    assert any(fault.startswith("out of order") for fault in judge(played.scene).faults)
