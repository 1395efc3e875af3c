"""Worlds whose processes are real ones, killed with SIGKILL at a given step.

Telegram and its people live in the parent; a child is forked for each life of the service and
speaks to them through a socket. Its clock is virtual, its storage a SQLite file, its death real.
"""

import os
import pickle
import signal
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.storage.database import Database
from bot.storage.engine import create_database_engine
from tests.simulation.life import Life
from tests.simulation.people import Cast
from tests.simulation.script import Act, Script
from tests.simulation.strands import forget_strands
from tests.simulation.telegram import SetTime, SimulatedTelegram
from tests.simulation.world import World
from tests.telegram_server.errors import ApiError
from tests.telegram_server.update_queue import QueuedUpdate

_LENGTH = struct.Struct("!I")
_PAUSE = 0.5


def _send(line: socket.socket, value: object) -> None:
    data = pickle.dumps(value)
    line.sendall(_LENGTH.pack(len(data)) + data)


def _receive(line: socket.socket) -> Any:  # noqa: ANN401 - whatever the other side sent
    head = line.recv(_LENGTH.size, socket.MSG_WAITALL)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pickle.loads(line.recv(_LENGTH.unpack(head)[0], socket.MSG_WAITALL))  # noqa: S301 - our own child


def _nothing() -> None:
    """Nobody waits for updates yet."""


class RemoteTelegram(SimulatedTelegram):
    """Telegram as a child has it: the parent's."""

    def __init__(self, line: socket.socket, group: int) -> None:
        # What the class it stands in for remembers is the parent's.
        self._line = line
        self.group = group
        self.clock = SetTime()
        self._tell: Callable[[], None] = _nothing

    def ask(self, what: str, *arguments: object) -> Any:  # noqa: ANN401 - by what is asked
        """Let the parent do something; raises what it raises."""
        _send(self._line, (self.clock.read(), what, arguments))
        result, refusal, has_updates = _receive(self._line)
        if has_updates:
            self._tell()
        if refusal is not None:
            code, description, retry_after = refusal
            raise ApiError(code, description, retry_after=retry_after)
        return result

    def on_update(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` when there are updates after something was asked."""
        self._tell = tell

    def call(self, method: str, parameters: Mapping[str, object]) -> object:
        """Carry a method out."""
        return self.ask("call", method, dict(parameters))

    def sent(self, method: str, parameters: Mapping[str, object]) -> None:
        """A request has left."""
        self.ask("sent", method, dict(parameters))

    def waiting(self) -> list[QueuedUpdate]:
        """The updates that Telegram still holds; only whether there are any."""
        return [self.ask("waiting")] if self.ask("waiting") else []

    def fetch(self, offset: int) -> list[Mapping[str, object]]:
        """Forget updates before ``offset``, and return the first of the others."""
        found: list[Mapping[str, object]] = self.ask("fetch", offset)
        return found


class RemoteCast(Cast):
    """The people, as a child has them act."""

    def __init__(self, telegram: RemoteTelegram) -> None:
        self.telegram = telegram
        self._remote = telegram

    def perform(self, act: Act) -> bool:
        """Do it; False when there is nothing yet to do it with."""
        return bool(self._remote.ask("perform", act))


class DoomedWorld(World):
    """Its only process dies with it."""

    def _died(self, life: Life) -> None:
        if isinstance(self.telegram, RemoteTelegram):
            self.telegram.ask("dying", life.last)
        os.kill(os.getpid(), signal.SIGKILL)


class Office:
    """The parent's side: Telegram, its people, and one child after another."""

    def __init__(self, seed: int, script: Script, path: Path) -> None:
        self.cast = Cast(SimulatedTelegram())
        self.deaths: list[str] = []
        self.killed = 0
        self.seed = seed
        self._script = script
        self._path = path
        self._left = list(script.acts)
        self._sent: list[tuple[str, Mapping[str, object]]] = []
        self._now = 0.0
        self.cast.telegram.clock.read = lambda: self._now

    def run(self) -> None:
        """Let one child live after another, until one has nothing left to do.

        Raises ``RuntimeError`` when one finds no end, or speaks out of turn.
        """
        doom = list(self._script.deaths)
        while not self._live(doom.pop(0) if doom else 0):
            self.killed += 1
            for method, parameters in self._sent:
                self._do("call", (method, parameters))
            self._sent.clear()
            self._now += _PAUSE

    def _live(self, die_at: int) -> bool:
        """One life; whether it came to its natural end."""
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            ours.close()
            self._serve_as_child(theirs, die_at)
        theirs.close()
        with ours:
            self._serve(ours)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code > 0:
            text = f"a child ended with {code}"
            raise RuntimeError(text)
        return code == 0

    def _serve(self, line: socket.socket) -> None:
        """Do what the child asks for, until it has ended."""
        with suppress(EOFError, ConnectionError):
            while True:
                self._now, what, arguments = _receive(line)
                result, refusal = self._do(what, arguments), None
                if isinstance(result, ApiError):
                    refusal = (result.code, result.description, result.retry_after)
                    result = None
                _send(line, (result, refusal, bool(self.cast.telegram.waiting())))

    def _do(self, what: str, arguments: tuple[Any, ...]) -> object:
        telegram = self.cast.telegram
        match what:
            case "perform":
                (act,) = arguments
                done = self.cast.perform(act)
                self._left = [each for each in self._left if each != act] if done else self._left
                return done
            case "sent":
                self._sent.append(arguments)
            case "call":
                if arguments in self._sent:
                    self._sent.remove(arguments)
                try:
                    return telegram.call(*arguments)
                except ApiError as error:
                    return error
            case "fetch":
                return telegram.fetch(*arguments)
            case "waiting":
                return bool(telegram.waiting())
            case "dying":
                self.deaths += arguments
        return None

    def _serve_as_child(self, line: socket.socket, die_at: int) -> None:
        """Be the service; never returns."""
        code = 1
        forget_strands()
        try:
            script = replace(self._script, acts=tuple(self._left), deaths=(die_at,), polls=True)
            telegram = RemoteTelegram(line, self.cast.telegram.group)
            units = Database(create_database_engine(self._path), self._path)
            seed = self.seed + 1000 * len(self.deaths)
            DoomedWorld.start = self._now
            findings = DoomedWorld(seed, units, script=script, cast=RemoteCast(telegram)).run()
            code = int(bool(findings.ended or findings.spoke_out_of_turn))
        finally:
            os._exit(code)
