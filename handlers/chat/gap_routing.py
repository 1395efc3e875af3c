"""Which updates are about gaps and FAQ entries; none where nothing can be published."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.desk.ticket import Staff
from handlers import wording_gap_texts as texts
from handlers.chat.buttons import Action
from handlers.chat.context import Door
from handlers.chat.gap_room import GapRoom, RepliesToEntry
from handlers.chat.membership import Membership
from handlers.chat.presses import Pressed, StaffPressHandler, Toast
from handlers.chat.staff import StaffRoom
from handlers.chat.staff_groups import InStaffGroups

GapRoute = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]
_Handler = Callable[[Pressed, Staff], Awaitable[None]]


def gap_routes(
    door: Door, staff: StaffRoom, membership: Membership, topics: filters.BaseFilter
) -> list[GapRoute]:
    """Return their part of the table; it stands before what passes on messages in ``topics``."""
    if door.gaps is None:
        return []
    room = GapRoom(door, door.gaps, staff)
    group = InStaffGroups(door.settings) & filters.UpdateType.MESSAGE
    return [
        CommandHandler("gaps", membership.guard(room.listed, staff.refused), group),
        CommandHandler("faq", membership.guard(room.commanded, staff.refused), topics),
        MessageHandler(
            topics & filters.REPLY & RepliesToEntry(), membership.guard(room.edited, staff.refused)
        ),
    ]


def gap_presses(door: Door, staff: StaffRoom) -> Mapping[Action, StaffPressHandler]:
    """Return what their buttons do."""
    if door.gaps is None:
        return {}
    room = GapRoom(door, door.gaps, staff)
    language = door.settings.staff_language
    how = door.wording.phrase(texts.HOW_TO_CHANGE_SHORT, language=language)
    return {
        Action.GAP: _quietly(room.make_pressed),
        Action.GAP_APPROVE: _quietly(room.approve_pressed),
        Action.GAP_CHANGE: _telling(room.change_pressed, how),
        Action.GAP_DISCARD: _quietly(room.discard_pressed),
    }


def _quietly(handler: _Handler) -> StaffPressHandler:
    return _telling(handler, "")


def _telling(handler: _Handler, text: str) -> StaffPressHandler:
    """Return a handler that tells whoever presses a text when it is done."""

    async def handle(pressed: Pressed, staff: Staff) -> Toast:
        await handler(pressed, staff)
        return Toast(text)

    return handle
