"""Files that a crash or a power cut leaves whole."""

import os
from pathlib import Path


def write_durably(path: Path, text: str | bytes) -> None:
    """Replace a file in one step; after a crash it holds the old content or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(text.encode() if isinstance(text, str) else text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def make_durable(folder: Path) -> None:
    """Wait until the files in a folder are on the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
