"""What ``helpdesk documents`` says about what is on the shelf, and about what needs a person."""

from collections.abc import Mapping
from typing import Final

from knowledge.duplicates.listing import Reason
from knowledge.errors import N_
from knowledge.manifest import DocumentState, Ending

NOTHING: Final[Mapping[str, str]] = {
    "expiring": N_("Nothing ends in the next {days} days."),
    "due": N_("Nothing is due for a review in the next {days} days."),
    "undated": N_("Everything says when it was issued or since when it holds."),
    "conflicts": N_("No two passages say different things; {compared} pairs were compared."),
}
LEFT: Final = N_("{days} days left")
OVER: Final = N_("{days} days over")
MISSING: Final[Mapping[str, str]] = {
    "issued": N_("no date of issue"),
    "checked": N_("never checked"),
    "review_by": N_("no day for a review"),
}
LAPSED: Final = N_(
    "{document}: it has no dates, and {dated} has the same text and is not in force. Nobody gets "
    "an answer from it; give it dates, or take it away."
)

SERVED: Final = N_("{document} is served instead of:")
GIVES_WAY: Final = N_("{document}: {reason} ({passages} of {whole} passages)")
INSTEAD: Final = N_("{document} is served instead: {reason} ({passages} of {whole} passages)")
REASONS: Final[Mapping[Reason, str]] = {
    Reason.COPY: N_("same text"),
    Reason.MISREAD: N_("same text, signs misread"),
    Reason.MIRROR: N_("same number, or title, issuer and date"),
    Reason.PART: N_("part of it"),
}
ALIKE: Final = N_("{one} says the same as {other}")
TRANSLATION: Final = N_("{one} is a translation of {other} (passages: {count})")
EDITION: Final = N_("{one} is another edition of {other}")
ONCE: Final = N_("Nothing stands on the shelf more than once.")
ALSO_IN: Final = N_("also in translation: {document}")
OTHER_EDITION: Final = N_("another edition: {document}")

STATES: Final[Mapping[DocumentState, str]] = {
    DocumentState.COMPLETE: N_("complete"),
    DocumentState.INCOMPLETE: N_("incomplete"),
}
ENDINGS: Final[Mapping[Ending, str]] = {
    Ending.CHANGED: N_("its file was changed"),
    Ending.REREAD: N_("it was read anew"),
    Ending.AUDIENCE: N_("it is for others now"),
    Ending.MOVED: N_("its file was moved"),
}
VERSION: Final = N_("version {number}")
SINCE: Final = N_("since {moment}")
FACTS: Final[Mapping[str, str]] = {
    "issued": N_("issued {fact}"),
    "effective_from": N_("in force from {fact}"),
    "effective_to": N_("in force until {fact}"),
    "checked": N_("checked {fact}"),
    "review_by": N_("review by {fact}"),
    "owner": N_("owner: {fact}"),
    "jurisdiction": N_("holds in {fact}"),
}
