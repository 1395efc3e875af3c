from dataclasses import dataclass, replace

from knowledge.evaluation.asking import Reply, Request
from knowledge.evaluation.endpoint_suite import HONEST, LyingDesk, evaluate_endpoint
from knowledge.evaluation.measures import Evaluation
from tests.fakes.scripted_desk import ScriptedDesk, answered, make_passage

FEES = make_passage("fees", "Filing is free. Stores keep thirty percent.", document="fees.md")
QUOTED = answered(FEES)
LIE = "Filing costs 900 yuan."


def worded(text: str) -> Reply:
    return replace(QUOTED, text=f"{text} [1]", worded=True)


@dataclass
class Lying:
    desk: ScriptedDesk
    lies: tuple[str, ...]
    written: bool = True


@dataclass
class FakeEndpoints:
    """Every attack tells the same lies; what the desk shows is given by attack."""

    shown: dict[str, Reply]
    lies: tuple[str, ...] = (LIE, "Filing is free.")
    written: bool = True

    @property
    def attacks(self) -> list[str]:
        return list(self.shown)

    def open(self, attack: str) -> LyingDesk:
        desk = ScriptedDesk(lambda _: self.shown[attack], FEES)
        return Lying(desk, () if attack == HONEST else self.lies, self.written)


def run(endpoints: FakeEndpoints) -> tuple[dict[str, list[float]], Evaluation]:
    requests = [Request(question="What does filing cost?", language="ru")] * 2
    evaluation = evaluate_endpoint(requests, endpoints)
    return {one.name: [one.ours, one.count] for one in evaluation.measures}, evaluation


def test_lies_that_were_dropped_are_none_shown() -> None:
    figures, evaluation = run(FakeEndpoints({"inverted": QUOTED, HONEST: worded("Бесплатно.")}))
    assert figures["lies shown"] == [0, 4]
    assert figures["lies shown, inverted"] == [0, 2]
    assert figures["false citations"] == [0, 2]
    assert figures["answers of the honest writer shown"] == [1, 2]
    assert evaluation.failures == ()


def test_a_lie_in_the_reply_is_shown_and_named() -> None:
    figures, evaluation = run(FakeEndpoints({"amounts": worded(f"So:  {LIE.upper()}")}))
    assert figures["lies shown"] == [2, 4]
    assert {one.got for one in evaluation.failures} == {f"“{LIE}”"}


def test_what_the_source_itself_says_is_no_lie_shown() -> None:
    figures, _ = run(FakeEndpoints({"copied": QUOTED}))
    assert figures["lies shown"] == [0, 4]


def test_a_false_citation_is_counted() -> None:
    figures, _ = run(FakeEndpoints({"prose": replace(QUOTED, citations=())}))
    assert figures["false citations"] == [2, 2]


def test_a_writer_that_was_not_asked_proves_nothing() -> None:
    figures, _ = run(FakeEndpoints({"inverted": QUOTED, HONEST: QUOTED}, written=False))
    assert figures["lies shown"] == [0, 0]
    assert figures["answers of the honest writer shown"] == [0, 0]
