"""The bot's menu of commands, by scope and language."""

import json
import re

from tests.telegram_server import errors
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.shapes import JsonObject

_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS = 100
_DESCRIPTION_LIMIT = 256


def scope_key(scope: JsonObject | None) -> str:
    """Name a scope in a form that can be compared."""
    return json.dumps(scope or {"type": "default"}, sort_keys=True)


def read_language(call: Call) -> str:
    """Read a two-letter language code; none means everybody else."""
    language = str(call.get("language_code") or "")
    if not _LANGUAGE.fullmatch(language):
        text = "LANG_CODE_INVALID"
        raise errors.bad_request(text)
    return language


def _key(call: Call) -> tuple[str, str]:
    return scope_key(call.get("scope")), read_language(call)


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    """Set the menu for one scope and language."""
    commands: list[JsonObject] = call.get("commands")
    if len(commands) > _MOST_COMMANDS:
        text = "BOT_COMMANDS_TOO_MUCH"
        raise errors.bad_request(text)
    for command in commands:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            text = "BOT_COMMAND_INVALID"
            raise errors.bad_request(text)
        if not 1 <= len(command["description"]) <= _DESCRIPTION_LIMIT:
            text = "BOT_COMMAND_DESCRIPTION_INVALID"
            raise errors.bad_request(text)
    call.bot.profile.commands[_key(call)] = commands
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[JsonObject]:
    """Return the menu set for exactly this scope and language."""
    return call.bot.profile.commands.get(_key(call), [])


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    """Forget the menu for one scope and language."""
    call.bot.profile.commands.pop(_key(call), None)
    return True
