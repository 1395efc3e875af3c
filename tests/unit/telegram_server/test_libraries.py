import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.telegram_server.people import People
from tests.telegram_server.running import RunningServer
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_aiogram_is_served_too(running: RunningServer, people: People, scene: Scene) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(running.root_url))
    async with AiogramBot(running.token, session=session) as bot:
        button = InlineKeyboardButton(text="Yes", callback_data="y")
        markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
        await bot.send_message(scene.anna, "<b>x</b>", parse_mode="HTML", reply_markup=markup)
        sent = await bot.send_document(scene.anna, BufferedInputFile(b"bytes", "a.txt"))
        topic = await bot.create_forum_topic(scene.desk, "T")
        updates = await bot.get_updates()

    assert people.read_chat(scene.anna)[-2].buttons == (("Yes",),)
    assert people.download(scene.anna, sent.message_id) == b"bytes"
    assert updates[-1].message is not None
    assert updates[-1].message.message_thread_id == topic.message_thread_id
    assert running.server.violations == []


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message is not None:
        await update.effective_message.reply_text(f"You said {update.effective_message.text}")


async def test_an_application_polls_and_answers(
    running: RunningServer, people: People, scene: Scene
) -> None:
    builder = Application.builder().token(running.token).base_url(running.base_url)
    application = builder.base_file_url(running.base_file_url).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling(timeout=5)
        await application.start()
        people.send_text(scene.anna, "hello")

        view = await people.wait_for_text(scene.anna, "You said hello")

        assert view.sender == "Outbound Desk"
        running.server.restart()
        await application.updater.stop()
        await application.stop()
    assert running.server.violations == []
