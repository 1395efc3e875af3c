"""What the service costs: memory, the time of a question, the start of the command.

    python -m benchmarks.service_cost DATA [--questions 200]

DATA is a data folder with the starter knowledge. Runs ``helpdesk run`` against the local Bot API
server, lets customers ask, and prints one JSON object: peak memory after the start and after the
questions (MB, as the operating system counts it), the time of a question in a warm process beside
the time of embedding it (milliseconds, median), and the time of ``helpdesk --help`` beside that of
an interpreter that does nothing (seconds, median). Machines differ: compare the pairs.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.bootstrap import Workplace
from bot.desk.questions import Question
from bot.settings import read_settings
from knowledge.engine.embedder import OnnxE5
from knowledge.normalisation import fold
from tests.telegram_server.running import RunningServer

_QUESTIONS = Path(__file__).parent / "questions" / "questions.jsonl"
_START_SECONDS = 120.0
_ROUNDS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    arguments = parser.parse_args()
    texts = read_questions()
    result = {
        **measure_command(),
        **measure_question(arguments.data, texts),
        **measure_service(arguments.data, texts, arguments.questions),
    }
    print(json.dumps(result, indent=2))


def read_questions() -> list[str]:
    """The questions of our own suite."""
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [str(json.loads(line)["question"]) for line in lines]


def measure_command() -> dict[str, float]:
    """Seconds of ``helpdesk --help`` and of an interpreter that does nothing."""
    helpdesk = str(Path(sys.executable).with_name("helpdesk"))
    return {
        "help_s": _median_seconds(lambda: _run([helpdesk, "--help"])),
        "python_pass_s": _median_seconds(lambda: _run([sys.executable, "-c", "pass"])),
    }


def measure_question(data: Path, texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds of a question and of its embedding alone, in a warm process."""
    workplace = Workplace(read_settings(data))
    workplace.library.warm_up()
    questions = [Question(text=text) for text in texts]
    workplace.consultant.consult(questions[0])
    engine = OnnxE5()
    engine.embed_questions(["?"])
    whole, embedding = [], []
    for question in questions:
        whole.append(_seconds(partial(workplace.consultant.consult, question)))
        embedding.append(_seconds(partial(engine.embed_questions, [fold(question.text)])))
    return {
        "question_ms": round(statistics.median(whole) * 1000, 1),
        "embedding_ms": round(statistics.median(embedding) * 1000, 1),
    }


def measure_service(data: Path, texts: Sequence[str], count: int) -> dict[str, float]:
    """Peak memory of the service in MB, after its start and after ``count`` questions."""
    with RunningServer() as running, TemporaryDirectory() as folder:
        # The shelf is the one given; the conversations of an earlier run would confuse this one.
        (Path(folder) / "index").symlink_to((data / "index").resolve())
        staff = running.people.add_group("Staff")
        with serving(Path(folder), running, staff) as process:
            customers = [running.people.add_user(f"Customer {n}") for n in range(10)]
            for customer in customers:
                running.people.start(customer)
            running.people.wait_until(
                lambda: all(_answers(running, customer) for customer in customers),
                seconds=_START_SECONDS,
            )
            after_start = _peak_mb(process.pid)
            for number in range(count):
                running.people.send_text(customers[number % 10], texts[number % len(texts)])
            before = len(customers)
            running.people.wait_until(
                lambda: sum(_answers(running, c) for c in customers) >= count + before,
                seconds=600,
            )
            after_questions = _peak_mb(process.pid)
        violations = len(running.server.violations)
    return {
        "peak_mb_after_start": after_start,
        "peak_mb_after_questions": after_questions,
        "questions": count,
        "violations": violations,
    }


@contextmanager
def serving(data: Path, running: RunningServer, staff: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``helpdesk run`` against the local Bot API server."""
    environment = {
        **os.environ,
        "HELPDESK_TELEGRAM_TOKEN": running.token,
        "HELPDESK_TELEGRAM_BASE_URL": running.root_url,
        "HELPDESK_TELEGRAM_STAFF_GROUP": str(staff),
        "HELPDESK_LOG_LEVEL": "WARNING",
    }
    helpdesk = str(Path(sys.executable).with_name("helpdesk"))
    with subprocess.Popen([helpdesk, "--data", str(data), "run"], env=environment) as process:  # noqa: S603 - our own command
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _answers(running: RunningServer, customer: int) -> int:
    """How many messages the bot has written to a customer."""
    return sum(1 for view in running.people.read_chat(customer) if view.is_bot)


def _peak_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(row for row in status.splitlines() if row.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)


def _median_seconds(work: Callable[[], object]) -> float:
    return round(statistics.median(_seconds(work) for _ in range(_ROUNDS)), 3)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command


if __name__ == "__main__":
    main()
