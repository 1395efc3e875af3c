"""The texts of ``helpdesk documents held`` and of its page, in English."""

from typing import Final

from ingest.held import Verdict
from knowledge.errors import N_

NOTHING: Final = N_("Nothing is held back.")
WHOLE: Final = N_("the whole document")
SINCE: Final = N_("held back since {day}")
RULED: Final = {
    Verdict.ACCEPT: N_("accepted by {by} on {day}"),
    Verdict.CORRECT: N_("corrected by {by} on {day}"),
    Verdict.DISCARD: N_("thrown away by {by} on {day}"),
}
REASON: Final = N_("Reason: {reason}")
TRIED: Final = N_("Repair: {what}")
REPAIRED: Final = N_("Repaired in this document, {count} times: {what}")
SEEN_BY: Final = N_("For: {audience}")
PICTURE: Final = N_("Picture: {path}")
TEXT: Final = N_("As it was read; what makes no sense stands between ⟦ and ⟧:")
NO_TEXT: Final = N_("Nothing of it could be read.")
BEFORE: Final = N_("Before it: {text}")
AFTER: Final = N_("After it: {text}")
CORRECTION: Final = N_("In its place stands:")
DONE: Final = {
    None: N_("{number}: open again."),
    Verdict.ACCEPT: N_("{number}: accepted."),
    Verdict.CORRECT: N_("{number}: corrected."),
    Verdict.DISCARD: N_("{number}: thrown away."),
}
ON_SHELF: Final = N_("{document} was read again; {count} passages of it are on the shelf.")
NOT_ON_SHELF: Final = N_("Nothing of {document} is on the shelf.")
LATER: Final = N_("It holds as soon as the document is read again.")
NEEDS_FILE: Final = N_(
    "Name the file with the corrected text (--file FILE, or --file - to read it from the input)."
)
NO_EDITOR: Final = N_("The editor {name} did not finish; nothing was changed.")
PAGE_TITLE: Final = N_("Held back until somebody decides")
PAGE_INTRO: Final = N_(
    "None of this can be found or quoted. Look at each part beside its page, then copy one of its "
    "commands into a terminal."
)
PAGE_SECRET: Final = N_("This file shows text of your documents: keep it among staff.")
ACCEPT_HELP: Final = N_("Accept: it goes onto the shelf as it was read")
CORRECT_HELP: Final = N_("Correct: your text goes in its place")
DISCARD_HELP: Final = N_("Throw away: it stays out")
PICTURE_OF: Final = N_("Page {page}")
AROUND: Final = N_("What stands around it")
WRITTEN: Final = N_("{count} parts are on the page {path}.")
