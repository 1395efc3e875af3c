"""Sending places, contacts and dice."""

from tests.telegram_server import errors
from tests.telegram_server.kinds import DICE, make_venue, roll_dice
from tests.telegram_server.methods.composition import deliver, find_place, read_markup
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import Content

_LOCATION_FIELDS = (
    "latitude",
    "longitude",
    "horizontal_accuracy",
    "live_period",
    "heading",
    "proximity_alert_radius",
)
_CONTACT_FIELDS = ("phone_number", "first_name", "last_name", "vcard")
_VENUE_FIELDS = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


def _given(call: Call, names: tuple[str, ...]) -> JsonObject:
    return {name: call.get(name) for name in names if call.get(name) is not None}


def _deliver(call: Call, content: Content) -> JsonObject:
    place = find_place(call)
    content.markup = read_markup(call)
    return deliver(call, place, content)


@method("sendLocation")
def send_location(call: Call) -> JsonObject:
    """Send a point on the map."""
    return _deliver(call, Content(extra={"location": _given(call, _LOCATION_FIELDS)}))


@method("sendVenue")
def send_venue(call: Call) -> JsonObject:
    """Send a place with a name."""
    title, address = str(call.get("title")), str(call.get("address"))
    latitude, longitude = float(call.get("latitude")), float(call.get("longitude"))
    content = make_venue(title, address, latitude=latitude, longitude=longitude)
    content.extra["venue"] |= _given(call, _VENUE_FIELDS)
    return _deliver(call, content)


@method("sendContact")
def send_contact(call: Call) -> JsonObject:
    """Send somebody's number."""
    return _deliver(call, Content(extra={"contact": _given(call, _CONTACT_FIELDS)}))


@method("sendDice")
def send_dice(call: Call) -> JsonObject:
    """Throw a dice; how it falls is the server's affair."""
    emoji = str(call.get("emoji") or "🎲")
    if emoji not in DICE:
        raise errors.bad_request(errors.DICE_INVALID)
    return _deliver(call, roll_dice(emoji, call.server.chance.random()))
