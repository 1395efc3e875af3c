"""Imports every module of the rooms and reports what that opened; run in a fresh interpreter.

It prints one line for each file opened for writing, socket, database and process, then a line with
the number of modules that were imported.
"""

import importlib
import os
import pkgutil
import sys
from typing import Final

_CREATES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_WATCHED: Final = ("socket.", "sqlite3.connect", "subprocess.Popen", "os.mkdir", "urllib.Request")
_seen: list[str] = []


def _watch(event: str, details: tuple[object, ...]) -> None:
    if event == "open":
        path, mode, flags = details
        writes = isinstance(flags, int) and flags & _CREATES
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            _seen.append(f"open {path} {mode}")
    elif event.startswith(_WATCHED):
        _seen.append(f"{event} {details}")


def main(rooms: list[str]) -> None:
    """Import the rooms, watching."""
    sys.addaudithook(_watch)
    count = 0
    for room in rooms:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            importlib.import_module(found.name)
            count += 1
    sys.stdout.writelines(f"{line}\n" for line in (*_seen, str(count)))


if __name__ == "__main__":
    main(sys.argv[1:])
