"""What ``helpdesk documents`` says about what is on the shelf, and about what needs a person."""

from collections.abc import Mapping
from typing import Final

from knowledge.duplicates.listing import Reason
from knowledge.errors import N_

NOTHING: Final[Mapping[str, str]] = {
    "expiring": N_("Nothing ends in the next {days} days."),
    "due": N_("Nothing is due for a review in the next {days} days."),
    "undated": N_("Everything says when it was issued or since when it holds."),
    "conflicts": N_("No two passages say different things; {compared} pairs were compared."),
}
LEFT = N_("{days} days left")
OVER = N_("{days} days over")
MISSING: Final[Mapping[str, str]] = {
    "issued": N_("no date of issue"),
    "checked": N_("never checked"),
    "review_by": N_("no day for a review"),
}
LAPSED = N_(
    "{document} has no dates; {dated} has the same text and is not in force. It answers nobody: "
    "give it dates, or take it away."
)

SERVED = N_("{served} is served instead of:")
GIVES_WAY = N_("{document}: {passages} of {whole} passages; {reason}")
REASONS: Final[Mapping[Reason, str]] = {
    Reason.COPY: N_("same text"),
    Reason.MISREAD: N_("same text, signs misread"),
    Reason.MIRROR: N_("same number, or title, issuer and date"),
    Reason.PART: N_("part of it"),
}
ALIKE = N_("{one} says the same as {other}")
TRANSLATION = N_("{one} is a translation of {other}; passages: {count}")
EDITION = N_("{one} is another edition of {other}")
ONCE = N_("Nothing stands on the shelf more than once.")

INSTEAD = N_("{served} is served instead; {passages} of {whole} passages; {reason}")
ALSO_IN = N_("Also in translation: {document}")
OTHER_EDITION = N_("Another edition: {document}")
STATES: Final[Mapping[str, str]] = {}
FACTS: Final[Mapping[str, str]] = {
    "issued": N_("Issued: {date}"),
    "from": N_("In force from: {date}"),
    "until": N_("In force until: {date}"),
    "checked": N_("Checked: {date}"),
    "review by": N_("review by {date}"),
    "owner": N_("owner: {name}"),
    "holds in": N_("holds in {place}"),
}
