"""The yes or no that a sentence may begin with. It answers a question, so the source's must."""

import re
from collections.abc import Collection, Iterator
from functools import cache

from knowledge.grounding.claim import Claim, Fault
from knowledge.grounding.operators import combine, read_marks
from knowledge.grounding.tables import load_table
from knowledge.grounding.wording import compare_form, pattern_form
from knowledge.language import base

_STOP = r"\s*[,，:：.。;；!！—-]\s*"
_FORCES = ("bar", "spare", "may", "must")
_EITHER = re.compile(r"([\u4e00-\u9fff])[不没]\1")
"""Chinese asks whether by a verb and its denial: 能不能."""


def without_answer(text: str, language: str) -> str:
    """Return ``text`` without the yes or no that it begins with, if more follows."""
    cut = _lead(text, language)
    return text[cut[1] :] if cut and text[cut[1] :].strip() else text


def answer_faults(
    claim: Claim, quoted: str, language: str, question: str, own: Collection[str] = ()
) -> Iterator[Fault]:
    """Yield a fault where a claim says yes or no and its source does not say the same.

    A question that asks for the contrary ("is it forbidden") is not answered by yes or no here,
    unless it is one of the passage's ``own``, which its yes or no was written for.
    """
    said = _lead(claim.text, claim.language)
    if said is None:
        return
    given = _lead(quoted, language)
    if given is None or given[0] != said[0] or (question not in own and asks_contrary(question)):
        yield Fault.NEGATION
    elif not _agree(
        _force(claim.text[: said[1]], claim.language), _force(quoted[: given[1]], language)
    ):
        yield Fault.MODALITY


def asks_contrary(question: str) -> bool:
    """Whether a question asks for the contrary: "is it forbidden", 不用…吗; 能不能 does not."""
    return bool(_inverted().search(_EITHER.sub(r"\1", question.lower())))


def is_bare(text: str, language: str) -> bool:
    """Whether a text is a yes or a no and nothing else."""
    cut = _lead(f"{text.strip()}.", language)
    return cut is not None and cut[1] >= len(text.strip())


def _agree(one: str, other: str) -> bool:
    """Whether two answers are one: "you may not" is a no, and no "you need not"."""
    return one == other or not one or not other


def _force(word: str, language: str) -> str:
    """What a yes or no says besides: bar, spare, may or must; "" where it says nothing more."""
    kinds = [
        mark.kind for mark in combine(read_marks(compare_form(word, language)), base(language))
    ]
    return next((kind for kind in kinds if kind in _FORCES), "")


def _lead(text: str, language: str) -> tuple[str, int] | None:
    """``yes`` or ``no`` and where what follows begins; None where a text begins with neither."""
    for word in ("no", "yes"):
        match = _pattern(word, base(language)).match(text.lower())
        if match:
            return word, match.end()
    return None


@cache
def _pattern(word: str, language: str) -> re.Pattern[str]:
    written = load_table("form")[word].get(language)
    if written is None:
        return re.compile(r"(?!)")
    forms = {written, pattern_form(written, language), _traditional(written, language)}
    return re.compile(rf"\s*(?:{'|'.join(forms)}){_STOP}")


def _traditional(written: str, language: str) -> str:
    if language != "zh":
        return written
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(written))


@cache
def _inverted() -> re.Pattern[str]:
    return re.compile(load_table("form")["inverted"])


def leading_word(text: str, language: str) -> str:
    """``yes``, ``no`` or "" where a text begins with neither."""
    found = _lead(compare_form(text, language).lower, language)
    return found[0] if found else ""
