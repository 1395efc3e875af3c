"""The two sides of a case, and waiting for what one of them sees of the other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from handlers import wording_relay_texts as texts
from tests.journeys.telegram.service import Scene, said
from tests.telegram_server.people import MessageView
from tests.telegram_server.people.acting import Place

T = TypeVar("T")
_PATIENCE = 40.0
_NOTICES = (
    texts.NOT_COPIED,
    texts.NOT_COPIED_TO_CUSTOMER,
    texts.NOT_PASSED_ON,
    texts.PLACE_STANDS_STILL,
)


@dataclass(frozen=True)
class Side:
    """A customer in private, or staff in a topic of their group."""

    scene: Scene
    user: int
    chat: int | None = None
    thread: int | None = None

    def place(self) -> Place:
        """Where this side writes."""
        return {"chat_id": self.chat, "thread_id": self.thread}

    def read(self) -> list[MessageView]:
        """What this side sees."""
        if self.chat is None:
            return self.scene.people.read_chat(self.user)
        return self.scene.people.read_topic(self.chat, self.thread)

    def find(self, message: int) -> MessageView:
        """A message that this side sees, as it is now."""
        return next(view for view in self.read() if view.message_id == message)


@dataclass(frozen=True)
class Case:
    """A claimed case."""

    customer: Side
    staff: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides."""
        return self.customer, self.staff


@dataclass(frozen=True)
class Wait:
    """What has appeared since this was made."""

    scene: Scene
    here: Side
    there: Side
    before: frozenset[tuple[int | None, int]] = field(init=False)

    def __post_init__(self) -> None:
        """Remember what is there already."""
        seen = {(side.chat, v.message_id) for side in (self.here, self.there) for v in side.read()}
        object.__setattr__(self, "before", frozenset(seen))

    async def for_copy(self, kind: str, original: MessageView) -> MessageView:
        """Wait until the other side sees a message of the bot that holds the same."""
        what = f"no copy of {original.kind} {original.text!r}"

        def look() -> MessageView | None:
            return next((v for v in self._new(self.there) if _is_copy(v, kind, original)), None)

        return await self._until(look, what)

    async def for_notice(self, side: Side, notice: str) -> MessageView:
        """Wait for a line that says that something did not pass."""
        return await self._until(
            lambda: next((v for v in self._new(side) if said(notice) in v.text), None), "no notice"
        )

    async def until(self, look: Callable[[], bool]) -> None:
        """Wait until something holds."""
        await self._until(look, "it did not come true")

    def expect_one(self, kind: str, original: MessageView) -> None:
        """Nothing may be there twice."""
        found = [v for v in self._new(self.there) if _is_copy(v, kind, original)]
        if len(found) != 1:
            text = f"{len(found)} messages instead of one"
            raise TimeoutError(text)

    def _new(self, side: Side) -> list[MessageView]:
        return [v for v in side.read() if v.is_bot and (side.chat, v.message_id) not in self.before]

    async def _until(self, look: Callable[[], T | None], what: str) -> T:
        try:
            return await self.scene.people.wait_for(look, seconds=_PATIENCE)
        except TimeoutError:
            shown = [(v.kind, v.text[:60]) for v in self._new(self.there)]
            text = f"{what}; new there: {shown}"
            raise TimeoutError(text) from None


async def open_case(scene: Scene, name: str) -> Case:
    """Let somebody new ask for a person, and Sam claim the case."""
    people, group = scene.people, scene.group
    anna = people.add_user(f"Anna {name}", language_code="en")
    people.send_text(anna, "person please")

    def topic() -> int | None:
        topics = people.topics(group)
        return next((t.thread_id for t in topics if f"Anna {name} ·" in f"{t.name} ·"), None)

    thread = await people.wait_for(topic, seconds=_PATIENCE)
    await scene.claim(thread, customer=anna)
    customer, staff = Side(scene, anna), Side(scene, scene.sam, group, thread)
    await people.wait_for(
        lambda: any(v.text == "person please" for v in staff.read()), seconds=_PATIENCE
    )
    return Case(customer, staff)


def _is_copy(view: MessageView, kind: str, original: MessageView) -> bool:
    if view.kind != kind or _is_notice(view):
        return False
    if original.kind == "dice":
        return view.text == "{emoji} {value}".format(**original.extra["dice"])
    if original.kind == "poll":
        return bool(view.extra["poll"]["question"] == original.extra["poll"]["question"])
    if original.kind == "location":
        names = ("latitude", "longitude")
        here, there = original.extra["location"], view.extra["location"]
        return all(here[name] == there[name] for name in names)
    same = (view.html, view.file_name, view.extra) == (
        original.html,
        original.file_name,
        original.extra,
    )
    return same and not view.is_forwarded


def _is_notice(view: MessageView) -> bool:
    return any(said(notice) in view.text for notice in _NOTICES)
