"""What documents say about themselves."""

import pytest

from ingest.front_matter import narrow, read_language
from knowledge.dates import PartialDate
from knowledge.jurisdiction import Jurisdiction, Level
from knowledge.passage import Audience, Trust
from tests.unit.ingest.folders import Folder, page


def test_every_field_reaches_the_passages(folder: Folder) -> None:
    text = page(
        "正文一段，说明资助的条件。",
        title="资助办法",
        issuer="某某局",
        number="0012",
        issued="2025-03-01",
        effective_from="2025-04",
        effective_to="2027",
        checked="2025年5月6日",
        audience="company",
        topics="[support, tax]",
        replaces="[某发〔2019〕3号, 旧资助办法]",
        jurisdiction="city:深圳",
        review_by="2026-05",
        owner="policy officer",
        url="https://example.org/a?b=1",
        language="zh-CN",
        confidence="m",
        remark="ours",
    )
    [passage] = folder.ingest("a.md", text)
    said = passage.provenance
    assert (said.title, said.issuer, said.number) == ("资助办法", "某某局", "0012")
    assert said.issued == PartialDate(2025, 3, 1)
    assert said.effective_from == PartialDate(2025, 4)
    assert said.effective_to == PartialDate(2027)
    assert said.checked == PartialDate(2025, 5, 6)
    assert (said.audience, said.trust) == (Audience.COMPANY, Trust.MEDIUM)
    assert said.topics == ("support", "tax")
    assert said.replaces == ("某发〔2019〕3号", "旧资助办法")
    assert said.jurisdiction == Jurisdiction(Level.CITY, ("深圳",))
    assert (said.review_by, said.owner) == (PartialDate(2026, 5), "policy officer")
    assert said.url == "https://example.org/a?b=1"
    assert passage.language == "zh-Hans"


def test_what_is_not_said_has_a_plain_value(folder: Folder) -> None:
    [passage] = folder.ingest("visa-guide.md", "An actor needs a visa before the shooting begins.")
    said = passage.provenance
    assert (said.title, said.audience, said.trust) == ("visa-guide", Audience.PUBLIC, Trust.HIGH)
    assert (said.issued, said.topics, said.replaces) == (None, (), ())


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"issued": "2025-13-01"}, "issued is “2025-13-01”"),
        ({"issued": "03/01/2025"}, "issued is “03/01/2025”"),
        ({"effective_to": "soon"}, "effective_to is “soon”"),
        ({"effective_from": "2026", "effective_to": "2025"}, "before effective_from"),
        ({"review_by": "soon"}, "review_by is “soon”"),
        ({"jurisdiction": "Shenzhen"}, "city:Shenzhen or abroad:US"),
        ({"audience": "everyone"}, "public, company, actor, staff"),
        ({"confidence": "X"}, "confidence is “X”; it must be one of H, M, L, R"),
        ({"url": "javascript:alert(1)"}, "http://"),
        ({"language": "Chinese, simplified"}, "zh-Hans"),
        ({"title": "[unclosed"}, "not YAML"),
    ],
)
def test_a_wrong_value_is_named(folder: Folder, values: dict[str, str], reason: str) -> None:
    assert reason in folder.refuse("a.md", page("Text.", **values))


def test_front_matter_must_be_names_and_values(folder: Folder) -> None:
    assert "name: value" in folder.refuse("a.md", "---\njust words\n---\n\nText.\n")


def test_a_ruler_at_the_head_is_no_front_matter(folder: Folder) -> None:
    [passage] = folder.ingest("a.md", "---\n\nThe first paragraph of the text.\n")
    assert passage.text == "The first paragraph of the text."


def test_names_may_be_chinese(folder: Folder) -> None:
    text = page("正文。", 标题="签证须知", 文号="深文〔2025〕1号", 生效日期="2025-01-01")
    [passage] = folder.ingest("a.md", text)
    assert passage.provenance.title == "签证须知"
    assert passage.provenance.effective_from == PartialDate(2025, 1, 1)


@pytest.mark.parametrize(
    ("audiences", "narrowest"),
    [
        ((None, None), "public"),
        (("public", "actor"), "actor"),
        (("company", None), "company"),
        (("company", "public"), "company"),
        (("company", "company"), "company"),
        (("company", "actor"), "staff"),
        (("staff", "public"), "staff"),
    ],
)
def test_of_two_audiences_the_narrower_counts(
    audiences: tuple[str | None, ...], narrowest: str
) -> None:
    known = [Audience(one) if one else None for one in audiences]
    assert narrow(*known) is Audience(narrowest)
    assert narrow(*reversed(known)) is Audience(narrowest)


@pytest.mark.parametrize(
    ("tag", "written"),
    [("zh-CN", "zh-Hans"), ("zh_TW", "zh-Hant"), ("EN", "en"), ("es-mx", "es-MX"), ("zh", "zh")],
)
def test_language_tags_are_written_in_one_way(tag: str, written: str) -> None:
    assert read_language(tag) == written
