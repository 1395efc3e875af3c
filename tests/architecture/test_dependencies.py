"""Every dependency has a reason and a licence that we may use."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT

_PAGE = ROOT / "docs" / "dependencies.md"
_ROW = re.compile(r"^\| (\w[\w.-]*) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_BINDING = re.compile(r"\bA?GPL|(?<!Lesser )General Public License")
_LEAST_DEPENDENCIES = 30
# What the packages of the desk bring along; fewer would mean that the test has lost the thread.
_LEAST_INSTALLED = 80

# The families of licences in the table, and how packages write them.
_FAMILIES: Final = {
    "Apache": ("apache",),
    "BSD": ("bsd",),
    "LGPL": ("lgpl",),
    "MIT": ("mit",),
    "MPL": ("mpl",),
}


def test_the_page_lists_exactly_the_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert len(wanted) >= _LEAST_DEPENDENCIES
    listed = [name for name, _, _ in _rows()]
    assert sorted(listed) == sorted(Requirement(each).name for each in wanted)


def test_every_licence_is_the_one_that_the_package_states() -> None:
    for name, _, licence in _rows():
        stated = _licence(name).lower()
        families = [family for family in _FAMILIES if family in licence]
        assert families, f"{name}: which licence is {licence}?"
        for family in families:
            assert any(word in stated for word in _FAMILIES[family]), f"{name}: {stated}"


def test_no_licence_binds_us() -> None:
    rows = _rows()
    assert rows
    assert [name for name, _, licence in rows if _binds(licence)] == []


def test_nothing_that_comes_along_binds_us() -> None:
    names = _closure("outbound-desk")
    assert len(names) >= _LEAST_INSTALLED
    assert [name for name in sorted(names) if _binds(_licence(name))] == []


@pytest.mark.parametrize(
    ("licence", "binds"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MPL-1.1 OR GPL-2.0-only", False),
        ("MIT", False),
    ],
)
def test_binding_licences_are_told(licence: str, *, binds: bool) -> None:
    assert _binds(licence) is binds


def _rows() -> list[tuple[str, str, str]]:
    found = _ROW.findall(_PAGE.read_text(encoding="utf-8"))
    return [(name, reason, licence) for name, reason, licence in found if name != "Package"]


def _binds(licence: str) -> bool:
    """Whether it is the GPL or the AGPL, and nothing else may be chosen."""
    return bool(_BINDING.search(licence)) and " OR " not in licence


def _licence(name: str) -> str:
    """What a package says about its licence: in one line, or else among its classifiers."""
    stated = metadata(name)
    expressions: list[str] = stated.get_all("License-Expression") or []
    if expressions:
        return expressions[0]
    classifiers = [each for each in stated.get_all("Classifier") or [] if "License ::" in each]
    # Some put the whole text there.
    texts = [each.splitlines()[0] for each in stated.get_all("License") or [] if each]
    return "; ".join([*texts, *classifiers])


def _closure(root: str) -> set[str]:
    """Return the names of everything that is installed because of ``root``."""
    found: set[str] = set()
    waiting = [(root, frozenset[str]())]
    while waiting:
        name, extras = waiting.pop()
        if name in found:
            continue
        try:
            wanted = list(_wanted(name, extras))
        except PackageNotFoundError:
            continue  # for another kind of machine
        found.add(name)
        waiting += wanted
    return found


def _wanted(name: str, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for each in map(Requirement, requires(name) or []):
        surroundings = [{"extra": extra} for extra in (*extras, "")]
        if each.marker is None or any(map(each.marker.evaluate, surroundings)):
            yield canonicalize_name(each.name), frozenset(each.extras)
