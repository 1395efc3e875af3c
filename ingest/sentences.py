"""Where sentences end, and long paragraphs divided there."""

import re
from functools import cache
from typing import TYPE_CHECKING

from ingest.measure import DIVIDE_OVER, LETTER, MERGE_UP_TO, weigh

if TYPE_CHECKING:
    from llama_index.core.node_parser import SentenceSplitter

_CLOSING = r"[”’」』）)\]\"']*"
_END = re.compile(rf"[。！？；…]+{_CLOSING}|[.!?]+{_CLOSING}(?=\s+[\"“«(¿¡]?[^\Wa-zа-яё_])|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Art|Arts|Sec|Dr|Mr|Mrs|Ms|Co|Ltd|Inc|Corp|vs|cf|etc|e\.g|i\.e|approx|Fig|pp?|"
    r"Sr|Sra|núm|art|ст|п|г|руб|тыс)|\b[^\W\d_])\.$"
)
_LONGEST_ABBREVIATION = 12


def split_sentences(text: str) -> list[str]:
    """Cut the text behind every sentence; joined again, the parts are the text."""
    parts: list[str] = []
    start = 0
    for match in _END.finditer(text):
        word = text[max(start, match.end() - _LONGEST_ABBREVIATION) : match.end()]
        if not _ABBREVIATION.search(word):
            parts.append(text[start : match.end()])
            start = match.end()
    return [part for part in (*parts, text[start:]) if part]


def divide(text: str) -> list[str]:
    """Divide a text that is too long for one passage at the ends of its sentences.

    Each part weighs at most what small paragraphs are merged up to; a single sentence that is
    longer is cut at commas, then between words.
    """
    if weigh(text) <= DIVIDE_OVER:
        return [text]
    return [part for part in _load_splitter().split_text(text) if part.strip()]


@cache
def _load_splitter() -> "SentenceSplitter":
    # Imported here because it takes a second. With a sentence function and a tokenizer of our own
    # the splitter loads nothing from the network.
    from llama_index.core.node_parser import SentenceSplitter

    return SentenceSplitter(
        chunk_size=int(MERGE_UP_TO / LETTER),
        chunk_overlap=0,
        paragraph_separator="\n\n\n",
        chunking_tokenizer_fn=split_sentences,
        secondary_chunking_regex=r"[^,，、;；]+[,，、;；]?|[,，、;；]+",
        tokenizer=_tokenize,
    )


def _tokenize(text: str) -> list[None]:
    """As many tokens as the text weighs in letters: the splitter only counts them."""
    return [None] * round(weigh(text) / LETTER)
