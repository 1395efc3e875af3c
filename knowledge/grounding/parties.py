"""Who has to do what: the party that a clause is about, where each does something else.

"The company buys insurance for the student" names all that "the student buys insurance for the
company" names; "a guardian needs the permit" all of "a child needs a permit, a guardian watches".
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.grounding.agents import BY, by_pattern
from knowledge.grounding.clauses import Clause
from knowledge.grounding.statement import Statement
from knowledge.grounding.support import weight, with_kin
from knowledge.grounding.tables import concept_group
from knowledge.grounding.vocabulary import Hit

_MORE = frozenset({"teacher", "child", "authority", "police", "union", "member"})
_MUTUAL = frozenset({"consent"})
"""What one gives and another gets: both have it."""
_COMMA = re.compile(r"(?<!\d),|,(?!\d)|[()]")
_ACTS = frozenset({"question", "decide", "notify_w", "name_appoint"})
"""What one party does to another, though it says little else."""
_NAMING = frozenset({"science_tech", "shenzhen", "guangdong", "office", "ministry", "radio_tv"})
"""What the names of authorities are made of."""
_FOR = {
    "zh": r"[为向对给与和把将替]$",
    "en": r"\b(?:for|to|with|of|from|at|by|on|the consent of) (?:the |an? |its |their )?$",
    "es": r"\b(?:para|a|al|con|de|del|por)(?: el| la| los| las| un| una| su)? ?$",
    "pt": r"\b(?:para|ao|aos|à|às|com|de|do|da|dos|das|por|pelo|pela)(?: o| a| os| as| um| uma)? ?$",
    "fr": r"(?:\b(?:pour|à|au|aux|avec|de|du|des|par|chez)(?: le| la| les| un| une| son)? ?|\b[ld]'|à l'|de l')$",
    "id": r"\b(?:untuk|kepada|dengan|dari|oleh|bagi|pada) $",
    "vi": r"(?:cho|với|của|từ|bởi|đối với) $",
    "th": r"(?:ให้|แก่|กับ|ของ|จาก|โดย|สำหรับ)$",
    "ja": r"(?!)",
    "ko": r"(?!)",
}
"""What stands just before a party that something is done for, and that does nothing itself."""
_BEHIND = {"ja": r"(?:の|に|を|と|から|へ)", "ko": r"(?:의|에게|을|를|와|과|로부터|한테)"}
"""The same, behind a party."""


@dataclass(frozen=True, slots=True)
class _Doing:
    """The party that a clause is about, all that may do something there, and what it names.

    ``first`` is empty where the clause is about what the clause before it is about, ``named`` are
    all parties there.
    """

    first: frozenset[str]
    parties: frozenset[str]
    named: frozenset[str]
    things: frozenset[str]


def confuses_parties(claim: Statement, source: Statement) -> bool:
    """Whether a party does what in the source only another one does."""
    theirs = _doings(source)
    for mine in _doings(claim):
        most = max((len(one.things & mine.things) for one in theirs), default=0)
        homes = [one for one in theirs if most and len(one.things & mine.things) == most]
        known = homes and all(one.parties for one in homes)
        if not mine.first or not known:
            continue
        if mine.things & _MUTUAL and any(with_kin(one.named) & mine.first for one in homes):
            continue
        if not any(with_kin(one.parties) & mine.first for one in homes):
            return True
    return False


def _doings(statement: Statement) -> list[_Doing]:
    """The clauses with the party each is about; a clause that names none is about the last one's."""
    if statement.wording.language not in _FOR:
        return []
    found, about, segment = list[_Doing](), frozenset[str](), -1
    for clause, start, end in _parts(statement):
        if clause.segment != segment:
            about, segment = frozenset(), clause.segment
        hits = tuple(hit for hit in statement.hits if start <= hit.start < end)
        named = _subjects(start, end, hits, statement)
        about = named[0] if named else about
        things = {
            concept
            for hit in hits
            if _tells(hit) and not hit.concepts & (_known() | _NAMING)
            for concept in hit.concepts
        }
        first = named[0] if named else frozenset[str]()
        there = frozenset(c for hit in hits for c in hit.concepts & _known())
        found.append(_Doing(first, about.union(*named), there, frozenset(things)))
    return found


def _parts(statement: Statement) -> Iterator[tuple[Clause, int, int]]:
    """The parts of each clause between its commas."""
    text = statement.wording.lower
    for clause in statement.clauses:
        commas = [match.end() for match in _COMMA.finditer(text, clause.start, clause.end)]
        for start, end in itertools.pairwise(sorted({clause.start, *commas, clause.end})):
            yield clause, start, end


def _subjects(
    start: int, end: int, hits: tuple[Hit, ...], statement: Statement
) -> list[frozenset[str]]:
    """The parties that a clause may be about: behind "by", or those that nothing is done for."""
    language, text = statement.wording.language, statement.wording.lower
    parties = [hit for hit in hits if hit.concepts & _known()]
    if language in BY:
        passive = by_pattern(language).search(text, start, end)
        doing = [hit for hit in parties if passive and hit.start >= passive.end()]
        if doing:
            return [doing[0].concepts & _known()]
    before, behind = re.compile(_FOR[language]), re.compile(_BEHIND.get(language, r"(?!)"))
    acts = [hit for hit in hits if hit.concepts - _known() and _tells(hit)]
    return [
        hit.concepts & _known()
        for index, hit in enumerate(parties)
        if not (index and any(parties[0].end <= act.start < hit.start for act in acts))
        and not before.search(text[start : hit.start])
        and not behind.match(text, hit.end)
    ]


def _known() -> frozenset[str]:
    return (concept_group("parties") | _MORE) - {"user", "platform"}


def _tells(hit: Hit) -> bool:
    return weight(hit) != "light" or bool(hit.concepts & _ACTS)
