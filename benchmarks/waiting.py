"""Whether those who asked the same are found, and told when there is an answer.

    python -m benchmarks.waiting DATA [--part held-out] [--json FILE]

DATA is a data folder with the starter knowledge (``helpdesk --data DATA ingest --starter``); it is
copied. The questions of waiting_questions.json lack an answer there: 48 topics, two and two of one
area, each asked by five to seven people in as many wordings and up to six languages; answers are
made up. Thresholds were chosen on the topics called tuned, those held out were asked once.

*Grouping*: of the pairs put together, how many are of one topic, and of the pairs of one topic, how
many are together; beside it plain cosines of the bundled model, in one pass, with the threshold
that does best at a precision of 86 % on these very questions. *Telling*: for each topic one
person's question becomes an entry of a real shelf, and all whom nobody answered before wait. Told
are those whom the desk now answers from it: with that question alone, with what is grouped with it,
and with what an editor who errs nowhere takes out and ticks among the questions shown.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from benchmarks.waiting_shelf import Asked, Office, read_topics, waiting_among
from knowledge.alike_questions import AlikeQuestions
from knowledge.embedding import BUNDLED
from knowledge.models import load_embedder, load_engine

_PRECISION = 0.86
Groups = Sequence[Sequence[int]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--part", choices=("tuned", "held-out"))
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    begun = time.perf_counter()
    asked = [one for one in read_topics() if chosen.part in {None, one.part}]
    found = {
        "questions": len(asked),
        "grouping": measure_grouping(asked),
        "telling": measure_telling(asked, chosen.data),
    }
    shown = json.dumps(found | {"seconds": round(time.perf_counter() - begun)}, indent=2)
    print(shown)
    if chosen.json:
        chosen.json.write_text(f"{shown}\n", encoding="utf-8")


def measure_grouping(asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """Group all questions, by the desk's way and by plain cosines."""
    groups = AlikeQuestions(load_embedder(BUNDLED)).group([one.variant for one in asked])
    vectors = load_engine().embed_questions([one.variant.text for one in asked])
    cosines = vectors @ vectors.T
    plain = [_count(_group_plainly(cosines, least), asked) for least in np.arange(0.8, 0.96, 0.01)]
    fitting = [one for one in plain if one["precision"] >= _PRECISION]
    return {
        "desk": _count(groups, asked),
        "plain cosine": max(
            fitting or plain, key=lambda one: one["recall" if fitting else "precision"]
        ),
    }


def _group_plainly(cosines: np.ndarray, least: float) -> Groups:
    groups: list[list[int]] = []
    for number in range(len(cosines)):
        means = [float(cosines[number, group].mean()) for group in groups]
        best = int(np.argmax(means)) if means else -1
        if best >= 0 and means[best] >= least:
            groups[best].append(number)
        else:
            groups.append([number])
    return groups


def _count(groups: Groups, asked: Sequence[Asked]) -> dict[str, float]:
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    right = sum(asked[one].topic == asked[other].topic for one, other in pairs)
    sizes = Counter(one.topic for one in asked).values()
    same = sum(size * (size - 1) // 2 for size in sizes)
    return {
        "precision": round(right / max(len(pairs), 1), 3),
        "recall": round(right / same, 3),
    }


def measure_telling(asked: Sequence[Asked], data: Path) -> dict[str, object]:
    """Publish an entry for each topic, and see who is answered from it."""
    with tempfile.TemporaryDirectory(prefix="helpdesk-waiting-") as name:
        copy = Path(name) / "data"
        shutil.copytree(data, copy)
        office = Office(copy)
        waiting = waiting_among(asked, office.workplace.consultant)
        topics = list(dict.fromkeys(one.topic for one in waiting))
        told = {way: Counter[str]() for way in ("alone", "grouped", "ticked")}
        for number, topic in enumerate(topics):
            own = [one for one in waiting if one.topic == topic]
            first = own[number % len(own)]
            others = [one for one in waiting if one is not first]
            for way, tally in told.items():
                tally.update(office.tell(first, others, way=way))
    return {"waiting": len(waiting)} | {way: _share(tally) for way, tally in told.items()}


def _share(tally: Counter[str]) -> dict[str, float]:
    told = tally["right"] + tally["wrong"]
    return {
        "told": tally["right"],
        "of": tally["right"] + tally["missed"],
        "told wrongly": tally["wrong"],
        "recall": round(tally["right"] / (tally["right"] + tally["missed"]), 3),
        "precision": round(tally["right"] / max(told, 1), 3),
        "questions shown to tick": tally["shown"],
    }


if __name__ == "__main__":
    main()
