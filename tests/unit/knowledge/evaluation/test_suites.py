from pathlib import Path

import pytest

from knowledge.errors import UsageError
from knowledge.evaluation.limits import FULL, Limits
from knowledge.evaluation.rows import every, read_rows
from knowledge.evaluation.suites import (
    FILES,
    Part,
    missing_files,
    read_collection,
    read_intents,
    read_near_misses,
    read_parallel,
    read_short_texts,
)
from tests.unit.knowledge.evaluation.files import (
    LANGUAGES,
    write_collection,
    write_everything,
    write_intents,
    write_rows,
)


def test_the_fixture_has_every_file(tmp_path: Path) -> None:
    assert missing_files(tmp_path) == FILES
    write_everything(tmp_path)
    assert missing_files(tmp_path) == ()


def test_samples_are_taken_by_index() -> None:
    assert every("abcdefg", 3) == ("a", "d", "g")
    assert every("abc", 0) == ("a", "b", "c")


def test_each_language_of_the_parallel_texts_gets_the_same_questions(tmp_path: Path) -> None:
    write_everything(tmp_path)
    parallel = read_parallel(tmp_path, Limits(questions=2))
    assert sorted(parallel) == sorted(LANGUAGES)
    answers = {tuple(query.answer for query in one.questions) for one in parallel.values()}
    assert answers == {("1-0", "3-0", "5-0", "7-0")}
    fitted = read_parallel(tmp_path, Limits(questions=2), Part.FITTED)
    assert [query.answer for query in fitted["en"].questions] == ["0-0", "2-0", "4-0", "6-0"]
    assert {text.topic for text in parallel["en"].passages} == {str(n) for n in range(8)}
    assert len(parallel["en"].passages) == 16


def test_a_collection_keeps_only_questions_about_the_passages_taken(tmp_path: Path) -> None:
    write_collection(tmp_path, "faquad-pt")
    found = read_collection(tmp_path, "faquad-pt", Limits(passages=3, questions=1))
    assert [text.id for text in found.passages] == ["0-0", "1-0", "2-0"]
    assert [query.answer for query in found.questions] == ["0-0", "1-0", "2-0"]
    assert {query.language for query in found.questions} == {"pt"}


def test_near_misses_say_whether_a_passage_answers(tmp_path: Path) -> None:
    write_everything(tmp_path)
    cases = read_near_misses(tmp_path, Limits(near_misses=3))
    assert [(case.answerable, len(case.passages)) for case in cases] == [
        (True, 8),
        (False, 7),
        (True, 8),
    ]


def test_intents_keep_the_first_examples_and_everything_outside(tmp_path: Path) -> None:
    write_intents(tmp_path)
    intents = read_intents(tmp_path, Limits(intent_examples=2, intent_questions=4))
    assert intents.examples["about_visa"] == ("where is my visa", "I need a visa")
    assert [intent for _, intent in intents.inside] == ["about_passport", "about_filming"]
    assert intents.outside == ("zzz qqq jjj", "kkk vvv xxx")


def test_short_texts_have_language_and_kind(tmp_path: Path) -> None:
    write_everything(tmp_path)
    texts = read_short_texts(tmp_path, FULL)
    assert [(one.language, one.kind) for one in texts][-1] == ("th", "sentence")


@pytest.mark.parametrize("line", ["{", "[1]", "text"])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{{"a": 1}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"rows\.jsonl:3"):
        list(read_rows(path))


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UsageError, match=r"rows\.jsonl"):
        list(read_rows(path))
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(b"not gzip")
    with pytest.raises(UsageError, match=r"rows\.jsonl\.gz"):
        list(read_rows(packed))


def test_a_missing_value_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    write_rows(path, [{"id": 1, "question": "?"}, {"id": 2}])
    with pytest.raises(UsageError, match=r"rows\.jsonl:2 has no “question”"):
        list(read_rows(path, "id", "question"))


def test_a_wrong_public_file_is_a_usage_error(tmp_path: Path) -> None:
    write_everything(tmp_path)
    write_rows(tmp_path / "xquad-r.questions.jsonl", [{"lang": "en", "text": "?"}])
    with pytest.raises(UsageError, match="question"):
        read_parallel(tmp_path, FULL)
