"""What is said about cases beyond question and reply, in English. See handlers.wording_texts."""

from collections.abc import Mapping
from typing import Final

from bot.desk.briefing import Gap
from bot.desk.schedule.queues import DEFAULT_QUEUE
from knowledge.errors import N_

# The case card.
COUNTRY_LABEL: Final = N_("Country")
WANTS_LABEL: Final = N_("Wants")
QUEUES: Final[Mapping[str, str]] = {
    "urgent": N_("Danger"),
    "complaints": N_("Complaints"),
    DEFAULT_QUEUE: N_("Everything else"),
}
MISSING_LABEL: Final = N_("Missing")
SNOOZED_LABEL: Final = N_("Put off until")
MODE_LABEL: Final = N_("Mode")
QUEUE_LABEL: Final = N_("Queue")
RATING_LABEL: Final = N_("Rating")
COMMENT_LABEL: Final = N_("Comment")
NOTES_ONLY: Final = N_("🔒 Notes only: nothing that you write here reaches the customer.")
BEFORE_TITLE: Final = N_("What was said before")
SOLVED_TITLE: Final = N_("Similar cases that were closed")
SOLVED_CASE: Final = N_("Ticket {ticket}: {question}")
DRAFT_TITLE: Final = N_("Draft reply, from the shelf. Nobody has checked it:")
DRAFT_LONG: Final = N_("It is too long to show here. Press “{edit}” to read it in full.")
NOT_SEARCHED: Final = N_("No draft reply.")
NO_DRAFT: Final = N_("No draft reply: the shelf has nothing near enough.")
GAPS: Final[Mapping[Gap, str]] = {
    Gap.CHOICE: N_("which of the things is meant that the bot asked about"),
    Gap.COUNTRY: N_("which country it is about"),
    Gap.PLACE: N_("which city or district it is about"),
}

# Its buttons, and what becomes of a press.
SEND_DRAFT_BUTTON: Final = N_("✉️ Send the draft")
EDIT_DRAFT_BUTTON: Final = N_("✏️ Edit")
DISCARD_DRAFT_BUTTON: Final = N_("🗑 Discard")
TRANSFER_BUTTON: Final = N_("Transfer…")
SNOOZE_BUTTON: Final = N_("Put off…")
NOTES_ONLY_BUTTON: Final = N_("🔒 Notes only")
REPLIES_OUT_BUTTON: Final = N_("📣 Replies go out")
REOPEN_BUTTON: Final = N_("Reopen")
BACK_BUTTON: Final = N_("Back")
ANYBODY_BUTTON: Final = N_("Anybody")
HOUR_BUTTON: Final = N_("1 hour")
TOMORROW_BUTTON: Final = N_("Tomorrow morning")
MONDAY_BUTTON: Final = N_("Monday")

CLAIMED_TOAST: Final = N_(
    "Ticket {ticket} is yours. What you write in its topic reaches the customer."
)
SENT_TOAST: Final = N_("The draft is on its way to the customer.")
DISCARDED_TOAST: Final = N_("The draft is gone.")
SNOOZED_TOAST: Final = N_("Ticket {ticket} is put off until {moment}.")
NOTES_ONLY_TOAST: Final = N_("From now on everything here is a note, until you change it back.")
REPLIES_OUT_TOAST: Final = N_("From now on what you write here reaches the customer again.")
NO_COLLEAGUES: Final = N_(
    "Nobody else has written or pressed anything in this group yet. You can give it to anybody."
)
NO_QUEUE: Final = N_(
    "There is no queue “{queue}” any more, so nothing was done. Choose another one."
)
NOT_OPEN: Final = N_("This ticket is not open any more, so nothing was done.")
REFUSED_PRESS: Final = N_("You are not among the staff, so nothing was done.")
EDIT_PROMPT: Final = N_(
    "{staff}, copy the draft below, change it, and send it as a reply to this message. Your reply "
    "goes to the customer."
)

TRANSFERRED: Final = N_("{staff} gave ticket {ticket} to {colleague}.")
QUEUED: Final = N_(
    "{staff} put ticket {ticket} into the queue “{queue}”. Whoever is free, claim it."
)
GIVEN_BACK: Final = N_("{staff} gave ticket {ticket} back. Whoever is free, claim it.")
RELEASED: Final = N_(
    "{staff} is not in this group any more. Ticket {ticket} waits for somebody to claim it."
)
WOKEN: Final = N_("⏰ Ticket {ticket} was put off until now.")
CUSTOMER_SAYS: Final = N_("The customer says about ticket {ticket}: {comment}")

# What the customer reads.
CLOSED: Final = N_(
    "Your ticket is closed. If anything is still open, reply to this message or press the button "
    "below it: that opens the ticket again."
)
RATE_REQUEST: Final = N_(
    "How satisfied are you with the help that you got? Press a number of stars. What you write as "
    "a reply to this message is kept as your comment."
)
COMMENT_BUTTON: Final = N_("Leave a comment")
COMMENT_REQUEST: Final = N_("Please write your comment now. I will pass it on.")
COMMENT_THANKS: Final = N_("Thank you. I have passed your comment on.")
RATED_TOAST: Final = N_("Thank you for your rating.")
TOO_LATE_TO_REOPEN: Final = N_("That was some time ago. Please just write your question again.")
