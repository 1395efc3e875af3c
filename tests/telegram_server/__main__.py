"""Run the server by hand: `python -m tests.telegram_server --port 8081 --token 123:TEST`."""

import argparse
import sys

from tests.telegram_server.page.routes import page_routes
from tests.telegram_server.page.stage import call_cast
from tests.telegram_server.people import People
from tests.telegram_server.running import DEFAULT_TOKEN, make_uvicorn
from tests.telegram_server.server import TelegramServer


def main() -> None:
    """Read the options and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    options = parser.parse_args()
    server = TelegramServer()
    bot = server.add_bot(options.token)
    cast = call_cast(People(server, bot))
    root = f"http://127.0.0.1:{options.port}"
    sys.stdout.write(f"base URL: {root}/bot, page: {root}/, staff group: {cast.group}\n")
    sys.stdout.flush()
    routes = page_routes(server, bot)
    make_uvicorn(server, port=options.port, log_level="warning", more=routes).run()


if __name__ == "__main__":
    main()
