"""The people around the bot: users, staff, and what they see."""

from tests.telegram_server.people.attachments import Attachment
from tests.telegram_server.people.crowd import People
from tests.telegram_server.people.views import MessageView, TopicView

__all__ = ["Attachment", "MessageView", "People", "TopicView"]
