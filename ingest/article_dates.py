"""The dates of single articles, where a rule gives them other ones than its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.numbering import is_annex, read_numeral
from ingest.splitting import Piece
from ingest.validity import Validity, read_articles, read_own
from knowledge.passage import Provenance

_LABEL = re.compile(r"(?:^|> )第([零〇一二三四五六七八九十百两\d]{1,7})[条條](?=$|[, (之])")


@dataclass(frozen=True, slots=True)
class DatedPiece:
    """A piece of a text, and its provenance: the document's, but for dates of its own."""

    piece: Piece
    provenance: Provenance


def date_pieces(pieces: Sequence[Piece], source: Provenance) -> Iterator[DatedPiece]:
    """Give each piece the dates that the text states for its article, else the document's."""
    base = Validity(source.effective_from, source.effective_to)
    text = "\n".join(piece.text for piece in pieces)
    named = read_articles(text, base=base, issued=source.issued)
    for piece in pieces:
        number = _article_of(piece)
        if not number:
            yield DatedPiece(piece, source)
            continue
        known = named.get(number, base)
        own = read_own(piece.text, base=known, issued=source.issued)
        yield DatedPiece(piece, replace(source, effective_from=own.begins, effective_to=own.ends))


def _article_of(piece: Piece) -> int:
    """The number of the article that a piece is or is part of; an annex counts its own."""
    if any(is_annex(heading) for heading in piece.headings):
        return 0
    match = _LABEL.search(piece.locator)
    return read_numeral(match[1]) if match else 0
