"""What is written down about each address: when it is due, what was found, which versions."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest.problems import Problem
from ingest.web.fetcher import Validators
from ingest.web.url import Url

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_BETWEEN = re.compile(r"[\W_]+")
_LONGEST_NAME = 40


class Doubt(StrEnum):
    """Why a page may have to go, or its new text not to come: a second check decides."""

    MISSING = "missing"
    UNLISTED = "unlisted"
    SHRUNK = "shrunk"


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a page. ``url`` is where it was found, ``size`` in bytes, ``length`` in signs.

    ``body`` is the SHA-256 of its bytes, ``text`` that of what can be read in them.
    """

    body: str
    text: str
    length: int
    size: int
    fetched: datetime
    url: str
    ending: str
    charset: str = ""
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem with its values as text, so that it can be kept."""

    template: str
    fields: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: object) -> "Complaint":
        """The problem of an error."""
        if isinstance(problem, Problem):
            return cls(problem.template, {name: str(one) for name, one in problem.fields.items()})
        return cls("{text}", {"text": str(problem)})

    def problem(self) -> Problem:
        """The problem as the doors word it."""
        return Problem(self.template, self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of an address; ``checked`` is when it was last seen as it should be.

    ``doubted`` is since when there is a ``doubt``; ``retired`` says that its page is off the
    shelf. ``versions`` has the newest last. For a sitemap, ``pages`` are those it names.
    """

    url: str
    sitemap: str = ""
    due: datetime
    checked: datetime | None = None
    failures: int = 0
    complaint: Complaint | None = None
    doubt: Doubt | None = None
    doubted: datetime | None = None
    retired: bool = False
    validators: Validators = field(default_factory=Validators)
    versions: tuple[Version, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def newest(self) -> Version | None:
        """The version that is served."""
        return self.versions[-1] if self.versions else None

    @property
    def on_shelf(self) -> bool:
        """Whether its page should stand on the shelf."""
        return bool(self.versions) and not self.retired


def dump_record(record: Record) -> bytes:
    """The record as JSON."""
    return _adapter().dump_json(record, indent=1)


def load_record(data: bytes) -> Record:
    """The record again; ``ValueError`` if it is damaged."""
    return _adapter().validate_json(data)


def make_key(url: Url) -> str:
    """A path for files about an address: its server, words of its path, and a part of a hash."""
    host = url.authority.replace(":", "_").strip("[]")
    words = _BETWEEN.sub("-", unquote(url.path)).strip("-")[-_LONGEST_NAME:].strip("-")
    digest = hashlib.sha256(str(url).encode()).hexdigest()[:10]
    return f"{host}/{words or 'index'}-{digest}"


@cache
def _adapter() -> "TypeAdapter[Record]":
    from pydantic import TypeAdapter

    return TypeAdapter(Record)
