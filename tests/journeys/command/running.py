"""Running the command: in this process, or as the program that is installed."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers.cli import main

PROGRAM = Path(sys.executable).with_name("helpdesk")


@dataclass(frozen=True)
class Run:
    """How the command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object that stdout consists of."""
        [line] = self.out.splitlines()
        value: dict[str, Any] = json.loads(line)
        return value

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The object in each line of stdout."""
        return [json.loads(line) for line in self.out.split("\n") if line]


@dataclass(frozen=True)
class Helpdesk:
    """The command with its data folder."""

    data: Path

    def __call__(self, *arguments: object) -> Run:
        """Run it in this process."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = main(["--data", str(self.data), *map(str, arguments)])
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else 1
        return Run(code, out.getvalue(), err.getvalue())

    def process(self, *arguments: object, env: Mapping[str, str] | None = None) -> Run:
        """Run it as another process."""
        done = subprocess.run(
            [PROGRAM, "--data", str(self.data), *map(str, arguments)],
            env={**os.environ, **(env or {})},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)

    def write(self, name: str, text: str) -> Path:
        """Write a document beside the data folder and return its path."""
        path = self.data.parent / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path


def assert_refused(run: Run, code: int, *said: str) -> None:
    """It failed with a message for people, and left stdout alone."""
    assert run.code == code, run
    assert run.out == ""
    assert "Traceback" not in run.err
    assert "Error(" not in run.err
    for text in said:
        assert text in run.err
