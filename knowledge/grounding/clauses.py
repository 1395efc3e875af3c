"""The clauses of a text, and what each does: states, denies, forbids, allows, demands, releases."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.grounding.operators import WEAKENING, Mark, combine
from knowledge.grounding.wording import Wording

_STOP = re.compile(r"[:→](?!\d)|(?<!\d)[:→]|[;。!?\n]| [-—] |—+|\.(?=\s|$)")
_BRACKETS = re.compile(r"[(\[][^()\[\]]{40,}[)\]]")
"""What stands in brackets at some length is a clause of its own; a name is not."""
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_BREAK = re.compile(rf"{_COMMA.pattern}|、")
_SEGMENT = re.compile(r"[;。!?\n→]|\.(?=\s|$)")
_EASTERN_COMMA = frozenset({"zh"})
"""Languages whose comma parts clauses; a list is written with another mark."""
_INSIDE = frozenset({"zh", "ja", "ko", "th"})
_TURNS = {
    "zh": r"但是?|然而|不过|而(?=不|非|没)|哪怕|即使|(?<=的)(?=给予|处以|处罚|罚款|由|须|应当|可以|不得|任何|另有|还要|还应|还须|还可|也要|并处)|(?<=[的后前])(?=不得|方可|才可)|就(?!业|地|诊|读|任|近|餐|医|座|是)",
    "en": r"(?<=, )not(?= (?:the|an?|by|to|for|in|on|its|just|one)\b)|but|while|whereas|although|though|however|yet|so(?= \w+ )|and (?=(?:nobody|no one|cannot|must|may|can|need not|is|are|does|do|has|have|will|should|not)\b)",
    "ru": r"(?<=, )не(?= )|но|а(?= )|однако|хотя|тогда как|и (?=не\b)",
    "es": r"(?<=, )no(?= )|pero|sino|mientras|y (?=(?:no|nadie)\b)",
    "pt": r"(?<=, )não(?= )|mas|porém|enquanto|e (?=(?:não|ninguém)\b)",
    "id": r"(?<=, )(?:bukan|tidak)(?= )|tetapi|tapi|namun|sedangkan|dan (?=tidak\b)",
    "fr": r"(?<=, )(?:non|pas)(?= )|mais|tandis que|alors que|et (?=(?:ne\b|n'|nul\b|personne\b))",
    "de": r"(?<=, )nicht(?= (?:für|die|der|das|den|dem|zu|zur|zum|auf|bei|in|im|als|ein\w*|von|vom)\b)|aber|sondern|während|doch|und (?=(?:nicht|kein\w*|niemand)\b)",
    "vi": r"(?<=, )(?:không|chứ không)(?= )|nhưng|tuy nhiên|trong khi|và (?=không\b)",
    "tr": r"(?<=, )(?=[^,.;]{2,40}(?:maz|mez|değil|değildir|yoktur|yok)\b)\w+|ama|fakat|oysa",
    "ar": r"لكن|ولكن|بينما|ولا(?= )",
    "th": r"(?<!ตั้ง)แต่(?!ละ)|ในขณะที่|และ(?=ไม่)",
    "ja": r"(?<=[がし])、|(?<=[りでく])、(?=[^、]{1,20}(?:ない|ません|ならない))|ただし|しかし",
    "ko": r"하지만|그러나|다만|(?<=지만) |(?<=으며) |(?<=하며) |(?<=하고) |(?<=이며) |(?<=이고) |(?<=되며) ",
}
_CONCESSIONS = {
    "zh": r"哪怕|即使|即便|就算",
    "en": r"not even|even (?:for|if|when|though|just|only)",
    "ru": r"даже",
    "es": r"ni siquiera|aunque|incluso",
    "pt": r"nem mesmo|nem sequer|mesmo que|ainda que",
    "id": r"walaupun|meskipun|sekalipun|walau|bahkan",
    "fr": r"pas même|même|ne serait-ce",
    "de": r"auch wenn|selbst wenn|nicht einmal|auch nicht|selbst",
    "vi": r"kể cả|dù|ngay cả|cho dù",
    "th": r"แม้",
    "ar": r"حتي|ولو",
}
"""Words that begin a clause which holds for what was just said, whatever that is: 哪怕, even for."""
_CONDITIONS = {
    "en": r"whoever|anyone who|those who|only after|after(?= (?:the|an?|you|they|it|having|obtaining|getting)\b)|if|when|where|unless|because|although|even if|even when|even though|once|provided",
    "ru": r"кто|тот, кто|те, кто|если|когда|хотя|даже если|поскольку|так как|после того как",
    "es": r"quien|quienes|si|cuando|aunque|porque|salvo que|una vez|a menos que",
    "pt": r"quem|se|quando|embora|porque|salvo se|caso|a menos que",
    "id": r"yang tidak|jika|apabila|bila|kalau|meskipun|karena|kecuali jika|setelah",
    "fr": r"quiconque|si|s'il|s'ils|lorsque|lorsqu'|quand|bien que|parce que|sauf si|à moins que|même si",
    "de": r"wer|wenn|falls|sofern|obwohl|weil|da|auch wenn|sobald|es sei denn",
    "vi": r"nếu|khi|mặc dù|vì|trừ khi|sau khi|dù",
    "ar": r"اذا|عندما|رغم|لان|الا اذا|ما لم|حتي لو|بعد ان",
    "tr": r"eğer|şayet",
    "th": r"หาก|ถ้า|เมื่อ|แม้|เพราะ|เว้นแต่",
}
"""Words that begin a clause of their own, which ends at the next comma."""
_FORCES = ("bar", "spare", "no", "must", "may")
DENYING = frozenset({"bar", "spare", "no"})
PLAIN = "plain"
WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a text; ``segment`` counts the parts between semicolons and stops."""

    start: int
    end: int
    segment: int
    marks: tuple[Mark, ...]

    @property
    def force(self) -> str:
        """bar, spare, no, must, may or plain."""
        kinds = {mark.kind for mark in self.marks}
        return next((force for force in _FORCES if force in kinds), PLAIN)

    @property
    def forces(self) -> tuple[Mark, ...]:
        """The marks that make a statement a denial, a ban, a permission or a demand, or "without"."""
        return tuple(mark for mark in self.marks if mark.kind in {*_FORCES, WITHOUT})

    @property
    def denials(self) -> int:
        """How many words of the clause deny something."""
        return sum(mark.kind in DENYING or mark.kind == WITHOUT for mark in self.marks)

    def has(self, *kinds: str) -> bool:
        """Whether one of these kinds of mark stands in the clause."""
        return any(mark.kind in kinds for mark in self.marks)

    def weakenings(self) -> frozenset[str]:
        """What weakens the clause: it is forecast, estimated, planned, alleged, usual."""
        return frozenset(mark.kind for mark in self.marks if mark.kind in WEAKENING)


def split_clauses(wording: Wording, marks: tuple[Mark, ...]) -> tuple[Clause, ...]:
    """Cut a text into clauses at its punctuation and at words such as but and if."""
    text = wording.lower
    places = sorted({0, len(text), *_cuts(wording)})
    clauses: list[Clause] = []
    for start, end in itertools.pairwise(places):
        if not any(character.isalnum() for character in text[start:end]):
            continue
        segment = len(_SEGMENT.findall(text[:start]))
        inside = [mark for mark in marks if start <= mark.start < end]
        clauses.append(Clause(start, end, segment, _combine(inside, wording)))
    return tuple(clauses)


def concedes(clause: Clause, wording: Wording) -> bool:
    """Whether a clause begins with a word such as even or 哪怕."""
    return bool(_pattern(_CONCESSIONS, wording.language).match(wording.lower, clause.start))


def _cuts(wording: Wording) -> Iterator[int]:
    text = wording.lower
    yield from (match.end() for match in _STOP.finditer(text))
    yield from (place for match in _BRACKETS.finditer(text) for place in match.span())
    for table in (_TURNS, _CONCESSIONS):
        yield from (match.start() for match in _pattern(table, wording.language).finditer(text))
    if wording.language in _EASTERN_COMMA:
        yield from (match.end() for match in _COMMA.finditer(text))
    for match in _pattern(_CONDITIONS, wording.language).finditer(text):
        comma = _COMMA.search(text, match.end())
        yield match.start()
        if comma:
            yield comma.end()


def _combine(marks: list[Mark], wording: Wording) -> tuple[Mark, ...]:
    """Join denials with what they deny, but not across a comma."""
    parts: list[list[Mark]] = [[]]
    for mark in marks:
        if parts[-1] and _BREAK.search(wording.lower, parts[-1][-1].end, mark.start):
            parts.append([])
        parts[-1].append(mark)
    return tuple(mark for part in parts for mark in combine(tuple(part), wording.language))


def _pattern(table: dict[str, str], language: str) -> re.Pattern[str]:
    written = table.get(language, r"(?!)")
    if language in _INSIDE:
        return re.compile(f"(?:{written})")
    edge = "" if language == "ar" else r"(?!\w)"
    return re.compile(
        rf"(?<!\w)[و]?(?:{written}){edge}" if language == "ar" else rf"(?<!\w)(?:{written}){edge}"
    )
