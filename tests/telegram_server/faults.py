"""Faults that tests plan: which request goes wrong, and how."""

import random
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from tests.telegram_server.errors import GROUP_UPGRADED

_USUAL = {
    400: "Bad Request: chat not found",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request",
}
FaultKind = Literal["error", "html_502", "hang", "slow", "trickle", "drop", "truncate"]


@dataclass
class Fault:
    """One planned fault.

    `error` answers with code, description and retry_after instead of processing;
    `html_502` answers with a web page; `hang` waits without processing;
    `slow` processes, then answers late; `trickle` processes, then takes as long to answer piece
    by piece; `drop` processes, then closes the connection; `truncate` processes, then answers with
    half of the JSON. It hits `times` requests, after `skip` others, each with its probability.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    skip: int = 0
    times: int = 1
    code: int = 500
    description: str = ""
    retry_after: int | None = None
    migrate_to: int | None = None
    seconds: float = 30.0
    probability: float = 1.0

    def describe(self) -> str:
        """Return the description, or what Telegram usually says with the code."""
        if self.migrate_to is not None and not self.description:
            return f"Bad Request: {GROUP_UPGRADED}"
        if self.code == HTTPStatus.TOO_MANY_REQUESTS and not self.description:
            return f"Too Many Requests: retry after {self.retry_after}"
        return self.description or _USUAL.get(self.code, "Internal Server Error: restart")

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Tell whether the fault concerns this request."""
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or self.chat_id == chat_id


class FaultPlan:
    """The faults to come, used up one request at a time."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._planned: list[Fault] = []
        self.happened: list[tuple[str, FaultKind]] = []
        # Every webhook delivery is made this many times.
        self.webhook_copies = 1
        # Seconds for which deliveries of a kind are held back: others overtake them.
        self.webhook_holds: dict[str, float] = {}

    def add(self, fault: Fault) -> Fault:
        """Plan a fault."""
        self._planned.append(fault)
        return fault

    def clear(self) -> None:
        """Forget all planned faults."""
        self._planned.clear()
        self.webhook_copies = 1
        self.webhook_holds.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the fault for this request, if one is due, and use it up once."""
        for fault in self._planned:
            if not fault.matches(method, chat_id):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.probability < 1 and self._chance.random() >= fault.probability:
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._planned.remove(fault)
            self.happened.append((method, fault.kind))
            return fault
        return None
