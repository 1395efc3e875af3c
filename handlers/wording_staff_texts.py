"""What staff read, in English, and the terminal's own prompts. See handlers.wording_texts."""

from collections.abc import Mapping
from typing import Final

from bot.desk.outcomes import HandOffReason
from bot.desk.ticket import TicketState
from knowledge.errors import N_
from knowledge.passage import Audience

# The case card.
CARD_TITLE: Final = N_("Ticket {ticket} · {customer} · {reason}")
URGENT_CARD_TITLE: Final = N_("🔴 URGENT · Ticket {ticket} · {customer} · {reason}")
URGENCY_LABEL: Final = N_("Urgency")
LANGUAGE_LABEL: Final = N_("Language")
AUDIENCE_LABEL: Final = N_("Asks as")
QUESTION_LABEL: Final = N_("Question")
DISAGREEMENT_LABEL: Final = N_("Sources that do not agree")
ANSWER_LABEL: Final = N_("The bot answered")
STATE_LABEL: Final = N_("State")
URGENT: Final = N_("Urgent: somebody may be in danger. Please answer first.")
NOT_URGENT: Final = N_("Normal")
UNKNOWN_CUSTOMER: Final = N_("Customer without a name")

REASONS: Final[Mapping[str, str]] = {
    HandOffReason.NOT_COVERED: N_("no source"),
    HandOffReason.UNSURE: N_("the bot is not sure"),
    HandOffReason.CONFLICT: N_("sources disagree"),
    HandOffReason.ASKED_FOR_PERSON: N_("asked for a person"),
    HandOffReason.PERSONAL_CASE: N_("a particular case"),
    HandOffReason.DANGER: N_("possible danger"),
    HandOffReason.COMPLAINT: N_("complaint"),
    HandOffReason.ATTACHMENT: N_("attachment"),
    HandOffReason.FAILURE: N_("technical failure"),
    HandOffReason.MANY_MESSAGES: N_("many messages at once"),
    HandOffReason.REOPENED: N_("reopened by the customer"),
}
AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.PUBLIC: N_("not known"),
    Audience.COMPANY: N_("company"),
    Audience.ACTOR: N_("foreign actor"),
    Audience.STAFF: N_("staff"),
}
STATES: Final[Mapping[TicketState, str]] = {
    TicketState.WAITING: N_("waiting"),
    TicketState.CLAIMED: N_("claimed"),
    TicketState.RETURNED: N_("with the bot"),
    TicketState.CLOSED: N_("closed"),
}
STAFF_CHANGE: Final[Mapping[TicketState, str]] = {
    TicketState.WAITING: N_("Ticket {ticket} is open again and waits for somebody to claim it."),
    TicketState.CLAIMED: N_(
        "{staff} has claimed ticket {ticket}. What you write here now reaches the customer."
    ),
    TicketState.RETURNED: N_("Ticket {ticket} is with the bot again, which answers new questions."),
    TicketState.CLOSED: N_("Ticket {ticket} is closed."),
}

CLAIM_BUTTON: Final = N_("Claim")
RETURN_BUTTON: Final = N_("Return to the bot")
CLOSE_BUTTON: Final = N_("Close")

# What becomes of what staff write.
BECAME_URGENT: Final = N_("🔴 Somebody may be in danger here. Please answer this ticket first.")
UNDELIVERED: Final = N_("Your message could not be delivered: {problem}")
UNDELIVERED_PROBLEMS: Final[Mapping[str, str]] = {
    "blocked": N_("The customer has blocked the bot. Try to reach them in another way."),
    "deleted": N_("The customer has deleted their account. Try to reach them in another way."),
    "unknown": N_("It is not certain whether it arrived. Ask the customer before you repeat it."),
    "failed": N_("The service refused it. Please send it again, perhaps in a simpler form."),
}
NOT_AN_OPEN_TICKET: Final = N_("No open ticket belongs to this place, so nothing was sent.")
NOTE_KEPT: Final = N_("Kept as a note. The customer does not see it.")
UPDATE_PUT_ASIDE: Final = N_(
    "A message from Telegram could not be handled, and no ticket shows it (number {number}). "
    "Whoever runs the service sees it with “helpdesk mail list”."
)
REACHABLE_AGAIN: Final = N_("The customer can be written to again.")
CUSTOMER_BLOCKED: Final = N_(
    "The customer has blocked the bot. What you write does not reach them until they unblock it."
)

# The terminal.
TERMINAL_HINT: Final = N_("Write your question and press Enter. /help shows the commands.")
NO_WAITING_TICKETS: Final = N_("No ticket is waiting.")
STAFF_PROMPT: Final = N_("Your reply to {customer} (an empty line sends nothing):")
REPLY_SENT: Final = N_("Your reply was sent to {customer}.")
CUSTOMER_PROMPT: Final = N_("You")
