"""From which folder a document came, and where its file is."""

import os
from pathlib import Path

import knowledge

STARTER = "starter"
"""The root of the documents that come with the program, wherever it is installed."""


def find_starter() -> Path:
    """The folder of the documents that come with the program."""
    return Path(knowledge.__file__).parent / STARTER


def name_root(folder: Path) -> str:
    """The root of the documents below a folder."""
    return STARTER if folder == find_starter() else str(folder)


def find_file(name: str, root: str) -> str:
    """The path of the file that a document was read from."""
    return os.path.join(find_starter() if root == STARTER else root, name)  # noqa: PTH118 - ten thousand of them
