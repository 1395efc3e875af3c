"""Which kind of thing a question asks for, and whether a text holds one.

A passage about the right subject that names no price does not say what something costs. The words
stand in asked_kinds.json, by kind and language; every language's are looked for in every text,
because people mix them, and so they are written to mean nothing in another one.
"""

import json
import re
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from knowledge.normalisation import fold
from knowledge.spans import split_sentences
from knowledge.wordings import Wordings


class Kind(StrEnum):
    """What can be asked for and looked for.

    TURNAROUND is how long a procedure takes, which neither a deadline nor the length of a thing
    says; FEE what a procedure costs, CUT what is kept or paid of a revenue, APPLICATION how to
    apply. MONEY may be a percentage (a fine of 10 % of the turnover), PRICE may not; CLOCK is a
    length of time in hours or minutes, YEARS one in years, VALIDITY how long something is valid.
    VISA is which visa it takes, in which no other question about visas is a rival; TIER the same
    of the class of something.
    """

    MONEY = "money"
    PRICE = "price"
    SHARE = "share"
    DURATION = "duration"
    DATE = "date"
    HOURS = "hours"
    PHONE = "phone"
    ADDRESS = "address"
    WHO = "who"
    COUNT = "count"
    PEOPLE = "people"
    CLOCK = "clock"
    YEARS = "years"
    VALIDITY = "validity"
    TURNAROUND = "turnaround"
    FEE = "fee"
    CUT = "cut"
    APPLICATION = "application"
    AGE = "age"
    PERMISSION = "permission"
    DOCUMENTS = "documents"
    PLACE = "place"
    CONDITIONS = "conditions"
    VISA = "visa"
    TIER = "tier"


_HINTS = frozenset(
    {Kind.PERMISSION, Kind.DOCUMENTS, Kind.PLACE, Kind.CONDITIONS, Kind.VISA, Kind.TIER}
)
_DATE = re.compile(r"\d{4}\s*年|\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}년|\d{1,2}월 ?\d{1,2}일")
_INTERROGATIVE = re.compile(
    r"哪|什么|怎|如何|几|多少|多久|谁|何|どう|どこ|どの|どんな|いつ|誰|いくら|なぜ"
    r"|무엇|뭐|뭘|어떤|어디|어떻게|언제|누가|얼마|몇|왜|อะไร|อย่างไร|ยังไง|เท่าไ|ماذا|كيف|أين|متى|كم\s"
    r"|\b(?:what|which|how|where|when|who|why|qu[eé]|c[oó]mo|cu[aá]\w+|d[oó]nde|qui[eé]n|quais|qual"
    r"|quanto|onde|quem|quels?|quelles?|comment|où|quand|was|welche\w*|wie|wo|wann|wer|что|как\w*"
    r"|где|когда|сколько|кто|bagaimana|berapa|gì|nào|đâu|sao|nasıl|nerede|hangi|kaç|kim)\b"
)
"""Words that ask for more than yes or no."""
MEASURES = {
    Kind.TURNAROUND: (Kind.DURATION,),
    Kind.FEE: (Kind.PRICE,),
    Kind.CUT: (Kind.SHARE, Kind.PRICE),
}
"""The kinds that words alone do not tell: "review" and "15 working days" make a turnaround."""
_ALSO = {
    Kind.MONEY: (Kind.PRICE,),
    Kind.SHARE: (Kind.PRICE,),
    Kind.VALIDITY: (Kind.YEARS,),
}
"""What else answers: "what commission" may well be an amount."""
_BASE = re.compile(
    r"(?:首|最初の|첫|\b(?:first|перв\w+|primer\w*|primeir\w+|premi[eè]r\w*|erste\w*|ilk|أول)\b)\s*"
    r"(?:(?:usd|us\$|rmb|cny|eur|[$€£¥])\s*)?(?:\d[\d.,]*\s*)?"
    r"(?:[百千万亿만억]+[美日欧]?元?|(?:mil+|млн|bin\b|مليون)[^\W\d]*(?: (?:de |d')?[^\W\d]+)?)"
    r"|\d[\d.,]*\s*(?:juta|triệu|ล้าน|million)\w*(?:\s+[^\s,.;:%]+){0,3}?\s*(?:pertama|đầu|แรก)"
)
"""An amount up to which a share is taken, "10 % of the first million", is the price of nothing."""


def asked_kinds(question: str) -> frozenset[Kind]:
    """The kinds that a text must hold to answer a question, as far as its words say so."""
    return mentioned_kinds(question) - _HINTS


@lru_cache(maxsize=16_384)
def mentioned_kinds(question: str) -> frozenset[Kind]:
    """The same with permission, documents, place, conditions, which visa and which tier.

    How a text permits, lists, demands or says where has too many forms for their absence to mean
    anything; but they tell which sentence answers, and which entry is asked the same.
    """
    return frozenset(map(Kind, _load("asked").found_in(fold(question).lower())))


@lru_cache(maxsize=16_384)
def asks_whether(question: str) -> bool:
    """Whether it is a question for yes or no, and for nothing else."""
    if mentioned_kinds(question) != {Kind.PERMISSION}:
        return False
    return _INTERROGATIVE.search(fold(question).lower()) is None


@lru_cache(maxsize=16_384)
def mentions_any(question: str, kinds: frozenset[Kind]) -> bool:
    """Whether a question asks for one of these kinds; quicker than to name all that it asks for."""
    text, asked = fold(question).lower(), _load("asked")
    return any(asked.has(text, kind) for kind in kinds)


@lru_cache(maxsize=16_384)
def holds(text: str, kind: Kind) -> bool:
    """Whether a text holds something of that kind; with its measure in the same sentence."""
    measures = MEASURES.get(kind)
    if not measures:
        return _matches(text, kind)
    sentences = [_DATE.sub(" ", span.of(text)) for span in split_sentences(text)]
    return any(
        _matches(one, kind) and any(_matches(one, measure) for measure in measures)
        for one in sentences
    )


def _matches(text: str, kind: Kind) -> bool:
    """A kind that no words tell, like a place, is held by none."""
    folded, held = fold(text).lower(), _load("held")
    if kind is Kind.PRICE:
        folded = _BASE.sub(" ", folded)
    return any(held.has(folded, one) for one in (kind, *_ALSO.get(kind, ())))


@cache
def _load(part: str) -> Wordings:
    """The wordings of each kind: ``asked`` in questions, ``held`` in texts."""
    stored = json.loads(files("knowledge").joinpath("asked_kinds.json").read_text(encoding="utf-8"))
    return Wordings(
        {
            kind: [fold(one) for some in words.values() for one in some]
            for kind, words in stored[part].items()
        }
    )
