"""Where a quote stands in a passage, and the whole sentences that it stands in.

A quote may be cut so that the "not" before it is lost; the sentence around it may not.
"""

import re

_END = re.compile(r"[。！？!?…]+[”’」』）)\"]*|\.(?=[\s”\"]|$)|\n+")
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:no|nos|art|arts|mr|mrs|ms|dr|prof|inc|ltd|co|corp|approx|ca|e\.g|i\.e|etc|vs|st|fig|sec|para|p|pp|vol"
    r"|núm|sr|sra|ee|uu|bspw|bzw|usw|z\.b|nr|abs|ziff|г|гг|ст|п|пп|т\.е|т\.д|т\.п|др|млн|млрд|тыс|руб|долл|ул"
    r"|พ\.ศ|ค\.ศ|dll|tgl|jl|s\.d|u\.s|u\.k|a\.m|p\.m|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
    r"|(?:^|[\s(.])\w|(?<!\d)\d{1,2})$",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"\s*(?:但是?|然而|不过|除外|例外|前款|上述规定不|以上规定不|本条不|however\b|but\b|except\b|unless\b|this does not apply"
    r"|the above does not|однако\b|но\b|исключени|pero\b|sin embargo|excepto|salvo)",
    re.IGNORECASE,
)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAST_EAST, _LEAST_LETTERS, _LEAST_WORDS = 4, 10, 2


def is_telling(quote: str) -> bool:
    """Whether a quote is long enough to mean something."""
    if len(_EAST.findall(quote)) >= _LEAST_EAST:
        return True
    letters = sum(character.isalnum() for character in quote)
    return letters >= _LEAST_LETTERS and len(quote.split()) >= _LEAST_WORDS


def find_quote(quote: str, text: str) -> tuple[tuple[int, int], ...]:
    """Return where ``quote`` stands in ``text`` word for word; only white space may differ."""
    words = quote.split()
    if not words:
        return ()
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    return tuple(match.span() for match in pattern.finditer(text))


def sentences_around(text: str, start: int, end: int) -> str:
    """Return the sentences of ``text`` that the span touches.

    What follows is taken in where it begins with an exception ("However, this does not apply to").
    """
    places = sentence_ends(text)
    first = max((place for place in places if place <= start), default=0)
    last = min((place for place in places if place >= end), default=len(text))
    if last < len(text) and _FURTHER.match(text, last):
        last = min((place for place in places if place > last), default=len(text))
    return text[first:last].strip()


def sentence_ends(text: str) -> tuple[int, ...]:
    """Where each sentence of a text ends; where that is not sure, it does not."""
    return tuple(match.end() for match in _END.finditer(text) if not _is_no_end(text, match))


def _is_no_end(text: str, match: re.Match[str]) -> bool:
    if match[0] != ".":
        return False
    rest = text[match.end() :].lstrip()
    if rest[:1].islower():
        return True
    return bool(_ABBREVIATIONS.search(text[max(0, match.start() - 8) : match.start()])) and bool(
        rest
    )
