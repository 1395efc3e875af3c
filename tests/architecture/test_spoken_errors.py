"""What an error says can be looked up in the catalogs: no values are in it yet."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOMS, Source, read_sources

# Errors whose ``problem`` is a sentence of ours; that of the others comes from a library.
_OURS = frozenset({"UsageError", "DatabaseError"})
# What a library says is kept as it is.
_FOREIGN = frozenset({"bot/storage/errors.py"})


def _find_ready_sentences(source: Source) -> Iterator[int]:
    """Lines that raise one of our errors with a text that no catalog can have."""
    for function in ast.walk(source.tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        made = {
            target.id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _OURS:
                values = [one.value for one in node.keywords if one.arg == "problem"]
                named = [made.get(one.id) if isinstance(one, ast.Name) else one for one in values]
                if any(isinstance(one, ast.JoinedStr | ast.Constant) for one in named):
                    yield node.lineno


def test_the_sentences_of_errors_can_be_looked_up() -> None:
    sources = [one for one in read_sources(*ROOMS) if one.path not in _FOREIGN]
    assert [f"{one.path}:{line}" for one in sources for line in _find_ready_sentences(one)] == []


def test_sentences_with_values_in_them_are_found() -> None:
    text = (
        "def read(path):\n"
        "    raise UsageError(problem=f'{path} is not a folder.')\n"
        "def look(path):\n"
        "    problem = f'{path} is not a folder.'\n"
        "    raise UsageError(problem=problem)\n"
        "def open():\n"
        "    raise DatabaseError(path='', problem='It belongs to another program.')\n"
        "def good(path):\n"
        "    raise UsageError(problem=Problem(_NO_FOLDER, {'path': path}))\n"
        "def marked():\n"
        "    raise UsageError(problem=N_('Give a question.'))\n"
    )
    assert list(_find_ready_sentences(Source("bot/x.py", text, ast.parse(text)))) == [2, 5, 7]
