import json
from pathlib import Path

import pytest

from knowledge.decision import Judge
from knowledge.embedding import HashEmbedder
from knowledge.errors import UsageError
from knowledge.evaluation.bench import Bench
from knowledge.evaluation.command import evaluate
from knowledge.evaluation.limits import Limits
from knowledge.evaluation.measures import Evaluation
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evaluation.report import as_json, as_table
from knowledge.evaluation.suites import FILES
from tests.unit.knowledge.evaluation.files import (
    write_collection,
    write_everything,
    write_intents,
    write_near_misses,
)
from tests.unit.knowledge.evaluation.judges import make_judge

QUICK = Limits(questions=2, abstention_questions=2, near_misses=2, intent_questions=1)


def hashing(judge: Judge | None = None) -> Bench:
    """A bench without a model."""
    return Bench(RememberingEmbedder(HashEmbedder()), judge=judge)


class Run:
    """An evaluation of all tiny files, with what it said on the way."""

    def __init__(self, folder: Path) -> None:
        self.steps: list[tuple[int, int, str]] = []
        self.cache = folder / "cache"
        self.evaluation = evaluate(
            folder,
            Bench(
                RememberingEmbedder(HashEmbedder(), self.cache),
                judge=make_judge(),
                progress=lambda done, total, what: self.steps.append((done, total, what)),
            ),
            limits=QUICK,
        )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run over everything, for it takes a while."""
    path = tmp_path_factory.mktemp("public")
    write_everything(path)
    return Run(path)


@pytest.fixture
def evaluation(run: Run) -> Evaluation:
    """What it found."""
    return run.evaluation


def test_every_suite_is_measured(evaluation: Evaluation) -> None:
    assert list(dict.fromkeys(measure.suite for measure in evaluation.measures)) == [
        "same language",
        "across languages",
        "mixed shelf",
        "abstention, topic missing, same language",
        "abstention, passage missing, same language",
        "abstention, topic missing, mixed shelf",
        "abstention, passage missing, mixed shelf",
        "near misses (NoMIRACL)",
        "out of scope (CLINC150)",
        "language",
    ]
    assert evaluation.skipped == ()
    assert evaluation.fingerprint == "hash-256-v1"


def test_our_parts_find_words_that_are_there(evaluation: Evaluation) -> None:
    found = {measure.name: measure for measure in evaluation.measures}
    assert found["XQuAD-R R@1, worst language"].ours == 1
    assert found["faquad-pt nDCG@10"].ours == 1
    assert found["recall at 5 % refused in scope"].ours == 1
    assert found["right intent in scope"].ours == 1
    assert set(found["zh-only shelf R@1, mean of 2 languages"].parts) == set()
    assert set(found["zh-only shelf R@1, worst language"].parts) == {"en", "ru"}


def test_each_question_is_asked_with_its_passage_and_without(evaluation: Evaluation) -> None:
    abstention = [one for one in evaluation.measures if one.suite.startswith("abstention")]
    assert {one.count for one in abstention if one.name == "AUROC"} == {2 * 3 * 4}
    same = next(one for one in abstention if one.name == "AUROC")
    assert same.ours > 0.9


def test_the_desk_s_own_threshold_is_judged_where_it_has_one(tmp_path: Path) -> None:
    write_near_misses(tmp_path)
    limits = Limits(near_misses=3)
    set_low, unset = (
        {one.name: one.ours for one in evaluate(tmp_path, hashing(judge), limits=limits).measures}
        for judge in (make_judge(answer_from=0.01), None)
    )
    assert set_low["false answers as the desk is set"] == 1
    assert set_low["wrong refusals as the desk is set"] == 0
    assert "false answers as the desk is set" not in unset
    assert unset["AUROC"] == 1


def test_a_second_run_says_the_same(tmp_path: Path) -> None:
    write_collection(tmp_path, "drcd-zh-hant")
    write_intents(tmp_path)
    first, second = (evaluate(tmp_path, hashing(make_judge()), limits=QUICK) for _ in range(2))
    assert as_json(first) == as_json(second)


def test_the_table_has_a_line_each_measure_and_json_the_same(evaluation: Evaluation) -> None:
    lines = as_table(evaluation).splitlines()
    assert lines[0].split() == ["ours", "plain", "cases"]
    assert "  faquad-pt nDCG@10" in as_table(evaluation)
    shown = json.loads(json.dumps(as_json(evaluation)))
    assert len(shown["measures"]) == len(evaluation.measures)
    assert shown["limits"]["questions"] == 2
    assert shown["measures"][-1]["plain"] is None


def test_files_that_are_missing_are_said(tmp_path: Path) -> None:
    write_collection(tmp_path, "faquad-pt")
    evaluation = evaluate(tmp_path, hashing(), limits=QUICK)
    assert {measure.name for measure in evaluation.measures} == {
        "faquad-pt nDCG@10",
        "faquad-pt R@1",
    }
    assert len(evaluation.skipped) == len(FILES) - 2
    assert "Not measured" in as_table(evaluation)


def test_a_folder_with_none_of_them_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of the files"):
        evaluate(tmp_path, hashing())


def test_progress_counts_to_its_end(run: Run) -> None:
    assert [done for done, _, _ in run.steps] == list(range(1, len(run.steps) + 1))
    assert {total for _, total, _ in run.steps} == {len(run.steps)}


def test_the_embeddings_are_kept(run: Run) -> None:
    assert (run.cache / "hash-256-v1.npz").exists()
