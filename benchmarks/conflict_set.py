"""Pairs of texts that contradict each other, and pairs that only look as if they did.

They stand in planted_conflicts/pairs.jsonl and are written as files such as a centre has: a guide
in Markdown, a FAQ table, an official notice. ``part`` is ``fit`` for those that were looked at
while the comparison was made, and ``test`` for those that were written after it.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

SET = Path(__file__).parent / "planted_conflicts" / "pairs.jsonl"
_ENDINGS = {"guide": "md", "faq": "csv", "notice": "txt"}
_ISSUER = "海屿市文化出海促进局"
_DATE = "2026年9月1日"
_CHECKED = "2026-11-01"


@dataclass(frozen=True, slots=True)
class Side:
    """One text: its form (guide, faq or notice), and what its head says beside the title."""

    form: str
    language: str
    title: str
    text: str
    heads: Mapping[str, Any]

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Read what JSON has of it."""
        names = ("form", "language", "title", "text")
        form, language, title, text = (str(stored[name]) for name in names)
        return cls(form, language, title, text, stored.get("heads", {}))


@dataclass(frozen=True, slots=True)
class PlantedPair:
    """Two texts; ``conflicting`` is the truth, ``why`` what differs."""

    name: str
    conflicting: bool
    why: str
    part: str
    sides: tuple[Side, Side]

    @property
    def files(self) -> tuple[str, str]:
        """The names of the two files, which are the names of their documents."""
        first, second = (
            f"{self.name}-{number}.{_ENDINGS[side.form]}"
            for number, side in enumerate(self.sides, start=1)
        )
        return first, second

    @property
    def languages(self) -> str:
        """``zh``, ``en`` or ``zh and en``."""
        found = {side.language[:2] for side in self.sides}
        return " and ".join(sorted(found, reverse=True))


def read_set(path: Path = SET) -> list[PlantedPair]:
    """All pairs, in order."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [
        PlantedPair(
            name=row["id"],
            conflicting=row["truth"] == "conflict",
            why=row["why"],
            part=row["part"],
            sides=(Side.read(row["one"]), Side.read(row["other"])),
        )
        for row in rows
    ]


def write_files(pairs: Iterable[PlantedPair], folder: Path) -> None:
    """Write each text as a file of its own."""
    for pair in pairs:
        for name, side in zip(pair.files, pair.sides, strict=True):
            (folder / name).write_text(_FORMS[side.form](side), encoding="utf-8")


def _write_guide(side: Side) -> str:
    heads: dict[str, Any] = {
        "title": side.title,
        "language": side.language,
        "issuer": "Centre",
        "checked": _CHECKED,
        "confidence": "H",
        **side.heads,
    }
    lines = [f"{name}: {json.dumps(said, ensure_ascii=False)}" for name, said in heads.items()]
    return "\n".join(["---", *lines, "---", "", f"# {side.title}", "", side.text, ""])


def _write_table(side: Side) -> str:
    heads = {"confidence": "H", "checked": _CHECKED, **side.heads}
    row = {
        "id": "E-01",
        **heads,
        f"question:{side.language}": side.title,
        f"answer:{side.language}": side.text,
    }
    written = io.StringIO()
    table = csv.DictWriter(written, list(row), lineterminator="\n")
    table.writeheader()
    table.writerow(row)
    return written.getvalue()


def _write_notice(side: Side) -> str:
    number = f"海屿文出海〔2026〕{1 + sum(map(ord, side.title)) % 900}号"
    lines = (f"{_ISSUER}文件", number, side.title, "各有关单位：", side.text, _ISSUER, _DATE)
    return "\n\n".join(lines) + "\n"


_FORMS = {"guide": _write_guide, "faq": _write_table, "notice": _write_notice}
