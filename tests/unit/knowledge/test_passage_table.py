import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.passage import Audience
from knowledge.passage_table import LivePassage, PassageTable, Rows

TAGS = st.sampled_from(["zh-Hans", "zh-Hant", "en", "ru"])
PASSAGES = st.lists(
    st.builds(
        LivePassage,
        id=st.text(max_size=8),
        document=st.sampled_from("ab"),
        entry=st.sampled_from(["", "E-1", "E-2"]),
        language=TAGS,
        audience=st.sampled_from(Audience),
        variants=st.lists(TAGS, max_size=3).map(tuple),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
).map(lambda some: sorted(some, key=lambda one: one.document))


@given(PASSAGES)
def test_passages_come_out_as_they_went_in(passages: list[LivePassage]) -> None:
    table = PassageTable.of(passages)
    assert [table.passage(row) for row in range(len(table))] == passages
    assert list(Rows(table, range(len(table)))) == passages
    assert {one.id: row for row, one in enumerate(passages)} == table.rows


@given(PASSAGES)
def test_each_record_is_found_by_its_id(passages: list[LivePassage]) -> None:
    table = PassageTable.of(passages)
    taken = {one.id for one in passages}
    number = 0
    for one in passages:
        for key, group in one.records.items():
            if key == one.id or key not in taken:  # an id may itself end as a variant's does
                assert table.find_record(key) == number
                assert table.names[table.group[number]] == group
            number += 1
    assert sum(table.records_of.values()) == number


@given(PASSAGES)
def test_units_tell_audience_and_language(passages: list[LivePassage]) -> None:
    table = PassageTable.of(passages)
    for audience in Audience:
        owners = {
            table.passage(int(table.unit[unit])).audience for unit in table.units_of(audience)
        }
        assert owners <= {audience}
    speaks = table.speaks("zh")
    for row, one in enumerate(passages):
        units = range(table.first_unit[row], table.first_unit[row + 1])
        chinese = any(tag.startswith("zh") for tag in (one.language, *one.variants))
        assert bool(np.any(speaks[units.start : units.stop])) is chinese


def live(name: str, document: str = "f.csv", entry: str = "") -> LivePassage:
    return LivePassage(name, document, entry, "en", Audience.PUBLIC, ("en",))


@pytest.mark.parametrize("key", ["", "~", "a~", "a~1", "a~-1", "a~x", "b", "a~0~0", "a~٣"])
def test_what_is_not_live_is_not_found(key: str) -> None:
    assert PassageTable.of([live("a")]).find_record(key) is None


def test_answers_of_one_entry_are_siblings() -> None:
    one, two = live("1", entry="E-1"), live("2", entry="E-1")
    others = [live("3", entry="E-2"), live("4"), live("5"), live("6", "g.csv", "E-1")]
    table = PassageTable.of([one, two, *others])
    assert table.siblings(one) == table.siblings(two) == (one, two)
    for other in others:
        assert table.siblings(other) == (other,)
