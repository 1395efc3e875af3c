import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, NetworkError

from tests.telegram_server.people import Attachment, People
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_an_upload_can_be_fetched_and_sent_again(
    bot: Bot, people: People, scene: Scene
) -> None:
    sent = await bot.send_document(
        scene.anna, b"a\r\nb\r\n--x", filename="notes.txt", caption="<i>see</i>", parse_mode="HTML"
    )

    assert sent.document is not None
    assert sent.document.file_name == "notes.txt"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a\r\nb\r\n--x"
    assert people.download(scene.anna, sent.message_id) == b"a\r\nb\r\n--x"
    await bot.send_document(scene.desk, sent.document.file_id)
    assert people.read_chat(scene.desk)[-1].file_name == "notes.txt"
    assert people.read_chat(scene.anna)[-1].html == "<i>see</i>"


async def test_every_kind_of_file_is_sent(bot: Bot, people: People, scene: Scene) -> None:
    await bot.send_photo(scene.anna, b"1")
    await bot.send_voice(scene.anna, b"2")
    await bot.send_audio(scene.anna, b"3")
    await bot.send_video(scene.anna, b"4")
    await bot.send_video_note(scene.anna, b"5")
    await bot.send_animation(scene.anna, b"6")
    await bot.send_sticker(scene.anna, b"7")
    await bot.send_location(scene.anna, 1.5, 2.5)
    await bot.send_contact(scene.anna, "+1555", "Cleo")

    kinds = [view.kind for view in people.read_chat(scene.anna)[1:]]

    assert kinds == [
        "photo",
        "voice",
        "audio",
        "video",
        "video_note",
        "animation",
        "sticker",
        "location",
        "contact",
    ]


async def test_albums_share_an_id(bot: Bot, people: People, scene: Scene) -> None:
    sent = await bot.send_media_group(
        scene.anna, [InputMediaPhoto(b"1", caption="one"), InputMediaPhoto(b"2")]
    )

    assert sent[0].media_group_id == sent[1].media_group_id
    assert [view.text for view in people.read_chat(scene.anna)[-2:]] == ["one", ""]
    with pytest.raises(BadRequest, match=r"(?i)can't mix documents"):
        await bot.send_media_group(scene.anna, [InputMediaPhoto(b"1"), InputMediaDocument(b"2")])


async def test_wrong_and_foreign_file_ids(bot: Bot, scene: Scene) -> None:
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier/HTTP URL specified"):
        await bot.send_photo(scene.anna, "F99-AQAD00000001")
    with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
        await bot.get_file("nonsense")


async def test_large_files_cannot_be_fetched(bot: Bot, people: People, scene: Scene) -> None:
    people.send_file(scene.anna, Attachment("document", claimed_size=21 << 20))
    (update,) = [u for u in await bot.get_updates() if u.message and u.message.document]
    assert update.message is not None
    assert update.message.document is not None

    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_captions_have_1024_units(bot: Bot, scene: Scene) -> None:
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await bot.send_photo(scene.anna, b"1", caption="x" * 1025)


async def test_uploads_have_their_limits(bot: Bot, scene: Scene) -> None:
    with pytest.raises(BadRequest, match=r"(?i)too big for a photo; the maximum size is 10485760"):
        await bot.send_photo(scene.anna, bytes((10 << 20) + 1))
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(scene.anna, bytes((50 << 20) + 1))
