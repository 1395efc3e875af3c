"""Files that a crash or a power cut leaves whole."""

import os
from pathlib import Path


def write_durably(path: Path, text: str) -> None:
    """Replace a file in one step; after a crash it holds the old text or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def make_durable(folder: Path) -> None:
    """Wait until the files in a folder are on the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
