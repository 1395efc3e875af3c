from pathlib import Path

from knowledge.evaluation.attacks import AttackedSentence, read_sentences
from knowledge.evaluation.sentence_suite import evaluate_sentences
from knowledge.passage import Passage
from tests.fakes.scripted_desk import make_passage
from tests.unit.knowledge.evaluation.files import write_rows

ENTRIES = {("FIL-01", "en"): make_passage("fil", "Filing is free.", entry="FIL-01")}


def make_row(name: str, kind: str, *, right: bool, entry: str = "FIL-01") -> dict[str, object]:
    return {
        "id": name,
        "entry": entry,
        "quote_language": "en",
        "quote": "Filing is free.",
        "sentence": f"Sentence {name}.",
        "language": "en",
        "kind": kind,
        "right": right,
    }


ROWS = [
    make_row("a", "inverted", right=False),
    make_row("b", "inverted", right=False),
    make_row("c", "overclaim", right=False),
    make_row("d", "translation", right=True),
    make_row("e", "partial", right=True),
    make_row("f", "inverted", right=False, entry="GONE-1"),
]


def run(folder: Path, shown: str) -> tuple[dict[str, list[float]], tuple[str, ...]]:
    """Check the rows with a check that lets some of them pass."""
    write_rows(folder / "sentences.jsonl", ROWS)

    def check(sentence: AttackedSentence, passage: Passage) -> tuple[str, ...]:
        assert passage.text == sentence.quote
        return () if sentence.id in shown else ("fault",)

    evaluation = evaluate_sentences(read_sentences(folder), ENTRIES, check)
    figures = {one.name: [one.ours, one.count] for one in evaluation.measures}
    return figures, (*(one.id for one in evaluation.failures), *evaluation.skipped)


def test_wrong_sentences_that_pass_are_counted_by_kind(tmp_path: Path) -> None:
    figures, said = run(tmp_path, shown="bd")
    assert figures["wrong sentences shown"] == [1, 3]
    assert figures["wrong sentences shown, inverted"] == [1, 2]
    assert figures["wrong sentences shown, overclaim"] == [0, 1]
    assert said[0] == "b"


def test_right_sentences_that_pass_are_a_share(tmp_path: Path) -> None:
    figures, _ = run(tmp_path, shown="d")
    assert figures["wrong sentences shown"] == [0, 3]
    assert figures["right sentences shown"] == [0.5, 2]
    assert figures["right sentences shown, translation"] == [1, 1]
    assert figures["right sentences shown, partial"] == [0, 1]


def test_sentences_below_entries_that_are_gone_are_said(tmp_path: Path) -> None:
    _, said = run(tmp_path, shown="")
    assert said == ("1 sentences below entries that are not on the shelf: GONE-1",)
