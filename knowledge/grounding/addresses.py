"""Addresses of sites, mail boxes and telephones: they stand in the source as they are, or not."""

import re

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()（）「」。，、；]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+"
    r"(?:com|cn|net|org|gov|edu|info|io|co|app|top|xyz|ru|jp|kr|de|fr|tr|vn|th|id|br|es|eu|tv|me|cc|shop|site|online|link|ly|gg|ai|dev|biz)"
    r"(?:\.[a-z]{2})?(?![a-z0-9-])(?:/[^\s<>()（）「」。，、；]*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@])@[A-Za-z]\w{2,}")
_PHONE = re.compile(
    r"(?<![\d.,-])\+?\d{2,4}(?:[- ]\d{3,8}){1,3}(?![\d.,]\d|-\d)|(?<![\d.,-])\+?\d{5,}(?![\d]|[.,]\d)"
)
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?!\d)")
_UNITS = re.compile(
    r"\s?(?:元|万|亿|人|次|名|家|部|yuan|rmb|юан|чел|people|users|usd|dol|円|원|위안|หยวน|tệ|نسمه)",
    re.IGNORECASE,
)


def addresses(text: str) -> frozenset[str]:
    """Return what a plain text (``plain_form``) gives to reach somebody by, in lower case."""
    return frozenset(_tidy(text[start:end]) for start, end in address_spans(text))


def address_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where sites, mail boxes, handles, telephone numbers and times of day stand."""
    spans: list[tuple[int, int]] = []
    for pattern in (_MAIL, _LINK, _HANDLE, _CLOCK, _PHONE):
        for match in pattern.finditer(text):
            if pattern is _PHONE and _is_amount(text, match):
                continue
            if not any(start < match.end() and match.start() < end for start, end in spans):
                spans.append((match.start(), match.end()))
    return tuple(sorted(spans))


def foreign_addresses(claimed: str, source: str) -> frozenset[str]:
    """Return the addresses in ``claimed`` that do not stand in ``source``, both plain texts."""
    squeezed = _tidy(re.sub(r"\s", "", source))
    return frozenset(
        one for one in addresses(claimed) if not _stands_in(re.sub(r"\s", "", one), squeezed)
    )


def _stands_in(address: str, source: str) -> bool:
    """Whether it stands there whole: 0755-1234 is no part of 0755-12345."""
    edge = r"[A-Za-z0-9_-]"
    return bool(re.search(rf"(?<!{edge}){re.escape(address)}(?![\d-]|\.\w|[a-z])", source))


def _is_amount(text: str, match: re.Match[str]) -> bool:
    """Whether the digits count something, or are groups of three."""
    groups = re.split(r"[ ]", match[0])
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):  # noqa: PLR2004
        return True
    return (
        bool(_UNITS.match(text, match.end()))
        or bool(
            re.search(
                r"(?:rmb|usd|cny|jpy|krw|\$|¥|€|£|人民币)\s?$", text[: match.start()], re.IGNORECASE
            )
        )
        or bool(
            re.fullmatch(r"(?:19|20)\d\d[- ](?:19|20)\d\d|\d{4}-\d{1,2}(?:-\d{1,2})?", match[0])
        )
    )


def _tidy(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.lower()).rstrip("/.,;:!?'\"")
