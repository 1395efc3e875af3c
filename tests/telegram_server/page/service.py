"""A real `helpdesk run` beside the page, in a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

_PROGRAM = "import sys; from handlers.cli import main; sys.exit(main())"
_STOP_SECONDS = 15.0


class HelpdeskProcess:
    """The service, told by its settings to use the local Bot API server."""

    def __init__(self, *, data: Path, token: str, root_url: str, staff_group: int) -> None:
        self._data = data
        self._environment = os.environ | {
            "HELPDESK_TELEGRAM_TOKEN": token,
            "HELPDESK_TELEGRAM_BASE_URL": root_url,
            "HELPDESK_TELEGRAM_STAFF_GROUP": str(staff_group),
            "HELPDESK_WEBHOOK_URL": "",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Put the starter knowledge on the shelf, and forget the chats of an earlier play."""
        for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
            (self._data / name).unlink(missing_ok=True)
        subprocess.run([*self._command, "ingest", "--starter"], env=self._environment, check=True)

    @property
    def _command(self) -> list[str]:
        return [sys.executable, "-c", _PROGRAM, "--data", str(self._data)]

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process, if there is none."""
        if not self.is_running:
            self._process = subprocess.Popen([*self._command, "run"], env=self._environment)

    def stop(self) -> None:
        """Ask the process to end, and insist after a while."""
        if self._process is None or not self.is_running:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
