"""The routing table: which update goes to whom, on one screen."""

from collections.abc import Callable, Mapping

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

from bot.desk.mail import InboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.albums import ALBUM, parts_in
from handlers.chat.buttons import Action
from handlers.chat.cases import CaseRoom, actions
from handlers.chat.context import Door, Line
from handlers.chat.endings import Endings
from handlers.chat.gap_routing import gap_presses, gap_routes
from handlers.chat.held import HeldMessages
from handlers.chat.membership import Membership
from handlers.chat.people import People
from handlers.chat.presses import Presses, StaffPressHandler
from handlers.chat.promise_buttons import PromiseButtons
from handlers.chat.questions import Questions
from handlers.chat.reactions import Reactions
from handlers.chat.reading import question_of
from handlers.chat.reading_raw import message_of_raw
from handlers.chat.staff import StaffRoom
from handlers.chat.staff_groups import InStaffGroups
from handlers.chat.untranslated import Untranslated
from handlers.chat.workers import CURRENT, read_raw

_Context = ContextTypes.DEFAULT_TYPE
Route = BaseHandler[Update, _Context, None]


def routes(door: Door, line: Line) -> list[Route]:
    """Return the table; the first line that fits takes the update, and some fit none."""
    questions, people, staff = Questions(door, line), People(door), StaffRoom(door, line)
    membership, cases, endings = Membership(door, line), CaseRoom(door), Endings(door)
    customers = {
        Action.HELPFUL: questions.rated,
        Action.UNHELPFUL: questions.rated,
        Action.PERSON: questions.person_pressed,
        Action.CHOICE: questions.choice_pressed,
        Action.LANGUAGE: people.language_pressed,
        Action.STARS: endings.starred,
        Action.REOPEN: endings.reopened,
    }
    presses = Presses(door, line, customers=customers, staff=_staff_presses(door, cases, staff))
    new, changed = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    said = ~filters.StatusUpdate.ALL
    private = filters.ChatType.PRIVATE & new & said
    # Replies in General carry a thread number too, but are no topic messages.
    topics = InStaffGroups(door.settings) & filters.IS_TOPIC_MESSAGE & said
    wrote = cases.replies(staff.wrote)
    return [
        CommandHandler("start", people.start, private),
        CommandHandler("help", people.help, private),
        CommandHandler("language", people.language, private),
        CommandHandler("human", questions.person_wanted, private),
        CommandHandler("status", people.status, private),
        # What is cheap to see comes first: few messages are commands or replies.
        MessageHandler(filters.COMMAND & private, people.unknown),
        MessageHandler(filters.REPLY & private, endings.replies(questions.asked)),
        MessageHandler(private, questions.asked),
        MessageHandler(filters.ChatType.PRIVATE & changed & said, questions.edited),
        *gap_routes(door, staff, membership, topics & new),
        CommandHandler("card", membership.guard(cases.card_wanted, staff.refused), topics & new),
        MessageHandler(topics & new, membership.guard(wrote, staff.refused)),
        MessageHandler(topics & changed, membership.guard(staff.edited, staff.refused)),
        CallbackQueryHandler(presses.pressed),
        MessageReactionHandler(Reactions(door).reacted),
        ChatMemberHandler(people.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ChatMemberHandler(membership.changed, ChatMemberHandler.CHAT_MEMBER),
    ]


def _staff_presses(
    door: Door, cases: CaseRoom, staff: StaffRoom
) -> Mapping[Action, StaffPressHandler]:
    return {
        **actions(cases),
        **PromiseButtons(door).actions,
        **gap_presses(door, staff),
        **HeldMessages(door).actions,
        **Untranslated(door).actions,
    }


class Dispatch:
    """Parses the update of an inbox row and sends it along the table."""

    def __init__(self, door: Door, line: Line, bot: ExtBot[None]) -> None:
        """Use the library as a dispatcher only: order, storage and retries are ours."""
        self._application = Application.builder().bot(bot).updater(None).job_queue(None).build()
        self._application.add_handlers(routes(door, line))
        self._application.add_error_handler(_give_back)
        self._questions = Questions(door, line)
        self._staff = StaffRoom(door, line)

    async def initialize(self) -> None:
        """Make ready; the bot has introduced itself before."""
        await self._application.initialize()

    async def handle(self, row: InboxRow) -> None:
        """Handle the update of a row."""
        await self._application.process_update(self.parse(row))

    async def rescue(self, row: InboxRow, record: Callable[[UnitOfWork], None]) -> bool:
        """Bring a person for a customer's message that could not be handled, even one not read.

        For anything else a line tells staff that it was put aside.
        """
        raw = read_raw(row)
        parts = parts_in(self.parse(row)) if ALBUM in raw else ()
        message = question_of(parts[0], parts) if parts else message_of_raw(raw)
        if message is None:
            return await self._staff.tell_put_aside(row, record)
        await self._questions.rescue(message, record)
        return True

    def parse(self, row: InboxRow) -> Update:
        """Return the update of a row; raises whatever the library does when it cannot."""
        return Update.de_json(read_raw(row), self._application.bot)


async def _give_back(_: object, context: _Context) -> None:
    """Return what a handler raised to the worker, which decides what becomes of the update."""
    error = context.error
    if isinstance(error, Exception):
        CURRENT.get().failures.append(error)
