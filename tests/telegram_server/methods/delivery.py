"""How the bot gets its updates: polling or a webhook."""

import re

from tests.telegram_server import errors
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.server import Doors
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.webhook import WebhookSettings

_MOST_UPDATES = 100
_LONGEST_WAIT = 50
_MOST_CONNECTIONS = 100
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def _doors(call: Call) -> Doors:
    return call.server.doors[call.bot.user.id]


def _read_allowed(call: Call) -> None:
    # Omitting the parameter keeps the former setting; an empty list restores the default.
    if call.get("allowed_updates") is not None:
        _doors(call).queue.allowed = list(call.get("allowed_updates"))


@method("getUpdates")
async def get_updates(call: Call) -> list[JsonObject]:
    """Return waiting updates, or wait for some."""
    doors = _doors(call)
    if doors.courier.is_active:
        raise errors.conflict(errors.WEBHOOK_IS_ACTIVE)
    _read_allowed(call)
    offset = int(call.get("offset") or 0)
    if offset != 0:
        doors.queue.confirm(offset)
    limit = int(call.get("limit") or _MOST_UPDATES)
    if not 1 <= limit <= _MOST_UPDATES:
        limit = _MOST_UPDATES
    seconds = min(int(call.get("timeout") or 0), _LONGEST_WAIT)
    found = await doors.polling.wait(limit=limit, seconds=seconds)
    return [update.payload() for update in found]


@method("setWebhook")
async def set_webhook(call: Call) -> bool:
    """Switch to a webhook, or (with an empty address) back to polling."""
    doors = _doors(call)
    secret = call.get("secret_token")
    if secret is not None and not _SECRET.fullmatch(secret):
        text = "secret token contains unallowed characters"
        raise errors.bad_request(text)
    connections = int(call.get("max_connections") or 40)
    if not 1 <= connections <= _MOST_CONNECTIONS:
        text = f"setWebhook: max_connections {connections} is not from 1 to 100"
        raise errors.violation(text)
    _read_allowed(call)
    if call.get("drop_pending_updates"):
        doors.queue.clear()
    doors.polling.abort(errors.conflict(errors.POLLER_REPLACED_BY_WEBHOOK))
    doors.courier.configure(WebhookSettings(str(call.get("url")), secret, connections))
    return True


@method("deleteWebhook")
async def delete_webhook(call: Call) -> bool:
    """Switch back to polling."""
    doors = _doors(call)
    if call.get("drop_pending_updates"):
        doors.queue.clear()
    doors.courier.configure(WebhookSettings())
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> JsonObject:
    """Describe the webhook."""
    return _doors(call).courier.describe()
