"""Whether a page has changed: told by what can be read in it, not by its bytes."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.errors import DocumentError
from knowledge.passage import Document

# How often somebody has looked at a page is no part of what it says.
_COUNTERS: Final = re.compile(
    r"(?:浏览|瀏覽|阅读|閱讀|访问|訪問|点击|點擊)(?:次数|次數|量|数|數|人数)?\s*[:：]?\s*\d[\d,]*\s*次?"
    r"|\b(?:page )?(?:views?|hits|visits)\s*[:：]\s*\d[\d,]*",
    re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Wording:
    """The SHA-256 of a text and how many signs it has.

    ``refusal`` is why all of it is held back until a person has looked at it.
    """

    fingerprint: str
    length: int
    refusal: DocumentError | None = None


def read_wording(document: Document, refusal: DocumentError | None = None) -> Wording:
    """What a document says, without spaces and counters of visitors."""
    text = "\n".join(_BLANKS.sub("", _COUNTERS.sub("", line)) for line in _list_texts(document))
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return Wording(digest, len(text), refusal)


def _list_texts(document: Document) -> Iterator[str]:
    yield document.provenance.title
    for passage in document.passages:
        yield " > ".join(passage.headings)
        yield from (question.text for question in passage.questions)
        yield passage.text
