"""Whether figures, parties and opposites stand together as they do in what is quoted.

All figures of "A 5 %, B 10 %" are in "A 10 %, B 5 %" too, and all words of "the employer pays the
actor" in "the actor pays the employer".
"""

import itertools
import re
from collections.abc import Iterator

from knowledge.grounding.agents import BY, by_pattern, confuses_agents
from knowledge.grounding.alignment import Anchor, is_same, read_anchors
from knowledge.grounding.claim import Fault
from knowledge.grounding.conjunctions import confuses_conjunctions
from knowledge.grounding.directions import crosses_a_border
from knowledge.grounding.labels import confuses_labels
from knowledge.grounding.parties import confuses_parties
from knowledge.grounding.rivals import confuses_rivals
from knowledge.grounding.sequence import confuses_order, read_steps
from knowledge.grounding.statement import Statement
from knowledge.grounding.support import weight, with_kin
from knowledge.grounding.tables import concept_group, load_table
from knowledge.grounding.timing import confuses_timing
from knowledge.grounding.vocabulary import Hit

_ITEM = re.compile(
    r"(?<!\d)[,;:。、→]|[,;:。、→](?!\d)|\.(?=\s|$)|(?<=\s)(?:and|while|и|а|y|mientras|e|et|und|dan|và|ve|و)(?=\s)|และ"
)
_TIERS = frozenset({"key_tier", "ordinary_tier", "other_tier"})
_BEFORE_ITS_HEAD = frozenset({"zh", "ja", "ko", "tr", "de"})
"""Languages that put a place before what is done there."""
_CLOSE, _CLOSE_EAST = 24, 12


def pairing_faults(claim: Statement, source: Statement) -> Iterator[Fault]:
    """Yield faults where the claim gives one thing's figure to another, or swaps things."""
    if _has_misplaced_figure(claim, source) or confuses_rivals(claim, source):
        yield Fault.FIGURES
    if confuses_labels(claim, source):
        yield Fault.UNSUPPORTED
    if confuses_timing(claim, source):
        yield Fault.DATES
    if confuses_order(claim, source) or confuses_conjunctions(claim, source):
        yield Fault.ORDER
    if _swaps_opposites(claim, source) or _crosses_opposites(claim, source):
        yield Fault.NEGATION
    if (
        confuses_agents(claim, source)
        or crosses_a_border(claim, source)
        or confuses_parties(claim, source)
        or _swaps_parties(claim, source)
        or _breaks_compound(claim, source)
    ):
        yield Fault.UNSUPPORTED


def _items(statement: Statement) -> list[tuple[int, int]]:
    """The parts of a list: between commas, and between the words for and."""
    text = statement.wording.lower
    places = sorted({0, len(text), *(match.end() for match in _ITEM.finditer(text))})
    return list(itertools.pairwise(places))


def _has_misplaced_figure(claim: Statement, source: Statement) -> bool:
    """Whether an item joins a figure with a thing that the source joins with another figure."""
    mine, theirs = read_anchors(claim), read_anchors(source)
    homes = _inherited([_within(item, theirs) for item in _items(source)])
    return any(_is_misplaced(_within(item, mine), homes) for item in _items(claim))


def _within(item: tuple[int, int], anchors: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    return tuple(anchor for anchor in anchors if item[0] <= anchor.start < item[1])


def _inherited(homes: list[tuple[Anchor, ...]]) -> list[tuple[Anchor, ...]]:
    """Items with what they are about: one that names nothing itself is about what the last was."""
    found: list[tuple[Anchor, ...]] = []
    about: tuple[Anchor, ...] = ()
    for home in homes:
        own = tuple(anchor for anchor in home if anchor.kind in {"hard", "word"})
        about = own or about
        found.append(home if own else (*home, *about))
    return found


def _is_misplaced(here: tuple[Anchor, ...], homes: list[tuple[Anchor, ...]]) -> bool:
    figures = [anchor for anchor in here if anchor.kind == "figure"]
    for figure in figures:
        own = [home for home in homes if any(_is_figure(figure, other) for other in home)]
        for anchor in here:
            if not own or anchor.kind not in {"hard", "word"}:
                continue
            places = [home for home in homes if any(is_same(anchor, other) for other in home)]
            if places and all(_holds_another(home, figure, figures) for home in places):
                return True
    return False


def _is_figure(one: Anchor, other: Anchor) -> bool:
    """Whether two figures are one, bounds included where both have them."""
    sides = frozenset({"le", "lt", "ge", "gt"})
    mine, theirs = one.bounds & sides, other.bounds & sides
    return is_same(one, other) and (mine == theirs or not mine or not theirs)


def _holds_another(home: tuple[Anchor, ...], figure: Anchor, figures: list[Anchor]) -> bool:
    """Whether an item of the source has a figure of the kind, but not this one nor its company."""
    kind = _kind(figure)
    there = [one for one in home if one.kind == "figure" and _kind(one) == kind]
    return bool(there) and not any(_is_figure(one, other) for one in figures for other in there)


def _kind(figure: Anchor) -> str:
    return next(iter(figure.keys)).split("=")[0]


def _swaps_opposites(claim: Statement, source: Statement) -> bool:
    """Whether the claim names one of two where the source names the other."""
    said, left = _unmatched(claim.hits, source.hits), _unmatched(source.hits, claim.hits)
    table = load_table("concepts")
    ordered = any(read_steps(claim)) and any(read_steps(source))
    for one, other in (*table["opposites"], *table["contrasts"]):
        if one == "before_w" and ordered:
            continue  # what comes first is told by the steps
        for mine, theirs in ((one, other), (other, one)):
            if _names(said, mine) and _names(left, theirs):
                return True
    return False


def _crosses_opposites(claim: Statement, source: Statement) -> bool:
    """Whether two opposites change places: collected abroad, processed at home, or reversed."""
    for one, other in load_table("concepts")["opposites"]:
        theirs, mine = _companies(source, one, other), _companies(claim, one, other)
        if not all(theirs):
            continue
        if not all(mine):
            if _is_alone_across(claim, (one, other), theirs):
                return True
            continue
        kept = (mine[0] & theirs[0]) | (mine[1] & theirs[1])
        turned = mine[0] & theirs[1] and mine[1] & theirs[0]
        if turned and not kept:
            return True
    return False


def _is_alone_across(
    claim: Statement, pair: tuple[str, str], theirs: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Whether a claim names one of two opposites, with what goes with the other in the source."""
    for place, name in enumerate(pair):
        hits = [hit for hit in claim.hits if name in hit.concepts]
        if len(hits) != 1 or any(pair[1 - place] in hit.concepts for hit in claim.hits):
            continue
        rest = [hit for hit in claim.hits if hit.concepts and hit not in hits]
        company = _company(hits[0], rest, claim)
        own, foreign = theirs[place], theirs[1 - place]
        if company & (foreign - own) and not company & own:
            return True
    return False


def _companies(statement: Statement, one: str, other: str) -> tuple[frozenset[str], frozenset[str]]:
    """What each of two opposites goes with, where they stand nearest to each other."""
    kin = with_kin(frozenset({one})) - {other}, with_kin(frozenset({other})) - {one}
    mine, theirs = ([hit for hit in statement.hits if hit.concepts & own] for own in kin)
    pairs = [(a, b) for a in mine for b in theirs if not a.concepts & b.concepts]
    if not pairs:
        return frozenset(), frozenset()
    pair = min(pairs, key=lambda two: abs(two[0].start - two[1].start))
    rest = [hit for hit in statement.hits if hit.concepts and not hit.concepts & (kin[0] | kin[1])]
    first, last = (_company(hit, rest, statement) for hit in pair)
    return first, last


def _company(hit: Hit, rest: list[Hit], statement: Statement) -> frozenset[str]:
    """What follows a place or quality at once, or goes before it, as the language has it."""
    if statement.wording.language in _BEFORE_ITS_HEAD:
        return next((one.concepts for one in rest if one.start >= hit.end), frozenset())
    return next((one.concepts for one in reversed(rest) if one.end <= hit.start), frozenset())


def _unmatched(hits: tuple[Hit, ...], others: tuple[Hit, ...]) -> list[Hit]:
    """The terms of one text that the other does not name as often."""
    rest = [hit.concepts for hit in others if hit.concepts]
    unmatched = []
    for hit in sorted(hits, key=lambda one: len(one.concepts)):
        if not hit.concepts:
            continue
        found = next((concepts for concepts in rest if concepts & hit.concepts), None)
        if found is None:
            kin = with_kin(hit.concepts)
            found = next((concepts for concepts in rest if concepts & kin), None)
        if found is None:
            unmatched.append(hit)
        else:
            rest.remove(found)
    return unmatched


def _names(hits: list[Hit], concept: str) -> bool:
    return any(concept in hit.concepts for hit in hits)


def _swaps_parties(claim: Statement, source: Statement) -> bool:
    """Whether two between whom something is done change places."""
    mine, theirs = _deeds(claim), _deeds(source)
    return any(
        (other, deed, one) in theirs and (one, deed, other) not in theirs
        for one, deed, other in mine
    )


def _deeds(statement: Statement) -> set[tuple[str, str, str]]:
    """Who does what to whom: parties before and after a deed; none where a passive is said."""
    language = statement.wording.language
    if language not in BY or by_pattern(language).search(statement.wording.lower):
        return set()
    found = set[tuple[str, str, str]]()
    for deed in statement.hits:
        for act in deed.concepts & concept_group("deeds"):
            before = [
                h
                for h in statement.hits
                if h.end <= deed.start and h.concepts & concept_group("parties")
            ]
            after = [
                h
                for h in statement.hits
                if h.start >= deed.end and h.concepts & concept_group("parties")
            ]
            if before and after:
                found |= {(a, act, b) for a in before[-1].concepts for b in after[0].concepts}
    return found


def _breaks_compound(claim: Statement, source: Statement) -> bool:
    """Whether the claim joins words to a name, work permit, that stand apart in the source."""
    heads = concept_group("heads")
    for one, other in zip(claim.hits, claim.hits[1:], strict=False):
        pair = (one, other) if other.concepts & heads else (other, one)
        if not pair[1].concepts & heads or not _touch(one, other, claim):
            continue
        modifier, head = pair
        if modifier.concepts & _TIERS:
            continue
        if weight(modifier) == "hard" and not _is_near(modifier, head, source):
            return True
        if _is_one_word(one, other, claim) and not modifier.concepts & with_kin(source.concepts):
            return True
    return False


def _is_one_word(one: Hit, other: Hit, statement: Statement) -> bool:
    """Whether two terms are written together, as German does: role-playing games are no card games."""
    text = statement.wording.lower[one.start : other.end]
    return statement.wording.language == "de" and text.isalpha()


def _touch(one: Hit, other: Hit, statement: Statement) -> bool:
    """Whether nothing stands between two terms but a space, a hyphen or a word like of."""
    between = statement.wording.lower[one.end : other.start]
    return bool(
        re.fullmatch(r"[ -]?|e?[ns]|类|的| (?:de|of|for|на|d'|du|des|del|de la|do|da) ?", between)
    )


def _is_near(modifier: Hit, head: Hit, source: Statement) -> bool:
    """Whether the source names the two beside each other; true where it lacks one of them."""
    ones = [hit for hit in source.hits if hit.concepts & modifier.concepts]
    others = [hit for hit in source.hits if hit.concepts & head.concepts]
    if not ones or not others:
        return True
    reach = _CLOSE_EAST if source.wording.unspaced else _CLOSE
    return any(max(a.start, b.start) - min(a.end, b.end) <= reach for a in ones for b in others)
