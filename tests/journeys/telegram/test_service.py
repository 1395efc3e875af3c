"""``helpdesk run``, the installed program, beside the local Bot API server."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.journeys.telegram.service import Scene

_PROGRAM: Final = Path(sys.executable).with_name("helpdesk")
_QUESTION: Final = "Which visa does a foreign actor need?"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the starter knowledge, not to be changed."""
    folder = tmp_path_factory.mktemp("service")
    arguments = [str(_PROGRAM), "--data", str(folder / "data"), "ingest", "--starter"]
    subprocess.run(arguments, cwd=folder, check=True, capture_output=True)
    return folder / "data"


def environment(scene: Scene, **changes: str) -> dict[str, str]:
    return {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "HELPDESK_LANGUAGE": "en",
        "HELPDESK_TELEGRAM_TOKEN": scene.settings.token,
        "HELPDESK_TELEGRAM_BASE_URL": scene.settings.base_url,
        "HELPDESK_TELEGRAM_STAFF_GROUP": str(scene.group),
        "HELPDESK_STAFF_LANGUAGE": "en",
        **changes,
    }


@contextmanager
def helpdesk(data: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run the service; it is killed at the latest at the end of the block."""
    arguments = [str(_PROGRAM), "--data", str(data), "run"]
    child = subprocess.Popen(
        arguments, cwd=data.parent, env=env, stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def await_start(child: subprocess.Popen[str]) -> None:
    """Read the log until the service says that it serves."""
    assert child.stderr is not None
    for line in child.stderr:
        if "serving as" in line:
            return
    message = "the service ended before it began"
    raise AssertionError(message)


def refusal(data: Path, env: dict[str, str]) -> str:
    """Start the service, which must fail with exit code 1, and return what it says."""
    with helpdesk(data, env) as child:
        _, said = child.communicate(timeout=60)
        assert child.returncode == 1, said
    assert "Traceback" not in said
    return said


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """A copy of the data folder, to be changed."""
    return Path(shutil.copytree(data, tmp_path / "data"))


def test_a_question_is_answered_and_the_service_ends_politely(scene: Scene, folder: Path) -> None:
    with helpdesk(folder, environment(scene)) as child:
        await_start(child)
        scene.people.send_text(scene.anna, _QUESTION)
        scene.people.wait_until(lambda: scene.texts(scene.anna), seconds=30)
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=10) == 0
    assert "Z visa" in scene.texts(scene.anna)[0]


def test_a_wrong_token_is_told(scene: Scene, folder: Path) -> None:
    env = environment(scene, HELPDESK_TELEGRAM_TOKEN="1:WRONG")  # noqa: S106 - made up
    said = refusal(folder, env)
    assert "HELPDESK_TELEGRAM_TOKEN" in said
    assert "1:WRONG" not in said


def test_a_port_in_use_is_told(scene: Scene, folder: Path) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        webhook = {
            "HELPDESK_WEBHOOK_URL": "https://desk.example.org/telegram",
            "HELPDESK_WEBHOOK_SECRET": "made-up",
            "HELPDESK_WEBHOOK_PORT": port,
        }
        assert f"127.0.0.1:{port}" in refusal(folder, environment(scene, **webhook))


def test_a_second_service_on_the_same_folder_is_refused(scene: Scene, folder: Path) -> None:
    with helpdesk(folder, environment(scene)) as child:
        await_start(child)
        assert str(folder) in refusal(folder, environment(scene))


def test_ten_kills_lose_and_double_nothing(scene: Scene, folder: Path) -> None:
    people, moments = scene.people, random.Random(7)
    waiting = [people.add_user(f"Customer {number}") for number in range(30)]
    asked: list[int] = []
    for _ in range(10):
        with helpdesk(folder, environment(scene)) as child:
            await_start(child)
            until = time.monotonic() + moments.uniform(0.05, 1.5)
            while time.monotonic() < until:
                if len(asked) < 3 * len(waiting) and moments.random() < 0.3:
                    customer = waiting[len(asked) % len(waiting)]
                    people.send_text(customer, _QUESTION)
                    asked.append(customer)
                time.sleep(0.05)
    with helpdesk(folder, environment(scene)) as child:
        await_start(child)
        people.wait_until(
            lambda: sum(len(scene.texts(each)) for each in waiting) >= len(asked), seconds=60
        )
        time.sleep(2.0)
    answers = {customer: len(scene.texts(customer)) for customer in waiting}
    assert answers == {customer: asked.count(customer) for customer in waiting}
    assert len(asked) > 10
