import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.telegram_server.people import People
from tests.telegram_server.people.acting import ImpossibleActionError
from tests.telegram_server.running import RunningServer
from tests.telegram_server.shapes import ANONYMOUS_ADMIN_ID, JsonObject
from tests.unit.telegram_server.scene import Scene


def waiting(running: RunningServer) -> list[JsonObject]:
    queue = running.server.doors[running.bot.user.id].queue
    return [update.payload() for update in queue.waiting()]


@pytest.mark.asyncio
async def test_pressing_and_answering(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    await bot.send_message(scene.anna, "older", reply_markup=markup)
    newer = await bot.send_message(scene.anna, "newer", reply_markup=markup)

    query = people.press(scene.anna, "Go")

    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert update.callback_query.data == "go"
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == newer.message_id
    assert people.answer_to(query) is None
    await bot.answer_callback_query(query, "done", show_alert=True)
    assert people.answer_to(query) == {"text": "done", "show_alert": True, "url": None}
    running.server.clock.advance(150)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await bot.answer_callback_query(query)
    with pytest.raises(ImpossibleActionError, match="no button 'Stop'"):
        people.press(scene.anna, "Stop")


def test_anonymous_administrators_write_as_the_group(
    running: RunningServer, people: People, scene: Scene
) -> None:
    people.add_member(scene.desk, scene.sam, anonymous=True)
    people.send_text(scene.sam, "x", chat_id=scene.desk)

    message = waiting(running)[-1]["message"]

    assert message["from"]["id"] == ANONYMOUS_ADMIN_ID
    assert message["from"]["is_bot"]
    assert message["sender_chat"]["id"] == scene.desk
    assert people.read_chat(scene.desk)[-1].sender == "Desk"


def test_privacy_mode_hides_what_does_not_concern_a_plain_member(
    running: RunningServer, people: People, scene: Scene
) -> None:
    people.set_bot_status(scene.desk, "member")
    people.send_text(scene.sam, "chatter", chat_id=scene.desk)
    people.send_text(scene.sam, "/close", chat_id=scene.desk)

    texts = [u["message"].get("text") for u in waiting(running) if "message" in u]

    assert texts == ["/start", "/close"]


def test_no_update_tells_of_deletions(running: RunningServer, people: People, scene: Scene) -> None:
    thread = people.create_topic(scene.sam, scene.desk, "T")
    asked = people.send_text(scene.anna, "x")
    before = len(waiting(running))

    people.delete_message(scene.anna, asked)
    people.delete_topic(scene.sam, scene.desk, thread)

    assert len(waiting(running)) == before


def test_what_no_client_offers(people: People, scene: Scene) -> None:
    outsider = people.add_user("Outsider")
    for_group = people.send_text(scene.sam, "x", chat_id=scene.desk)
    with pytest.raises(ImpossibleActionError, match="not a member"):
        people.send_text(outsider, "x", chat_id=scene.desk)
    with pytest.raises(ImpossibleActionError, match="not written by"):
        people.edit_text(scene.anna, for_group, "y", chat_id=scene.desk)
    with pytest.raises(ImpossibleActionError, match="no topic 5"):
        people.send_text(scene.sam, "x", chat_id=scene.desk, thread_id=5)
    with pytest.raises(ImpossibleActionError, match="a deep link cannot carry"):
        people.start(scene.anna, "two words")
    people.block(scene.anna)
    with pytest.raises(ImpossibleActionError, match="has blocked the bot"):
        people.send_text(scene.anna, "x")


@pytest.mark.asyncio
async def test_waiting_for_a_text_fails_with_what_is_shown(
    bot: Bot, people: People, scene: Scene
) -> None:
    await bot.send_message(scene.anna, "Hello there")
    assert (await people.wait_for_text(scene.anna, "Hello")).is_bot
    with pytest.raises(TimeoutError, match="Hello there"):
        await people.wait_for_text(scene.anna, "Bye", seconds=0.02)
    with pytest.raises(TimeoutError):
        people.wait_until(lambda: None, seconds=0.02)


def test_people_act_over_http(running: RunningServer) -> None:
    def act(action: str, body: JsonObject) -> httpx.Response:
        return httpx.post(f"{running.root_url}/_control/people/{action}", json=body)

    user = act("add_user", {"name": "Anna"}).json()["result"]
    act("start", {"user_id": user})
    photo = {"kind": "photo", "caption": "x", "content_base64": "eA=="}
    act("send_file", {"user_id": user, "attachment": photo})

    views = act("read_chat", {"chat_id": user}).json()["result"]

    assert [view["text"] for view in views] == ["/start", "x"]
    assert act("write", {}).status_code == 404
    assert act("press", {"user_id": user, "label": "x"}).status_code == 400
    control = f"{running.root_url}/_control"
    assert httpx.get(f"{control}/violations").json() == {"result": []}
    httpx.post(f"{control}/faults", json={"kind": "error", "method": "getMe", "code": 500})
    url = f"{running.base_url}{running.token}/getMe"
    assert httpx.get(url).status_code == 500
    assert httpx.get(url).status_code == 200
    httpx.delete(f"{control}/faults")
    httpx.post(f"{control}/restart")
    assert httpx.post(f"{control}/settings", json={"is_revoked": True}).status_code == 200
    assert httpx.get(url).status_code == 401
    assert httpx.post(f"{control}/settings", json={"colour": 1}).status_code == 400
    moved = httpx.post(f"{control}/clock/advance", json={"seconds": 5}).json()["result"]
    assert moved == running.server.clock.now()
    assert [c["method"] for c in httpx.get(f"{control}/calls").json()["result"]] == ["getMe"] * 2
