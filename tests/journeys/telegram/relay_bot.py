"""Somebody else's bot: passes messages to a topic of the staff group and back, with aiogram."""

from contextlib import suppress

from aiogram import Bot, Dispatcher, F
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Message, ReactionTypeEmoji

_UPDATES = ["message", "edited_message", "message_reaction"]


async def relay(bot: Bot, group: int) -> None:
    """Serve until cancelled: each customer has a topic, and both sides see what is said."""
    dispatcher = Dispatcher()
    topics: dict[int, int] = {}

    @dispatcher.message(F.chat.type == "private")
    async def from_customer(message: Message) -> None:
        if message.chat.id not in topics:
            topic = await bot.create_forum_topic(group, message.chat.full_name)
            topics[message.chat.id] = topic.message_thread_id
        try:
            await message.copy_to(group, message_thread_id=topics[message.chat.id])
        except TelegramAPIError as error:
            await bot.send_message(group, str(error), message_thread_id=topics[message.chat.id])

    @dispatcher.message(F.chat.id == group, F.is_topic_message, F.from_user.id != bot.id)
    async def from_staff(message: Message) -> None:
        for customer, thread in topics.items():
            if thread == message.message_thread_id:
                with suppress(TelegramAPIError):
                    await message.copy_to(customer)
                    await message.react([ReactionTypeEmoji(emoji="👍")])

    await dispatcher.start_polling(bot, handle_signals=False, allowed_updates=_UPDATES)
