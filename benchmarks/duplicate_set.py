"""Documents that say the same, and documents that only look as if they did.

Made from the guides of the starter knowledge and from seeds, so that the set is the same every
time. Documents of one class say the same. Each changed copy ("hard") is a class of its own.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.documents import Filing
from ingest.reading import read_document
from ingest.sync import find_starter
from knowledge.passage import Document

_SEED = 20261123
_YEAR = re.compile(r"20\d\d")
_AMOUNT = re.compile(r"(?<![\d-])(?!20\d\d)\d+(?=%|万元| million|日| days|个| hours)")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_DENIED = (("不得", "可以"), ("must not", "may"), ("cannot", "can"), ("不", ""), (" not ", " "))
_PLACES = (("深圳", "广州"), ("Shenzhen", "Guangzhou"), ("中国", "越南"), ("China", "Vietnam"))
_SUFFIX = {"zh-Hans": "zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document with its class, and how it came from the first of that class."""

    document: Document
    group: str
    kind: str


def draw_set(guides: int) -> list[Specimen]:
    """The specimens that come from so many guides, each in Chinese and English."""
    found: list[Specimen] = []
    for path in sorted((find_starter() / "guides" / "en").glob("*.md"))[:guides]:
        for language in ("zh-Hans", "en"):
            text = (path.parents[1] / language / path.name).read_text("utf-8")
            found += _specimens(text, f"{path.stem}-{_SUFFIX[language]}", path.stem, language)
    return found


def _specimens(text: str, name: str, group: str, language: str) -> Iterator[Specimen]:
    chance = random.Random(f"{_SEED}{name}")  # noqa: S311 - drawn, and nothing secret
    yield Specimen(_read(text, f"{name}.md"), group, "original")
    body = _FRONT.sub("", text)
    copies: dict[str, tuple[str, str]] = {
        "verbatim": (f"copy/{name}.md", _with_head(text, issuer="")),
        "typeset": (f"typeset/{name}.txt", _typeset(body)),
        "mirror": (f"mirror/{name}.md", _mirror(text, language)),
        "part of a collection": (f"digest/{name}.md", _collection(text, language)),
    }
    if language == "zh-Hans":
        copies["Traditional characters"] = (f"traditional/{name}.md", _traditional(text))
    for kind, (path, copied) in copies.items():
        yield Specimen(_read(copied, path), group, kind)
    scanned = replace(_read(_misread(body, chance, digits=False), f"scan/{name}.md"))
    yield Specimen(_renamed(scanned, f"scan/{name}.pdf"), group, "1 % of letters misread")
    for kind, change in _CHANGES.items():
        changed = change(text, chance)
        if changed != text:
            path = f"{kind.replace(' ', '-')}/{name}.md"
            whose = group if kind in _IN_BOTH else name
            yield Specimen(_read(changed, path), f"{whose} {kind}", f"hard: {kind}")


def _other_year(text: str, _: random.Random) -> str:
    return _YEAR.sub(lambda year: str(int(year.group()) - 1), text)


def _other_amount(text: str, chance: random.Random) -> str:
    places = list(_AMOUNT.finditer(text, _body_of(text)))
    if not places:
        return text
    chosen = chance.choice(places)
    return f"{text[: chosen.start()]}{int(chosen.group()) * 2}{text[chosen.end() :]}"


def _other_force(text: str, _: random.Random) -> str:
    start = _body_of(text)
    for said, denied in _DENIED:
        place = text.find(said, start)
        if place >= 0:
            return text[:place] + denied + text[place + len(said) :]
    return text


def _other_place(text: str, _: random.Random) -> str:
    for mine, theirs in _PLACES:
        text = text.replace(mine, theirs)
    return text


def _other_field(text: str, _: random.Random) -> str:
    """The same form for another trade: words that stand in no list of names."""
    for mine, theirs in (
        ("微短剧", "桌游"),
        ("演员", "技师"),
        ("actor", "fitter"),
        ("drama", "opera"),
    ):
        text = text.replace(mine, theirs)
    return text


_CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "edition of another year": _other_year,
    "one other amount": _other_amount,
    "one denial turned": _other_force,
    "form of another place": _other_place,
    "form of another trade": _other_field,
}
_IN_BOTH = frozenset({"edition of another year", "form of another place"})
"""What is changed alike in both languages: these are translations of each other."""


def _body_of(text: str) -> int:
    front = _FRONT.match(text)
    return front.end() if front else 0


def _with_head(text: str, **values: str) -> str:
    for name, value in values.items():
        text = re.sub(rf"(?m)^{name}: .*$", f'{name}: "{value}"', text, count=1)
    return text


def _typeset(body: str) -> str:
    """Other widths, quotes and ends of lines, as a word processor leaves them."""
    plain = re.sub(r"(?m)^#+ ", "", body)
    wide = str.maketrans("0123456789%", "０１２３４５６７８９％")
    lines = [
        line.translate(wide) if number % 2 else line
        for number, line in enumerate(plain.split("\n"))
    ]
    return "\n".join(lines).replace("“", '"').replace("”", '"').replace("-", "‑")


def _mirror(text: str, language: str) -> str:
    """A newspaper's reprint: who has it from where at its head, the editor at its end."""
    head, tail = {
        "zh-Hans": ("2026-06-03 09:12 来源：城市商报 浏览次数：1324", "（责任编辑：林某）"),
        "en": ("Source: City Herald | Posted on 2026-06-03", "(Editor: L. Moore)"),
    }[language]
    text = _with_head(text, issuer="City Herald", url="https://news.example.org/1", confidence="M")
    front = _body_of(text)
    title, _, rest = text[front:].lstrip().partition("\n")
    return f"{text[:front]}\n{title}\n\n{head}\n{rest.rstrip()}\n\n{tail}\n"


def _collection(text: str, language: str) -> str:
    """The document in one of several, under its title."""
    front, body = _FRONT.match(text), _FRONT.sub("", text)
    about = front.group() if front else ""
    title = {"zh-Hans": "资料汇编", "en": "A collection"}[language]
    other = {
        "zh-Hans": "以下资料由图书室收集，每年春天整理一次，供到访的人翻阅。",
        "en": "What follows was collected by the reading room and is put in order each spring.",
    }[language]
    inner = re.sub(r"(?m)^#", "##", body.strip())
    return f"{_with_head(about, title=title, issuer='')}\n# {title}\n\n{other}\n\n{inner}\n"


def _traditional(text: str) -> str:
    from opencc import OpenCC

    front = _body_of(text)
    head = text[:front].replace('language: "zh-Hans"', 'language: "zh-Hant"')
    return str(head + OpenCC("s2t").convert(text[front:]))


def _misread(text: str, chance: random.Random, *, digits: bool) -> str:
    """One sign in a hundred exchanged for another of the same text."""
    places = [
        place for place, sign in enumerate(text) if sign.isalpha() or (digits and sign.isdigit())
    ]
    letters = [text[place] for place in places]
    signs = list(text)
    for place in chance.sample(places, len(places) // 100):
        same = [sign for sign in letters if (sign < "\u3000") == (text[place] < "\u3000")]
        signs[place] = chance.choice(same)
    return "".join(signs)


def _read(text: str, name: str) -> Document:
    return read_document(text.encode(), Filing(name, name, None)).document


def _renamed(document: Document, name: str) -> Document:
    passages = tuple(
        replace(one, document=name, id=one.id.replace(document.id, name, 1))
        for one in document.passages
    )
    return replace(document, id=name, passages=passages)


def count_kinds(specimens: Sequence[Specimen]) -> dict[str, int]:
    """How many specimens of each kind there are."""
    kinds = [one.kind for one in specimens]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
