import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ChatMemberAdministrator,
    MenuButtonCommands,
)
from telegram.error import BadRequest

from tests.telegram_server.people import People
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_commands_by_scope_and_language(bot: Bot, people: People, scene: Scene) -> None:
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("help", "Hilfe")], scope=private, language_code="de")
    staff = BotCommandScopeChat(scene.desk)
    await bot.set_my_commands([BotCommand("close", "Close")], scope=staff)

    assert people.commands_for(scene.anna) == {"help": "Hilfe"}
    assert people.commands_for(scene.anna, "fr") == {"help": "Help"}
    assert people.commands_for(scene.sam, chat_id=scene.desk) == {"close": "Close"}
    (command,) = await bot.get_my_commands(scope=private, language_code="de")
    assert command.description == "Hilfe"
    await bot.delete_my_commands(scope=private, language_code="de")
    assert await bot.get_my_commands(scope=private, language_code="de") == ()
    with pytest.raises(BadRequest, match=r"(?i)lang_code_invalid"):
        await bot.set_my_commands([], language_code="pt-br")
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([("Help", "x")])


async def test_texts_by_language(bot: Bot) -> None:
    await bot.set_my_description("Everybody")
    await bot.set_my_description("Alle", language_code="de")
    await bot.set_my_short_description("Short")
    await bot.set_my_name("Desk")

    assert (await bot.get_my_description("de")).description == "Alle"
    assert (await bot.get_my_description("fr")).description == "Everybody"
    assert (await bot.get_my_short_description()).short_description == "Short"
    assert (await bot.get_my_name()).name == "Desk"
    with pytest.raises(BadRequest, match="at most 120"):
        await bot.set_my_short_description("x" * 121)


async def test_the_bot_and_its_button(bot: Bot) -> None:
    assert (await bot.get_me()).username == "outbound_desk_bot"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.log_out()
    assert await bot.close()


async def test_chats_and_members(bot: Bot, people: People, scene: Scene) -> None:
    chat = await bot.get_chat(scene.desk)
    assert (chat.title, chat.is_forum) == ("Desk", True)
    assert (await bot.get_chat(scene.anna)).first_name == "Anna"
    member = await bot.get_chat_member(scene.desk, bot.id)
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_manage_topics
    assert (await bot.get_chat_member(scene.desk, scene.anna)).status == "left"
    assert len(await bot.get_chat_administrators(scene.desk)) == 2
    assert await bot.get_chat_member_count(scene.desk) == 2
    people.set_bot_status(scene.desk, "member")
    assert (await bot.get_chat_member(scene.desk, bot.id)).status == "member"
