"""Wrong sentences made from right ones, to measure whether any reaches a customer."""

import re
from collections.abc import Mapping, Sequence

from knowledge.language import base

_INVERSIONS: Mapping[str, Sequence[tuple[str, str]]] = {
    "zh": (
        ("不需要|无需|不用|不必", "需要"),
        ("不得|不能|不可以|不可|不允许", "可以"),
        ("免费|不收费|不收取任何费用", "要收费"),
        ("必须|应当|需要|要(?=办|有|先|交)", "不需要"),
        ("可以|能够|允许", "不得"),
        ("不是", "是"),
        ("是|为(?=[\\d人])", "不是"),
        ("最高|不超过|上限为?", "至少"),
        ("有", "没有"),
    ),
    "en": (
        (r"\b(?:cannot|can not|may not|must not)\b", "may"),
        (r"\b(do|does|is|are|was|were|has|have) not\b", r"\1"),
        (r"\bno (?=\w)", "a "),
        (r"\b(?:may|can)\b", "may not"),
        (r"\b(?:must|needs? to|has to|have to)\b", "need not"),
        (r"\b(?:needs?|requires?)\b", "does not need"),
        (r"\b(is|are|was|were|has|have|will)\b", r"\1 not"),
        (r"\bfree of charge\b", "subject to a fee"),
        (r"\b(?:up to|at most)\b", "at least"),
    ),
    "ru": (
        (r"\bне (?=\w)", ""),
        (r"\bнельзя\b", "можно"),
        (r"\bможно\b", "нельзя"),
        (r"\b(нужн\w+|требуется|обязан\w*|может|могут|долж\w+|является|необходим\w*)\b", r"не \1"),
        (r"\bбесплатн\w+", "платно"),
        (r"\b(подаёт|платит|берёт|действует|выдаёт|составляет)\b", r"не \1"),
    ),
    "es": (
        (r"\bno (?=\w)", ""),
        (
            r"\b(puede|pueden|debe|deben|necesita|hace falta|es|son|está|están|hay|tiene)\b",
            r"no \1",
        ),
        (r"\bgratuit\w+|\bgratis\b", "de pago"),
    ),
}
_NOT_SO: Mapping[str, str] = {
    "ar": "ليس صحيحا أن {}",
    "de": "Es stimmt nicht, dass Folgendes gilt: {}",
    "en": "It is not true that {}",
    "es": "No es cierto que {}",
    "fr": "Il est faux que {}",
    "id": "Tidak benar bahwa {}",
    "ja": "次のことは正しくありません：{}",
    "ko": "다음은 사실이 아닙니다: {}",
    "pt": "Não é verdade que {}",
    "ru": "Неверно, что {}",
    "th": "ไม่จริงที่ว่า {}",
    "tr": "Şu doğru değildir: {}",
    "vi": "Không đúng là {}",
    "zh": "并非如此：{}",
}
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"\b[A-Z][A-Za-z]{3,}\b")
_NARROWING = re.compile(
    r"[,，、;；]?\s*(?:仅限|只有|除非|如果|最高|不超过|至少|以内|只"
    r"|\b(?:only|unless|except|if|up to|at most|at least|within|provided that|no more than)\b"
    r"|только|кроме|если|не более|не менее|\bдо\b|в течение"
    r"|\b(?:solo|salvo|excepto|si|hasta|al menos|como máximo)\b)\s*",
    re.IGNORECASE,
)


def invert(sentence: str, language: str) -> str:
    """The sentence with yes and no, may and may not, must and need not exchanged."""
    for pattern, other in _INVERSIONS.get(base(language), ()):
        inverted, times = re.subn(pattern, other, sentence, count=1, flags=re.IGNORECASE)
        if times and inverted != sentence:
            return inverted
    return _NOT_SO.get(base(language), _NOT_SO["en"]).format(sentence)


def miscount(sentence: str) -> str:
    """The sentence with its last figure changed, or with an amount that nobody named."""
    found = list(_FIGURE.finditer(sentence))
    if not found:
        return f"{sentence.rstrip('.。')} (900 RMB)."
    last = found[-1]
    whole = last.group().replace(",", "").split(".")[0]
    return sentence[: last.start()] + str(int(whole) * 3 + 1) + sentence[last.end() :]


def rename(sentence: str) -> str:
    """The sentence about somebody else: a name in Latin letters exchanged, or one put in front."""
    renamed, times = _NAME.subn("Globex", sentence, count=1)
    return renamed if times else f"Globex: {sentence}"


def loosen(sentence: str) -> str:
    """The sentence without the first word that narrows it; "" where it has none."""
    loosened, times = _NARROWING.subn(" ", sentence, count=1)
    return " ".join(loosened.split()) if times else ""
