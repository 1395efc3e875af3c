"""The people on the page, the server and the service, set up together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.telegram_server.page.routes import page_routes
from tests.telegram_server.page.service import HelpdeskProcess
from tests.telegram_server.people import People
from tests.telegram_server.running import RunningServer

_READY_SECONDS = 60.0


@dataclass(frozen=True)
class Cast:
    """Who is on stage."""

    anna: int
    ivan: int
    mei: int
    lin: int
    zhao: int
    group: int


def call_cast(people: People) -> Cast:
    """Let three customers and two of the staff come."""
    group = people.add_group("出海服务台 · Staff")
    cast = Cast(
        anna=people.add_user("Anna Keller", language_code="en"),
        ivan=people.add_user("Иван Петров", language_code="ru"),
        mei=people.add_user("陈美", language_code="zh-hans"),
        lin=people.add_user("林 Lin"),
        zhao=people.add_user("赵 Zhao"),
        group=group,
    )
    for one in (cast.lin, cast.zhao):
        people.add_member(group, one)
    return cast


@dataclass(frozen=True)
class Stage:
    """A server with its page, people around it, and the service behind the bot."""

    running: RunningServer
    cast: Cast
    service: HelpdeskProcess

    @property
    def people(self) -> People:
        """Those who act."""
        return self.running.people

    def wait_until_ready(self, *, seconds: float = _READY_SECONDS) -> None:
        """Wait until the service asks for updates."""
        calls = self.running.server.calls
        deadline = time.monotonic() + seconds
        while not any(call.method == "getUpdates" for call in calls):
            if time.monotonic() > deadline or not self.service.is_running:
                text = "the service did not start"
                raise RuntimeError(text)
            time.sleep(0.05)


@contextmanager
def open_stage(data: Path, *, port: int = 0) -> Iterator[Stage]:
    """Run the server, its page and the service until the block ends."""
    running = RunningServer(port=port)
    cast = call_cast(running.people)
    service = HelpdeskProcess(
        data=data, token=running.token, root_url=running.root_url, staff_group=cast.group
    )
    running.add_routes(page_routes(running.server, running.bot, service))
    with running:
        service.prepare()
        service.start()
        try:
            yield Stage(running, cast, service)
        finally:
            service.stop()
