"""What is said about gaps and FAQ entries, in English. See handlers.wording_texts."""

from collections.abc import Mapping
from typing import Final

from bot.desk.faq_entry import FaqState, FindingKind
from bot.desk.outcomes import Clarifying, Declined, SmallTalk
from knowledge.errors import N_
from knowledge.passage import Audience

# To customers.
TOLD: Final = N_("On {date} you asked: “{question}” Now we can answer:")

# The list of gaps.
GAPS_TITLE: Final = N_("Asked and not answered")
NO_GAPS: Final = N_("Nobody waits for an answer that the shelf lacks.")
GAP_LINE: Final = N_("{waiting} waiting, {asked} asked ({languages}): “{question}”")
GAP_TICKET: Final = N_("Ticket {ticket}")
GAPS_HINT: Final = N_("When you have answered one in its topic, send /faq there.")

# One entry.
ENTRY_TITLE: Final[Mapping[FaqState, str]] = {
    FaqState.DRAFTED: N_("FAQ entry {entry} · draft"),
    FaqState.APPROVED: N_("FAQ entry {entry} · approved, it is being published"),
    FaqState.PUBLISHED: N_("FAQ entry {entry} · published, those who waited are being told"),
    FaqState.TOLD: N_("FAQ entry {entry} · published"),
    FaqState.DISCARDED: N_("FAQ entry {entry} · discarded"),
}
RETURNED: Final = N_("FAQ entry {entry} is a draft again, and nothing of it is published:")
QUESTIONS_LABEL: Final = N_("Questions")
ANSWER_LABEL: Final = N_("Answer")
SOURCE_LABEL: Final = N_("Source")
THE_CENTRE: Final = N_("the centre itself")
FOR_LABEL: Final = N_("For")
HOLDS_IN_LABEL: Final = N_("Holds in")
OWNER_LABEL: Final = N_("Owner")
REVIEW_LABEL: Final = N_("Review by")
WRITTEN_BY_LABEL: Final = N_("Made by")
APPROVED_BY_LABEL: Final = N_("Approved by")
TOLD_LABEL: Final = N_("People told")
FIELDS: Final[Mapping[str, str]] = {
    QUESTIONS_LABEL: "question",
    ANSWER_LABEL: "answer",
    SOURCE_LABEL: "source",
    FOR_LABEL: "audience",
    HOLDS_IN_LABEL: "jurisdiction",
    OWNER_LABEL: "owner",
    REVIEW_LABEL: "review",
}
"""What staff may change, by the label under which it stands on the card."""
AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.PUBLIC: N_("everybody"),
    Audience.COMPANY: N_("companies"),
    Audience.ACTOR: N_("foreign actors"),
    Audience.STAFF: N_("staff alone"),
}
FINDINGS: Final[Mapping[FindingKind, str]] = {
    FindingKind.ANSWERED: N_("“{about}” is answered already: {other}"),
    FindingKind.CONTRADICTS: N_("“{about}” does not agree with {other}"),
    FindingKind.LINT: N_("{other}"),
    FindingKind.PERSONAL: N_(
        "The answer has a telephone number, an address or the number of a paper. "
        "Take it out unless everybody may read it."
    ),
    FindingKind.UNREACHED: N_(
        "“{about}” is not answered from this entry but so: {other}. Change it or take it out."
    ),
    FindingKind.SOURCE: N_(
        "No source is named, so the centre itself is cited. Add a line “source: …” with a link or "
        "the id of a document."
    ),
}
ALIKE_LABEL: Final = N_("Wait for an answer and may ask the same")
HOW_TO_ADD: Final = N_(
    "Which of them ask the same? Reply with their numbers, such as “same: 1 3”, and they are told."
)
BROUGHT_A_PERSON: Final = N_("a person is asked ({reason})")
INSTEAD: Final[Mapping[str, str]] = {
    Clarifying.outcome: N_("the bot asks back"),
    Declined.outcome: N_("the bot says that it cannot help with this"),
    SmallTalk.outcome: N_("the bot takes it for small talk"),
}
"""What the bot does instead of answering."""
HOW_TO_CHANGE: Final = N_(
    "To change it, reply to this message with lines such as “question: …”, “question 2: …”, "
    "“answer: …”, “answer en: …” (another language), “source: …”, “owner: …”, "
    "“review: 2027-05-31”, “audience: company”."
)
HOW_TO_CHANGE_SHORT: Final = N_("Reply to the draft with lines such as “answer: …” or “source: …”.")
NOT_TOLD: Final = N_(
    "FAQ entry {entry} now answers what was asked here: “{question}” The customer was not told, "
    "because a colleague has this thread."
)

MAKE_BUTTON: Final = N_("Make it a FAQ entry")
APPROVE_BUTTON: Final = N_("Approve")
CHANGE_BUTTON: Final = N_("Change")
DISCARD_BUTTON: Final = N_("Discard")
