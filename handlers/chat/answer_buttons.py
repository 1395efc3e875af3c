"""The buttons under what the bot says to a customer."""

from typing import assert_never

from bot.desk.outcomes import (
    Answered,
    Clarifying,
    Declined,
    HandedOff,
    Outcome,
    SmallTalk,
    SmallTalkKind,
)
from bot.desk.questions import Message
from handlers import wording_texts as texts
from handlers.chat.buttons import Action, Button, Markup, keyboard
from handlers.wording import Wording


def answer_buttons(wording: Wording, message: Message, outcome: Outcome) -> Markup | None:
    """Return what the customer can press under an outcome; None when it is nothing."""
    about, language = message.reference, outcome.language

    def button(label: str, action: Action) -> Button:
        return Button(wording.phrase(label, language=language), action, about)

    person = [button(texts.PERSON_BUTTON, Action.PERSON)]
    match outcome:
        case Answered():
            verdicts = [
                button(texts.HELPFUL_BUTTON, Action.HELPFUL),
                button(texts.UNHELPFUL_BUTTON, Action.UNHELPFUL),
            ]
            return keyboard(verdicts, person)
        case Clarifying(choices=choices):
            rows = [
                [Button(choice, Action.CHOICE, str(number))]
                for number, choice in enumerate(choices, start=1)
            ]
            return keyboard(*rows, person)
        case Declined() | SmallTalk(reason=SmallTalkKind.HOURS):
            return keyboard(person)
        case HandedOff() | SmallTalk():
            return None
        case _:
            assert_never(outcome)
