"""kill -9 anywhere: every question is answered, none twice, and staff see everything once."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.journeys.telegram.service import Scene

_QUESTIONS = 12


@contextmanager
def process(scene: Scene, *doom: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the service in a process; it is killed at the latest at the end of the block."""
    settings = scene.settings
    arguments = [str(scene.database.path), settings.base_url, settings.token, str(scene.group)]
    command = [sys.executable, "-m", "tests.journeys.telegram.mortal", *arguments, *doom]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def answered(scene: Scene, number: int) -> bool:
    return any(f"“permit {number}?”" in text for text in scene.texts(scene.anna))


@pytest.mark.parametrize(
    "doom",
    [
        ("getUpdates", "1", "after"),
        ("getUpdates", "2", "after"),
        ("consult", "1", "before"),
        ("consult", "1", "after"),
        ("sendMessage", "1", "before"),
        ("sendMessage", "1", "after"),
        ("sendMessage", "2", "after"),
        ("sendMessage", "3", "after"),
        ("createForumTopic", "1", "before"),
        ("createForumTopic", "1", "after"),
        ("copyMessage", "1", "before"),
        ("copyMessage", "1", "after"),
    ],
    ids=" ".join,
)
def test_death_at_any_step_loses_and_doubles_nothing(
    scene: Scene, doom: tuple[str, str, str]
) -> None:
    people, anna, group = scene.people, scene.anna, scene.group
    with process(scene, *doom) as child:
        people.send_text(anna, "permit 0?")
        people.send_text(anna, "person please")
        people.send_text(anna, "permit 1?")
        child.wait(timeout=60)
    with process(scene):
        people.wait_until(lambda: answered(scene, 0) and answered(scene, 1), seconds=60)
        people.wait_until(lambda: len(people.topics(group)) == 1, seconds=60)
        topic = people.topics(group)[0].thread_id

        def shown() -> list[str]:
            return [view.text for view in people.read_topic(group, topic)]

        people.wait_until(lambda: any("🤖" in text for text in shown()), seconds=60)
        time.sleep(1.0)
        twice = [text for text, count in Counter(scene.texts(anna)).items() if count > 1]
        again = [text for text, count in Counter(shown()).items() if count > 1]
        assert len(people.topics(group)) == 1
    assert (twice, again) == ([], [])
    assert len(scene.texts(anna)) == 3


@pytest.mark.parametrize("seed", [1])
def test_ten_kills_at_random_moments(scene: Scene, seed: int) -> None:
    people, anna = scene.people, scene.anna
    moments = random.Random(seed)
    asked = 0
    for _ in range(10):
        with process(scene):
            # It takes about a second to start; then messages are being sent.
            until = time.monotonic() + moments.uniform(1.2, 2.6)
            while time.monotonic() < until:
                if asked < _QUESTIONS and moments.random() < 0.5:
                    people.send_text(anna, f"permit {asked}?")
                    asked += 1
                time.sleep(0.1)
    while asked < _QUESTIONS:
        people.send_text(anna, f"permit {asked}?")
        asked += 1
    with process(scene):
        people.wait_until(
            lambda: all(answered(scene, number) for number in range(_QUESTIONS)), seconds=60
        )
        time.sleep(1.5)
    twice = [text for text, count in Counter(scene.texts(anna)).items() if count > 1]
    assert twice == []
    assert len(scene.texts(anna)) == _QUESTIONS
