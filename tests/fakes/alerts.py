"""Alerts that are easy to read in an assertion; each call of ``alerted`` is kept."""

from collections.abc import Sequence

from bot.desk.alerts import Alert
from bot.desk.ports import Draft
from bot.desk.relay import Place
from bot.desk.ticket import Staff, Ticket
from bot.desk.timers import Timer


class PlainAlerts:
    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def alerted(self, alerts: Sequence[Alert]) -> list[Draft]:
        texts = [f"{a.tell} {a.timer.kind} {a.percent}% {a.staff.name}".strip() for a in alerts]
        if texts:
            self.calls.append(texts)
        return [to_alerts(text) for text in texts]

    def promised(self, ticket: Ticket, timer: Timer) -> list[Draft]:
        return [to_alerts(f"promised {ticket.id}: {timer.text}")]

    def dropped(self, ticket: Ticket, timer: Timer) -> list[Draft]:
        return [to_alerts(f"dropped {ticket.id}: {timer.text}")]

    def settled(self, timer: Timer, staff: Staff, place: Place, *, kept: bool) -> list[Draft]:
        done = "kept" if kept else "moved"
        return [to_alerts(f"{done} {timer.id} {staff.name} {'/'.join(place)}")]


def to_alerts(text: str) -> Draft:
    return Draft(queue="test:alerts", method="say", payload={"text": text})
