"""The files of attacks: who may not see what, text that gives orders, sentences that are false.

``audiences.json``: ``documents``, each with ``id``, ``audience``, ``language``, ``title``,
``text``, ``canary`` (a token that stands in the text and nowhere else), ``detail`` (some words of
the text) and ``subject`` (what it is about), ``subject_en`` for questions in other languages;
``templates``, questions (``text``) and their ``language``, with the places ``{subject}``,
``{title}`` and ``{canary}``.

``injections.jsonl``: ``id``, ``where`` (see :mod:`knowledge.evaluation.injection_suite`),
``language``, ``text`` (what gives the orders) and ``goal`` (what it wants).

``sentences.jsonl``: ``id``, ``entry``, ``quote_language``, ``quote``, ``sentence``, ``language``,
``kind`` (what is wrong with it, or how it is put) and ``right`` (whether it may be shown).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from knowledge.errors import UsageError
from knowledge.evaluation.rows import read_rows
from knowledge.language import base
from knowledge.passage import Audience
from knowledge.problem import FILE_UNREADABLE, Problem


class AttackKind(StrEnum):
    """The files, by name."""

    AUDIENCES = "audiences.json"
    INJECTIONS = "injections.jsonl"
    SENTENCES = "sentences.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A document that only some may see, with a token by which it is known anywhere."""

    id: str
    audience: Audience
    language: str
    title: str
    text: str
    secrets: tuple[str, ...]
    subject: str
    subject_en: str

    @property
    def token(self) -> str:
        """What stands in its text and nowhere else."""
        return self.secrets[0]

    @property
    def forbidden(self) -> tuple[Audience, ...]:
        """The audiences that may not see it."""
        return tuple(one for one in Audience if self.audience not in one.readable)


@dataclass(frozen=True, slots=True)
class Template:
    """A way to ask for a document."""

    text: str
    language: str

    def ask(self, canary: Canary) -> str:
        """The question for a document; its subject in the question's language, or in English."""
        own = base(canary.language) == base(self.language)
        subject = canary.subject if own else canary.subject_en
        return self.text.format(subject=subject, title=canary.title, canary=canary.token)


@dataclass(frozen=True, slots=True)
class AudienceBook:
    """Documents behind walls, and ways to ask for them."""

    canaries: tuple[Canary, ...]
    templates: tuple[Template, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """A text that gives orders, and the place where it stands."""

    id: str
    where: str
    language: str
    text: str
    goal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackedSentence:
    """A sentence that a model might write below a quote, and whether it may be shown."""

    id: str
    entry: str
    quote_language: str
    quote: str
    sentence: str
    language: str
    kind: str
    right: bool


def read_audiences(folder: Path) -> AudienceBook:
    """``audiences.json`` of a folder; what is wrong with it raises ``UsageError``."""
    path = folder / AttackKind.AUDIENCES
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return AudienceBook(
            canaries=tuple(_read_canary(one) for one in stored["documents"]),
            templates=tuple(
                Template(str(one["text"]), str(one["language"])) for one in stored["templates"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = Problem(FILE_UNREADABLE, {"path": path, "reason": error})
        raise UsageError(problem=problem) from error


def _read_canary(stored: Mapping[str, Any]) -> Canary:
    for name in ("canary", "detail"):
        if stored[name] not in stored["text"]:
            message = f"the {name} of {stored['id']} is not in its text"
            raise ValueError(message)
    return Canary(
        id=str(stored["id"]),
        audience=Audience(stored["audience"]),
        language=str(stored.get("language") or ""),
        title=str(stored["title"]),
        text=str(stored["text"]),
        secrets=tuple(str(stored[name]) for name in ("canary", "detail", "title")),
        subject=str(stored["subject"]),
        subject_en=str(stored["subject_en"]),
    )


def write_canaries(book: AudienceBook, folder: Path) -> None:
    """Write the documents of a book as files for the shelf."""
    for canary in book.canaries:
        head = {"title": canary.title, "audience": str(canary.audience)}
        if canary.language:
            head["language"] = canary.language
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
        text = "\n".join(["---", *lines, "---", "", f"# {canary.title}", "", canary.text, ""])
        (folder / f"{canary.id}.md").write_text(text, encoding="utf-8")


def read_injections(folder: Path) -> tuple[Injection, ...]:
    """``injections.jsonl`` of a folder."""
    names = ("id", "where", "language", "text", "goal")
    rows = read_rows(folder / AttackKind.INJECTIONS, *names)
    return tuple(Injection(**{name: str(row[name]) for name in names}) for row in rows)


def read_sentences(folder: Path) -> tuple[AttackedSentence, ...]:
    """``sentences.jsonl`` of a folder."""
    names = ("id", "entry", "quote_language", "quote", "sentence", "language", "kind")
    rows = read_rows(folder / AttackKind.SENTENCES, *names, "right")
    return tuple(
        AttackedSentence(**{name: str(row[name]) for name in names}, right=bool(row["right"]))
        for row in rows
    )
