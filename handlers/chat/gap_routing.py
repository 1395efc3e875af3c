"""Which updates are about gaps and FAQ entries; none where nothing can be published."""

from collections.abc import Mapping

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from handlers.chat.buttons import Action
from handlers.chat.context import Door
from handlers.chat.gap_room import GapRoom, RepliesToEntry
from handlers.chat.presses import PressHandler
from handlers.chat.staff import StaffRoom

GapRoute = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]


def gap_routes(door: Door, staff: StaffRoom, topics: filters.BaseFilter) -> list[GapRoute]:
    """Return their part of the table; it stands before what passes on messages in ``topics``."""
    if door.gaps is None:
        return []
    room = GapRoom(door, door.gaps, staff)
    group = filters.Chat(door.settings.staff_group) & filters.UpdateType.MESSAGE
    return [
        CommandHandler("gaps", room.listed, group),
        CommandHandler("faq", room.commanded, topics),
        MessageHandler(topics & filters.REPLY & RepliesToEntry(), room.edited),
    ]


def gap_presses(door: Door, staff: StaffRoom) -> Mapping[Action, PressHandler]:
    """Return what their buttons do."""
    if door.gaps is None:
        return {}
    room = GapRoom(door, door.gaps, staff)
    return {
        Action.GAP: room.make_pressed,
        Action.GAP_APPROVE: room.approve_pressed,
        Action.GAP_CHANGE: room.change_pressed,
        Action.GAP_DISCARD: room.discard_pressed,
    }
