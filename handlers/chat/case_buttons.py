"""The buttons under a case card, and the menus that two of them open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.desk.roster import Member
from bot.desk.ticket import Ticket, TicketState
from handlers import wording_case_texts as texts
from handlers import wording_staff_texts as staff_texts
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.chat.gap_composer import make_button
from handlers.wording_cases import CaseWording

BACK: Final = "-"
ANYBODY: Final = "any"
NOTES_ONLY: Final = "notes"
REPLIES_OUT: Final = "out"
MOST_COLLEAGUES: Final = 8

SNOOZES: Final = {
    "1h": texts.HOUR_BUTTON,
    "tomorrow": texts.TOMORROW_BUTTON,
    "monday": texts.MONDAY_BUTTON,
}


@dataclass(frozen=True, slots=True)
class CaseButtons:
    """Makes them in the staff's language."""

    words: CaseWording
    offers_entries: bool = False
    """Whether staff can make an entry of the FAQ from what they answered."""

    def of(self, ticket: Ticket, *, whole_draft: bool = True) -> Markup | None:
        """What staff can do with a ticket as it stands; None when it is nothing.

        A draft that the card does not show whole can be read and edited, but not sent unread.
        """
        if not ticket.state.open:
            made = make_button(self.words.wording, self.words.language, ticket)
            return keyboard(
                [self._button(texts.REOPEN_BUTTON, Action.REOPEN, ticket)],
                made if self.offers_entries else [],
            )
        first = (
            (staff_texts.CLAIM_BUTTON, Action.CLAIM)
            if ticket.state is TicketState.WAITING
            else (staff_texts.RETURN_BUTTON, Action.RETURN)
        )
        return keyboard(
            self._draft_row(ticket, whole=whole_draft),
            [
                self._button(*first, ticket),
                self._button(staff_texts.CLOSE_BUTTON, Action.CLOSE, ticket),
            ],
            [
                self._button(texts.TRANSFER_BUTTON, Action.TRANSFER, ticket),
                self._button(texts.SNOOZE_BUTTON, Action.SNOOZE, ticket),
                self._mode_button(ticket),
            ],
        )

    def colleagues(
        self, ticket: Ticket, members: Sequence[Member], queues: Mapping[str, str]
    ) -> Markup:
        """To whom a ticket can be given, and into which queues; these have names by key."""
        people = [
            [Button(one.name or one.identity, Action.TRANSFER, f"{ticket.id}/{one.identity}")]
            for one in members[:MOST_COLLEAGUES]
        ]
        lines = [
            [Button(f"→ {name}", Action.TRANSFER, f"{ticket.id}/q/{key}")]
            for key, name in queues.items()
        ]
        return keyboard(*people, *lines, self._last_row(ticket))

    def snoozes(self, ticket: Ticket) -> Markup:
        """Until when a ticket can be put off."""
        choices = [
            Button(self.words.phrase(label), Action.SNOOZE, f"{ticket.id}/{choice}")
            for choice, label in SNOOZES.items()
        ]
        back = Button(self.words.phrase(texts.BACK_BUTTON), Action.SNOOZE, f"{ticket.id}/{BACK}")
        return keyboard(choices, [back])

    def _mode_button(self, ticket: Ticket) -> Button:
        """The other mode, by its name: a press on a card of yesterday must not let notes out."""
        label, mode = (
            (texts.REPLIES_OUT_BUTTON, REPLIES_OUT)
            if ticket.notes_only
            else (texts.NOTES_ONLY_BUTTON, NOTES_ONLY)
        )
        return Button(self.words.phrase(label), Action.MODE, f"{ticket.id}/{mode}")

    def _draft_row(self, ticket: Ticket, *, whole: bool) -> list[Button]:
        draft = ticket.briefing.offered if ticket.briefing else None
        if draft is None:
            return []
        send = self.words.phrase(texts.SEND_DRAFT_BUTTON)
        read = f"{ticket.id}/{draft.digest}"
        return [
            *([Button(send, Action.SEND_DRAFT, read)] if whole else []),
            self._button(texts.EDIT_DRAFT_BUTTON, Action.EDIT_DRAFT, ticket),
            self._button(texts.DISCARD_DRAFT_BUTTON, Action.DISCARD_DRAFT, ticket),
        ]

    def _last_row(self, ticket: Ticket) -> list[Button]:
        words = ((texts.ANYBODY_BUTTON, ANYBODY), (texts.BACK_BUTTON, BACK))
        return [
            Button(self.words.phrase(label), Action.TRANSFER, f"{ticket.id}/{choice}")
            for label, choice in words
        ]

    def _button(self, label: str, action: Action, ticket: Ticket) -> Button:
        return Button(self.words.phrase(label), action, str(ticket.id))
