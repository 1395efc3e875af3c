import json
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.telegram_server.clock import Clock
from tests.telegram_server.page.routes import page_routes
from tests.telegram_server.page.stage import Cast, call_cast
from tests.telegram_server.people import Attachment, People
from tests.telegram_server.running import RunningServer
from tests.telegram_server.shapes import JsonObject

_START = 1_780_000_000.0


class Switch:
    """A service that is only a switch."""

    def __init__(self) -> None:
        self.is_running = True

    def start(self) -> None:
        self.is_running = True

    def stop(self) -> None:
        self.is_running = False


@pytest.fixture
def switch() -> Switch:
    return Switch()


@pytest.fixture
def running(switch: Switch) -> Iterator[RunningServer]:
    server = RunningServer(clock=Clock(frozen_at=_START))
    server.add_routes(page_routes(server.server, server.bot, switch))
    server.start()
    yield server
    server.stop(wait=False)


@pytest.fixture
def cast(running: RunningServer) -> Cast:
    return call_cast(running.people)


def screen_of(running: RunningServer) -> JsonObject:
    answer = httpx.get(f"{running.root_url}/_page/screen")
    assert answer.status_code == 200
    screen: JsonObject = answer.json()
    return screen


def call(running: RunningServer, method: str, body: JsonObject) -> JsonObject:
    answer = httpx.post(f"{running.base_url}{running.token}/{method}", json=body).json()
    assert answer["ok"], answer
    result: JsonObject = answer["result"]
    return result


def test_the_screen_shows_customers_and_staff(running: RunningServer, cast: Cast) -> None:
    people = running.people
    asked = people.send_html(cast.anna, "Is it <b>so</b>?")
    thread = people.create_topic(cast.lin, cast.group, "Case 1")
    people.send_text(cast.lin, "I take it", chat_id=cast.group, thread_id=thread)
    people.close_topic(cast.lin, cast.group, thread)
    people.react(cast.anna, asked, "👍")

    screen = screen_of(running)

    assert [one["name"] for one in screen["customers"]] == ["Anna Keller", "Иван Петров", "陈美"]
    (message,) = screen["customers"][0]["messages"]
    assert message["entities"] == [{"type": "bold", "offset": 6, "length": 2}]
    assert message["reactions"] == [[cast.anna, "👍"]]
    (group,) = screen["groups"]
    (topic,) = group["topics"]
    assert (topic["name"], topic["is_closed"]) == ("Case 1", True)
    kinds = ["service:forum_topic_created", "text", "service:forum_topic_closed"]
    assert [one["kind"] for one in topic["messages"]] == kinds
    assert [one["name"] for one in group["members"] if not one["is_bot"]] == ["林 Lin", "赵 Zhao"]


def test_every_kind_can_be_shown(running: RunningServer, cast: Cast) -> None:
    people = running.people
    first = people.send_file(cast.anna, Attachment("photo", "a", b"picture", "a.png"))
    people.send_album(cast.anna, [Attachment("photo"), Attachment("video")], reply_to=first)
    people.send_venue(cast.anna)
    people.send_poll(cast.anna)
    people.send_dice(cast.anna)
    people.send_rarity(cast.anna, "story")

    messages = screen_of(running)["customers"][0]["messages"]

    assert [one["kind"] for one in messages] == [
        "photo",
        "photo",
        "video",
        "venue",
        "poll",
        "dice",
        "story",
    ]
    assert messages[1]["reply"] == {
        "id": first,
        "sender": "Anna Keller",
        "text": "a",
        "is_quote": False,
    }
    file = httpx.get(f"{running.root_url}/_page/file/{messages[0]['file']['id']}")
    assert (file.content, file.headers["content-type"]) == (b"picture", "image/png")
    assert file.headers["content-security-policy"] == "sandbox"
    assert httpx.get(f"{running.root_url}/_page/file/none").status_code == 404


def test_the_page_is_told_only_news(running: RunningServer, cast: Cast) -> None:
    version = screen_of(running)["version"]
    address = f"{running.root_url}/_page/screen?seen={version}"
    assert httpx.get(address).status_code == 204

    running.people.send_text(cast.anna, "x")

    assert httpx.get(address).status_code == 200


def test_typing_is_shown_until_the_message(running: RunningServer, cast: Cast) -> None:
    running.people.start(cast.anna)
    call(running, "sendChatAction", {"chat_id": cast.anna, "action": "typing"})
    call(running, "sendMessageDraft", {"chat_id": cast.anna, "draft_id": 1, "text": "So"})
    anna = screen_of(running)["customers"][0]
    assert (anna["is_typing"], anna["draft"]) == (True, "So")
    running.server.clock.advance(1)

    call(running, "sendMessage", {"chat_id": cast.anna, "text": "So it is."})

    anna = screen_of(running)["customers"][0]
    assert (anna["is_typing"], anna["draft"]) == (False, None)


def test_the_page_carries_its_first_screen(running: RunningServer, cast: Cast) -> None:
    running.people.send_text(cast.anna, "</script><script>alert(1)</script>")

    page = httpx.get(f"{running.root_url}/").text

    written = re.search(r'<script id="screen" type="application/json">(.*)</script>', page)
    assert written is not None
    assert json.loads(written[1])["customers"][0]["messages"][0]["text"].startswith("</script>")
    assert "<script>alert" not in page
    # It must work where nothing outside can be reached.
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_every_action_of_the_page_exists(running: RunningServer) -> None:
    page = httpx.get(f"{running.root_url}/").text
    named = set(re.findall(r"""(?:act|post)\("([a-z_]+)\"""", page))
    named |= set(re.findall(r"/_control/people/([a-z_]+)", page))
    assert {"send_text", "send_album", "react", "vote", "close_topic", "answer_to"} <= named
    assert {name for name in named if not hasattr(People, name)} == set()


def test_the_service_is_switched(running: RunningServer, switch: Switch) -> None:
    def turn(*, to: bool) -> JsonObject:
        answer = httpx.post(f"{running.root_url}/_page/service", json={"is_running": to})
        body: JsonObject = answer.json()
        return body

    version = screen_of(running)["version"]
    assert turn(to=False) == {"result": False}
    assert not switch.is_running
    assert screen_of(running)["version"] != version
    assert turn(to=True) == {"result": True}
