"""Numbers and titles of rules: 人社部发〔2014〕78号, 《…》, Law 15.211/2025, article 43."""

import re

_ISSUED = re.compile(
    r"(?:(?![的是按据依照与和及自于由])[\u4e00-\u9fff]){1,8}[〔\[(﹝]\s?\d{4}\s?[〕\])﹞]\s?第?\d+\s?[号號]|[〔﹝]\d{4}[〕﹞]\s?\d+\s?[号號]?"
    r"|[〔\[(]\d{4}[〕\])]\s?\d+\s?[号號]"
)
_CODED = re.compile(
    r"(?<![\d./])(?<!tháng )(?<!Tháng )\d{1,3}(?:[.,]?\d{3})*/(?:19|20)\d\d(?!\d|/)|(?<![\w])[A-Z]{2,}[/-]T? ?\d{2,}(?:[.-]\d+)*"
)
_TITLE = re.compile(r"《([^《》]{2,80})》")


def rule_number_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where a plain text gives the number under which a rule was issued."""
    found = [match.span() for pattern in (_ISSUED, _CODED) for match in pattern.finditer(text)]
    return tuple(sorted(found))


def foreign_rules(claimed: str, source: str) -> frozenset[str]:
    """Return the numbers and titles of rules in ``claimed`` that do not stand in ``source``."""
    squeezed = _squeeze(source)
    named = [claimed[start:end] for start, end in rule_number_spans(claimed)]
    titles = [match[1] for match in _TITLE.finditer(claimed)]
    return frozenset(one for one in (*named, *titles) if _squeeze(one) not in squeezed)


def _squeeze(text: str) -> str:
    brackets = str.maketrans("[]()﹝﹞﹙﹚【】號", "〔〕〔〕〔〕〔〕〔〕号")
    return re.sub(r"\s", "", text).translate(brackets).lower()
