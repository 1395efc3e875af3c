"""The header of a FAQ table: which column holds what, in which language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.front_matter import NAMES, known_name, read_language
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

_IDS = frozenset({"id", "entry", "编号", "編號", "序号", "序號", "no"})
_QUESTIONS = ("questions", "question", "问题", "問題", "问法", "q")
_ANSWERS = ("answers", "answer", "答案", "回答", "答复", "答覆", "a")
_WORDED = re.compile(
    rf"(?P<word>{'|'.join((*_QUESTIONS, *_ANSWERS))})\s*\d*"
    r"(?:\s*[:：_.-]\s*(?P<tag>[\w-]+)|\s*[(（]\s*(?P<bracketed>[\w-]+)\s*[)）])?\s*\d*"
)
_LANGUAGES = {
    "中文": "zh",
    "简体": "zh-Hans",
    "简体中文": "zh-Hans",
    "繁体": "zh-Hant",
    "繁體": "zh-Hant",
    "繁體中文": "zh-Hant",
    "英文": "en",
    "英语": "en",
    "英語": "en",
    "俄文": "ru",
    "俄语": "ru",
    "西班牙文": "es",
    "西班牙语": "es",
    "cn": "zh-Hans",
    "tw": "zh-Hant",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of questions or answers; no language means that it has to be detected."""

    index: int
    language: str


@dataclass(frozen=True, slots=True)
class Header:
    """Where in a row everything stands."""

    id: int
    questions: tuple[Column, ...]
    answers: tuple[Column, ...]
    metadata: tuple[tuple[int, str], ...]


def read_header(cells: Sequence[str], *, document: str) -> Header:
    """Find the columns; :class:`DocumentUnreadable` names those that are missing."""
    names = [cell.strip().lower() for cell in cells]
    ids = [index for index, name in enumerate(names) if name in _IDS]
    questions = _find_columns(names, _QUESTIONS, document)
    answers = _find_columns(names, _ANSWERS, document)
    found = {"id": ids, "question": questions, "answer": answers}
    missing = [name for name, columns in found.items() if not columns]
    if missing:
        form = N_("it has no column {missing}; a FAQ table needs id, question and answer.")
        problem = Problem(form, {"missing": ", ".join(missing)})
        raise DocumentUnreadable(document=document, problem=problem)
    metadata = ((index, known_name(name)) for index, name in enumerate(names))
    return Header(
        id=ids[0],
        questions=questions,
        answers=answers,
        metadata=tuple((index, name) for index, name in metadata if name in NAMES),
    )


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether two of the three columns that a FAQ table needs are there.

    Many tables that are no FAQ have a column of ids, or one of questions.
    """
    names = [cell.strip().lower() for cell in cells]
    worded = [match["word"] for name in names if (match := _WORDED.fullmatch(name))]
    kinds = (
        any(name in _IDS for name in names),
        any(word in _QUESTIONS for word in worded),
        any(word in _ANSWERS for word in worded),
    )
    return sum(kinds) >= len(kinds) - 1


def _find_columns(names: list[str], words: tuple[str, ...], document: str) -> tuple[Column, ...]:
    matches = ((index, _WORDED.fullmatch(name)) for index, name in enumerate(names))
    return tuple(
        Column(index, _read_tag(match["tag"] or match["bracketed"] or "", document))
        for index, match in matches
        if match and match["word"] in words
    )


def _read_tag(tag: str, document: str) -> str:
    if not tag or tag.isdecimal():
        return ""
    try:
        return _LANGUAGES.get(tag) or read_language(tag)
    except ValueError as error:
        form = N_("“{tag}” in its header is no language; write a tag like zh-Hans, en or es-MX.")
        raise DocumentUnreadable(document=document, problem=Problem(form, {"tag": tag})) from error
