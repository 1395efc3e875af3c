"""Play customers and staff on a page: `python -m tests.telegram_server.page --data FOLDER`."""

import argparse
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.telegram_server.page.stage import open_stage


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server.page")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--data", type=Path, required=True, help="a folder for this alone")
    options = parser.parse_args()
    # The service must end with the page, however that is ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            play(options.data, options.port)
    except OSError as error:
        sys.exit(f"{error}. Is port {options.port} taken? Choose another one with --port.")


def play(data: Path, port: int) -> None:
    """Serve the page until Ctrl-C."""
    with open_stage(data, port=port) as stage:
        stage.running.server.limits.is_on = True
        stage.wait_until_ready()
        sys.stdout.write(f"\nOpen {stage.running.root_url}/ in a browser. Ctrl-C ends it.\n\n")
        sys.stdout.flush()
        while True:
            time.sleep(1)


if __name__ == "__main__":
    main()
