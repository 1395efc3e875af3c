"""What is said about translations of messages, in English. See handlers.wording_texts."""

from collections.abc import Mapping
from typing import Final

from knowledge.errors import N_

# To customers, under what was translated.
TRANSLATED_FOR_YOU: Final = N_("Machine translation from {source}")
TRANSLATED_QUOTATION: Final = N_("Machine translation from {source}. In the words of the source:")

# To staff.
TRANSLATED: Final = N_("Machine translation, {source} → {into}:")
SENT_TRANSLATED: Final = N_("The customer has got this machine translation ({source} → {into}):")
FORMATTING_DROPPED: Final = N_(
    "Some of your formatting (bold, italic, links and the like) has no certain place in the "
    "translation and was left out. Links stand below the text."
)
NOT_TRANSLATED: Final = N_(
    "Your reply has not gone out, because the translation ({source} → {into}) cannot be relied on:"
)
KEPT_BACK: Final = N_(
    "The ticket changed hands while your reply was being translated, so it has not gone out. "
    "This is the translation ({source} → {into}):"
)
WHAT_NEXT: Final = N_("You can change your message and it is tried again, or write it in {into}.")
WHAT_NEXT_FOR_DRAFT: Final = N_("You can send the draft as it is, or write a reply in {into}.")
SEND_ANYWAY_BUTTON: Final = N_("Send as it is")
SEND_TRANSLATION_BUTTON: Final = N_("Send the translation")
SENT_ANYWAY: Final = N_("Sent.")

PROBLEMS: Final[Mapping[str, str]] = {
    "locked": N_("a number, date, amount, address, name of a rule or name of a person got lost"),
    "figures": N_("the numbers are not the same"),
    "dates": N_("the dates are not the same"),
    "addresses": N_("the addresses are not the same"),
    "rules": N_("the rules named are not the same"),
    "terms": N_("a term of the field is missing or called by another name"),
    "negation": N_("one of them denies or forbids what the other does not"),
    "language": N_("it is in the wrong language"),
    "length": N_("it is much longer or shorter"),
    "form": N_("it holds signs that cannot be shown"),
    "unknown language": N_("the language of the message is not known"),
    "too long": N_("the message is too long"),
    "no reply": N_("the language model gave no translation"),
    "does not fit": N_("the translation cannot be put into this kind of message"),
}
