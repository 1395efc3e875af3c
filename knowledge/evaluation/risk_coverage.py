"""How many answers are wrong when more, or fewer, questions are answered.

The risk-coverage curve of selective prediction (El-Yaniv and Wiener 2010): questions in the order
of confidence, and at each the share of wrong answers among those given so far.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.embedding import Embedder, Vectors
from knowledge.evaluation.cases import DeskCase, Verdict
from knowledge.evaluation.dense_baseline import DenseBaseline
from knowledge.evaluation.margins import Margins
from knowledge.evaluation.measures import Curve
from knowledge.normalisation import fold
from knowledge.passage import Passage

Scored = tuple[float, bool]
"""How sure an answer is, and whether it is right."""

OURS, PLAIN, AS_SET = "ours", "plain", "as set"


def curves(
    suite: str, margins: Sequence[Margins], plain: Iterable[Scored], verdicts: Sequence[Verdict]
) -> tuple[Curve, ...]:
    """Our curve, that of plain cosines, and the point at which the desk stands."""
    count = len(margins)
    reached = sorted((one.lowest for one in margins if one.answers), reverse=True)
    ours = [_ours_at(margins, shift) for shift in dict.fromkeys(reached)]
    given = sum(one.reply.answered for one in verdicts)
    wrong = sum(one.wrongly_answered for one in verdicts)
    point = ((given / len(verdicts), wrong / given),) if given else ((0.0, 0.0),)
    return (
        Curve(suite=suite, name=OURS, points=tuple(ours)),
        Curve(suite=suite, name=PLAIN, points=tuple(curve(list(plain), count))),
        Curve(suite=suite, name=AS_SET, points=point),
    )


def _ours_at(margins: Sequence[Margins], shift: float) -> tuple[float, float]:
    given = [answer for one in margins if (answer := one.at(shift))]
    return len(given) / len(margins), sum(not answer.right for answer in given) / len(given)


def curve(scored: Sequence[Scored], count: int) -> list[tuple[float, float]]:
    """Points of (coverage, risk) with a falling threshold; equal scores come in together."""
    ordered = sorted(scored, key=lambda one: -one[0])
    points = []
    wrong = 0
    for number, (score, right) in enumerate(ordered, start=1):
        wrong += not right
        if number == len(ordered) or ordered[number][0] < score:
            points.append((number / count, wrong / number))
    return points


@dataclass(frozen=True, slots=True)
class _Folded:
    """An embedder for texts as the shelf embeds them: most of their vectors are known already."""

    embedder: Embedder

    @property
    def fingerprint(self) -> str:
        return self.embedder.fingerprint

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self.embedder.embed_questions([fold(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.embedder.embed_passages([fold(text) for text in texts])


def ask_plainly(
    cases: Sequence[DeskCase], passages: Sequence[Passage], embedder: Embedder
) -> list[Scored]:
    """The nearest passage by cosine for each question, among those that its asker may see."""
    embedder = _Folded(embedder)
    baselines = {}
    by_id = {passage.id: passage for passage in passages}
    scored = []
    for case in cases:
        audience = case.request.audience
        if audience not in baselines:
            seen = [one for one in passages if one.provenance.audience in audience.readable]
            baselines[audience] = DenseBaseline(seen, embedder)
        reply = baselines[audience].reply(case.request.question)
        found = by_id[reply.passage]
        fits = "answered" in case.outcomes and case.fits(found.document, _entry(found))
        scored.append((reply.confidence, fits))
    return scored


def _entry(passage: Passage) -> str:
    return passage.entry or passage.locator
