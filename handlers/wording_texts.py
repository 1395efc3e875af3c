"""What askers read, in English. The catalogs in bot/i18n carry it into the other languages.

Each text says what happens next. A field ``{language}`` is not possible, because that is the name
of the argument for the reader's language; use another word, such as ``{chosen}``.
"""

from collections.abc import Mapping
from typing import Final

from bot.desk.outcomes import DeclineReason, HandOffReason, SmallTalkKind
from bot.desk.ticket import TicketState
from knowledge.errors import N_

# Answers and their parts.
HISTORY: Final = N_(
    "These are the rules as they stood in {year}. They are no longer in force; "
    "ask without the year for the rules of today."
)
TO_COME: Final = N_("This is not in force yet. It holds from: {date}.")
BY_PLACE: Final = N_(
    "The rule is not the same everywhere. Each source below says for which place it holds."
)
AS_OF: Final = N_("As of {date}")
SOURCES: Final = N_("Sources")
ISSUED: Final = N_("Issued: {date}")
HOLDS_IN: Final = N_("Holds in: {place}")
ELSEWHERE: Final = N_("other countries")
IN_FORCE_FROM: Final = N_("In force from: {date}")
IN_FORCE_UNTIL: Final = N_("In force until: {date}")
CHECKED: Final = N_("Checked: {date}")
OTHER_LANGUAGE: Final = N_(
    "I have no text on this in your language. This is the original; its language: {original}."
)
# A translation stands in the shelf's own table, beside the Chinese text that it was made from.
OTHER_TRANSLATION: Final = N_(
    "I have no text on this in your language. The language of the text below: {translation}."
)
TRANSLATION: Final = N_("This is a translation. The Chinese original prevails.")
# Below an answer that a language model put into words; the law asks for such a notice.
WORDED: Final = N_(
    "Put into words by AI and checked against the sources below. If in doubt, the sources prevail."
)

WHICH_ONE: Final = N_("Which of these do you mean?")
SAY_MORE: Final = N_("Could you say a little more about what you mean?")

HAND_OFF: Final[Mapping[HandOffReason, str]] = {
    HandOffReason.NOT_COVERED: N_(
        "I have no reliable source for this, so I will not guess. A colleague will answer you here."
    ),
    HandOffReason.UNSURE: N_(
        "I am not sure enough that my documents answer this, so I will not guess. "
        "A colleague will answer you here."
    ),
    HandOffReason.CONFLICT: N_(
        "My sources do not agree on this, so I will not choose between them. "
        "A colleague will answer you here."
    ),
    HandOffReason.ASKED_FOR_PERSON: N_(
        "Of course. I have asked a colleague, who will answer you here. "
        "Please write what they should know."
    ),
    HandOffReason.PERSONAL_CASE: N_(
        "This is about a particular case, and a person should look at it. "
        "A colleague will answer you here."
    ),
    HandOffReason.DANGER: N_(
        "If you are in danger, get to a safe place and call:\n"
        "110 – police\n"
        "120 – ambulance\n"
        "119 – fire brigade\n"
        "12367 – immigration hotline, day and night, in Chinese and English\n"
        "Your embassy or consulate can help you too.\n\n"
        "I have called a colleague with top priority. They will answer you here, "
        "but do not wait for us if you need help now."
    ),
    HandOffReason.COMPLAINT: N_(
        "I am sorry that something went wrong. "
        "A colleague will read your complaint and answer you here."
    ),
    HandOffReason.ATTACHMENT: N_(
        "I cannot read attachments myself, so a colleague will look at yours and answer you here."
    ),
    HandOffReason.FAILURE: N_(
        "Something went wrong on our side. Your message is kept, "
        "and a colleague will answer you here."
    ),
    HandOffReason.MANY_MESSAGES: N_(
        "You have written more messages than I can answer one by one. All of them are kept, "
        "and a colleague will read them and answer you here."
    ),
    HandOffReason.REOPENED: N_("Your ticket is open again. A colleague will answer you here."),
}
# For whoever waits already: nobody is promised the same thing twice.
ADDED: Final = N_("I have passed this on as well.")

DECLINE: Final[Mapping[DeclineReason, str]] = {
    DeclineReason.ILLEGAL: N_(
        "I do not help with this, because it is against the law. For work in China, "
        "the lawful route is this: the employer applies for the work permit before any work "
        "starts. Ask me how that goes."
    ),
    DeclineReason.OFF_TOPIC: N_(
        "I am afraid I cannot help with that. This desk is about taking micro-dramas and games "
        "overseas, and about working in China as a foreign actor. "
        "What would you like to know about these?"
    ),
    DeclineReason.NO_TEXT: N_(
        "I can only read text for now. Please write your question in words, or ask for a person."
    ),
    DeclineReason.TOO_LONG: N_(
        "Your message is too long for me. "
        "Please shorten it to 4,000 characters and send it again, or ask for a person."
    ),
    DeclineReason.ANSWERED_BEFORE: N_(
        "A colleague has answered this question, further up. "
        "If something about it is still open, ask for a person, who will look at it again."
    ),
}

SMALL_TALK: Final[Mapping[SmallTalkKind, str]] = {
    SmallTalkKind.GREETING: N_(
        "Hello! Ask me about taking micro-dramas and games overseas, "
        "or about working in China as a foreign actor."
    ),
    SmallTalkKind.THANKS: N_("You are welcome. If anything else comes up, just ask."),
    SmallTalkKind.FAREWELL: N_("Goodbye! Write again whenever you have a question."),
    SmallTalkKind.ABOUT: N_(
        "This is the help desk of a service centre in Shenzhen. It is for companies that take "
        "micro-dramas and games overseas, and for foreign actors who work in China or want to.\n\n"
        "My answers are quoted from dated documents, and I show you each source. "
        "Where the documents do not say, I do not guess: a person answers you."
    ),
    SmallTalkKind.HOURS: N_(
        "I answer from my documents at any hour. For a colleague, ask for a person."
    ),
}

# The commands and what they answer.
WELCOME: Final = N_(
    "Welcome! This is the help desk for companies that take micro-dramas and games overseas, "
    "and for foreign actors who work in China or want to.\n\n"
    "Write your question in your own language. I answer from dated documents and show you each "
    "source. If they do not say, a person answers you here."
)
HELP: Final = N_(
    "Write your question in a sentence or two; one question at a time works best. "
    "Every answer shows its sources and the day for which it holds.\n\n"
    "The commands:"
)
COMMANDS: Final[Mapping[str, str]] = {
    "start": N_("Begin, and read what this desk is for"),
    "help": N_("How to ask, and what else I can do"),
    "language": N_("Choose the language in which I write to you"),
    "human": N_("Ask for a person"),
    "status": N_("See who will answer you"),
}
UNKNOWN_COMMAND: Final = N_("I do not know the command {command}. /help shows all that I know.")
BOT_SHORT_DESCRIPTION: Final = N_(
    "Micro-dramas and games overseas, foreign actors in China: answers with sources."
)
BOT_DESCRIPTION: Final = N_(
    "Questions about taking micro-dramas and games overseas from Shenzhen, or about working in "
    "China as a foreign actor? Ask in your own language. The answers are quoted from dated "
    "documents, each with its source. Where the documents do not say, a person answers you."
)

CHOOSE_LANGUAGE: Final = N_("In which language shall I write to you?")
AUTOMATIC_LANGUAGE: Final = N_("The language I write in")
LANGUAGE_CHOSEN: Final = N_("Language: {chosen}. I will use it for you from now on.")
LANGUAGE_AUTOMATIC: Final = N_("I will answer in the language in which you write.")
LANGUAGE_UNKNOWN: Final = N_("I do not know the language “{tag}”. You can choose: {known}.")

PERSON_COMING: Final = N_("A colleague knows that you are waiting and will answer you here.")

NO_TICKET: Final = N_("You have no open ticket. I answer your questions here.")
STATUS: Final[Mapping[TicketState, str]] = {
    TicketState.WAITING: N_(
        "Ticket {ticket} is waiting for a colleague, who will answer you here. "
        "You can add anything that they should know."
    ),
    TicketState.CLAIMED: N_(
        "A colleague is looking after ticket {ticket} and will answer you here."
    ),
    TicketState.RETURNED: N_(
        "Ticket {ticket} is with the bot again. I answer your questions here."
    ),
    TicketState.CLOSED: N_("Ticket {ticket} is closed. If anything is still open, write it here."),
}
CHANGE: Final[Mapping[TicketState, str]] = {
    TicketState.WAITING: N_("Your ticket is open again. A colleague will answer you here."),
    TicketState.CLAIMED: N_("A colleague has taken over and will answer you here."),
    TicketState.RETURNED: N_("The bot answers you again. You can ask for a person at any time."),
    TicketState.CLOSED: N_("Your ticket is closed. If anything is still open, write it here."),
}

# Around an answer.
HELPFUL_BUTTON: Final = N_("👍 Helpful")
UNHELPFUL_BUTTON: Final = N_("👎 Not helpful")
PERSON_BUTTON: Final = N_("Ask a person")
RATED_HELPFUL: Final = N_("Thank you, I am glad that it helped.")
RATED_UNHELPFUL: Final = N_("Thank you for telling us. A person can help you if you ask for one.")
COLLEAGUE: Final = N_("Colleague")
