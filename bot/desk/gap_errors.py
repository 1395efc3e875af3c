"""What can go wrong with FAQ entries."""

from knowledge.errors import N_, DeskError


class FaqEntryUnknown(DeskError):
    """No such entry."""

    code = "faq-entry-unknown"
    template = N_("There is no FAQ entry {entry}.")


class NothingToDraft(DeskError):
    """A ticket holds no question, or no answer of a colleague."""

    code = "nothing-to-draft"
    template = N_(
        "No FAQ entry can be made of ticket {ticket}: it has no answer of a colleague to a "
        "question. Answer first, or reply with /faq to the message that answers."
    )


class FaqEntryMoved(DeskError):
    """What was wanted cannot be done where an entry stands now."""

    code = "faq-entry-moved"
    template = N_("FAQ entry {entry} cannot be changed: it is no draft any more.")


class FaqEntryChanged(DeskError):
    """Somebody would approve another content than the one they have read."""

    code = "faq-entry-changed"
    template = N_(
        "FAQ entry {entry} was not approved: it was changed after the message under which you "
        "pressed. Read it as it is now first."
    )


class FaqFieldWrong(DeskError):
    """A line of a change makes no sense."""

    code = "faq-field-wrong"
    template = N_("Nothing was changed. “{line}”: {problem}")


class NotAnEditor(DeskError):
    """Somebody may not approve an entry."""

    code = "not-an-editor"
    template = N_("FAQ entry {entry} was not approved: {problem}")


class FaqRowRefused(DeskError):
    """The row of an entry cannot be read as a row of a FAQ table."""

    code = "faq-row-refused"
    template = N_("FAQ entry {entry} cannot be published: {problem}")
