"""The check that stands between a language model and a customer.

A sentence may be shown when its quote stands in the source word for word and the whole sentences
around the quote say what it says: the same figures with their units and bounds, the same dates and
names, nothing denied that is affirmed there, no restriction left out, and its words explained. What
cannot be judged is a fault: the quoted answer is shown instead, and that costs nothing.
"""

from collections.abc import Callable, Iterator, Sequence

from knowledge.grounding.alignment import matched_text
from knowledge.grounding.answers import answer_faults, is_bare, without_answer
from knowledge.grounding.claim import Claim, Fault
from knowledge.grounding.figure_check import date_faults, figure_faults
from knowledge.grounding.form import form_faults
from knowledge.grounding.modality_check import modality_faults
from knowledge.grounding.names import name_faults
from knowledge.grounding.operators import is_judged
from knowledge.grounding.pairing import pairing_faults
from knowledge.grounding.quotation import find_quote, is_telling, sentences_around
from knowledge.grounding.restrictions import restriction_faults, widening_faults
from knowledge.grounding.statement import Statement, read_statement
from knowledge.grounding.support import Coverage, cover
from knowledge.grounding.tongue import is_in_language
from knowledge.grounding.wording import plain_form
from knowledge.language import base
from knowledge.passage import Passage

Nearness = Callable[[str, str], float]

_NEAR = 0.5
"""Least cosine of a claim and its quote; below it they speak of different things.

It tells no wrong sentence from a right one, which is what the rest of the check is for: of true
translations 97 in 100 have more, with the bundled model and its map, and so have most false ones.
"""
_WORDS_FOR_ONE = 4
"""Words of content for each that may be unexplained; of a paraphrase twice as many."""


def examine(
    claim: Claim, sources: Sequence[Passage], *, question: str, nearness: Nearness | None = None
) -> tuple[Fault, ...]:
    """Return what is wrong with a claim; nothing where it may be shown.

    ``sources`` are the passages in the order in which the model was given them, ``question`` is what
    was asked, ``nearness`` the cosine of two texts, for claims in another language than the quote.
    """
    if not 1 <= claim.source <= len(sources):
        return (Fault.NO_SOURCE,)
    if not claim.quote.strip():
        return (Fault.NO_QUOTE,)
    passage = sources[claim.source - 1]
    places = find_quote(claim.quote, passage.text)
    if not places:
        return (Fault.QUOTE_NOT_IN_SOURCE,)
    texts = dict.fromkeys(sentences_around(passage.text, *place) for place in places)
    found = [_examine(claim, text, passage, question, nearness) for text in texts]
    return min(found, key=len)


def _examine(
    claim: Claim, quoted: str, passage: Passage, question: str, nearness: Nearness | None
) -> tuple[Fault, ...]:
    """Hold a claim against the sentences that its quote stands in."""
    own = {one.text for one in passage.questions}
    if is_bare(claim.text, claim.language) and _begins(passage, quoted):
        return tuple(answer_faults(claim, quoted, passage.language, question, own))
    faults = dict.fromkeys(_plain_faults(claim, quoted))
    if not is_telling(claim.quote):
        faults[Fault.NO_QUOTE] = None
    if not is_judged(base(claim.language)) or not is_judged(base(passage.language)):
        return (*faults, Fault.UNSUPPORTED)
    faults |= dict.fromkeys(answer_faults(claim, quoted, passage.language, question, own))
    said = read_statement(without_answer(claim.text, claim.language), claim.language)
    given = read_statement(without_answer(quoted, passage.language), passage.language)
    compared = _turned_faults if claim.backward else _compared_faults
    faults |= dict.fromkeys(compared(said, given, passage, question))
    if not _is_supported(claim, quoted, said, given, nearness):
        faults[Fault.UNSUPPORTED] = None
    return tuple(faults)


def _begins(passage: Passage, quoted: str) -> bool:
    """Whether some sentences begin the passage, so that their yes or no answers its question."""
    return passage.text.startswith(quoted)


def spoken_of(text: str, language: str, quoted: str, quoted_language: str) -> str:
    """Return the part of ``quoted`` that a sentence speaks of: the clauses that share most with it."""
    said = read_statement(without_answer(text, language), language)
    given = read_statement(without_answer(quoted, quoted_language), quoted_language)
    return matched_text(said, given)


def _plain_faults(claim: Claim, quoted: str) -> Iterator[Fault]:
    if not is_in_language(claim.text, claim.language):
        yield Fault.LANGUAGE
    yield from form_faults(claim.text, claim.language, quoted)


def _compared_faults(
    said: Statement, given: Statement, passage: Passage, question: str
) -> Iterator[Fault]:
    yield from figure_faults(said, given)
    yield from date_faults(said, given)
    yield from name_faults(said, given, _pool(passage))
    yield from modality_faults(said, given)
    yield from restriction_faults(said, given, question)
    yield from pairing_faults(said, given)


def _turned_faults(
    said: Statement, given: Statement, passage: Passage, question: str
) -> Iterator[Fault]:
    """What the way back can show: a figure or a denial that got lost, an "only", a turned verb."""
    del question
    yield from figure_faults(said, given)
    yield from date_faults(said, given)
    yield from name_faults(said, given, _pool(passage))
    yield from modality_faults(said, given, backward=True)
    yield from widening_faults(said, given)
    yield from pairing_faults(said, given)


def _pool(passage: Passage) -> str:
    """All that a passage says of itself, in which names may stand."""
    source = passage.provenance
    parts = (
        passage.text,
        source.title,
        source.issuer,
        source.number,
        source.url,
        *passage.headings,
    )
    return plain_form(" \n ".join(parts))


def _is_supported(
    claim: Claim, quoted: str, said: Statement, given: Statement, nearness: Nearness | None
) -> bool:
    coverage = cover(said, given)
    foreign = said.wording.language != given.wording.language
    if coverage.invented or not _is_explained(coverage, foreign=foreign):
        return False
    if not foreign:
        return True
    return nearness is not None and nearness(claim.text, quoted) >= _NEAR


def _is_explained(coverage: Coverage, *, foreign: bool) -> bool:
    if coverage.hard or not coverage.content or (coverage.unknown and not foreign):
        return False
    spared = coverage.content // (_WORDS_FOR_ONE if foreign else 2 * _WORDS_FOR_ONE)
    return len(coverage.soft) + len(coverage.unknown) <= spared
