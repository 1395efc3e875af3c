"""Contradictions that are told by what sentences mean, and pairs that only look like some."""

from datetime import date

import pytest

from benchmarks.conflict_set import read_set
from knowledge.contradictions import find_contradictions_between
from knowledge.contrasts import are_apart, differ_in_place, is_example, read_sides
from knowledge.embedding import BUNDLED, HASHED
from knowledge.meaning import choose_meaning
from tests.unit.knowledge.stock import text_document

TODAY = date(2026, 11, 23)


def _count(one: str, other: str, language: str = "en", *, rest: tuple[str, ...] = ()) -> int:
    documents = [
        text_document("a.md", one, *rest, language=language),
        text_document("b.md", other, language=language),
    ]
    passages = [passage for document in documents for passage in document.passages]
    meaning = choose_meaning(BUNDLED)
    return len(find_contradictions_between(passages, today=TODAY, meaning=meaning).found)


@pytest.mark.model
@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (
            "影棚押金须在离场后10个工作日内退还。",
            "离场后，园区会在15个工作日内把影棚押金退给租用方。",
            "zh-Hans",
        ),
        ("园区影棚每小时收费280元。", "租用园区影棚，每小时的价格是320元。", "zh-Hans"),
        (
            "The dubbing studio must be booked at least five days ahead.",
            "Book the dubbing studio no later than seven days before you need it.",
            "en",
        ),
        (
            "The residency programme pays each writer RMB 8,000 a month.",
            "Writers in the residency programme receive a monthly allowance of RMB 6,000.",
            "en",
        ),
    ],
)
def test_the_same_thing_in_other_words_is_found(one: str, other: str, language: str) -> None:
    assert _count(one, other, language) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("调色室每小时300元。", "调色室每天2000元。", "zh-Hans"),
        ("影视基地每次租期最短3天。", "影视基地每次租期最长30天。", "zh-Hans"),
        ("会员企业租用路演厅每小时80元。", "非会员企业租用路演厅每小时150元。", "zh-Hans"),
        ("Complaints are answered within 48 hours.", "We answer complaints within 2 days.", "en"),
        (
            "The workshop on payment lasts 3 hours.",
            "The workshop on copyright lasts 5 hours.",
            "en",
        ),
        (
            "By June 2026 orders of the cluster had grown by 12 percent.",
            "By September 2026 orders of the cluster had grown by 18 percent.",
            "en",
        ),
        (
            "For example, a producer who spent RMB 40,000 got RMB 12,000 back.",
            "For example, a producer who spent RMB 90,000 got RMB 27,000 back.",
            "en",
        ),
    ],
)
def test_two_things_are_no_contradiction(one: str, other: str, language: str) -> None:
    assert _count(one, other, language) == 0


@pytest.mark.model
def test_a_list_of_amounts_agrees_with_a_text_that_names_one_of_them() -> None:
    one = "Tickets for the revue cost RMB 80 at the door."
    other = "A ticket for the revue costs RMB 60 at the door."
    assert _count(one, other) == 1
    assert _count(one, other, rest=("Tickets for the revue cost RMB 60 at the door.",)) == 0


def test_without_a_model_words_alone_tell() -> None:
    assert choose_meaning(HASHED) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("首次违反秩序的罚款", "再次违反秩序的罚款"),
        ("Members pay less", "Non-members pay more"),
        ("英语字幕", "subtitles in Thai"),
        ("录音棚押金", "rent of the recording studio"),
        ("报名自三月开始", "Registration closes in April"),
    ],
)
def test_sides_of_a_distinction_are_read_in_both_languages(one: str, other: str) -> None:
    assert are_apart(read_sides(one), read_sides(other))
    assert not are_apart(read_sides(one), read_sides(one))


def test_one_word_in_place_of_another_is_a_distinction() -> None:
    assert differ_in_place("拍摄许可的办理时间", "航拍许可的办理时间", "zh")
    assert not differ_in_place("素材备份在服务器上保存", "服务器上的素材备份保留", "zh")
    assert is_example("例如，一家公司投放广告")
    assert not is_example("公司例会")


def test_the_planted_set_is_as_large_as_it_says() -> None:
    pairs = read_set()
    assert len({one.name for one in pairs}) == len(pairs)
    assert sum(one.conflicting for one in pairs) >= 24
    assert sum(not one.conflicting for one in pairs) >= 40
    assert {"fit", "test"} == {one.part for one in pairs}
    assert {side.form for one in pairs for side in one.sides} == {"guide", "faq", "notice"}
