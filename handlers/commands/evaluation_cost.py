"""What a question costs beside embedding it; machines differ, so compare the two."""

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial

from bot.bootstrap import Workplace
from bot.desk.questions import Question
from bot.settings import Settings
from knowledge.evaluation.asking import Request
from knowledge.normalisation import fold

QUESTIONS = 40


def measure_cost(settings: Settings, requests: Sequence[Request]) -> dict[str, float]:
    """Medians in milliseconds over the first ``QUESTIONS``, in a warm process, without a cache."""
    desk, alone = Workplace(settings), Workplace(settings)
    asked = list(dict.fromkeys(request.question for request in requests))[:QUESTIONS]
    desk.library.warm_up()
    desk.consultant.consult(Question(text="?!? a"))
    alone.embedder.embed_questions(["?"])
    whole, embedding = [], []
    for text in asked:
        whole.append(_milliseconds(partial(desk.consultant.consult, Question(text=text))))
        embedding.append(_milliseconds(partial(alone.embedder.embed_questions, [fold(text)])))
    return {
        "a question, median ms": round(statistics.median(whole), 1),
        "its embedding alone, median ms": round(statistics.median(embedding), 1),
    }


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
