"""What only the terminal says, in English; see handlers.wording_texts."""

from collections.abc import Mapping
from typing import Final

from bot.desk.ticket import EntryKind
from knowledge.errors import N_

QUIT: Final = N_("End the conversation; it is kept and goes on next time")
PLAY_STAFF: Final = N_("Play the staff: see who is waiting and answer them")
FAREWELL: Final = N_("Goodbye! The conversation is kept.")
LANGUAGE_LINE: Final = N_("Write /language and one of these tags, or /language auto.")
STAFF_LINE: Final = N_(
    "You are the staff now. /take N claims a ticket, then what you write reaches the customer. "
    "A line that begins with // is a note for staff. /return and /close end it, "
    "/staff shows who is waiting, /customer goes back."
)
CUSTOMER_LINE: Final = N_("You are the customer again.")
TAKE_FIRST: Final = N_("Claim a ticket first: /take N, with its number.")
STAFF_AT_HAND: Final = N_("Write /staff to answer as a colleague.")

ENTRIES: Final[Mapping[EntryKind, str]] = {
    EntryKind.OPENED: N_("Ticket opened"),
    EntryKind.QUESTION: N_("Customer"),
    EntryKind.ANSWER: N_("Desk"),
    EntryKind.CLAIMED: N_("Claimed"),
    EntryKind.REPLY: N_("Colleague"),
    EntryKind.NOTE: N_("Note for staff"),
    EntryKind.RETURNED: N_("Returned to the bot"),
    EntryKind.CLOSED: N_("Closed"),
    EntryKind.UNDELIVERED: N_("Not delivered"),
    EntryKind.DRAFTED: N_("FAQ entry drafted"),
    EntryKind.PUBLISHED: N_("FAQ entry published"),
    EntryKind.TRANSFERRED: N_("Given to"),
    EntryKind.RELEASED: N_("Nobody has it any more"),
    EntryKind.SNOOZED: N_("Put off until"),
    EntryKind.WOKEN: N_("Its time has come"),
    EntryKind.NOTES_ONLY: N_("Notes only"),
    EntryKind.REPLIES_OUT: N_("Replies go out"),
    EntryKind.REOPENED: N_("Reopened"),
    EntryKind.RATED: N_("Stars"),
    EntryKind.INVITED: N_("Asked for a comment"),
    EntryKind.COMMENTED: N_("Comment"),
    EntryKind.HELD: N_("Held back"),
    EntryKind.WITHDRAWN: N_("Taken back"),
    EntryKind.EDITED: N_("Changed"),
}
