"""Run the server by hand: `python -m tests.telegram_server --port 8081 --token 123:TEST`."""

import argparse
import sys

from tests.telegram_server.running import DEFAULT_TOKEN, make_uvicorn
from tests.telegram_server.server import TelegramServer


def main() -> None:
    """Read the options and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    options = parser.parse_args()
    server = TelegramServer()
    server.add_bot(options.token)
    sys.stdout.write(f"base URL: http://127.0.0.1:{options.port}/bot\n")
    sys.stdout.flush()
    make_uvicorn(server, port=options.port, log_level="warning").run()


if __name__ == "__main__":
    main()
