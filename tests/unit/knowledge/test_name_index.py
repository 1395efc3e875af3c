from dataclasses import dataclass

import pytest

from knowledge.name_index import NameIndex, stem_of


@dataclass(frozen=True, slots=True)
class Written:
    """A name that is written as it is."""

    written: str

    @property
    def stem(self) -> str:
        return self.written


def find(
    text: str, *names: str, spaced: bool = True, behind: str = ""
) -> list[tuple[int, list[str]]]:
    index = NameIndex(map(Written, names), spaced=spaced, behind=behind)
    return [(start, [one.written for one in some]) for start, some in index.places(text)]


@pytest.mark.parametrize(
    ("regex", "stem"),
    [
        ("brazil(?:'s)?(?!x)", "brazil"),
        (r"(?<![a-z])the\ united\ states", "the united states"),
        ("бразили(?:я|ии)", "бразили"),
        (r"u\.s\.", "u.s."),
        ("visas?", "visa"),
        ("[ab]c", ""),
        (r"\w+", ""),
    ],
)
def test_what_a_name_begins_with(regex: str, stem: str) -> None:
    assert stem_of(regex) == stem


def test_names_begin_where_a_word_does() -> None:
    assert find("a game in brazil, not brazilian", "brazil", behind="a-z") == [
        (10, ["brazil"]),
        (22, ["brazil"]),
    ]
    assert find("unbrazil", "brazil", behind="a-z") == []
    assert find("a 4399 game, “other”", "4399", "“other”") == [(2, ["4399"]), (13, ["“other”"])]


def test_names_without_spaces_begin_anywhere() -> None:
    assert find("在美国和韩国", "韩国", "美国", spaced=False) == [(1, ["美国"]), (4, ["韩国"])]
    assert find("한국과미국", "미국", spaced=False, behind="가-힣") == []


def test_of_names_that_begin_alike_all_are_found_in_their_order() -> None:
    names = ("united states", "us", "usa", "united")
    assert find("the usa", *names) == [(4, ["us", "usa"])]
    assert find("united states", *names) == [(0, ["united states", "united"])]
    assert find("the us", *names) == [(4, ["us"])]


def test_nothing_stands_in_an_empty_text() -> None:
    assert find("", "brazil") == []
    assert find("brazil") == []
