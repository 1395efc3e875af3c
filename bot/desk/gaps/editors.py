"""Who may approve a FAQ entry, as the settings say."""

from dataclasses import dataclass

from bot.desk.faq_entry import FaqEntry
from knowledge.errors import N_

NO_EDITOR = N_("you are not among the editors (HELPDESK_FAQ_EDITORS).")
FOUR_EYES = N_("whoever made it may not approve it (HELPDESK_FAQ_FOUR_EYES).")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenEditors:
    """Those with these ids, or all staff where there are none; with ``four_eyes`` not the author.

    Whoever changed an entry is an author of it too.
    """

    identities: frozenset[str] = frozenset()
    four_eyes: bool = False

    def may_approve(self, entry: FaqEntry, identity: str) -> str:
        """Why somebody may not approve an entry; "" if they may."""
        if self.identities and identity not in self.identities:
            return NO_EDITOR
        if self.four_eyes and identity in {entry.author.identity, *entry.changed_by}:
            return FOUR_EYES
        return ""
