from hypothesis import given
from hypothesis import strategies as st

from knowledge.codec import decode, encode
from knowledge.dates import PartialDate
from knowledge.jurisdiction import Jurisdiction
from knowledge.passage import (
    Audience,
    Passage,
    PassageKind,
    Provenance,
    QuestionVariant,
    Trust,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DATES = st.none() | st.builds(
    lambda day, parts: PartialDate.parse("-".join(day.isoformat().split("-")[:parts])),
    st.dates(),
    st.integers(1, 3),
)
SOURCES = st.builds(
    Provenance,
    title=TEXT,
    issuer=TEXT,
    number=TEXT,
    url=TEXT,
    issued=DATES,
    effective_from=DATES,
    effective_to=DATES,
    checked=DATES,
    trust=st.sampled_from(Trust),
    audience=st.sampled_from(Audience),
    topics=st.lists(TEXT, max_size=3).map(tuple),
    replaces=st.lists(TEXT, max_size=3).map(tuple),
    jurisdiction=st.none()
    | st.sampled_from(["city:深圳", "abroad", "abroad:US/GB"]).map(Jurisdiction.parse),
    review_by=DATES,
    owner=TEXT,
)
PASSAGES = st.builds(
    Passage,
    id=TEXT,
    document=TEXT,
    ordinal=st.integers(0, 10**6),
    kind=st.sampled_from(PassageKind),
    language=st.sampled_from(["zh-Hans", "en", "und"]),
    locator=TEXT,
    text=TEXT,
    provenance=SOURCES,
    headings=st.lists(TEXT, max_size=3).map(tuple),
    questions=st.lists(st.builds(QuestionVariant, TEXT, TEXT), max_size=3).map(tuple),
    entry=TEXT,
)


@given(PASSAGES)
def test_a_passage_survives_being_stored(passage: Passage) -> None:
    assert decode(encode(passage)) == passage
