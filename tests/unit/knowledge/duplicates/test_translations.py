"""One text in two languages, and another edition of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from knowledge.duplicates.parallel import align
from knowledge.embedding import Vectors
from knowledge.passage import Document
from tests.unit.knowledge.duplicates.shelving import hidden, link, source, with_passages
from tests.unit.knowledge.stock import text_document

CHINESE = (
    "深圳市为微短剧出海设立资助，每部作品最高可获得50万元，全市每年总额不超过3000万元。",
    "申请截止日期为2025年9月30日，企业应当在注册满12个月以后提出申请，逾期不予受理。",
    "受理以后20个工作日内作出决定，资助款在2025年12月31日以前支付，企业须在30日内确认。",
)
ENGLISH = (
    "Shenzhen grants up to RMB 500,000 for each micro-drama going overseas, RMB 30 million in all.",
    (
        "The deadline is 30 September 2025. A company applies 12 months after its registration; "
        "late applications are not accepted."
    ),
    (
        "The decision is made within 20 working days, and the grant is paid by 31 December 2025; "
        "the company must confirm within 30 days."
    ),
)


class Interpreter:
    """Gives texts about one thing vectors that lie near each other, in whatever language."""

    fingerprint = "interpreter"
    subjects = (("资助，每部", "grants up to"), ("截止日期", "deadline"), ("受理以后", "decision"))

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._embed(text) for text in texts])

    def _embed(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
        vector = 0.03 * np.random.default_rng(seed).standard_normal(64)
        for place, words in enumerate(self.subjects):
            vector[place] += any(word in text for word in words)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def chinese(name: str = "zh.md", *texts: str) -> Document:
    said = source("微短剧出海资助办法")
    return text_document(name, *(texts or CHINESE), language="zh-Hans", source=said)


def english(name: str = "en.md", *texts: str) -> Document:
    said = source("Grants for micro-dramas going overseas")
    return text_document(name, *(texts or ENGLISH), source=said)


def translated(*documents: Document) -> list[tuple[str, str]]:
    links = link(*documents, embedder=Interpreter())
    return [one.documents for one in links.translations]


def test_a_translation_is_linked_passage_by_passage_and_both_are_served() -> None:
    one, other = chinese(), english()
    links = link(one, other, embedder=Interpreter())
    assert links.translations_of("zh.md") == ("en.md",)
    assert links.translations_of("en.md") == ("zh.md",)
    for mine, theirs in zip(one.passages, other.passages, strict=True):
        assert links.is_translation(mine.id, theirs.id)
        assert links.same(theirs.id, mine.id)
    assert not links.same(one.passages[0].id, other.passages[1].id)
    assert hidden(links) == set()


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("2025", "2024"),
        ("RMB 500,000", "RMB 600,000"),
        ("20 working days", "25 working days"),
        ("31 December", "30 November"),
        ("Shenzhen", "Guangzhou and Guangzhou"),
    ],
)
def test_the_translation_of_another_edition_is_none(said: str, otherwise: str) -> None:
    texts = [text.replace(said, otherwise) for text in ENGLISH]
    if said == "Shenzhen":
        texts = [f"In Guangzhou: {text}" for text in texts]
    assert translated(chinese(), english("en.md", *texts)) == []


def test_dates_that_the_documents_themselves_name_must_agree() -> None:
    said = source("Grants", begins="2024")
    other = with_passages(english(), provenance=said)
    ours = with_passages(chinese(), provenance=source("资助", begins="2025"))
    assert translated(ours, other) == []


def test_of_two_editions_the_right_one_is_linked() -> None:
    denied = [CHINESE[0], CHINESE[1].replace("不予受理", "照常受理"), CHINESE[2]]
    found = translated(chinese("a.md", *denied), chinese("b.md"), english())
    assert found == [("b.md", "en.md")]


def test_a_denial_that_only_one_has_keeps_passages_apart() -> None:
    denied = [CHINESE[0], CHINESE[1].replace("不予受理", "照常受理"), CHINESE[2]]
    one, other = chinese("a.md", *denied), english()
    links = link(one, other, embedder=Interpreter())
    assert not links.same(one.passages[1].id, other.passages[1].id)
    assert links.same(one.passages[0].id, other.passages[0].id)


def test_a_copy_of_a_translation_is_a_translation() -> None:
    copy = chinese("copy.txt")
    links = link(chinese(), copy, english(), embedder=Interpreter())
    english_ids = [one.id for one in english().passages]
    assert links.same(copy.passages[0].id, english_ids[0])
    assert hidden(links) == {"zh.md"} or hidden(links) == {"copy.txt"}


def test_what_the_front_matter_says_counts() -> None:
    short = ("本办法自公布之日起施行，由市里的主管部门负责解释，各区照此办理。",)
    ours = chinese("zh.md", *short)
    brief = english("en.md", "It enters into force at once, and the city's office explains it.")
    assert translated(ours, brief) == []
    said = replace(source("In force"), translation_of="zh.md")
    assert translated(ours, with_passages(brief, provenance=said)) == [("en.md", "zh.md")]


def test_only_changed_documents_are_looked_at_again() -> None:
    first = [chinese(), english()]
    links = link(*first, embedder=Interpreter())
    again = link(*first, known=links, before=first, embedder=Interpreter())
    assert again.translations == links.translations
    changed = english("en.md", *(text.replace("500,000", "400,000") for text in ENGLISH))
    later = link(chinese(), changed, known=links, before=first, embedder=Interpreter())
    assert later.translations == ()
    gone = link(chinese(), known=links, before=first, embedder=Interpreter())
    assert gone.translations == ()


def test_passages_are_laid_beside_each_other_in_order() -> None:
    cosines = np.asarray([[0.9, 0.1, 0.1], [0.1, 0.2, 0.8]], dtype=np.float32)
    pairs, near = align(cosines)
    assert pairs == [(0, 0), (1, 2)]
    assert near == pytest.approx(2 * 1.7 / 5)
    assert align(np.zeros((0, 3), dtype=np.float32)) == ([], 0.0)
