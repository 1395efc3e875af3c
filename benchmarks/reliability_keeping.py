"""What a long measurement has done so far, kept while the code that it is about stays the same.

A measurement may be interrupted and called again: it goes on with what is missing. Kept beside what
was found is a fingerprint of the code, over the syntax trees of all modules of this project that a
process has imported after it ran some worlds. Comments, docstrings and layout do not count; another
fingerprint means that everything begins anew.
"""

import ast
import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
KEPT: Final = ROOT / "build" / "reliability"
"""Where it is kept: a folder that git ignores."""

_ROOMS: Final = ("bot", "handlers", "knowledge", "tests", "benchmarks")
_WORLDS: Final = 20
_DOCUMENTED: Final = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Keeper:
    """Keeps the record of one measurement in a file; without a folder it keeps nothing."""

    def __init__(self, name: str, fingerprint: str, folder: Path | None = KEPT) -> None:
        self.fingerprint = fingerprint
        self._path = folder and folder / f"{name}.json"

    def load(self) -> Mapping[str, Any]:
        """Return what was kept about this very code; empty where there is nothing of use."""
        if self._path is None or not self._path.exists():
            return {}
        try:
            kept: Mapping[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        except ValueError:
            return {}
        return kept["record"] if kept.get("fingerprint") == self.fingerprint else {}

    def save(self, record: Mapping[str, Any]) -> None:
        """Keep the record, in the place of the one before."""
        if self._path is not None:
            content = {"fingerprint": self.fingerprint, "record": record}
            replace_text(self._path, json.dumps(content))


def replace_text(path: Path, text: str) -> None:
    """Write a file so that whoever reads it finds the old text or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


@contextmanager
def work_in_processes(cores: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that do the work; what they have not begun when the block ends is left undone."""
    # Spawned: a forked process would have the strands of its parent without their threads.
    pool = ProcessPoolExecutor(cores, mp_context=get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def take_fingerprint(module: str) -> str:
    """Return the fingerprint of the code that worlds need, and of a module that runs them.

    It is taken in a process of its own: what this one has imported besides is none of it.
    """
    command = [sys.executable, "-m", "benchmarks.reliability_keeping", module]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own module
    return done.stdout.strip()


def hash_sources(paths: Mapping[str, Path]) -> str:
    """Return a hash over what the modules do, by their names."""
    found = hashlib.sha256(platform.python_version().encode())
    for name, path in sorted(paths.items()):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        _strip_docstrings(tree)
        found.update(f"{name}\n{ast.dump(tree)}\n".encode())
    return found.hexdigest()[:16]


def _strip_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]


def _find_sources() -> Mapping[str, Path]:
    """The modules of this project that have been imported so far."""
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    return {
        name: Path(file)
        for name, file in files.items()
        if file and file.endswith(".py") and name.partition(".")[0] in _ROOMS
    }


def _import_all(module: str) -> None:
    simulation = import_module("benchmarks.reliability_simulation")
    simulation.run_chunk(range(1, _WORLDS + 1))
    import_module(module)


if __name__ == "__main__":
    _import_all(sys.argv[1])
    print(hash_sources(_find_sources()))
