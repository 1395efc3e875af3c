"""Who sees what, and how hits of several languages compare."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.chroma import VectorStore
from knowledge.embedding import HashEmbedder, Vectors
from knowledge.errors import DocumentUnknown, EmptyShelf
from knowledge.library import Library
from knowledge.normalisation import fold
from knowledge.passage import Audience
from knowledge.recent import RecentQuestions
from knowledge.retrieval import Retriever
from knowledge.shelf import ShelfReader
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import about, faq_document, stock, text_document

EN = [
    "A foreign actor needs a Z visa for work in China.",
    "The filing fee for a micro-drama is 300 yuan.",
    "Income tax is paid by the company that hires.",
    "The contract must be written in two languages.",
    "Insurance against accidents covers the set.",
    "The review of a script takes ten working days.",
    "Payments abroad are declared at the bank.",
    "The platform keeps thirty percent of payments.",
]
ZH = [
    "外国演员来华工作要办Z字签证。",
    "微短剧的备案费用是三百元。",
    "个人所得税由雇用公司缴纳。",
    "合同必须用两种语言书写。",
    "意外保险覆盖拍摄现场。",
    "剧本审查需要十个工作日。",
    "境外付款要向银行申报。",
    "平台收取百分之三十的分成。",
]
PAIRS = list(zip(EN, ZH, strict=True))


@pytest.fixture
def mixed(tmp_path: Path) -> Library:
    stock(tmp_path, text_document("en.md", *EN), text_document("zh.md", *ZH, language="zh-Hans"))
    return Library(tmp_path, HashEmbedder(), make_judge())


def find(library: Library, text: str, language: str, limit: int = 3) -> list[str]:
    found = library.search(text, language=language, audience=Audience.PUBLIC, limit=limit)
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    return [one.passage.text for one in found]


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_each_passage_is_found_by_its_words_on_a_mixed_shelf(
    mixed: Library, english: str, chinese: str
) -> None:
    assert find(mixed, english.removesuffix(".") + "?", "en")[0] == english
    assert find(mixed, chinese.removesuffix("。") + "吗？", "zh-Hans")[0] == chinese


def test_traditional_characters_find_simplified_ones(mixed: Library) -> None:
    assert find(mixed, "外國演員簽證", "zh-Hant")[0] == ZH[0]


def test_names_and_numbers_are_found_in_another_language(mixed: Library) -> None:
    assert EN[1] in find(mixed, "сколько стоит filing fee 300 yuan", "ru")


def test_a_cosine_counts_against_the_background_of_its_language(tmp_path: Path) -> None:
    """Whatever its language, a hit lies above the texts of its own group."""
    stock(tmp_path, text_document("en.md", *EN), text_document("zh.md", *ZH, language="zh-Hans"))
    embedder = HashEmbedder()
    retriever = Retriever(ShelfReader(tmp_path, embedder.fingerprint), embedder)
    ranking = retriever.rank(EN[1], language="en", audiences=[Audience.PUBLIC])
    assert set(ranking.expected) == {"passage:en", "passage:zh-Hans"}
    best = ranking.hits[0]
    assert best.z == pytest.approx(ranking.standardise(best.cosine, "passage:en"), abs=1e-3)
    assert best.z > 1
    zs = [hit.z for hit in ranking.hits if hit.passage.language == "zh-Hans"]
    assert abs(float(np.mean(zs))) < 1
    assert all(0 <= hit.overlap < 1.6 for hit in ranking.hits)
    assert 0 <= ranking.known <= 1


def test_a_limit_is_kept(mixed: Library) -> None:
    assert len(find(mixed, "visa", "en", limit=1)) == 1
    assert len(find(mixed, "visa", "en", limit=500)) == len(EN) + len(ZH)


@pytest.mark.parametrize("text", ["", "👍", "?!", "\0", "visa " * 4000, "签" * 20000])
def test_any_text_can_be_searched_for(mixed: Library, text: str) -> None:
    assert len(find(mixed, text, "und")) == 3


def test_an_empty_shelf_says_how_to_fill_it(tmp_path: Path) -> None:
    library = Library(tmp_path / "index", HashEmbedder())
    assert library.documents() == {}
    with pytest.raises(EmptyShelf, match="helpdesk ingest --starter"):
        find(library, "visa", "en")


def test_a_shelf_with_only_other_peoples_documents(tmp_path: Path) -> None:
    stock(tmp_path, text_document("staff.md", *EN, source=about(audience=Audience.STAFF)))
    library = Library(tmp_path, HashEmbedder(), make_judge())
    assert find(library, EN[0], "en") == []


WALLS = [
    (Audience.PUBLIC, {"public"}),
    (Audience.COMPANY, {"public", "company"}),
    (Audience.ACTOR, {"public", "actor"}),
    (Audience.STAFF, {"public", "company", "actor", "staff"}),
]


@pytest.fixture
def walled(tmp_path: Path) -> Library:
    documents = [
        text_document(
            f"{audience}.md",
            f"The house rule of the day is {audience}.",
            source=about(audience=audience),
        )
        for audience in Audience
    ]
    tables = [
        faq_document(
            f"{audience}.csv",
            {"en": (f"What is the house rule {audience}?", f"The house rule says {audience}.")},
            source=about(audience=audience),
        )
        for audience in Audience
    ]
    stock(tmp_path, *documents, *tables)
    return Library(tmp_path, HashEmbedder(), make_judge())


@pytest.mark.parametrize(("reader", "visible"), WALLS)
def test_nobody_finds_what_is_not_for_them(
    walled: Library, reader: Audience, visible: set[str]
) -> None:
    for wanted in Audience:
        found = walled.search(
            f"What is the house rule {wanted}?", language="en", audience=reader, limit=50
        )
        assert {one.passage.provenance.audience.value for one in found} == visible
        assert len(found) == 2 * len(visible)


def test_one_document_in_full(walled: Library) -> None:
    entry, passages = walled.document("staff.md")
    assert entry.audience is Audience.STAFF
    assert [one.text for one in passages] == ["The house rule of the day is staff."]
    with pytest.raises(DocumentUnknown, match="documents list"):
        walled.document("nothing.md")


def test_simplified_and_traditional_are_one_text(tmp_path: Path) -> None:
    traditional = [text.replace("签证", "簽證").replace("办", "辦") for text in ZH]
    stock(tmp_path, text_document("hant.md", *traditional, language="zh-Hant"))
    embedder = HashEmbedder()
    retriever = Retriever(ShelfReader(tmp_path, embedder.fingerprint), embedder)
    simple, full = (
        retriever.rank(text, language="zh-Hans", audiences=[Audience.PUBLIC]).hits[0]
        for text in ("要办签证吗？", "要辦簽證嗎？")
    )
    assert (simple.passage, simple.cosine, simple.score) == (full.passage, full.cosine, full.score)
    in_title = embedder.embed_passages([f"hant.md\n\n{ZH[0]}"])[0]
    question = embedder.embed_questions(["要办签证吗？"])[0]
    assert simple.cosine == pytest.approx(float(in_title @ question), abs=1e-4)


def test_missing_words_count_only_in_the_language_of_the_question(tmp_path: Path) -> None:
    stock(tmp_path, text_document("en.md", *EN), text_document("zh.md", *ZH, language="zh-Hans"))
    embedder = HashEmbedder()
    retriever = Retriever(ShelfReader(tmp_path, embedder.fingerprint), embedder)
    ranking = retriever.rank("zeppelin", language="en", audiences=[Audience.PUBLIC])
    assert all(hit.overlap < 0.05 for hit in ranking.hits if hit.passage.language == "zh-Hans")
    for hit in ranking.hits:
        if hit.overlap == 0:
            assert (hit.score < hit.z) is (hit.passage.language == "en")


class CountingStore:
    """Counts how often Chroma is asked, and for how many questions at once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sizes: list[int] = []
        search = VectorStore.nearest

        def nearest(
            store: VectorStore, audience: Audience, vectors: Vectors, limit: int
        ) -> list[dict[str, float]]:
            self.sizes.append(len(vectors))
            return search(store, audience, vectors, limit)

        monkeypatch.setattr(VectorStore, "nearest", nearest)


def test_many_questions_find_what_each_finds_alone(
    mixed: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [*EN, *ZH]
    alone = [find(mixed, text, "en", limit=9) for text in asked]
    recent = RecentQuestions(HashEmbedder())
    library, counting = Library(tmp_path, recent), CountingStore(monkeypatch)
    together = [
        find(library, text, "en", limit=9) for text in recent.ahead(asked, fold, library.look_ahead)
    ]
    assert together == alone
    assert counting.sizes == [len(asked)]


def test_what_was_found_ahead_is_not_kept_when_the_shelf_changes(tmp_path: Path) -> None:
    stock(tmp_path, text_document("en.md", *EN[:4]))
    recent = RecentQuestions(HashEmbedder())
    library = Library(tmp_path, recent)
    items = recent.ahead([EN[5]], fold, library.look_ahead)
    assert next(items) == EN[5]
    stock(tmp_path, text_document("more.md", *EN[4:]))
    assert find(library, EN[5], "en")[0] == EN[5]


def test_what_is_looked_up_ahead_is_for_everybody(tmp_path: Path) -> None:
    stock(
        tmp_path,
        text_document("public.md", *EN[:4]),
        text_document("internal.md", *EN[4:], source=about(audience=Audience.STAFF)),
    )
    recent = RecentQuestions(HashEmbedder())
    library = Library(tmp_path, recent)
    for text in recent.ahead(EN, fold, library.look_ahead):
        seen = find(library, text, "en", limit=8)
        assert set(seen) <= set(EN[:4])
        staff = library.search(text, language="en", audience=Audience.STAFF, limit=8)
        assert staff[0].passage.text == text


def test_nobody_is_stopped_because_a_shelf_cannot_be_searched_ahead(tmp_path: Path) -> None:
    recent = RecentQuestions(HashEmbedder())
    library = Library(tmp_path, recent)
    assert list(recent.ahead(EN, fold, library.look_ahead)) == EN
