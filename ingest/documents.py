"""Drafts to documents: titles, languages and ids are settled here."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from ingest.article_dates import date_pieces
from ingest.drafts import Answer, BlockKind, Draft, Entry
from ingest.fingerprints import make_origin
from ingest.front_matter import Metadata
from ingest.held import Decisions
from ingest.languages import find_language, find_passage_language
from ingest.recollection import Recognitions
from ingest.splitting import Piece, split
from ingest.structure import drop_title
from knowledge.origin import Origin
from knowledge.passage import (
    Audience,
    Document,
    Passage,
    PassageKind,
    Provenance,
    QuestionVariant,
)

_FIRST_LANGUAGES = ("zh-Hans", "en")


@dataclass(frozen=True, slots=True)
class Filing:
    """Under which id a document is filed, for whom, and the hash of what it was made from.

    ``decisions`` are those about parts that were held back, ``recognised`` what recognition read of
    its pictures before (:mod:`ingest.recollection`). ``origin`` is what the manifest says of the
    file and of what reads it.
    """

    id: str
    content_hash: str
    audience: Audience | None
    decisions: Decisions = field(default_factory=dict)
    recognised: Recognitions = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)


def hash_source(data: bytes, *, document: str, audience: Audience | None) -> str:
    """Return a hash that stays equal exactly while there is nothing to do for the document."""
    return hash_work(find_origin(data, document=document), document=document, audience=audience)


def find_origin(data: bytes, *, document: str) -> Origin:
    """What a document would be made from and by, if these bytes were read now."""
    return make_origin(document, hashlib.sha256(data).hexdigest())


def hash_work(origin: Origin, *, document: str, audience: Audience | None) -> str:
    """The same as :func:`hash_source`, where the bytes have been hashed already."""
    made = [origin.parser, origin.splitter, origin.source_hash, document, audience]
    return hashlib.sha256(json.dumps(made).encode()).hexdigest()


def make_text_document(draft: Draft, filing: Filing) -> Document:
    """Make the document of a running text, one passage for each piece of it."""
    title = find_title(draft, filing.id)
    text = "\n".join(block.text for block in draft.blocks)
    language = find_language(text, declared=draft.metadata.language, hint=draft.language)
    provenance = draft.metadata.provenance(title=title, audience=filing.audience)
    pieces = tuple(split(drop_title(draft.blocks, title), title=title))
    passages = (
        _from_piece(one.piece, filing.id, language, one.provenance)
        for one in date_pieces(pieces, provenance)
    )
    return _make_document(filing, language, provenance, _number(passages))


def make_table_document(draft: Draft, filing: Filing) -> Document:
    """Make the document of a FAQ table, one passage for each answer of each entry."""
    title = find_title(draft, filing.id)
    passages = tuple(
        passage
        for entry in draft.entries
        for passage in _from_entry(entry, filing, draft.metadata, title)
    )
    provenance = draft.metadata.provenance(title=title, audience=filing.audience)
    return _make_document(filing, passages[0].language, provenance, _number(passages))


def enclose(document: Document, members: Iterable[tuple[str, Document]]) -> Document:
    """Put the passages of other documents behind a document's own.

    Each stays what it is, with the name of the file that it is from before its place.
    """
    enclosed = (
        replace(
            passage,
            document=document.id,
            locator=" > ".join(filter(None, (name, passage.locator))),
            entry=f"{name}#{passage.entry}" if passage.entry else "",
        )
        for name, member in members
        for passage in member.passages
    )
    passages = tuple(_number((*document.passages, *enclosed)))
    spoken = document.language
    if passages and not document.passages:
        spoken = passages[0].language
    return replace(document, passages=passages, language=spoken)


def find_title(draft: Draft, document: str) -> str:
    """The title: front matter, the file's own, the first heading, or the name of the file."""
    heading = next(
        (block.text for block in draft.blocks if block.kind is BlockKind.HEADING and block.text), ""
    )
    own = draft.metadata.title or draft.title
    # A page's title often goes on with the name of the site: 关于…的通知 - 某某局.
    if heading and own.startswith(heading):
        return heading
    return own or heading or PurePosixPath(document).stem


def _make_document(
    filing: Filing, language: str, provenance: Provenance, passages: Iterable[Passage]
) -> Document:
    return Document(
        id=filing.id,
        content_hash=filing.content_hash,
        provenance=provenance,
        language=language,
        passages=tuple(passages),
        origin=filing.origin,
    )


def _from_piece(piece: Piece, document: str, language: str, provenance: Provenance) -> Passage:
    spoken = find_passage_language(piece.text, document=language)
    questions = (QuestionVariant(piece.question, spoken),) if piece.question else ()
    return Passage(
        id="",
        document=document,
        ordinal=0,
        kind=PassageKind.FAQ if piece.whole else PassageKind.TEXT,
        language=spoken,
        locator=piece.locator,
        text=piece.text,
        provenance=provenance,
        headings=piece.headings,
        questions=questions,
    )


def _from_entry(entry: Entry, filing: Filing, base: Metadata, title: str) -> Iterator[Passage]:
    # The original comes first: what the row says it is, or else the Chinese.
    original = entry.metadata.language
    answers = sorted(entry.answers, key=lambda one: (one.language != original, _rank(one)))
    metadata = entry.metadata.over(base)
    for answer in answers:
        questions = _choose_questions(entry, answer, answers)
        heading = next((one.text for one in questions if one.language == answer.language), title)
        yield Passage(
            id="",
            document=filing.id,
            ordinal=0,
            kind=PassageKind.FAQ,
            language=answer.language,
            locator=entry.id,
            text=answer.text,
            provenance=metadata.provenance(title=heading, audience=filing.audience),
            questions=questions,
            entry=entry.id,
        )


def _rank(answer: Answer) -> int:
    first = _FIRST_LANGUAGES
    return first.index(answer.language) if answer.language in first else len(first)


def _choose_questions(
    entry: Entry, answer: Answer, answers: list[Answer]
) -> tuple[QuestionVariant, ...]:
    """Variants in the answer's language; the first answer also takes those without an answer."""
    answered = {one.language for one in answers}
    own = [one for one in entry.questions if one.language == answer.language]
    strays = [one for one in entry.questions if one.language not in answered]
    return tuple(own + strays) if answer is answers[0] else tuple(own)


def _number(passages: Iterable[Passage]) -> Iterator[Passage]:
    for ordinal, passage in enumerate(passages):
        place = f"{passage.entry}@{passage.language}" if passage.entry else str(ordinal)
        identifier = f"{passage.document}#{place}-{_fingerprint(passage)}"
        yield passage.placed(ordinal=ordinal, identifier=identifier)


def _fingerprint(passage: Passage) -> str:
    """Eight hexadecimal digits of what the passage says and of everything said about it."""
    content = json.dumps(_values(passage), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def _values(value: object) -> object:
    """The fields of dataclasses by name; ``asdict`` has them too, but copies each value."""
    if isinstance(value, tuple):
        return [_values(one) for one in value]
    kind: Any = value.__class__
    names = _names(kind)
    return {name: _values(getattr(value, name)) for name in names} if names else value


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - mypy has no name for such classes
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
