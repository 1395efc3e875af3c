"""What a document says about itself: YAML at its head, or the columns of a table's row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Protocol, Self, TypeVar

from ingest.problems import Problem
from knowledge.dates import PartialDate
from knowledge.errors import N_, DocumentError
from knowledge.jurisdiction import Jurisdiction
from knowledge.passage import Audience, Provenance, Trust

Values = Mapping[str, str | Sequence[str]]

_ALIASES = {
    "标题": "title",
    "發布機構": "issuer",
    "发布机构": "issuer",
    "发文机关": "issuer",
    "文号": "number",
    "文號": "number",
    "发布日期": "issued",
    "發布日期": "issued",
    "生效日期": "effective_from",
    "失效日期": "effective_to",
    "核对日期": "checked",
    "复核日期": "review_by",
    "複核日期": "review_by",
    "复查日期": "review_by",
    "负责人": "owner",
    "負責人": "owner",
    "责任岗位": "owner",
    "译自": "translation_of",
    "譯自": "translation_of",
    "适用地区": "jurisdiction",
    "適用地區": "jurisdiction",
    "管辖": "jurisdiction",
    "受众": "audience",
    "受眾": "audience",
    "主题": "topics",
    "主題": "topics",
    "链接": "url",
    "連結": "url",
    "网址": "url",
    "语言": "language",
    "語言": "language",
    "可信度": "confidence",
    "trust": "confidence",
    "取代": "replaces",
    "代替": "replaces",
    "废止": "replaces",
    "廢止": "replaces",
}
NAMES = frozenset(
    [
        "title",
        "issuer",
        "number",
        "url",
        "issued",
        "effective_from",
        "effective_to",
        "checked",
        "audience",
        "confidence",
        "topics",
        "replaces",
        "jurisdiction",
        "review_by",
        "owner",
        "translation_of",
        "language",
    ]
)
_DATES = ("issued", "effective_from", "effective_to", "checked", "review_by")
_DATE_MARKS = re.compile(r"[年月/.]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
_BETWEEN = re.compile(r"[,，、;；|\n]")

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What was said; empty or ``None`` where nothing was."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    url: str = ""
    issued: PartialDate | None = None
    effective_from: PartialDate | None = None
    effective_to: PartialDate | None = None
    checked: PartialDate | None = None
    trust: Trust | None = None
    audience: Audience | None = None
    topics: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    jurisdiction: Jurisdiction | None = None
    review_by: PartialDate | None = None
    owner: str = ""
    translation_of: str = ""
    language: str = ""

    def over(self, base: Self) -> Self:
        """What is said here, and for the rest what ``base`` says."""
        said = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name)
        }
        return replace(base, **said)

    def provenance(self, *, title: str, audience: Audience | None) -> Provenance:
        """The provenance of a passage; of the two audiences the narrower counts."""
        return Provenance(
            title=self.title or title,
            issuer=self.issuer,
            number=self.number,
            url=self.url,
            issued=self.issued,
            effective_from=self.effective_from,
            effective_to=self.effective_to,
            checked=self.checked,
            trust=self.trust or Trust.HIGH,
            audience=narrow(self.audience, audience),
            topics=self.topics,
            replaces=self.replaces,
            jurisdiction=self.jurisdiction,
            review_by=self.review_by,
            owner=self.owner,
            translation_of=self.translation_of,
        )


def narrow(*audiences: Audience | None) -> Audience:
    """Those who are in every one of the audiences: public is everybody, staff are everywhere."""
    restricted = {one for one in audiences if one is not None} - {Audience.PUBLIC}
    if len(restricted) > 1:
        return Audience.STAFF
    return next(iter(restricted), Audience.PUBLIC)


def split_front_matter(text: str, *, document: str) -> tuple[Metadata, str]:
    """Return what the head of ``text`` says and the text after it; :class:`DocumentError`."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    text = text.lstrip()
    if not handler.detect(text):
        return Metadata(), text
    try:
        head, body = handler.split(text)
        # The base loader keeps every value as it was typed: “2025-03” and “007” are no numbers.
        values = handler.load(head, Loader=yaml.BaseLoader)
    except ValueError:
        return Metadata(), text  # a ruler with nothing that closes it
    except yaml.YAMLError as error:
        problem = Problem(N_("its front matter is not YAML ({reason})."), {"reason": _short(error)})
        raise DocumentError(document=document, problem=problem) from error
    if not isinstance(values, Mapping):
        problem = Problem(N_("its front matter is not a list of “name: value” lines."))
        raise DocumentError(document=document, problem=problem)
    return read_metadata(values, document=document), body.strip("\n")


def read_metadata(values: Values, *, document: str) -> Metadata:
    """Check the values and give them their types; :class:`DocumentError` names what is wrong.

    Names that mean nothing to us are passed over: people keep notes of their own there.
    """
    said = {known_name(name): value for name, value in values.items() if _text(value)}
    reader = _Reader(said, document)
    dates = {name: reader.date(name) for name in _DATES}
    reader.check_order(dates["effective_from"], dates["effective_to"])
    return Metadata(
        title=reader.text("title"),
        issuer=reader.text("issuer"),
        number=reader.text("number"),
        url=reader.url(),
        trust=reader.choice("confidence", Trust, str.upper),
        audience=reader.choice("audience", Audience, str.lower),
        topics=_listed(said.get("topics", ())),
        replaces=_listed(said.get("replaces", ())),
        jurisdiction=reader.jurisdiction(),
        owner=reader.text("owner"),
        translation_of=reader.text("translation_of"),
        language=reader.language(),
        **dates,
    )


def known_name(name: object) -> str:
    """Our name of a field, whatever the spelling: ``Effective From`` and ``生效日期`` are one."""
    folded = str(name).strip().lower().replace(" ", "_").replace("-", "_")
    return _ALIASES.get(folded, folded)


def read_language(tag: str) -> str:
    """Return the tag as we write it (``zh-CN`` is ``zh-Hans``); ``ValueError`` if it is none."""
    tag = tag.strip().replace("_", "-")
    if _TAG.fullmatch(tag) is None:
        raise ValueError(tag)
    main, *rest = tag.split("-")
    subtags = {part.lower() for part in rest}
    if main.lower() != "zh":
        # A script has four letters and a capital first (Latn); a region is all capitals.
        written = (part.title() if len(part) > len("419") else part.upper() for part in rest)
        return "-".join([main.lower(), *written])
    if subtags & {"hant", "tw", "hk", "mo"}:
        return "zh-Hant"
    return "zh-Hans" if subtags & {"hans", "cn", "sg"} else "zh"


@dataclass(frozen=True, slots=True)
class _Reader:
    values: Values
    document: str

    def text(self, name: str) -> str:
        return " ".join(_text(self.values.get(name, "")).split())

    def date(self, name: str) -> PartialDate | None:
        text = _DATE_MARKS.sub("-", self.text(name).replace("日", "")).rstrip("-")
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            form = N_("{name} is “{value}”; it must be a date like 2025, 2025-03 or 2025-03-01.")
            raise self._refusal(form, name, self.text(name)) from error

    def choice(self, name: str, choices: type[Choice], fold: "_Fold") -> Choice | None:
        text = fold(self.text(name))
        if not text:
            return None
        try:
            return choices(text)
        except ValueError as error:
            form = N_("{name} is “{value}”; it must be one of {choices}.")
            known = ", ".join(choices)
            raise self._refusal(form, name, self.text(name), choices=known) from error

    def url(self) -> str:
        text = self.text("url")
        if text and not re.match(r"https?://\S+$", text):
            form = N_("{name} is “{value}”; it must begin with http:// or https://.")
            raise self._refusal(form, "url", text)
        return text

    def jurisdiction(self) -> Jurisdiction | None:
        text = self.text("jurisdiction")
        try:
            return Jurisdiction.parse(text) if text else None
        except ValueError as error:
            form = N_("{name} is “{value}”; it must be like city:Shenzhen or abroad:US.")
            raise self._refusal(form, "jurisdiction", text) from error

    def language(self) -> str:
        text = self.text("language")
        try:
            return read_language(text) if text else ""
        except ValueError as error:
            form = N_("{name} is “{value}”; it must be a tag like zh-Hans, en or es-MX.")
            raise self._refusal(form, "language", text) from error

    def check_order(self, first: PartialDate | None, last: PartialDate | None) -> None:
        if first and last and first.first_day > last.last_day:
            form = N_("{name} is “{value}”, before effective_from.")
            raise self._refusal(form, "effective_to", str(last))

    def _refusal(self, template: str, name: str, value: str, **more: str) -> DocumentError:
        problem = Problem(template, {"name": name, "value": value, **more})
        return DocumentError(document=self.document, problem=problem)


class _Fold(Protocol):
    """The type of ``str.lower`` and its like."""

    def __call__(self, text: str, /) -> str: ...


def _listed(value: str | Sequence[str]) -> tuple[str, ...]:
    texts: Iterable[str] = _BETWEEN.split(value) if isinstance(value, str) else value
    return tuple(dict.fromkeys(text.strip() for text in map(str, texts) if text.strip()))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Sequence):
        return ", ".join(str(part).strip() for part in value)
    return "" if value is None else str(value)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
