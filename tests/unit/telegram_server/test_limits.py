import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import RetryAfter

from tests.telegram_server.clock import Clock
from tests.telegram_server.errors import ApiError
from tests.telegram_server.limits import RateModel
from tests.telegram_server.running import RunningServer
from tests.unit.telegram_server.scene import Scene

_GROUP, _ANNA, _BEN = -100, 1, 2


class Sender:
    """Asks the model for one request after another."""

    def __init__(self) -> None:
        self.clock = Clock(frozen_at=1_780_000_000.0)
        self.model = RateModel(self.clock)
        self.model.is_on = True

    def send(self, chat: int | None, method: str = "sendMessage", messages: int = 1) -> int:
        """Return the seconds to wait, or 0."""
        try:
            self.model.check(method, chat, messages)
        except ApiError as error:
            return error.retry_after or -1
        return 0


@pytest.fixture
def sender() -> Sender:
    return Sender()


def test_sends_edits_and_topics_share_the_minute_of_a_group(sender: Sender) -> None:
    methods = ["sendMessage", "editMessageText", "createForumTopic", "copyMessage"] * 5
    for method in methods:
        assert sender.send(_GROUP, method) == 0
        sender.clock.advance(1)
    assert sender.send(_GROUP, "editMessageReplyMarkup") == 40
    assert sender.send(_GROUP, "setMessageReaction") == 0
    assert sender.send(_ANNA) == 0
    sender.clock.advance(40)
    assert sender.send(_GROUP) == 0


def test_all_chats_together_have_thirty_a_second(sender: Sender) -> None:
    for chat in range(1, 31):
        assert sender.send(chat) == 0
    assert sender.send(31) == 1
    sender.clock.advance(1)
    assert sender.send(31) == 0


def test_each_message_of_an_album_counts(sender: Sender) -> None:
    assert sender.send(_GROUP, "sendMediaGroup", 10) == 0
    assert sender.send(_GROUP, "copyMessages", 10) == 0
    assert sender.send(_GROUP) == 60
    sender.clock.advance(61)
    # More than ever fit need an empty minute, and fill it.
    assert sender.send(_GROUP, "copyMessages", 50) == 0


def test_typing_and_drafts_have_windows_of_their_own(sender: Sender) -> None:
    for number in range(20):
        method = "sendMessageDraft" if number % 2 else "sendChatAction"
        assert sender.send(_ANNA, method) == 0
    assert sender.send(_ANNA, "sendChatAction") == 3
    assert sender.send(_BEN, "sendChatAction") == 0
    assert sender.send(_ANNA) == 0
    sender.clock.advance(5)
    assert [sender.send(_ANNA, "sendChatAction") for _ in range(20)] == [0] * 20
    sender.clock.advance(5)
    assert sender.send(_ANNA, "sendChatAction") == 3


def test_who_does_not_wait_waits_longer(sender: Sender) -> None:
    for _ in range(5):
        assert sender.send(_ANNA) == 0
    assert sender.send(_ANNA) == 5
    assert [sender.send(_ANNA) for _ in range(4)] == [5, 10, 20, 35]
    assert sender.send(_BEN) == 0
    for _ in range(20):
        sender.send(_ANNA)
    assert sender.send(_ANNA) == 300
    sender.clock.advance(300)
    assert sender.send(_ANNA) == 0
    assert sender.send(_ANNA) == 0


def test_who_waits_is_not_punished(sender: Sender) -> None:
    waits = []
    for _ in range(30):
        wait = sender.send(_ANNA)
        waits.append(wait)
        sender.clock.advance(wait)
    assert max(waits) == 5


def test_webhooks_are_set_once_a_second(sender: Sender) -> None:
    assert [sender.send(None, "setWebhook") for _ in range(2)] == [0, 1]


@pytest.mark.asyncio
async def test_the_server_counts_the_messages_of_a_request(
    bot: Bot, running: RunningServer, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    running.server.limits.is_on = True
    running.server.limits.limits.group_per_minute = 3
    running.server.limits.reset()
    await bot.send_media_group(scene.desk, [InputMediaPhoto(b"1"), InputMediaPhoto(b"2")])
    with pytest.raises(RetryAfter):
        await bot.send_media_group(scene.desk, [InputMediaPhoto(b"1"), InputMediaPhoto(b"2")])
    await bot.send_message(scene.anna, "elsewhere")
