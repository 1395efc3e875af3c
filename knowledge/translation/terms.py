"""The terms of the field in a text, and what they are called in the other language.

knowledge/glossary.json is the glossary: the first form of a concept is its usual name. A
translation has to speak of each of the terms below that the text speaks of, by any of its names.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from knowledge.glossary import load_glossary, used
from knowledge.glossary import names as usual_names
from knowledge.language import base
from knowledge.spans import split_sentences

# What has one name in each language, and harms who takes one for the other. Words that a good
# translation may say in another way (an employer, a subsidy, a review) are not among them.
ENFORCED: Final = frozenset(
    {"micro-drama", "going-overseas", "filing-number", "overseas-service-platform", "key-drama"}
    | {"work-permit", "work-permit-notification", "short-term-work-permit", "residence-permit"}
    | {"z-visa", "m-visa", "f-visa", "l-visa", "x-visa", "k-visa", "visa-free", "passport"}
    | {"permanent-residence", "deportation", "entry-ban", "detention", "overstay", "fine"}
    | {"distribution-licence", "production-licence", "game-licence-number", "copyright"}
    | {"broadcasting-authority", "exit-entry-administration", "foreign-expert-office", "qianhai"}
    | {
        "income-tax",
        "value-added-tax",
        "pse-registration",
        "medical-check",
        "international-student",
    }
)


# What nobody may find in a translation who has not written it: it would frighten, or promise.
GRAVE: Final = frozenset(
    {"deportation", "entry-ban", "detention", "overstay", "visa-free", "permanent-residence"}
    | {
        "work-permit",
        "residence-permit",
        "z-visa",
        "m-visa",
        "f-visa",
        "l-visa",
        "x-visa",
        "k-visa",
    }
)


# The beginnings of plain words for a tax, in the languages of the desk.
_TAX: Final = (
    "税",
    "세금",
    "ภาษี",
    "ضريب",
    "налог",
    *("tax", "impôt", "impuesto", "imposto", "steuer", "pajak", "thuế", "vergi"),
)

# What has one well-known name in every language, so that a text that means it says it; or says one
# of these plain words, which a good translation may put into the term.
SURE: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(GRAVE, ()),
    "copyright": (
        *("权", "権", "권리", "สิทธิ", "حقوق", "прав"),
        *("right", "droit", "derecho", "direito", "recht", "hak", "quyền"),
    ),
    "passport": (),
    "fine": (
        *("罚", "罰", "벌", "과태", "ปรับ", "غرام", "штраф"),
        *("penalt", "pénalité", "sanci", "sanç", "strafe", "sanksi", "phạt", "ceza"),
    ),
    "income-tax": _TAX,
    "value-added-tax": _TAX,
    "pse-registration": (),
}


def terms_in(text: str, language: str, *, into: str) -> Mapping[str, str]:
    """Return the terms of a text by their names in ``language``, each with its name ``into``."""
    found: dict[str, str] = {}
    for concept in _spoken_of(text, language):
        here, there = usual_names(concept, [base(language)]), usual_names(concept, [base(into)])
        if here and there:
            found[_plain(here[0])] = _plain(there[0])
    return found


def missing_terms(text: str, language: str, translation: str, into: str) -> frozenset[str]:
    """Return the concepts that a text speaks of and its translation does not."""
    named = _spoken_of(text, language)
    known = frozenset(c for c in named if load_glossary()[c].get(base(into)))
    return known - used(translation, into, known)


def added_terms(text: str, language: str, translation: str, into: str) -> frozenset[str]:
    """Return the sure concepts that a translation speaks of and its text does not."""
    plain, added = text.lower(), missing_terms(translation, into, text, language)
    return frozenset(c for c in added & SURE.keys() if not any(w in plain for w in SURE[c]))


def moved_terms(text: str, language: str, translation: str, into: str) -> frozenset[str]:
    """Return the concepts that one sentence speaks of here and another one there.

    Compared is what as many sentences on both sides say, each concept in one of them.
    """
    ours = [_spoken_of(span.of(text), language) for span in split_sentences(text)]
    theirs = [_spoken_of(span.of(translation), into) for span in split_sentences(translation)]
    if len(ours) != len(theirs):
        return frozenset()
    once = _said_once(ours) & _said_once(theirs)
    return frozenset().union(
        *((one ^ other) & once for one, other in zip(ours, theirs, strict=True))
    )


def _said_once(sentences: Sequence[frozenset[str]]) -> frozenset[str]:
    counted = Counter(concept for sentence in sentences for concept in sentence)
    return frozenset(concept for concept, count in counted.items() if count == 1)


def _spoken_of(text: str, language: str) -> frozenset[str]:
    own = base(language)
    known = frozenset(concept for concept in ENFORCED if load_glossary()[concept].get(own))
    return used(text, language, known)


def _plain(form: str) -> str:
    return form.replace("*", "")
