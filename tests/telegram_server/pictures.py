"""Pictures of a hand-off: `python -m tests.telegram_server.pictures [--out docs/pictures]`.

They are taken in a Chromium, of people and a service that run here; nothing in them is drawn by
hand. The machine should have fonts for Chinese and for emoji (Debian: `fonts-noto-cjk` and
`fonts-noto-color-emoji`).
"""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from handlers.chat.buttons import Action
from tests.telegram_server.page.stage import Cast, Stage, open_stage
from tests.telegram_server.people.views import inline_buttons
from tests.telegram_server.running import RunningServer
from tests.telegram_server.state import Message

ANSWERED = "Нужна ли иностранному актёру рабочая виза для съёмок в Китае?"
UNANSWERED = "How much does it cost to register the trademark of our game in Brazil?"
REPLY = (
    "Hello Anna, Lin from the service centre. Please send us the name and the logo; "
    "our partner office in São Paulo will quote the fee by Friday."
)
THANKS = "Great, thank you! I will send them this afternoon."
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SECONDS = 60.0
_PATIENCE = 5.0
_QUIET_SECONDS = 2.0
_LONGEST_UNREST = 15
_TALLEST = 2400
_COLOURS = 255


@dataclass(frozen=True)
class Shot:
    """A picture: what of the page, and how wide (in CSS pixels); it is as tall as need be."""

    name: str
    query: str
    width: int


class Photographer:
    """Takes pictures of the page."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage = stage
        self._folder = folder
        found = (shutil.which(name) for name in _BROWSERS)
        self._browser = next((path for path in found if path), None)
        if self._browser is None:
            text = f"none of {', '.join(_BROWSERS)} is installed"
            raise FileNotFoundError(text)

    def take(self, shot: Shot) -> None:
        """Take one picture and keep it, small."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "shot.png"
            url = f"{self._stage.running.root_url}/?{shot.query}"
            subprocess.run(
                [*self._command(shot, folder), f"--screenshot={target}", url],
                check=True,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
            )
            path = self._folder / f"{shot.name}.png"
            path.write_bytes(_shrink(target.read_bytes()))
        sys.stdout.write(f"{path} ({path.stat().st_size // 1024} KB)\n")

    def _command(self, shot: Shot, folder: str) -> list[str]:
        return [
            str(self._browser),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--window-size={shot.width},{_TALLEST}",
            "--force-device-scale-factor=1.5",
            "--virtual-time-budget=2000",
        ]


def _shrink(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        whole = picture.convert("RGB")
        ground = Image.new("RGB", whole.size, whole.getpixel((0, whole.height - 1)))
        box = ImageChops.difference(whole, ground).getbbox() or (0, 0, *whole.size)
        # The same margin below as on the other sides.
        bottom = min(whole.height, box[3] + box[1])
        small = whole.crop((0, 0, whole.width, bottom)).quantize(_COLOURS, dither=Image.Dither.NONE)
    target = io.BytesIO()
    small.save(target, "PNG", optimize=True)
    return target.getvalue()


class Play:
    """A question that is answered, and one that goes to a person; it reads no text of the bot."""

    def __init__(self, running: RunningServer, cast: Cast) -> None:
        self._server = running.server
        self._cast = cast
        self._people = running.people

    def _wait(self, what: str, look: Callable[[], Message | None]) -> Message:
        try:
            return self._people.wait_until(look, seconds=_SECONDS)
        except TimeoutError:
            text = f"the play stopped: {what} did not appear"
            raise RuntimeError(text) from None

    def _newest(
        self, chat: int, after: int, accept: Callable[[Message], bool], thread: int | None = None
    ) -> Message | None:
        with self._server.lock:
            messages = list(self._people.chat_of(chat).messages.values())
        for message in reversed(messages):
            is_there = message.id > after and message.thread_id == thread
            if is_there and not message.content.is_service and accept(message):
                return message
        return None

    def settle(self) -> None:
        """Wait until nothing more comes: the bot may have more to say than was waited for."""
        seen: object = None
        for _ in range(_LONGEST_UNREST):
            time.sleep(_QUIET_SECONDS)
            chats = (self._cast.anna, self._cast.ivan, self._cast.group)
            shown = [self._people.read_chat(chat) for chat in chats]
            if shown == seen:
                return
            seen = shown

    def ask_what_is_known(self) -> None:
        """Ask, and wait for the answer with its sources and buttons."""
        asked = self._people.send_text(self._cast.ivan, ANSWERED)
        self._wait("the answer", lambda: self._newest(self._cast.ivan, asked, _has_buttons))

    def ask_what_is_not(self, question: str = UNANSWERED) -> int:
        """Ask, and wait for the case's topic and the customer's notice; return the topic."""
        anna, group = self._cast.anna, self._cast.group
        asked = self._people.send_text(anna, question)
        topics = self._people.wait_until(lambda: self._people.topics(group), seconds=_SECONDS)
        thread = topics[-1].thread_id
        self._wait("the notice", lambda: self._newest(anna, asked, _is_of_bot))
        self._wait("the case card", lambda: self._find_button(thread, Action.CLAIM))
        return thread

    def _find_button(self, thread: int, action: Action) -> Message | None:
        return self._newest(
            self._cast.group, 0, lambda message: _data_of(message, action) is not None, thread
        )

    def press(self, thread: int, action: Action) -> None:
        """Press a button of the case card as staff, by what it does."""
        card = self._wait(f"a button to {action}", lambda: self._find_button(thread, action))
        data = _data_of(card, action)
        if data is not None:
            query = self._people.press_data(self._cast.lin, self._cast.group, card.id, data)
            self._people.wait_until(lambda: self._people.answer_to(query), seconds=_SECONDS)

    def claim(self, thread: int) -> None:
        """Claim the case, and give the bot time to show it."""
        self.press(thread, Action.CLAIM)
        with suppress(TimeoutError):
            self._people.wait_until(
                lambda: self._find_button(thread, Action.CLAIM) is None, seconds=_PATIENCE
            )

    def talk(self, thread: int) -> None:
        """Let staff reply and the customer thank them; each waits until it has arrived."""
        anna, group = self._cast.anna, self._cast.group
        self._people.send_text(self._cast.lin, REPLY, chat_id=group, thread_id=thread)
        reply = self._wait("the reply", lambda: self._newest(anna, 0, _says(REPLY)))
        self._people.react(anna, reply.id, "👍")
        self._people.send_text(anna, THANKS)
        self._wait("the thanks", lambda: self._newest(group, 0, _says(THANKS), thread))

    def close(self, thread: int) -> None:
        """Close the case, and wait for what the customer is told."""
        anna = self._cast.anna
        last = self._people.read_chat(anna)[-1].message_id
        self.press(thread, Action.CLOSE)
        self._wait("the closing word", lambda: self._newest(anna, last, _is_of_bot))


def _is_of_bot(message: Message) -> bool:
    return message.sender.is_bot


def _has_buttons(message: Message) -> bool:
    return message.sender.is_bot and bool(inline_buttons(message))


def _says(part: str) -> Callable[[Message], bool]:
    return lambda message: message.sender.is_bot and part in message.content.text


def _data_of(message: Message, action: Action) -> str | None:
    for row in inline_buttons(message):
        for button in row:
            data = button.get("callback_data", "")
            if data.split(":")[1:2] == [action.value]:
                return data
    return None


def take_pictures(stage: Stage, folder: Path) -> None:
    """Play, and take the pictures."""
    cast = stage.cast
    photographer, play = Photographer(stage, folder), Play(stage.running, cast)
    play.ask_what_is_known()
    play.settle()
    photographer.take(Shot("telegram-answer", f"still&only={cast.ivan}", 480))
    thread = play.ask_what_is_not()
    play.settle()
    both = f"still&only={cast.anna},staff&topic={thread}"
    photographer.take(Shot("telegram-case", both, 1240))
    play.claim(thread)
    play.talk(thread)
    play.close(thread)
    play.settle()
    photographer.take(Shot("telegram-handoff", both, 1240))


def main() -> None:
    """Read the options, play on a fresh stage and write the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server.pictures")
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--data", type=Path, help="a folder with a shelf; else a fresh one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with open_stage(options.data or Path(folder)) as stage:
            stage.wait_until_ready()
            take_pictures(stage, options.out)
        violations = stage.running.server.violations
    if violations:
        sys.exit(f"the bot made wrong requests: {violations}")


if __name__ == "__main__":
    main()
