"""How long a shelf takes to open in a fresh process, and what it adds to its memory.

    python -m benchmarks.shelf_memory DATA QUESTIONS

Searches once in the shelf of a data folder and asks the questions of a file, one a line. Prints one
JSON object: seconds until the first search is answered, which opens everything, and the memory of
the process in MB, as the operating system counts it, before that and at the end.
"""

import json
import sys
import time
from pathlib import Path

from bot.bootstrap import Workplace
from bot.desk.questions import Question
from bot.settings import read_settings
from knowledge.normalisation import fold
from knowledge.passage import Audience

_FIRST = "Which visa does an actor need?"


def main(data: Path, questions: Path) -> None:
    """Open, ask and print."""
    workplace = Workplace(read_settings(data))
    workplace.embedder.embed_questions([fold(_FIRST)])
    before = read_memory()
    started = time.perf_counter()
    workplace.library.search(_FIRST, language="en", audience=Audience.PUBLIC, limit=10)
    opened = time.perf_counter() - started
    for text in questions.read_text(encoding="utf-8").splitlines():
        workplace.consultant.consult(Question(text=text))
    print(json.dumps({"open_s": round(opened, 2), "before_mb": before, "after_mb": read_memory()}))


def read_memory() -> float:
    """The resident memory of this process in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(row for row in status.splitlines() if row.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
