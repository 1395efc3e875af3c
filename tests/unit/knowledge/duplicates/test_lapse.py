"""An undated copy of a rule takes part in the time of its dated copy."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from knowledge.passage import Audience, Document, Provenance
from knowledge.passage_table import LivePassage, PassageTable
from tests.unit.knowledge.duplicates.shelving import TODAY, link, source
from tests.unit.knowledge.duplicates.test_serving import GRANT, PAPERS, TITLE, rule
from tests.unit.knowledge.stock import text_document

STATES = ("旧办法的申请截止日期另行通知，企业须在每年年末前向区内主管部门报送年度总结材料。",)


def _table(documents: Collection[Document]) -> PassageTable:
    return PassageTable.of([LivePassage.of(one) for each in documents for one in each.passages])


def _lapsed(*documents: Document, on: date = TODAY) -> dict[str, str]:
    """The documents with passages that have lapsed, and the copies that say so."""
    found = link(*documents).lapsed(_table(documents), on)
    return {one.partition("#")[0]: other.partition("#")[0] for one, other in found.items()}


def test_the_mirror_of_a_rule_that_has_ended_answers_no_more() -> None:
    documents = rule("a.md", begins="2023-01-01", ends="2025-12-31"), rule("mirror.md")
    assert _lapsed(*documents) == {"mirror.md": "a.md"}
    assert _lapsed(*documents, on=date(2024, 5, 1)) == {}
    table = _table(documents)
    links = link(*documents)
    gone = {table.ids[row] for row in links.rows_giving_way(table, tuple(Audience), TODAY)}
    assert {name.partition("#")[0] for name in gone} == {"mirror.md"}


def test_nor_does_that_of_a_rule_that_has_not_begun() -> None:
    assert _lapsed(rule("a.md", begins="2027-01-01"), rule("mirror.md")) == {"mirror.md": "a.md"}


def test_nor_that_of_a_rule_that_was_replaced() -> None:
    old = rule("a.md", number="海文〔2023〕7号")
    mirror = rule("mirror.md", title=TITLE, issuer="深圳商报")
    new = text_document("new.md", *STATES, language="zh-Hans", source=_replacing(Audience.PUBLIC))
    assert _lapsed(old, mirror, new) == {"mirror.md": "a.md"}
    hidden = text_document("new.md", *STATES, language="zh-Hans", source=_replacing(Audience.STAFF))
    assert _lapsed(old, mirror, hidden) == {}, "those who may not see the new one keep the old"
    assert _lapsed(old, mirror) == {}


@pytest.mark.parametrize(
    "other",
    [
        rule("b.md", ends="2027-12-31"),
        rule("b.md", begins="2026-02-01"),
        rule("b.md", GRANT, PAPERS.replace("营业执照", "身份证明"), STATES[0]),
        rule("b.md", GRANT.replace("50", "60"), PAPERS),
        rule("b.md", title="另一部办法"),
    ],
)
def test_what_has_dates_of_its_own_or_says_more_is_no_mirror(other: Document) -> None:
    assert _lapsed(rule("a.md", begins="2023-01-01", ends="2025-12-31"), other) == {}


def test_a_copy_that_holds_keeps_the_mirror_alive() -> None:
    ended = rule("a.md", begins="2023-01-01", ends="2025-12-31", number="海文〔2023〕7号")
    again = rule("b.md", begins="2026-01-01", number="海文〔2025〕9号")
    assert _lapsed(ended, again, rule("mirror.md")) == {}


def _replacing(audience: Audience) -> Provenance:
    return replace(source("区内企业年度总结办法", audience=audience), replaces=("海文〔2023〕7号",))
