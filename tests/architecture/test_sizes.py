"""Modules and functions stay small: typical ones, and the largest of all."""

import ast
from collections.abc import Iterator
from statistics import median
from typing import Final

from tests.architecture.sources import EVERYTHING, ROOMS, Source, read_sources

_MODULE_LIMIT: Final = 300
_MODULE_MEDIAN: Final = 120
_FUNCTION_LIMIT: Final = 40
_FUNCTION_MEDIAN: Final = 8
_PARAMETER_LIMIT: Final = 5
# Fewer would mean that the test has looked past the code.
_LEAST_MODULES: Final = 200
_LEAST_FUNCTIONS: Final = 1500

# What may be larger, each with its reason. The list only ever shrinks: an entry that is no longer
# needed fails too.
_LARGER: Final[dict[str, str]] = {}

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_everything_is_within_its_limits() -> None:
    beyond = {place for source in read_sources(*EVERYTHING) for place in _find_large(source)}
    assert beyond == set(_LARGER)


def test_typical_modules_and_functions_are_small() -> None:
    sources = [each for each in read_sources(*ROOMS) if not each.is_package_marker]
    functions = [each for source in sources for each in _functions(source.tree)]
    assert median(len(source.text.splitlines()) for source in sources) <= _MODULE_MEDIAN
    assert median(_length(function) for function in functions) <= _FUNCTION_MEDIAN


def test_the_test_looked_at_the_code() -> None:
    sources = read_sources(*EVERYTHING)
    assert {source.room for source in sources} == set(EVERYTHING)
    assert len(sources) >= _LEAST_MODULES
    assert sum(1 for source in sources for _ in _functions(source.tree)) >= _LEAST_FUNCTIONS


def test_it_finds_what_is_too_large() -> None:
    text = "def long():\n" + "    x = 1\n" * _FUNCTION_LIMIT + "\n" * _MODULE_LIMIT
    wide = "class A:\n    def wide(self, a, b, *, c, d, e, f): ...\n"
    fitting = "class A:\n    def fits(self, a, b, *, c, d, e): ...\n"
    assert list(_find_large(_source(text))) == ["m.py", "m.py::long"]
    assert list(_find_large(_source(wide))) == ["m.py::wide"]
    assert list(_find_large(_source(fitting))) == []


def _source(text: str) -> Source:
    return Source("m.py", text, ast.parse(text))


def _find_large(source: Source) -> Iterator[str]:
    if len(source.text.splitlines()) > _MODULE_LIMIT:
        yield source.path
    for function in _functions(source.tree):
        if _length(function) > _FUNCTION_LIMIT or _width(function) > _PARAMETER_LIMIT:
            yield f"{source.path}::{function.name}"


def _functions(tree: ast.Module) -> Iterator[_Function]:
    return (node for node in ast.walk(tree) if isinstance(node, _Function))


def _length(function: _Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _width(function: _Function) -> int:
    given = function.args
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])
