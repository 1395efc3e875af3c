"""Where the suites are run: the embedder, the decision and the progress that all of them share."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from knowledge.decision import Judge
from knowledge.embedding import Embedder
from knowledge.evaluation.dense_baseline import DenseBaseline
from knowledge.evaluation.measures import Both, Measure
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evaluation.suites import Query
from knowledge.evaluation.trial_shelf import Reply, trial_shelf
from knowledge.passage import Passage

Progress = Callable[[int, int, str], None]
"""Told (done, total, what) after each step."""


class Suite(Protocol):
    """Something to measure, in a known number of steps."""

    @property
    def steps(self) -> int:
        """How often it calls :meth:`Bench.step`."""

    def measure(self, bench: "Bench") -> list[Measure]:
        """Run it."""


class Bench:
    """Asks our parts and the baseline the same questions."""

    def __init__(
        self,
        plain: RememberingEmbedder,
        *,
        ours: Embedder | None = None,
        judge: Judge | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Without a ``judge`` the fused score of the best hit is the confidence.

        ``plain`` embeds for the baseline, and for our parts where ``ours`` does not; give it a
        cache folder to make the second run quick.
        """
        self.embedder = ours or plain
        self.judge = judge
        self._plain = plain
        self._progress = progress
        self._done = 0
        self._total = 0

    def run(self, suites: Iterable[Suite]) -> list[Measure]:
        """Run suites in their order."""
        listed = list(suites)
        self._done, self._total = 0, sum(suite.steps for suite in listed)
        measures = [measure for suite in listed for measure in suite.measure(self)]
        self._plain.save()
        return measures

    def step(self, what: str) -> None:
        """Say that a step is done, and keep what was embedded in it."""
        self._done += 1
        self._plain.save()
        if self._progress:
            self._progress(self._done, max(self._total, self._done), what)

    def find(
        self, passages: Sequence[Passage], queries: Sequence[Query]
    ) -> Both[list[tuple[str, ...]]]:
        """The ids that both sides find for each query on a shelf of these passages."""
        plain = DenseBaseline(passages, self._plain)
        with trial_shelf(passages, self.embedder, self.judge) as shelf:
            ours = [shelf.find(query.text, query.language) for query in queries]
        return Both(ours, [plain.find(query.text) for query in queries])

    def reply(
        self, passages: Sequence[Passage], queries: Sequence[Query], *, checked: bool = True
    ) -> Both[list[Reply]]:
        """What both sides would answer to each query from a shelf of these passages.

        Not ``checked``: what it is about (:meth:`TrialShelf.match`).
        """
        with trial_shelf(passages, self.embedder, self.judge) as shelf:
            ask = shelf.reply if checked else shelf.match
            ours = [ask(query.text, query.language) for query in queries]
        return Both(ours, self.reply_plainly(passages, queries))

    def reply_plainly(self, passages: Sequence[Passage], queries: Sequence[Query]) -> list[Reply]:
        """What the baseline would answer to each query."""
        plain = DenseBaseline(passages, self._plain)
        return [plain.reply(query.text) for query in queries]
