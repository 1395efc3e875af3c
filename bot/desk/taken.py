"""A question on its way: what was known when it was taken in."""

from dataclasses import dataclass

from bot.desk.conversation import Conversation, Customer, Turn
from bot.desk.questions import Message, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message that the bot must answer, as things stood when it was taken in."""

    customer: Customer
    conversation: Conversation
    history: tuple[Turn, ...]

    @property
    def language(self) -> str:
        """The best guess without looking at the message."""
        customer = self.customer
        return customer.language or self.conversation.language or customer.client_language or "en"

    def question(self, message: Message) -> Question:
        """The message with all that may be used to answer it."""
        return Question(
            text=message.text,
            audience=self.customer.audience,
            language=self.customer.language,
            conversation_language=self.conversation.language,
            client_language=self.customer.client_language,
            history=self.history,
        )
